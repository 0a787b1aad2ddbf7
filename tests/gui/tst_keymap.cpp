// Keymaps as values: files, presets, and choosing keys without ever giving one away twice.

#include "gui/errortext.h"
#include "gui/keys/keymapdraft.h"
#include "gui/keys/keymapfile.h"

#include <QDir>
#include <QKeyEvent>
#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace poselift;

namespace {

QKeySequence key(const char *text)
{
    return QKeySequence(QString::fromLatin1(text), QKeySequence::PortableText);
}

KeyList keyList(std::initializer_list<const char *> texts)
{
    KeyList list;
    for (const char *text : texts)
        list << key(text);
    return list;
}

KeyCommand command(const char *id, const char *scope = "", const KeyList &builtIn = {})
{
    const QString name = QString::fromLatin1(id);
    return {name, name, QStringLiteral("Menu"), QString::fromLatin1(scope), builtIn};
}

Keymap keymap(std::initializer_list<std::pair<const char *, KeyList>> entries)
{
    Keymap result;
    for (const auto &[id, keys] : entries)
        result.setKeys(QString::fromLatin1(id), keys);
    return result;
}

/// next and previous frame, names and hide of the window, and the nudge of a view.
KeymapDraft draft(KeymapChoice choice = {})
{
    const Keymap usual = keymap({{"next", keyList({"Right", "D"})},
                                 {"previous", keyList({"Left", "A"})},
                                 {"names", keyList({"T"})},
                                 {"view.nudge", keyList({"Right"})}});
    const Keymap other = usual.with(keymap({{"next", keyList({"F"})}, {"previous", keyList({"D"})}}));
    return KeymapDraft({command("next"), command("previous"), command("names"), command("hide", "", keyList({"H"})),
                        command("view.nudge", "view")},
                       {{QStringLiteral("poselift"), QStringLiteral("Poselift"), usual, {}},
                        {QStringLiteral("cvat"), QStringLiteral("CVAT"), other, {}}},
                       std::move(choice));
}

QString q(const char *text)
{
    return QString::fromLatin1(text);
}

} // namespace

