#include "gui/dialogs/keycatcher.h"

#include "widgets/keys/viewkeys.h"

#include <QKeyEvent>
#include <QLineEdit>

namespace poselift {

KeyCatcher::KeyCatcher(QWidget *parent) : QKeySequenceEdit(parent)
{
    setObjectName(QStringLiteral("keyCatcher"));
    setAccessibleName(tr("Press the new key"));
    // Not with Tab: whoever goes through the dialog with it would be caught here.
    setFocusPolicy(Qt::ClickFocus);
    if (auto *field = findChild<QLineEdit *>()) {
        field->setFocusPolicy(Qt::ClickFocus);
        field->setClearButtonEnabled(false); // there is nothing to clear: a key is taken at once
        field->setAccessibleName(accessibleName());
    }
    showPrompt();
}

bool KeyCatcher::event(QEvent *event)
{
    // Before QWidget makes Tab a step to the next widget.
    if (event->type() == QEvent::KeyPress) {
        keyPressEvent(static_cast<QKeyEvent *>(event));
        return true;
    }
    return QKeySequenceEdit::event(event);
}

void KeyCatcher::keyPressEvent(QKeyEvent *event)
{
    event->accept();
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT givenUp();
        return;
    }
    // Enter or a click brought the focus here: what is still held down from that is not meant.
    if (event->isAutoRepeat())
        return;
    QKeySequenceEdit::keyPressEvent(event);
    const QKeySequence pressed = keySequence();
    if (pressed.isEmpty())
        return; // only Ctrl, Shift … so far
    clear();
    Q_EMIT keyCaught(normalisedKey(QKeySequence(pressed[0])));
}

void KeyCatcher::focusInEvent(QFocusEvent *event)
{
    QKeySequenceEdit::focusInEvent(event);
    showPrompt();
}

void KeyCatcher::focusOutEvent(QFocusEvent *event)
{
    QKeySequenceEdit::focusOutEvent(event);
    showPrompt();
}

void KeyCatcher::showPrompt()
{
    if (auto *field = findChild<QLineEdit *>())
        field->setPlaceholderText(hasFocus() ? tr("Press the new key; Esc gives up") : tr("Add a key"));
}

} // namespace poselift
