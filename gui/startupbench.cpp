#include "gui/startupbench.h"

#include "gui/mainwindow.h"
#include "gui/playbackcontroller.h"
#include "gui/processmemory.h"
#include "widgets/image/frameview.h"

#include <QCoreApplication>
#include <QDir>
#include <QEvent>
#include <QProcess>
#include <QTimer>

#include <cstdio>

namespace poselift {

namespace {

/// Time for the window to come to rest before its memory is read.
constexpr int kRestMs = 2000;

} // namespace

StartupBench::StartupBench(MainWindow *window, const QElapsedTimer &sinceStart, bool json)
    : QObject(window), m_window(window), m_sinceStart(sinceStart), m_json(json)
{
    window->frameView()->installEventFilter(this);
    connect(window->playback(), &PlaybackController::frameShown, this, [this] { m_frameShown = true; });
    connect(window->playback(), &PlaybackController::openFailed, this, [](const QString &, const Error &error) {
        std::fprintf(stderr, "poselift: %s\n", error.sentence().c_str());
        QCoreApplication::exit(1);
    });
}

QString StartupBench::makeClip(const QString &folder)
{
    const QString clip = QDir(folder).filePath(QStringLiteral("startup.mp4"));
    // Before the event loop runs; the bench has nothing else to do meanwhile.
    const int exitCode = QProcess::execute(
        QStringLiteral("ffmpeg"),
        {QStringLiteral("-v"), QStringLiteral("error"), QStringLiteral("-y"), QStringLiteral("-f"), QStringLiteral("lavfi"),
         QStringLiteral("-i"), QStringLiteral("testsrc2=size=1920x1080:rate=30:duration=10"), QStringLiteral("-c:v"),
         QStringLiteral("libx264"), QStringLiteral("-preset"), QStringLiteral("veryfast"), QStringLiteral("-g"),
         QStringLiteral("250"), QStringLiteral("-pix_fmt"), QStringLiteral("yuv420p"), clip});
    return exitCode == 0 ? clip : QString();
}

bool StartupBench::eventFilter(QObject *watched, QEvent *event)
{
    // After the paint event that shows the frame has been handled.
    if (m_frameShown && m_firstFrameMs < 0 && event->type() == QEvent::Paint)
        QTimer::singleShot(0, this, &StartupBench::framePainted);
    return QObject::eventFilter(watched, event);
}

void StartupBench::framePainted()
{
    if (m_firstFrameMs >= 0)
        return;
    m_firstFrameMs = static_cast<double>(m_sinceStart.nsecsElapsed()) / 1e6;
    QTimer::singleShot(kRestMs, this, &StartupBench::finish);
}

void StartupBench::finish()
{
    print("first_frame_ms", m_firstFrameMs, "ms");
    print("rss_mib", residentMib(), "MiB");
    print("cache_mib", m_window->playback()->feed()->cacheMib(), "MiB");
    QCoreApplication::exit(0);
}

void StartupBench::print(const char *metric, double value, const char *unit) const
{
    if (m_json)
        std::printf("{\"bench\":\"startup\",\"metric\":\"%s\",\"value\":%.3f,\"unit\":\"%s\"}\n", metric, value, unit);
    else
        std::printf("startup %-16s %10.1f %s\n", metric, value, unit);
    std::fflush(stdout);
}

} // namespace poselift
