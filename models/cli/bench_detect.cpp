#include "core/media/framesource.h"
#include "core/media/videowriter.h"
#include "models/cli/bench.h"
#include "models/cli/console.h"
#include "models/cli/exitcodes.h"
#include "models/cli/ownbench.h"
#include "models/detect/boxnetwork.h"
#include "models/detect/choosedetector.h"
#include "models/detect/framesahead.h"
#include "models/detect/keypointnetwork.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <random>

namespace poselift {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int kWidth = 1920;
constexpr int kHeight = 1080;
constexpr std::int64_t kFramesPerTurn = 15;

double millisecondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

/// The two networks of top-down detection, used one person a frame, so that the figures do not hang
/// on how many people the clip shows.
struct Networks
{
    std::unique_ptr<BoxNetwork> boxes;
    std::unique_ptr<KeypointNetwork> keypoints;
};

/// The preferred installed keypoint network that is not ours.
Result<DetectorManifest> chooseExternalKeypoints()
{
    for (const DetectorManifest &model : installedDetectors("keypoints")) {
        if (!model.isOwn() && model.isTopDown())
            return model;
    }
    return Error(ErrorCode::NoDetector);
}

Result<Networks> loadNetworks()
{
    setDetectionThreads(0);
    const Result<DetectorManifest> boxes = chooseDetector("boxes", {});
    const Result<DetectorManifest> keypoints = chooseExternalKeypoints();
    if (!boxes || !keypoints)
        return boxes ? keypoints.error() : boxes.error();
    Networks networks;
    Result<std::unique_ptr<BoxNetwork>> boxNetwork = BoxNetwork::load(*boxes);
    if (!boxNetwork)
        return boxNetwork.error();
    Result<std::unique_ptr<KeypointNetwork>> keypointNetwork = KeypointNetwork::load(*keypoints);
    if (!keypointNetwork)
        return keypointNetwork.error();
    networks.boxes = *std::move(boxNetwork);
    networks.keypoints = *std::move(keypointNetwork);
    return networks;
}

/// A textured picture that pans, so that every block of every frame costs the decoder something.
Result<void> writeClip(const fs::path &path, int frames)
{
    VideoWriterOptions options;
    options.width = kWidth;
    options.height = kHeight;
    Result<std::unique_ptr<VideoWriter>> writer = VideoWriter::create(path, options);
    if (!writer)
        return writer.error();
    std::mt19937 random(1);
    std::vector<std::uint8_t> pixels(std::size_t(kWidth) * (kHeight + frames) * 4, 255);
    for (std::size_t i = 0; i < pixels.size(); ++i) {
        const double row = double(i / (kWidth * 4)), column = double(i / 4 % kWidth);
        if (i % 4 != 3)
            pixels[i] =
                static_cast<std::uint8_t>(120 + 60 * std::sin(row * 0.02) * std::cos(column * 0.03) + random() % 20);
    }
    for (int frame = 0; frame < frames; ++frame) {
        const ImageView view{pixels.data() + std::size_t(frame) * kWidth * 4, kWidth, kHeight, kWidth * 4};
        if (Result<void> written = (*writer)->write(view, frame / 30.0); !written)
            return written;
    }
    return (*writer)->finish();
}

/// A person of half the picture's height in its middle.
Box personInTheMiddle(const ImageView &picture)
{
    const double side = picture.height * 0.5;
    return {picture.width / 2 - side / 4, picture.height * 0.25, side / 2, side};
}

Result<Pose2D> findKeypoints(KeypointNetwork &network, const ImageView &picture)
{
    return network.estimate(picture, network.cropAround(personInTheMiddle(picture)));
}

struct Figures
{
    double decodeMs = 0.0;
    double boxesMs = 0.0;
    double keypointsMs = 0.0;
    double pipelineMs = 0.0;
    std::optional<OwnDetectorTimes> own;
};

/// One stage after the other.
Result<void> measureStages(FrameSource &source, Networks &networks, std::int64_t first, std::int64_t end,
                           Figures &figures)
{
    for (std::int64_t i = first; i < end; ++i) {
        Clock::time_point begin = Clock::now();
        const Result<VideoFrame> frame = source.frame(i);
        figures.decodeMs += millisecondsSince(begin);
        if (!frame)
            return frame.error();
        begin = Clock::now();
        const Result<std::vector<Box>> boxes = networks.boxes->findBoxes(frame->view());
        figures.boxesMs += millisecondsSince(begin);
        if (!boxes)
            return boxes.error();
        begin = Clock::now();
        const Result<Pose2D> pose = findKeypoints(*networks.keypoints, frame->view());
        figures.keypointsMs += millisecondsSince(begin);
        if (!pose)
            return pose.error();
    }
    return {};
}

/// The stages side by side, as detectVideo() runs them.
Result<void> measurePipeline(FrameSource &source, Networks &networks, std::int64_t first, std::int64_t end,
                             Figures &figures)
{
    const Clock::time_point begin = Clock::now();
    FramesAhead ahead(source, first, end, [&](const ImageView &picture) { return networks.boxes->findBoxes(picture); });
    while (const std::optional<SearchedFrame> searched = ahead.next()) {
        if (!searched->frame || !searched->found)
            return searched->frame ? searched->found.error() : searched->frame.error();
        if (const Result<Pose2D> pose = findKeypoints(*networks.keypoints, searched->frame->view()); !pose)
            return pose.error();
    }
    figures.pipelineMs += millisecondsSince(begin);
    return {};
}

Result<Figures> measure(const std::string &video, Networks &networks, std::int64_t wanted)
{
    Result<std::unique_ptr<FrameSource>> source = openFrameSource(video);
    if (!source)
        return source.error();
    const Result<FrameIndex> index = (*source)->buildIndex();
    if (!index)
        return index.error();
    const std::int64_t frames = std::min(wanted, index->frameCount());
    Figures figures;
    Figures warmUp;
    if (Result<void> done = measureStages(**source, networks, 0, 1, warmUp); !done)
        return done.error();
    // In turns, so that a machine whose speed drifts slows both alike.
    for (std::int64_t first = 0; first < frames; first += kFramesPerTurn) {
        const std::int64_t end = std::min(frames, first + kFramesPerTurn);
        for (const auto measureTurn : {measureStages, measurePipeline}) {
            if (Result<void> done = measureTurn(**source, networks, first, end, figures); !done)
                return done.error();
        }
    }
    const Result<VideoFrame> frame = (*source)->frame(0);
    if (!frame)
        return frame.error();
    const Result<std::optional<OwnDetectorTimes>> own =
        measureOwnDetector(frame->view(), personInTheMiddle(frame->view()), static_cast<int>(frames));
    if (!own)
        return own.error();
    const double count = static_cast<double>(frames);
    return Figures{figures.decodeMs / count, figures.boxesMs / count, figures.keypointsMs / count,
                   figures.pipelineMs / count, *own};
}

} // namespace

