// Who wins between 3D corrections, 2D keypoints and predictions; projections of corrected joints.

#include "core/geometry/camera.h"
#include "core/pose/edit/effectivepose3d.h"
#include "core/pose/edit/keypointedits.h"
#include "core/pose/edit/poseedit3d.h"
#include "core/pose/edit/trackedits.h"
#include "tests/core/edit/posedproject.h"

#include <QtTest/QtTest>

using namespace poselift;

namespace {

Joint3D joint3d(const Project &project, const char *name, std::int64_t frame = 5, TrackId track = 1)
{
    const JointLayer &base = project.jointLayers[0];
    return effectivePose3d(project, base, track, frame).pose[static_cast<std::size_t>(base.skeleton.indexOf(name))];
}

Keypoint2D keypoint(const Project &project, const char *name, std::int64_t frame = 5, TrackId track = 1)
{
    return project.effectivePose(track, frame)[static_cast<std::size_t>(project.skeleton.indexOf(name))];
}

PoseEditStart startOf(const Project &project, std::int64_t frame = 5)
{
    return beginPoseEdit(project, project.jointLayers[0], 1, frame);
}

/// Moves one joint alone and carries it out. @return what undoes it.
PosePatch correct(Project &project, const char *name, double dx, double dz = 0.0, std::int64_t frame = 5)
{
    const PoseEditStart start = startOf(project, frame);
    const int joint = start.figure.skeleton.indexOf(name);
    Joint3D target = start.figure.pose[static_cast<std::size_t>(joint)];
    target.x += dx;
    target.z += dz;
    Result<PosePatch> patch = editedPose(project, start, jointMovedAlone(start.figure, joint, target));
    if (!patch)
        qFatal("%s", patch.error().sentence().c_str());
    exchange(project, *patch);
    return *patch;
}

void carryOut(Project &project, PosePatch patch)
{
    exchange(project, patch);
}

ErrorCode errorOf(const Project &project, const char *name, const Joint3D &target)
{
    const PoseEditStart start = startOf(project);
    const Result<PosePatch> patch =
        editedPose(project, start, jointMovedAlone(start.figure, start.figure.skeleton.indexOf(name), target));
    return patch ? ErrorCode::Internal : patch.error().code();
}

} // namespace

