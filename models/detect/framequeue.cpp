#include "models/detect/framequeue.h"

namespace poselift {

bool FrameQueue::push(std::unique_ptr<Result<VideoFrame>> frame)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_closed || m_frames.size() < m_capacity; });
    if (m_closed)
        return false;
    m_frames.push_back(std::move(frame));
    m_changed.notify_all();
    return true;
}

void FrameQueue::finish()
{
    const std::lock_guard lock(m_mutex);
    m_finished = true;
    m_changed.notify_all();
}

void FrameQueue::close()
{
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    m_frames.clear();
    m_changed.notify_all();
}

std::unique_ptr<Result<VideoFrame>> FrameQueue::pop()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_finished || !m_frames.empty(); });
    if (m_frames.empty())
        return nullptr;
    std::unique_ptr<Result<VideoFrame>> frame = std::move(m_frames.front());
    m_frames.pop_front();
    m_changed.notify_all();
    return frame;
}

} // namespace poselift
