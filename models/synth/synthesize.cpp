#include "models/synth/synthesize.h"

#include "core/io/projectfile.h"
#include "core/media/framesource.h"
#include "core/media/videowriter.h"
#include "models/synth/renderer.h"
#include "models/synth/syntheticclip.h"

#include <cmath>
#include <sstream>

namespace poselift {

namespace {

namespace fs = std::filesystem;

Error badArgument(const char *name, const char *expected, double found)
{
    std::ostringstream text;
    text << found;
    return Error(ErrorCode::BadArgument, {{"name", name}, {"expected", expected}, {"found", text.str()}});
}

Result<void> checkOptions(const SynthOptions &options)
{
    if (options.people < 1 || options.people > 2)
        return badArgument("--people", "1 or 2", options.people);
    if (!(options.seconds > 0 && options.seconds <= 3600))
        return badArgument("--seconds", "more than 0, at most 3600", options.seconds);
    if (!(options.framesPerSecond >= 1 && options.framesPerSecond <= 240))
        return badArgument("--fps", "1 to 240", options.framesPerSecond);
    if (options.width < 64 || options.width > 7680)
        return badArgument("--width", "64 to 7680", options.width);
    if (options.height < 64 || options.height > 4320)
        return badArgument("--height", "64 to 4320", options.height);
    return {};
}

/// Keypoints behind something else become Occluded.
void markHidden(Project &truth, const SceneRenderer &renderer, const SyntheticScene &scene, std::int64_t frame)
{
    KeypointLayer &layer = truth.keypointLayers[0];
    for (std::size_t person = 0; person < layer.tracks.size(); ++person) {
        KeypointTrack &track = layer.tracks[person];
        if (!track.covers(frame))
            continue;
        const Pose3D depths = trueJointsAt(scene, scene.figures[person], layer.skeleton, frame);
        for (int joint = 0; joint < track.jointCount; ++joint) {
            Keypoint2D keypoint = track.keypoint(frame, joint);
            if (!keypoint.isKnown() || !renderer.isHidden(keypoint, depths[static_cast<std::size_t>(joint)].z))
                continue;
            keypoint.state = KeypointState::Occluded;
            track.setKeypoint(frame, joint, keypoint);
        }
    }
}

/// Says which file the truth belongs to, with the frame times that a reader of the file finds.
Result<void> describeMedia(const fs::path &video, Project &project, const JobContext &job)
{
    Result<std::unique_ptr<FrameSource>> source = openFrameSource(video);
    if (!source)
        return source.error();
    const Result<FrameIndex> index = (*source)->buildIndex(job);
    if (!index)
        return index.error();
    const MediaInfo &info = (*source)->info();
    project.media = {video.filename().string(), info.sizeBytes, index->frameCount(), info.width, info.height,
                     ptsHash(*index), index->seconds};
    return {};
}

} // namespace

Result<SynthResult> synthesize(const SynthOptions &options, const JobContext &job)
{
    if (Result<void> checked = checkOptions(options); !checked)
        return checked.error();
    const int frames = std::max(1, static_cast<int>(std::lround(options.seconds * options.framesPerSecond)));
    const SyntheticScene scene = makeScene(options.seed, options.people, options.width, options.height,
                                           constantRate(frames, options.framesPerSecond));
    return synthesizeScene(scene, options.look == 0 ? SceneLook::usual() : SceneLook::ofSeed(options.look), options, job);
}

Result<SynthResult> synthesizeScene(const SyntheticScene &scene, const SceneLook &look, const SynthOptions &options,
                                    const JobContext &job)
{
    const auto frames = static_cast<std::int64_t>(scene.seconds.size());
    VideoWriterOptions writerOptions;
    writerOptions.width = scene.camera.width;
    writerOptions.height = scene.camera.height;
    writerOptions.fps = options.framesPerSecond;
    writerOptions.quality = options.quality;
    writerOptions.threads = 1; // the same bytes on every machine
    Result<std::unique_ptr<VideoWriter>> writer = VideoWriter::create(options.video, writerOptions);
    if (!writer)
        return writer.error();

    Project truth = makeTruth(scene);
    SceneRenderer renderer(scene, look);
    for (std::int64_t frame = 0; frame < frames; ++frame) {
        if (job.stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        const ImageView picture = renderer.draw(frame);
        markHidden(truth, renderer, scene, frame);
        if (Result<void> written = (*writer)->write(picture, scene.seconds[static_cast<std::size_t>(frame)]); !written)
            return written.error();
        job.report("synth", frame + 1, frames);
    }
    if (Result<void> finished = (*writer)->finish(); !finished)
        return finished.error();

    // The same keypoints as if a detector had found them, so that a project without any detector
    // shows them and can be lifted; detecting replaces this layer and leaves the truth.
    KeypointLayer detected = truth.keypointLayers[0];
    detected.name = "detected";
    truth.keypointLayers.push_back(std::move(detected));
    truth.uuid = newUuid();
    truth.meta["program"] = "poselift " POSELIFT_VERSION;
    truth.meta["made_by"] = "poselift-cli synth --seed " + std::to_string(options.seed)
                            + (options.look == 0 ? "" : " --look " + std::to_string(options.look));
    if (Result<void> described = describeMedia(options.video, truth, job); !described)
        return described.error();
    const fs::path project = fs::path(options.video).replace_extension(".poselift");
    if (Result<void> saved = writeProject(truth, project); !saved)
        return saved.error();
    return SynthResult{options.video, project, frames};
}

} // namespace poselift
