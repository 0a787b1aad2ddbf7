#include "core/pose/skeletonmapping.h"

#include <QtTest/QtTest>

#include <map>

using namespace poselift;

namespace {

const std::vector<std::string> kLimbs{
    "left_shoulder", "left_elbow", "left_wrist", "left_hip", "left_knee", "left_ankle",
    "right_shoulder", "right_elbow", "right_wrist", "right_hip", "right_knee", "right_ankle"};

/// A standing body with bent knees, facing the camera (its left at image right), metres, camera frame.
Pose3D standingPose(const Skeleton &skeleton)
{
    const std::map<std::string, std::array<double, 3>> places{
        {"left_hip", {0.1, 0.0, 4.0}}, {"left_knee", {0.1, 0.4, 3.9}}, {"left_ankle", {0.1, 0.8, 4.0}},
        {"left_shoulder", {0.2, -0.5, 4.0}}, {"left_elbow", {0.3, -0.2, 4.0}}, {"left_wrist", {0.3, 0.0, 3.9}}};
    Pose3D pose(skeleton.joints.size());
    for (std::size_t i = 0; i < pose.size(); ++i) {
        const std::string &name = skeleton.joints[i];
        const bool isRight = sideOf(name) == BodySide::Right;
        const auto place = places.find(isRight ? "left_" + name.substr(6) : name);
        if (place != places.end())
            pose[i] = {(isRight ? -1 : 1) * place->second[0], place->second[1], place->second[2], true};
    }
    return pose;
}

/// Exchanges the values of left and right for the joints whose name ends in one of @p limbs.
Pose3D exchanged(const Skeleton &skeleton, Pose3D pose, const std::vector<std::string> &limbs)
{
    for (const auto &[left, right] : skeleton.pairs) {
        const std::string limb = skeleton.joints[static_cast<std::size_t>(left)].substr(5);
        if (std::find(limbs.begin(), limbs.end(), limb) != limbs.end())
            std::swap(pose[static_cast<std::size_t>(left)], pose[static_cast<std::size_t>(right)]);
    }
    return pose;
}

} // namespace

class TestSkeletonMapping : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void limbsAndTheirMiddlesComeFromEverySkeleton();
    void derivedJointsAreMeans();
    void derivedKeypointIsAsSureAsItsWeakestPart();
    void ownJointComesBeforeADerivedOne();
    void missingJointsAreListed();
    void optionalJointsMayBeMissing();
    void usualPoseIsNotFlipped();
    void mirroredBodyIsFlipped();
    void legsTheOtherWayRoundAreFound();
    void straightLegsDoNotVote();
    void invalidJointsDoNotVote();
};

void TestSkeletonMapping::limbsAndTheirMiddlesComeFromEverySkeleton()
{
    std::vector<std::string> targets = kLimbs;
    targets.insert(targets.end(), {"mid_hip", "mid_shoulder"});
    for (const std::string &name : skeletonNames()) {
        const Result<SkeletonMapping> mapping = SkeletonMapping::create(*findSkeleton(name), targets);
        QVERIFY2(mapping.ok(), name.c_str());
        QCOMPARE(mapping->targetCount(), 14);
        for (const JointSource &source : mapping->sources()) {
            double sum = 0;
            for (const auto &[index, weight] : source.parts)
                sum += weight;
            QCOMPARE(sum, 1.0);
        }
    }
}

void TestSkeletonMapping::derivedJointsAreMeans()
{
    const Skeleton coco = *findSkeleton("coco17");
    const Pose3D pose = standingPose(coco);
    const auto mapping = SkeletonMapping::create(coco, {"mid_hip", "mid_shoulder", "spine", "root", "thorax", "left_knee"});
    QVERIFY(mapping.ok());
    const Pose3D mapped = mapping->map(pose);
    const auto compare = [](const Joint3D &joint, double x, double y, double z) {
        return joint.valid && qAbs(joint.x - x) < 1e-12 && qAbs(joint.y - y) < 1e-12 && qAbs(joint.z - z) < 1e-12;
    };
    QVERIFY(compare(mapped[0], 0, 0, 4));
    QVERIFY(compare(mapped[1], 0, -0.5, 4));
    QVERIFY(compare(mapped[2], 0, -0.25, 4));
    QVERIFY(compare(mapped[3], 0, 0, 4));
    QVERIFY(compare(mapped[4], 0, -0.5, 4));
    QVERIFY(compare(mapped[5], 0.1, 0.4, 3.9));
}

