// The real main window with the real worker (poselift-cli serve) behind it, driven by clicks.

#include "core/io/projectfile.h"
#include "core/media/framesource.h"
#include "gui/layerbar.h"
#include "gui/mainwindow.h"
#include "gui/playbackcontroller.h"
#include "tests/support/burntclip.h"
#include "tests/support/guithreadwatch.h"
#include "tests/support/twopeople.h"
#include "widgets/image/frameview.h"
#include "widgets/jobs/jobpanel.h"
#include "widgets/jobs/messagebar.h"
#include "widgets/timeline/timelineview.h"

#include <QAction>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QProcess>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest/QtTest>

#include <algorithm>
#include <signal.h>

using namespace poselift;

namespace {

constexpr int kWaitMs = 120000;
constexpr int kFrames = 600;
constexpr int kWidth = 320;
constexpr int kHeight = 256;

/// The longest time that the event loop did not come round while this lived.
class LoopGap : public QObject
{
public:
    LoopGap()
    {
        m_sinceTick.start();
        connect(&m_ticks, &QTimer::timeout, this,
                [this] { m_longestMs = std::max(m_longestMs, m_sinceTick.restart()); });
        m_ticks.start(20);
    }
    qint64 longestMs() const { return std::max(m_longestMs, m_sinceTick.elapsed()); }

private:
    QTimer m_ticks;
    QElapsedTimer m_sinceTick;
    qint64 m_longestMs = 0;
};

QString listed(const std::vector<std::string> &calls)
{
    QStringList lines;
    for (const std::string &call : calls)
        lines << QString::fromStdString(call);
    return lines.join(u'\n');
}

} // namespace

