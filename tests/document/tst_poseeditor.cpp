#include "core/document/commands.h"
#include "core/document/posedocument.h"
#include "core/document/poseeditor.h"

#include "core/document/valuearchive.h"
#include "core/pose/edit/effectivepose3d.h"
#include "tests/core/edit/editproject.h"
#include "tests/core/edit/posedproject.h"
#include "tests/document/randomedits.h"

#include <QSignalSpy>
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

struct Desk
{
    Desk() { document.reset(makeEditProject(), {}, false); }
    Keypoint2D seen(qint64 frame, int joint, TrackId track = 1) const
    {
        return document.project().effectivePose(track, frame)[static_cast<std::size_t>(joint)];
    }
    int steps() { return document.undoStack()->count(); }

    PoseDocument document;
    PoseEditor editor{&document};
};

using Edit = std::function<bool(PoseEditor &)>;

/// A desk with a project in which joints can be moved in 3D.
struct PosedDesk
{
    PosedDesk() { document.reset(makePosedProject(), {}, false); }
    const Project &project() const { return document.project(); }
    int index(const char *joint) const { return project().skeleton.indexOf(joint); }
    bool isCorrected(const char *joint, qint64 frame = 5) const
    {
        return isCorrected3d(project(), 1, frame, joint);
    }
    PoseEditStart start(qint64 frame = 5) const
    {
        return beginPoseEdit(project(), *project().jointLayer("lifted/test"), 1, frame);
    }
    /// Moves the joint by @p dx from @p start, bone lengths held.
    bool move(const PoseEditStart &start, const char *joint, double dx, int drag)
    {
        Joint3D target = start.figure.pose[static_cast<std::size_t>(index(joint))];
        target.x += dx;
        const Result<bool> moved =
            editor.correctPose(start, jointMoved(start.figure, index(joint), target), drag);
        return moved && *moved;
    }
    bool move(const char *joint, double dx) { return move(start(), joint, dx, 0); }
    QUndoStack *stack() { return document.undoStack(); }

    PoseDocument document;
    PoseEditor editor{&document};
};

} // namespace

Q_DECLARE_METATYPE(Edit)

