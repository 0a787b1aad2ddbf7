#pragma once

#include "core/base/error.h"
#include "core/media/framereader.h"

#include <QObject>
#include <QString>
#include <QThreadPool>

#include <memory>
#include <optional>

namespace poselift {

/// Frames of one video at a time for the GUI thread: a FrameReader whose answers arrive as signals.
/// Nothing here waits. Requests: the newest wins.
class VideoFeed : public QObject
{
    Q_OBJECT
public:
    explicit VideoFeed(QObject *parent = nullptr);
    ~VideoFeed() override;

    /// Opens @p path beside the present video, which stays in use until opened() says that the new
    /// one can be read; after openFailed() it simply stays.
    void open(const QString &path);
    void close();
    QString path() const;
    /// Asks for one frame; frameReady() or frameFailed() follows unless a newer request came.
    void request(qint64 frame);
    /// The frame when it has been decoded already.
    std::optional<VideoFrame> cached(qint64 frame);
    /// Frames after (+1) or before (−1) the requested one are decoded ahead.
    void setDirection(int direction);
    /// Memory of the decoded frames that are kept.
    double cacheMib() const;

    struct Session;

Q_SIGNALS:
    void opened(const poselift::MediaInfo &info, const poselift::VideoFrame &firstFrame);
    void openFailed(const QString &path, const poselift::Error &error);
    void indexProgressed(qint64 done, qint64 total);
    /// @p hash is ptsHash() of the index.
    void indexed(const std::shared_ptr<const poselift::FrameIndex> &index, const QString &hash);
    void indexFailed(const poselift::Error &error);
    void frameReady(const poselift::VideoFrame &frame);
    void frameFailed(qint64 frame, const poselift::Error &error);

private:
    FrameReaderCallbacks callbacksOf(const std::weak_ptr<Session> &session);
    void sessionOpened(const std::shared_ptr<Session> &session, const MediaInfo &info, const VideoFrame &frame);
    void sessionFailed(const std::shared_ptr<Session> &session, const Error &error);
    void retire(std::shared_ptr<Session> session);

    QThreadPool m_graveyard; ///< readers end there: their destructors wait for a frame's decoding
    std::shared_ptr<Session> m_current;
    std::shared_ptr<Session> m_candidate;
};

} // namespace poselift
