#include "gui/keys/keymapfile.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

namespace poselift {

namespace {

constexpr int kVersion = 1;

Error fieldError(const QString &path, const QString &field, const char *expected, const QJsonValue &found)
{
    const QByteArray text = QJsonDocument(QJsonArray{found}).toJson(QJsonDocument::Compact);
    const QByteArray value = found.isUndefined() ? QByteArrayLiteral("nothing") : text.mid(1, text.size() - 2);
    return Error(ErrorCode::ManifestField, {{"path", path.toStdString()},
                                            {"name", field.toStdString()},
                                            {"expected", expected},
                                            {"found", value.toStdString()}});
}

Error wrongFormat(const QString &path, const std::string &found)
{
    return Error(ErrorCode::WrongFormat,
                 {{"path", path.toStdString()}, {"expected", "a keymap of Poselift (JSON)"}, {"found", found}});
}

Result<QJsonObject> readObject(const QString &path)
{
    const std::string name = path.toStdString();
    const QFileInfo info(path);
    if (!info.exists())
        return Error(ErrorCode::FileNotFound, {{"path", name}});
    if (info.isDir())
        return Error(ErrorCode::IsDirectory, {{"path", name}, {"expected", "a keymap file (JSON)"}});
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error(ErrorCode::CannotRead, {{"path", name}, {"detail", file.errorString().toStdString()}});
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &problem);
    if (problem.error != QJsonParseError::NoError)
        return wrongFormat(path, "text that is not JSON (" + problem.errorString().toStdString() + ")");
    if (!document.isObject() || document[QStringLiteral("format")] != QStringLiteral("poselift-keymap"))
        return wrongFormat(path, "other JSON");
    return document.object();
}

/// One key with its modifiers; empty when @p value is anything else.
QKeySequence keyFromJson(const QJsonValue &value)
{
    const QKeySequence key(value.toString(), QKeySequence::PortableText);
    const bool isOne = key.count() == 1 && key[0].key() != Qt::Key_unknown && key[0].key() != Qt::Key(0);
    return isOne ? key : QKeySequence();
}

} // namespace

QJsonObject jsonFromKeymap(const Keymap &keymap)
{
    QJsonObject object;
    for (const QString &id : keymap.ids()) {
        QJsonArray keys;
        for (const QKeySequence &key : keymap.keys(id))
            keys << key.toString(QKeySequence::PortableText);
        object[id] = keys;
    }
    return object;
}

Result<Keymap> keymapFromJson(const QJsonObject &object, const QString &path)
{
    Keymap keymap;
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        if (!entry->isArray())
            return fieldError(path, entry.key(), "a list of keys", *entry);
        KeyList keys;
        for (const QJsonValue &value : entry->toArray()) {
            const QKeySequence key = keyFromJson(value);
            if (key.isEmpty())
                return fieldError(path, entry.key(), "keys like \"Ctrl+Shift+Right\"", value);
            keys << key;
        }
        keymap.setKeys(entry.key(), keys);
    }
    return keymap;
}

Result<KeymapFile> readKeymapFile(const QString &path)
{
    const Result<QJsonObject> object = readObject(path);
    if (!object)
        return object.error();
    const QJsonValue version = object->value(QStringLiteral("version"));
    if (!version.isDouble())
        return fieldError(path, QStringLiteral("version"), "a number", version);
    if (version.toInt() > kVersion)
        return Error(ErrorCode::NewerVersion, {{"path", path.toStdString()},
                                               {"found", std::to_string(version.toInt())},
                                               {"expected", std::to_string(kVersion)}});
    const QJsonValue keys = object->value(QStringLiteral("keys"));
    if (!keys.isObject())
        return fieldError(path, QStringLiteral("keys"), "commands with lists of keys", keys);
    const Result<Keymap> keymap = keymapFromJson(keys.toObject(), path);
    if (!keymap)
        return keymap.error();
    KeymapFile file;
    file.title = object->value(QStringLiteral("title")).toString();
    file.basedOn = object->value(QStringLiteral("basedOn")).toString();
    file.keys = *keymap;
    for (const QJsonValue &id : object->value(QStringLiteral("optional")).toArray())
        file.optional << id.toString();
    return file;
}

Result<void> writeKeymapFile(const KeymapFile &file, const QString &path)
{
    QJsonObject object{{QStringLiteral("format"), QStringLiteral("poselift-keymap")},
                       {QStringLiteral("version"), kVersion},
                       {QStringLiteral("title"), file.title},
                       {QStringLiteral("keys"), jsonFromKeymap(file.keys)}};
    if (!file.basedOn.isEmpty())
        object[QStringLiteral("basedOn")] = file.basedOn;
    if (!file.optional.isEmpty())
        object[QStringLiteral("optional")] = QJsonArray::fromStringList(file.optional);
    QSaveFile output(path);
    if (!output.open(QIODevice::WriteOnly) || output.write(QJsonDocument(object).toJson()) < 0 || !output.commit())
        return Error(ErrorCode::CannotWrite,
                     {{"path", path.toStdString()}, {"detail", output.errorString().toStdString()}});
    return {};
}

} // namespace poselift
