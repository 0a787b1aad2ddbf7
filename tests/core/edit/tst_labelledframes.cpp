// Going from one frame that was corrected by hand to the next.

#include "core/pose/edit/labelledframes.h"

#include <QElapsedTimer>
#include <QtTest/QtTest>

using namespace poselift;

namespace {

constexpr int kJoints = 17;

KeypointTrack emptyTrack(TrackId id, std::int64_t firstFrame, std::int64_t frames)
{
    KeypointTrack track;
    track.id = id;
    track.jointCount = kJoints;
    track.firstFrame = firstFrame;
    const auto count = static_cast<std::size_t>(frames * kJoints);
    track.xy.resize(2 * count);
    track.confidence.resize(count);
    track.state.resize(count);
    return track;
}

void put(KeypointTrack &track, std::int64_t frame, int joint, KeypointOrigin origin,
         KeypointState state = KeypointState::Visible)
{
    track.setKeypoint(frame, joint, {10, 10, 1.0F, state, origin, false});
}

/// The same answer the slow way: every keypoint of every frame.
bool isLabelled(const std::vector<KeypointTrack> &tracks, std::int64_t frame)
{
    for (const KeypointTrack &track : tracks) {
        for (const Keypoint2D &keypoint : track.pose(frame)) {
            const bool byHand =
                keypoint.origin == KeypointOrigin::Corrected || keypoint.origin == KeypointOrigin::From3d;
            if (keypoint.state != KeypointState::Missing && byHand)
                return true;
        }
    }
    return false;
}

} // namespace

class TestLabelledFrames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsFoundWhereNothingIs()
    {
        QVERIFY(!nextLabelledFrame({}, 0));
        QVERIFY(!previousLabelledFrame({}, 0));
        const std::vector<KeypointTrack> tracks{emptyTrack(1, 5, 20)};
        QVERIFY(!nextLabelledFrame(tracks, -1));
        QVERIFY(!previousLabelledFrame(tracks, 1000));
    }

    void theFrameItselfIsNotItsNeighbour()
    {
        std::vector<KeypointTrack> tracks{emptyTrack(1, 0, 30)};
        put(tracks[0], 12, 16, KeypointOrigin::Corrected);
        QCOMPARE(nextLabelledFrame(tracks, 11), std::optional<std::int64_t>(12));
        QVERIFY(!nextLabelledFrame(tracks, 12));
        QVERIFY(!previousLabelledFrame(tracks, 12));
        QCOMPARE(previousLabelledFrame(tracks, 13), std::optional<std::int64_t>(12));
    }

    void onlyWhatWasDoneByHandCounts()
    {
        std::vector<KeypointTrack> tracks{emptyTrack(1, 0, 60)};
        put(tracks[0], 10, 0, KeypointOrigin::Corrected);
        for (int frame = 11; frame < 30; ++frame)
            put(tracks[0], frame, 0, KeypointOrigin::Interpolated);
        put(tracks[0], 31, 0, KeypointOrigin::Detected);
        put(tracks[0], 32, 0, KeypointOrigin::Triangulated);
        put(tracks[0], 40, 3, KeypointOrigin::From3d);
        put(tracks[0], 50, 3, KeypointOrigin::Corrected, KeypointState::Absent);
        QCOMPARE(nextLabelledFrame(tracks, 10), std::optional<std::int64_t>(40));
        QCOMPARE(nextLabelledFrame(tracks, 40), std::optional<std::int64_t>(50));
        QCOMPARE(previousLabelledFrame(tracks, 40), std::optional<std::int64_t>(10));
    }

    void theNearestOfAllPeopleIsTaken()
    {
        std::vector<KeypointTrack> tracks{emptyTrack(1, 0, 100), emptyTrack(2, 20, 50), emptyTrack(3, 90, 40)};
        put(tracks[0], 80, 1, KeypointOrigin::Corrected);
        put(tracks[1], 60, 2, KeypointOrigin::Corrected);
        put(tracks[1], 25, 2, KeypointOrigin::Corrected);
        put(tracks[2], 129, 0, KeypointOrigin::Corrected);
        QCOMPARE(nextLabelledFrame(tracks, -5), std::optional<std::int64_t>(25));
        QCOMPARE(nextLabelledFrame(tracks, 30), std::optional<std::int64_t>(60));
        QCOMPARE(nextLabelledFrame(tracks, 80), std::optional<std::int64_t>(129));
        QCOMPARE(previousLabelledFrame(tracks, 1000), std::optional<std::int64_t>(129));
        QCOMPARE(previousLabelledFrame(tracks, 129), std::optional<std::int64_t>(80));
        QCOMPARE(previousLabelledFrame(tracks, 60), std::optional<std::int64_t>(25));
    }

    void itAgreesWithLookingAtEveryKeypoint()
    {
        std::vector<KeypointTrack> tracks{emptyTrack(1, 3, 200), emptyTrack(2, 50, 300)};
        unsigned random = 7;
        for (int i = 0; i < 120; ++i) {
            random = random * 1664525U + 1013904223U;
            KeypointTrack &track = tracks[(random >> 8U) % 2];
            const std::int64_t frame = track.firstFrame + (random >> 10U) % static_cast<unsigned>(track.frameCount());
            put(track, frame, static_cast<int>((random >> 20U) % kJoints),
                static_cast<KeypointOrigin>((random >> 25U) % 5), static_cast<KeypointState>((random >> 28U) % 4));
        }
        for (std::int64_t frame = 0; frame < 360; ++frame) {
            std::optional<std::int64_t> next;
            for (std::int64_t other = frame + 1; other < 360 && !next; ++other)
                next = isLabelled(tracks, other) ? std::optional(other) : std::nullopt;
            QCOMPARE(nextLabelledFrame(tracks, frame), next);
            std::optional<std::int64_t> previous;
            for (std::int64_t other = frame - 1; other >= 0 && !previous; --other)
                previous = isLabelled(tracks, other) ? std::optional(other) : std::nullopt;
            QCOMPARE(previousLabelledFrame(tracks, frame), previous);
        }
    }

    void aMillionFramesAreCrossedAtOnce()
    {
        constexpr std::int64_t kFrames = 1'000'000;
        std::vector<KeypointTrack> tracks{emptyTrack(1, 0, kFrames)};
        put(tracks[0], 0, 0, KeypointOrigin::Corrected);
        put(tracks[0], kFrames - 1, 16, KeypointOrigin::Corrected);
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(nextLabelledFrame(tracks, 0), std::optional<std::int64_t>(kFrames - 1));
        const double nextMs = double(timer.nsecsElapsed()) / 1e6;
        timer.restart();
        QCOMPARE(previousLabelledFrame(tracks, kFrames - 1), std::optional<std::int64_t>(0));
        const double previousMs = double(timer.nsecsElapsed()) / 1e6;
        qInfo("a million empty frames of 17 joints: next %.2f ms, previous %.2f ms", nextMs, previousMs);
        // A busy machine is slow, but not a hundred times.
        QVERIFY2(nextMs < 300 && previousMs < 300, "a key press must not be felt");
    }
};

QTEST_APPLESS_MAIN(TestLabelledFrames)
#include "tst_labelledframes.moc"
