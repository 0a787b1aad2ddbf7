#include "gui/menuaction.h"

#include <QAction>
#include <QMenu>

namespace poselift {

QAction *addMenuAction(QMenu *menu, QObject *parent, const char *objectName, const QString &text,
                       const QKeySequence &keys)
{
    auto *action = new QAction(text, parent);
    action->setObjectName(QString::fromLatin1(objectName));
    action->setShortcut(keys);
    menu->addAction(action);
    return action;
}

} // namespace poselift
