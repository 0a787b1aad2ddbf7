#pragma once

#include <QList>
#include <QString>

namespace poselift {

/// Something that no keymap can change, as a row of the list of keys.
struct Habit
{
    QString what;
    QString how;
    QString why; ///< why it is fixed; empty where nobody would ask
};

/// What the mouse does in the views.
QList<Habit> mouseHabits();
/// Keys that belong to the desktop or to fields in which one types.
QList<Habit> fixedKeys();

} // namespace poselift
