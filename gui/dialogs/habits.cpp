#include "gui/dialogs/habits.h"

#include "gui/dialogs/keysdialog.h"

namespace poselift {

QList<Habit> mouseHabits()
{
    return {
        {KeysDialog::tr("Picture and 3D: zoom at the cursor"), KeysDialog::tr("Wheel"), {}},
        {KeysDialog::tr("Picture: move"), KeysDialog::tr("Middle-drag or Space+drag"), {}},
        {KeysDialog::tr("Picture: fit"), KeysDialog::tr("Double-click beside people"), {}},
        {KeysDialog::tr("Picture: move the chosen joints"), KeysDialog::tr("Left-drag one of them"), {}},
        {KeysDialog::tr("Picture: move a whole person"), KeysDialog::tr("Alt+left-drag"), {}},
        {KeysDialog::tr("Picture: turn the chosen joints or the person"), KeysDialog::tr("Alt+wheel"), {}},
        {KeysDialog::tr("Picture: scale the chosen joints or the person"), KeysDialog::tr("Ctrl+Alt+wheel"), {}},
        {KeysDialog::tr("Picture: choose one joint more or less"), KeysDialog::tr("Ctrl+click"), {}},
        {KeysDialog::tr("Picture: choose the joints in a rectangle"), KeysDialog::tr("Left-drag beside the joints, Shift+drag anywhere"), {}},
        {KeysDialog::tr("Picture: choose a limb"), KeysDialog::tr("Double-click on a joint or bone"), {}},
        {KeysDialog::tr("Picture: joint visible, occluded, absent"), KeysDialog::tr("Right click"), {}},
        {KeysDialog::tr("3D: turn"), KeysDialog::tr("Left-drag"), {}},
        {KeysDialog::tr("3D: move"), KeysDialog::tr("Middle-drag or Shift+left-drag"), {}},
        {KeysDialog::tr("3D: move a joint of the chosen person"), KeysDialog::tr("Left-drag the joint"), {}},
        {KeysDialog::tr("3D: move a joint in depth"), KeysDialog::tr("Ctrl+left-drag the joint"), {}},
        {KeysDialog::tr("3D: move a joint, bone lengths released"), KeysDialog::tr("Shift+left-drag the joint"), {}},
        {KeysDialog::tr("Timeline: scrub"), KeysDialog::tr("Click or drag"), {}},
        {KeysDialog::tr("Timeline: choose a range of frames"), KeysDialog::tr("Shift+drag"), {}},
        {KeysDialog::tr("Timeline: clear the range"), KeysDialog::tr("Esc or double-click on it"), {}},
        {KeysDialog::tr("Timeline: zoom"), KeysDialog::tr("Wheel"), {}},
        {KeysDialog::tr("Timeline: scroll"), KeysDialog::tr("Shift+wheel"), {}},
    };
}

QList<Habit> fixedKeys()
{
    return {
        {KeysDialog::tr("Open a menu"), KeysDialog::tr("Alt+underlined letter, F10"),
         KeysDialog::tr("The same in every program of the desktop")},
        {KeysDialog::tr("Next or previous field or button"), KeysDialog::tr("Tab, Shift+Tab"),
         KeysDialog::tr("Needed to get about without a mouse; in the picture only while no person is chosen")},
        {KeysDialog::tr("Press the button, open the list that was reached with Tab"), KeysDialog::tr("Space"),
         KeysDialog::tr("Needed to get about without a mouse")},
        {KeysDialog::tr("Go through a list"), KeysDialog::tr("Up, Down, Enter"),
         KeysDialog::tr("The same in every program of the desktop")},
        {KeysDialog::tr("Type into a field"), KeysDialog::tr("Letters, digits, Left, Right, Home, End"),
         KeysDialog::tr("A field with the focus takes what can be typed into it")},
        {KeysDialog::tr("3D: nudge the chosen joint by 1 or 10 cm"),
         KeysDialog::tr("Alt+arrows and Alt+Page Up, Page Down; with Shift 10 cm"),
         KeysDialog::tr("Six directions with two steps each would fill the list")},
        {KeysDialog::tr("Close a dialog"), KeysDialog::tr("Esc"),
         KeysDialog::tr("The same in every program of the desktop")},
    };
}

} // namespace poselift
