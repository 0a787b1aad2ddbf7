#pragma once

#include "core/base/result.h"
#include "core/media/videoframe.h"

#include <filesystem>
#include <memory>

namespace poselift {

struct VideoWriterOptions
{
    int width = 0;          ///< px
    int height = 0;         ///< px; odd sizes get one more column or row, a copy of the last
    double fps = 30.0;      ///< nominal: for the rate control and the file's header
    double quality = 20.0;  ///< constant rate factor of x264: 0 lossless, 18 hardly visible, 28 small
    int keyFrameInterval = 60; ///< frames
    int threads = 0;        ///< 0: as many as the process may use
};

/// Encodes frames into an .mp4 file, H.264 where FFmpeg has x264, else MPEG-4 part 2. Writes to a
/// temporary file beside the target, which finish() puts in its place; without finish() the target
/// stays as it was. Not thread-safe. Errors: CannotWrite.
class VideoWriter
{
public:
    static Result<std::unique_ptr<VideoWriter>> create(const std::filesystem::path &path, const VideoWriterOptions &options);
    virtual ~VideoWriter() = default;

    /// @param picture of the size in the options. @param seconds pts; larger than the one before.
    virtual Result<void> write(const ImageView &picture, double seconds) = 0;
    /// Ends the file and renames it into place. Call once.
    virtual Result<void> finish() = 0;
    /// "libx264" or "mpeg4".
    virtual std::string encoder() const = 0;
};

} // namespace poselift