class TestPoseEditor : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyEditIsOneStepThatUndoesExactly_data()
    {
        QTest::addColumn<Edit>("edit");
        const KeypointSelection wrist{1, {3, 12}, {LeftWrist}};
        const auto row = [](const char *name, Edit edit) {
            QTest::newRow(name) << std::move(edit);
        };
        row("move", [](PoseEditor &e) {
            return e.moveKeypoints(5, {{1, Nose, 1, 2}, {2, Nose, 3, 4}});
        });
        row("rotate", [](PoseEditor &e) {
            return e.moveKeypoints(5, {{1, Nose, 1, 2}, {1, LeftWrist, 3, 4}}, 0, Movement::Rotate);
        });
        row("note", [](PoseEditor &e) { return e.setNote(QStringLiteral("Skip"), "review_skipped", "1:5"); });
        row("place", [](PoseEditor &e) { return e.placeKeypoint(25, {1, Nose, 1, 2}); });
        row("paste", [](PoseEditor &e) {
            return e.pastePose(1, 5, Pose2D(5, {1, 2, 1, KeypointState::Visible}));
        });
        row("copy from previous", [](PoseEditor &e) { return e.copyFromPrevious(1, 5); });
        row("copy one from previous", [](PoseEditor &e) { return e.copyFromPrevious(1, 5, {Nose}); });
        row("occluded",
            [wrist](PoseEditor &e) { return e.setState(wrist, KeypointState::Occluded); });
        row("absent", [wrist](PoseEditor &e) { return e.setState(wrist, KeypointState::Absent); });
        row("lock", [wrist](PoseEditor &e) { return e.setLocked(wrist, true); });
        row("delete", [wrist](PoseEditor &e) { return e.deleteKeypoints(wrist); });
        row("swap sides", [wrist](PoseEditor &e) { return e.swapSides(wrist); });
        row("interpolate",
            [wrist](PoseEditor &e) { return e.interpolate(wrist, Interpolation::Cubic); });
        row("accept", [wrist](PoseEditor &e) { return e.acceptPredictions(wrist); });
        row("refuse", [wrist](PoseEditor &e) { return e.refusePredictions(wrist); });
        row("name", [](PoseEditor &e) { return e.renamePerson(1, QStringLiteral("Ann")); });
        row("new person", [](PoseEditor &e) { return e.newPerson() == 3; });
        row("delete person", [](PoseEditor &e) { return e.deletePerson(2); });
        row("swap people", [](PoseEditor &e) { return e.swapPeople(1, 2, 12); });
        row("merge people", [](PoseEditor &e) { return e.mergePeople(1, 2); });
        row("split person", [](PoseEditor &e) { return e.splitPerson(1, 7) == 3; });
    }

    void everyEditIsOneStepThatUndoesExactly()
    {
        QFETCH(Edit, edit);
        Desk desk;
        const Project before = desk.document.project();
        QSignalSpy changed(&desk.document, &PoseDocument::changed);
        QVERIFY(edit(desk.editor));
        QCOMPARE(desk.steps(), 1);
        QCOMPARE(changed.count(), 1);
        const PoseChange change = changed.at(0).at(0).value<PoseChange>();
        QVERIFY(!change.tracks.empty() || change.notesChanged);
        QVERIFY2(!desk.document.undoStack()->undoText().isEmpty(), "every step has a text");
        const Project after = desk.document.project();
        QVERIFY(!(after == before));
        desk.document.undoStack()->undo();
        QVERIFY(desk.document.project() == before);
        desk.document.undoStack()->redo();
        QVERIFY(desk.document.project() == after);
    }

    void aDragIn3dIsOneStep()
    {
        PosedDesk desk;
        const Project before = desk.project();
        QSignalSpy changed(&desk.document, &PoseDocument::changed);
        const PoseEditStart start = desk.start();
        const int drag = desk.editor.beginDrag();
        for (const double way : {0.02, 0.05, 0.08})
            QVERIFY(desk.move(start, "left_wrist", way, drag));
        QCOMPARE(desk.stack()->count(), 1);
        const PoseChange change = changed.last().at(0).value<PoseChange>();
        QVERIFY(change.correctionsChanged);
        QCOMPARE(change.tracks, std::vector<TrackId>{1});
        QCOMPARE(change.firstFrame, 5);
        QCOMPARE(change.lastFrame, 5);
        QVERIFY(std::find(change.joints.begin(), change.joints.end(), desk.index("left_wrist")) != change.joints.end());
        const Project after = desk.project();
        QVERIFY(desk.isCorrected("left_wrist") && desk.isCorrected("left_elbow"));
        desk.stack()->undo();
        QVERIFY(desk.project() == before);
        desk.stack()->redo();
        QVERIFY(desk.project() == after);
    }

    void aDragIn3dThatReturnsLeavesNothing()
    {
        PosedDesk desk;
        const Project before = desk.project();
        const PoseEditStart start = desk.start();
        const int drag = desk.editor.beginDrag();
        desk.move(start, "left_wrist", 0.05, drag);
        desk.move(start, "left_wrist", 0.0, drag);
        QCOMPARE(desk.stack()->count(), 0);
        QVERIFY(desk.project() == before);
    }

    void stepsOfOneDragMayBeOfDifferentJoints()
    {
        PosedDesk desk;
        const Project before = desk.project();
        const PoseEditStart start = desk.start();
        const int drag = desk.editor.beginDrag();
        Joint3D target = start.figure.pose[static_cast<std::size_t>(desk.index("left_wrist"))];
        target.x += 0.05;
        // Alone, then with the arm, then the whole body.
        QVERIFY(*desk.editor.correctPose(start, jointMovedAlone(start.figure, desk.index("left_wrist"), target), drag));
        QVERIFY(desk.move(start, "left_wrist", 0.04, drag));
        QVERIFY(desk.move(start, "hips", 0.1, drag));
        QCOMPARE(desk.stack()->count(), 1);
        desk.stack()->undo();
        QVERIFY(desk.project() == before);
    }

    void aRefused3dEditMakesNoStep()
    {
        PosedDesk desk;
        const PoseEditStart start = desk.start();
        const int wrist = desk.index("left_wrist");
        const Result<bool> moved =
            desk.editor.correctPose(start, jointMovedAlone(start.figure, wrist, {0, 0, -2, true}));
        QCOMPARE(moved.error().code(), ErrorCode::JointBehindCamera);
        QCOMPARE(desk.stack()->count(), 0);
        QVERIFY(*desk.editor.correctPose(start, start.figure.pose) == false);
        QCOMPARE(desk.stack()->count(), 0);
    }

    void a2dDragReleasesTheCorrectionInItsOwnStep()
    {
        PosedDesk desk;
        QVERIFY(desk.move("left_wrist", 0.05));
        const Project corrected = desk.project();
        const int drag = desk.editor.beginDrag();
        for (const double x : {100.0, 110.0, 120.0})
            QVERIFY(desk.editor.moveKeypoints(5, {{1, desk.index("left_wrist"), x, 200.0}}, drag));
        QCOMPARE(desk.stack()->count(), 2);
        QVERIFY(!desk.isCorrected("left_wrist"));
        QVERIFY(desk.isCorrected("left_elbow"));
        desk.stack()->undo();
        QVERIFY(desk.project() == corrected);
    }

    void a2dDragThatReturnsKeepsTheCorrection()
    {
        PosedDesk desk;
        QVERIFY(desk.move("left_wrist", 0.05));
        const Project corrected = desk.project();
        const int wrist = desk.index("left_wrist");
        const Keypoint2D seen = corrected.effectivePose(1, 5)[static_cast<std::size_t>(wrist)];
        const int drag = desk.editor.beginDrag();
        desk.editor.moveKeypoints(5, {{1, wrist, seen.x + 9, seen.y}}, drag);
        desk.editor.moveKeypoints(5, {{1, wrist, seen.x, seen.y}}, drag);
        QCOMPARE(desk.stack()->count(), 1);
        QVERIFY(desk.project() == corrected);
    }

    void releasingIsOneStep()
    {
        PosedDesk desk;
        const Project before = desk.project();
        desk.move("left_wrist", 0.05);
        QVERIFY(desk.editor.releaseCorrections(1, {5, 5}, {}));
        QVERIFY(!desk.isCorrected("left_wrist") && !desk.isCorrected("left_elbow"));
        QVERIFY(desk.project().effectivePose(1, 5) == before.effectivePose(1, 5));
        QVERIFY(!desk.editor.releaseCorrections(1, {5, 5}, {}));
        desk.stack()->setIndex(0);
        QVERIFY(desk.project() == before);
    }

    /// Both sides of a step in the form of the journal.
    void a3dEditSurvivesBytes()
    {
        PosedDesk desk;
        const Project before = desk.project();
        desk.move("left_wrist", 0.05);
        const Project after = desk.project();
        auto *done =
            static_cast<DocumentCommand *>(const_cast<QUndoCommand *>(desk.stack()->command(0)));
        const CommandRecord record = done->record();
        auto redo = makeCommand(&desk.document, record.kind, record.text, record.after);
        auto undo = makeCommand(&desk.document, record.kind, record.text, record.before);
        QVERIFY(redo && undo);
        undo->exchangeQuietly();
        QVERIFY(desk.project() == before);
        redo->exchangeQuietly();
        QVERIFY(desk.project() == after);
    }

    /// Journals of versions without 3D edits have this kind.
    void journalsOfEarlierVersionsAreRead()
    {
        PosedDesk desk;
        const KeypointPatch patch =
            moveKeypoints(desk.project(), 5, {{1, desk.index("left_wrist"), 10.0, 20.0}});
        auto command = makeCommand(&desk.document, EditKeypointsCommand::kKindWithout3d,
                                   QStringLiteral("Move"), toBytes(patch));
        QVERIFY(command);
        command->exchangeQuietly();
        QCOMPARE(desk.project().effectivePose(1, 5)[static_cast<std::size_t>(desk.index("left_wrist"))].x, 10.0);
        QVERIFY(!makeCommand(&desk.document, EditKeypointsCommand::kKindWithout3d, {},
                             toBytes(PosePatch(patch))));
    }

    /// The form in the journal: each side makes a command that does the same.
    void everyEditSurvivesBytes_data() { everyEditIsOneStepThatUndoesExactly_data(); }

    void everyEditSurvivesBytes()
    {
        QFETCH(Edit, edit);
        Desk desk;
        const Project before = desk.document.project();
        QVERIFY(edit(desk.editor));
        const Project after = desk.document.project();
        auto *done = static_cast<DocumentCommand *>(
            const_cast<QUndoCommand *>(desk.document.undoStack()->command(0)));
        const CommandRecord record = done->record();
        QVERIFY2(desk.document.project() == after, "recording changes nothing");

        auto redo = makeCommand(&desk.document, record.kind, record.text, record.after);
        auto undo = makeCommand(&desk.document, record.kind, record.text, record.before);
        QVERIFY(redo && undo);
        undo->exchangeQuietly();
        QVERIFY(desk.document.project() == before);
        redo->exchangeQuietly();
        QVERIFY(desk.document.project() == after);
        QVERIFY2(!makeCommand(&desk.document, record.kind, record.text, record.after.chopped(1)),
                 "cut short");
        QVERIFY(!makeCommand(&desk.document, "unknown", record.text, record.after));
    }

    /// Long histories of all kinds of edits, walked through in both directions.
    void randomEditsUndoAndRedoExactly()
    {
        for (std::uint32_t seed = 1; seed <= 20; ++seed) {
            Desk desk;
            QUndoStack *stack = desk.document.undoStack();
            for (std::uint32_t i = 0; i < 100; ++i) {
                const int index = stack->index();
                const Project before = desk.document.project();
                randomEdit(desk.document, desk.editor, seed * 1000 + i);
                if (stack->index() != index + 1)
                    continue;
                const Project after = desk.document.project();
                stack->undo();
                QVERIFY2(desk.document.project() == before, qPrintable(stack->redoText()));
                stack->redo();
                QVERIFY2(desk.document.project() == after, qPrintable(stack->undoText()));
            }
            const int end = stack->index();
            const Project last = desk.document.project();
            stack->setIndex(0);
            QVERIFY(desk.document.project() == makeEditProject());
            stack->setIndex(end);
            QVERIFY(desk.document.project() == last);
        }
    }

    void theChangeSaysWhere()
    {
        Desk desk;
        QSignalSpy changed(&desk.document, &PoseDocument::changed);
        desk.editor.setLocked({1, {3, 12}, {LeftWrist, Nose}}, true);
        const PoseChange change = changed.at(0).at(0).value<PoseChange>();
        QCOMPARE(change.firstFrame, 3);
        QCOMPARE(change.lastFrame, 12);
        QCOMPARE(change.tracks, (std::vector<TrackId>{1}));
        QCOMPARE(change.joints, (std::vector<int>{LeftWrist, Nose}));
        QVERIFY(!change.layersChanged);
    }

    /// Undo goes to where something changed: frames and joints that stayed as they were are left out.
    void theChangeLeavesOutWhatStays()
    {
        Desk desk;
        desk.editor.setLocked({1, {3, 5}, {LeftWrist}}, true);
        desk.editor.setLocked({1, {15, 19}, {LeftWrist}}, true);
        QSignalSpy changed(&desk.document, &PoseDocument::changed);
        desk.editor.setLocked({1, {3, 19}, {LeftWrist}}, true);
        const PoseChange change = changed.at(0).at(0).value<PoseChange>();
        QCOMPARE(change.firstFrame, 6);
        QCOMPARE(change.lastFrame, 14);
        QCOMPARE(desk.document.undoStack()->undoText(), QStringLiteral("Lock 9 keypoint(s), frames 6–14"));
    }

    void theChangeOfPeopleSaysInWhichFrames()
    {
        Desk desk;
        QSignalSpy changed(&desk.document, &PoseDocument::changed);
        const auto framesOfLast = [&changed] {
            const PoseChange change = changed.last().at(0).value<PoseChange>();
            return FrameRange{change.firstFrame, change.lastFrame};
        };
        desk.editor.splitPerson(1, 7);
        QCOMPARE(framesOfLast(), (FrameRange{7, 19}));
        desk.document.undoStack()->undo();
        QCOMPARE(framesOfLast(), (FrameRange{7, 19}));
        desk.editor.mergePeople(1, 2);
        QCOMPARE(framesOfLast(), (FrameRange{10, 29}));
        desk.editor.newPerson();
        QCOMPARE(framesOfLast().count(), 0);
        desk.editor.deletePerson(1);
        QCOMPARE(framesOfLast(), (FrameRange{0, 29}));
    }

    void anEditMadeElsewhereIsOneStepWithTheSameText()
    {
        Desk desk;
        const KeypointSelection wrist{1, {3, 12}, {LeftWrist}};
        const Project person = onlyPerson(desk.document.project(), 1);
        QVERIFY(desk.editor.apply(RangeEdit::RefusePredictions, refusePredictions(person, wrist)));
        const QString text = desk.document.undoStack()->undoText();
        const Project after = desk.document.project();
        desk.document.undoStack()->undo();
        QVERIFY(desk.editor.refusePredictions(wrist));
        QCOMPARE(desk.document.undoStack()->undoText(), text);
        QVERIFY(desk.document.project() == after);
        QVERIFY(!desk.editor.apply(RangeEdit::Smooth, {}));
    }

    void namesAreTrimmedAndTakenAway()
    {
        Desk desk;
        QVERIFY(desk.editor.renamePerson(2, QStringLiteral("  Ann ")));
        QCOMPARE(labelOf(desk.document.project(), 2), std::string("Ann"));
        QVERIFY(!desk.editor.renamePerson(2, QStringLiteral("Ann")));
        QVERIFY(!desk.editor.renamePerson(9, QStringLiteral("Bob")));
        desk.editor.moveKeypoints(12, {{2, Nose, 1, 1}});
        QVERIFY(desk.editor.renamePerson(2, {}));
        QCOMPARE(labelOf(desk.document.project(), 2), std::string());
        desk.document.undoStack()->setIndex(0);
        QVERIFY(desk.document.project() == makeEditProject());
    }

    void dragOfOneKeypointIsOneUndoStep()
    {
        Desk desk;
        const Project before = desk.document.project();
        const int drag = desk.editor.beginDrag();
        for (int i = 1; i <= 20; ++i)
            desk.editor.moveKeypoints(5, {{1, Nose, 100.0 + i / 4.0, 60}}, drag);
        QCOMPARE(desk.steps(), 1);
        QCOMPARE(desk.seen(5, Nose).x, 105.0);
        desk.document.undoStack()->undo();
        QVERIFY(desk.document.project() == before);
        desk.document.undoStack()->redo();
        QCOMPARE(desk.seen(5, Nose).x, 105.0);
    }

    void twoDragsAreTwoSteps()
    {
        Desk desk;
        for (int i = 0; i < 2; ++i) {
            const int drag = desk.editor.beginDrag();
            desk.editor.moveKeypoints(5, {{1, Nose, 10.0 + i, 60}}, drag);
            desk.editor.moveKeypoints(5, {{1, Nose, 20.0 + i, 60}}, drag);
        }
        QCOMPARE(desk.steps(), 2);
    }

    void aDragThatEndsWhereItBeganLeavesNothing()
    {
        Desk desk;
        const Project before = desk.document.project();
        const Keypoint2D start = desk.seen(5, Nose);
        const int drag = desk.editor.beginDrag();
        desk.editor.moveKeypoints(5, {{1, Nose, 1, 1}}, drag);
        QSignalSpy changed(&desk.document, &PoseDocument::changed);
        desk.editor.moveKeypoints(5, {{1, Nose, start.x, start.y}}, drag);
        QCOMPARE(desk.steps(), 0);
        QVERIFY(desk.document.project() == before);
        QVERIFY(!changed.isEmpty());
        QVERIFY(!desk.document.isModified());
        desk.editor.moveKeypoints(5, {{1, Nose, 7, 8}}, drag); // the mouse goes on
        QCOMPARE(desk.steps(), 1);
        desk.document.undoStack()->undo();
        QVERIFY(desk.document.project() == before);
    }

    void aDragThatIsSavedHalfwayIsTwoSteps()
    {
        Desk desk;
        const int drag = desk.editor.beginDrag();
        desk.editor.moveKeypoints(5, {{1, Nose, 1, 1}}, drag);
        desk.document.sealHistory();
        desk.editor.moveKeypoints(5, {{1, Nose, 2, 2}}, drag);
        QCOMPARE(desk.steps(), 2);
        desk.document.undoStack()->undo();
        QCOMPARE(desk.seen(5, Nose).x, 1.0);
    }

    void editsThatChangeNothingMakeNoStep()
    {
        Desk desk;
        QVERIFY(!desk.editor.moveKeypoints(5, {}));
        QVERIFY(!desk.editor.setLocked({1, {0, 3}, {Nose}}, false));
        QVERIFY(!desk.editor.swapPeople(1, 1, 3));
        QVERIFY(!desk.editor.swapPeople(1, 9, 3));
        QVERIFY(!desk.editor.mergePeople(1, 9));
        QVERIFY(!desk.editor.deletePerson(9));
        QCOMPARE(desk.editor.splitPerson(1, 0), 0);
        PoseDocument empty;
        QCOMPARE(PoseEditor(&empty).newPerson(), 0);
        QCOMPARE(desk.steps(), 0);
    }
};

QTEST_GUILESS_MAIN(TestPoseEditor)
#include "tst_poseeditor.moc"
