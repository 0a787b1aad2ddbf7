#include "gui/keys/keymapcontroller.h"

#include "core/base/paths.h"
#include "gui/dialogs/keysdialog.h"
#include "gui/keys/keymapfile.h"
#include "gui/keys/spacepresses.h"
#include "gui/settingsstore.h"

#include <QAction>
#include <QJsonDocument>
#include <QMainWindow>

#include <utility>

namespace poselift {

KeymapController::KeymapController(QMainWindow *window, SettingsStore *settings, QList<KeyView> views)
    : QObject(window), m_window(window), m_settings(settings), m_views(std::move(views))
{
    readPresets();
    readChoice();
    new SpacePresses(window);
}

void KeymapController::readPresets()
{
    const QString folder = QString::fromStdString((resourceDirectory() / "keymaps").string());
    Result<QList<KeymapPreset>> presets = readKeymapPresets(folder);
    if (presets) {
        m_presets = std::move(*presets);
        return;
    }
    m_problem = presets.error();
    m_presets = {{QString::fromLatin1(kDefaultKeymap), QStringLiteral("Poselift"), {}, {}}};
}

void KeymapController::readChoice()
{
    if (const QString preset = m_settings->keyPreset(); !preset.isEmpty())
        m_choice.preset = preset;
    for (const KeymapPreset &preset : m_presets) {
        const QJsonDocument stored = QJsonDocument::fromJson(m_settings->keyChanges(preset.name));
        const Result<Keymap> changes = keymapFromJson(stored.object(), preset.name);
        if (changes && !changes->isEmpty()) // what cannot be read was not written by this program
            m_choice.changes[preset.name] = *changes;
    }
}

QList<KeyCommand> KeymapController::commands() const
{
    QList<KeyCommand> commands = windowCommands(m_window);
    for (KeyCommand &command : commands)
        command.builtIn = m_builtIn.value(command.id, command.builtIn);
    for (const KeyView &view : m_views) {
        for (const ViewKey &key : view.keys->all())
            commands << KeyCommand{key.id, key.text, view.title, view.scope, m_builtIn.value(key.id, key.keys)};
    }
    return commands;
}

KeymapDraft KeymapController::draft() const
{
    return KeymapDraft(commands(), m_presets, m_choice);
}

void KeymapController::apply()
{
    for (const KeyCommand &command : commands()) {
        if (!m_builtIn.contains(command.id))
            m_builtIn[command.id] = command.builtIn;
    }
    const KeymapDraft now = draft();
    for (const KeyCommand &command : now.commands()) {
        if (auto *action = m_window->findChild<QAction *>(command.id); action != nullptr && command.scope.isEmpty())
            action->setShortcuts(now.keys(command.id));
    }
    for (const KeyView &view : std::as_const(m_views)) {
        const QList<ViewKey> keys = view.keys->all();
        for (const ViewKey &key : keys)
            view.keys->setKeys(key.id, now.keys(key.id));
    }
    if (m_problem)
        Q_EMIT failed(*std::exchange(m_problem, std::nullopt));
}

void KeymapController::trigger(const QKeySequence &key)
{
    for (QAction *action : m_window->findChildren<QAction *>()) {
        if (action->isEnabled() && action->shortcuts().contains(key))
            return action->trigger();
    }
}

void KeymapController::choose(const KeymapChoice &choice)
{
    m_choice = choice;
    m_settings->setKeyPreset(choice.preset);
    for (const KeymapPreset &preset : std::as_const(m_presets)) {
        const auto changes = choice.changes.find(preset.name);
        const bool none = changes == choice.changes.end() || changes->second.isEmpty();
        const QJsonDocument stored(none ? QJsonObject() : jsonFromKeymap(changes->second));
        m_settings->setKeyChanges(preset.name, none ? QByteArray() : stored.toJson(QJsonDocument::Compact));
    }
    apply();
}

void KeymapController::showKeys()
{
    openDialog(false);
}

void KeymapController::editKeys()
{
    openDialog(true);
}

void KeymapController::openDialog(bool editable)
{
    auto *dialog = new KeysDialog(draft(), editable, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &KeysDialog::accepted, this, [this, dialog] { choose(dialog->choice()); });
    dialog->open();
}

} // namespace poselift
