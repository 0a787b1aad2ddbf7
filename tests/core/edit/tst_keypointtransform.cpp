#include "core/pose/edit/keypointtransform.h"

#include "tests/core/edit/editproject.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace poselift;

namespace {

bool isNear(PicturePoint a, PicturePoint b)
{
    return std::hypot(a.x - b.x, a.y - b.y) < 1e-9;
}

Keypoint2D seenAt(double x, double y)
{
    return {x, y, 0.5F, KeypointState::Visible};
}

} // namespace

class TestKeypointTransform : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aTurnIsClockwiseOnTheScreen()
    {
        KeypointTransform turn;
        turn.centre = {10, 20};
        turn.turnDegrees = 90;
        QVERIFY(isNear(turn.applied({15, 20}), {10, 25})); // from the right to below
        QVERIFY(isNear(turn.applied({10, 20}), {10, 20}));
    }

    void scalingAndShiftingFollowTheCentre()
    {
        KeypointTransform change;
        change.centre = {10, 20};
        change.scale = 2;
        change.shift = {-1, 3};
        QVERIFY(isNear(change.applied({12, 21}), {13, 25}));
        QVERIFY(isNear(change.applied({10, 20}), {9, 23}));
    }

    /// With pixels twice as wide as high, 10 px across look as long as 20 px down.
    void aTurnKeepsLengthsOnTheScreenWherePixelsAreNotSquare()
    {
        KeypointTransform turn;
        turn.turnDegrees = 90;
        turn.pixelAspect = 2;
        QVERIFY(isNear(turn.applied({10, 0}), {0, 20}));
        turn.turnDegrees = -90;
        QVERIFY(isNear(turn.applied({0, 20}), {10, 0}));
    }

    void turningThereAndBackEndsWhereItBegan()
    {
        KeypointTransform turn;
        turn.centre = {3, 4};
        turn.turnDegrees = 33;
        KeypointTransform back = turn;
        back.turnDegrees = -33;
        QVERIFY(isNear(back.applied(turn.applied({100, -7})), {100, -7}));
    }

    void theCentreIsOfKnownKeypointsOnly()
    {
        Pose2D pose{seenAt(0, 0), seenAt(10, 20), seenAt(500, 500), seenAt(99, 99)};
        pose[2].state = KeypointState::Absent;
        QCOMPARE(*centreOf(pose, {0, 1, 2}), (PicturePoint{5, 10}));
        QVERIFY(!centreOf(pose, {2}));
        QVERIFY(!centreOf(pose, {}));
    }

    void jointsWithoutAPositionStayOut()
    {
        Pose2D pose{seenAt(1, 2), Keypoint2D{}, seenAt(3, 4)};
        KeypointTransform shift;
        shift.shift = {10, 0};
        const std::vector<KeypointTarget> targets = transformed(7, pose, {2, 1, 0}, shift);
        QCOMPARE(targets.size(), 2U);
        QCOMPARE(targets[0].track, 7);
        QCOMPARE(targets[0].joint, 2);
        QCOMPARE(targets[0].x, 13.0);
        QCOMPARE(targets[1].joint, 0);
        QCOMPARE(targets[1].y, 2.0);
    }

    /// A turned group with one joint in the middle, which does not move, is still edited as a whole,
    /// so that the steps of one gesture can become one undo step.
    void moveKeypointsHoldsTheWholeGroup()
    {
        Project project = makeEditProject();
        const std::vector<KeypointTarget> once{{1, 0, 100, 50}, {1, 1, 120, 60}};
        KeypointPatch first = moveKeypoints(project, 5, once);
        exchange(project.tracks, 5, first);
        const KeypointPatch second = moveKeypoints(project, 5, {{1, 0, 100, 50}, {1, 1, 130, 70}});
        QCOMPARE(second.blocks.size(), 2U);
        QVERIFY(moveKeypoints(project, 5, once).isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestKeypointTransform)
#include "tst_keypointtransform.moc"
