#pragma once

#include <QKeySequence>
#include <QString>

class QAction;
class QMenu;
class QObject;

namespace poselift {

/// Property of an action whose text changes from moment to moment: what it is called where commands are
/// listed. Empty: it is no command.
inline constexpr const char *kCommandText = "commandText";

/// A new action of @p parent at the end of @p menu, with the name that keymaps and tests know it by and
/// the key that it has without a keymap.
QAction *addMenuAction(QMenu *menu, QObject *parent, const char *objectName, const QString &text,
                       const QKeySequence &keys = {});

} // namespace poselift
