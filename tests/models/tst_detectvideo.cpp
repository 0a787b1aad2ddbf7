#include "models/detect/detectvideo.h"

#include <QtTest/QtTest>

#include <atomic>
#include <thread>

using namespace poselift;

namespace {

/// Frames without content. Frame @p brokenFrame cannot be decoded.
class FakeSource : public FrameSource
{
public:
    explicit FakeSource(int frames, int brokenFrame = -1) : m_brokenFrame(brokenFrame)
    {
        m_info.width = 8;
        m_info.height = 8;
        for (int i = 0; i < frames; ++i)
            m_index.seconds.push_back(i / 25.0);
    }
    const MediaInfo &info() const override { return m_info; }
    Result<VideoFrame> firstFrame() override { return frame(0); }
    Result<FrameIndex> buildIndex(const JobContext &) override { return m_index; }
    void setIndex(FrameIndex index) override { m_index = std::move(index); }
    Result<VideoFrame> frame(std::int64_t index) override
    {
        decodingThread = std::this_thread::get_id();
        if (index == m_brokenFrame)
            return Error(ErrorCode::DecodeFailed,
                         {{"path", "fake"}, {"frame", std::to_string(index)}, {"detail", "broken"}});
        ++decoded;
        VideoFrame frame{8,
                         8,
                         32,
                         index,
                         m_index.seconds[static_cast<std::size_t>(index)],
                         std::make_shared<std::vector<std::uint8_t>>(256, 0)};
        return frame;
    }

    std::atomic<int> decoded = 0;
    std::thread::id decodingThread;

private:
    MediaInfo m_info;
    FrameIndex m_index;
    int m_brokenFrame;
};

/// One person who walks; counts calls.
class FakeDetector : public Detector2D
{
public:
    FakeDetector()
    {
        m_skeleton.name = "three";
        m_skeleton.joints = {"a", "b", "c"};
    }
    const std::string &name() const override { return m_name; }
    const Skeleton &skeleton() const override { return m_skeleton; }
    Result<std::vector<Box>> findPeople(const ImageView &) override
    {
        findingThread = std::this_thread::get_id();
        if (searched == findFailsAt)
            return Error(ErrorCode::InferenceFailed, {{"path", "fake finder"}, {"detail", "no"}});
        return std::vector<Box>{{100.0 + searched++, 10, 40, 80}};
    }
    Result<std::vector<PersonDetection>> estimatePoses(const ImageView &, std::span<const Box> found,
                                                       std::span<const Box> hints) override
    {
        wrongBoxes += found.size() != 1 || found[0].x != 100.0 + calls;
        if (calls == failAt)
            return Error(ErrorCode::InferenceFailed, {{"path", "fake"}, {"detail", "no"}});
        largestHints = std::max(largestHints, hints.size());
        const double x = 100 + calls++;
        PersonDetection person;
        person.box = {x, 10, 40, 80};
        person.score = 0.9F;
        for (int joint = 0; joint < 3; ++joint)
            person.pose.push_back({x + 10 * joint, 10 + 30.0 * joint, 0.9F, KeypointState::Visible});
        return std::vector<PersonDetection>{person};
    }

    std::thread::id findingThread;
    int searched = 0;
    int findFailsAt = -1;
    int wrongBoxes = 0; ///< of another frame than the one looked at
    int calls = 0;
    int failAt = -1;
    std::size_t largestHints = 0;

private:
    std::string m_name = "fake";
    Skeleton m_skeleton;
};

} // namespace

class TestDetectVideo : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyFrameIsDetectedOnceAndTracked();
    void decodingAndFindingHaveTheirOwnThreadsAndAreNeverFarAhead();
    void cancelKeepsWhatWasFound();
    void brokenFrameKeepsWhatWasFound();
    void detectorFailureInTheFirstFrameIsAnError();
    void finderFailureKeepsWhatWasFound();
    void rangeLimitsTheFrames();
};

