#include "core/pose/edit/trackedits.h"

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
