// Moving joints in 3D with bone lengths held: the chain solvers and what they do to a skeleton.

#include "core/pose/edit/chainsolver.h"
#include "core/pose/edit/jointmove.h"

#include <Eigen/Geometry>

#include <QtTest/QtTest>

#include <random>

using namespace poselift;
using Eigen::Vector3d;

namespace {

constexpr double kExact = 1e-6; ///< m

double distance(const Joint3D &a, const Joint3D &b)
{
    return std::hypot(a.x - b.x, a.y - b.y, a.z - b.z);
}

Skeleton bundled(const char *name)
{
    const Result<Skeleton> skeleton = findSkeleton(name);
    return skeleton ? *skeleton : Skeleton{};
}

/// A standing person, 4 m before the camera, facing it: its left is the picture's right.
Pose3D standing(const Skeleton &skeleton)
{
    const std::map<std::string, Vector3d> places{{"root", {0, 0, 4}},
                                                 {"spine", {0, -0.25, 4.02}},
                                                 {"thorax", {0, -0.5, 4}},
                                                 {"neck_base", {0, -0.6, 3.98}},
                                                 {"head", {0, -0.75, 4}},
                                                 {"left_hip", {0.13, 0, 4}},
                                                 {"right_hip", {-0.13, 0, 4}},
                                                 {"left_knee", {0.14, 0.45, 3.95}},
                                                 {"right_knee", {-0.14, 0.45, 3.95}},
                                                 {"left_ankle", {0.14, 0.9, 4}},
                                                 {"right_ankle", {-0.14, 0.9, 4}},
                                                 {"left_shoulder", {0.17, -0.48, 4}},
                                                 {"right_shoulder", {-0.17, -0.48, 4}},
                                                 {"left_elbow", {0.22, -0.2, 4.05}},
                                                 {"right_elbow", {-0.22, -0.2, 4.05}},
                                                 {"left_wrist", {0.25, 0.05, 4}},
                                                 {"right_wrist", {-0.25, 0.05, 4}},
                                                 {"nose", {0, -0.7, 3.9}}};
    Pose3D pose(skeleton.joints.size());
    for (std::size_t joint = 0; joint < pose.size(); ++joint) {
        if (const auto found = places.find(skeleton.joints[joint]); found != places.end())
            pose[joint] = {found->second.x(), found->second.y(), found->second.z(), true};
    }
    return pose;
}

/// Its lengths are the track's, 3 % longer than those of the pose.
PosableFigure figureOf(const Skeleton &skeleton, double longer = 1.03)
{
    const KinematicTree tree(skeleton);
    const Pose3D pose = standing(skeleton);
    BoneLengths lengths = boneLengths(tree, pose);
    for (double &length : lengths)
        length *= longer;
    return {skeleton, tree, pose, lengths};
}

struct Body
{
    explicit Body(const char *skeleton = "h36m17") : figure(figureOf(bundled(skeleton))), after(figure.pose) {}

    int index(const char *name) const { return figure.skeleton.indexOf(name); }
    Joint3D before(const char *name) const { return figure.pose.at(static_cast<std::size_t>(index(name))); }
    Joint3D now(const char *name) const { return after.at(static_cast<std::size_t>(index(name))); }
    double length(const char *child) const { return figure.lengths.at(static_cast<std::size_t>(index(child))); }
    void move(const char *name, double dx, double dy, double dz)
    {
        Joint3D target = before(name);
        target.x += dx;
        target.y += dy;
        target.z += dz;
        after = jointMoved(figure, index(name), target);
    }
    bool stays(const char *name) const { return now(name) == before(name); }

    PosableFigure figure;
    Pose3D after;
};

std::vector<double> lengthsOf(const std::vector<Vector3d> &chain)
{
    std::vector<double> lengths;
    for (std::size_t i = 0; i + 1 < chain.size(); ++i)
        lengths.push_back((chain[i + 1] - chain[i]).norm());
    return lengths;
}

void compareLengths(const std::vector<Vector3d> &chain, const std::vector<double> &wanted)
{
    const std::vector<double> lengths = lengthsOf(chain);
    QCOMPARE(lengths.size(), wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        QVERIFY2(std::abs(lengths[i] - wanted[i]) < kExact, qPrintable(QString::number(lengths[i] - wanted[i])));
    }
}

} // namespace

