// Edits over frames and of people in the real window: the timeline's range, menus, keys and dialogs.

#include "core/document/journal/projectjournal.h"
#include "core/document/poseeditor.h"
#include "core/io/projectfile.h"
#include "core/pose/edit/stale3d.h"
#include "core/pose/edit/trackedits.h"
#include "gui/dialogs/persondialog.h"
#include "gui/dialogs/smoothdialog.h"
#include "gui/mainwindow.h"
#include "gui/playbackcontroller.h"
#include "tests/core/edit/editproject.h"
#include "tests/support/burntclip.h"
#include "widgets/image/frameview.h"
#include "widgets/timeline/timelineview.h"

#include <QAction>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QProgressDialog>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QUndoView>
#include <QtTest/QtTest>

using namespace poselift;

namespace {

constexpr int kWaitMs = 60000;
constexpr int kManyFrames = 100'000;

enum Joint
{
    Nose,
    LeftShoulder,
    RightShoulder,
    LeftWrist,
    RightWrist
};

/// Joints far apart; every second frame 2 px to the right, so that there is something to smooth.
void makeJerky(Project &project)
{
    for (KeypointTrack &track : project.keypointLayers[0].tracks) {
        for (std::int64_t frame = track.firstFrame; frame < track.endFrame(); ++frame) {
            for (int joint = 0; joint < 5; ++joint)
                track.setKeypoint(frame, joint,
                                  {40.0 + 50 * joint + 2.0 * static_cast<double>(frame % 2),
                                   60.0 + 40 * (joint % 3) + (track.id - 1) * 60, 0.9F, KeypointState::Visible});
        }
    }
}

using Check = std::function<bool(const Keypoint2D &before, const Keypoint2D &after)>;

} // namespace

Q_DECLARE_METATYPE(Check)

