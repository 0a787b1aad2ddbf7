#include "core/pose/edit/reassignment.h"

#include "tests/core/edit/editproject.h"

#include <QtTest/QtTest>

using namespace poselift;

namespace {

TracksPatch apply(Project &project, TracksPatch patch)
{
    exchange(project, patch);
    return patch;
}

double noseX(const Project &project, TrackId id, std::int64_t frame)
{
    const KeypointTrack *track = findTrack(project.keypointLayers[0].tracks, id);
    return track != nullptr && track->covers(frame) ? track->keypoint(frame, 0).x : -1.0;
}

double jointX(const Project &project, TrackId id, std::int64_t frame)
{
    const JointTrack *track = findTrack(project.jointLayers[0].tracks, id);
    return track != nullptr && track->covers(frame) ? track->pose(frame)[0].x : -1.0;
}

/// Person 1 has corrections in frames 2 … 4, person 2 none.
Project withCorrections()
{
    Project project = makeEditProject();
    KeypointTrack track;
    track.id = 1;
    track.jointCount = 5;
    track.label = "Anna";
    for (int frame = 2; frame <= 4; ++frame)
        track.setKeypoint(frame, 0,
                          {1.0 * frame, 1, 1, KeypointState::Visible, KeypointOrigin::Corrected});
    project.tracks = {track};
    return project;
}

} // namespace

