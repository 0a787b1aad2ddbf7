#include "gui/keys/keymapdraft.h"

#include <QSet>

#include <algorithm>

namespace poselift {

namespace {

/// Gives every command its keys, each key once in a scope: first come those of the first keymap.
Keymap assigned(const QList<KeyCommand> &commands, const QList<const Keymap *> &keymaps)
{
    Keymap result;
    QSet<QString> taken;
    const auto give = [&result, &taken](const KeyCommand &command, const KeyList &wanted) {
        Keymap wish;
        wish.setKeys(command.id, wanted);
        KeyList given;
        for (const QKeySequence &key : wish.keys(command.id)) {
            const QString place = command.scope + u' ' + key.toString(QKeySequence::PortableText);
            if (!taken.contains(place))
                given << key;
            taken << place;
        }
        result.setKeys(command.id, given);
    };
    for (const Keymap *keymap : keymaps) {
        for (const KeyCommand &command : commands) {
            if (keymap->names(command.id) && !result.names(command.id))
                give(command, keymap->keys(command.id));
        }
    }
    for (const KeyCommand &command : commands) {
        if (!result.names(command.id))
            give(command, command.builtIn);
    }
    return result;
}

} // namespace

KeymapDraft::KeymapDraft(QList<KeyCommand> commands, QList<KeymapPreset> presets, KeymapChoice choice)
    : m_commands(std::move(commands)), m_presets(std::move(presets)), m_choice(std::move(choice))
{
    Q_ASSERT_X(!m_presets.isEmpty(), "KeymapDraft", "there must be a preset");
    choosePreset(m_choice.preset);
}

const Keymap &KeymapDraft::changes() const
{
    static const Keymap kNone;
    const auto found = m_choice.changes.find(m_choice.preset);
    return found != m_choice.changes.end() ? found->second : kNone;
}

const KeymapPreset &KeymapDraft::preset() const
{
    const auto isChosen = [this](const KeymapPreset &each) { return each.name == m_choice.preset; };
    const auto found = std::find_if(m_presets.begin(), m_presets.end(), isChosen);
    return found != m_presets.end() ? *found : m_presets.front();
}

const KeyCommand *KeymapDraft::command(const QString &id) const
{
    const auto isIt = [&id](const KeyCommand &each) { return each.id == id; };
    const auto found = std::find_if(m_commands.begin(), m_commands.end(), isIt);
    return found != m_commands.end() ? &*found : nullptr;
}

const KeyCommand *KeymapDraft::owner(const QString &id, const QKeySequence &key) const
{
    const KeyCommand *wanting = command(id);
    const QKeySequence written = normalisedKey(key);
    for (const KeyCommand &each : m_commands) {
        if (wanting != nullptr && each.id != id && each.scope == wanting->scope && keys(each.id).contains(written))
            return &each;
    }
    return nullptr;
}

QList<const KeyCommand *> KeymapDraft::elsewhere(const QString &id, const QKeySequence &key) const
{
    const KeyCommand *wanting = command(id);
    QList<const KeyCommand *> others;
    for (const KeyCommand &each : m_commands) {
        // Two views never have the focus at once: only a view and the window meet.
        const bool meet = wanting != nullptr && each.scope.isEmpty() != wanting->scope.isEmpty();
        if (meet && keys(each.id).contains(normalisedKey(key)))
            others << &each;
    }
    return others;
}

void KeymapDraft::choosePreset(const QString &name)
{
    m_choice.preset = name;
    m_choice.preset = preset().name;
    m_presetKeys = assigned(m_commands, {&preset().keys});
    assignKeys();
}

void KeymapDraft::setChanges(const QString &preset, const Keymap &changes)
{
    m_choice.changes[preset] = changes;
    choosePreset(preset);
}

void KeymapDraft::addKey(const QString &id, const QKeySequence &key)
{
    takeFromOwner(id, key);
    setKeys(id, keys(id) << key);
}

void KeymapDraft::removeKey(const QString &id, const QKeySequence &key)
{
    KeyList left = keys(id);
    left.removeAll(normalisedKey(key));
    setKeys(id, left);
}

void KeymapDraft::reset(const QString &id)
{
    for (const QKeySequence &key : m_presetKeys.keys(id))
        takeFromOwner(id, key);
    setKeys(id, m_presetKeys.keys(id));
}

void KeymapDraft::resetAll()
{
    m_choice.changes.erase(m_choice.preset);
    assignKeys();
}

void KeymapDraft::takeFromOwner(const QString &id, const QKeySequence &key)
{
    if (const KeyCommand *other = owner(id, key); other != nullptr)
        removeKey(other->id, key);
}

void KeymapDraft::setKeys(const QString &id, const KeyList &keys)
{
    Keymap &changes = m_choice.changes[m_choice.preset];
    changes.setKeys(id, keys);
    if (changes.keys(id) == m_presetKeys.keys(id))
        changes.forget(id);
    if (changes.isEmpty())
        m_choice.changes.erase(m_choice.preset);
    assignKeys();
}

void KeymapDraft::assignKeys()
{
    m_keys = assigned(m_commands, {&changes(), &preset().keys});
}

} // namespace poselift
