#pragma once

#include "core/base/result.h"
#include "core/media/videoframe.h"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>

namespace poselift {

/// Decoded frames on their way from the decoding thread to the networks; holds a few at most.
class FrameQueue
{
public:
    explicit FrameQueue(std::size_t capacity) : m_capacity(capacity) {}

    /// Waits for room. False when the reader has closed the queue.
    bool push(std::unique_ptr<Result<VideoFrame>> frame);
    /// The writer has no more frames.
    void finish();
    /// The reader wants no more frames.
    void close();
    /// Waits for a frame; null when the writer has finished.
    std::unique_ptr<Result<VideoFrame>> pop();

private:
    std::size_t m_capacity;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::unique_ptr<Result<VideoFrame>>> m_frames;
    bool m_finished = false;
    bool m_closed = false;
};

} // namespace poselift