class TestRealWorker : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_clip;

    /// What only the worker and background threads may open.
    QString workFolder() const { return m_folder.filePath(QStringLiteral("work")); }

    WindowOptions options() const
    {
        WindowOptions options;
        options.settingsFile = m_folder.filePath(QStringLiteral("settings.ini"));
        options.offerSample = false;
        return options;
    }

    /// Shows @p window and leaves it its first painting, which a software renderer takes long for.
    static void show(MainWindow &window)
    {
        window.resize(1280, 800);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QTest::qWait(1000);
    }

    static QToolButton *runButton(MainWindow &window)
    {
        return window.findChild<QToolButton *>(QStringLiteral("runButton"));
    }
    static MessageBar *messages(MainWindow &window)
    {
        return window.findChild<MessageBar *>(QStringLiteral("messageBar"));
    }
    static QProcess *workerProcess(MainWindow &window)
    {
        return window.worker()->findChild<QProcess *>();
    }
    static bool isBusy(MainWindow &window)
    {
        return window.findChild<JobPanel *>()->runningJobCount() > 0;
    }

    void openClip(MainWindow &window)
    {
        QSignalSpy indexed(window.playback(), &PlaybackController::indexed);
        window.openPath(m_clip);
        QTRY_COMPARE_WITH_TIMEOUT(indexed.count(), 1, kWaitMs);
        QTRY_VERIFY_WITH_TIMEOUT(runButton(window)->isEnabled(), kWaitMs);
    }

    /// Clicks "Detect and lift" and waits until the worker is in the middle of detection.
    /// @return the job's id
    static qint64 clickRun(MainWindow &window)
    {
        qint64 job = 0;
        // Not the first progress: a quick machine is past the whole clip before it is told.
        const auto connection =
            connect(window.worker(), &WorkerClient::started, &window, [&job](qint64 id) { job = id; });
        QTest::mouseClick(runButton(window), Qt::LeftButton);
        [&job] { QTRY_VERIFY_WITH_TIMEOUT(job != 0, kWaitMs); }();
        disconnect(connection);
        return job;
    }

    static QString detail(MainWindow &window, qint64 job)
    {
        return window.findChild<QLabel *>(QStringLiteral("jobDetail%1").arg(job))->text();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(qEnvironmentVariableIsSet("POSELIFT_CLI"));
        QVERIFY(QDir().mkpath(workFolder() + QStringLiteral("/models")));
        m_clip = workFolder() + QStringLiteral("/clip.mp4");
        const QString problem =
            burntclip::ffmpeg({QStringLiteral("-f"), QStringLiteral("lavfi"), QStringLiteral("-i"),
                               QStringLiteral("testsrc2=size=%1x%2:rate=20:duration=%3")
                                   .arg(kWidth)
                                   .arg(kHeight)
                                   .arg(kFrames / 20),
                               QStringLiteral("-c:v"), QStringLiteral("libx264"),
                               QStringLiteral("-preset"), QStringLiteral("veryfast"),
                               QStringLiteral("-pix_fmt"), QStringLiteral("yuv420p"), m_clip});
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        writeModel((workFolder() + QStringLiteral("/models")).toStdString(), "twopeople",
                   twopeople::manifest(), twopeople::network());
        qputenv("POSELIFT_MODELS", (workFolder() + QStringLiteral("/models")).toUtf8());
        qputenv("TMPDIR", workFolder().toUtf8()); // the jobs' folders
    }

    void theWatchSeesForbiddenCalls()
    {
        const GuiThreadWatch watch(workFolder().toStdString());
        const std::string project = workFolder().toStdString() + "/seen.poselift";
        QVERIFY(writeProject(Project(), project).ok());
        QVERIFY(QFile(m_clip).open(QIODevice::ReadOnly));
        QVERIFY(openFrameSource(m_clip.toStdString()).ok());
        const QString calls = listed(GuiThreadWatch::callsInGuiThread());
        for (const char *function :
             {"H5Fcreate", "H5Dwrite", "avformat_open_input", "avcodec_send_packet", "sws_scale"})
            QVERIFY2(calls.contains(QString::fromLatin1(function)), qPrintable(calls));
        QVERIFY2(calls.contains(QStringLiteral("open64 ") + m_clip), qPrintable(calls));
    }

    void theWindowsProcessHasNoNetworkLibrary()
    {
        QFile maps(QStringLiteral("/proc/self/maps"));
        QVERIFY(maps.open(QIODevice::ReadOnly));
        const QByteArray loaded = maps.readAll();
        QVERIFY(loaded.contains("libavcodec"));
        for (const char *library : {"libtorch", "libc10", "libopencv_dnn"})
            QVERIFY2(!loaded.contains(library), library);
    }

    void aClickDetectsAndLifts()
    {
        MainWindow window(options());
        show(window);
        const GuiThreadWatch watch(workFolder().toStdString());
        const LoopGap gap;
        openClip(window);

        QStringList stages;
        int bestPerMille = 0;
        connect(window.worker(), &WorkerClient::progressed, &window,
                [&](qint64 job, const JobProgress &progress) {
                    const QString stage = QString::fromStdString(progress.stage);
                    if (stages.isEmpty() || stages.last() != stage)
                        stages << stage;
                    const auto *bar =
                        window.findChild<QProgressBar *>(QStringLiteral("jobBar%1").arg(job));
                    if (stage == QStringLiteral("detect"))
                        bestPerMille = std::max(bestPerMille, bar->value());
                });
        const qint64 job = clickRun(window);
        QVERIFY(!runButton(window)->isEnabled());
        QVERIFY(window.findChild<JobPanel *>()->isVisible());
        // The window stays of use meanwhile.
        QTest::mouseClick(window.findChild<QToolButton *>(QStringLiteral("lastFrameButton")),
                          Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(window.playback()->shownFrame().index, qint64{kFrames - 1},
                                  kWaitMs);
        QTRY_VERIFY_WITH_TIMEOUT(!isBusy(window), kWaitMs);

        QCOMPARE(detail(window, job), QStringLiteral("Done"));
        QVERIFY2(stages.indexOf(QStringLiteral("detect")) >= 0 &&
                     stages.indexOf(QStringLiteral("lift")) >
                         stages.indexOf(QStringLiteral("detect")),
                 qPrintable(stages.join(u' ')));
        QVERIFY2(bestPerMille > 0 && bestPerMille <= 1000,
                 qPrintable(QString::number(bestPerMille)));
        QVERIFY2(GuiThreadWatch::callsInGuiThread().empty(),
                 qPrintable(listed(GuiThreadWatch::callsInGuiThread())));
        QVERIFY(GuiThreadWatch::callsElsewhere() > kFrames);
        QVERIFY2(gap.longestMs() < 1000, qPrintable(QStringLiteral("%1 ms").arg(gap.longestMs())));
        checkResult(window);
    }

    void aSecondRunIsCancelledByItsButton()
    {
        MainWindow window(options());
        show(window);
        openClip(window);
        clickRun(window);
        QTRY_VERIFY_WITH_TIMEOUT(!isBusy(window), kWaitMs);
        const Project before = window.document()->project();
        QCOMPARE(window.document()->undoStack()->count(), 1);

        const GuiThreadWatch watch(workFolder().toStdString());
        const LoopGap gap;
        const qint64 job = clickRun(window);
        QElapsedTimer clock;
        clock.start();
        QTest::mouseClick(window.findChild<QToolButton *>(QStringLiteral("jobCancel%1").arg(job)),
                          Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!isBusy(window), kWaitMs);
        QVERIFY2(clock.elapsed() < 5000, qPrintable(QString::number(clock.elapsed())));
        QCOMPARE(detail(window, job), QStringLiteral("Cancelled"));
        QCOMPARE(window.document()->undoStack()->count(), 1);
        QCOMPARE(window.document()->project(), before);
        QVERIFY(runButton(window)->isEnabled());
        QVERIFY(messages(window)->isHidden()); // a cancel is no error
        QCOMPARE(window.worker()->state(), WorkerClient::State::Ready);
        QVERIFY2(GuiThreadWatch::callsInGuiThread().empty(),
                 qPrintable(listed(GuiThreadWatch::callsInGuiThread())));
        QVERIFY2(gap.longestMs() < 1000, qPrintable(QStringLiteral("%1 ms").arg(gap.longestMs())));
    }

    void aKilledWorkerLosesNothingAndIsRestartedByAClick()
    {
        MainWindow window(options());
        show(window);
        openClip(window);
        clickRun(window);
        QTRY_VERIFY_WITH_TIMEOUT(!isBusy(window), kWaitMs);
        const Project before = window.document()->project();

        const GuiThreadWatch watch(workFolder().toStdString());
        const LoopGap gap;
        const qint64 job = clickRun(window);
        QCOMPARE(::kill(static_cast<pid_t>(workerProcess(window)->processId()), SIGKILL), 0);
        QTRY_COMPARE_WITH_TIMEOUT(window.worker()->state(), WorkerClient::State::Dead, kWaitMs);
        QVERIFY(messages(window)->isVisible());
        QCOMPARE(messages(window)->kind(), MessageBar::Kind::Error);
        QVERIFY(!isBusy(window));
        QVERIFY2(detail(window, job).contains(QStringLiteral("worker")),
                 qPrintable(detail(window, job)));
        QCOMPARE(window.document()->project(), before);
        QCOMPARE(window.document()->undoStack()->count(), 1);
        QVERIFY(window.isWindowModified()); // the first result is still there to be saved

        QTest::mouseClick(
            messages(window)->findChild<QPushButton *>(QStringLiteral("messageButton")),
            Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(window.worker()->state(), WorkerClient::State::Ready, kWaitMs);
        QVERIFY(messages(window)->isHidden());
        clickRun(window);
        QTRY_VERIFY_WITH_TIMEOUT(!isBusy(window), kWaitMs);
        QCOMPARE(window.document()->undoStack()->count(), 2);
        checkResult(window);
        QVERIFY2(GuiThreadWatch::callsInGuiThread().empty(),
                 qPrintable(listed(GuiThreadWatch::callsInGuiThread())));
        QVERIFY2(gap.longestMs() < 1000, qPrintable(QStringLiteral("%1 ms").arg(gap.longestMs())));
    }

private:
    /// Two people in 2D and 3D, in the document and in every view.
    static void checkResult(MainWindow &window)
    {
        const Project &project = window.document()->project();
        const KeypointLayer *detected = project.keypointLayer("detected");
        QVERIFY(detected != nullptr);
        QCOMPARE(detected->tracks.size(), std::size_t{2});
        QCOMPARE(detected->tracks[0].frameCount(), std::int64_t{kFrames});
        QCOMPARE(project.jointLayers.size(), std::size_t{1});
        QVERIFY(project.jointLayers[0].name.starts_with("lifted/"));
        QCOMPARE(project.jointLayers[0].tracks.size(), std::size_t{2});
        QVERIFY(window.isWindowModified());

        QCOMPARE(window.findChild<TimelineView *>()->strips().size(), std::size_t{2});
        QCOMPARE(window.findChild<QComboBox *>(QStringLiteral("personBox"))->count(),
                 3); // everyone, and each
        QCOMPARE(window.findChild<LayerBar *>()->primary(), project.jointLayers[0].name);
        checkOverlay(window);
    }

    /// Over the picture lie the lines of both people: hiding them changes it around each.
    static void checkOverlay(MainWindow &window)
    {
        auto *hide = window.findChild<QAction *>(QStringLiteral("hideOverlayAction"));
        const QImage with = window.frameView()->grab().toImage();
        hide->trigger();
        const QImage without = window.frameView()->grab().toImage();
        hide->trigger();
        for (const twopeople::Point &corner : {twopeople::kLeft, twopeople::kRight}) {
            const auto [x, y] = twopeople::keypointAt(corner, 11);
            const QPointF inFrame(x * kWidth / twopeople::kInputPx,
                                  y * kHeight / twopeople::kInputPx);
            const QPoint at = window.frameView()->transform().viewFromImage(inFrame).toPoint();
            QVERIFY(with.rect().contains(at));
            QVERIFY(with.pixel(at) != without.pixel(at));
        }
    }
};

QTEST_MAIN(TestRealWorker)
#include "tst_realworker.moc"