void TestSkeletonMapping::derivedKeypointIsAsSureAsItsWeakestPart()
{
    const Skeleton coco = *findSkeleton("coco17");
    const auto mapping = SkeletonMapping::create(coco, {"mid_hip"});
    Pose2D pose(coco.joints.size());
    const auto leftHip = static_cast<std::size_t>(coco.indexOf("left_hip"));
    const auto rightHip = static_cast<std::size_t>(coco.indexOf("right_hip"));
    pose[leftHip] = {10, 20, 0.9F, KeypointState::Visible, KeypointOrigin::Detected};
    QCOMPARE(mapping->map(pose)[0].state, KeypointState::Missing);
    pose[rightHip] = {30, 40, 0.4F, KeypointState::Occluded, KeypointOrigin::Detected};
    const Keypoint2D mid = mapping->map(pose)[0];
    QCOMPARE(mid, (Keypoint2D{20, 30, 0.4F, KeypointState::Occluded, KeypointOrigin::Detected}));
    pose[rightHip].state = KeypointState::Absent;
    QCOMPARE(mapping->map(pose)[0].state, KeypointState::Missing);
}

void TestSkeletonMapping::ownJointComesBeforeADerivedOne()
{
    const Skeleton body25 = *findSkeleton("body25");
    const auto mapping = SkeletonMapping::create(body25, {"mid_hip", "neck", "root"});
    for (const JointSource &source : mapping->sources())
        QCOMPARE(source.parts.size(), std::size_t(1));
    QCOMPARE(mapping->sources()[2].parts[0].first, body25.indexOf("mid_hip"));
}

void TestSkeletonMapping::missingJointsAreListed()
{
    const auto mapping = SkeletonMapping::create(*findSkeleton("lsp14"), {"left_knee", "nose", "left_big_toe"});
    QVERIFY(!mapping.ok());
    QCOMPARE(mapping.error().code(), ErrorCode::MissingJoints);
    const std::string sentence = mapping.error().sentence();
    QVERIFY2(sentence.find("'lsp14'") != std::string::npos && sentence.find("nose, left_big_toe") != std::string::npos
                 && sentence.find("head_top") != std::string::npos,
             sentence.c_str());
}

void TestSkeletonMapping::optionalJointsMayBeMissing()
{
    const Skeleton lsp = *findSkeleton("lsp14");
    const auto mapping = SkeletonMapping::create(lsp, {"nose", "left_knee"}, {"nose"});
    QVERIFY(mapping.ok());
    QVERIFY(mapping->sources()[0].parts.empty());
    const Pose3D mapped = mapping->map(standingPose(lsp));
    QVERIFY(!mapped[0].valid);
    QVERIFY(mapped[1].valid);
}

void TestSkeletonMapping::usualPoseIsNotFlipped()
{
    for (const std::string &name : skeletonNames()) {
        const Skeleton skeleton = *findSkeleton(name);
        QCOMPARE(flippedShare(skeleton, {standingPose(skeleton), standingPose(skeleton)}), 0.0);
    }
}

void TestSkeletonMapping::mirroredBodyIsFlipped()
{
    const Skeleton h36m = *findSkeleton("h36m17");
    const Pose3D usual = standingPose(h36m);
    const Pose3D mirrored = exchanged(h36m, usual, {"hip", "knee", "ankle", "shoulder", "elbow", "wrist"});
    QCOMPARE(flippedShare(h36m, {mirrored}), 1.0);
    QCOMPARE(flippedShare(h36m, {usual, mirrored, usual, usual}), 0.25);
}

// SPIN's H36M regressor puts the left leg at joints 1 to 3 where the usual order has the right one.
void TestSkeletonMapping::legsTheOtherWayRoundAreFound()
{
    const Skeleton h36m = *findSkeleton("h36m17");
    const Pose3D usual = standingPose(h36m);
    Pose3D spin = usual;
    for (std::size_t i = 1; i <= 3; ++i)
        std::swap(spin[i], spin[i + 3]);
    QCOMPARE(flippedShare(h36m, std::vector<Pose3D>(10, spin)), 1.0);
}

void TestSkeletonMapping::straightLegsDoNotVote()
{
    const Skeleton h36m = *findSkeleton("h36m17");
    Pose3D straight = standingPose(h36m);
    for (const char *knee : {"left_knee", "right_knee"})
        straight[static_cast<std::size_t>(h36m.indexOf(knee))].z = 4.01;
    QCOMPARE(flippedShare(h36m, {straight, exchanged(h36m, standingPose(h36m), {"hip", "knee", "ankle"})}), 1.0);
    QCOMPARE(flippedShare(h36m, {straight}), 0.0);
}

void TestSkeletonMapping::invalidJointsDoNotVote()
{
    const Skeleton h36m = *findSkeleton("h36m17");
    QCOMPARE(flippedShare(h36m, {Pose3D(17)}), 0.0);
    QCOMPARE(flippedShare(h36m, {}), 0.0);
}

QTEST_APPLESS_MAIN(TestSkeletonMapping)
#include "tst_skeletonmapping.moc"
