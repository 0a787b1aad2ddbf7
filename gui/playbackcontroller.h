#pragma once

#include "core/media/framesource.h"
#include "gui/videofeed.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace poselift {

class Selection;

/// Moves through a video: keeps Selection::frame() and the picture that is shown in step, plays by
/// the frames' own time stamps. Nothing is decoded on the GUI thread.
class PlaybackController : public QObject
{
    Q_OBJECT
public:
    PlaybackController(Selection *selection, QObject *parent);
    ~PlaybackController() override;

    VideoFeed *feed() { return &m_feed; }
    bool hasVideo() const { return m_frameCount > 0; }
    bool hasIndex() const { return m_index != nullptr; }
    bool isPlaying() const { return m_playing; }
    double speed() const { return m_speed; }
    /// Exact when hasIndex(), else estimated from the container.
    qint64 frameCount() const { return m_frameCount; }
    /// Time stamp of @p frame; negative when not known yet.
    double secondsOf(qint64 frame) const;
    double durationSeconds() const;
    const MediaInfo &info() const { return m_info; }
    const VideoFrame &shownFrame() const { return m_shown; }
    /// The frame whose picture is shown, which edits in the picture mean; while none is, the chosen one.
    qint64 frameInView() const;

public Q_SLOTS:
    void open(const QString &path);
    void close();
    void setPlaying(bool playing);
    void togglePlaying() { setPlaying(!m_playing); }
    void setSpeed(double speed);
    void step(int frames);
    void goToFrame(qint64 frame);
    void goToTime(double seconds);
    void goToFirst() { goToFrame(0); }
    void goToLast() { goToFrame(m_frameCount - 1); }

Q_SIGNALS:
    /// A new video: its facts and its first picture; the index follows.
    void opened(const poselift::MediaInfo &info);
    void openFailed(const QString &path, const poselift::Error &error);
    void closed();
    void indexProgressed(qint64 done, qint64 total);
    void indexed(const std::shared_ptr<const poselift::FrameIndex> &index, const QString &hash);
    void failed(const poselift::Error &error);
    /// The picture to show, of the frame in its index; overlays are drawn for that frame.
    void frameShown(const poselift::VideoFrame &frame);
    void playingChanged(bool playing);
    void speedChanged(double speed);
    /// frameCount() or the time stamps changed.
    void extentChanged();

private:
    void videoOpened(const MediaInfo &info, const VideoFrame &first);
    void videoIndexed(const std::shared_ptr<const FrameIndex> &index, const QString &hash);
    void showFrame(const VideoFrame &frame);
    void requestWanted();
    void startClock();
    void tick();
    double guessedFps() const;
    qint64 frameAtTime(double seconds) const;

    Selection *m_selection;
    VideoFeed m_feed;
    MediaInfo m_info;
    std::shared_ptr<const FrameIndex> m_index;
    VideoFrame m_shown;
    qint64 m_frameCount = 0;
    qint64 m_inFlight = -1;  ///< frame that was requested and has not arrived
    qint64 m_failedFrame = -1;
    QTimer m_ticker;
    QElapsedTimer m_clock;   ///< since playing (or a new speed) began …
    double m_clockStart = 0; ///< … at this time of the video
    double m_speed = 1.0;
    bool m_playing = false;
};

} // namespace poselift
