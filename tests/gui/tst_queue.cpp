// What to correct next, in the real window with keys and mouse.

#include "core/document/journal/projectjournal.h"
#include "core/io/projectfile.h"
#include "core/review/skippedframes.h"
#include "gui/mainwindow.h"
#include "gui/playbackcontroller.h"
#include "tests/core/review/reviewproject.h"
#include "tests/support/burntclip.h"
#include "widgets/image/frameview.h"
#include "widgets/tables/queueview.h"

#include <QAction>
#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QSignalSpy>
#include <QSlider>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest/QtTest>

using namespace poselift;
using namespace reviewproject;

namespace {

constexpr int kWaitMs = 60000;
constexpr int kWristFrame = 30; // the worst
constexpr int kKneeFrame = 60;
constexpr int kElbowFrame = 90;

} // namespace

class TestQueue : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;

    PoseDocument *document() const { return m_window->document(); }
    Selection *selection() const { return m_window->selection(); }
    QueueView *view() const { return m_window->findChild<QueueView *>(); }
    QTableView *table() const { return m_window->findChild<QTableView *>(QStringLiteral("queueTable")); }
    QAction *action(const char *name) const { return m_window->findChild<QAction *>(QString::fromLatin1(name)); }
    QString text(const char *label) const { return m_window->findChild<QLabel *>(QString::fromLatin1(label))->text(); }
    std::vector<qint64> frames() const
    {
        std::vector<qint64> frames;
        for (const QueueRow &row : view()->model()->rows())
            frames.push_back(row.frame);
        return frames;
    }
    QString reason(int row) const { return view()->model()->rows().at(static_cast<std::size_t>(row)).reason; }

    void makeWindow()
    {
        WindowOptions options;
        options.settingsFile = m_folder.filePath(QStringLiteral("settings.ini"));
        options.workerProgram = QStringLiteral(FAKE_WORKER);
        options.offerSample = false;
        m_window = std::make_unique<MainWindow>(options);
        m_window->show();
    }

    void open(Project project)
    {
        static int count = 0;
        const QString path = m_folder.filePath(QStringLiteral("%1.poselift").arg(++count));
        project.media = {};
        project.media.path = m_folder.filePath(QStringLiteral("clip.mp4")).toStdString();
        QVERIFY(writeProject(project, path.toStdString()).ok());
        makeWindow();
        QSignalSpy indexed(m_window->playback(), &PlaybackController::indexed);
        m_window->openPath(path);
        QTRY_COMPARE_WITH_TIMEOUT(indexed.count(), 1, kWaitMs);
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get())); // shortcuts need it
        m_window->frameView()->setFocus();
    }

    static Project spoiled()
    {
        Project project = make();
        project.jointLayers.clear(); // judged by the picture only
        move(project, kWristFrame, LeftWrist, 140, 0);
        move(project, kKneeFrame, RightKnee, 0, 70);
        move(project, kElbowFrame, LeftElbow, 50, 0);
        return project;
    }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::keyClick(m_window.get(), key, modifiers);
    }

    /// N, and the queue is there.
    void startQueue()
    {
        press(Qt::Key_N);
        QTRY_COMPARE_WITH_TIMEOUT(frames(), (std::vector<qint64>{kWristFrame, kKneeFrame, kElbowFrame}), kWaitMs);
        QTRY_COMPARE_WITH_TIMEOUT(selection()->frame(), kWristFrame, kWaitMs);
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("POSELIFT_STATE", m_folder.filePath(QStringLiteral("state")).toUtf8());
        const QString problem = burntclip::ffmpeg(
            {QStringLiteral("-f"), QStringLiteral("lavfi"), QStringLiteral("-i"),
             burntclip::filters(1280, 960, kFrames), QStringLiteral("-c:v"), QStringLiteral("libx264"),
             QStringLiteral("-preset"), QStringLiteral("ultrafast"), QStringLiteral("-pix_fmt"),
             QStringLiteral("yuv420p"), m_folder.filePath(QStringLiteral("clip.mp4"))});
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void cleanup()
    {
        m_window.reset();
        QFile::remove(m_folder.filePath(QStringLiteral("settings.ini")));
    }

    void keysStepThroughTheWorstFirst()
    {
        open(spoiled());
        QVERIFY(!m_window->findChild<QDockWidget *>(QStringLiteral("queueDock"))->isVisible());
        startQueue();
        QVERIFY(m_window->findChild<QDockWidget *>(QStringLiteral("queueDock"))->isVisible());
        QCOMPARE(selection()->track(), 1);
        QCOMPARE(selection()->joint(), int(LeftWrist));
        press(Qt::Key_N);
        QCOMPARE(selection()->frame(), kKneeFrame);
        QCOMPARE(selection()->joint(), int(RightKnee));
        press(Qt::Key_N);
        press(Qt::Key_N); // the end
        QCOMPARE(selection()->frame(), kElbowFrame);
        press(Qt::Key_N, Qt::ShiftModifier);
        QCOMPARE(selection()->frame(), kKneeFrame);
        QCOMPARE(view()->currentRow(), 1);
        QVERIFY2(reason(1).contains(QStringLiteral("right knee")), qPrintable(reason(1)));
        QVERIFY(text("queueSummaryLabel").contains(QStringLiteral("not lifted")));
    }

    void aCorrectedFrameLeavesAndNGoesOn()
    {
        open(spoiled());
        startQueue();
        press(Qt::Key_N);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->playback()->shownFrame().index, kKneeFrame, kWaitMs);
        const Keypoint2D knee = document()->project().effectivePose(1, kKneeFrame)[RightKnee];
        const QPoint from = m_window->frameView()->transform().viewFromImage({knee.x, knee.y}).toPoint();
        QTest::mousePress(m_window->frameView(), Qt::LeftButton, {}, from);
        for (int i = 1; i <= 5; ++i)
            QTest::mouseMove(m_window->frameView(), from - QPoint(0, 4 * i));
        QTest::mouseRelease(m_window->frameView(), Qt::LeftButton, {}, from - QPoint(0, 20));
        QTRY_COMPARE_WITH_TIMEOUT(frames(), (std::vector<qint64>{kWristFrame, kElbowFrame}), kWaitMs);
        QTRY_VERIFY(text("queueSummaryLabel").contains(QStringLiteral("1 frame")));
        press(Qt::Key_N); // what took its place
        QCOMPARE(selection()->frame(), kElbowFrame);
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(frames(), (std::vector<qint64>{kWristFrame, kKneeFrame, kElbowFrame}), kWaitMs);
    }

    void enterInTheTableGoesThere()
    {
        open(spoiled());
        startQueue();
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_Down);
        QTest::keyClick(table(), Qt::Key_Down);
        QTest::keyClick(table(), Qt::Key_Return);
        QCOMPARE(selection()->frame(), kElbowFrame);
        QCOMPARE(selection()->joint(), int(LeftElbow));
        table()->scrollToTop(); // the dock shows few rows
        const QPoint first = table()->visualRect(view()->model()->index(0, QueueTableModel::FrameColumn)).center();
        QTest::mouseClick(table()->viewport(), Qt::LeftButton, {}, first); // mouseDClick() is the second press only
        QTest::mouseDClick(table()->viewport(), Qt::LeftButton, {}, first);
        QTRY_COMPARE(selection()->frame(), kWristFrame);
    }

    void skippingIsRememberedAndUndone()
    {
        open(spoiled());
        QVERIFY(!action("skipInQueueAction")->isEnabled());
        startQueue();
        press(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE_WITH_TIMEOUT(frames(), (std::vector<qint64>{kKneeFrame, kElbowFrame}), kWaitMs);
        QTRY_COMPARE(selection()->frame(), kKneeFrame); // on to the next
        QCOMPARE(document()->project().meta.at(SkippedFrames::kNote), std::string("1:30"));
        QVERIFY(text("queueSummaryLabel").contains(QStringLiteral("1 skipped")));
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(frames().size(), std::size_t(3), kWaitMs);
        QVERIFY(!document()->project().meta.contains(SkippedFrames::kNote));
        press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE_WITH_TIMEOUT(frames().size(), std::size_t(2), kWaitMs);
        QVERIFY(action("showSkippedAction")->isEnabled());
        action("showSkippedAction")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(frames().size(), std::size_t(3), kWaitMs);
    }

    void filtersAndWeightsChangeWhatIsListed()
    {
        open(spoiled());
        startQueue();
        auto *reasons = m_window->findChild<QComboBox *>(QStringLiteral("queueReasonBox"));
        reasons->setCurrentIndex(reasons->findData(static_cast<int>(ReviewReason::LowConfidence)));
        QTRY_COMPARE_WITH_TIMEOUT(frames().size(), std::size_t(0), kWaitMs);
        QVERIFY(text("queueEmptyLabel").contains(QStringLiteral("this person and reason")));
        reasons->setCurrentIndex(0);
        QTRY_COMPARE_WITH_TIMEOUT(frames().size(), std::size_t(3), kWaitMs);
        QTest::mouseClick(m_window->findChild<QToolButton *>(QStringLiteral("queueWeightsButton")), Qt::LeftButton);
        for (const char *slider : {"weightSlider_motion", "weightSlider_bone_length", "weightSlider_side_swap"})
            m_window->findChild<QSlider *>(QString::fromLatin1(slider))->setValue(0);
        QTRY_COMPARE_WITH_TIMEOUT(frames().size(), std::size_t(0), kWaitMs);
        QCOMPARE(text("queueEmptyLabel"), QStringLiteral("Nothing looks wrong."));
        // They are remembered.
        m_window.reset();
        makeWindow();
        QCOMPARE(m_window->findChild<QSlider *>(QStringLiteral("weightSlider_motion"))->value(), 0);
        QCOMPARE(m_window->findChild<QSlider *>(QStringLiteral("weightSlider_reprojection"))->value(), kUsualEmphasis);
    }

    void exchangedLegsAreChosenTogether()
    {
        Project project = make();
        constexpr int kApart = 45;
        for (const int left : {LeftKnee, LeftAnkle}) {
            const Keypoint2D keypoint = detected(project).keypoint(kApart, left);
            detected(project).setKeypoint(kApart, left, detected(project).keypoint(kApart, left + 1));
            detected(project).setKeypoint(kApart, left + 1, keypoint);
        }
        open(std::move(project));
        action("showQueueAction")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!frames().empty(), kWaitMs);
        QCOMPARE(frames().front(), kApart);
        QCOMPARE(reason(0), QStringLiteral("left and right legs look exchanged"));
        press(Qt::Key_N);
        std::vector<int> joints = selection()->joints();
        std::sort(joints.begin(), joints.end());
        QCOMPARE(joints, (std::vector<int>{LeftKnee, RightKnee, LeftAnkle, RightAnkle}));
    }

    void anEmptyProjectSaysWhatToDo()
    {
        Project project = make();
        project.keypointLayers.clear();
        project.jointLayers.clear();
        open(std::move(project));
        press(Qt::Key_N);
        QTRY_VERIFY_WITH_TIMEOUT(text("queueEmptyLabel").startsWith(QStringLiteral("Nobody has been detected")),
                                 kWaitMs);
        QCOMPARE(selection()->frame(), 0);
    }
};

QTEST_MAIN(TestQueue)
#include "tst_queue.moc"
