#include "core/pose/project.h"
#include "core/pose/track.h"

#include <QtTest/QtTest>

using namespace poselift;

namespace {

Keypoint2D visible(double x, double y, float confidence = 0.5F)
{
    return {x, y, confidence, KeypointState::Visible, KeypointOrigin::Detected};
}

KeypointTrack emptyTrack(int joints)
{
    KeypointTrack track;
    track.id = 1;
    track.jointCount = joints;
    return track;
}

} // namespace

class TestTrack : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void firstKeypointSetsTheFirstFrame();
    void growsOnBothSidesWithMissingFrames();
    void stateLockAndOriginRoundTrip();
    void outsideTheTrackIsMissing();
    void meanConfidenceIsOfTheKnownJoints();
    void jointTrackGrowsToo();
    void aMillionFramesAreAppendedQuickly();
    void annotationWinsOverDetection();
    void detectionInAnotherOrderIsMappedByName();
    void trackIdsAreThoseOfBothLayers();
};

void TestTrack::firstKeypointSetsTheFirstFrame()
{
    KeypointTrack track = emptyTrack(2);
    track.setKeypoint(100, 1, visible(3, 4));
    QCOMPARE(track.firstFrame, std::int64_t(100));
    QCOMPARE(track.frameCount(), std::int64_t(1));
    QCOMPARE(track.keypoint(100, 0).state, KeypointState::Missing);
    QCOMPARE(track.keypoint(100, 1), visible(3, 4));
}

void TestTrack::growsOnBothSidesWithMissingFrames()
{
    KeypointTrack track = emptyTrack(2);
    track.setPose(10, {visible(1, 2), visible(3, 4)});
    track.setKeypoint(13, 0, visible(5, 6));
    track.setKeypoint(7, 1, visible(7, 8));
    QCOMPARE(track.firstFrame, std::int64_t(7));
    QCOMPARE(track.endFrame(), std::int64_t(14));
    QCOMPARE(track.xy.size(), std::size_t(7 * 2 * 2));
    QCOMPARE(track.pose(10), (Pose2D{visible(1, 2), visible(3, 4)}));
    QCOMPARE(track.keypoint(13, 0), visible(5, 6));
    QCOMPARE(track.keypoint(7, 1), visible(7, 8));
    QVERIFY(track.isPresent(7) && track.isPresent(10) && track.isPresent(13));
    QVERIFY(!track.isPresent(8) && !track.isPresent(12));
}

void TestTrack::stateLockAndOriginRoundTrip()
{
    KeypointTrack track = emptyTrack(1);
    for (int state = 0; state <= 3; ++state) {
        for (int origin = 0; origin <= 4; ++origin) {
            for (const bool locked : {false, true}) {
                const Keypoint2D keypoint{1, 2, 0.25F, static_cast<KeypointState>(state),
                                          static_cast<KeypointOrigin>(origin), locked};
                track.setKeypoint(5, 0, keypoint);
                QCOMPARE(track.keypoint(5, 0), keypoint);
                QCOMPARE(track.isPresent(5), keypoint.isKnown());
            }
        }
    }
}

void TestTrack::outsideTheTrackIsMissing()
{
    KeypointTrack track = emptyTrack(2);
    QVERIFY(!track.covers(0));
    QCOMPARE(track.pose(0), Pose2D(2));
    track.setPose(4, {visible(1, 1), visible(2, 2)});
    QCOMPARE(track.pose(3), Pose2D(2));
    QCOMPARE(track.pose(5), Pose2D(2));
    QCOMPARE(track.keypoint(4, 2), Keypoint2D());
    QCOMPARE(track.meanConfidence(5), 0.0F);
}

void TestTrack::meanConfidenceIsOfTheKnownJoints()
{
    KeypointTrack track = emptyTrack(3);
    track.setPose(0, {visible(0, 0, 0.5F), visible(0, 0, 1.0F), Keypoint2D()});
    QCOMPARE(track.meanConfidence(0), 0.75F);
}

