#include "core/io/trcfile.h"
#include "tests/support/environment.h"

#include <fstream>

using namespace poselift;

namespace {

constexpr const char *kHead = "PathFileType\t4\t(X/Y/Z)\ta.trc\n"
                              "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames\n"
                              "60\t60\t2\t2\tmm\t60\t1\t2\n"
                              "Frame#\tTime\tRHip\t\t\tLHip\t\t\n"
                              "\t\tX1\tY1\tZ1\tX2\tY2\tZ2\n\n";

} // namespace

class TestTrcFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsMarkersInMetres();
    void brokenFilesNameTheLine_data();
    void brokenFilesNameTheLine();
    void realFileHasItsMarkers();

private:
    std::filesystem::path write(const std::string &text) const
    {
        const std::filesystem::path path = m_folder.filePath(QStringLiteral("a.trc")).toStdString();
        std::ofstream(path) << text;
        return path;
    }
    QTemporaryDir m_folder;
};

void TestTrcFile::readsMarkersInMetres()
{
    const auto read = readTrc(write(std::string(kHead) + "1\t0.5\t1000\t2000\t-500\t\t\t\r\n2\t0.516\t1\t2\t3\t4\t5\t6\t\n"));
    QVERIFY2(read.ok(), read.ok() ? "" : read.error().sentence().c_str());
    QCOMPARE(read->markers, (std::vector<std::string>{"RHip", "LHip"}));
    QCOMPARE(read->framesPerSecond, 60.0);
    QCOMPARE(read->frameNumbers, (std::vector<int>{1, 2}));
    QCOMPARE(read->seconds[1], 0.516);
    QCOMPARE(*read->positions[0][0], Eigen::Vector3d(1, 2, -0.5));
    QVERIFY(!read->positions[0][1].has_value()); // blank
    QCOMPARE(*read->positions[1][1], Eigen::Vector3d(0.004, 0.005, 0.006));
    QCOMPARE(read->indexOf("LHip"), 1);
    QCOMPARE(read->indexOf("Nose"), -1);
}

void TestTrcFile::brokenFilesNameTheLine_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("part");
    const QString head = QString::fromLatin1(kHead);
    QTest::newRow("other file") << QStringLiteral("hello\n") << QStringLiteral("line 1");
    QTest::newRow("unit") << QString(head).replace(QStringLiteral("\tmm\t"), QStringLiteral("\tinch\t")) << QStringLiteral("'inch' in line 3");
    QTest::newRow("letters") << head + QStringLiteral("1\t0\tx\t0\t0\t0\t0\t0\n") << QStringLiteral("'x' in line 7");
    QTest::newRow("no frames") << head << QStringLiteral("at least one frame");
}

void TestTrcFile::brokenFilesNameTheLine()
{
    QFETCH(QString, text);
    QFETCH(QString, part);
    const auto read = readTrc(write(text.toStdString()));
    QVERIFY(!read.ok());
    QCOMPARE(read.error().code(), ErrorCode::WrongFormat);
    QVERIFY2(QString::fromStdString(read.error().sentence()).contains(part), read.error().sentence().c_str());
    QCOMPARE(readTrc("/nowhere.trc").error().code(), ErrorCode::FileNotFound);
}

void TestTrcFile::realFileHasItsMarkers()
{
    POSELIFT_REQUIRE_DATA(data, "POSELIFT_REAL_DATA");
    const auto read = readTrc(data / "multiview_pose2sim/S00_P00_T01_BalancingTrial/pose-3d/S00_P00_T01_BalancingTrial_0-100.trc");
    QVERIFY(read.ok());
    QCOMPARE(read->markers.size(), std::size_t{21});
    QCOMPARE(read->positions.size(), std::size_t{100});
    const double thigh = (*read->positions[0][0] - *read->positions[0][1]).norm();
    QVERIFY(thigh > 0.35 && thigh < 0.5);
}

QTEST_APPLESS_MAIN(TestTrcFile)
#include "tst_trcfile.moc"
