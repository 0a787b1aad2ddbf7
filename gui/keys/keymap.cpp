#include "gui/keys/keymap.h"

namespace poselift {

KeyList Keymap::keys(const QString &id) const
{
    const auto found = m_keys.find(id);
    return found != m_keys.end() ? found->second : KeyList();
}

QStringList Keymap::ids() const
{
    QStringList ids;
    for (const auto &[id, keys] : m_keys)
        ids << id;
    return ids;
}

void Keymap::setKeys(const QString &id, const KeyList &keys)
{
    KeyList &list = m_keys[id];
    list.clear();
    for (const QKeySequence &key : keys) {
        if (const QKeySequence written = normalisedKey(key); !written.isEmpty() && !list.contains(written))
            list << written;
    }
}

Keymap Keymap::with(const Keymap &changes) const
{
    Keymap result = *this;
    for (const auto &[id, keys] : changes.m_keys)
        result.m_keys[id] = keys;
    return result;
}

} // namespace poselift
