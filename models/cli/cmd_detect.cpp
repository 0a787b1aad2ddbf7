#include "core/geometry/camera.h"
#include "core/io/projectfile.h"
#include "models/cli/commands.h"
#include "models/cli/console.h"
#include "models/cli/exitcodes.h"
#include "models/detect/detectvideo.h"

#include <CLI/CLI.hpp>

#include <nlohmann/json.hpp>

#include <unistd.h>

#include <cmath>
#include <fstream>
#include <iostream>
#include <memory>

namespace poselift {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct Options
{
    std::string video;
    std::string output;
    DetectorOptions detector;
    DetectVideoOptions range;
    bool quiet = false;
};

/// [x, y, confidence] of every joint, rounded to what a detector can mean; null for a frame in which
/// the person is not seen.
json keypointsJson(const KeypointTrack &track, std::int64_t frame)
{
    if (!track.isPresent(frame))
        return nullptr;
    const auto rounded = [](double value, double steps) { return std::round(value * steps) / steps; };
    json joints = json::array();
    for (const Keypoint2D &keypoint : track.pose(frame)) {
        if (keypoint.isKnown())
            joints.push_back({rounded(keypoint.x, 100), rounded(keypoint.y, 100), rounded(keypoint.confidence, 1000)});
        else
            joints.push_back(nullptr);
    }
    return joints;
}

json toJson(const DetectedVideo &detected, const MediaInfo &info)
{
    json tracks = json::array();
    for (const KeypointTrack &track : detected.layer.tracks) {
        json frames = json::array();
        for (std::int64_t frame = track.firstFrame; frame < track.endFrame(); ++frame)
            frames.push_back(keypointsJson(track, frame));
        tracks.push_back({{"id", track.id}, {"firstFrame", track.firstFrame}, {"keypoints", std::move(frames)}});
    }
    return {{"format", "poselift-detections"},
            {"version", 1},
            {"video", {{"path", info.path}, {"width", info.width}, {"height", info.height}, {"frameCount", detected.index.frameCount()}}},
            {"detector", detected.layer.producer},
            {"skeleton", detected.layer.skeleton.name},
            {"joints", detected.layer.skeleton.joints},
            {"complete", detected.complete},
            {"framesDone", detected.framesDone},
            {"seconds", detected.index.seconds},
            {"tracks", std::move(tracks)}};
}

Result<void> writeAtomically(const fs::path &path, const std::string &text)
{
    const fs::path temporary = path.string() + "." + std::to_string(::getpid());
    std::ofstream file(temporary, std::ios::binary);
    file << text;
    file.close();
    std::error_code failed;
    if (file)
        fs::rename(temporary, path, failed);
    if (file && !failed)
        return {};
    std::error_code ignored;
    fs::remove(temporary, ignored);
    return Error(ErrorCode::CannotWrite,
                 {{"path", path.string()}, {"detail", failed ? failed.message() : "the folder is missing, full or not writable"}});
}

Project toProject(const DetectedVideo &detected, const MediaInfo &info, const fs::path &output)
{
    Project project;
    project.uuid = newUuid();
    std::error_code failed;
    const fs::path relative = fs::relative(fs::absolute(info.path), fs::absolute(output).parent_path(), failed);
    project.media.path = failed || relative.empty() ? info.path : relative.string();
    project.media.sizeBytes = info.sizeBytes;
    project.media.frameCount = detected.index.frameCount();
    project.media.width = info.width;
    project.media.height = info.height;
    project.media.ptsHash = ptsHash(detected.index);
    project.media.seconds = detected.index.seconds;
    project.skeleton = detected.layer.skeleton;
    project.camera = assumedIntrinsics(info.width, info.height);
    project.keypointLayers.push_back(detected.layer);
    project.meta["program"] = "poselift " POSELIFT_VERSION;
    return project;
}

Result<void> save(const DetectedVideo &detected, const MediaInfo &info, const fs::path &output)
{
    if (output.extension() == ".poselift")
        return writeProject(toProject(detected, info, output), output);
    return writeAtomically(output, toJson(detected, info).dump() + "\n");
}

void printSummary(const DetectedVideo &detected, const std::string &output)
{
    std::cout << output << ": " << detected.layer.tracks.size() << " people in " << detected.framesDone << " frames ("
              << detected.layer.producer << ")\n";
    for (const KeypointTrack &track : detected.layer.tracks) {
        std::int64_t seen = 0;
        for (std::int64_t frame = track.firstFrame; frame < track.endFrame(); ++frame)
            seen += track.isPresent(frame) ? 1 : 0;
        std::cout << "  person " << track.id << ": frames " << track.firstFrame << " to " << track.endFrame() - 1
                  << ", seen in " << seen << "\n";
    }
}

int runDetect(const Options &options)
{
    const fs::path output = options.output;
    if (output.extension() != ".json" && output.extension() != ".poselift")
        return reportFailure(Error(ErrorCode::BadArgument, {{"name", "--output"}, {"expected", "a name that ends in .json or .poselift"}, {"found", "'" + options.output + "'"}}));
    const StopOnSignals signals;
    Result<std::unique_ptr<Detector2D>> detector = createDetector(options.detector);
    if (!detector)
        return reportFailure(detector.error());
    Result<std::unique_ptr<FrameSource>> source = openFrameSource(options.video);
    if (!source)
        return reportFailure(source.error());
    ConsoleProgress progress(options.quiet);
    const Result<DetectedVideo> detected =
        detectVideo(**source, **detector, {signals.token(), progress.callback()}, options.range);
    progress.finish();
    if (!detected)
        return reportFailure(detected.error());
    if (const Result<void> saved = save(*detected, (*source)->info(), output); !saved)
        return reportFailure(saved.error());
    if (!options.quiet)
        printSummary(*detected, options.output);
    // What was found before a stop or a damaged frame is saved; the exit code tells what happened.
    return detected->problem ? reportFailure(*detected->problem) : kExitOk;
}

} // namespace

void addDetectCommand(CLI::App &app, int &exitCode)
{
    CLI::App *command = app.add_subcommand("detect", "Find people and their 2D keypoints in a video");
    const auto options = std::make_shared<Options>();
    command->add_option("VIDEO", options->video, "Video file or folder of pictures")->required();
    command->add_option("-o,--output", options->output, "OUT.json or OUT.poselift")->required();
    command->add_option("--detector", options->detector.model, "Keypoint model (see 'models list')");
    command->add_option("--boxes", options->detector.boxModel, "Person-box model");
    command->add_option("--threads", options->detector.threads, "Threads; 0: all that the process may use");
    command->add_option("--first", options->range.firstFrame, "First frame");
    command->add_option("--frames", options->range.frameLimit, "At most this many frames");
    command->add_flag("--quiet", options->quiet, "No progress, no summary");
    command->callback([options, &exitCode] { exitCode = runDetect(*options); });
}

} // namespace poselift
