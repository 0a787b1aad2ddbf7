#include "core/media/framecache.h"

namespace poselift {

namespace {

std::size_t bytesOf(const VideoFrame &frame)
{
    return frame.pixels ? frame.pixels->size() : 0;
}

} // namespace

void FrameCache::insert(const VideoFrame &frame)
{
    if (const auto old = m_places.find(frame.index); old != m_places.end()) {
        m_bytes -= bytesOf(*old->second);
        m_frames.erase(old->second);
        m_places.erase(old);
    }
    m_frames.push_front(frame);
    m_places[frame.index] = m_frames.begin();
    m_bytes += bytesOf(frame);
    while (m_bytes > m_limitBytes && m_frames.size() > 1)
        dropOldest();
}

void FrameCache::dropOldest()
{
    m_bytes -= bytesOf(m_frames.back());
    m_places.erase(m_frames.back().index);
    m_frames.pop_back();
}

std::optional<VideoFrame> FrameCache::take(std::int64_t index)
{
    const auto place = m_places.find(index);
    if (place == m_places.end())
        return std::nullopt;
    m_frames.splice(m_frames.begin(), m_frames, place->second);
    return *place->second;
}

} // namespace poselift
