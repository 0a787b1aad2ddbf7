#include "tests/core/media/exactness.h"
#include "tests/support/environment.h"

using namespace poselift;

/// The clips of POSELIFT_REAL_DATA, from real cameras and encoders.
class TestRealVideo : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void framesOfARealClipAreExact_data();
    void framesOfARealClipAreExact();
};

void TestRealVideo::framesOfARealClipAreExact_data()
{
    QTest::addColumn<QString>("path");
    const std::filesystem::path root = testDataFolder("POSELIFT_REAL_DATA");
    if (root.empty()) {
        QTest::newRow("none") << QString();
        return;
    }
    for (const char *folder : {"video", "multiview_pose2sim", "formats/sleap"}) {
        for (const auto &entry : std::filesystem::recursive_directory_iterator(root / folder)) {
            if (entry.path().extension() == ".mp4")
                QTest::newRow(std::filesystem::relative(entry.path(), root).c_str()) << QString::fromStdString(entry.path().string());
        }
    }
}

void TestRealVideo::framesOfARealClipAreExact()
{
    POSELIFT_REQUIRE_DATA(root, "POSELIFT_REAL_DATA");
    QFETCH(QString, path);
    checkExact(path, /*seeks=*/6, /*firstNumber=*/-2);
}

QTEST_GUILESS_MAIN(TestRealVideo)
#include "tst_realvideo.moc"
