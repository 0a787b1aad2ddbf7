#include "core/document/commands.h"
#include "core/document/posedocument.h"
#include "core/document/poseeditor.h"

#include "tests/core/edit/editproject.h"
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
        row("note", [](PoseEditor &e) { return e.setNote(QStringLiteral("Skip"), "review_skipped", "1:5"); });
        row("place", [](PoseEditor &e) { return e.placeKeypoint(25, {1, Nose, 1, 2}); });
        row("paste", [](PoseEditor &e) {
            return e.pastePose(1, 5, Pose2D(5, {1, 2, 1, KeypointState::Visible}));
        });
        row("copy from previous", [](PoseEditor &e) { return e.copyFromPrevious(1, 5); });
        row("copy one from previous", [](PoseEditor &e) { return e.copyFromPrevious(1, 5, Nose); });
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
        QVERIFY(!change.tracks.empty());
        QVERIFY2(!desk.document.undoStack()->undoText().isEmpty(), "every step has a text");
        const Project after = desk.document.project();
        QVERIFY(!(after == before));
        desk.document.undoStack()->undo();
        QVERIFY(desk.document.project() == before);
        desk.document.undoStack()->redo();
        QVERIFY(desk.document.project() == after);
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