class TestTrackEdits : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aLongTrackGrowsAndShrinksInPlace()
    {
        constexpr int kFrames = 5000;
        std::vector<KeypointTrack> tracks(1);
        tracks[0].id = 1;
        tracks[0].jointCount = 2;
        for (int frame = 0; frame < kFrames; ++frame)
            tracks[0].setKeypoint(100 + frame, 1, {1.0 * frame, 2, 1, KeypointState::Visible});
        const KeypointTrack before = tracks[0];
        int moves = 0;
        for (int more = 1; more <= kFrames; ++more) {
            const float *xy = tracks[0].xy.data();
            applyExtent(tracks, 2, {1, true, 100, kFrames + more});
            moves += tracks[0].xy.data() != xy ? 1 : 0;
        }
        QVERIFY2(moves < 10, qPrintable(QString::number(moves)));
        QCOMPARE(tracks[0].keypoint(100 + kFrames - 1, 1).x, kFrames - 1.0);
        QVERIFY(!tracks[0].isPresent(100 + kFrames));
        applyExtent(tracks, 2, {1, true, 40, kFrames + 60});
        QCOMPARE(tracks[0].keypoint(107, 1).x, 7.0);
        QVERIFY(!tracks[0].isPresent(99));
        applyExtent(tracks, 2, {1, true, 100, kFrames});
        QVERIFY(tracks[0] == before);
        applyExtent(tracks, 2, {1, true, 103, 4});
        QCOMPARE(tracks[0].frameCount(), 4);
        QCOMPARE(tracks[0].keypoint(106, 1).x, 6.0);
        applyExtent(tracks, 2, {1, true, 500, 3}); // nothing of it is kept
        QCOMPARE(tracks[0].firstFrame, 500);
        QCOMPARE(tracks[0].frameCount(), 3);
        QVERIFY(!tracks[0].isPresent(501));
    }

    void swappingIdentitiesTakesAllLayersAlong()
    {
        Project project = withCorrections();
        const Project before = project;
        IdentitySwap swap{1, 2, 15, {}};
        exchange(project, swap);
        QCOMPARE(noseX(project, 1, 14), 114.0);
        QCOMPARE(noseX(project, 1, 15), 415.0);
        QCOMPARE(noseX(project, 2, 14), 414.0);
        QCOMPARE(noseX(project, 2, 15), 115.0);
        QCOMPARE(noseX(project, 2, 25), -1.0); // person 1 was not detected there
        QCOMPARE(noseX(project, 1, 25), 425.0);
        QCOMPARE(jointX(project, 1, 15), 2.0);
        QCOMPARE(jointX(project, 2, 15), 1.0);
        QCOMPARE(project.tracks, before.tracks);
        exchange(project, swap);
        QVERIFY(project == before);
    }

    void swappingIdentitiesIsExactlyItsOwnInverse_data()
    {
        QTest::addColumn<int>("frame");
        for (const int frame : {0, 2, 3, 5, 10, 19, 20, 29, 40})
            QTest::newRow(qPrintable(QString::number(frame))) << frame;
    }

    void swappingIdentitiesIsExactlyItsOwnInverse()
    {
        QFETCH(int, frame);
        Project project = withCorrections();
        const Project before = project;
        IdentitySwap swap{1, 2, frame, {}};
        exchange(project, swap);
        const Project after = project;
        exchange(project, swap);
        QVERIFY(project == before);
        exchange(project, swap);
        QVERIFY(project == after);
        QCOMPARE(after.tracks[0].label, std::string("Anna"));
        QCOMPARE(findTrack(after.tracks, 2) != nullptr, frame <= 4);
    }

    void splittingMakesANewPersonFromThereOn()
    {
        Project project = withCorrections();
        const Project before = project;
        TracksPatch undo = apply(project, splitPerson(project, 1, 3));
        QCOMPARE(project.trackIds(), (std::vector<TrackId>{1, 2, 3}));
        QCOMPARE(noseX(project, 1, 2), 102.0);
        QCOMPARE(noseX(project, 1, 3), -1.0);
        QCOMPARE(noseX(project, 3, 3), 103.0);
        QCOMPARE(jointX(project, 3, 19), 1.0);
        QCOMPARE(project.effectivePose(3, 4)[0].x, 4.0);
        exchange(project, undo);
        QVERIFY(project == before);
        QVERIFY(splitPerson(project, 1, 0) == TracksPatch{});
        QVERIFY(splitPerson(project, 1, 20) == TracksPatch{});
    }

    void aReassignmentDoesWhatExchangingWholeTracksDoes_data()
    {
        QTest::addColumn<int>("frame");
        QTest::addColumn<bool>("isLaterIntoEarlier");
        for (const int frame : {1, 3, 4, 5, 12, 19}) {
            QTest::addRow("split at %d, later merged into earlier", frame) << frame << true;
            QTest::addRow("split at %d, earlier merged into later", frame) << frame << false;
        }
    }

    void aReassignmentDoesWhatExchangingWholeTracksDoes()
    {
        QFETCH(int, frame);
        QFETCH(bool, isLaterIntoEarlier);
        Project project = withCorrections();
        const Project before = project;
        Project whole = project;
        apply(whole, splitPerson(whole, 1, frame));
        if (KeypointTrack *fresh = findTrack(whole.tracks, 3))
            fresh->label.clear(); // who is somebody else has no name yet
        std::optional<Reassignment> split = splitByReassignment(project, 1, frame);
        QVERIFY(split.has_value());
        exchange(project, *split);
        QVERIFY(project == whole);
        exchange(project, *split);
        QVERIFY(project == before);
        exchange(project, *split);
        QVERIFY(project == whole);

        const TrackId into = isLaterIntoEarlier ? 1 : 3;
        const TrackId from = isLaterIntoEarlier ? 3 : 1;
        for (Project *changed : {&project, &whole}) { // layers in which there is only one of them
            for (const TrackId id : {into, from}) {
                JointLayer layer{"lifted/" + std::to_string(id), changed->skeleton, "", {}};
                layer.tracks = {*findTrack(changed->jointLayers[0].tracks, id)};
                changed->jointLayers.push_back(layer);
            }
        }
        apply(whole, mergePeople(whole, into, from));
        const Project halves = project;
        std::optional<Reassignment> merge = mergeByReassignment(project, into, from);
        QVERIFY(merge.has_value());
        exchange(project, *merge);
        QVERIFY(project == whole);
        exchange(project, *merge);
        QVERIFY(project == halves);
        exchange(project, *merge);
        QVERIFY(project == whole);
    }

    void peopleWhoAreThereAtTheSameTimeAreNotReassigned()
    {
        const Project project = withCorrections();
        QVERIFY(!mergeByReassignment(project, 1, 2));
        QVERIFY(!mergeByReassignment(project, 1, 1));
        QVERIFY(!mergeByReassignment(project, 1, 7));
        QVERIFY(!splitByReassignment(project, 1, 0));
        QVERIFY(!splitByReassignment(project, 1, 20));
        QVERIFY(!splitByReassignment(project, 7, 5));
    }

    void mergingASplitPersonGivesThePersonBack()
    {
        Project project = withCorrections();
        const Project before = project;
        apply(project, splitPerson(project, 1, 3));
        TracksPatch undo = apply(project, mergePeople(project, 1, 3));
        QVERIFY(project.keypointLayers == before.keypointLayers);
        QVERIFY(project.jointLayers == before.jointLayers);
        QVERIFY(project.tracks == before.tracks);
        exchange(project, undo);
        QCOMPARE(noseX(project, 3, 3), 103.0);
    }

    void mergingKeepsTheFramesThatAreThereAlready()
    {
        Project project = withCorrections();
        const Project before = project;
        TracksPatch undo = apply(project, mergePeople(project, 1, 2));
        QCOMPARE(project.trackIds(), (std::vector<TrackId>{1}));
        QCOMPARE(noseX(project, 1, 15), 115.0);
        QCOMPARE(noseX(project, 1, 25), 425.0);
        QVERIFY(nextTrackId(project) == 3);
        exchange(project, undo);
        QVERIFY(project == before);
        QVERIFY(mergePeople(project, 1, 1) == TracksPatch{});
        QVERIFY(mergePeople(project, 1, 7) == TracksPatch{});
    }

    void deletedPeopleComeBackAtTheirPlace()
    {
        Project project = withCorrections();
        const Project before = project;
        TracksPatch undo = apply(project, deletePerson(project, 1));
        QCOMPARE(project.trackIds(), (std::vector<TrackId>{2}));
        QVERIFY(project.tracks.empty());
        exchange(project, undo);
        QVERIFY(project == before);
    }

    void idsAreNeverUsedTwice()
    {
        Project project = makeEditProject();
        apply(project, deletePerson(project, 2));
        QCOMPARE(nextTrackId(project), 3);
        TracksPatch undo = apply(project, newPerson(project, {}));
        QCOMPARE(project.tracks.back().id, 3);
        apply(project, deletePerson(project, 3));
        QCOMPARE(nextTrackId(project), 4);
    }

    void aNewPersonInAnEmptyProjectBringsTheSkeleton()
    {
        Project project;
        const Project before = project;
        const Skeleton skeleton = makeEditProject().skeleton;
        TracksPatch undo = apply(project, newPerson(project, skeleton));
        QVERIFY(project.skeleton == skeleton);
        QCOMPARE(project.tracks.at(0).jointCount, 5);
        exchange(project, undo);
        QVERIFY(project == before);
    }
};

QTEST_APPLESS_MAIN(TestTrackEdits)
#include "tst_trackedits.moc"
