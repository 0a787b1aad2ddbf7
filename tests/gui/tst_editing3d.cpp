// Correcting joints with the mouse and the keys in the 3D view of the real window.

#include "core/document/journal/projectjournal.h"
#include "core/geometry/camera.h"
#include "core/io/projectfile.h"
#include "core/pose/edit/effectivepose3d.h"
#include "gui/mainwindow.h"
#include "gui/playbackcontroller.h"
#include "tests/core/edit/posedproject.h"
#include "tests/support/burntclip.h"
#include "widgets/image/frameview.h"
#include "widgets/scene3d/sceneframe.h"
#include "widgets/scene3d/sceneview.h"

#include <QAction>
#include <QComboBox>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace poselift;

namespace {

constexpr int kWaitMs = 60000;

double distance(const Joint3D &a, const Joint3D &b)
{
    return std::hypot(a.x - b.x, a.y - b.y, a.z - b.z);
}

} // namespace

class TestEditing3d : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_path;
    std::unique_ptr<MainWindow> m_window;

    SceneView *view() const { return m_window->sceneView(); }
    const Project &project() const { return m_window->document()->project(); }
    QUndoStack *stack() const { return m_window->document()->undoStack(); }
    QAction *action(const char *name) const { return m_window->findChild<QAction *>(QString::fromLatin1(name)); }
    int index(const char *joint) const { return project().skeleton.indexOf(joint); }
    Joint3D joint(const char *name, qint64 frame = 5) const
    {
        return effectivePose3d(project(), *project().jointLayer("lifted/test"), 1, frame)
            .pose[static_cast<std::size_t>(index(name))];
    }
    Keypoint2D keypoint(const char *name, qint64 frame = 5) const
    {
        return project().effectivePose(1, frame)[static_cast<std::size_t>(index(name))];
    }
    bool isCorrected(const char *name, qint64 frame = 5) const { return isCorrected3d(project(), 1, frame, name); }
    QPoint at(const char *name) const
    {
        return view()->eye().project(sceneFromCamera(joint(name)), view()->size())->toPoint();
    }
    bool isProjected(const char *name) const
    {
        const Joint3D place = joint(name);
        const Eigen::Vector2d pixel = poselift::project(project().camera, {place.x, place.y, place.z});
        const Keypoint2D seen = keypoint(name);
        return std::abs(seen.x - pixel.x()) < 1e-2 && std::abs(seen.y - pixel.y()) < 1e-2;
    }

    void mouse(QEvent::Type type, QPoint position, Qt::KeyboardModifiers modifiers) const
    {
        const Qt::MouseButton button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
        const Qt::MouseButtons buttons = type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton;
        QMouseEvent event(type, QPointF(position), view()->mapToGlobal(QPointF(position)), button, buttons, modifiers);
        QCoreApplication::sendEvent(view(), &event);
    }
    void dragMouse(const char *name, QPoint way, Qt::KeyboardModifiers modifiers = {}, bool releases = true) const
    {
        const QPoint from = at(name);
        mouse(QEvent::MouseButtonPress, from, modifiers);
        for (int i = 1; i <= 8; ++i)
            mouse(QEvent::MouseMove, from + way * i / 8, modifiers);
        if (releases)
            mouse(QEvent::MouseButtonRelease, from + way, modifiers);
    }

    void openWindow()
    {
        WindowOptions options;
        options.settingsFile = m_folder.filePath(QStringLiteral("settings.ini"));
        options.workerProgram = QStringLiteral(FAKE_WORKER);
        options.offerSample = false;
        m_window = std::make_unique<MainWindow>(options);
        m_window->resize(1300, 800);
        m_window->show();
        QSignalSpy indexed(m_window->playback(), &PlaybackController::indexed);
        m_window->openPath(m_path);
        QTRY_COMPARE_WITH_TIMEOUT(indexed.count(), 1, kWaitMs);
        m_window->playback()->goToFrame(5);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->playback()->shownFrame().index, 5, kWaitMs);
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get())); // shortcuts need it
        m_window->selection()->setTrack(1);
        view()->showPreset(ViewPreset::Front);
        view()->setFocus();
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("POSELIFT_STATE", m_folder.filePath(QStringLiteral("state")).toUtf8());
        const QString clip = m_folder.filePath(QStringLiteral("clip.mp4"));
        const QString problem =
            burntclip::ffmpeg({QStringLiteral("-f"), QStringLiteral("lavfi"), QStringLiteral("-i"),
                               burntclip::filters(640, 480, 30), QStringLiteral("-c:v"), QStringLiteral("libx264"),
                               QStringLiteral("-pix_fmt"), QStringLiteral("yuv420p"), clip});
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void init()
    {
        static int count = 0;
        m_path = m_folder.filePath(QStringLiteral("%1.poselift").arg(++count));
        Project project = makePosedProject();
        project.media = {};
        project.media.path = m_folder.filePath(QStringLiteral("clip.mp4")).toStdString();
        QVERIFY(writeProject(project, m_path.toStdString()).ok());
        openWindow();
    }

    void cleanup() { m_window.reset(); }

    void aDragMovesTheJointAndItsKeypointInOneStep()
    {
        const Joint3D before = joint("left_wrist");
        const Keypoint2D keypointBefore = keypoint("left_wrist");
        const Joint3D elbow = joint("left_elbow"), shoulder = joint("left_shoulder");
        dragMouse("left_wrist", QPoint(20, -30));
        QCOMPARE(stack()->count(), 1);
        QVERIFY(distance(joint("left_wrist"), before) > 0.02);
        QVERIFY(isCorrected("left_wrist") && isCorrected("left_elbow") && !isCorrected("left_shoulder"));
        QVERIFY(isProjected("left_wrist") && isProjected("left_elbow"));
        QCOMPARE(keypoint("left_wrist").origin, KeypointOrigin::From3d);
        QVERIFY(std::abs(distance(joint("left_wrist"), joint("left_elbow")) - distance(before, elbow)) < 1e-4);
        QVERIFY(std::abs(distance(joint("left_elbow"), shoulder) - distance(elbow, shoulder)) < 1e-4);
        QCOMPARE(m_window->selection()->joint(), index("left_wrist"));
        action("undoAction")->trigger();
        QVERIFY(joint("left_wrist") == before && keypoint("left_wrist") == keypointBefore);
        QVERIFY(!isCorrected("left_wrist") && !isCorrected("left_elbow"));
        action("redoAction")->trigger();
        QVERIFY(isCorrected("left_wrist"));
    }

    void thePictureFollowsWhileTheButtonIsDown()
    {
        QTest::mouseClick(view(), Qt::LeftButton, {}, at("left_wrist"));
        const auto picture = [this] { return m_window->frameView()->grab().toImage(); };
        const QImage before = picture();
        const Keypoint2D keypointBefore = keypoint("left_wrist");
        dragMouse("left_wrist", QPoint(15, -20), {}, false);
        QVERIFY(picture() != before);
        const Keypoint2D during = keypoint("left_wrist");
        QVERIFY(std::hypot(during.x - keypointBefore.x, during.y - keypointBefore.y) > 2.0);
        QVERIFY(isProjected("left_wrist"));
        QVERIFY2(m_window->statusBar()->currentMessage().contains(QStringLiteral("left wrist")),
                 qPrintable(m_window->statusBar()->currentMessage()));
        QTest::keyClick(view(), Qt::Key_Escape);
        QVERIFY(keypoint("left_wrist") == keypointBefore);
        QVERIFY(picture() == before);
        QCOMPARE(stack()->count(), 0);
        mouse(QEvent::MouseButtonRelease, at("left_wrist"), {});
    }

    void withShiftOnlyTheJointMoves()
    {
        const Joint3D elbow = joint("left_elbow");
        dragMouse("left_wrist", QPoint(40, 40), Qt::ShiftModifier);
        QVERIFY(joint("left_elbow") == elbow);
        QVERIFY(isCorrected("left_wrist") && !isCorrected("left_elbow"));
        QVERIFY(distance(joint("left_wrist"), elbow) > 0.27);
    }

    void theHoldActionTurnsShiftRound()
    {
        action("holdLengthsAction")->trigger();
        const Joint3D elbow = joint("left_elbow");
        dragMouse("left_wrist", QPoint(30, 30));
        QVERIFY(joint("left_elbow") == elbow);
        dragMouse("right_wrist", QPoint(-20, -20), Qt::ShiftModifier);
        QVERIFY(isCorrected("right_elbow"));
    }

    void withCtrlTheKeypointStaysWhereItIs()
    {
        view()->showPreset(ViewPreset::Side);
        const Keypoint2D before = keypoint("nose");
        const Joint3D nose = joint("nose");
        dragMouse("nose", QPoint(30, 0), Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY2(std::abs(joint("nose").z - nose.z) > 0.03, qPrintable(QString::number(joint("nose").z)));
        QVERIFY(std::abs(keypoint("nose").x - before.x) < 0.05 && std::abs(keypoint("nose").y - before.y) < 0.05);
        QVERIFY(isCorrected("nose"));
    }

    void theRootTakesTheBodyAlong()
    {
        const Joint3D nose = joint("nose"), hips = joint("hips");
        dragMouse("hips", QPoint(30, 0));
        const double way = joint("hips").x - hips.x;
        QVERIFY(way > 0.05);
        QVERIFY(std::abs(joint("nose").x - nose.x - way) < 1e-5);
        QVERIFY(isProjected("nose") && isProjected("right_wrist"));
        QVERIFY(!isCorrected("hips", 6));
    }

    void a2dDragReleasesTheJoint()
    {
        dragMouse("left_wrist", QPoint(20, -30));
        const Joint3D elbow = joint("left_elbow");
        FrameView *frame = m_window->frameView();
        const Keypoint2D seen = keypoint("left_wrist");
        const QPoint from = frame->transform().viewFromImage({seen.x, seen.y}).toPoint();
        QTest::mousePress(frame, Qt::LeftButton, {}, from);
        for (int i = 1; i <= 5; ++i)
            QTest::mouseMove(frame, from + QPoint(6, 6) * i);
        QTest::mouseRelease(frame, Qt::LeftButton, {}, from + QPoint(30, 30));
        QCOMPARE(stack()->count(), 2);
        QVERIFY(!isCorrected("left_wrist"));
        QVERIFY(joint("left_wrist") == makePosedPose(5)[6]);
        QVERIFY(isCorrected("left_elbow") && joint("left_elbow") == elbow);
        stack()->undo();
        QVERIFY(isCorrected("left_wrist"));
    }

    void aLockedJointIsRefusedWithAReason()
    {
        m_window->selection()->setJoint(index("left_wrist"));
        m_window->frameView()->setFocus();
        action("lockAction")->trigger();
        QVERIFY(keypoint("left_wrist").locked);
        const int steps = stack()->count();
        dragMouse("left_wrist", QPoint(20, -30), {}, false);
        QVERIFY2(m_window->statusBar()->currentMessage().contains(QStringLiteral("locked")),
                 qPrintable(m_window->statusBar()->currentMessage()));
        mouse(QEvent::MouseButtonRelease, at("left_wrist"), {});
        QCOMPARE(stack()->count(), steps);
        QVERIFY(joint("left_wrist") == makePosedPose(5)[6]);
    }

    void keysNudgeTheJointInOneStep()
    {
        m_window->selection()->setJoint(index("nose"));
        const Joint3D before = joint("nose");
        action("holdLengthsAction")->trigger();
        view()->setFocus();
        QTest::keyClick(view(), Qt::Key_Right, Qt::AltModifier);
        QTest::keyClick(view(), Qt::Key_Up, Qt::AltModifier | Qt::ShiftModifier);
        QVERIFY(distance(joint("nose"), {before.x + 0.01, before.y - 0.1, before.z, true}) < 1e-5);
        QTest::keyClick(view(), Qt::Key_PageUp, Qt::AltModifier | Qt::ShiftModifier);
        QVERIFY(joint("nose").z > before.z + 0.09);
        QCOMPARE(stack()->count(), 1); // in quick succession
        QCOMPARE(m_window->selection()->frame(), 5);
        stack()->undo();
        QVERIFY(joint("nose") == before);
    }

    void theReleaseActionsTakeCorrectionsBack()
    {
        QVERIFY(!action("release3dAction")->isEnabled() && !action("release3dFrameAction")->isEnabled());
        const Keypoint2D before = keypoint("left_wrist");
        dragMouse("left_wrist", QPoint(20, -30));
        QVERIFY(action("release3dAction")->isEnabled() && action("release3dFrameAction")->isEnabled());
        action("release3dAction")->trigger();
        QVERIFY(!isCorrected("left_wrist") && isCorrected("left_elbow"));
        QVERIFY(keypoint("left_wrist") == before);
        QVERIFY(!action("release3dAction")->isEnabled());
        action("release3dFrameAction")->trigger();
        QVERIFY(!isCorrected("left_elbow"));
        QVERIFY(!action("release3dFrameAction")->isEnabled());
        QCOMPARE(stack()->count(), 3);
    }

    void chosenJointsAreTheSameInBothViews()
    {
        m_window->selection()->setJoint(index("right_elbow"));
        QCOMPARE(view()->content().selectedJoint, index("right_elbow"));
        QTest::mouseClick(view(), Qt::LeftButton, {}, at("left_shoulder"));
        QCOMPARE(m_window->selection()->joint(), index("left_shoulder"));
    }

    void aJointThatThePictureDoesNotKnowCanBeMovedToo()
    {
        Project changed = project();
        changed.skeleton.joints[0] = "other"; // the picture has no "hips"
        changed.keypointLayers[0].skeleton = changed.skeleton;
        changed.media.path = m_folder.filePath(QStringLiteral("clip.mp4")).toStdString();
        m_window.reset();
        m_path = m_folder.filePath(QStringLiteral("hips.poselift"));
        QVERIFY(writeProject(changed, m_path.toStdString()).ok());
        openWindow();
        const auto hips = [this] {
            return effectivePose3d(project(), *project().jointLayer("lifted/test"), 1, 5).pose[0];
        };
        const Joint3D before = hips();
        const QPoint from = view()->eye().project(sceneFromCamera(before), view()->size())->toPoint();
        mouse(QEvent::MouseButtonPress, from, Qt::ShiftModifier);
        mouse(QEvent::MouseMove, from + QPoint(20, 0), Qt::ShiftModifier);
        mouse(QEvent::MouseButtonRelease, from + QPoint(20, 0), Qt::ShiftModifier);
        QVERIFY(hips().x > before.x + 0.02);
        QCOMPARE(view()->content().selectedJoint, 0);
        QCOMPARE(m_window->selection()->joint(), -1);
        QCOMPARE(project().effectivePose(1, 5), changed.effectivePose(1, 5));
    }

    void theLayerBarOffersTheLayersUnderTheCorrections()
    {
        dragMouse("left_wrist", QPoint(20, -30));
        const auto *box = m_window->findChild<QComboBox *>(QStringLiteral("primaryLayerBox"));
        QCOMPARE(box->currentData().toString(), QStringLiteral("lifted/test"));
        QCOMPARE(box->findData(QStringLiteral("corrected3d")), -1);
        QVERIFY(!box->toolTip().isEmpty());
    }

    void a3dEditIsOnTheDiskAtOnceAndComesBack()
    {
        dragMouse("left_wrist", QPoint(20, -30));
        const Joint3D corrected = joint("left_wrist");
        QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<ProjectJournal *>()->isAcknowledged(), kWaitMs);
        const Project edited = project();
        m_window.reset(); // without saving
        openWindow();
        QVERIFY(isCorrected("left_wrist"));
        QVERIFY(joint("left_wrist") == corrected);
        QCOMPARE(project().jointLayers, edited.jointLayers);
        QCOMPARE(project().tracks, edited.tracks);
        stack()->undo();
        QVERIFY(!isCorrected("left_wrist"));
    }
};

QTEST_MAIN(TestEditing3d)
#include "tst_editing3d.moc"
