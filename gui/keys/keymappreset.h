#pragma once

#include "core/base/result.h"
#include "gui/keys/keymap.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace poselift {

/// A whole keymap that users can choose.
struct KeymapPreset
{
    QString name;         ///< the file's base name; stored in settings
    QString title;        ///< for people
    Keymap keys;          ///< with those of the preset that it is based on
    QStringList optional; ///< commands that may be missing in a window
};

inline constexpr const char *kDefaultKeymap = "poselift";

/// The presets of a folder (resources/keymaps), the default first, the others by title.
/// Errors: those of readKeymapFile(); ManifestField for a base that is not there.
Result<QList<KeymapPreset>> readKeymapPresets(const QString &folder);

} // namespace poselift
