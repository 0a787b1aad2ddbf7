// Each reason on hand-made truth: an exact walk in which one thing is wrong.

#include "core/pose/edit/keypointedits.h"
#include "core/review/finding.h"
#include "core/review/trackscores.h"
#include "tests/core/review/reviewproject.h"

#include <QtTest/QtTest>

using namespace poselift;
using namespace reviewproject;

namespace {

constexpr int kFrame = 60;

struct Scored
{
    ReviewContext context;
    TrackNorms norms;
    ReviewSlice slice;
    TrackScores scores{1, JointCount};

    explicit Scored(const Project &project) : context(ReviewContext::of(project))
    {
        const FrameRange whole = reviewExtent(project, 1);
        slice = sliceForReview(project, context, 1, whole);
        norms = measureNorms(std::vector{slice}, context);
        scores.cover(whole);
        scores.assign(scoreFrames(slice, whole, context, norms));
    }
    float of(ReviewReason reason, int joint, int frame = kFrame) const
    {
        return scores.frames().score(reason, frame, joint);
    }
    float sum(ReviewReason reason, int frame = kFrame) const
    {
        return kScoreStep * scores.sums()->values[static_cast<std::size_t>(reason)][static_cast<std::size_t>(frame)];
    }
    std::optional<Finding> finding(int frame = kFrame) const
    {
        const SliceMeasures measures(slice, context);
        ReviewWeights alike;
        alike.values.fill(1.0F);
        return findingOf(measures, frame, norms, alike);
    }
};

} // namespace

class TestReviewScores : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anExactWalkHasNoScores();
    void aDropInConfidence();
    void constantConfidenceSaysNothing();
    void aMissingJointCountsAndARarelyKnownOneDoesNot();
    void aKeypointAwayFromTheProjected3D();
    void twoLiftersThatDisagree();
    void aStretchedBone();
    void exchangedLegsInARunOfFrames();
    void exchangedLegsWithout3D();
    void aJump();
    void correctedFramesAndLockedJointsHaveNoScores();
    void nobodyThereIsNothingToCorrect();
    void scoresOfAPieceAreThoseOfTheWhole();
    void theDistanceDoesNotDependOnThePictureSize();
};

void TestReviewScores::anExactWalkHasNoScores()
{
    const Scored scored(make());
    for (int reason = 0; reason < kReviewReasonCount; ++reason) {
        for (int frame = 20; frame < kFrames - 20; ++frame)
            QVERIFY2(scored.sum(static_cast<ReviewReason>(reason), frame) < 1.0F,
                     qPrintable(QStringLiteral("reason %1, frame %2").arg(reason).arg(frame)));
    }
}

void TestReviewScores::aDropInConfidence()
{
    Project project = make();
    Keypoint2D keypoint = detected(project).keypoint(kFrame, LeftWrist);
    keypoint.confidence = 0.3F;
    detected(project).setKeypoint(kFrame, LeftWrist, keypoint);
    const Scored scored(project);
    QVERIFY(std::abs(scored.of(ReviewReason::LowConfidence, LeftWrist) - 5.0F)
            < 0.1F); // 10 % × (1 − 0.3 / (0.75 × 0.8))
    QCOMPARE(scored.of(ReviewReason::LowConfidence, RightWrist), 0.0F);
    QCOMPARE(scored.of(ReviewReason::LowConfidence, LeftWrist, kFrame + 1), 0.0F);
    const std::optional<Finding> finding = scored.finding();
    QVERIFY(finding);
    QCOMPARE(finding->reason, ReviewReason::LowConfidence);
    QCOMPARE(finding->joints, std::vector<int>{LeftWrist});
    QVERIFY(std::abs(finding->amount - 0.3) < 1e-6);
}

void TestReviewScores::constantConfidenceSaysNothing()
{
    Project project = make();
    for (float &confidence : detected(project).confidence)
        confidence = 0.05F;
    QCOMPARE(Scored(project).sum(ReviewReason::LowConfidence), 0.0F);
}

void TestReviewScores::aMissingJointCountsAndARarelyKnownOneDoesNot()
{
    Project project = make();
    detected(project).setKeypoint(kFrame, LeftWrist, {});
    for (int frame = 10; frame < kFrames; ++frame)
        detected(project).setKeypoint(frame, RightWrist, {});
    const Scored scored(project);
    QCOMPARE(scored.of(ReviewReason::LowConfidence, LeftWrist), 10.0F);
    QCOMPARE(scored.of(ReviewReason::LowConfidence, RightWrist), 0.0F);
    QCOMPARE(scored.finding()->amount, -1.0);
}

