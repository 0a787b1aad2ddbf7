#pragma once

#include "core/base/result.h"
#include "gui/keys/keymap.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace poselift {

/// What a keymap file holds: a preset of resources/keymaps, or a user's changes of one.
///
///     {"format": "poselift-keymap", "version": 1, "title": "CVAT", "basedOn": "poselift",
///      "keys": {"nextFrameAction": ["F"], "lockAction": []}, "optional": ["swapPeopleAction"]}
///
/// One key with its modifiers each, as in "Ctrl+Shift+Right".
struct KeymapFile
{
    QString title;        ///< for people; a proper name, not translated
    QString basedOn;      ///< name of the preset that this one changes; empty: none
    Keymap keys;          ///< what is different from it
    QStringList optional; ///< commands that may be missing in a window
};

/// Errors: FileNotFound, IsDirectory, CannotRead, WrongFormat, NewerVersion, ManifestField.
Result<KeymapFile> readKeymapFile(const QString &path);
/// Replaces the file as a whole or not at all. Errors: CannotWrite.
Result<void> writeKeymapFile(const KeymapFile &file, const QString &path);

/// {"nextFrameAction": ["Right", "D"]}, the value of "keys" above.
QJsonObject jsonFromKeymap(const Keymap &keymap);
/// Errors: ManifestField, which names @p path.
Result<Keymap> keymapFromJson(const QJsonObject &object, const QString &path);

} // namespace poselift
