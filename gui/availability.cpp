#include "gui/availability.h"

#include <QAction>

namespace poselift {

void setAvailable(QAction *action, const QString &reason)
{
    action->setEnabled(reason.isEmpty());
    action->setStatusTip(reason);
    // An empty tool tip makes Qt show the action's text.
    action->setToolTip(reason);
}

} // namespace poselift
