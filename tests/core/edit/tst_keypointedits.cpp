#include "core/pose/edit/keypointedits.h"
#include "core/pose/edit/patcheffect.h"

#include "tests/core/edit/editproject.h"

#include <QtTest/QtTest>

using namespace poselift;

namespace {

enum Joint
{
    Nose,
    LeftShoulder,
    RightShoulder,
    LeftWrist,
    RightWrist
};

/// Carries out and leaves the patch that undoes it.
KeypointPatch apply(Project &project, KeypointPatch patch)
{
    const KeypointPatch expected = exchanged(project.tracks, patch);
    exchange(project.tracks, project.skeleton.jointCount(), patch);
    if (patch != expected)
        QTest::qFail("exchanged() tells what exchange() leaves", __FILE__, __LINE__);
    return patch;
}

Keypoint2D seen(const Project &project, std::int64_t frame, int joint, TrackId track = 1)
{
    return project.effectivePose(track, frame)[static_cast<std::size_t>(joint)];
}

KeypointSelection select(std::int64_t first, std::int64_t last, std::vector<int> joints)
{
    return {1, {first, last}, std::move(joints)};
}

void lock(Project &project, std::int64_t frame, int joint)
{
    apply(project, lockKeypoints(project, select(frame, frame, {joint}), true));
}

} // namespace

