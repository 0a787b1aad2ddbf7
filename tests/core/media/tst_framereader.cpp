#include "core/media/framecache.h"
#include "core/media/framereader.h"
#include "tests/support/burntclip.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <atomic>
#include <mutex>

using namespace poselift;

namespace {

constexpr int kFrames = 300;

/// What a reader told, collected across its threads.
struct Record
{
    mutable std::mutex mutex;
    std::vector<std::string> events; // "opened", "frame 5", "index", …
    std::vector<VideoFrame> frames;
    std::vector<Error> errors;
    std::int64_t indexed = -1;

    void add(const std::string &event)
    {
        const std::lock_guard lock(mutex);
        events.push_back(event);
    }
    bool has(const std::string &event) const
    {
        const std::lock_guard lock(mutex);
        return std::find(events.begin(), events.end(), event) != events.end();
    }
    int lastFrame() const
    {
        const std::lock_guard lock(mutex);
        return frames.empty() ? -1 : int(frames.back().index);
    }
    bool hasFrame(std::int64_t index) const { return has("frame " + std::to_string(index)); }
    std::size_t position(const std::string &event) const
    {
        const std::lock_guard lock(mutex);
        return std::size_t(std::find(events.begin(), events.end(), event) - events.begin());
    }
};

FrameReaderCallbacks recorder(Record &record)
{
    FrameReaderCallbacks callbacks;
    callbacks.opened = [&](const MediaInfo &, const VideoFrame &first) {
        record.add(burntclip::numberIn(first) == 0 ? "opened" : "opened with a wrong frame");
    };
    callbacks.openFailed = [&](const Error &error) {
        record.add("open failed");
        const std::lock_guard lock(record.mutex);
        record.errors.push_back(error);
    };
    callbacks.frameReady = [&](const VideoFrame &frame) {
        {
            const std::lock_guard lock(record.mutex);
            record.frames.push_back(frame);
        }
        record.add("frame " + std::to_string(frame.index));
    };
    callbacks.frameFailed = [&](std::int64_t frame, const Error &error) {
        record.add("failed " + std::to_string(frame) + " " + errorName(error.code()));
    };
    callbacks.indexFinished = [&](const FrameIndex &index) {
        {
            const std::lock_guard lock(record.mutex);
            record.indexed = index.frameCount();
        }
        record.add("index");
    };
    callbacks.indexFailed = [&](const Error &) { record.add("index failed"); };
    return callbacks;
}

} // namespace

class TestFrameReader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void firstFrameComesBeforeTheIndex();
    void framesInOrderNeedNoIndex();
    void requestedFramesAreTheRightOnes();
    void onlyTheLatestRequestCounts();
    void cacheKeepsItsLimit();
    void cacheDropsTheLeastRecentlyUsed();
    void playingForwardHitsTheReadAhead();
    void playingBackwardHitsTheReadAhead();
    void frameOutsideIsAnError();
    void shutdownIsPrompt_data();
    void shutdownIsPrompt();
    void missingFileIsReported();

private:
    std::filesystem::path clip(const char *name) const { return m_folder.filePath(QLatin1String(name)).toStdString(); }
    QTemporaryDir m_folder;
};

void TestFrameReader::initTestCase()
{
    const QString base = m_folder.filePath(QStringLiteral("base.nut"));
    QCOMPARE(burntclip::ffmpeg({QStringLiteral("-f"), QStringLiteral("lavfi"), QStringLiteral("-i"), burntclip::filters(320, 180, kFrames),
                                QStringLiteral("-c:v"), QStringLiteral("rawvideo"), base}), QString());
    const auto encode = [&](const QString &options, const char *name) {
        return burntclip::ffmpeg(QStringList{QStringLiteral("-i"), base, QStringLiteral("-pix_fmt"), QStringLiteral("yuv420p")}
                                 + options.split(QLatin1Char(' ')) + QStringList{m_folder.filePath(QLatin1String(name))});
    };
    QCOMPARE(encode(QStringLiteral("-c:v libx264 -preset veryfast -g 60 -bf 3"), "clip.mp4"), QString());
    // AVI is indexed by decoding all of it; 60 times over it is long enough to be interrupted.
    QCOMPARE(encode(QStringLiteral("-c:v mpeg4 -g 250 -q:v 4"), "short.avi"), QString());
    QCOMPARE(burntclip::ffmpeg({QStringLiteral("-stream_loop"), QStringLiteral("60"), QStringLiteral("-i"), m_folder.filePath(QStringLiteral("short.avi")),
                                QStringLiteral("-c"), QStringLiteral("copy"), m_folder.filePath(QStringLiteral("long.avi"))}), QString());
}

