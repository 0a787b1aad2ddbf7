// Correcting keypoints with the mouse and the keys in the real window.

#include "core/document/journal/projectjournal.h"
#include "core/io/projectfile.h"
#include "gui/mainwindow.h"
#include "gui/playbackcontroller.h"
#include "tests/core/edit/editproject.h"
#include "tests/support/burntclip.h"
#include "widgets/image/frameview.h"

#include <QAction>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace poselift;

namespace {

constexpr int kWaitMs = 60000;

enum Joint
{
    Nose,
    LeftShoulder,
    RightShoulder,
    LeftWrist,
    RightWrist
};

} // namespace

class TestEditing : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;

    FrameView *view() const { return m_window->frameView(); }
    PoseDocument *document() const { return m_window->document(); }
    Keypoint2D seen(int joint, qint64 frame = 5) const
    {
        return document()->project().effectivePose(1, frame)[static_cast<std::size_t>(joint)];
    }
    QPoint at(double x, double y) const
    {
        return view()->transform().viewFromImage({x, y}).toPoint();
    }
    QPoint at(int joint) const { return at(seen(joint).x, seen(joint).y); }
    void trigger(const char *action) const
    {
        m_window->findChild<QAction *>(QString::fromLatin1(action))->trigger();
    }
    int steps() const { return document()->undoStack()->count(); }

    /// Presses, moves in small steps and releases, as a hand does.
    void dragMouse(QPoint from, QPoint to, int moves = 10) const
    {
        QTest::mousePress(view(), Qt::LeftButton, {}, from);
        for (int i = 1; i <= moves; ++i)
            QTest::mouseMove(view(), from + (to - from) * i / moves);
        QTest::mouseRelease(view(), Qt::LeftButton, {}, to);
    }

    void choose(int joint) const
    {
        QTest::mouseClick(view(), Qt::LeftButton, {}, at(joint));
        QCOMPARE(m_window->selection()->joint(), joint);
        QCOMPARE(m_window->selection()->track(), 1);
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("POSELIFT_STATE", m_folder.filePath(QStringLiteral("state")).toUtf8());
        const QString clip = m_folder.filePath(QStringLiteral("clip.mp4"));
        const QString problem = burntclip::ffmpeg(
            {QStringLiteral("-f"), QStringLiteral("lavfi"), QStringLiteral("-i"),
             burntclip::filters(320, 240, 30), QStringLiteral("-c:v"), QStringLiteral("libx264"),
             QStringLiteral("-pix_fmt"), QStringLiteral("yuv420p"), clip});
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    /// A project of its own for every test, at frame 5; joints are 10 px apart, so they are drawn
    /// large.
    void init()
    {
        static int count = 0;
        const QString path = m_folder.filePath(QStringLiteral("%1.poselift").arg(++count));
        Project project = makeEditProject();
        project.media = {};
        project.media.path = m_folder.filePath(QStringLiteral("clip.mp4")).toStdString();
        for (KeypointTrack &track : project.keypointLayers[0].tracks) {
            for (int joint = 0; joint < 5; ++joint) {
                for (std::int64_t frame = track.firstFrame; frame < track.endFrame(); ++frame)
                    track.setKeypoint(frame, joint,
                                      {40.0 + 50 * joint,
                                       60.0 + 40 * (joint % 3) + (track.id - 1) * 60, 0.9F,
                                       KeypointState::Visible});
            }
        }
        QVERIFY(writeProject(project, path.toStdString()).ok());
        WindowOptions options;
        options.settingsFile = m_folder.filePath(QStringLiteral("settings.ini"));
        options.workerProgram = QStringLiteral(FAKE_WORKER);
        options.offerSample = false;
        m_window = std::make_unique<MainWindow>(options);
        m_window->show();
        QSignalSpy indexed(m_window->playback(), &PlaybackController::indexed);
        m_window->openPath(path);
        QTRY_COMPARE_WITH_TIMEOUT(indexed.count(), 1, kWaitMs);
        m_window->playback()->goToFrame(5);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->playback()->shownFrame().index, 5, kWaitMs);
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get())); // shortcuts need it
        view()->setFocus();
    }

    void cleanup() { m_window.reset(); }

    void dragMovesAJointInOneStep()
    {
        const QPoint from = at(LeftWrist);
        const QPoint to = from + QPoint(37, -21);
        const double scale = view()->transform().scale();
        const Keypoint2D before = seen(LeftWrist);
        dragMouse(from, to);
        QCOMPARE(steps(), 1);
        const Keypoint2D moved = seen(LeftWrist);
        QVERIFY(std::abs(moved.x - (before.x + 37 / scale)) < 0.01);
        QVERIFY(std::abs(moved.y - (before.y - 21 / scale)) < 0.01);
        QCOMPARE(moved.origin, KeypointOrigin::Corrected);
        QCOMPARE(m_window->selection()->joint(), int(LeftWrist));
        QCOMPARE(seen(LeftWrist, 6), before);
        trigger("undoAction");
        QCOMPARE(seen(LeftWrist), before);
    }

    void theJointFollowsWhileTheButtonIsDown()
    {
        const QPoint from = at(Nose);
        QTest::mousePress(view(), Qt::LeftButton, {}, from);
        QTest::mouseMove(view(), from + QPoint(15, 0));
        const double first = seen(Nose).x;
        QVERIFY(first > 40.0);
        QTest::mouseMove(view(), from + QPoint(30, 0));
        QVERIFY(seen(Nose).x > first);
        QTest::mouseMove(view(), from);
        QTest::mouseRelease(view(), Qt::LeftButton, {}, from);
        QVERIFY(std::abs(seen(Nose).x - 40.0) < 0.01);
    }

    void aClickMovesNothing()
    {
        choose(Nose);
        QCOMPARE(steps(), 0);
    }

    void rightClickAndVGoRoundTheStates()
    {
        QTest::mouseClick(view(), Qt::RightButton, {}, at(Nose));
        QCOMPARE(seen(Nose).state, KeypointState::Occluded);
        QCOMPARE(m_window->selection()->joint(), int(Nose));
        QTest::keyClick(view(), Qt::Key_V);
        QCOMPARE(seen(Nose).state, KeypointState::Absent);
        QTest::keyClick(view(), Qt::Key_V);
        QCOMPARE(seen(Nose).state, KeypointState::Visible);
        QCOMPARE(steps(), 3);
    }

    void arrowsNudgeOnlyWithAJointChosen()
    {
        QTest::keyClick(view(), Qt::Key_Right);
        QCOMPARE(steps(), 0);
        QCOMPARE(m_window->selection()->frame(), 6);
        m_window->playback()->goToFrame(5);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->playback()->shownFrame().index, 5, kWaitMs);
        choose(Nose);
        QTest::keyClick(view(), Qt::Key_Right);
        QCOMPARE(seen(Nose).x, 41.0);
        QTest::keyClick(view(), Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(seen(Nose).y, 70.0);
        QTest::keyClick(view(), Qt::Key_Left, Qt::AltModifier);
        QVERIFY(std::abs(seen(Nose).x - 40.9) < 1e-4);
        QTest::keyClick(view(), Qt::Key_Up);
        QCOMPARE(seen(Nose).y, 69.0);
        QCOMPARE(m_window->selection()->frame(), 5);
        QCOMPARE(steps(), 1); // in quick succession
    }

    void tabGoesThroughTheJoints()
    {
        choose(Nose);
        QTest::keyClick(view(), Qt::Key_Tab);
        QCOMPARE(m_window->selection()->joint(), int(LeftShoulder));
        QTest::keyClick(view(), Qt::Key_Backtab, Qt::ShiftModifier);
        QTest::keyClick(view(), Qt::Key_Backtab, Qt::ShiftModifier);
        QCOMPARE(m_window->selection()->joint(), int(RightWrist));
        QVERIFY(view()->hasFocus());
    }

    void deleteCopyPasteAndFromPrevious()
    {
        choose(LeftWrist);
        QTest::keyClick(view(), Qt::Key_Delete);
        QCOMPARE(seen(LeftWrist).state, KeypointState::Absent);
        QTest::keyClick(view(), Qt::Key_B, Qt::ControlModifier);
        QCOMPARE(seen(LeftWrist).state, KeypointState::Visible);
        QTest::keyClick(view(), Qt::Key_C, Qt::ControlModifier);
        m_window->playback()->goToFrame(25);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->playback()->shownFrame().index, 25, kWaitMs);
        QTest::keyClick(view(), Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(seen(RightWrist, 25).x, 240.0);
        QCOMPARE(steps(), 3);
    }

    void xSwapsLeftAndRight()
    {
        const double left = seen(LeftWrist).x;
        const double right = seen(RightWrist).x;
        choose(LeftWrist);
        QTest::keyClick(view(), Qt::Key_X);
        QCOMPARE(seen(LeftWrist).x, right);
        QCOMPARE(seen(RightWrist).x, left);
        QCOMPARE(seen(LeftShoulder).x, 90.0);
    }

    void aLockedJointStays()
    {
        choose(Nose);
        QTest::keyClick(view(), Qt::Key_L);
        QVERIFY(seen(Nose).locked);
        const QPoint from = at(Nose);
        dragMouse(from, from + QPoint(40, 40));
        QCOMPARE(seen(Nose).x, 40.0);
        QCOMPARE(steps(), 1);
        QTest::keyClick(view(), Qt::Key_L);
        QVERIFY(!seen(Nose).locked);
    }

    void peopleCanBeAddedSplitAndDeleted()
    {
        trigger("newPersonAction");
        QCOMPARE(m_window->selection()->track(), 3);
        m_window->selection()->setTrack(1);
        trigger("splitPersonAction");
        QCOMPARE(m_window->selection()->track(), 4);
        trigger("deletePersonAction");
        QCOMPARE(document()->project().trackIds(), (std::vector<TrackId>{1, 2, 3}));
        QCOMPARE(steps(), 3);
    }

    void everyEditIsOnTheDiskAtOnce()
    {
        dragMouse(at(Nose), at(Nose) + QPoint(30, 30));
        QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<ProjectJournal *>()->isAcknowledged(),
                                 kWaitMs);
    }
};

QTEST_MAIN(TestEditing)
#include "tst_editing.moc"
