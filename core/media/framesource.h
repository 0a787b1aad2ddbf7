#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/media/videoframe.h"

#include <filesystem>
#include <memory>
#include <optional>
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
    bool mirrored = false;        ///< left and right are exchanged before that, already applied too
    double sampleAspect = 1.0;    ///< width / height of one pixel
    double nominalFps = 0.0;      ///< as the container says; frames have their own pts
    double durationSeconds = 0.0; ///< as the container says; 0 when unknown
    std::int64_t sizeBytes = 0;
};

/// A packet that a decoder can start from.
struct SeekPoint
{
    std::int64_t frame = 0;    ///< index of its frame; it and all later frames can be decoded from here
    std::int64_t pts = 0;      ///< stream time base
    std::int64_t dts = 0;      ///< stream time base
    std::int64_t position = 0; ///< byte in the file, -1 when unknown
};

/// How frames are recognised after a seek.
enum class FrameKey {
    None,     ///< not at all: seeks decode from the start
    Pts,      ///< by pts, where the container stores one with every frame
    Position, ///< by the byte position of the frame's packet
};

/// Exactly the frames that the decoder outputs, in presentation order.
struct FrameIndex
{
    std::vector<double> seconds;    ///< pts in seconds, strictly increasing, [frameCount]; the
                                    ///< first is the file's start time, which need not be 0
    // For FrameSource only. Empty in an index made from a project's list of pts.
    std::vector<std::int64_t> keys;    ///< [frameCount], meaning as `keyKind` says
    FrameKey keyKind = FrameKey::None;
    std::vector<SeekPoint> seekPoints; ///< by frame
    std::optional<Error> damage;       ///< FileTruncated when the file breaks off or has holes; the
                                       ///< frames that could be decoded are listed all the same

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
    /// Gives the source an index that another instance built for the same file. One without keys
    /// is not used: the source builds its own when it needs one.
    virtual void setIndex(FrameIndex index) = 0;
    /// Frame @p index exactly; builds the index first when there is none. Reading index + 1 after
    /// index costs one decode; anything else costs a seek.
    virtual Result<VideoFrame> frame(std::int64_t index) = 0;
    /// Without an index: a frame that comes after those read so far, found by counting. Error
    /// FrameOutOfRange past the last frame. With an index the same as frame().
    virtual Result<VideoFrame> frameInOrder(std::int64_t index) { return frame(index); }
    /// Once @p stop is requested, reading ends early with Error{Cancelled}.
    virtual void setStopToken(std::stop_token) {}
};

/// Opens a video file (FFmpeg), a folder of pictures (natural sort order, 30 pictures a second) or
/// one picture. Decodes the first frame. Errors: FileNotFound, CannotRead, NotAVideo,
/// NoVideoStream, NoFrames, UnsupportedCodec, FileTruncated, DecodeFailed.
Result<std::unique_ptr<FrameSource>> openFrameSource(const std::filesystem::path &path);

/// sha256 (hex) of the pts as little-endian IEEE doubles; the proof stored in projects.
std::string ptsHash(const FrameIndex &index);

} // namespace poselift
