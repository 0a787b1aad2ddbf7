#include "core/media/framesource.h"
#include "tests/support/burntclip.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>

#include <sys/stat.h>
#include <unistd.h>

using namespace poselift;

/// What is not a video, or is a broken one, ends in the right sentence; folders of pictures.
class TestBadMedia : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void refusedInput_data();
    void refusedInput();
    void videoCutInTheMiddleGivesTheFramesBeforeTheBreak_data();
    void videoCutInTheMiddleGivesTheFramesBeforeTheBreak();
    void brokenLastPacketIsReported();
    void brokenPacketInTheMiddleDoesNotShiftFrames();
    void frameOutsideIsRefused();
    void picturesComeInNaturalOrder();
    void everyPictureTypeBecomesBgrx();
    void picturesOfDifferentSizeAreRefused();

private:
    QString file(const char *name) const { return m_folder.filePath(QLatin1String(name)); }
    std::filesystem::path path(const char *name) const { return file(name).toStdString(); }
    QByteArray contents(const char *name) const;
    void write(const char *name, const QByteArray &bytes) const;

    QTemporaryDir m_folder;
};

QByteArray TestBadMedia::contents(const char *name) const
{
    QFile in(file(name));
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

void TestBadMedia::write(const char *name, const QByteArray &bytes) const
{
    QFile out(file(name));
    QVERIFY(out.open(QIODevice::WriteOnly));
    QCOMPARE(out.write(bytes), bytes.size());
}

void TestBadMedia::initTestCase()
{
    const auto make = [&](const QStringList &before, const QString &options, const char *name) {
        QStringList arguments = before;
        if (!options.isEmpty())
            arguments += options.split(QLatin1Char(' '));
        return burntclip::ffmpeg(arguments << file(name));
    };
    const QStringList source{QStringLiteral("-f"), QStringLiteral("lavfi"), QStringLiteral("-i"), burntclip::filters(320, 180, 90)};
    QCOMPARE(make(source, QStringLiteral("-pix_fmt yuv420p -c:v libx264 -preset veryfast -g 15 -bf 2 -movflags +faststart"), "good.mp4"), QString());
    QCOMPARE(make({}, QStringLiteral("-i %1 -c copy").arg(file("good.mp4")), "moov-last.mp4"), QString());
    QCOMPARE(make({}, QStringLiteral("-i %1 -c copy").arg(file("good.mp4")), "good.mkv"), QString());
    QCOMPARE(make({}, QStringLiteral("-i %1 -c:v mpeg4 -q:v 4").arg(file("good.mp4")), "good.avi"), QString());
    QCOMPARE(make({}, QStringLiteral("-f lavfi -i sine=duration=1"), "sound.wav"), QString());
    QCOMPARE(make({}, QStringLiteral("-f lavfi -i sine=duration=1"), "sound.mp4"), QString());
    // Tells of a video stream and has no packet in it.
    QCOMPARE(make(source, QStringLiteral("-pix_fmt yuv420p -c:v mpeg4 -frames:v 0"), "empty.avi"), QString());
    write("zero.mp4", {});
    write("notes.txt", "This is not a video.\nIt is two lines of text.\n");
    write("notes.mp4", "This is not a video.\nIt is two lines of text.\n");
    write("noise.mp4", QByteArray(5000, '\x5a'));
    write("noise.png", QByteArray(5000, '\x5a'));
    write("cut-moov.mp4", contents("moov-last.mp4").left(contents("moov-last.mp4").size() / 2));
    // A codec that no FFmpeg knows: the four letters of H.264 replaced.
    QByteArray alien = contents("good.mp4");
    alien.replace("avc1", "zq9x");
    write("alien.mp4", alien);
    QVERIFY(QDir(m_folder.path()).mkdir(QStringLiteral("nothing")));
    QCOMPARE(mkfifo(path("pipe.mp4").c_str(), 0600), 0);
    write("secret.mp4", contents("good.mp4"));
    QVERIFY(QFile::setPermissions(file("secret.mp4"), {}));
}

void TestBadMedia::refusedInput_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("absent.mp4") << QByteArray("FileNotFound");
    QTest::newRow("nothing") << QByteArray("NotAVideo"); // a folder without pictures
    QTest::newRow("pipe.mp4") << QByteArray("NotAVideo");
    QTest::newRow("zero.mp4") << QByteArray("NotAVideo");
    QTest::newRow("notes.txt") << QByteArray("NotAVideo");
    QTest::newRow("notes.mp4") << QByteArray("NotAVideo");
    QTest::newRow("noise.mp4") << QByteArray("NotAVideo");
    QTest::newRow("noise.png") << QByteArray("CannotRead");
    QTest::newRow("sound.wav") << QByteArray("NoVideoStream");
    QTest::newRow("sound.mp4") << QByteArray("NoVideoStream");
    QTest::newRow("empty.avi") << QByteArray("NoFrames");
    QTest::newRow("cut-moov.mp4") << QByteArray("FileTruncated");
    QTest::newRow("alien.mp4") << QByteArray("UnsupportedCodec");
    QTest::newRow("secret.mp4") << QByteArray("CannotRead");
}

