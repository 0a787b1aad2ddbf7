#include "widgets/keys/viewkeys.h"

#include <QKeyEvent>

#include <algorithm>

namespace poselift {

namespace {

/// + may need Shift or not, depending on the keyboard: for such keys it says nothing.
bool isSymbol(Qt::Key key)
{
    return key > Qt::Key_Space && key < Qt::Key_Escape && !QChar(static_cast<char16_t>(key)).isLetter();
}

} // namespace

QKeySequence normalisedKey(const QKeySequence &key)
{
    if (key.count() != 1 || key[0].key() != Qt::Key_Backtab)
        return key;
    return QKeyCombination(key[0].keyboardModifiers() | Qt::ShiftModifier, Qt::Key_Tab);
}

void ViewKeys::setKeys(const QString &id, const KeyList &keys)
{
    const auto found = std::find_if(m_keys.begin(), m_keys.end(), [&id](const ViewKey &each) { return each.id == id; });
    if (found != m_keys.end())
        found->keys = keys;
}

int ViewKeys::find(const QKeyEvent *event) const
{
    const auto key = static_cast<Qt::Key>(event->key());
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const QKeySequence pressed = normalisedKey(QKeyCombination(modifiers, key));
    const QKeySequence plain = isSymbol(key) ? QKeyCombination(modifiers & ~Qt::ShiftModifier, key) : pressed;
    const auto found = std::find_if(m_keys.begin(), m_keys.end(), [&](const ViewKey &each) {
        return each.keys.contains(pressed) || each.keys.contains(plain);
    });
    return found != m_keys.end() ? static_cast<int>(std::distance(m_keys.begin(), found)) : -1;
}

} // namespace poselift
