#include "gui/dialogs/legenddialog.h"

#include "widgets/image/overlaylegend.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace poselift {

LegendDialog::LegendDialog(QWidget *parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("legendDialog"));
    setWindowTitle(tr("Signs in the Picture"));
    setAccessibleName(windowTitle());
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->setObjectName(QStringLiteral("legendButtons"));
    buttons->button(QDialogButtonBox::Close)->setObjectName(QStringLiteral("legendClose"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(new OverlayLegend(this));
    layout->addWidget(buttons);
}

} // namespace poselift
