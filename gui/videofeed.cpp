#include "gui/videofeed.h"

#include <utility>
#include <vector>

namespace poselift {

struct VideoFeed::Session
{
    QString path;
    std::unique_ptr<FrameReader> reader;
    /// What the reader said before this video became the current one.
    std::vector<std::function<void()>> early;
};

VideoFeed::VideoFeed(QObject *parent) : QObject(parent) {}

VideoFeed::~VideoFeed()
{
    close();
    m_graveyard.waitForDone();
}

QString VideoFeed::path() const
{
    return m_current ? m_current->path : QString();
}

void VideoFeed::open(const QString &path)
{
    retire(std::exchange(m_candidate, nullptr));
    m_candidate = std::make_shared<Session>();
    m_candidate->path = path;
    m_candidate->reader = std::make_unique<FrameReader>(path.toStdString(), callbacksOf(m_candidate));
}

void VideoFeed::close()
{
    retire(std::exchange(m_current, nullptr));
    retire(std::exchange(m_candidate, nullptr));
}

void VideoFeed::retire(std::shared_ptr<Session> session)
{
    if (session && session->reader)
        m_graveyard.start([reader = std::shared_ptr<FrameReader>(std::move(session->reader))] {});
}

void VideoFeed::request(qint64 frame)
{
    if (m_current)
        m_current->reader->request(frame);
}

std::optional<VideoFrame> VideoFeed::cached(qint64 frame)
{
    return m_current ? m_current->reader->cached(frame) : std::nullopt;
}

void VideoFeed::setDirection(int direction)
{
    if (m_current)
        m_current->reader->setPlayDirection(direction);
}

double VideoFeed::cacheMib() const
{
    if (!m_current)
        return 0;
    return static_cast<double>(m_current->reader->statistics().cacheBytes) / (1 << 20);
}

/// The reader speaks on its own threads: everything is posted to this object's, and dropped there
/// when its video has been left meanwhile.
FrameReaderCallbacks VideoFeed::callbacksOf(const std::weak_ptr<Session> &weak)
{
    const auto post = [this, weak](auto call) {
        QMetaObject::invokeMethod(this, [this, weak, call = std::move(call)] {
            const std::shared_ptr<Session> session = weak.lock();
            if (session && session == m_current)
                call();
            else if (session && session == m_candidate)
                session->early.emplace_back(call);
        }, Qt::QueuedConnection);
    };
    FrameReaderCallbacks callbacks;
    callbacks.opened = [this, weak](const MediaInfo &info, const VideoFrame &first) {
        QMetaObject::invokeMethod(this, [this, weak, info, first] {
            if (const auto session = weak.lock())
                sessionOpened(session, info, first);
        }, Qt::QueuedConnection);
    };
    callbacks.openFailed = [this, weak](const Error &error) {
        QMetaObject::invokeMethod(this, [this, weak, error] {
            if (const auto session = weak.lock())
                sessionFailed(session, error);
        }, Qt::QueuedConnection);
    };
    callbacks.frameReady = [this, post](const VideoFrame &frame) { post([this, frame] { Q_EMIT frameReady(frame); }); };
    callbacks.frameFailed = [this, post](std::int64_t frame, const Error &error) {
        post([this, frame, error] { Q_EMIT frameFailed(frame, error); });
    };
    callbacks.indexProgress = [this, post](const JobProgress &p) {
        post([this, p] { Q_EMIT indexProgressed(p.done, p.total); });
    };
    callbacks.indexFinished = [this, post](const FrameIndex &built) {
        const auto index = std::make_shared<const FrameIndex>(built);
        const QString hash = QString::fromStdString(ptsHash(*index));
        post([this, index, hash] { Q_EMIT indexed(index, hash); });
    };
    callbacks.indexFailed = [this, post](const Error &error) { post([this, error] { Q_EMIT indexFailed(error); }); };
    return callbacks;
}

void VideoFeed::sessionOpened(const std::shared_ptr<Session> &session, const MediaInfo &info, const VideoFrame &frame)
{
    if (session != m_candidate)
        return; // superseded by a later open()
    retire(std::exchange(m_current, std::exchange(m_candidate, nullptr)));
    Q_EMIT opened(info, frame);
    for (const auto &call : std::exchange(session->early, {})) {
        if (session == m_current)
            call();
    }
}

void VideoFeed::sessionFailed(const std::shared_ptr<Session> &session, const Error &error)
{
    if (session != m_candidate)
        return;
    retire(std::exchange(m_candidate, nullptr));
    Q_EMIT openFailed(session->path, error);
}

} // namespace poselift