class TestKeypointEdits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void movingIsSubpixelAndOnlyTouchesItsJoint()
    {
        Project project = makeEditProject();
        const Project before = project;
        KeypointPatch undo =
            apply(project, moveKeypoints(project, 5, {{1, LeftWrist, 12.25, 30.5}}));
        const Keypoint2D moved = seen(project, 5, LeftWrist);
        QCOMPARE(moved.x, 12.25);
        QCOMPARE(moved.y, 30.5);
        QCOMPARE(moved.confidence, 1.0F);
        QCOMPARE(moved.origin, KeypointOrigin::Corrected);
        QCOMPARE(moved.state, KeypointState::Visible);
        QCOMPARE(seen(project, 5, RightWrist), seen(before, 5, RightWrist));
        QCOMPARE(seen(project, 6, LeftWrist), seen(before, 6, LeftWrist));
        QVERIFY(project.keypointLayers == before.keypointLayers);
        exchange(project.tracks, 5, undo);
        QVERIFY2(project == before, "the track that was made for the edit is gone again");
    }

    void severalJointsMoveTogetherAndGrowOneTrack()
    {
        Project project = makeEditProject();
        apply(project, moveKeypoints(project, 5, {{1, Nose, 1, 2}}));
        const Project before = project;
        KeypointPatch undo =
            apply(project, moveKeypoints(project, 12,
                                         {{1, Nose, 3, 4}, {1, LeftWrist, 5, 6}, {2, Nose, 7, 8}}));
        QCOMPARE(project.tracks.size(), std::size_t(2));
        QCOMPARE(project.tracks[0].endFrame(), std::int64_t(13));
        QCOMPARE(seen(project, 12, Nose, 2).x, 7.0);
        KeypointPatch redo = undo;
        exchange(project.tracks, 5, redo);
        QVERIFY(project == before);
        exchange(project.tracks, 5, redo);
        QCOMPARE(seen(project, 12, LeftWrist).y, 6.0);
    }

    void movingToWhereItIsIsAnEditOnlyOnce()
    {
        Project project = makeEditProject();
        apply(project, moveKeypoints(project, 5, {{1, Nose, 12, 13}}));
        QVERIFY(moveKeypoints(project, 5, {{1, Nose, 12, 13}}).isEmpty());
    }

    void statesKeepThePosition()
    {
        Project project = makeEditProject();
        const double x = seen(project, 3, Nose).x;
        for (const KeypointState state :
             {KeypointState::Occluded, KeypointState::Absent, KeypointState::Visible}) {
            apply(project, setKeypointStates(project, select(3, 3, {Nose}), state));
            QCOMPARE(seen(project, 3, Nose).state, state);
            QCOMPARE(seen(project, 3, Nose).x, x);
        }
        QVERIFY(setKeypointStates(project, select(3, 3, {Nose}), KeypointState::Visible).isEmpty());
        // Outside the detection there is no position to show.
        QVERIFY(
            setKeypointStates(project, select(25, 25, {Nose}), KeypointState::Visible).isEmpty());
    }

    void deletingHidesTheDetectionToo()
    {
        Project project = makeEditProject();
        apply(project, moveKeypoints(project, 4, {{1, Nose, 1, 1}}));
        apply(project, moveKeypoints(project, 25, {{1, Nose, 1, 1}}));
        apply(project, deleteKeypoints(project, select(4, 4, {Nose})));
        apply(project, deleteKeypoints(project, select(25, 25, {Nose})));
        QCOMPARE(seen(project, 4, Nose).state, KeypointState::Absent);
        QCOMPARE(seen(project, 25, Nose).state, KeypointState::Missing);
        // It can come back, at the detector's place.
        apply(project, setKeypointStates(project, select(4, 4, {Nose}), KeypointState::Visible));
        QCOMPARE(seen(project, 4, Nose).x, 104.0);
    }

    void lockedKeypointsStayWhereverTheyCouldBeChanged()
    {
        Project project = makeEditProject();
        lock(project, 5, LeftWrist);
        const Keypoint2D locked = seen(project, 5, LeftWrist);
        QVERIFY(locked.locked);
        const KeypointSelection whole = select(0, 19, {LeftWrist});
        QVERIFY(moveKeypoints(project, 5, {{1, LeftWrist, 0, 0}}).isEmpty());
        QVERIFY(deleteKeypoints(project, select(5, 5, {LeftWrist})).isEmpty());
        QVERIFY(
            setKeypointStates(project, select(5, 5, {LeftWrist}), KeypointState::Absent).isEmpty());
        QVERIFY(swapSides(project, select(5, 5, {LeftWrist})).isEmpty());
        QVERIFY(copyFromPrevious(project, 1, 5, {LeftWrist}).isEmpty());
        QVERIFY(refusePredictions(project, select(5, 5, {LeftWrist})).isEmpty());
        apply(project, moveKeypoints(project, 4, {{1, LeftWrist, 500, 500}}));
        apply(project, smoothKeypoints(project, whole, {}));
        apply(project, interpolateKeypoints(project, whole, Interpolation::Linear));
        QCOMPARE(seen(project, 5, LeftWrist), locked);
        QVERIFY(seen(project, 4, LeftWrist).x < 400);
        apply(project, lockKeypoints(project, whole, false));
        QVERIFY(!seen(project, 5, LeftWrist).locked);
    }

    void swappingALimbOverARangeIsItsOwnInverse()
    {
        Project project = makeEditProject();
        const Project before = project;
        KeypointPatch undo = apply(project, swapSides(project, select(3, 7, {LeftWrist})));
        for (int frame = 0; frame < 20; ++frame) {
            const bool swapped = frame >= 3 && frame <= 7;
            QCOMPARE(seen(project, frame, LeftWrist).x,
                     seen(before, frame, swapped ? RightWrist : LeftWrist).x);
            QCOMPARE(seen(project, frame, LeftShoulder), seen(before, frame, LeftShoulder));
            QCOMPARE(seen(project, frame, Nose), seen(before, frame, Nose));
        }
        apply(project, swapSides(project, select(3, 7, {LeftWrist, RightWrist})));
        QCOMPARE(seen(project, 5, LeftWrist).x, seen(before, 5, LeftWrist).x);
        apply(project, swapSides(project, select(3, 7, {LeftWrist})));
        exchange(project.tracks, 5, undo);
        QVERIFY(project == before);
    }

    void swappingWithAMissingSideDoesNotLetTheDetectionShineThrough()
    {
        Project project = makeEditProject();
        project.keypointLayers[0].tracks[0].setKeypoint(5, RightWrist, {});
        apply(project, swapSides(project, select(5, 5, {LeftWrist})));
        QVERIFY(!seen(project, 5, LeftWrist).isKnown());
        QCOMPARE(seen(project, 5, RightWrist).x, 135.0);
    }

    void copyAndPaste()
    {
        Project project = makeEditProject();
        apply(project, copyFromPrevious(project, 1, 20, allJoints(project)));
        for (int joint = 0; joint < 5; ++joint) {
            QCOMPARE(seen(project, 20, joint).x, 100.0 + 10 * joint + 19);
            QCOMPARE(seen(project, 20, joint).origin, KeypointOrigin::Corrected);
        }
        Pose2D pose(5);
        pose[Nose] = {1, 2, 0.1F, KeypointState::Occluded};
        apply(project, pastePose(project, 1, 8, pose, allJoints(project)));
        QCOMPARE(seen(project, 8, Nose).state, KeypointState::Occluded);
        QCOMPARE(seen(project, 8, LeftWrist).x, 138.0);
        QVERIFY(copyFromPrevious(project, 1, 0, allJoints(project)).isEmpty());
    }

    void interpolationFillsBetweenKeyframesOnly()
    {
        Project project = makeEditProject();
        apply(project, moveKeypoints(project, 4, {{1, Nose, 0, 0}}));
        apply(project, moveKeypoints(project, 8, {{1, Nose, 40, 80}}));
        const Project before = project;
        apply(project, interpolateKeypoints(project, select(4, 8, {Nose}), Interpolation::Linear));
        QCOMPARE(seen(project, 5, Nose).x, 10.0);
        QCOMPARE(seen(project, 6, Nose).y, 40.0);
        QCOMPARE(seen(project, 6, Nose).origin, KeypointOrigin::Interpolated);
        QCOMPARE(seen(project, 4, Nose), seen(before, 4, Nose));
        QCOMPARE(seen(project, 8, Nose), seen(before, 8, Nose));
        QCOMPARE(seen(project, 6, LeftWrist), seen(before, 6, LeftWrist));
        QVERIFY(
            interpolateKeypoints(project, select(15, 25, {Nose}), Interpolation::Linear).isEmpty());
        QVERIFY(
            interpolateKeypoints(project, select(4, 5, {Nose}), Interpolation::Linear).isEmpty());
    }

    /// A corrected or locked keypoint inside is a keyframe: the curve goes through it.
    void interpolationPassesThroughKeyframes()
    {
        Project project = makeEditProject();
        apply(project, moveKeypoints(project, 2, {{1, Nose, 0, 0}}));
        apply(project, moveKeypoints(project, 6, {{1, Nose, 40, 0}}));
        apply(project, moveKeypoints(project, 10, {{1, Nose, 0, 0}}));
        apply(project, interpolateKeypoints(project, select(2, 10, {Nose}), Interpolation::Linear));
        QCOMPARE(seen(project, 4, Nose).x, 20.0);
        QCOMPARE(seen(project, 6, Nose).x, 40.0);
        QCOMPARE(seen(project, 6, Nose).origin, KeypointOrigin::Corrected);
        QCOMPARE(seen(project, 8, Nose).x, 20.0);
    }

    void interpolationAroundAFrameGoesToTheNextKeyframes()
    {
        Project project = makeEditProject();
        const auto around = [&project](std::int64_t frame) {
            return interpolateAround(project, 1, frame, {Nose, LeftWrist}, Interpolation::Linear);
        };
        QVERIFY2(around(8).isEmpty(), "no keyframes");
        apply(project, moveKeypoints(project, 4, {{1, Nose, 0, 0}}));
        QVERIFY2(around(8).isEmpty(), "none on one side");
        apply(project, moveKeypoints(project, 12, {{1, Nose, 80, 0}}));
        apply(project, moveKeypoints(project, 2, {{1, LeftWrist, 0, 0}}));
        apply(project, moveKeypoints(project, 10, {{1, LeftWrist, 80, 0}}));
        KeypointPatch undo = apply(project, around(8));
        QCOMPARE(framesOf(undo), (FrameRange{3, 11}));
        QCOMPARE(seen(project, 8, Nose).x, 40.0);
        QCOMPARE(seen(project, 8, LeftWrist).x, 60.0);
        QCOMPARE(seen(project, 11, LeftWrist).origin, KeypointOrigin::Detected);
        apply(project, undo);
        apply(project, moveKeypoints(project, 8, {{1, Nose, 10, 0}}));
        apply(project, around(8));
        QCOMPARE(seen(project, 6, Nose).x, 5.0);
        QCOMPARE(seen(project, 10, Nose).x, 45.0);
        apply(project, moveKeypoints(project, 14, {{1, Nose, 100, 0}}));
        apply(project, around(14));
        QVERIFY2(std::abs(seen(project, 13, Nose).x - 90.0) < 1e-4, "the keyframe itself is the end");
    }

    void theEffectSaysHowFarKeypointsMove()
    {
        Project project = makeEditProject();
        const Keypoint2D at = seen(project, 5, Nose);
        const KeypointPatch patch =
            moveKeypoints(project, 5, {{1, Nose, at.x + 3, at.y + 4}, {1, LeftWrist, 0, 0}});
        const PatchEffect effect = effectOf(project, patch);
        QCOMPARE(effect.moved, 2);
        const double far = std::hypot(seen(project, 5, LeftWrist).x, seen(project, 5, LeftWrist).y);
        QVERIFY(std::abs(effect.maxShiftPx - far) < 1e-4);
        QVERIFY(std::abs(effect.meanShiftPx - (far + 5) / 2) < 1e-4);
        QCOMPARE(effectOf(project, lockKeypoints(project, select(3, 9, {Nose}), true)).moved, 0);
    }

    void interpolationFollowsTheTimesOfTheFrames()
    {
        Project project = makeEditProject();
        project.media.seconds[5] =
            project.media.seconds[4] + 0.75 * (project.media.seconds[6] - project.media.seconds[4]);
        apply(project, moveKeypoints(project, 4, {{1, Nose, 0, 0}}));
        apply(project, moveKeypoints(project, 6, {{1, Nose, 100, 0}}));
        apply(project, interpolateKeypoints(project, select(4, 6, {Nose}), Interpolation::Linear));
        QVERIFY(std::abs(seen(project, 5, Nose).x - 75.0) < 1e-4);
    }

    void cubicInterpolationKeepsAParabola()
    {
        Project project = makeEditProject();
        for (const int frame : {3, 4, 8, 9})
            apply(project,
                  moveKeypoints(project, frame, {{1, Nose, 10.0 * frame, 2.0 * frame * frame}}));
        apply(project, interpolateKeypoints(project, select(4, 8, {Nose}), Interpolation::Cubic));
        QVERIFY(std::abs(seen(project, 6, Nose).y - 72.0) < 1e-3);
        QVERIFY(std::abs(seen(project, 6, Nose).x - 60.0) < 1e-3);
    }

    /// A gap or a locked joint ends a run, so that nothing is smeared across it.
    void smoothingTreatsEveryRunByItself()
    {
        Project project = makeEditProject();
        for (int frame = 0; frame < 20; ++frame) {
            const double x = frame < 10 ? 0.0 : 1000.0;
            if (frame != 10)
                apply(project, moveKeypoints(project, frame, {{1, Nose, x, frame % 2 * 1.0}}));
        }
        apply(project, setKeypointStates(project, select(10, 10, {Nose}), KeypointState::Absent));
        apply(project, smoothKeypoints(project, select(0, 19, {Nose}), {}));
        for (int frame = 0; frame < 20; ++frame) {
            if (frame != 10)
                QVERIFY(std::abs(seen(project, frame, Nose).x - (frame < 10 ? 0.0 : 1000.0)) <
                        1e-3);
        }
        QVERIFY(std::abs(seen(project, 5, Nose).y - seen(project, 6, Nose).y) < 0.7);
        QCOMPARE(seen(project, 5, Nose).origin, KeypointOrigin::Interpolated);
        QCOMPARE(seen(project, 10, Nose).state, KeypointState::Absent);
    }

    void acceptedPredictionsSurviveANewDetection()
    {
        Project project = makeEditProject();
        apply(project, moveKeypoints(project, 2, {{1, Nose, 9, 9}}));
        apply(project, acceptPredictions(project, select(0, 5, {Nose, LeftWrist})));
        project.keypointLayers.clear();
        QCOMPARE(seen(project, 3, Nose).x, 103.0);
        QCOMPARE(seen(project, 3, Nose).origin, KeypointOrigin::Detected);
        QCOMPARE(seen(project, 2, Nose).x, 9.0);
        QCOMPARE(seen(project, 6, Nose).state, KeypointState::Missing);
    }

    void refusedPredictionsAreAbsentButCorrectionsStay()
    {
        Project project = makeEditProject();
        apply(project, moveKeypoints(project, 2, {{1, Nose, 9, 9}}));
        apply(project, refusePredictions(project, select(0, 5, {Nose})));
        QCOMPARE(seen(project, 1, Nose).state, KeypointState::Absent);
        QCOMPARE(seen(project, 2, Nose).x, 9.0);
        QVERIFY(seen(project, 6, Nose).isKnown());
        QVERIFY(refusePredictions(project, select(0, 5, {Nose})).isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestKeypointEdits)
#include "tst_keypointedits.moc"