class TestRangeEditing : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;

    PoseDocument *document() const { return m_window->document(); }
    const Project &project() const { return m_window->document()->project(); }
    Selection *selection() const { return m_window->selection(); }
    template <typename T>
    T *find(const char *name) const
    {
        return m_window->findChild<T *>(QString::fromLatin1(name));
    }
    TimelineView *timeline() const { return find<TimelineView>("timelineView"); }
    QAction *action(const char *name) const { return find<QAction>(name); }
    Keypoint2D seen(int joint, qint64 frame, TrackId track = 1) const
    {
        return project().effectivePose(track, frame)[static_cast<std::size_t>(joint)];
    }
    int steps() const { return document()->undoStack()->count(); }
    QString status() const { return m_window->statusBar()->currentMessage(); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::keyClick(m_window->frameView(), key, modifiers);
    }
    void goTo(qint64 frame) const
    {
        m_window->playback()->goToFrame(frame);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->playback()->shownFrame().index, frame, kWaitMs);
    }
    void correct(qint64 frame, int joint, double x, double y) const
    {
        PoseEditor(document()).moveKeypoints(frame, {{1, joint, x, y}});
    }

    QPoint pointOf(qint64 frame, int y = 5) const
    {
        return {static_cast<int>((timeline()->xOfFrame(frame) + timeline()->xOfFrame(frame + 1)) / 2), y};
    }
    /// In the middle of the handle at one end of the range.
    QPoint handle(bool first) const
    {
        const FrameRange range = timeline()->range();
        const double edge = first ? timeline()->xOfFrame(range.first) - 4 : timeline()->xOfFrame(range.last + 1) + 4;
        return {static_cast<int>(edge), 5};
    }
    void dragTimeline(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers) const
    {
        QTest::mousePress(timeline(), Qt::LeftButton, modifiers, from);
        for (int i = 1; i <= 8; ++i)
            QTest::mouseMove(timeline(), from + (to - from) * i / 8);
        QTest::mouseRelease(timeline(), Qt::LeftButton, modifiers, to);
    }

    QString saved(const Project &project) const
    {
        static int count = 0;
        const QString path = m_folder.filePath(QStringLiteral("%1.poselift").arg(++count));
        return writeProject(project, path.toStdString()).ok() ? path : QString();
    }
    void open(const QString &path) const
    {
        QSignalSpy indexed(m_window->playback(), &PlaybackController::indexed);
        m_window->openPath(path);
        QTRY_COMPARE_WITH_TIMEOUT(indexed.count(), 1, kWaitMs);
    }
    Project sample() const
    {
        Project project = makeEditProject();
        project.media = {};
        project.media.path = m_folder.filePath(QStringLiteral("clip.mp4")).toStdString();
        makeJerky(project);
        return project;
    }
    void addThirdPerson() const
    {
        QVERIFY(PoseEditor(document()).newPerson() == 3);
        PoseEditor(document()).moveKeypoints(5, {{3, Nose, 200, 200}});
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("POSELIFT_STATE", m_folder.filePath(QStringLiteral("state")).toUtf8());
        const QString clip = m_folder.filePath(QStringLiteral("clip.mp4"));
        const QString problem =
            burntclip::ffmpeg({QStringLiteral("-f"), QStringLiteral("lavfi"), QStringLiteral("-i"),
                               burntclip::filters(320, 240, 30), QStringLiteral("-c:v"), QStringLiteral("libx264"),
                               QStringLiteral("-pix_fmt"), QStringLiteral("yuv420p"), clip});
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    /// Person 1 chosen, frame 5 shown.
    void init()
    {
        WindowOptions options;
        options.settingsFile = m_folder.filePath(QStringLiteral("settings.ini"));
        options.workerProgram = QStringLiteral(FAKE_WORKER);
        options.offerSample = false;
        m_window = std::make_unique<MainWindow>(options);
        m_window->resize(1200, 800);
        m_window->show();
        open(saved(sample()));
        goTo(5);
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get())); // shortcuts need it
        m_window->frameView()->setFocus();
        selection()->setTrack(1);
    }

    void cleanup() { m_window.reset(); }

    // Choosing a range

    void shiftDragOnTheTimelineChoosesARange()
    {
        dragTimeline(pointOf(8), pointOf(17), Qt::ShiftModifier);
        QCOMPARE(selection()->range(), (FrameRange{8, 17}));
        QCOMPARE(timeline()->range(), (FrameRange{8, 17}));
        QCOMPARE(selection()->frame(), 17);
        auto *label = find<QLabel>("rangeLabel");
        QVERIFY(label->isVisible());
        QVERIFY2(label->text().contains(QStringLiteral("8–17")), qPrintable(label->text()));
        QVERIFY2(label->text().contains(QStringLiteral("10 frame")), qPrintable(label->text()));
        QVERIFY2(timeline()->accessibleDescription().contains(label->text()), "read aloud");
        dragTimeline(pointOf(20), pointOf(12), Qt::ShiftModifier);
        QCOMPARE(selection()->range(), (FrameRange{12, 20}));
        dragTimeline(pointOf(3), pointOf(4), Qt::NoModifier);
        QCOMPARE(selection()->range(), (FrameRange{12, 20}));
        QCOMPARE(selection()->frame(), 4);
    }

    void theEndsOfTheRangeCanBeDragged()
    {
        selection()->setRange({10, 15});
        dragTimeline(handle(false), pointOf(21), Qt::NoModifier);
        QCOMPARE(selection()->range(), (FrameRange{10, 21}));
        dragTimeline(handle(true), pointOf(4), Qt::NoModifier);
        QCOMPARE(selection()->range(), (FrameRange{4, 21}));
        dragTimeline(handle(true), pointOf(25), Qt::NoModifier); // past the other end
        QCOMPARE(selection()->range(), (FrameRange{21, 25}));
        QTest::mouseMove(timeline(), handle(true));
        QTRY_COMPARE(timeline()->cursor().shape(), Qt::SizeHorCursor);
        QTest::mouseMove(timeline(), pointOf(1));
        QTRY_COMPARE(timeline()->cursor().shape(), Qt::ArrowCursor);
    }

    void doubleClickAndEscapeClearTheRange()
    {
        selection()->setRange({10, 15});
        QTest::mouseDClick(timeline(), Qt::LeftButton, {}, pointOf(12));
        QCOMPARE(selection()->range().count(), 0);
        QVERIFY(!find<QLabel>("rangeLabel")->isVisible());
        dragTimeline(pointOf(8), pointOf(17), Qt::ShiftModifier);
        QTest::mouseDClick(timeline(), Qt::LeftButton, {}, pointOf(25));
        QCOMPARE(selection()->range(), (FrameRange{8, 17}));
        timeline()->setFocus();
        QTest::keyClick(timeline(), Qt::Key_Escape);
        QCOMPARE(selection()->range().count(), 0);
    }

    void theKeyboardAloneChoosesARange()
    {
        QVERIFY(!action("rangeClearAction")->isEnabled());
        press(Qt::Key_BracketLeft);
        QCOMPARE(selection()->range(), (FrameRange{5, 5}));
        goTo(12);
        press(Qt::Key_BracketRight);
        QCOMPARE(selection()->range(), (FrameRange{5, 12}));
        goTo(7);
        press(Qt::Key_BracketLeft);
        QCOMPARE(selection()->range(), (FrameRange{7, 12}));
        goTo(20);
        press(Qt::Key_BracketLeft);
        QCOMPARE(selection()->range(), (FrameRange{20, 20}));
        goTo(3);
        press(Qt::Key_BracketRight);
        QCOMPARE(selection()->range(), (FrameRange{3, 3}));
        press(Qt::Key_BracketLeft, Qt::ControlModifier);
        QCOMPARE(selection()->range(), (FrameRange{0, 29}));
        press(Qt::Key_Escape, Qt::ShiftModifier);
        QCOMPARE(selection()->range().count(), 0);
    }

    void anotherDocumentHasNoRange()
    {
        selection()->setRange({10, 15});
        open(saved(sample()));
        QCOMPARE(selection()->range().count(), 0);
    }

    // Edits over the range

    void interpolationFillsTheRange()
    {
        correct(4, Nose, 0, 0);
        correct(8, Nose, 40, 80);
        selection()->setJoint(Nose);
        selection()->setRange({4, 8});
        press(Qt::Key_I);
        QCOMPARE(seen(Nose, 6).x, 20.0);
        QCOMPARE(seen(Nose, 7).y, 60.0);
        QCOMPARE(seen(LeftWrist, 6).origin, KeypointOrigin::Detected);
        QCOMPARE(steps(), 3);
        QCOMPARE(document()->undoStack()->undoText(), QStringLiteral("Interpolate 3 keypoint(s), frames 5–7"));
        QCOMPARE(status(), document()->undoStack()->undoText());
    }

    void withoutARangeInterpolationGoesToTheNextKeyframes()
    {
        for (const int frame : {2, 3, 8, 9})
            correct(frame, Nose, 10.0 * frame, 1.0 * frame * frame);
        selection()->setJoint(Nose);
        press(Qt::Key_I, Qt::ShiftModifier); // cubic: keeps a parabola
        QVERIFY(std::abs(seen(Nose, 5).y - 25.0) < 1e-3);
        QCOMPARE(seen(Nose, 9).y, 81.0);
        QCOMPARE(seen(Nose, 10).origin, KeypointOrigin::Detected);
        selection()->setJoint(LeftWrist);
        const int before = steps();
        press(Qt::Key_I);
        QCOMPARE(steps(), before);
        QVERIFY2(status().contains(QStringLiteral("Nothing to interpolate")), qPrintable(status()));
    }

    void theSmoothDialogSaysWhatItWillDoAndDoesIt()
    {
        selection()->setRange({0, 19});
        selection()->setJoints({Nose, LeftWrist});
        press(Qt::Key_I, Qt::ControlModifier);
        auto *dialog = find<SmoothDialog>("smoothDialog");
        QVERIFY(dialog != nullptr && dialog->isVisible());
        auto *effect = dialog->findChild<QLabel *>(QStringLiteral("smoothEffect"));
        QTRY_VERIFY_WITH_TIMEOUT(effect->text().startsWith(QStringLiteral("40 keypoint")), kWaitMs);
        dialog->findChild<QRadioButton *>(QStringLiteral("smoothAll"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(effect->text().startsWith(QStringLiteral("100 keypoint")), kWaitMs);
        dialog->findChild<QRadioButton *>(QStringLiteral("smoothChosen"))->click();
        auto *window = dialog->findChild<QSpinBox *>(QStringLiteral("smoothWindow"));
        window->setValue(10);
        QCOMPARE(dialog->options().window, 11);
        dialog->findChild<QSpinBox *>(QStringLiteral("smoothOrder"))->setValue(1);
        QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("smoothOk")), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(steps(), 1, kWaitMs);
        QVERIFY(std::abs(seen(Nose, 10).x - seen(Nose, 11).x) < 0.3);
        QCOMPARE(std::abs(seen(RightWrist, 10).x - seen(RightWrist, 11).x), 2.0);
        QTRY_VERIFY(find<SmoothDialog>("smoothDialog") == nullptr);
        action("smoothAction")->trigger(); // remembers
        QCOMPARE(find<SmoothDialog>("smoothDialog")->options().window, 11);
    }

    void smoothingWithOneEuroAndCancelling()
    {
        selection()->setRange({0, 19});
        action("smoothAction")->trigger();
        auto *dialog = find<SmoothDialog>("smoothDialog");
        QVERIFY(!dialog->findChild<QRadioButton *>(QStringLiteral("smoothChosen"))->isVisible());
        dialog->findChild<QComboBox *>(QStringLiteral("smoothMethod"))->setCurrentIndex(1);
        dialog->findChild<QDoubleSpinBox *>(QStringLiteral("smoothMinCutoff"))->setValue(0.5);
        dialog->findChild<QPushButton *>(QStringLiteral("smoothDefaults"))->click();
        QCOMPARE(dialog->options().method, SmoothingMethod::OneEuro);
        QCOMPARE(dialog->options().minCutoffHz, SmoothingOptions().minCutoffHz);
        dialog->findChild<QPushButton *>(QStringLiteral("smoothCancel"))->click();
        QCOMPARE(steps(), 0);
        QTRY_VERIFY(find<SmoothDialog>("smoothDialog") == nullptr);
        action("smoothAction")->trigger();
        dialog = find<SmoothDialog>("smoothDialog");
        dialog->findChild<QComboBox *>(QStringLiteral("smoothMethod"))->setCurrentIndex(1);
        dialog->findChild<QPushButton *>(QStringLiteral("smoothOk"))->click();
        QTRY_COMPARE_WITH_TIMEOUT(steps(), 1, kWaitMs);
        QCOMPARE(seen(RightWrist, 11).origin, KeypointOrigin::Interpolated);
    }

    void everyStateEditWorksOnTheChosenJointsOverTheRange_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<Check>("check");
        const auto row = [](const char *name, Check check) {
            QTest::newRow(name) << QString::fromLatin1(name) << std::move(check);
        };
        const auto becomes = [](KeypointState state) {
            return [state](const Keypoint2D &, const Keypoint2D &after) { return after.state == state; };
        };
        row("rangeOccludedAction", becomes(KeypointState::Occluded));
        row("rangeAbsentAction", becomes(KeypointState::Absent));
        row("rangeDeleteAction", becomes(KeypointState::Absent)); // else the detection would come back
        row("refuseRangeAction", becomes(KeypointState::Absent));
        row("rangeLockAction", [](const Keypoint2D &, const Keypoint2D &after) { return after.locked; });
        row("acceptRangeAction", [](const Keypoint2D &before, const Keypoint2D &after) { return before == after; });
        row("swapJointsOverRangeAction",
            [](const Keypoint2D &before, const Keypoint2D &after) { return after.x == before.x + 50; });
    }

    void everyStateEditWorksOnTheChosenJointsOverTheRange()
    {
        QFETCH(QString, name);
        QFETCH(Check, check);
        const Project before = project();
        selection()->setRange({3, 12});
        selection()->setJoint(LeftWrist);
        action(qPrintable(name))->trigger();
        QCOMPARE(steps(), 1);
        for (int frame = 0; frame < 20; ++frame) {
            const Keypoint2D was = before.effectivePose(1, frame)[LeftWrist];
            if (frame >= 3 && frame <= 12)
                QVERIFY2(check(was, seen(LeftWrist, frame)), qPrintable(QString::number(frame)));
            else
                QCOMPARE(seen(LeftWrist, frame), was);
            QCOMPARE(seen(LeftShoulder, frame), before.effectivePose(1, frame)[LeftShoulder]);
        }
        QCOMPARE(findTrack(project().tracks, 1)->frameCount(), 10); // all of them, nothing else
        action("undoAction")->trigger();
        Project after = project(), expected = before;
        after.meta.erase(kStale3d); // no undo step: what is to be lifted again
        expected.meta.erase(kStale3d);
        QVERIFY(after == expected);
    }

    void statesAndLocksComeBack()
    {
        selection()->setRange({3, 12});
        action("rangeAbsentAction")->trigger();
        action("rangeVisibleAction")->trigger();
        QCOMPARE(seen(RightWrist, 12).state, KeypointState::Visible);
        action("rangeLockAction")->trigger();
        action("rangeDeleteAction")->trigger(); // all locked
        QVERIFY2(status().contains(QStringLiteral("locked")), qPrintable(status()));
        action("rangeUnlockAction")->trigger();
        QVERIFY(!seen(RightWrist, 12).locked);
        QCOMPARE(steps(), 4);
    }

    void withoutARangeTheFrameThatIsShownIsEdited()
    {
        action("rangeOccludedAction")->trigger();
        QCOMPARE(seen(Nose, 5).state, KeypointState::Occluded);
        QCOMPARE(seen(RightWrist, 5).state, KeypointState::Occluded);
        QCOMPARE(seen(Nose, 4).state, KeypointState::Visible);
        QCOMPARE(seen(Nose, 6).state, KeypointState::Visible);
        QCOMPARE(document()->undoStack()->undoText(), QStringLiteral("Mark 5 keypoint(s) occluded, frame 5"));
    }

    void aLimbOrAWholePersonChangesSidesOverTheRange()
    {
        const Project before = project();
        const auto was = [&before](int joint) {
            return before.effectivePose(1, 10)[static_cast<std::size_t>(joint)].x;
        };
        selection()->setRange({3, 12});
        selection()->setJoint(LeftWrist);
        action("swapLimbOverRangeAction")->trigger();
        QCOMPARE(seen(LeftWrist, 10).x, was(RightWrist));
        QCOMPARE(seen(LeftShoulder, 10).x, was(RightShoulder));
        QCOMPARE(seen(LeftShoulder, 13), before.effectivePose(1, 13)[LeftShoulder]);
        selection()->setJoint(-1);
        action("swapPersonOverRangeAction")->trigger();
        QCOMPARE(seen(LeftWrist, 10).x, was(LeftWrist));
        QCOMPARE(steps(), 2);
    }

    void predictionsAreAcceptedAndRefusedInAllThreeScopes()
    {
        selection()->setRange({3, 12});
        selection()->setJoints({Nose, LeftWrist});
        const auto annotated = [this](int joint, qint64 frame) {
            const KeypointTrack *track = findTrack(project().tracks, 1);
            return track != nullptr ? track->keypoint(frame, joint).state : KeypointState::Missing;
        };
        action("acceptJointAction")->trigger();
        QCOMPARE(annotated(Nose, 5), KeypointState::Visible);
        QCOMPARE(annotated(RightWrist, 5), KeypointState::Missing);
        QCOMPARE(annotated(Nose, 6), KeypointState::Missing);
        press(Qt::Key_Y);
        QCOMPARE(annotated(RightWrist, 5), KeypointState::Visible);
        action("acceptRangeAction")->trigger();
        QCOMPARE(annotated(LeftWrist, 12), KeypointState::Visible);
        QCOMPARE(annotated(RightWrist, 12), KeypointState::Missing);
        goTo(15);
        action("refuseJointAction")->trigger();
        QCOMPARE(annotated(Nose, 15), KeypointState::Absent);
        QCOMPARE(annotated(RightWrist, 15), KeypointState::Missing);
        press(Qt::Key_Y, Qt::ShiftModifier);
        QCOMPARE(annotated(RightWrist, 15), KeypointState::Absent);
        action("refuseRangeAction")->trigger();
        QCOMPARE(annotated(LeftWrist, 3), KeypointState::Absent);
        QCOMPARE(annotated(RightWrist, 3), KeypointState::Missing);
        QCOMPARE(steps(), 6);
        action("acceptRangeAction")->trigger();
        QVERIFY2(status().contains(QStringLiteral("No open predictions")), qPrintable(status()));
    }

    void actionsThatCannotDoAnythingSayWhy()
    {
        const auto reason = [this](const char *name) {
            const QAction *what = action(name);
            return what->isEnabled() ? QString() : what->statusTip();
        };
        QVERIFY(reason("smoothAction").contains(QStringLiteral("range")));
        QVERIFY(reason("acceptRangeAction").contains(QStringLiteral("range")));
        QVERIFY(reason("swapLimbOverRangeAction").contains(QStringLiteral("joint")));
        selection()->setJoint(Nose);
        QVERIFY(reason("swapLimbOverRangeAction").contains(QStringLiteral("left and right")));
        selection()->setJoint(LeftWrist);
        QVERIFY(reason("swapLimbOverRangeAction").isEmpty());
        selection()->setTrack(0);
        for (const char *name : {"interpolateLinearAction", "smoothAction", "rangeLockAction", "acceptFrameAction",
                                 "mergePersonAction", "renamePersonAction", "deletePersonAction", "splitPersonAction"})
            QVERIFY2(reason(name).contains(QStringLiteral("person")), name);
        QVERIFY2(reason("swapPeopleAction").isEmpty(), "of two people everybody knows who is meant");
        PoseEditor(document()).deletePerson(2);
        QVERIFY(reason("swapPeopleAction").contains(QStringLiteral("other person")));
    }

    void theMenuSaysWhatItWorksOn()
    {
        selection()->setRange({3, 12});
        selection()->setJoints({Nose, LeftWrist});
        auto *menu = find<QMenu>("rangeEditMenu");
        Q_EMIT menu->aboutToShow();
        const QString text = action("rangeTargetAction")->text();
        QVERIFY2(text.contains(QStringLiteral("3–12")) && text.contains(QStringLiteral("left wrist")),
                 qPrintable(text));
    }

    // People

    void twoPeopleChangePlacesAtOnce()
    {
        goTo(15);
        const Keypoint2D one = seen(Nose, 15, 1);
        press(Qt::Key_T, Qt::ControlModifier);
        QCOMPARE(seen(Nose, 15, 2), one);
        QCOMPARE(steps(), 1);
        QCOMPARE(document()->undoStack()->undoText(), QStringLiteral("Swap persons 1 and 2 from frame 15 on"));
        QVERIFY(find<PersonDialog>("personDialog") == nullptr);
    }

    void ofMoreThanTwoADialogAsksWithWhom()
    {
        addThirdPerson();
        goTo(15);
        const Keypoint2D two = seen(Nose, 15, 2);
        press(Qt::Key_T, Qt::ControlModifier);
        auto *dialog = find<PersonDialog>("personDialog");
        QVERIFY(dialog != nullptr && dialog->isVisible());
        auto *list = dialog->findChild<QListWidget *>(QStringLiteral("personList"));
        QCOMPARE(list->count(), 2);
        QVERIFY2(list->item(0)->text().startsWith(QStringLiteral("#2")), "the nearest first");
        QVERIFY(!list->item(0)->icon().isNull());
        QVERIFY(list->item(1)->text().contains(QStringLiteral("not seen")));
        QTest::keyClick(list, Qt::Key_Down);
        QCOMPARE(dialog->track(), 3);
        QTest::keyClick(list, Qt::Key_Up);
        QTest::keyClick(list, Qt::Key_Return);
        QTRY_COMPARE(seen(Nose, 15, 1), two);
    }

    void oneIsMergedIntoAnother()
    {
        addThirdPerson();
        selection()->setTrack(2);
        action("mergePersonAction")->trigger();
        auto *dialog = find<PersonDialog>("personDialog");
        auto *list = dialog->findChild<QListWidget *>(QStringLiteral("personList"));
        QVERIFY2(list->item(0)->text().startsWith(QStringLiteral("#3")), "shares no frame");
        QVERIFY(list->item(1)->text().contains(QStringLiteral("both seen")));
        const Keypoint2D two = seen(Nose, 25, 2);
        list->setCurrentRow(1);
        dialog->findChild<QPushButton *>(QStringLiteral("personOk"))->click();
        QCOMPARE(project().trackIds(), (std::vector<TrackId>{1, 3}));
        QCOMPARE(seen(Nose, 25, 1), two);
        QCOMPARE(selection()->track(), 1);
    }

    void peopleAreAddedNamedSplitAndDeleted()
    {
        press(Qt::Key_F2);
        auto *dialog = find<QInputDialog>("renameDialog");
        QVERIFY(dialog != nullptr && dialog->isVisible());
        QTest::keyClicks(dialog->findChild<QLineEdit *>(), QStringLiteral("Ann"));
        QTest::keyClick(dialog->findChild<QLineEdit *>(), Qt::Key_Return);
        QCOMPARE(labelOf(project(), 1), std::string("Ann"));
        QCOMPARE(timeline()->strips()[0].label, QStringLiteral("Ann"));
        action("splitPersonAction")->trigger();
        QCOMPARE(selection()->track(), 3);
        QCOMPARE(seen(Nose, 4, 3).state, KeypointState::Missing);
        QCOMPARE(seen(Nose, 5, 3).state, KeypointState::Visible);
        action("deletePersonAction")->trigger();
        QCOMPARE(selection()->track(), 0);
        action("newPersonAction")->trigger();
        QCOMPARE(selection()->track(), 4);
        QCOMPARE(steps(), 4);
        action("splitPersonAction")->trigger();
        QVERIFY2(status().contains(QStringLiteral("both sides")), qPrintable(status()));
        document()->undoStack()->setIndex(0);
        QCOMPARE(labelOf(project(), 1), std::string());
        QVERIFY(timeline()->strips()[0].label.isEmpty());
    }

    void namesSurviveTheJournal()
    {
        PoseEditor(document()).renamePerson(2, QStringLiteral("Bob"));
        QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<ProjectJournal *>()->isAcknowledged(), kWaitMs);
    }

    // Undo and redo

    void undoAndRedoGoWhereTheRangeWas()
    {
        selection()->setRange({3, 6});
        selection()->setJoints({Nose, LeftWrist});
        action("rangeLockAction")->trigger();
        selection()->setTrack(2);
        selection()->setJoint(RightWrist);
        goTo(20);
        action("undoAction")->trigger();
        QCOMPARE(selection()->frame(), 6);
        QCOMPARE(selection()->track(), 1);
        QCOMPARE(selection()->joints(), (std::vector<int>{Nose, LeftWrist}));
        goTo(0);
        action("redoAction")->trigger();
        QCOMPARE(selection()->frame(), 3);
        goTo(4);
        action("undoAction")->trigger();
        QCOMPARE(selection()->frame(), 4); // is inside
    }

    void undoOfPeopleGoesWhereTheyChanged()
    {
        goTo(12);
        action("splitPersonAction")->trigger();
        QCOMPARE(selection()->track(), 3);
        goTo(2);
        action("undoAction")->trigger();
        QCOMPARE(selection()->frame(), 12);
        QCOMPARE(selection()->track(), 1); // 3 is gone
        goTo(2);
        action("redoAction")->trigger();
        QCOMPARE(selection()->frame(), 12);
        action("undoAction")->trigger();
        goTo(15);
        action("swapPeopleAction")->trigger();
        goTo(2);
        action("undoAction")->trigger();
        QCOMPARE(selection()->frame(), 15);
        action("newPersonAction")->trigger();
        action("undoAction")->trigger();
        QCOMPARE(selection()->track(), 0);
    }

    void theHistorySaysWhatAndWhere()
    {
        selection()->setRange({3, 12});
        action("rangeLockAction")->trigger();
        action("splitPersonAction")->trigger();
        const QAbstractItemModel *list = find<QUndoView>("historyList")->model();
        QCOMPARE(list->rowCount(), 3);
        QCOMPARE(list->index(1, 0).data().toString(), QStringLiteral("Lock 50 keypoint(s), frames 3–12"));
        QCOMPARE(list->index(2, 0).data().toString(), QStringLiteral("Split person 1 at frame 5"));
    }

    // Long ranges

    void aLongRangeDoesNotStopTheWindow_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("interpolate") << QStringLiteral("interpolateCubicAction");
        QTest::newRow("smooth") << QStringLiteral("smoothAction");
        QTest::newRow("occluded") << QStringLiteral("rangeOccludedAction");
    }

    void aLongRangeDoesNotStopTheWindow()
    {
        QFETCH(QString, name);
        openLongProject();
        QElapsedTimer sinceTick;
        qint64 longestGapMs = 0;
        QTimer ticks;
        connect(&ticks, &QTimer::timeout, this, [&] { longestGapMs = std::max(longestGapMs, sinceTick.restart()); });
        sinceTick.start();
        ticks.start(5);
        QElapsedTimer all;
        all.start();
        action(qPrintable(name))->trigger();
        if (auto *dialog = find<SmoothDialog>("smoothDialog"))
            dialog->accept();
        QTRY_COMPARE_WITH_TIMEOUT(steps(), 1, kWaitMs);
        longestGapMs = std::max(longestGapMs, sinceTick.elapsed());
        qInfo("%lld ms in all, %lld ms without an event", all.elapsed(), longestGapMs);
        QVERIFY2(longestGapMs < 3000, "also on a busy machine");
        QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<ProjectJournal *>()->isAcknowledged(), kWaitMs);
        all.restart();
        action("undoAction")->trigger();
        qInfo("%lld ms to undo", all.elapsed());
    }

    void aLongEditCanBeCancelled()
    {
        openLongProject();
        action("interpolateLinearAction")->trigger();
        auto *progress = find<QProgressDialog>("editProgress");
        QVERIFY(progress != nullptr);
        Q_EMIT progress->canceled();
        QTRY_VERIFY(find<QProgressDialog>("editProgress") == nullptr);
        QTest::qWait(500);
        QCOMPARE(steps(), 0);
        action("rangeLockAction")->trigger(); // the next one is not in its way
        QTRY_COMPARE_WITH_TIMEOUT(steps(), 1, kWaitMs);
    }

private:
    /// 17 joints of person 1 in 100,000 frames; the range is all of them.
    void openLongProject()
    {
        Project project = sample();
        Skeleton skeleton = *findSkeleton("coco17");
        project.skeleton = skeleton;
        project.jointLayers.clear();
        KeypointTrack track;
        track.id = 1;
        track.jointCount = 17;
        for (std::int64_t frame = 0; frame < kManyFrames; ++frame) {
            for (int joint = 0; joint < 17; ++joint)
                track.setKeypoint(frame, joint,
                                  {100.0 + 10 * joint + 2.0 * static_cast<double>(frame % 2), 50.0 + 5 * joint, 0.9F,
                                   KeypointState::Visible});
        }
        project.keypointLayers = {{"detected", skeleton, "test", {track}}};
        open(saved(project));
        selection()->setTrack(1);
        selection()->setRange({0, kManyFrames - 1});
    }
};

QTEST_MAIN(TestRangeEditing)
#include "tst_rangeediting.moc"
