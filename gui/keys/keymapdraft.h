#pragma once

#include "gui/keys/keycommand.h"
#include "gui/keys/keymappreset.h"

#include <map>

namespace poselift {

/// What a user has chosen: a preset, and for every preset the commands whose keys were changed.
struct KeymapChoice
{
    QString preset = QString::fromLatin1(kDefaultKeymap);
    std::map<QString, Keymap> changes;

    friend bool operator==(const KeymapChoice &, const KeymapChoice &) = default;
};

/// Commands and their keys while they are being chosen. In one scope no two commands ever have the
/// same key; where presets, changes and built-in keys disagree, the changes go first, then the preset.
class KeymapDraft
{
public:
    /// A preset that does not exist (any more) becomes the first one. @p presets: at least one.
    KeymapDraft(QList<KeyCommand> commands, QList<KeymapPreset> presets, KeymapChoice choice);

    const QList<KeyCommand> &commands() const { return m_commands; }
    const QList<KeymapPreset> &presets() const { return m_presets; }
    const KeymapChoice &choice() const { return m_choice; }
    const Keymap &changes() const;
    const KeymapPreset &preset() const;
    const KeyCommand *command(const QString &id) const; ///< null: there is none

    KeyList keys(const QString &id) const { return m_keys.keys(id); }
    /// Whether they are others than the preset's.
    bool isChanged(const QString &id) const { return m_keys.keys(id) != m_presetKeys.keys(id); }
    /// The other command that has @p key where @p id works; null: it is free.
    const KeyCommand *owner(const QString &id, const QKeySequence &key) const;
    /// Commands with the same key in other scopes: of two, the view with the focus goes first.
    QList<const KeyCommand *> elsewhere(const QString &id, const QKeySequence &key) const;

    void choosePreset(const QString &name);
    /// Replaces the changes of @p preset and chooses it.
    void setChanges(const QString &preset, const Keymap &changes);
    /// Takes the key from its owner, if it has one.
    void addKey(const QString &id, const QKeySequence &key);
    void removeKey(const QString &id, const QKeySequence &key);
    /// Back to the preset's keys; takes them from who has them now.
    void reset(const QString &id);
    void resetAll();

private:
    void setKeys(const QString &id, const KeyList &keys);
    void takeFromOwner(const QString &id, const QKeySequence &key);
    void assignKeys();

    QList<KeyCommand> m_commands;
    QList<KeymapPreset> m_presets;
    KeymapChoice m_choice;
    Keymap m_presetKeys; ///< of all commands, without changes
    Keymap m_keys;       ///< of all commands
};

} // namespace poselift
