#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/media/videoframe.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace poselift {

/// Facts known as soon as a source is open.
struct MediaInfo
{
    std::string path;
    std::string format;           ///< "mov,mp4,…", or "pictures"
    std::string codec;            ///< "h264"
    int width = 0;                ///< px, after rotation metadata
    int height = 0;
    int rotationDegrees = 0;      ///< clockwise, already applied to the frames
    double sampleAspect = 1.0;    ///< width / height of one pixel
    double nominalFps = 0.0;      ///< as the container says; frames have their own pts
    double durationSeconds = 0.0; ///< as the container says; 0 when unknown
    std::int64_t sizeBytes = 0;
};

/// Exactly the frames that the decoder outputs, in presentation order.
struct FrameIndex
{
    std::vector<double> seconds;    ///< pts in seconds, increasing, [frameCount]
    std::int64_t frameCount() const { return static_cast<std::int64_t>(seconds.size()); }
};

/// Frames of a video file or a folder of pictures by index. Not thread-safe; one instance per
/// thread (opening the same path twice is fine).
class FrameSource
{
public:
    virtual ~FrameSource() = default;
    virtual const MediaInfo &info() const = 0;
    /// The first frame, available without an index.
    virtual Result<VideoFrame> firstFrame() = 0;
    /// Builds (once) and returns the index. May take long for long videos: reports stage "index".
    virtual Result<FrameIndex> buildIndex(const JobContext &job = {}) = 0;
    /// Gives the source an index that another instance built for the same file.
    virtual void setIndex(FrameIndex index) = 0;
    /// Frame @p index exactly; builds the index first when there is none. Reading index + 1 after
    /// index costs one decode; anything else costs a seek.
    virtual Result<VideoFrame> frame(std::int64_t index) = 0;
};

/// Opens a video file (FFmpeg) or a folder of pictures (natural sort order).
Result<std::unique_ptr<FrameSource>> openFrameSource(const std::filesystem::path &path);

/// sha256 (hex) of the pts as little-endian IEEE doubles; the proof stored in projects.
std::string ptsHash(const FrameIndex &index);

} // namespace poselift
