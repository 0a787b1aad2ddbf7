#pragma once

#include "core/base/error.h"
#include "gui/keys/keymapdraft.h"

#include <QHash>
#include <QObject>

#include <optional>

class QMainWindow;

namespace poselift {

class SettingsStore;

/// A view with keys of its own; borrowed.
struct KeyView
{
    QString scope; ///< its object name
    QString title; ///< for people
    ViewKeys *keys = nullptr;
};

/// Puts the keys that the user has chosen on all actions of a window and on its views, and keeps
/// the choice in the settings.
class KeymapController : public QObject
{
    Q_OBJECT
public:
    KeymapController(QMainWindow *window, SettingsStore *settings, QList<KeyView> views);

    /// Whoever makes or renames actions later calls it again.
    void apply();
    /// Does what the window does on @p key: for a view that has used the key itself first.
    void trigger(const QKeySequence &key);
    /// All commands as they are now, to look at or to change.
    KeymapDraft draft() const;
    void choose(const KeymapChoice &choice);

    void showKeys(); ///< the list, to look at; it can be made editable from there
    void editKeys();

Q_SIGNALS:
    /// The presets cannot be read: actions have the keys that they were made with.
    void failed(const poselift::Error &error);

private:
    void readPresets();
    void readChoice();
    QList<KeyCommand> commands() const;
    void openDialog(bool editable);

    QMainWindow *m_window;
    SettingsStore *m_settings;
    QList<KeyView> m_views;
    QList<KeymapPreset> m_presets;
    std::optional<Error> m_problem; ///< not told yet
    KeymapChoice m_choice;
    QHash<QString, KeyList> m_builtIn; ///< keys that actions were made with
};

} // namespace poselift
