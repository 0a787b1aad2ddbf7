#pragma once

#include "widgets/keys/viewkeys.h"

#include <QList>
#include <QString>

class QMainWindow;

namespace poselift {

/// Something that a key can be given to: an action of the window, or something that a view does.
struct KeyCommand
{
    QString id;      ///< object name of the action, or ViewKey::id
    QString text;    ///< for people, without mnemonic
    QString group;   ///< title of the menu or name of the view
    QString scope;   ///< object name of the view that must have the focus; empty: the whole window
    KeyList builtIn; ///< keys of commands that a keymap does not name
};

/// The named actions of @p window: those of its menus in their order, then the others. The files
/// of File → Open Recent come and go, and are left out.
QList<KeyCommand> windowCommands(const QMainWindow *window);

} // namespace poselift
