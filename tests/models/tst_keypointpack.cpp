#include "core/io/hdf5util.h"
#include "models/keypoints/keypointpack.h"
#include "tests/support/syntheticpeople.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <fstream>
#include <functional>

using namespace poselift;

namespace {

using Spoil = std::function<void(hid_t file)>;

/// Replaces a dataset.
template <typename T>
void rewrite(hid_t file, const char *name, const std::vector<T> &values, const hdf5::Shape &shape)
{
    H5Ldelete(file, name, H5P_DEFAULT);
    QVERIFY((hdf5::writeDataset<T>(file, name, values, shape, "test")).ok());
}

void rewriteHeader(hid_t file, const std::string &header)
{
    H5Adelete(file, "poselift");
    QVERIFY(hdf5::writeTextAttribute(file, "poselift", header, "test").ok());
}

std::string replaced(hid_t file, const std::string &from, const std::string &to)
{
    std::string header = *hdf5::readTextAttribute(file, "poselift", "test");
    return header.replace(header.find(from), from.size(), to);
}

} // namespace

class TestKeypointPack : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void packReadsBackAsItWas();
    void brokenPacksAreRefused_data();
    void brokenPacksAreRefused();
    void fileThatIsNoPackIsRefused();
    void failedWriteKeepsTheOldFile();

private:
    QTemporaryDir m_folder;
    std::filesystem::path path(const char *name) const
    {
        return m_folder.filePath(QString::fromLatin1(name)).toStdString();
    }
};

Q_DECLARE_METATYPE(Spoil)
Q_DECLARE_METATYPE(poselift::ErrorCode)

void TestKeypointPack::packReadsBackAsItWas()
{
    KeypointPack pack = syntheticPeople(3, 7);
    pack.people[1].labels[4] = {};
    pack.people[1].teacher[14] = {10.25, 20.5, 0.75F, KeypointState::Visible, {}};
    QVERIFY(writeKeypointPack(pack, path("pack.h5")).ok());
    const Result<KeypointPack> back = readKeypointPack(path("pack.h5"));
    QVERIFY2(back.ok(), back.ok() ? "" : back.error().sentence().c_str());
    QVERIFY(back->skeleton == pack.skeleton);
    QCOMPARE(back->description, pack.description);
    QCOMPARE(back->people.size(), pack.people.size());
    for (std::size_t i = 0; i < pack.people.size(); ++i) {
        const PackedPerson &a = pack.people[i];
        const PackedPerson &b = back->people[i];
        QCOMPARE(b.source, a.source);
        QVERIFY(b.split == a.split);
        QCOMPARE(b.width, a.width);
        QCOMPARE(b.height, a.height);
        QVERIFY(b.box == a.box);
        QVERIFY(b.jpeg == a.jpeg);
        QVERIFY(b.teacher == a.teacher);
        for (std::size_t j = 0; j < a.labels.size(); ++j) {
            QCOMPARE(b.labels[j].state, a.labels[j].state);
            QCOMPARE(static_cast<float>(b.labels[j].x), static_cast<float>(a.labels[j].x));
            QCOMPARE(static_cast<float>(b.labels[j].y), static_cast<float>(a.labels[j].y));
        }
    }
}

