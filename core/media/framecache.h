#pragma once

#include "core/media/videoframe.h"

#include <cstddef>
#include <list>
#include <optional>
#include <unordered_map>

namespace poselift {

/// Decoded frames by index, the least recently used ones dropped when they take more than a limit.
/// Not thread-safe.
class FrameCache
{
public:
    explicit FrameCache(std::size_t limitBytes) : m_limitBytes(limitBytes) {}

    /// Keeps @p frame; drops others until the limit holds again. One frame is always kept.
    void insert(const VideoFrame &frame);
    /// The frame and makes it the most recently used one.
    std::optional<VideoFrame> take(std::int64_t index);
    bool contains(std::int64_t index) const { return m_places.contains(index); }

    std::size_t bytes() const { return m_bytes; }
    std::size_t limitBytes() const { return m_limitBytes; }
    std::size_t frameCount() const { return m_frames.size(); }

private:
    void dropOldest();

    std::size_t m_limitBytes;
    std::size_t m_bytes = 0;
    std::list<VideoFrame> m_frames; // most recently used first
    std::unordered_map<std::int64_t, std::list<VideoFrame>::iterator> m_places;
};

} // namespace poselift
