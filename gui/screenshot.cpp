#include "gui/screenshot.h"

#include "gui/errortext.h"
#include "gui/mainwindow.h"
#include "gui/playbackcontroller.h"
#include "widgets/scene3d/screenshot.h"

#include <QCoreApplication>

#include <cstdio>
#include <utility>

namespace poselift {

namespace {

constexpr int kSettleMs = 700;
constexpr int kGiveUpMs = 120000;

} // namespace

ScreenshotJob::ScreenshotJob(MainWindow *window, QString output, qint64 frame)
    : QObject(window), m_window(window), m_output(std::move(output)), m_frame(frame)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettleMs);
    connect(&m_settle, &QTimer::timeout, this, &ScreenshotJob::settle);
}

void ScreenshotJob::start(bool waitForFile)
{
    PlaybackController *playback = m_window->playback();
    connect(playback, &PlaybackController::openFailed, this,
            [this](const QString &, const Error &error) { fail(errorText(error)); });
    connect(playback, &PlaybackController::failed, this, [this](const Error &error) { fail(errorText(error)); });
    connect(playback, &PlaybackController::indexed, this, [this, playback] { playback->goToFrame(m_frame); });
    connect(playback, &PlaybackController::frameShown, &m_settle, qOverload<>(&QTimer::start));
    QTimer::singleShot(kGiveUpMs, this, [this] { fail(tr("the picture was not ready in time")); });
    if (!waitForFile)
        m_settle.start();
}

void ScreenshotJob::settle()
{
    PlaybackController *playback = m_window->playback();
    const bool wanted = !playback->hasVideo() || (playback->hasIndex() && playback->shownFrame().index == m_window->selection()->frame());
    if (wanted)
        takeScreenshot(m_window, [this](const QImage &image, bool) { write(image); });
}

void ScreenshotJob::write(const QImage &image)
{
    if (std::exchange(m_done, true))
        return;
    if (image.save(m_output))
        return QCoreApplication::exit(0);
    m_done = false;
    fail(errorText(Error(ErrorCode::CannotWrite, {{"path", m_output.toStdString()}, {"detail", "PNG"}})));
}

void ScreenshotJob::fail(const QString &sentence)
{
    if (std::exchange(m_done, true))
        return;
    std::fputs(qPrintable(QStringLiteral("poselift: %1\n").arg(sentence)), stderr);
    QCoreApplication::exit(1);
}

} // namespace poselift
