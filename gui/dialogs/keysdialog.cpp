#include "gui/dialogs/keysdialog.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace poselift {

namespace {

QString keysOf(const QAction *action)
{
    QStringList keys;
    for (const QKeySequence &sequence : action->shortcuts())
        keys << sequence.toString(QKeySequence::NativeText);
    return keys.join(QStringLiteral(", "));
}

void addRow(QTreeWidget *list, const QString &what, const QString &keys)
{
    new QTreeWidgetItem(list, {what, keys});
}

} // namespace

KeysDialog::KeysDialog(QWidget *window) : QDialog(window)
{
    setObjectName(QStringLiteral("keysDialog"));
    setWindowTitle(tr("Keys and Mouse"));
    setAccessibleName(windowTitle());
    auto *list = new QTreeWidget(this);
    list->setObjectName(QStringLiteral("keysList"));
    list->setAccessibleName(windowTitle());
    list->setHeaderLabels({tr("Action"), tr("Keys")});
    list->setRootIsDecorated(false);
    for (const QAction *action : window->findChildren<QAction *>()) {
        if (action->shortcuts().isEmpty() || action->objectName().isEmpty())
            continue;
        QString text = action->text();
        addRow(list, text.remove(u'&').remove(QStringLiteral("…")), keysOf(action));
    }
    addRow(list, tr("Picture and 3D: zoom at the cursor"), tr("Wheel"));
    addRow(list, tr("Picture: move"), tr("Middle-drag or Space+drag"));
    addRow(list, tr("Picture: move the chosen joints"), tr("Left-drag one of them"));
    addRow(list, tr("Picture: move a whole person"), tr("Alt+left-drag"));
    addRow(list, tr("Picture: turn the chosen joints or the person"), tr("Alt+wheel"));
    addRow(list, tr("Picture: scale the chosen joints or the person"), tr("Ctrl+Alt+wheel"));
    addRow(list, tr("Picture: choose one joint more or less"), tr("Ctrl+click"));
    addRow(list, tr("Picture: choose the joints in a rectangle"), tr("Left-drag beside the joints, Shift+drag anywhere"));
    addRow(list, tr("Picture: choose a limb"), tr("Double-click on a joint or bone"));
    addRow(list, tr("Picture: joint visible, occluded, absent"), tr("Right click"));
    addRow(list, tr("Picture: nudge the chosen joint by 1, 10 or 0.1 pixels"), tr("Arrows, Shift+arrows, Alt+arrows"));
    addRow(list, tr("Picture: next or previous joint of the chosen person"), tr("Tab, Shift+Tab"));
    addRow(list, tr("3D: turn"), tr("Left-drag"));
    addRow(list, tr("3D: move"), tr("Middle-drag or Shift+left-drag"));
    addRow(list, tr("3D: move a joint of the chosen person"), tr("Left-drag the joint"));
    addRow(list, tr("3D: move a joint in depth"), tr("Ctrl+left-drag the joint"));
    addRow(list, tr("3D: move a joint, bone lengths released"), tr("Shift+left-drag the joint"));
    addRow(list, tr("3D: nudge the chosen joint by 1 or 10 cm"), tr("Alt+arrows, Alt+Shift+arrows"));
    addRow(list, tr("3D: nudge the chosen joint away or nearer"), tr("Alt+Page Up, Alt+Page Down, with Shift 10 cm"));
    addRow(list, tr("Timeline: scrub"), tr("Click or drag"));
    addRow(list, tr("Timeline: choose a range of frames"), tr("Shift+drag"));
    addRow(list, tr("Timeline: clear the range"), tr("Esc or double-click on it"));
    addRow(list, tr("Timeline: zoom"), tr("Wheel"));
    addRow(list, tr("Timeline: scroll"), tr("Shift+wheel"));
    list->header()->setObjectName(QStringLiteral("keysHeader"));
    list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list->header()->setStretchLastSection(false);
    list->resizeColumnToContents(1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->setObjectName(QStringLiteral("keysButtons"));
    buttons->button(QDialogButtonBox::Close)->setObjectName(QStringLiteral("keysClose"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(list);
    layout->addWidget(buttons);
    resize(560, 620);
}

} // namespace poselift