int benchDetect(const BenchOptions &options)
{
    Result<Networks> networks = loadNetworks();
    if (!networks)
        return reportFailure(networks.error());
    const int frames = options.quick ? 15 : 150;
    const fs::path clip = fs::temp_directory_path() / ("poselift-bench-detect-" + std::to_string(::getpid()) + ".mp4");
    if (options.input.empty()) {
        if (const Result<void> written = writeClip(clip, frames); !written)
            return reportFailure(written.error());
    }
    const Result<Figures> figures = measure(options.input.empty() ? clip.string() : options.input, *networks, frames);
    std::error_code ignored;
    fs::remove(clip, ignored);
    if (!figures)
        return reportFailure(figures.error());
    reportMetric(options, "detect", "decode_ms", figures->decodeMs, "ms");
    reportMetric(options, "detect", "boxes_ms", figures->boxesMs, "ms");
    reportMetric(options, "detect", "keypoints_ms", figures->keypointsMs, "ms");
    reportMetric(options, "detect", "pipeline_ms", figures->pipelineMs, "ms");
    reportMetric(options, "detect", "sum_ms", figures->decodeMs + figures->boxesMs + figures->keypointsMs, "ms");
    if (figures->own) {
        reportMetric(options, "detect", "own_person_ms", figures->own->personMs, "ms");
        reportMetric(options, "detect", "own_frame_ms", figures->own->frameMs, "ms");
    }
    return kExitOk;
}

} // namespace poselift