void TestBadMedia::refusedInput()
{
    QFETCH(QByteArray, code);
    const char *name = QTest::currentDataTag();
    if (QLatin1String(name) == QLatin1String("secret.mp4") && geteuid() == 0)
        return; // nothing is unreadable to root
    const auto source = openFrameSource(path(name));
    QVERIFY(!source.ok());
    QCOMPARE(errorName(source.error().code()), code.constData());
    const std::string sentence = source.error().sentence();
    QVERIFY2(sentence.find(name) != std::string::npos, sentence.c_str());
    QVERIFY2(sentence.find('{') == std::string::npos, sentence.c_str());
}

void TestBadMedia::videoCutInTheMiddleGivesTheFramesBeforeTheBreak_data()
{
    QTest::addColumn<QString>("good");
    QTest::newRow("cut.mp4") << QStringLiteral("good.mp4");
    QTest::newRow("cut.mkv") << QStringLiteral("good.mkv");
    QTest::newRow("cut.avi") << QStringLiteral("good.avi");
}

void TestBadMedia::videoCutInTheMiddleGivesTheFramesBeforeTheBreak()
{
    QFETCH(QString, good);
    const char *name = QTest::currentDataTag();
    const QByteArray whole = contents(good.toLatin1().constData());
    write(name, whole.left(whole.size() * 6 / 10));
    auto source = openFrameSource(path(name));
    QVERIFY2(source.ok(), source.ok() ? "" : source.error().sentence().c_str());
    const auto index = (*source)->buildIndex();
    QVERIFY(index.ok());
    QVERIFY(index->frameCount() > 20 && index->frameCount() < 90);
    QVERIFY(index->damage.has_value());
    QCOMPARE(index->damage->code(), ErrorCode::FileTruncated);
    // The last frame may be half a picture; those before it are whole.
    for (const std::int64_t i : {std::int64_t(0), std::int64_t(7), index->frameCount() - 8}) {
        const auto frame = (*source)->frame(i);
        QVERIFY(frame.ok());
        QCOMPARE(burntclip::numberIn(*frame), int(i));
    }
    QVERIFY((*source)->frame(index->frameCount() - 1).ok());
}

void TestBadMedia::brokenLastPacketIsReported()
{
    QByteArray bytes = contents("good.mp4"); // faststart: the packets are at the end
    bytes.replace(bytes.size() - 150, 150, QByteArray(150, '\0'));
    write("broken-tail.mp4", bytes);
    auto source = openFrameSource(path("broken-tail.mp4"));
    QVERIFY(source.ok());
    const auto index = (*source)->buildIndex();
    QVERIFY(index.ok());
    QVERIFY(index->frameCount() >= 85 && index->frameCount() <= 90);
    for (std::int64_t i = 0; i < index->frameCount(); ++i) {
        const auto frame = (*source)->frame(i);
        QVERIFY2(frame.ok(), frame.ok() ? "" : frame.error().sentence().c_str());
        if (i < 80)
            QCOMPARE(burntclip::numberIn(*frame), int(i));
    }
}

void TestBadMedia::brokenPacketInTheMiddleDoesNotShiftFrames()
{
    QByteArray bytes = contents("good.mp4");
    const qsizetype middle = bytes.size() / 2;
    bytes.replace(middle, 400, QByteArray(400, '\xff'));
    write("broken-middle.mp4", bytes);
    auto source = openFrameSource(path("broken-middle.mp4"));
    QVERIFY(source.ok());
    const auto index = (*source)->buildIndex();
    QVERIFY(index.ok());
    QVERIFY(index->frameCount() >= 70);
    // Frames after the damage are found at the index of their time.
    const std::int64_t last = index->frameCount() - 3;
    const auto frame = (*source)->frame(last);
    QVERIFY(frame.ok());
    QCOMPARE(burntclip::numberIn(*frame), int(std::lround(index->seconds[std::size_t(last)] * 30.0)));
}

