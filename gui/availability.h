#pragma once

#include <QString>

class QAction;

namespace poselift {

/// Enables @p action when @p reason is empty. Else it is disabled, and its status tip and tool tip say
/// why and what to do about it.
void setAvailable(QAction *action, const QString &reason);

} // namespace poselift
