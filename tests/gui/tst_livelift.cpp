// Dragging a keypoint in the real window with the real worker: the 3D follows while the button is down.

#include "core/io/projectfile.h"
#include "gui/layerbar.h"
#include "gui/liveliftcontroller.h"
#include "gui/mainwindow.h"
#include "gui/playbackcontroller.h"
#include "gui/settingsstore.h"
#include "widgets/image/frameview.h"

#include <QAction>
#include <QLabel>
#include <QMenu>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace poselift;

namespace {

constexpr int kWaitMs = 120000;
constexpr qint64 kFrame = 100;
constexpr int kWrist = 9; // of coco17

} // namespace

class TestLiveLift : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;

    FrameView *view() const { return m_window->frameView(); }
    LiveLifter *lifter() const { return m_window->liveLift()->lifter(); }
    QAction *action(const char *name) const { return m_window->findChild<QAction *>(QString::fromLatin1(name)); }
    QLabel *status() const { return m_window->findChild<QLabel *>(QStringLiteral("liveLiftStatus")); }
    bool isUpToDate() const { return lifter()->state() == LiveLifter::State::UpToDate && lifter()->stale().empty(); }

    QPoint wristInView() const
    {
        const Keypoint2D wrist = m_window->document()->project().effectivePose(1, kFrame)[kWrist];
        return view()->transform().viewFromImage({wrist.x, wrist.y}).toPoint();
    }
    Joint3D wrist3d(qint64 frame) const
    {
        const Project &project = m_window->document()->project();
        const JointLayer *layer = project.jointLayer(lifter()->layer());
        const int joint = layer->skeleton.indexOf("left_wrist");
        return layer->tracks.at(0).pose(frame).at(static_cast<std::size_t>(joint));
    }
    static double distance(const Joint3D &a, const Joint3D &b) { return std::hypot(a.x - b.x, a.y - b.y, a.z - b.z); }

    WindowOptions options() const
    {
        WindowOptions options;
        options.settingsFile = m_folder.filePath(QStringLiteral("settings.ini"));
        options.offerSample = false;
        return options;
    }

    void openWindow()
    {
        static int count = 0;
        const QString path = m_folder.filePath(QStringLiteral("window%1.poselift").arg(++count));
        QVERIFY(QFile::copy(m_folder.filePath(QStringLiteral("lifted.poselift")), path));
        m_window = std::make_unique<MainWindow>(options());
        m_window->resize(1200, 800);
        m_window->show();
        QSignalSpy indexed(m_window->playback(), &PlaybackController::indexed);
        m_window->openPath(path);
        QTRY_COMPARE_WITH_TIMEOUT(indexed.count(), 1, kWaitMs);
        m_window->playback()->goToFrame(kFrame);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->playback()->shownFrame().index, kFrame, kWaitMs);
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("POSELIFT_STATE", m_folder.filePath(QStringLiteral("state")).toUtf8());
        const QDir resources(qEnvironmentVariable("POSELIFT_RESOURCES"));
        QVERIFY(QFile::copy(resources.filePath(QStringLiteral("sample/walk.mp4")),
                            m_folder.filePath(QStringLiteral("walk.mp4"))));
        QCOMPARE(QProcess::execute(qEnvironmentVariable("POSELIFT_CLI"),
                                   {QStringLiteral("lift"), resources.filePath(QStringLiteral("sample/walk.poselift")),
                                    QStringLiteral("-o"), m_folder.filePath(QStringLiteral("lifted.poselift")),
                                    QStringLiteral("--quiet")}),
                 0);
    }
    void cleanup() { m_window.reset(); }

    void the3dMovesBeforeTheButtonIsReleased()
    {
        openWindow();
        const Joint3D before = wrist3d(kFrame);
        const Joint3D neighbourBefore = wrist3d(kFrame + 3);
        const QPoint from = wristInView();
        QTest::mousePress(view(), Qt::LeftButton, {}, from);
        for (int i = 1; i <= 10; ++i)
            QTest::mouseMove(view(), from + QPoint(6 * i, -3 * i));
        QTRY_VERIFY_WITH_TIMEOUT(distance(wrist3d(kFrame), before) > 0.05, kWaitMs);
        QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(), kWaitMs); // so do the frames around it, the button still down
        QVERIFY(distance(wrist3d(kFrame + 3), neighbourBefore) > 1e-4);

        const Joint3D middle = wrist3d(kFrame);
        QTest::mouseMove(view(), from + QPoint(90, -45));
        QTRY_VERIFY_WITH_TIMEOUT(distance(wrist3d(kFrame), middle) > 0.005, kWaitMs);
        QTest::mouseRelease(view(), Qt::LeftButton, {}, from + QPoint(90, -45));
        QCOMPARE(m_window->document()->undoStack()->count(), 1);

        action("undoAction")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(), kWaitMs);
        QVERIFY(distance(wrist3d(kFrame), before) < 1e-4);
    }

    void switchedOffItStaysOffAndSaysThatThe3dIsOlder()
    {
        openWindow();
        QVERIFY(action("liftWhileEditingAction")->isChecked());
        action("liftWhileEditingAction")->trigger();
        const Joint3D before = wrist3d(kFrame);
        const QPoint from = wristInView();
        QTest::mousePress(view(), Qt::LeftButton, {}, from);
        QTest::mouseMove(view(), from + QPoint(30, 0));
        QTest::mouseMove(view(), from + QPoint(60, 0));
        QTest::mouseRelease(view(), Qt::LeftButton, {}, from + QPoint(60, 0));
        QTRY_VERIFY(status()->isVisible());
        QVERIFY(!status()->text().isEmpty());
        QCOMPARE(wrist3d(kFrame), before);
        QCOMPARE(lifter()->state(), LiveLifter::State::Outdated);
        action("reliftAction")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(isUpToDate(), kWaitMs);
        QVERIFY(distance(wrist3d(kFrame), before) > 0.02);
        QVERIFY(!status()->isVisible());

        m_window.reset();
        openWindow();
        QVERIFY(!action("liftWhileEditingAction")->isChecked());
        action("liftWhileEditingAction")->trigger();
        QVERIFY(lifter()->isEnabled());
    }

    void theActionsStandInTheAnalyseMenu()
    {
        openWindow();
        const auto *menu = m_window->findChild<QMenu *>(QStringLiteral("analyseMenu"));
        for (const char *name : {"reliftAction", "liftWhileEditingAction"}) {
            QVERIFY(menu->actions().contains(action(name)));
            QVERIFY(!action(name)->shortcut().isEmpty());
        }
        QVERIFY(action("reliftAction")->isEnabled());
        QVERIFY(!status()->accessibleName().isEmpty());
        m_window->document()->reset({}, {}, false);
        QVERIFY(!action("reliftAction")->isEnabled());
    }
};

QTEST_MAIN(TestLiveLift)
#include "tst_livelift.moc"
