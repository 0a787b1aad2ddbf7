#include "gui/dialogs/persondialog.h"

#include "widgets/style/posepalette.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace poselift {

namespace {

constexpr int kSwatch = 16; ///< px

QIcon swatchOf(TrackId track, const QColor &outline)
{
    QPixmap pixmap(kSwatch, kSwatch);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(outline);
    painter.setBrush(PosePalette::trackColour(track));
    painter.drawRoundedRect(QRectF(0.5, 0.5, kSwatch - 1.0, kSwatch - 1.0), 4, 4);
    return pixmap;
}

} // namespace

PersonDialog::PersonDialog(const QString &title, const QString &question, const QString &acceptText,
                           const std::vector<PersonChoice> &choices, QWidget *parent)
    : QDialog(parent), m_list(new QListWidget(this))
{
    setObjectName(QStringLiteral("personDialog"));
    setWindowTitle(title);
    setAccessibleName(title);
    auto *label = new QLabel(question, this);
    label->setObjectName(QStringLiteral("personQuestion"));
    label->setWordWrap(true);
    m_list->setObjectName(QStringLiteral("personList"));
    m_list->setAccessibleName(tr("People"));
    m_list->setIconSize({kSwatch, kSwatch});
    for (const PersonChoice &choice : choices) {
        const QString text =
            choice.detail.isEmpty() ? choice.name : QStringLiteral("%1 – %2").arg(choice.name, choice.detail);
        auto *item = new QListWidgetItem(swatchOf(choice.track, palette().color(QPalette::Text)), text, m_list);
        item->setData(Qt::UserRole, choice.track);
    }
    m_list->setCurrentRow(0);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->setObjectName(QStringLiteral("personButtons"));
    buttons->button(QDialogButtonBox::Ok)->setObjectName(QStringLiteral("personOk"));
    buttons->button(QDialogButtonBox::Ok)->setText(acceptText);
    buttons->button(QDialogButtonBox::Cancel)->setObjectName(QStringLiteral("personCancel"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_list, &QListWidget::itemDoubleClicked, this, &QDialog::accept);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(label);
    layout->addWidget(m_list, 1);
    layout->addWidget(buttons);
    m_list->setFocus();
    resize(420, 280);
}

TrackId PersonDialog::track() const
{
    const QListWidgetItem *item = m_list->currentItem();
    return item != nullptr ? item->data(Qt::UserRole).toInt() : 0;
}

} // namespace poselift