class TestKeymap : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString write(const QString &name, const QByteArray &text) const
    {
        const QString path = m_folder.filePath(name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write %s", qPrintable(path));
        return path;
    }

private Q_SLOTS:
    void keysAreWrittenInOneWay()
    {
        Keymap map;
        map.setKeys(q("a"), {key("Shift+Backtab"), key("Shift+Tab"), key("Backtab"), key("X"), key("X"), {}});
        QCOMPARE(map.keys(q("a")), keyList({"Shift+Tab", "X"}));
        QVERIFY(!map.names(q("b")));
        QVERIFY(map.keys(q("b")).isEmpty());
    }

    void aFileComesBackAsItWasWritten()
    {
        const Keymap keys = keymap({{"next", keyList({"Right", "Ctrl+Shift+,", "?", "PgDown"})}, {"none", {}}});
        const QString path = m_folder.filePath(q("mine.json"));
        QVERIFY(writeKeymapFile({q("Mine"), q("cvat"), keys, {q("later")}}, path).ok());
        const Result<KeymapFile> file = readKeymapFile(path);
        QVERIFY(file.ok());
        QCOMPARE(file->title, q("Mine"));
        QCOMPARE(file->basedOn, q("cvat"));
        QCOMPARE(file->optional, QStringList{q("later")});
        QCOMPARE(file->keys, keys);
        QVERIFY(file->keys.names(q("none")));
    }

    void aBadFileIsToldInOneSentence_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("named");
        const auto row = [](const char *name, const QByteArray &text, ErrorCode code, const char *named) {
            QTest::newRow(name) << text << static_cast<int>(code) << q(named);
        };
        const QByteArray head = R"({"format": "poselift-keymap", "version": 1, "keys": )";
        row("no JSON", "Right = next", ErrorCode::WrongFormat, "bad.json");
        row("empty", "", ErrorCode::WrongFormat, "bad.json");
        row("a list", "[1, 2]", ErrorCode::WrongFormat, "bad.json");
        row("another JSON", R"({"name": "coco17"})", ErrorCode::WrongFormat, "bad.json");
        row("no version", R"({"format": "poselift-keymap"})", ErrorCode::ManifestField, "version");
        row("newer", R"({"format": "poselift-keymap", "version": 2})", ErrorCode::NewerVersion, "2");
        row("no keys", R"({"format": "poselift-keymap", "version": 1})", ErrorCode::ManifestField, "keys");
        row("not a list", head + R"({"next": "Right"}})", ErrorCode::ManifestField, "next");
        row("no key", head + R"({"next": ["Sideways"]}})", ErrorCode::ManifestField, "Sideways");
        row("a number", head + R"({"next": [7]}})", ErrorCode::ManifestField, "next");
        row("two in turn", head + R"({"next": ["Ctrl+K, A"]}})", ErrorCode::ManifestField, "Ctrl+K, A");
    }

    void aBadFileIsToldInOneSentence()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, code);
        QFETCH(QString, named);
        const Result<KeymapFile> file = readKeymapFile(write(q("bad.json"), text));
        QVERIFY(!file.ok());
        QCOMPARE(static_cast<int>(file.error().code()), code);
        const QString sentence = errorText(file.error());
        QVERIFY2(sentence.contains(named) && sentence.endsWith(u'.') && !sentence.contains(u'\n'),
                 qPrintable(sentence));
    }

    void aFileThatIsNotThereIsToldToo()
    {
        QCOMPARE(readKeymapFile(m_folder.filePath(q("nowhere.json"))).error().code(), ErrorCode::FileNotFound);
        QCOMPARE(readKeymapFile(m_folder.path()).error().code(), ErrorCode::IsDirectory);
        QCOMPARE(writeKeymapFile({}, m_folder.filePath(q("no/such/folder.json"))).error().code(),
                 ErrorCode::CannotWrite);
    }

    void presetsBuildOnEachOther()
    {
        QDir(m_folder.path()).mkdir(q("presets"));
        write(
            q("presets/poselift.json"),
            R"({"format": "poselift-keymap", "version": 1, "title": "P", "optional": ["x"], "keys": {"a": ["A"], "b": ["B"]}})");
        write(q("presets/aaa.json"),
              R"({"format": "poselift-keymap", "version": 1, "title": "Z", "basedOn": "poselift", "keys": {"b": []}})");
        const QString folder = m_folder.filePath(q("presets"));
        const Result<QList<KeymapPreset>> presets = readKeymapPresets(folder);
        QVERIFY(presets.ok());
        QCOMPARE(presets->size(), 2);
        QCOMPARE(presets->at(0).name, q("poselift"));
        QCOMPARE(presets->at(1).title, q("Z"));
        QCOMPARE(presets->at(1).keys, keymap({{"a", keyList({"A"})}, {"b", {}}}));
        QCOMPARE(presets->at(1).optional, QStringList{q("x")});

        write(q("presets/bbb.json"), R"({"format": "poselift-keymap", "version": 1, "basedOn": "aaa", "keys": {}})");
        const Result<QList<KeymapPreset>> chained = readKeymapPresets(folder);
        QVERIFY(!chained.ok());
        QVERIFY(errorText(chained.error()).contains(q("bbb.json")));
        QCOMPARE(readKeymapPresets(m_folder.filePath(q("none"))).error().code(), ErrorCode::FileNotFound);
    }

    void aNewKeyIsTakenFromItsOwner()
    {
        KeymapDraft keys = draft();
        QCOMPARE(keys.owner(q("names"), key("D"))->id, q("next"));
        QVERIFY(keys.owner(q("next"), key("D")) == nullptr);
        QVERIFY(keys.owner(q("names"), key("Z")) == nullptr);
        keys.addKey(q("names"), key("D"));
        QCOMPARE(keys.keys(q("names")), keyList({"T", "D"}));
        QCOMPARE(keys.keys(q("next")), keyList({"Right"}));
        QVERIFY(keys.isChanged(q("names")) && keys.isChanged(q("next")) && !keys.isChanged(q("previous")));
        QCOMPARE(keys.choice().changes.at(q("poselift")).ids(), (QStringList{q("names"), q("next")}));
    }

    void aViewAndTheWindowMayHaveTheSameKey()
    {
        KeymapDraft keys = draft();
        QVERIFY(keys.owner(q("view.nudge"), key("Right")) == nullptr);
        QCOMPARE(keys.elsewhere(q("view.nudge"), key("Right")).size(), 1);
        QCOMPARE(keys.elsewhere(q("next"), key("Right")).front()->id, q("view.nudge"));
        keys.addKey(q("view.nudge"), key("T"));
        QCOMPARE(keys.keys(q("names")), keyList({"T"}));
    }

    void resettingTakesTheKeysBack()
    {
        KeymapDraft keys = draft();
        keys.addKey(q("names"), key("D"));
        keys.addKey(q("names"), key("Ctrl+N"));
        keys.reset(q("next"));
        QCOMPARE(keys.keys(q("next")), keyList({"Right", "D"}));
        QCOMPARE(keys.keys(q("names")), keyList({"T", "Ctrl+N"}));
        keys.resetAll();
        QCOMPARE(keys.choice(), KeymapChoice());
    }

    void whatIsChangedBackIsNoChange()
    {
        KeymapDraft keys = draft();
        keys.addKey(q("names"), key("N"));
        keys.removeKey(q("names"), key("N"));
        QCOMPARE(keys.choice(), KeymapChoice());
        keys.removeKey(q("names"), key("T"));
        QVERIFY(keys.keys(q("names")).isEmpty());
        QVERIFY(keys.isChanged(q("names")));
    }

    void everyPresetHasItsOwnChanges()
    {
        KeymapDraft keys = draft();
        keys.addKey(q("names"), key("N"));
        keys.choosePreset(q("cvat"));
        QCOMPARE(keys.keys(q("names")), keyList({"T"}));
        QCOMPARE(keys.keys(q("previous")), keyList({"D"}));
        keys.removeKey(q("hide"), key("H"));
        keys.choosePreset(q("poselift"));
        QCOMPARE(keys.keys(q("names")), keyList({"T", "N"}));
        QCOMPARE(keys.keys(q("hide")), keyList({"H"}));
        KeymapDraft again = draft(keys.choice());
        QCOMPARE(again.keys(q("names")), keyList({"T", "N"}));
        again.choosePreset(q("gone"));
        QCOMPARE(again.choice().preset, q("poselift"));
    }

    void noKeyIsGivenTwiceWhateverIsStored()
    {
        KeymapChoice choice;
        choice.changes[q("poselift")] =
            keymap({{"previous", keyList({"T", "H", "Right"})}, {"unknown", keyList({"D"})}});
        const KeymapDraft keys = draft(choice);
        QCOMPARE(keys.keys(q("previous")), keyList({"T", "H", "Right"})); // changes go first
        QCOMPARE(keys.keys(q("next")), keyList({"D"}));                   // then the preset
        QVERIFY(keys.keys(q("names")).isEmpty());
        QVERIFY(keys.keys(q("hide")).isEmpty()); // and last what an action was made with
        QCOMPARE(keys.keys(q("view.nudge")), keyList({"Right"}));
    }

    void symbolsAreTheSameWithAndWithoutShift()
    {
        ViewKeys keys({{q("in"), {}, keyList({"+", "="})},
                       {q("next"), {}, keyList({"Tab"})},
                       {q("previous"), {}, keyList({"Shift+Tab"})},
                       {q("letter"), {}, keyList({"G"})}});
        const auto find = [&keys](Qt::Key which, Qt::KeyboardModifiers modifiers) {
            const QKeyEvent event(QEvent::KeyPress, which, modifiers);
            return keys.find(&event);
        };
        QCOMPARE(find(Qt::Key_Plus, Qt::ShiftModifier), 0);
        QCOMPARE(find(Qt::Key_Plus, Qt::KeypadModifier), 0);
        QCOMPARE(find(Qt::Key_Plus, Qt::ControlModifier), -1);
        QCOMPARE(find(Qt::Key_Tab, Qt::NoModifier), 1);
        QCOMPARE(find(Qt::Key_Backtab, Qt::ShiftModifier), 2);
        QCOMPARE(find(Qt::Key_G, Qt::NoModifier), 3);
        QCOMPARE(find(Qt::Key_G, Qt::ShiftModifier), -1);
    }
};

QTEST_MAIN(TestKeymap)
#include "tst_keymap.moc"
