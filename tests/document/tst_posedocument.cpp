#include "core/document/posedocument.h"
#include "core/document/selection.h"

#include <QSignalSpy>
#include <QtTest/QtTest>

using namespace poselift;

namespace {

KeypointLayer keypointLayer(const char *name, const char *producer)
{
    KeypointLayer layer;
    layer.name = name;
    layer.producer = producer;
    KeypointTrack track;
    track.id = 1;
    track.jointCount = 1;
    track.xy = {1.0F, 2.0F};
    track.confidence = {0.5F};
    track.state = {1};
    layer.tracks.push_back(track);
    return layer;
}

JointLayer jointLayer(const char *name)
{
    JointLayer layer;
    layer.name = name;
    return layer;
}

Project openVideo()
{
    Project project;
    project.uuid = "u";
    project.media.path = "/videos/a.mp4";
    project.media.width = 640;
    project.media.height = 480;
    return project;
}

} // namespace

class TestPoseDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void resetReplacesEverythingAndForgetsUndo()
    {
        PoseDocument document;
        document.acceptLayers(QStringLiteral("Detect"), {keypointLayer("detected", "a")}, {});
        QSignalSpy wasReset(&document, &PoseDocument::wasReset);
        QSignalSpy pathChanged(&document, &PoseDocument::pathChanged);
        document.reset(openVideo(), QStringLiteral("/p/a.poselift"), true);
        QCOMPARE(wasReset.count(), 1);
        QCOMPARE(pathChanged.count(), 1);
        QVERIFY(document.isReadOnly());
        QVERIFY(!document.isModified());
        QCOMPARE(document.undoStack()->count(), 0);
        QVERIFY(document.project().keypointLayers.empty());
        QVERIFY(document.hasMedia());
    }

    void acceptingARunIsOneUndoStep()
    {
        PoseDocument document;
        document.reset(openVideo(), {}, false);
        QSignalSpy changed(&document, &PoseDocument::changed);
        document.acceptLayers(QStringLiteral("Detect"), {keypointLayer("detected", "a")},
                              {jointLayer("lifted/x"), jointLayer("lifted/y")});
        QCOMPARE(document.undoStack()->count(), 1);
        QCOMPARE(document.undoStack()->undoText(), QStringLiteral("Detect"));
        QCOMPARE(changed.count(), 1);
        QVERIFY(changed.at(0).at(0).value<PoseChange>().layersChanged);
        QVERIFY(document.isModified());

        document.undoStack()->undo();
        QCOMPARE(document.project(), openVideo());
        QCOMPARE(changed.count(), 2);
        QVERIFY(!document.isModified());

        document.undoStack()->redo();
        QCOMPARE(document.project().keypointLayers.size(), 1U);
        QCOMPARE(document.project().jointLayers.size(), 2U);
    }

    void acceptedLayersReplaceTheirNamesakesOnly()
    {
        PoseDocument document;
        document.reset(openVideo(), {}, false);
        document.acceptLayers(QStringLiteral("1"),
                              {keypointLayer("detected", "old"), keypointLayer("imported", "x")}, {});
        const Project before = document.project();
        document.acceptLayers(QStringLiteral("2"), {keypointLayer("detected", "new")}, {});
        QCOMPARE(document.project().keypointLayers.size(), 2U);
        QCOMPARE(document.project().keypointLayers.at(0).producer, std::string("new"));
        QCOMPARE(document.project().keypointLayers.at(1).producer, std::string("x"));
        document.undoStack()->undo();
        QCOMPARE(document.project(), before);
    }

    void acceptingNothingIsNoStep()
    {
        PoseDocument document;
        document.acceptLayers(QStringLiteral("Nothing"), {}, {});
        QCOMPARE(document.undoStack()->count(), 0);
    }

    void settingTheCameraCanBeUndone()
    {
        PoseDocument document;
        document.reset(openVideo(), {}, false);
        document.assumeCamera(640, 480);
        const CameraIntrinsics assumed = document.project().camera;
        QVERIFY(assumed.assumed);
        QCOMPARE(assumed.fx, 1.2 * 640);
        QVERIFY2(!document.isModified(), "an assumption is nothing to save");

        CameraIntrinsics camera = assumed;
        camera.fx = camera.fy = 1000;
        camera.assumed = false;
        QSignalSpy changed(&document, &PoseDocument::changed);
        document.setCamera(camera);
        document.setCamera(camera); // no change, no step
        QCOMPARE(document.undoStack()->count(), 1);
        QCOMPARE(changed.count(), 1);
        QVERIFY(changed.at(0).at(0).value<PoseChange>().cameraChanged);
        document.undoStack()->undo();
        QCOMPARE(document.project().camera, assumed);
    }

    void anAssumedCameraNeverReplacesAGivenOne()
    {
        PoseDocument document;
        Project project = openVideo();
        project.camera = assumedIntrinsics(10, 10);
        project.camera.assumed = false;
        document.reset(project, {}, false);
        document.assumeCamera(640, 480);
        QCOMPARE(document.project().camera, project.camera);
    }

    void completingTheMediaIsNoUndoStep()
    {
        PoseDocument document;
        document.reset(openVideo(), {}, false);
        QSignalSpy changed(&document, &PoseDocument::changed);
        MediaReference facts;
        facts.frameCount = 2;
        facts.seconds = {0.0, 0.04};
        facts.ptsHash = "h";
        document.completeMedia(facts);
        document.completeMedia(facts);
        QCOMPARE(changed.count(), 1);
        QVERIFY(changed.at(0).at(0).value<PoseChange>().mediaChanged);
        QCOMPARE(document.project().media.path, std::string("/videos/a.mp4"));
        QCOMPARE(document.project().media.width, 640);
        QCOMPARE(document.project().media.frameCount, 2);
        QVERIFY(!document.isModified());
    }

    void stepsMadeWhileSavingStayUnsaved()
    {
        PoseDocument document;
        document.reset(openVideo(), {}, false);
        document.acceptLayers(QStringLiteral("1"), {keypointLayer("detected", "a")}, {});
        const quint64 written = document.sealHistory();
        document.acceptLayers(QStringLiteral("2"), {keypointLayer("detected", "b")}, {});
        document.markSaved(QStringLiteral("/p/a.poselift"), 1, written);
        QVERIFY(document.isModified());
        QCOMPARE(document.project().saveGeneration, 1);
        QCOMPARE(document.path(), QStringLiteral("/p/a.poselift"));

        QSignalSpy modified(&document, &PoseDocument::modifiedChanged);
        document.markSaved(QStringLiteral("/p/a.poselift"), 2);
        QVERIFY(!document.isModified());
        QCOMPARE(modified.count(), 1);
        QCOMPARE(modified.at(0).at(0).toBool(), false);
    }

    /// As many steps as were saved, but not the same ones.
    void anotherBranchOfTheSameLengthIsNotSaved()
    {
        PoseDocument document;
        document.reset(openVideo(), {}, false);
        document.acceptLayers(QStringLiteral("1"), {keypointLayer("detected", "a")}, {});
        const quint64 written = document.sealHistory();
        document.undoStack()->undo();
        document.acceptLayers(QStringLiteral("2"), {keypointLayer("detected", "b")}, {});
        document.markSaved(QStringLiteral("/p/a.poselift"), 1, written);
        QVERIFY(document.isModified());
    }

    void selectingWhatIsSelectedSaysNothing()
    {
        Selection selection;
        QSignalSpy frames(&selection, &Selection::frameChanged);
        QSignalSpy tracks(&selection, &Selection::trackChanged);
        QSignalSpy joints(&selection, &Selection::jointChanged);
        selection.setFrame(3);
        selection.setFrame(3);
        selection.setTrack(2);
        selection.setTrack(2);
        selection.setJoint(1);
        selection.setJoint(1);
        QCOMPARE(frames.count(), 1);
        QCOMPARE(tracks.count(), 1);
        QCOMPARE(joints.count(), 1);
    }

    void lastOfSeveralJointsIsTheCurrentOne()
    {
        Selection selection;
        QSignalSpy current(&selection, &Selection::jointChanged);
        QSignalSpy all(&selection, &Selection::jointsChanged);
        selection.setTrack(1);
        selection.setJoints({4, 2});
        QCOMPARE(selection.joint(), 2);
        selection.setJoints({5, 2});
        QCOMPARE(current.count(), 1);
        QCOMPARE(all.count(), 2);
        selection.setTrack(2);
        QCOMPARE(selection.joints(), std::vector<int>{2});
        selection.setJoint(-1);
        QVERIFY(selection.joints().empty());
        QCOMPARE(selection.joint(), -1);
    }

    void emptyRangesAreTheSame()
    {
        Selection selection;
        QSignalSpy ranges(&selection, &Selection::rangeChanged);
        selection.setRange({7, 3});
        QCOMPARE(ranges.count(), 0);
        selection.setRange({3, 7});
        selection.setRange({3, 7});
        QCOMPARE(ranges.count(), 1);
        QCOMPARE(selection.range().count(), 5);
    }
};

QTEST_GUILESS_MAIN(TestPoseDocument)
#include "tst_posedocument.moc"