void TestReviewScores::aKeypointAwayFromTheProjected3D()
{
    Project project = make();
    for (int frame = kFrame - 20; frame <= kFrame + 20; ++frame) // so long that it is no jump in the middle
        move(project, frame, LeftWrist, 38, 0);
    const Scored scored(project);
    const SliceMeasures measures(scored.slice, scored.context);
    const float expected = 100 * 38 / measures.heightPx(kFrame);
    QVERIFY(std::abs(scored.of(ReviewReason::Reprojection, LeftWrist) - expected) < 0.2F);
    QCOMPARE(scored.of(ReviewReason::Reprojection, RightWrist), 0.0F);
    const std::optional<Finding> finding = scored.finding();
    QCOMPARE(finding->reason, ReviewReason::Reprojection);
    QVERIFY(std::abs(finding->amount - 38) < 0.01);
}

void TestReviewScores::twoLiftersThatDisagree()
{
    Project project = make();
    JointTrack &other = project.jointLayers[1].tracks[0];
    for (std::size_t at = 0; at < other.xyz.size(); ++at)
        other.xyz[at] += 0.5F; // farther away as a whole: the same pose
    const auto wrist = static_cast<std::size_t>(kFrame * JointCount + LeftWrist);
    other.xyz[3 * wrist + 2] += 0.34F;
    const Scored scored(project);
    // The mean of the poses moves by a twelfth of it.
    QVERIFY(std::abs(scored.of(ReviewReason::Disagreement, LeftWrist) - 20 * 11.0F / 12) < 0.2F);
    QVERIFY(scored.of(ReviewReason::Disagreement, RightWrist) < 2.0F);
    QCOMPARE(scored.finding()->reason, ReviewReason::Disagreement);
    QVERIFY(std::abs(scored.finding()->amount - 0.34 * 11 / 12) < 0.005);
}

void TestReviewScores::aStretchedBone()
{
    Project project = make();
    for (JointLayer &layer : project.jointLayers) { // both alike: no disagreement
        const auto wrist = static_cast<std::size_t>(kFrame * JointCount + LeftWrist);
        for (std::size_t axis = 0; axis < 3; ++axis)
            layer.tracks[0].xyz[3 * wrist + axis] *= 1.12F; // along its ray: the picture stays
    }
    const Scored scored(project);
    QVERIFY2(scored.of(ReviewReason::BoneLength, LeftWrist) > 10.0F,
             qPrintable(QString::number(scored.of(ReviewReason::BoneLength, LeftWrist))));
    QVERIFY(scored.of(ReviewReason::BoneLength, LeftElbow) > 5.0F); // its near end, half
    QCOMPARE(scored.of(ReviewReason::BoneLength, RightWrist), 0.0F);
    QCOMPARE(scored.of(ReviewReason::BoneLength, LeftWrist, kFrame + 1), 0.0F);
}

void TestReviewScores::exchangedLegsInARunOfFrames()
{
    Project project = make();
    for (int frame = kFrame - 3; frame <= kFrame + 3; ++frame) {
        for (const int left : {LeftKnee, LeftAnkle}) {
            const Keypoint2D keypoint = detected(project).keypoint(frame, left);
            detected(project).setKeypoint(frame, left, detected(project).keypoint(frame, left + 1));
            detected(project).setKeypoint(frame, left + 1, keypoint);
        }
    }
    const Scored scored(project);
    for (const int joint : {LeftAnkle, RightAnkle}) {
        QVERIFY(scored.of(ReviewReason::SideSwap, joint, kFrame - 3) > 4.0F);
        QCOMPARE(scored.of(ReviewReason::SideSwap, joint, kFrame - 12), 0.0F);
    }
    QCOMPARE(scored.of(ReviewReason::SideSwap, LeftWrist, kFrame - 3), 0.0F);
    QCOMPARE(scored.finding(kFrame - 3)->reason, ReviewReason::SideSwap); // not: far from the 3D
}

void TestReviewScores::exchangedLegsWithout3D()
{
    Project project = make();
    project.jointLayers.clear();
    constexpr int kApart = 45; // the legs are far apart
    const Keypoint2D ankle = detected(project).keypoint(kApart, LeftAnkle);
    detected(project).setKeypoint(kApart, LeftAnkle, detected(project).keypoint(kApart, RightAnkle));
    detected(project).setKeypoint(kApart, RightAnkle, ankle);
    const Scored scored(project);
    QVERIFY(scored.of(ReviewReason::SideSwap, LeftAnkle, kApart) > 10.0F);
    QCOMPARE(scored.of(ReviewReason::SideSwap, LeftAnkle, kApart - 1), 0.0F);
    QCOMPARE(scored.of(ReviewReason::SideSwap, LeftAnkle, kApart + 1), 0.0F);
}

