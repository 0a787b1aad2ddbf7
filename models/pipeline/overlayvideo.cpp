#include "core/media/videowriter.h"
#include "models/pipeline/overlay.h"

namespace poselift {

namespace {

constexpr double kFallbackFps = 30.0;

/// Rate over the whole video; the container's own word may be wrong for variable rates.
double meanFps(const FrameIndex &index)
{
    const double seconds = index.frameCount() > 1 ? index.seconds.back() - index.seconds.front() : 0.0;
    return seconds > 0 ? double(index.frameCount() - 1) / seconds : kFallbackFps;
}

Result<void> writeFrame(VideoWriter &writer, const VideoFrame &frame, const Project &project, std::vector<std::uint8_t> &pixels)
{
    pixels = *frame.pixels; // frames are shared and read-only
    const EditableImage image{pixels.data(), frame.width, frame.height, frame.strideBytes};
    drawPeople(image, peopleInFrame(project, frame.index), project.skeleton);
    return writer.write({pixels.data(), frame.width, frame.height, frame.strideBytes}, frame.seconds);
}

} // namespace

Result<void> writeOverlayVideo(FrameSource &source, const Project &project, const std::filesystem::path &path,
                               const JobContext &job)
{
    const Result<FrameIndex> index = source.buildIndex(job);
    if (!index)
        return index.error();
    VideoWriterOptions options;
    options.width = source.info().width;
    options.height = source.info().height;
    options.fps = meanFps(*index);
    const Result<std::unique_ptr<VideoWriter>> writer = VideoWriter::create(path, options);
    if (!writer)
        return writer.error();
    std::vector<std::uint8_t> pixels;
    for (std::int64_t i = 0; i < index->frameCount(); ++i) {
        if (job.stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        const Result<VideoFrame> frame = source.frame(i);
        if (!frame)
            return frame.error();
        if (const Result<void> written = writeFrame(**writer, *frame, project, pixels); !written)
            return written;
        job.report("overlay", i + 1, index->frameCount());
    }
    return (*writer)->finish();
}

} // namespace poselift