void TestKeypointPack::brokenPacksAreRefused_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("names");
    const auto row = [](const char *name, ErrorCode code, const char *names, Spoil spoil) {
        QTest::newRow(name) << spoil << code << QString::fromLatin1(names);
    };
    row("newer", ErrorCode::NewerVersion, "format 2",
        [](hid_t file) { rewriteHeader(file, replaced(file, "\"version\":1", "\"version\":2")); });
    row("other HDF5", ErrorCode::WrongFormat, "a training pack", [](hid_t file) { H5Adelete(file, "poselift"); });
    row("header is no JSON", ErrorCode::WrongFormat, "a training pack", [](hid_t file) { rewriteHeader(file, "{"); });
    row("no sources", ErrorCode::WrongFormat, "sources",
        [](hid_t file) { rewriteHeader(file, replaced(file, "\"sources\"", "\"others\"")); });
    row("unknown joints", ErrorCode::UnknownJointOrder, "left_tail",
        [](hid_t file) { rewriteHeader(file, replaced(file, "\"left_ear\"", "\"left_tail\"")); });
    row("no pictures", ErrorCode::MissingDataset, "jpeg", [](hid_t file) { H5Ldelete(file, "jpeg", H5P_DEFAULT); });
    row("too few labels", ErrorCode::WrongShape, "[4, 19, 3]", [](hid_t file) {
        rewrite<float>(file, "label", std::vector<float>(57), {1, 19, 3});
    });
    row("not finite", ErrorCode::NotFinite, "box", [](hid_t file) {
        rewrite<float>(file, "box", std::vector<float>(16, NAN), {4, 4});
    });
    row("offsets beyond the end", ErrorCode::WrongFormat, "offsets", [](hid_t file) {
        rewrite<std::int64_t>(file, "offset", {0, 10, 20, 30, 1 << 30}, {5});
    });
    row("falling offsets", ErrorCode::WrongFormat, "offsets", [](hid_t file) {
        const std::vector<std::int64_t> offsets = *hdf5::readDataset<std::int64_t>(file, "offset", "test");
        rewrite<std::int64_t>(file, "offset", {0, 20, 10, 30, offsets.back()}, {5});
    });
    row("unknown split", ErrorCode::WrongFormat, "splits", [](hid_t file) {
        rewrite<std::uint8_t>(file, "split", {0, 1, 7, 0}, {4});
    });
    row("empty picture", ErrorCode::WrongFormat, "1x1", [](hid_t file) {
        rewrite<std::int32_t>(file, "size", {96, 96, 0, 96, 96, 96, 96, 96}, {4, 2});
    });
}

void TestKeypointPack::brokenPacksAreRefused()
{
    QFETCH(Spoil, spoil);
    QFETCH(ErrorCode, code);
    QFETCH(QString, names);
    QVERIFY(writeKeypointPack(syntheticPeople(2, 7), path("broken.h5")).ok());
    {
        const hdf5::Session session;
        const hdf5::Handle file(H5Fopen(path("broken.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT));
        QVERIFY(file.ok());
        spoil(file);
    }
    const Result<KeypointPack> pack = readKeypointPack(path("broken.h5"));
    QVERIFY(!pack.ok());
    const QString sentence = QString::fromStdString(pack.error().sentence());
    QVERIFY2(pack.error().code() == code, qPrintable(sentence));
    QVERIFY2(sentence.contains(QStringLiteral("broken.h5")) && sentence.contains(names), qPrintable(sentence));
}

void TestKeypointPack::fileThatIsNoPackIsRefused()
{
    QCOMPARE(readKeypointPack(path("nowhere.h5")).error().code(), ErrorCode::FileNotFound);
    QCOMPARE(readKeypointPack(m_folder.path().toStdString()).error().code(), ErrorCode::IsDirectory);
    std::ofstream(path("text.h5")) << "a text";
    QCOMPARE(readKeypointPack(path("text.h5")).error().code(), ErrorCode::WrongFormat);
    QVERIFY(writeKeypointPack(syntheticPeople(2, 7), path("cut.h5")).ok());
    std::filesystem::resize_file(path("cut.h5"), std::filesystem::file_size(path("cut.h5")) / 2);
    QCOMPARE(readKeypointPack(path("cut.h5")).error().code(), ErrorCode::FileTruncated);
}

void TestKeypointPack::failedWriteKeepsTheOldFile()
{
    const Result<void> nowhere = writeKeypointPack(syntheticPeople(1, 7), path("no") / "folder" / "pack.h5");
    QCOMPARE(nowhere.error().code(), ErrorCode::CannotWrite);
    KeypointPack uneven = syntheticPeople(1, 7);
    QVERIFY(writeKeypointPack(uneven, path("kept.h5")).ok());
    uneven.people[0].teacher.pop_back();
    QVERIFY(!writeKeypointPack(uneven, path("kept.h5")).ok());
    QVERIFY(readKeypointPack(path("kept.h5")).ok());
}

QTEST_APPLESS_MAIN(TestKeypointPack)
#include "tst_keypointpack.moc"
