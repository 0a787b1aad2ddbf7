#pragma once

#include "core/base/result.h"
#include "core/media/framesource.h"
#include "core/pose/keypoint.h"
#include "models/detect/boundedqueue.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <thread>
#include <vector>

namespace poselift {

/// A decoded frame and where people may be in it.
struct SearchedFrame
{
    Result<VideoFrame> frame;
    Result<std::vector<Box>> found; ///< px of the frame; empty when the frame failed
};

/// Decodes the frames [first, end) of a source and looks for people in them, each on a thread of
/// its own and a few frames ahead of the reader: finding people needs nothing from the frames
/// before, so that it runs beside the keypoints of an earlier frame. Ends both threads on every way
/// out.
class FramesAhead
{
public:
    /// Called on one thread only, in the order of the frames.
    using Finder = std::function<Result<std::vector<Box>>(const ImageView &picture)>;

    /// @p source must not be used elsewhere until stop().
    FramesAhead(FrameSource &source, std::int64_t first, std::int64_t end, Finder finder);
    ~FramesAhead() { stop(); }
    FramesAhead(const FramesAhead &) = delete;
    FramesAhead &operator=(const FramesAhead &) = delete;

    /// Waits for the next frame; empty at the end, and after a frame that could not be decoded.
    std::optional<SearchedFrame> next() { return m_searched.pop(); }
    void stop();

    double decodeSeconds() const { return m_decodeSeconds; } ///< after stop()
    double findSeconds() const { return m_findSeconds; }     ///< after stop()

private:
    void decode(FrameSource &source, std::int64_t first, std::int64_t end);
    void find();

    Finder m_finder;
    BoundedQueue<Result<VideoFrame>> m_decoded;
    BoundedQueue<SearchedFrame> m_searched;
    double m_decodeSeconds = 0.0;
    double m_findSeconds = 0.0;
    std::thread m_decoding;
    std::thread m_finding;
};

} // namespace poselift
