#include "models/finetune/detectorworth.h"

#include "core/io/projectfile.h"
#include "core/pose/edit/trackextent.h"
#include "models/detect/choosedetector.h"
#include "models/detect/topdowndetector.h"
#include "models/finetune/finetunedetector.h"
#include "models/finetune/projectmedia.h"
#include "models/keypoints/keypointsbyname.h"
#include "models/keypoints/personkeypoints.h"
#include "models/synth/synthesize.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace poselift {

namespace fs = std::filesystem;

namespace {

constexpr double kFramesPerSecond = 15.0;
constexpr int kWidth = 640;
constexpr int kHeight = 480;

/// First frame that nobody corrects.
std::int64_t firstUnseen(std::int64_t frames)
{
    return 2 * frames / 3;
}

SyntheticScene makeNewScene(const DetectorWorthOptions &options)
{
    const int frames = std::max(1, static_cast<int>(std::lround(options.seconds * kFramesPerSecond)));
    SyntheticScene scene = makeScene(options.seed, 1, kWidth, kHeight, constantRate(frames, kFramesPerSecond));
    // Wider, nearer, higher up and from the side.
    scene.camera.fx = scene.camera.fy = 0.8 * kWidth;
    scene.cameraFromWorld = lookAt({1.3, 2.2, 3.3}, {0.0, 0.85, -0.2});
    return scene;
}

/// Corrections of evenly spread frames, as if somebody had put every joint where it is.
KeypointTrack correctedTrack(const KeypointTrack &truth, std::int64_t frames, int count)
{
    KeypointTrack track;
    track.id = truth.id;
    track.jointCount = truth.jointCount;
    for (int i = 0; i < count; ++i) {
        const std::int64_t frame = firstUnseen(frames) * i / count;
        Pose2D pose = truth.pose(frame);
        for (Keypoint2D &keypoint : pose)
            keypoint.origin = KeypointOrigin::Corrected;
        track.setPose(frame, pose);
    }
    return track;
}

/// Sums over joints that were looked at.
struct Distances
{
    double sum = 0.0;
    std::int64_t count = 0;

    double mean() const { return sum / static_cast<double>(std::max<std::int64_t>(1, count)); }
};

Result<double> meanDistance(const fs::path &weights, const Project &project, const fs::path &projectFile, int threads,
                            const JobContext &job)
{
    PersonKeypointOptions options;
    options.threads = threads;
    const Result<std::unique_ptr<PersonKeypoints>> network = PersonKeypoints::load(weights, options);
    if (!network)
        return network.error();
    const Result<std::unique_ptr<FrameSource>> source = openProjectMedia(project, projectFile, job);
    if (!source)
        return source.error();
    const KeypointLayer &truth = *project.keypointLayer(kTruth2D);
    const Skeleton &skeleton = (*network)->skeleton();
    Distances distances;
    for (std::int64_t frame = firstUnseen(project.media.frameCount); frame < project.media.frameCount; ++frame) {
        if (job.stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        const Result<VideoFrame> picture = (*source)->frame(frame);
        if (!picture)
            return picture.error();
        const Pose2D joints = keypointsByName(truth.tracks.front().pose(frame), truth.skeleton, skeleton);
        const std::optional<Box> box = boxOfPerson(joints);
        if (!box)
            continue;
        const Crop crop = (*network)->cropAround(*box);
        const Result<std::vector<Pose2D>> seen = (*network)->estimate(picture->view(), {&crop, 1});
        if (!seen)
            return seen.error();
        for (std::size_t j = 0; j < joints.size(); ++j) {
            if (!joints[j].isKnown())
                continue;
            distances.sum += std::hypot(seen->front()[j].x - joints[j].x, seen->front()[j].y - joints[j].y);
            ++distances.count;
        }
    }
    return distances.mean();
}

double meanHeight(const Project &project)
{
    const KeypointTrack &track = project.keypointLayer(kTruth2D)->tracks.front();
    Distances heights;
    for (std::int64_t frame = track.firstFrame; frame < track.endFrame(); ++frame) {
        if (const std::optional<Box> box = boxOfPerson(track.pose(frame))) {
            heights.sum += box->height;
            ++heights.count;
        }
    }
    return heights.mean();
}

} // namespace

Result<fs::path> makeCorrectedClip(const DetectorWorthOptions &options, const JobContext &job)
{
    std::error_code failed;
    fs::create_directories(options.folder, failed);
    if (failed)
        return Error(ErrorCode::CannotWrite, {{"path", options.folder.string()}, {"detail", failed.message()}});
    SynthOptions clip;
    clip.video = options.folder / "clip.mp4";
    clip.framesPerSecond = kFramesPerSecond;
    const Result<SynthResult> made = synthesizeScene(makeNewScene(options), SceneLook::ofSeed(options.seed), clip, job);
    if (!made)
        return made.error();
    Result<Project> project = readProject(made->project);
    if (!project)
        return project.error();
    const KeypointLayer &truth = *project->keypointLayer(kTruth2D);
    project->skeleton = truth.skeleton;
    project->tracks = {correctedTrack(truth.tracks.front(), made->frames, options.correctedFrames)};
    std::erase_if(project->keypointLayers, [](const KeypointLayer &layer) { return layer.name == "detected"; });
    if (Result<void> written = writeProject(*project, made->project); !written)
        return written.error();
    return made->project;
}

Result<DetectorWorth> measureDetectorWorth(const DetectorWorthOptions &options, const JobContext &job)
{
    const Result<fs::path> path = makeCorrectedClip(options, job);
    if (!path)
        return path.error();
    const Result<Project> project = readProject(*path);
    if (!project)
        return project.error();
    FinetuneOptions finetune;
    finetune.project = *path;
    finetune.run = options.folder / "run";
    finetune.model = options.model;
    finetune.preset = options.preset;
    finetune.steps = options.steps;
    finetune.threads = options.threads;
    const auto start = std::chrono::steady_clock::now();
    const Result<nlohmann::json> tuned = finetuneDetector(finetune, job);
    if (!tuned)
        return tuned.error();
    DetectorWorth worth;
    worth.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const Result<nlohmann::json> report = readJsonFile(tuned->at("report").get<std::string>());
    if (!report)
        return report.error();
    worth.report = *report;
    worth.personPixels = meanHeight(*project);
    const Result<DetectorManifest> base = chooseDetector("keypoints", worth.report.at("model").get<std::string>());
    if (!base)
        return base.error();
    const Result<double> before = meanDistance(base->network, *project, *path, options.threads, job);
    const Result<double> after = meanDistance(finetune.run / "weights.h5", *project, *path, options.threads, job);
    if (!before || !after)
        return before ? after.error() : before.error();
    worth.pixelsBefore = *before;
    worth.pixelsAfter = *after;
    return worth;
}

} // namespace poselift
