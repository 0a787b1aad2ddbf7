#include "core/media/framesource.h"
#include "core/media/videowriter.h"
#include "tests/support/burntclip.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace poselift;

/// Clips that VideoWriter makes are read back with their times, sizes and colours.
class TestVideoWriter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void timesAndColoursComeBack_data();
    void timesAndColoursComeBack();
    void oddSizeGetsOneMoreColumnAndRow();
    void unfinishedFileLeavesTheOldOne();
    void noPlaceToWriteIsAnError();
    void wrongPictureSizeIsAnError();

private:
    static std::vector<std::uint8_t> plain(int width, int height, std::array<int, 3> bgr);
    std::filesystem::path path(const char *name) const { return m_folder.filePath(QLatin1String(name)).toStdString(); }
    QTemporaryDir m_folder;
};

std::vector<std::uint8_t> TestVideoWriter::plain(int width, int height, std::array<int, 3> bgr)
{
    std::vector<std::uint8_t> pixels(std::size_t(width) * std::size_t(height) * 4, 255);
    for (std::size_t i = 0; i < pixels.size(); ++i) {
        if (i % 4 != 3)
            pixels[i] = static_cast<std::uint8_t>(bgr[i % 4]);
    }
    return pixels;
}

void TestVideoWriter::timesAndColoursComeBack_data()
{
    QTest::addColumn<double>("start");
    QTest::addColumn<double>("jitter");
    QTest::newRow("constant rate") << 0.0 << 0.0;
    QTest::newRow("variable rate") << 0.0 << 0.011;
    QTest::newRow("late start") << 3.0 << 0.0;
}

void TestVideoWriter::timesAndColoursComeBack()
{
    QFETCH(double, start);
    QFETCH(double, jitter);
    const auto target = path("colours.mp4");
    const std::vector<std::array<int, 3>> colours{{30, 40, 220}, {210, 30, 40}, {40, 200, 50}, {128, 128, 128}, {250, 250, 250}};
    std::vector<double> times;
    VideoWriterOptions options;
    options.width = 128;
    options.height = 96;
    auto writer = VideoWriter::create(target, options);
    QVERIFY2(writer.ok(), writer.ok() ? "" : writer.error().sentence().c_str());
    for (int i = 0; i < 40; ++i) {
        const auto pixels = plain(128, 96, colours[std::size_t(i) / 8]);
        times.push_back(start + i / 30.0 + (i % 3) * jitter);
        QVERIFY((*writer)->write({pixels.data(), 128, 96, 128 * 4}, times.back()).ok());
    }
    QVERIFY((*writer)->finish().ok());

    auto source = openFrameSource(target);
    QVERIFY(source.ok());
    const auto index = (*source)->buildIndex();
    QVERIFY(index.ok());
    QCOMPARE(index->frameCount(), 40);
    for (std::size_t i = 0; i < times.size(); ++i) {
        QVERIFY2(std::abs(index->seconds[i] - times[i]) < 1e-4, qPrintable(QStringLiteral("frame %1: %2 s, expected %3 s").arg(i).arg(index->seconds[i]).arg(times[i])));
        const VideoFrame frame = (*source)->frame(std::int64_t(i)).value();
        const std::size_t centre = (48 * 128 + 64) * 4;
        for (std::size_t c = 0; c < 3; ++c)
            QVERIFY(std::abs(int(frame.pixels->at(centre + c)) - colours[i / 8][c]) <= 6);
    }
}

void TestVideoWriter::oddSizeGetsOneMoreColumnAndRow()
{
    VideoWriterOptions options;
    options.width = 65;
    options.height = 33;
    auto writer = VideoWriter::create(path("odd.mp4"), options);
    QVERIFY(writer.ok());
    const auto pixels = plain(65, 33, {10, 200, 30});
    for (int i = 0; i < 5; ++i)
        QVERIFY((*writer)->write({pixels.data(), 65, 33, 65 * 4}, i / 30.0).ok());
    QVERIFY((*writer)->finish().ok());
    auto source = openFrameSource(path("odd.mp4"));
    QVERIFY(source.ok());
    QCOMPARE((*source)->info().width, 66);
    QCOMPARE((*source)->info().height, 34);
    const VideoFrame frame = (*source)->firstFrame().value();
    const std::uint8_t *corner = frame.pixels->data() + frame.pixels->size() - 4;
    QVERIFY(std::abs(corner[1] - 200) <= 6);
}

void TestVideoWriter::unfinishedFileLeavesTheOldOne()
{
    QDir folder(m_folder.path());
    QFile old(m_folder.filePath(QStringLiteral("kept.mp4")));
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.write("old");
    old.close();
    {
        VideoWriterOptions options;
        options.width = options.height = 64;
        auto writer = VideoWriter::create(path("kept.mp4"), options);
        QVERIFY(writer.ok());
        const auto pixels = plain(64, 64, {1, 2, 3});
        QVERIFY((*writer)->write({pixels.data(), 64, 64, 256}, 0.0).ok());
    }
    QVERIFY(old.open(QIODevice::ReadOnly));
    QCOMPARE(old.readAll(), QByteArray("old"));
    QCOMPARE(folder.entryList({QStringLiteral("*.partial-*")}).size(), 0);
}

void TestVideoWriter::noPlaceToWriteIsAnError()
{
    VideoWriterOptions options;
    options.width = options.height = 64;
    const auto writer = VideoWriter::create(path("absent/folder/out.mp4"), options);
    QVERIFY(!writer.ok());
    QCOMPARE(writer.error().code(), ErrorCode::CannotWrite);
}

void TestVideoWriter::wrongPictureSizeIsAnError()
{
    VideoWriterOptions options;
    options.width = options.height = 64;
    auto writer = VideoWriter::create(path("size.mp4"), options);
    QVERIFY(writer.ok());
    const auto pixels = plain(32, 32, {1, 2, 3});
    const auto written = (*writer)->write({pixels.data(), 32, 32, 128}, 0.0);
    QVERIFY(!written.ok());
    QCOMPARE(written.error().code(), ErrorCode::CannotWrite);
}

QTEST_GUILESS_MAIN(TestVideoWriter)
#include "tst_videowriter.moc"