class TestJointMove : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(bundled("h36m17").jointCount() == 17); }

    void twoBonesReachWhatIsInReach()
    {
        std::mt19937 random(1);
        std::uniform_real_distribution<double> coordinate(-0.5, 0.5);
        const auto point = [&] { return Vector3d(coordinate(random), coordinate(random), coordinate(random)); };
        for (int i = 0; i < 2000; ++i) {
            const std::vector<Vector3d> chain{point(), point(), point()};
            const std::vector<double> lengths{0.3, 0.25};
            const Vector3d target = point();
            const auto solved = solveTwoBones(chain, lengths, target, Vector3d::UnitZ());
            compareLengths(solved, lengths);
            QCOMPARE(solved[0], chain[0]);
            const double away = (target - chain[0]).norm();
            const double missed = away > 0.55 ? away - 0.55 : away < 0.05 ? 0.05 - away : 0.0;
            QVERIFY(std::abs((solved[2] - target).norm() - missed) < kExact);
        }
    }

    void aLimbKeepsTheSideToWhichItBends()
    {
        const std::vector<Vector3d> chain{{0, 0, 0}, {0, 0.3, -0.1}, {0, 0.6, 0}};
        const std::vector<double> lengths = lengthsOf(chain);
        for (const Vector3d &target : {Vector3d(0, 0.5, 0), Vector3d(0.1, 0.4, 0), Vector3d(0, 0.3, 0)}) {
            const auto solved = solveTwoBones(chain, lengths, target, Vector3d::UnitZ());
            QVERIFY2(solved[1].z() < -0.1, qPrintable(QString::number(solved[1].z())));
        }
    }

    void straightAndFoldedLimbsAreStable_data()
    {
        QTest::addColumn<double>("middle");
        QTest::addColumn<double>("end");
        QTest::newRow("straight") << 0.3 << 0.6;
        QTest::newRow("folded") << 0.3 << 0.0;
        QTest::newRow("all in one point") << 0.0 << 0.0;
    }

    void straightAndFoldedLimbsAreStable()
    {
        QFETCH(double, middle);
        QFETCH(double, end);
        const std::vector<Vector3d> chain{{0, 0, 0}, {0, middle, 0}, {0, end, 0}};
        const std::vector<double> lengths{0.3, 0.3};
        for (const Vector3d &target : {Vector3d(0, 0.6, 0), Vector3d(0, 0.7, 0), Vector3d(0, 0.45, 0),
                                       Vector3d(0, 0, 0), Vector3d(0, -0.4, 0), Vector3d(0.2, 0.1, 0)}) {
            const auto solved = solveTwoBones(chain, lengths, target, Vector3d::UnitZ());
            compareLengths(solved, lengths);
            const double reach = std::min(0.6, target.norm());
            QVERIFY(std::abs((solved[2] - solved[0]).norm() - reach) < kExact);
            // A straight limb has no side of its own: the hint's.
            QVERIFY2(solved[1].z() > -kExact, qPrintable(QString::number(solved[1].z())));
        }
        // Next to each other on both sides of the limit: no jump.
        const auto inside = solveTwoBones(chain, lengths, {0, 0.6 - 1e-9, 0}, Vector3d::UnitZ());
        const auto outside = solveTwoBones(chain, lengths, {0, 0.6 + 1e-9, 0}, Vector3d::UnitZ());
        QVERIFY((inside[1] - outside[1]).norm() < 1e-4);
    }

    void fabrikReachesWithManyBones()
    {
        std::mt19937 random(2);
        std::uniform_real_distribution<double> coordinate(-0.4, 0.4);
        const std::vector<double> lengths{0.2, 0.15, 0.25, 0.1};
        const std::vector<Vector3d> straight{{0, 0, 0}, {0, 0.2, 0}, {0, 0.35, 0}, {0, 0.6, 0}, {0, 0.7, 0}};
        for (int i = 0; i < 500; ++i) {
            const Vector3d target(coordinate(random), coordinate(random), coordinate(random));
            const auto solved = solveFabrik(straight, lengths, target);
            compareLengths(solved, lengths);
            QCOMPARE(solved.front(), straight.front());
            QVERIFY2((solved.back() - target).norm() < kExact,
                     qPrintable(QString::number((solved.back() - target).norm())));
        }
        const auto far = solveFabrik(straight, lengths, {3, 0, 0});
        compareLengths(far, lengths);
        QVERIFY((far.back() - Vector3d(0.7, 0, 0)).norm() < kExact);
    }

    void aDraggedWristBendsTheArmAndNothingElse()
    {
        Body body;
        body.move("left_wrist", 0.05, -0.2, -0.1);
        const Joint3D wrist = body.now("left_wrist"), wanted = body.before("left_wrist");
        QVERIFY(distance(wrist, {wanted.x + 0.05, wanted.y - 0.2, wanted.z - 0.1, true}) < kExact);
        QVERIFY(std::abs(distance(body.now("left_shoulder"), body.now("left_elbow")) - body.length("left_elbow"))
                < kExact);
        QVERIFY(std::abs(distance(body.now("left_elbow"), wrist) - body.length("left_wrist")) < kExact);
        for (const char *joint : {"left_shoulder", "right_wrist", "head", "left_knee", "root"})
            QVERIFY2(body.stays(joint), joint);
        QVERIFY(!body.stays("left_elbow"));
    }

    void aTargetOutOfReachStretchesTheArm()
    {
        Body body;
        body.move("left_wrist", 2.0, 0, 0);
        const double reach = body.length("left_elbow") + body.length("left_wrist");
        QVERIFY(std::abs(distance(body.now("left_shoulder"), body.now("left_wrist")) - reach) < kExact);
    }

    void aDraggedElbowTurnsTheForearmAlong()
    {
        Body body;
        body.move("right_elbow", -0.2, -0.1, 0);
        const Joint3D shoulder = body.now("right_shoulder"), elbow = body.now("right_elbow"),
                      wrist = body.now("right_wrist");
        QVERIFY(std::abs(distance(shoulder, elbow) - body.length("right_elbow")) < kExact);
        QVERIFY(std::abs(distance(elbow, wrist) - body.length("right_wrist")) < kExact);
        // Towards the target, and the angle in the elbow is what it was.
        const Vector3d aim = Vector3d(elbow.x - shoulder.x, elbow.y - shoulder.y, elbow.z - shoulder.z).normalized();
        const Joint3D old = body.before("right_elbow");
        const Vector3d wanted =
            Vector3d(old.x - 0.2 - shoulder.x, old.y - 0.1 - shoulder.y, old.z - shoulder.z).normalized();
        QVERIFY((aim - wanted).norm() < kExact);
        const double ratio =
            distance(shoulder, wrist) / distance(body.before("right_shoulder"), body.before("right_wrist"));
        QVERIFY(std::abs(ratio - 1.03) < kExact);
        QVERIFY(body.stays("left_elbow"));
    }

    void aDraggedRootTakesTheWholeBodyAlong()
    {
        Body body;
        body.move("root", 0.3, 0, -0.5);
        for (std::size_t joint = 0; joint < body.after.size(); ++joint) {
            const Joint3D before = body.figure.pose[joint], now = body.after[joint];
            QVERIFY(distance(now, {before.x + 0.3, before.y, before.z - 0.5, true}) < kExact);
        }
    }

    void aDraggedHeadBendsTheNeckOnly()
    {
        Body body;
        body.move("head", 0.08, 0.02, 0);
        QVERIFY(std::abs(distance(body.now("thorax"), body.now("neck_base")) - body.length("neck_base")) < kExact);
        QVERIFY(std::abs(distance(body.now("neck_base"), body.now("head")) - body.length("head")) < kExact);
        QVERIFY(body.stays("thorax") && body.stays("left_shoulder") && body.stays("root"));
    }

    void aDraggedThoraxTakesArmsAndHeadAlong()
    {
        Body body;
        body.move("thorax", 0.15, 0.05, 0);
        for (const char *joint : {"spine", "neck_base", "left_shoulder", "left_wrist", "head"})
            QVERIFY2(!body.stays(joint), joint);
        for (const char *joint : {"root", "left_hip", "right_ankle"})
            QVERIFY2(body.stays(joint), joint);
        for (const int joint : body.figure.tree.order()) {
            const int parent = body.figure.tree.parent(joint);
            const auto at = static_cast<std::size_t>(joint);
            if (parent < 0 || body.after[at] == body.figure.pose[at])
                continue;
            QVERIFY2(std::abs(distance(body.after[at], body.after[static_cast<std::size_t>(parent)])
                              - body.figure.lengths[at])
                         < kExact,
                     body.figure.skeleton.joints[at].c_str());
        }
    }

    void aDraggedShoulderCarriesItsArm()
    {
        Body body;
        body.move("left_shoulder", 0, -0.05, 0);
        const Joint3D shoulder = body.now("left_shoulder"), was = body.before("left_shoulder");
        const Joint3D wrist = body.now("left_wrist"), wristWas = body.before("left_wrist");
        QVERIFY(std::abs((shoulder.y - was.y) - (wrist.y - wristWas.y)) < kExact);
        QVERIFY(std::abs(distance(body.now("thorax"), shoulder) - body.length("left_shoulder")) < kExact);
    }

    void aMoveOfNothingChangesNothing()
    {
        Body body;
        body.move("left_wrist", 0, 0, 0);
        QVERIFY(body.after == body.figure.pose);
        Joint3D far = body.before("left_wrist");
        far.x += 1;
        PosableFigure without = body.figure;
        without.pose[static_cast<std::size_t>(body.index("left_wrist"))].valid = false;
        QVERIFY(jointMoved(without, body.index("left_wrist"), far) == without.pose);
    }

    void releasedLengthsMoveTheJointAlone()
    {
        Body body;
        const Joint3D target{1, 1, 5, true};
        const Pose3D pose = jointMovedAlone(body.figure, body.index("left_elbow"), target);
        for (std::size_t joint = 0; joint < pose.size(); ++joint) {
            const bool isIt = static_cast<int>(joint) == body.index("left_elbow");
            QVERIFY(pose[joint] == (isIt ? target : body.figure.pose[joint]));
        }
    }

    void missingJointsEndTheChain()
    {
        Body body;
        body.figure.pose[static_cast<std::size_t>(body.index("left_elbow"))].valid = false;
        const Joint3D target{0.5, 0.5, 4, true};
        const Pose3D pose = jointMoved(body.figure, body.index("left_wrist"), target);
        QVERIFY(pose[static_cast<std::size_t>(body.index("left_wrist"))] == target); // hangs on nothing known
        QVERIFY(pose[static_cast<std::size_t>(body.index("left_shoulder"))] == body.before("left_shoulder"));
    }

    void everyBundledSkeletonIsATree_data()
    {
        QTest::addColumn<QString>("name");
        for (const std::string &name : skeletonNames())
            QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }

    void everyBundledSkeletonIsATree()
    {
        QFETCH(QString, name);
        const Skeleton skeleton = bundled(qPrintable(name));
        const KinematicTree tree(skeleton);
        QCOMPARE(tree.order().size(), skeleton.joints.size());
        std::vector<bool> seen(skeleton.joints.size());
        for (const int joint : tree.order()) {
            QVERIFY(!seen[static_cast<std::size_t>(joint)]);
            seen[static_cast<std::size_t>(joint)] = true;
            QVERIFY(tree.parent(joint) < 0 || seen[static_cast<std::size_t>(tree.parent(joint))]);
        }
        for (const auto &[middle, end] :
             {std::pair("left_elbow", "left_wrist"), std::pair("right_knee", "right_ankle")}) {
            const int last = skeleton.indexOf(end);
            QCOMPARE(tree.parent(last), skeleton.indexOf(middle));
            QCOMPARE(tree.chainTo(last).size(), 3U);
            QVERIFY(tree.isLimbRoot(tree.chainTo(last).front()));
        }
    }
};

QTEST_APPLESS_MAIN(TestJointMove)
#include "tst_jointmove.moc"