class TestPoseEdit3d : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCorrectionWinsOverThePrediction()
    {
        Project project = makePosedProject();
        const Joint3D before = joint3d(project, "left_wrist");
        correct(project, "left_wrist", 0.1);
        QVERIFY(std::abs(joint3d(project, "left_wrist").x - before.x - 0.1) < 1e-6);
        QVERIFY(isCorrected3d(project, 1, 5, "left_wrist"));
        QVERIFY(!isCorrected3d(project, 1, 5, "left_elbow"));
        QVERIFY(!isCorrected3d(project, 1, 6, "left_wrist"));
        QVERIFY(!isCorrected3d(project, 2, 5, "left_wrist"));
        QVERIFY(joint3d(project, "left_wrist", 6) == makePosedPose(6)[6]);
    }

    void reLiftingChangesNothingThatWasCorrected()
    {
        Project project = makePosedProject();
        correct(project, "left_wrist", 0.1);
        const Joint3D corrected = joint3d(project, "left_wrist");
        for (JointTrack &track : project.jointLayers[0].tracks)
            std::fill(track.xyz.begin(), track.xyz.end(), 9.0F);
        QVERIFY(joint3d(project, "left_wrist") == corrected);
        QCOMPARE(joint3d(project, "left_elbow").x, 9.0);
    }

    void theProjectionIsWrittenWithDistortion()
    {
        Project project = makePosedProject();
        project.camera.radial = {-0.2, 0.05, 0.0};
        project.camera.tangential = {0.002, -0.001};
        correct(project, "left_wrist", 0.1, -0.2);
        const Joint3D joint = joint3d(project, "left_wrist");
        const double x = joint.x / joint.z, y = joint.y / joint.z, r2 = x * x + y * y;
        const double radial = 1 - 0.2 * r2 + 0.05 * r2 * r2;
        const double u =
            project.camera.fx * (x * radial + 2 * 0.002 * x * y - 0.001 * (r2 + 2 * x * x)) + project.camera.cx;
        const double v =
            project.camera.fy * (y * radial + 0.002 * (r2 + 2 * y * y) - 2 * 0.001 * x * y) + project.camera.cy;
        const Keypoint2D seen = keypoint(project, "left_wrist");
        QVERIFY2(std::abs(seen.x - u) < 1e-3 && std::abs(seen.y - v) < 1e-3, qPrintable(QString::number(seen.x - u)));
        QCOMPARE(seen.origin, KeypointOrigin::From3d);
        QCOMPARE(seen.confidence, 1.0F);
        QCOMPARE(seen.state, KeypointState::Visible);
        QVERIFY(keypoint(project, "left_elbow").origin == KeypointOrigin::Detected);
    }

    void undoTakesLayerAndKeypointsBackExactly()
    {
        Project project = makePosedProject();
        const Project before = project;
        PosePatch patch = correct(project, "left_wrist", 0.1);
        const Project after = project;
        exchange(project, patch);
        QVERIFY(project == before);
        exchange(project, patch);
        QVERIFY(project == after);
    }

    void theWholeDragIsMadeFromItsStart()
    {
        Project project = makePosedProject();
        const Project before = project;
        const PoseEditStart start = startOf(project);
        const int wrist = start.figure.skeleton.indexOf("left_wrist");
        PosePatch all;
        for (const double way : {0.05, 0.1, 0.02, 0.0}) {
            Joint3D target = start.figure.pose[static_cast<std::size_t>(wrist)];
            target.y -= way;
            Result<PosePatch> step = editedPose(project, start, jointMoved(start.figure, wrist, target));
            QVERIFY(step.ok());
            exchange(project, *step);
            absorb(all, *step);
        }
        QVERIFY(project.tracks.empty() || keypoint(project, "left_wrist") == keypoint(before, "left_wrist"));
        QVERIFY(!isCorrected3d(project, 1, 5, "left_wrist") && !isCorrected3d(project, 1, 5, "left_elbow"));
        exchange(project, all);
        QVERIFY(project == before);
    }

    void aStepThatReleasesLengthsPutsTheOthersBack()
    {
        Project project = makePosedProject();
        const PoseEditStart start = startOf(project);
        const int wrist = start.figure.skeleton.indexOf("left_wrist");
        Joint3D target = start.figure.pose[static_cast<std::size_t>(wrist)];
        target.y -= 0.1;
        Result<PosePatch> bent = editedPose(project, start, jointMoved(start.figure, wrist, target));
        exchange(project, *bent);
        QVERIFY(isCorrected3d(project, 1, 5, "left_elbow"));
        Result<PosePatch> alone = editedPose(project, start, jointMovedAlone(start.figure, wrist, target));
        exchange(project, *alone);
        QVERIFY(!isCorrected3d(project, 1, 5, "left_elbow"));
        QCOMPARE(keypoint(project, "left_elbow").origin, KeypointOrigin::Detected);
        QVERIFY(isCorrected3d(project, 1, 5, "left_wrist"));
    }

    void everythingThatMayNotBeIsRefusedWithAReason()
    {
        Project project = makePosedProject();
        QCOMPARE(errorOf(project, "left_wrist", {0, 0, -1, true}), ErrorCode::JointBehindCamera);
        QCOMPARE(errorOf(project, "left_wrist", {0, 0, 0, true}), ErrorCode::JointBehindCamera);
        KeypointPatch lock = lockKeypoints(project, {1, {5, 5}, {project.skeleton.indexOf("left_wrist")}}, true);
        carryOut(project, lock);
        QCOMPARE(errorOf(project, "left_wrist", {0, 0, 4, true}), ErrorCode::JointLocked);
        QCOMPARE(errorOf(project, "left_elbow", {0, 0, 4, true}), ErrorCode::Internal); // none
        project.camera = {};
        QCOMPARE(errorOf(project, "left_elbow", {0, 0, 4, true}), ErrorCode::NoCamera);
    }

    void aLayerOfAnotherSkeletonIsMatchedByName()
    {
        Project project = makePosedProject();
        correct(project, "left_wrist", 0.1);
        JointLayer other{"groundtruth", project.jointLayers[0].skeleton, {}, project.jointLayers[0].tracks};
        std::reverse(other.skeleton.joints.begin(), other.skeleton.joints.end());
        project.jointLayers.push_back(other);
        const JointLayer &base = *project.jointLayer("groundtruth");
        const EffectivePose3D effective = effectivePose3d(project, base, 1, 5);
        const auto wrist = static_cast<std::size_t>(base.skeleton.indexOf("left_wrist"));
        QVERIFY(effective.corrected[wrist]);
        QVERIFY(effective.pose[wrist] == joint3d(project, "left_wrist"));
        project.jointLayers.back().skeleton.joints[0] = "tail";
        const PoseEditStart start = beginPoseEdit(project, project.jointLayers.back(), 1, 5);
        const Result<PosePatch> patch = editedPose(project, start, jointMovedAlone(start.figure, 0, {0, 0, 4, true}));
        QCOMPARE(patch.error().code(), ErrorCode::JointNotInCorrections);
    }

    void missingKeypointsBecomeOccludedAndThoseBesideThePictureAbsent()
    {
        Project project = makePosedProject();
        project.keypointLayers[0].tracks[0].setKeypoint(5, project.skeleton.indexOf("left_wrist"), {});
        correct(project, "left_wrist", 0.05);
        QCOMPARE(keypoint(project, "left_wrist").state, KeypointState::Occluded);
        correct(project, "left_elbow", 20.0);
        QCOMPARE(keypoint(project, "left_elbow").state, KeypointState::Absent);
    }

    void aLater2dEditReleasesTheCorrection_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("releases");
        for (const char *edit : {"move", "paste", "delete", "absent", "smooth", "refuse"})
            QTest::newRow(edit) << QString::fromLatin1(edit) << true;
        // A correction is a keyframe: interpolating goes through it.
        for (const char *edit : {"lock", "occluded", "accept", "other joint", "interpolate"})
            QTest::newRow(edit) << QString::fromLatin1(edit) << false;
    }

    void aLater2dEditReleasesTheCorrection()
    {
        QFETCH(QString, name);
        QFETCH(bool, releases);
        const std::string edit = name.toStdString();
        Project project = makePosedProject();
        correct(project, "left_wrist", 0.1);
        const int wrist = project.skeleton.indexOf("left_wrist");
        const KeypointSelection only{1, {5, 5}, {wrist}}, around{1, {2, 8}, {wrist}};
        KeypointPatch patch;
        if (edit == "move")
            patch = moveKeypoints(project, 5, {{1, wrist, 10, 20}});
        else if (edit == "other joint")
            patch = moveKeypoints(project, 5, {{1, project.skeleton.indexOf("nose"), 10, 20}});
        else if (edit == "paste")
            patch = pastePose(project, 1, 5, project.effectivePose(1, 9), allJoints(project));
        else if (edit == "delete")
            patch = deleteKeypoints(project, only);
        else if (edit == "absent")
            patch = setKeypointStates(project, only, KeypointState::Absent);
        else if (edit == "occluded")
            patch = setKeypointStates(project, only, KeypointState::Occluded);
        else if (edit == "lock")
            patch = lockKeypoints(project, only, true);
        else if (edit == "interpolate")
            patch = interpolateKeypoints(project, around, Interpolation::Linear);
        else if (edit == "smooth")
            patch = smoothKeypoints(project, around, {});
        else if (edit == "accept")
            patch = acceptPredictions(project, around);
        else if (edit == "refuse") {
            // Nobody has corrected the keypoint itself: its projection was taken away.
            project.tracks.clear();
            patch = refusePredictions(project, only);
        }
        QVERIFY(!patch.isEmpty());
        const Project before = project;
        PosePatch whole = withReleases(project, patch);
        QCOMPARE(!whole.corrections.isEmpty(), releases);
        exchange(project, whole);
        QCOMPARE(isCorrected3d(project, 1, 5, "left_wrist"), !releases);
        exchange(project, whole);
        QVERIFY(project == before);
    }

    void swappingSidesSwapsTheCorrections()
    {
        Project project = makePosedProject();
        correct(project, "left_wrist", 0.1);
        const Joint3D left = joint3d(project, "left_wrist");
        const Project before = project;
        PosePatch whole =
            withSwappedCorrections(project, swapSides(project, {1, {4, 6}, {project.skeleton.indexOf("left_wrist")}}));
        exchange(project, whole);
        QVERIFY(joint3d(project, "right_wrist") == left);
        QVERIFY(!isCorrected3d(project, 1, 5, "left_wrist"));
        exchange(project, whole);
        QVERIFY(project == before);
        // Both corrected: both change sides.
        correct(project, "right_wrist", -0.3);
        const Joint3D right = joint3d(project, "right_wrist");
        carryOut(project, withSwappedCorrections(
                              project, swapSides(project, {1, {5, 5}, {project.skeleton.indexOf("left_wrist")}})));
        QVERIFY(joint3d(project, "right_wrist") == left);
        QVERIFY(joint3d(project, "left_wrist") == right);
    }

    void releasedCorrectionsGiveThePredictionAndTheDetectionBack()
    {
        Project project = makePosedProject();
        const Project before = project;
        correct(project, "left_wrist", 0.1);
        correct(project, "nose", 0.1);
        carryOut(project, releasedCorrections(project, 1, {5, 5}, {"left_wrist"}));
        QVERIFY(joint3d(project, "left_wrist") == joint3d(before, "left_wrist"));
        QVERIFY(keypoint(project, "left_wrist") == keypoint(before, "left_wrist"));
        QVERIFY(isCorrected3d(project, 1, 5, "nose"));
        carryOut(project, releasedCorrections(project, 1, {0, 29}, {}));
        QVERIFY(!isCorrected3d(project, 1, 5, "nose"));
        QVERIFY(releasedCorrections(project, 1, {0, 29}, {}).isEmpty());
        QVERIFY(releasedCorrections(before, 1, {0, 29}, {}).isEmpty());
    }

    void lengthsOfATrackAreMediansOfItsFrames()
    {
        Project project = makePosedProject();
        const JointLayer &base = project.jointLayers[0];
        const KinematicTree tree(base.skeleton);
        const BoneLengths clean = boneLengths(project, base, tree, 1);
        const auto wrist = static_cast<std::size_t>(base.skeleton.indexOf("left_wrist"));
        Pose3D wild = makePosedPose(7);
        wild[wrist].x += 3.0;
        project.jointLayers[0].tracks[0].setPose(7, wild);
        const BoneLengths withWild = boneLengths(project, project.jointLayers[0], tree, 1);
        QVERIFY(std::abs(withWild[wrist] - clean[wrist]) < 1e-6);
        QVERIFY(std::abs(clean[wrist] - 0.25) < 0.01);
    }

    void correctionsFollowPeopleThroughEditsOfPeople()
    {
        Project project = makePosedProject();
        correct(project, "left_wrist", 0.1, 0.0, 15);
        const Joint3D corrected = joint3d(project, "left_wrist", 15);
        const Project before = project;
        IdentitySwap swap{1, 2, 12, {}};
        exchange(project, swap);
        QVERIFY(isCorrected3d(project, 2, 15, "left_wrist") && !isCorrected3d(project, 1, 15, "left_wrist"));
        exchange(project, swap);
        QVERIFY(project == before);

        TracksPatch split = splitPerson(project, 1, 12);
        exchange(project, split);
        QVERIFY(isCorrected3d(project, 3, 15, "left_wrist"));
        QVERIFY(joint3d(project, "left_wrist", 15, 3) == corrected);
        TracksPatch merge = mergePeople(project, 1, 3);
        exchange(project, merge);
        QVERIFY(isCorrected3d(project, 1, 15, "left_wrist"));
        exchange(project, merge);
        exchange(project, split);
        QVERIFY(project == before);

        TracksPatch gone = deletePerson(project, 1);
        exchange(project, gone);
        QVERIFY(!isCorrected3d(project, 1, 15, "left_wrist"));
    }

    void mergingTakesNoCorrectionWhereTheOtherPersonIsSeen()
    {
        Project project = makePosedProject();
        correct(project, "left_wrist", 0.1, 0.0, 15); // person 2 is seen there
        correct(project, "left_wrist", 0.1, 0.0, 5);  // and not there
        carryOutMerge(project, 2, 1);
        QVERIFY(isCorrected3d(project, 2, 5, "left_wrist"));
        QVERIFY(!isCorrected3d(project, 2, 15, "left_wrist"));
    }

private:
    static void carryOutMerge(Project &project, TrackId into, TrackId from)
    {
        TracksPatch merge = mergePeople(project, into, from);
        exchange(project, merge);
    }
};

QTEST_APPLESS_MAIN(TestPoseEdit3d)
#include "tst_poseedit3d.moc"