void TestReviewScores::aJump()
{
    Project project = make();
    project.jointLayers.clear();
    for (int frame = kFrame; frame < kFrame + 3; ++frame) // longer than one frame
        move(project, frame, RightElbow, 0, -60);
    const Scored scored(project);
    const SliceMeasures measures(scored.slice, scored.context);
    const float whole = 100 * 60 / measures.heightPx(kFrame);
    for (int frame = kFrame; frame < kFrame + 3; ++frame)
        QVERIFY(scored.of(ReviewReason::Motion, RightElbow, frame) > 0.7F * whole);
    QVERIFY(scored.of(ReviewReason::Motion, RightElbow, kFrame - 12) < 0.5F);
    QVERIFY(scored.of(ReviewReason::Motion, LeftElbow) < 0.5F);
    QCOMPARE(scored.finding()->reason, ReviewReason::Motion);
    QCOMPARE(scored.finding()->joints.front(), int(RightElbow));
}

void TestReviewScores::correctedFramesAndLockedJointsHaveNoScores()
{
    Project project = make();
    move(project, kFrame, LeftWrist, 60, 0);
    move(project, kFrame + 30, LeftWrist, 60, 0);
    QVERIFY(Scored(project).sum(ReviewReason::Motion) > 5.0F);
    KeypointPatch patch = moveKeypoints(project, kFrame, {{1, LeftElbow, 600, 400}});
    exchange(project.tracks, JointCount, patch);
    const Scored scored(project);
    for (int reason = 0; reason < kReviewReasonCount; ++reason)
        QCOMPARE(scored.sum(static_cast<ReviewReason>(reason)), 0.0F);
    QCOMPARE(scored.scores.doneCount(), 1);
    QVERIFY(scored.sum(ReviewReason::Motion, kFrame + 30) > 5.0F);
    QVERIFY(!scored.finding());
    // Filled between keyframes: settled, but nobody looked at the frame.
    KeypointPatch filled =
        interpolateKeypoints(project, {1, {kFrame + 25, kFrame + 35}, {LeftWrist}}, Interpolation::Linear);
    exchange(project.tracks, JointCount, filled);
    const Scored after(project);
    QCOMPARE(after.of(ReviewReason::Motion, LeftWrist, kFrame + 30), 0.0F);
    QCOMPARE(after.scores.doneCount(), 1);
}

void TestReviewScores::nobodyThereIsNothingToCorrect()
{
    Project project = make();
    detected(project).setPose(kFrame, Pose2D(JointCount));
    QCOMPARE(Scored(project).sum(ReviewReason::LowConfidence), 0.0F);
}

void TestReviewScores::scoresOfAPieceAreThoseOfTheWhole()
{
    Project project = make();
    for (int frame = 5; frame < kFrames; frame += 11)
        move(project, frame, frame % JointCount, 40, 25);
    Scored before(project);
    // An edit, and only the frames around it anew: the same as everything anew.
    KeypointPatch patch = moveKeypoints(project, 50, {{1, LeftKnee, 640, 700}});
    exchange(project.tracks, JointCount, patch);
    const FrameRange changed{50 - kReviewMargin, 50 + kReviewMargin};
    const ReviewSlice piece =
        sliceForReview(project, before.context, 1, {changed.first - kReviewMargin, changed.last + kReviewMargin});
    before.scores.assign(scoreFrames(piece, changed, before.context, before.norms));
    const ReviewSlice whole = sliceForReview(project, before.context, 1, reviewExtent(project, 1));
    QVERIFY(before.scores.frames() == scoreFrames(whole, reviewExtent(project, 1), before.context, before.norms));
    QCOMPARE(before.scores.frames().done[50], 1);
}

void TestReviewScores::theDistanceDoesNotDependOnThePictureSize()
{
    Project small = make();
    move(small, kFrame, LeftWrist, 40, 0);
    Project large = make();
    for (float &value : detected(large).xy)
        value *= 3;
    large.camera = assumedIntrinsics(3 * 1280, 3 * 960);
    move(large, kFrame, LeftWrist, 120, 0);
    QVERIFY(std::abs(Scored(small).of(ReviewReason::Reprojection, LeftWrist)
                     - Scored(large).of(ReviewReason::Reprojection, LeftWrist))
            < 0.11F);
    QVERIFY(Scored(small).of(ReviewReason::Reprojection, LeftWrist) > 5.0F);
}

QTEST_GUILESS_MAIN(TestReviewScores)
#include "tst_reviewscores.moc"