void TestDetectVideo::everyFrameIsDetectedOnceAndTracked()
{
    FakeSource source(50);
    FakeDetector detector;
    std::vector<std::int64_t> reported;
    JobContext job;
    job.progress = [&](const JobProgress &progress) {
        if (progress.stage == "detect")
            reported.push_back(progress.done);
    };
    const Result<DetectedVideo> detected = detectVideo(source, detector, job);
    QVERIFY(detected.ok());
    QVERIFY(detected->complete);
    QCOMPARE(detector.calls, 50);
    QCOMPARE(detector.searched, 50);
    QCOMPARE(detector.wrongBoxes, 0);
    QCOMPARE(reported.size(), std::size_t(50));
    QCOMPARE(reported.back(), std::int64_t(50));
    QCOMPARE(detected->layer.name, std::string("detected"));
    QCOMPARE(detected->layer.producer, std::string("fake"));
    QCOMPARE(detected->layer.tracks.size(), std::size_t(1));
    QCOMPARE(detected->layer.tracks[0].frameCount(), std::int64_t(50));
    QCOMPARE(detected->layer.tracks[0].keypoint(20, 0).x, 120.0);
    QCOMPARE(detector.largestHints, std::size_t(1));
}

void TestDetectVideo::decodingAndFindingHaveTheirOwnThreadsAndAreNeverFarAhead()
{
    FakeSource source(40);
    FakeDetector detector;
    int farthest = 0;
    JobContext job;
    job.progress = [&](const JobProgress &progress) {
        if (progress.stage == "detect")
            farthest = std::max(farthest, source.decoded - static_cast<int>(progress.done));
    };
    QVERIFY(detectVideo(source, detector, job).ok());
    QVERIFY(source.decodingThread != std::this_thread::get_id());
    QVERIFY(detector.findingThread != std::this_thread::get_id());
    QVERIFY(detector.findingThread != source.decodingThread);
    QVERIFY2(farthest <= 6, qPrintable(QString::number(farthest)));
}

void TestDetectVideo::cancelKeepsWhatWasFound()
{
    FakeSource source(1000);
    FakeDetector detector;
    std::stop_source stop;
    JobContext job{stop.get_token(), [&](const JobProgress &progress) {
                       if (progress.stage == "detect" && progress.done == 30)
                           stop.request_stop();
                   }};
    const Result<DetectedVideo> detected = detectVideo(source, detector, job);
    QVERIFY(detected.ok());
    QVERIFY(!detected->complete);
    QVERIFY(detected->problem->isCancelled());
    QCOMPARE(detected->framesDone, std::int64_t(30));
    QCOMPARE(detected->layer.tracks.size(), std::size_t(1));
    QCOMPARE(detected->layer.tracks[0].frameCount(), std::int64_t(30));
    QCOMPARE(detected->index.frameCount(), std::int64_t(1000));
}

void TestDetectVideo::brokenFrameKeepsWhatWasFound()
{
    FakeSource source(50, 20);
    FakeDetector detector;
    const Result<DetectedVideo> detected = detectVideo(source, detector, {});
    QVERIFY(detected.ok());
    QVERIFY(!detected->complete);
    QCOMPARE(detected->problem->code(), ErrorCode::DecodeFailed);
    QCOMPARE(detected->framesDone, std::int64_t(20));
}

void TestDetectVideo::detectorFailureInTheFirstFrameIsAnError()
{
    FakeSource source(50);
    FakeDetector detector;
    detector.failAt = 0;
    const Result<DetectedVideo> detected = detectVideo(source, detector, {});
    QVERIFY(!detected.ok());
    QCOMPARE(detected.error().code(), ErrorCode::InferenceFailed);
}

void TestDetectVideo::finderFailureKeepsWhatWasFound()
{
    FakeSource source(50);
    FakeDetector detector;
    detector.findFailsAt = 20;
    const Result<DetectedVideo> detected = detectVideo(source, detector, {});
    QVERIFY(detected.ok());
    QVERIFY(!detected->complete);
    QCOMPARE(detected->problem->code(), ErrorCode::InferenceFailed);
    QCOMPARE(detected->framesDone, std::int64_t(20));
}

void TestDetectVideo::rangeLimitsTheFrames()
{
    FakeSource source(50);
    FakeDetector detector;
    const Result<DetectedVideo> detected = detectVideo(source, detector, {}, {10, 15});
    QVERIFY(detected.ok());
    QCOMPARE(detected->framesDone, std::int64_t(15));
    QCOMPARE(detected->layer.tracks[0].firstFrame, std::int64_t(10));
    QCOMPARE(detected->layer.tracks[0].endFrame(), std::int64_t(25));
}

QTEST_APPLESS_MAIN(TestDetectVideo)
#include "tst_detectvideo.moc"
