#include "models/keypoints/keypointpack.h"
#include "models/pack/makepack.h"
#include "tests/support/lspwriter.h"

#include <QDir>
#include <QImage>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <fstream>

using namespace poselift;

namespace {

/// A dataset of @p count pictures of 200 × 160 px with the joints at (50 + 3·joint, 40 + 5·joint); joint 2
/// of every picture is unlabelled.
void writeDataset(const QString &folder, int count, std::size_t joints = 14)
{
    QDir(folder).mkpath(QStringLiteral("images"));
    constexpr double kToMatlab = 0.5; // its pixel centres are at 1, 2, …
    std::vector<double> values(joints * 3 * static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        double *columns = values.data() + static_cast<std::size_t>(i) * joints * 3;
        for (std::size_t j = 0; j < joints; ++j) {
            columns[j] = j == 2 ? -10 : 50.0 + kToMatlab + 3.0 * static_cast<double>(j);
            columns[joints + j] = j == 2 ? -20 : 40.0 + kToMatlab + 5.0 * static_cast<double>(j);
            columns[2 * joints + j] = j == 2 ? 0 : 1;
        }
        QImage picture(200, 160, QImage::Format_RGB32);
        picture.fill(QColor(10 * i, 100, 200));
        picture.save(lspPicturePath(folder, i + 1));
    }
    writeLspJoints(folder, std::move(values), joints, static_cast<std::size_t>(count));
}

} // namespace

class TestMakePack : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void pictureBecomesAPieceWithItsJoints();
    void validationStartsWhereAsked();
    void largePiecesAreMadeSmaller();
    void brokenDatasetsAreRefused();
    void badArgumentsAreRefused();
    void cancelWritesNothing();

private:
    PackOptions options() const
    {
        PackOptions options;
        options.lspExtended = m_folder->path().toStdString();
        options.output = m_folder->filePath(QStringLiteral("pack.h5")).toStdString();
        return options;
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestMakePack::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestMakePack::pictureBecomesAPieceWithItsJoints()
{
    writeDataset(m_folder->path(), 2);
    QVERIFY(QFile::remove(m_folder->filePath(QStringLiteral("images/im00001.jpg")))); // gaps are allowed
    const Result<PackResult> result = makeKeypointPack(options(), {});
    QVERIFY2(result.ok(), result.ok() ? "" : result.error().sentence().c_str());
    QCOMPARE(result->train, 1);
    const Result<KeypointPack> pack = readKeypointPack(options().output);
    QVERIFY(pack.ok());
    QCOMPARE(pack->skeleton.name, std::string("person19"));
    QCOMPARE(pack->people.size(), std::size_t(1));
    const PackedPerson &person = pack->people.front();
    QCOMPARE(person.source, std::string("im00002.jpg"));
    // The box is 39 × 65 px around (69.5, 72.5); the square of twice 65 px is cut at the left and upper edge.
    QCOMPARE(person.box.width, 39.0);
    QCOMPARE(person.box.height, 65.0);
    QCOMPARE(person.width, 134 - 4);
    QCOMPARE(person.height, 137 - 7);
    QCOMPARE(person.labels[0].x, 50.0 - 4);
    QCOMPARE(person.labels[0].y, 40.0 - 7);
    QVERIFY(person.labels[2].state == KeypointState::Missing);
    QVERIFY(person.labels[14].state == KeypointState::Missing); // LSP has no nose
    const QImage piece = QImage::fromData(person.jpeg.data(), static_cast<int>(person.jpeg.size()));
    QCOMPARE(piece.size(), QSize(person.width, person.height));
    QVERIFY(std::abs(piece.pixelColor(20, 20).blue() - 200) < 6);
}

void TestMakePack::validationStartsWhereAsked()
{
    writeDataset(m_folder->path(), 3);
    PackOptions some = options();
    some.firstValidation = 3;
    const Result<PackResult> result = makeKeypointPack(some, {});
    QVERIFY(result.ok());
    QCOMPARE(result->train, 2);
    QCOMPARE(result->validation, 1);
    some.limit = 1;
    QCOMPARE(makeKeypointPack(some, {})->validation, 0);
}

void TestMakePack::largePiecesAreMadeSmaller()
{
    writeDataset(m_folder->path(), 1);
    PackOptions small = options();
    small.largestSide = 65; // half of the piece
    QVERIFY(makeKeypointPack(small, {}).ok());
    const PackedPerson person = readKeypointPack(small.output)->people.front();
    QCOMPARE(person.width, 65);
    QVERIFY(std::abs(person.labels[0].x - 23) < 1e-4);
    QVERIFY(std::abs(person.box.height - 32.5) < 1e-4);
}

void TestMakePack::brokenDatasetsAreRefused()
{
    QCOMPARE(makeKeypointPack(options(), {}).error().code(), ErrorCode::FileNotFound);
    std::ofstream(options().lspExtended / "joints.mat") << "no matrix";
    QCOMPARE(makeKeypointPack(options(), {}).error().code(), ErrorCode::WrongFormat);
    writeDataset(m_folder->path(), 1, 16);
    QCOMPARE(makeKeypointPack(options(), {}).error().code(), ErrorCode::WrongShape);
    writeDataset(m_folder->path(), 1);
    std::ofstream(options().lspExtended / "images" / "im00001.jpg", std::ios::trunc) << "no picture";
    const Result<PackResult> broken = makeKeypointPack(options(), {});
    QCOMPARE(broken.error().code(), ErrorCode::DecodeFailed);
    QVERIFY(broken.error().sentence().find("im00001.jpg") != std::string::npos);
    QVERIFY(QDir(m_folder->filePath(QStringLiteral("images"))).removeRecursively());
    QCOMPARE(makeKeypointPack(options(), {}).error().code(), ErrorCode::NoFrames);
}

void TestMakePack::badArgumentsAreRefused()
{
    writeDataset(m_folder->path(), 1);
    PackOptions wrong = options();
    wrong.room = 0.5;
    QCOMPARE(makeKeypointPack(wrong, {}).error().code(), ErrorCode::BadArgument);
    wrong = options();
    wrong.teacher = "nobody";
    QVERIFY(!makeKeypointPack(wrong, {}).ok());
    wrong = options();
    wrong.output = options().lspExtended / "no" / "folder.h5";
    QCOMPARE(makeKeypointPack(wrong, {}).error().code(), ErrorCode::CannotWrite);
}

void TestMakePack::cancelWritesNothing()
{
    writeDataset(m_folder->path(), 2);
    std::stop_source stop;
    const auto result =
        makeKeypointPack(options(), {stop.get_token(), [&](const JobProgress &) { stop.request_stop(); }});
    QVERIFY(!result.ok() && result.error().isCancelled());
    QVERIFY(!std::filesystem::exists(options().output));
}

QTEST_GUILESS_MAIN(TestMakePack)
#include "tst_makepack.moc"