void TestBadMedia::frameOutsideIsRefused()
{
    auto source = openFrameSource(path("good.mp4"));
    QVERIFY(source.ok());
    for (const std::int64_t i : {std::int64_t(-1), std::int64_t(90), std::int64_t(1) << 40}) {
        const auto frame = (*source)->frame(i);
        QVERIFY(!frame.ok());
        QCOMPARE(frame.error().code(), ErrorCode::FrameOutOfRange);
    }
    QVERIFY((*source)->frame(89).ok());
}

void TestBadMedia::picturesComeInNaturalOrder()
{
    const std::filesystem::path folder = path("pictures");
    std::filesystem::create_directory(folder);
    const std::vector<std::string> names{"1.png", "2.png", "09.png", "10.png", "100.png"};
    for (std::size_t i = 0; i < names.size(); ++i)
        QVERIFY(cv::imwrite((folder / names[i]).string(), cv::Mat(6, 8, CV_8UC3, cv::Scalar(double(i), 10, 20))));
    write("pictures/notes.txt", "ignored");
    auto source = openFrameSource(folder);
    QVERIFY(source.ok());
    const auto index = (*source)->buildIndex();
    QVERIFY(index.ok());
    QCOMPARE(index->frameCount(), 5);
    QCOMPARE(index->seconds[3], 3.0 / 30.0);
    for (const std::size_t i : {std::size_t(4), std::size_t(0), std::size_t(3), std::size_t(1), std::size_t(2)}) {
        const auto frame = (*source)->frame(std::int64_t(i));
        QVERIFY(frame.ok());
        QCOMPARE(int(frame->pixels->at(0)), int(i));
        QCOMPARE(int(frame->pixels->at(1)), 10);
        QCOMPARE(int(frame->pixels->at(3)), 255);
        QCOMPARE(frame->index, std::int64_t(i));
    }
}

void TestBadMedia::everyPictureTypeBecomesBgrx()
{
    struct Sample { const char *name; cv::Mat picture; };
    const std::vector<Sample> samples{
        {"grey.png", cv::Mat(5, 7, CV_8UC1, cv::Scalar(200))},
        {"grey16.png", cv::Mat(5, 7, CV_16UC1, cv::Scalar(200 * 257))},
        {"colour16.tif", cv::Mat(5, 7, CV_16UC3, cv::Scalar(200 * 257, 200 * 257, 200 * 257))},
        {"alpha.png", cv::Mat(5, 7, CV_8UC4, cv::Scalar(200, 200, 200, 40))},
        {"plain.bmp", cv::Mat(5, 7, CV_8UC3, cv::Scalar(200, 200, 200))},
        {"photo.jpg", cv::Mat(5, 7, CV_8UC3, cv::Scalar(200, 200, 200))},
    };
    for (const Sample &sample : samples) {
        QVERIFY(cv::imwrite(path(sample.name).string(), sample.picture));
        auto source = openFrameSource(path(sample.name));
        QVERIFY2(source.ok(), sample.name);
        const VideoFrame frame = (*source)->firstFrame().value();
        QCOMPARE(frame.width, 7);
        QCOMPARE(frame.height, 5);
        QCOMPARE(frame.pixels->size(), std::size_t(5 * 7 * 4));
        for (std::size_t i = 0; i < frame.pixels->size(); ++i)
            QCOMPARE(int(frame.pixels->at(i)), i % 4 == 3 ? 255 : 200);
    }
}

void TestBadMedia::picturesOfDifferentSizeAreRefused()
{
    const std::filesystem::path folder = path("mixed");
    std::filesystem::create_directory(folder);
    QVERIFY(cv::imwrite((folder / "a.png").string(), cv::Mat(6, 8, CV_8UC3, cv::Scalar(1, 2, 3))));
    QVERIFY(cv::imwrite((folder / "b.png").string(), cv::Mat(6, 9, CV_8UC3, cv::Scalar(1, 2, 3))));
    auto source = openFrameSource(folder);
    QVERIFY(source.ok());
    const auto frame = (*source)->frame(1);
    QVERIFY(!frame.ok());
    QCOMPARE(frame.error().sentence(),
             (folder / "b.png").string() + ": expected a picture of the size of the first one, 8 x 6, found 9 x 6.");
}

QTEST_GUILESS_MAIN(TestBadMedia)
#include "tst_badmedia.moc"