void TestTrack::jointTrackGrowsToo()
{
    JointTrack track;
    track.jointCount = 1;
    track.setPose(5, {{1, 2, 3, true}});
    track.setPose(2, {{4, 5, 6, true}});
    QCOMPARE(track.firstFrame, std::int64_t(2));
    QCOMPARE(track.frameCount(), std::int64_t(4));
    QCOMPARE(track.pose(5), (Pose3D{{1, 2, 3, true}}));
    QCOMPARE(track.pose(2), (Pose3D{{4, 5, 6, true}}));
    QVERIFY(!track.pose(3)[0].valid);
    QVERIFY(!track.pose(9)[0].valid);
}

// Growth must be amortised: frame by frame a million frames would otherwise copy terabytes and
// never come to an end here.
void TestTrack::aMillionFramesAreAppendedQuickly()
{
    KeypointTrack track = emptyTrack(17);
    const Pose2D pose(17, visible(1, 2));
    for (std::int64_t frame = 0; frame < 1'000'000; ++frame)
        track.setPose(frame, pose);
    QCOMPARE(track.frameCount(), std::int64_t(1'000'000));
    QCOMPARE(track.pose(999'999), pose);
}

void TestTrack::annotationWinsOverDetection()
{
    Project project;
    project.skeleton = *findSkeleton("coco17");
    KeypointLayer detected;
    detected.name = "detected";
    detected.skeleton = project.skeleton;
    detected.tracks.push_back(emptyTrack(17));
    detected.tracks[0].setPose(3, Pose2D(17, visible(1, 1)));
    project.keypointLayers.push_back(detected);
    KeypointTrack corrected = emptyTrack(17);
    corrected.setKeypoint(3, 5, {9, 9, 1.0F, KeypointState::Visible, KeypointOrigin::Corrected});
    corrected.setKeypoint(3, 6, {0, 0, 1.0F, KeypointState::Absent, KeypointOrigin::Corrected});
    project.tracks.push_back(corrected);

    const Pose2D pose = project.effectivePose(1, 3);
    QCOMPARE(pose[5].origin, KeypointOrigin::Corrected);
    QCOMPARE(pose[5].x, 9.0);
    QCOMPARE(pose[6].state, KeypointState::Absent);
    QCOMPARE(pose[4], visible(1, 1));
    QCOMPARE(project.effectivePose(2, 3), Pose2D(17));
}

void TestTrack::detectionInAnotherOrderIsMappedByName()
{
    Project project;
    project.skeleton = *findSkeleton("coco17");
    KeypointLayer detected;
    detected.name = "detected";
    detected.skeleton = *findSkeleton("lsp14");
    detected.tracks.push_back(emptyTrack(14));
    detected.tracks[0].setKeypoint(0, detected.skeleton.indexOf("left_knee"), visible(7, 8));
    project.keypointLayers.push_back(detected);
    const Pose2D pose = project.effectivePose(1, 0);
    QCOMPARE(pose.size(), std::size_t(17));
    QCOMPARE(pose[static_cast<std::size_t>(project.skeleton.indexOf("left_knee"))], visible(7, 8));
    QCOMPARE(pose[0].state, KeypointState::Missing);
}

void TestTrack::trackIdsAreThoseOfBothLayers()
{
    Project project;
    project.tracks.resize(2);
    project.tracks[0].id = 7;
    project.tracks[1].id = 2;
    project.keypointLayers.resize(1);
    project.keypointLayers[0].name = "detected";
    project.keypointLayers[0].tracks.resize(2);
    project.keypointLayers[0].tracks[0].id = 2;
    project.keypointLayers[0].tracks[1].id = 1;
    QCOMPARE(project.trackIds(), (std::vector<TrackId>{1, 2, 7}));
}

QTEST_APPLESS_MAIN(TestTrack)
#include "tst_track.moc"
