#pragma once

#include "widgets/keys/viewkeys.h"

#include <QStringList>

#include <map>

namespace poselift {

/// Which keys do what: the id of a command (an action's object name, or a ViewKey's id) and its keys.
/// A command that is not named is left as it is; one with an empty list has no key.
class Keymap
{
public:
    bool names(const QString &id) const { return m_keys.contains(id); }
    /// Empty for a command that is not named.
    KeyList keys(const QString &id) const;
    QStringList ids() const; ///< sorted
    bool isEmpty() const { return m_keys.empty(); }

    /// Every key once, written in one way (normalisedKey()).
    void setKeys(const QString &id, const KeyList &keys);
    void forget(const QString &id) { m_keys.erase(id); }
    /// This one, with the entries of @p changes instead of its own.
    Keymap with(const Keymap &changes) const;

    friend bool operator==(const Keymap &, const Keymap &) = default;

private:
    std::map<QString, KeyList> m_keys;
};

} // namespace poselift
