#include "widgets/jobs/messagebar.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

#include <utility>

namespace poselift {

namespace {

QColor accentOf(MessageBar::Kind kind)
{
    switch (kind) {
    case MessageBar::Kind::Information:
        return QColor(0x3b, 0x82, 0xc4);
    case MessageBar::Kind::Warning:
        return QColor(0xd9, 0x8c, 0x0a);
    case MessageBar::Kind::Error:
        return QColor(0xc8, 0x3c, 0x3c);
    }
    return {};
}

QColor mixed(const QColor &a, const QColor &b, double share)
{
    return QColor::fromRgbF(static_cast<float>(a.redF() * share + b.redF() * (1 - share)),
                            static_cast<float>(a.greenF() * share + b.greenF() * (1 - share)),
                            static_cast<float>(a.blueF() * share + b.blueF() * (1 - share)));
}

QStyle::StandardPixmap iconOf(MessageBar::Kind kind)
{
    switch (kind) {
    case MessageBar::Kind::Information:
        return QStyle::SP_MessageBoxInformation;
    case MessageBar::Kind::Warning:
        return QStyle::SP_MessageBoxWarning;
    case MessageBar::Kind::Error:
        return QStyle::SP_MessageBoxCritical;
    }
    return QStyle::SP_MessageBoxInformation;
}

} // namespace

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent), m_icon(new QLabel(this)), m_text(new QLabel(this)), m_button(new QPushButton(this)),
      m_close(new QToolButton(this))
{
    setObjectName(QStringLiteral("messageBar"));
    setAccessibleName(tr("Message"));
    setFrameShape(QFrame::NoFrame);
    setAutoFillBackground(true);
    m_icon->setObjectName(QStringLiteral("messageIcon"));
    m_text->setObjectName(QStringLiteral("messageText"));
    m_text->setAccessibleName(accessibleName());
    m_button->setAccessibleName(accessibleName());
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_button->setObjectName(QStringLiteral("messageButton"));
    m_close->setObjectName(QStringLiteral("messageClose"));
    m_close->setText(QStringLiteral("✕"));
    m_close->setAutoRaise(true);
    m_close->setToolTip(tr("Close this message"));
    m_close->setAccessibleName(tr("Close this message"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(10, 6, 6, 6);
    row->addWidget(m_icon);
    row->addWidget(m_text, 1);
    row->addWidget(m_button);
    row->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, &MessageBar::close);
    connect(m_button, &QPushButton::clicked, this, [this] {
        const std::function<void()> action = std::exchange(m_action, nullptr);
        close();
        if (action)
            action();
    });
    hide();
}

void MessageBar::showMessage(Kind kind, const QString &text)
{
    showMessage(kind, text, {}, nullptr);
}

void MessageBar::showMessage(Kind kind, const QString &text, const QString &buttonText,
                             std::function<void()> action)
{
    m_kind = kind;
    m_action = std::move(action);
    m_text->setText(text);
    m_text->setAccessibleName(text);
    m_button->setText(buttonText);
    m_button->setAccessibleName(buttonText.isEmpty() ? accessibleName() : buttonText);
    m_button->setVisible(!buttonText.isEmpty());
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize);
    m_icon->setPixmap(style()->standardIcon(iconOf(kind)).pixmap(size, size));
    updateColours();
    show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

QString MessageBar::text() const
{
    return m_text->text();
}

void MessageBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && !m_updatingColours)
        updateColours();
    QFrame::changeEvent(event);
}

void MessageBar::close()
{
    hide();
    Q_EMIT closed();
}

void MessageBar::updateColours()
{
    m_updatingColours = true;
    const QPalette surroundings = parentWidget() != nullptr ? parentWidget()->palette() : QPalette();
    QPalette own = surroundings;
    own.setColor(QPalette::Window, mixed(accentOf(m_kind), surroundings.color(QPalette::Window), 0.22));
    setPalette(own);
    m_updatingColours = false;
}

} // namespace poselift