void TestFrameReader::firstFrameComesBeforeTheIndex()
{
    Record record;
    FrameReader reader(clip("long.avi"), recorder(record));
    QTRY_VERIFY_WITH_TIMEOUT(record.has("opened"), 10000);
    QTRY_VERIFY_WITH_TIMEOUT(record.has("index"), 60000);
    QVERIFY(record.position("opened") < record.position("index"));
    QCOMPARE(record.indexed, 61 * kFrames);
}

void TestFrameReader::framesInOrderNeedNoIndex()
{
    Record record;
    FrameReader reader(clip("long.avi"), recorder(record));
    for (int i = 0; i < 20; ++i) {
        reader.request(i);
        QTRY_VERIFY_WITH_TIMEOUT(record.hasFrame(i), 10000);
    }
    QVERIFY(!record.has("index"));
    for (std::size_t i = 0; i < record.frames.size(); ++i)
        QCOMPARE(burntclip::numberIn(record.frames[i]), int(record.frames[i].index));
}

void TestFrameReader::requestedFramesAreTheRightOnes()
{
    Record record;
    FrameReader reader(clip("clip.mp4"), recorder(record));
    for (const int i : {0, 250, 3, 299, 120, 119, 121, 0}) {
        reader.request(i);
        QTRY_COMPARE_WITH_TIMEOUT(record.lastFrame(), i, 10000);
        const std::lock_guard lock(record.mutex);
        QCOMPARE(burntclip::numberIn(record.frames.back()), i);
    }
}

void TestFrameReader::onlyTheLatestRequestCounts()
{
    Record record;
    FrameReader reader(clip("clip.mp4"), recorder(record));
    QTRY_VERIFY_WITH_TIMEOUT(record.has("index"), 10000);
    for (int i = 0; i < 200; ++i)
        reader.request((i * 37) % 298 + 1);
    reader.request(299);
    QTRY_VERIFY_WITH_TIMEOUT(record.hasFrame(299), 10000);
    const std::lock_guard lock(record.mutex);
    QCOMPARE(record.frames.back().index, 299);
    QVERIFY2(record.frames.size() < 100, "most of a quick scrub must be left out");
    QVERIFY(reader.statistics().superseded > 100);
}

void TestFrameReader::cacheKeepsItsLimit()
{
    Record record;
    FrameReaderOptions options;
    options.cacheLimitBytes = 10 * 320 * 180 * 4;
    options.readAhead = 24;
    FrameReader reader(clip("clip.mp4"), recorder(record), options);
    QTRY_VERIFY_WITH_TIMEOUT(record.has("index"), 10000);
    for (int i = 0; i < 60; ++i) {
        reader.request(i * 5 % 299 + 1);
        QTRY_VERIFY_WITH_TIMEOUT(record.hasFrame(i * 5 % 299 + 1), 10000);
        QVERIFY(reader.statistics().cacheBytes <= options.cacheLimitBytes);
    }
    QVERIFY(reader.statistics().cacheFrames >= 5);
    QCOMPARE(reader.statistics().readAhead, 5); // half the cache, so that it does not eat itself
}

