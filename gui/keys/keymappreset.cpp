#include "gui/keys/keymappreset.h"

#include "gui/keys/keymapfile.h"

#include <QDir>

#include <algorithm>
#include <map>

namespace poselift {

namespace {

using Files = std::map<QString, KeymapFile>;

QStringList namesOf(const Files &files)
{
    QStringList names;
    for (const auto &[name, file] : files)
        names << name;
    return names;
}

/// A base may not have a base itself: one step is all that presets need, and there are no circles.
Result<KeymapPreset> complete(const QString &name, const Files &files, const QString &folder)
{
    const KeymapFile &file = files.at(name);
    KeymapPreset preset{name, file.title.isEmpty() ? name : file.title, file.keys, file.optional};
    if (file.basedOn.isEmpty())
        return preset;
    const auto base = files.find(file.basedOn);
    if (base == files.end() || !base->second.basedOn.isEmpty())
        return Error(ErrorCode::ManifestField,
                     {{"path", QDir(folder).filePath(name + QStringLiteral(".json")).toStdString()},
                      {"name", "basedOn"},
                      {"expected", namesOf(files).join(QStringLiteral(", ")).toStdString()},
                      {"found", file.basedOn.toStdString()}});
    preset.keys = base->second.keys.with(file.keys);
    preset.optional << base->second.optional;
    preset.optional.removeDuplicates();
    return preset;
}

bool goesBefore(const KeymapPreset &a, const KeymapPreset &b)
{
    const bool isDefault = a.name == QString::fromLatin1(kDefaultKeymap);
    const bool otherIsDefault = b.name == QString::fromLatin1(kDefaultKeymap);
    return isDefault != otherIsDefault ? isDefault : a.title.localeAwareCompare(b.title) < 0;
}

} // namespace

Result<QList<KeymapPreset>> readKeymapPresets(const QString &folder)
{
    Files files;
    for (const QFileInfo &info : QDir(folder).entryInfoList({QStringLiteral("*.json")}, QDir::Files)) {
        const Result<KeymapFile> file = readKeymapFile(info.filePath());
        if (!file)
            return file.error();
        files[info.completeBaseName()] = *file;
    }
    if (!files.contains(QString::fromLatin1(kDefaultKeymap)))
        return Error(ErrorCode::FileNotFound,
                     {{"path", QDir(folder).filePath(QStringLiteral("poselift.json")).toStdString()}});
    QList<KeymapPreset> presets;
    for (const auto &[name, file] : files) {
        const Result<KeymapPreset> preset = complete(name, files, folder);
        if (!preset)
            return preset.error();
        presets << *preset;
    }
    std::sort(presets.begin(), presets.end(), goesBefore);
    return presets;
}

} // namespace poselift
