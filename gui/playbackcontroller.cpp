#include "gui/playbackcontroller.h"

#include "core/document/selection.h"

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

/// Often enough for 120 frames a second; a tick without a new frame costs nothing.
constexpr int kTickMs = 8;

} // namespace

PlaybackController::PlaybackController(Selection *selection, QObject *parent)
    : QObject(parent), m_selection(selection), m_feed(this)
{
    m_ticker.setInterval(kTickMs);
    m_ticker.setTimerType(Qt::PreciseTimer);
    connect(&m_ticker, &QTimer::timeout, this, &PlaybackController::tick);
    connect(m_selection, &Selection::frameChanged, this, &PlaybackController::requestWanted);
    connect(&m_feed, &VideoFeed::opened, this, &PlaybackController::videoOpened);
    connect(&m_feed, &VideoFeed::openFailed, this, &PlaybackController::openFailed);
    connect(&m_feed, &VideoFeed::indexed, this, &PlaybackController::videoIndexed);
    connect(&m_feed, &VideoFeed::indexProgressed, this, &PlaybackController::indexProgressed);
    connect(&m_feed, &VideoFeed::indexFailed, this, &PlaybackController::failed);
    connect(&m_feed, &VideoFeed::frameReady, this, &PlaybackController::showFrame);
    connect(&m_feed, &VideoFeed::frameFailed, this, [this](qint64 frame, const Error &error) {
        if (m_inFlight == frame)
            m_inFlight = -1;
        m_failedFrame = frame; // not asked for again until another frame was
        Q_EMIT failed(error);
        requestWanted();
    });
}

PlaybackController::~PlaybackController() = default;

void PlaybackController::open(const QString &path)
{
    m_feed.open(path);
}

void PlaybackController::close()
{
    setPlaying(false);
    m_feed.close();
    m_index.reset();
    m_shown = {};
    m_info = {};
    m_frameCount = 0;
    m_inFlight = m_failedFrame = -1;
    m_selection->setFrame(0);
    Q_EMIT extentChanged();
    Q_EMIT closed();
}

qint64 PlaybackController::frameInView() const
{
    return m_shown.isNull() ? m_selection->frame() : m_shown.index;
}

double PlaybackController::secondsOf(qint64 frame) const
{
    if (m_index && frame >= 0 && frame < m_index->frameCount())
        return m_index->seconds[static_cast<std::size_t>(frame)];
    return frame == m_shown.index && !m_shown.isNull() ? m_shown.seconds : -1;
}

double PlaybackController::durationSeconds() const
{
    if (m_index && m_index->frameCount() > 0)
        return m_index->seconds.back();
    return m_info.durationSeconds > 0 ? m_info.durationSeconds : -1;
}

void PlaybackController::setPlaying(bool playing)
{
    if (m_playing == playing || (playing && !hasVideo()))
        return;
    if (playing && m_selection->frame() >= m_frameCount - 1)
        goToFirst();
    m_playing = playing;
    if (playing) {
        startClock();
        m_ticker.start();
    } else {
        m_ticker.stop();
    }
    Q_EMIT playingChanged(playing);
}

void PlaybackController::setSpeed(double speed)
{
    if (m_speed == speed || speed <= 0)
        return;
    m_speed = speed;
    startClock();
    Q_EMIT speedChanged(speed);
}

void PlaybackController::step(int frames)
{
    setPlaying(false);
    goToFrame(m_selection->frame() + frames);
}

void PlaybackController::goToFrame(qint64 frame)
{
    if (m_frameCount == 0)
        return;
    m_selection->setFrame(std::clamp<qint64>(frame, 0, m_frameCount - 1));
    startClock();
}

void PlaybackController::goToTime(double seconds)
{
    goToFrame(frameAtTime(seconds));
}

void PlaybackController::videoOpened(const MediaInfo &info, const VideoFrame &first)
{
    setPlaying(false);
    m_info = info;
    m_index.reset();
    m_inFlight = m_failedFrame = -1;
    m_frameCount = std::max<qint64>(1, std::llround(info.durationSeconds * info.nominalFps));
    m_shown = {};
    Q_EMIT opened(info);
    m_selection->setFrame(0);
    Q_EMIT extentChanged();
    showFrame(first);
}

void PlaybackController::videoIndexed(const std::shared_ptr<const FrameIndex> &index, const QString &hash)
{
    m_index = index;
    m_frameCount = index->frameCount();
    Q_EMIT indexed(index, hash);
    Q_EMIT extentChanged();
    if (m_selection->frame() >= m_frameCount)
        m_selection->setFrame(std::max<qint64>(0, m_frameCount - 1));
    if (index->damage)
        Q_EMIT failed(*index->damage);
    requestWanted();
    startClock(); // from here on by time stamps
}

void PlaybackController::showFrame(const VideoFrame &frame)
{
    if (m_inFlight == frame.index)
        m_inFlight = -1;
    m_shown = frame;
    Q_EMIT frameShown(frame);
    requestWanted();
}

/// A newer wish replaces one that the reader has not begun; what was begun is shown when it comes.
void PlaybackController::requestWanted()
{
    const qint64 wanted = m_selection->frame();
    if (!hasVideo() || wanted == m_inFlight || wanted == m_failedFrame)
        return;
    if (!m_shown.isNull() && m_shown.index == wanted)
        return;
    m_failedFrame = -1;
    m_feed.setDirection(wanted < m_shown.index ? -1 : 1);
    m_inFlight = wanted;
    m_feed.request(wanted);
}

void PlaybackController::startClock()
{
    m_clock.start();
    const qint64 frame = m_selection->frame();
    m_clockStart = m_index ? secondsOf(frame) : static_cast<double>(frame) / guessedFps();
}

double PlaybackController::guessedFps() const
{
    return m_info.nominalFps > 0 ? m_info.nominalFps : 30;
}

void PlaybackController::tick()
{
    const qint64 current = m_selection->frame();
    if (current >= m_frameCount - 1) {
        if (m_shown.index == current || m_failedFrame == current)
            setPlaying(false);
        return;
    }
    if (m_inFlight >= 0)
        return; // decoding is behind: the frame that is due will be picked when it has arrived
    const double now = m_clockStart + static_cast<double>(m_clock.elapsed()) / 1000 * m_speed;
    const qint64 due = frameAtTime(now);
    if (due > current)
        m_selection->setFrame(std::min(due, m_frameCount - 1));
}

/// The last frame that has begun at @p seconds; a guess from the container's frame rate while there
/// is no index.
qint64 PlaybackController::frameAtTime(double seconds) const
{
    if (!m_index)
        return std::max<qint64>(0, static_cast<qint64>(seconds * guessedFps() + 1e-6));
    const std::vector<double> &times = m_index->seconds;
    const auto after = std::upper_bound(times.begin(), times.end(), seconds + 1e-6);
    return std::max<qint64>(0, std::distance(times.begin(), after) - 1);
}

} // namespace poselift