void TestFrameReader::cacheDropsTheLeastRecentlyUsed()
{
    const auto frame = [](std::int64_t index) {
        VideoFrame made;
        made.index = index;
        made.pixels = std::make_shared<std::vector<std::uint8_t>>(100);
        return made;
    };
    FrameCache cache(300);
    for (int i = 0; i < 3; ++i)
        cache.insert(frame(i));
    QVERIFY(cache.take(0).has_value()); // now 1 is the oldest
    cache.insert(frame(3));
    QVERIFY(cache.contains(0) && !cache.contains(1) && cache.contains(2) && cache.contains(3));
    QCOMPARE(cache.bytes(), std::size_t(300));
    cache.insert(frame(3)); // the same again takes no more room
    QCOMPARE(cache.bytes(), std::size_t(300));
    FrameCache tiny(10);
    tiny.insert(frame(7));
    QVERIFY(tiny.contains(7)); // one frame is always kept
}

void TestFrameReader::playingForwardHitsTheReadAhead()
{
    Record record;
    FrameReader reader(clip("clip.mp4"), recorder(record));
    QTRY_VERIFY_WITH_TIMEOUT(record.has("index"), 10000);
    reader.request(100);
    QTRY_VERIFY_WITH_TIMEOUT(record.hasFrame(100), 10000);
    QTRY_VERIFY_WITH_TIMEOUT(reader.isCached(124), 10000);
    QVERIFY(reader.statistics().decodedAhead >= 24);
    for (int i = 101; i <= 120; ++i) {
        const auto frame = reader.cached(i);
        QVERIFY(frame.has_value());
        QCOMPARE(burntclip::numberIn(*frame), i);
    }
    QTRY_VERIFY_WITH_TIMEOUT(reader.isCached(140), 10000); // it went on by itself
}

void TestFrameReader::playingBackwardHitsTheReadAhead()
{
    Record record;
    FrameReader reader(clip("clip.mp4"), recorder(record));
    QTRY_VERIFY_WITH_TIMEOUT(record.has("index"), 10000);
    reader.setPlayDirection(-1);
    reader.request(200);
    QTRY_VERIFY_WITH_TIMEOUT(record.hasFrame(200), 10000);
    QTRY_VERIFY_WITH_TIMEOUT(reader.isCached(199), 10000);
    for (int i = 199; i >= 180; --i) {
        const auto frame = reader.cached(i);
        QVERIFY2(frame.has_value(), qPrintable(QString::number(i)));
        QCOMPARE(burntclip::numberIn(*frame), i);
    }
}

void TestFrameReader::frameOutsideIsAnError()
{
    Record record;
    FrameReader reader(clip("clip.mp4"), recorder(record));
    reader.request(kFrames);
    QTRY_VERIFY_WITH_TIMEOUT(record.has("failed 300 FrameOutOfRange"), 10000);
    reader.request(-1);
    QTRY_VERIFY_WITH_TIMEOUT(record.has("failed -1 FrameOutOfRange"), 10000);
}

void TestFrameReader::shutdownIsPrompt_data()
{
    QTest::addColumn<QByteArray>("until");
    QTest::newRow("at once") << QByteArray();
    QTest::newRow("while indexing") << QByteArray("opened");
}

void TestFrameReader::shutdownIsPrompt()
{
    QFETCH(QByteArray, until);
    Record record;
    auto reader = std::make_unique<FrameReader>(clip("long.avi"), recorder(record));
    if (!until.isEmpty()) {
        QTRY_VERIFY_WITH_TIMEOUT(record.has(until.toStdString()), 10000);
        reader->request(15000);
    }
    QElapsedTimer timer;
    timer.start();
    reader.reset();
    // Generous for a busy machine; decoding the file to its end would take longer by far.
    QVERIFY2(timer.elapsed() < 1500, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(!record.has("index"));
}

void TestFrameReader::missingFileIsReported()
{
    Record record;
    FrameReader reader(clip("absent.mp4"), recorder(record));
    QTRY_VERIFY_WITH_TIMEOUT(record.has("open failed"), 10000);
    QCOMPARE(record.errors.front().code(), ErrorCode::FileNotFound);
}

QTEST_GUILESS_MAIN(TestFrameReader)
#include "tst_framereader.moc"
