#pragma once

#include "core/media/frameconverter.h"
#include "core/media/framesource.h"
#include "core/media/videofile.h"

#include <unordered_map>

namespace poselift {

/// What frame() did since the source was opened; benches and tests look at it.
struct SeekStatistics
{
    std::int64_t seeks = 0;         ///< times the demuxer was moved
    std::int64_t restarts = 0;      ///< of these, the ones that had to begin at the start of the file
    std::int64_t decodedFrames = 0; ///< frames that came out of the decoder
};

/// Frames of a video file through FFmpeg.
class VideoSource : public FrameSource
{
public:
    static Result<std::unique_ptr<VideoSource>> open(const std::filesystem::path &path);

    const MediaInfo &info() const override { return m_info; }
    Result<VideoFrame> firstFrame() override { return m_first; }
    Result<FrameIndex> buildIndex(const JobContext &job) override;
    void setIndex(FrameIndex index) override;
    Result<VideoFrame> frame(std::int64_t index) override;
    Result<VideoFrame> frameInOrder(std::int64_t index) override;
    void setStopToken(std::stop_token stop) override;

    const SeekStatistics &statistics() const { return m_statistics; }

private:
    VideoSource(std::filesystem::path path, std::unique_ptr<VideoFile> file);
    Result<void> readFirstFrame();
    const SeekPoint *seekPointFor(std::int64_t target) const;
    bool canContinueTo(std::int64_t target) const;
    bool moveTo(const SeekPoint &point);
    bool readTo(const SeekPoint &point);
    bool restart();
    void dropUnneeded(std::int64_t target);
    std::int64_t ordinalOf(const AVFrame &frame) const;
    bool decodeUntil(std::int64_t target);
    bool reach(std::int64_t target);
    Result<VideoFrame> converted(std::int64_t index);
    double secondsOf(const AVFrame &frame) const;
    Error outOfRange(std::int64_t index, std::int64_t last) const;

    std::filesystem::path m_path;
    std::unique_ptr<VideoFile> m_file;
    MediaInfo m_info;
    FrameConverter m_converter;
    FramePointer m_frame{av_frame_alloc()};
    VideoFrame m_first;
    VideoFrame m_last;                // delivered last
    FrameIndex m_index;
    std::unordered_map<std::int64_t, std::int64_t> m_frameAtPosition; // for FrameKey::Position
    std::int64_t m_next = -1;         // index of the frame that the decoder outputs next, −1 unknown
    SeekStatistics m_statistics;
    std::stop_token m_stop;
};

} // namespace poselift
