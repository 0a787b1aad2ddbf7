#include "core/io/projectlock.h"
#include "models/cli/commands.h"
#include "models/cli/console.h"
#include "models/cli/exitcodes.h"
#include "models/pipeline/runpipeline.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <iostream>
#include <memory>

namespace poselift {

namespace {

struct RunArguments
{
    RunOptions run;
    int threads = 0;
    bool json = false;
    bool quiet = false;
};

std::string personLine(const TrackSummary &track)
{
    char text[200];
    std::snprintf(text, sizeof text, "  person %d: frames %lld to %lld, seen in %lld, mean confidence %.2f%s", track.id,
                  static_cast<long long>(track.firstFrame), static_cast<long long>(track.endFrame - 1),
                  static_cast<long long>(track.framesPresent), track.meanConfidence, track.lifted ? ", lifted to 3D" : "");
    return track.label.empty() ? text : text + (" (" + track.label + ")");
}

void printForPeople(const RunSummary &summary)
{
    const double rate = summary.detectSeconds > 0 ? double(summary.framesDetected) / summary.detectSeconds : 0.0;
    std::printf("%lld of %lld frames with %s, %.1f frames/s\n", static_cast<long long>(summary.framesDetected),
                static_cast<long long>(summary.frameCount), summary.detector.c_str(), rate);
    if (summary.tracks.empty())
        std::puts("Nobody was found.");
    for (const TrackSummary &track : summary.tracks)
        std::puts(personLine(track).c_str());
    if (!summary.lifter.empty())
        std::printf("Lifted with %s\n", summary.lifter.c_str());
    std::printf("Project: %s%s\n", summary.project.c_str(), summary.problem ? " (partial)" : "");
    if (!summary.overlay.empty())
        std::printf("Overlay: %s\n", summary.overlay.c_str());
    std::fflush(stdout);
}

int report(const RunSummary &summary, const RunArguments &arguments)
{
    for (const Error &warning : summary.warnings)
        printWarning(warning.sentence());
    if (arguments.json)
        std::cout << toJson(summary).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << std::endl;
    else if (!arguments.quiet)
        printForPeople(summary);
    return summary.problem ? reportFailure(*summary.problem) : static_cast<int>(kExitOk);
}

/// Nobody else may write the project meanwhile. A folder that takes no lock file takes no project
/// either; that is found out, and worded better, a little later.
Result<ProjectLock> lockProject(const std::filesystem::path &path)
{
    Result<ProjectLock> lock = ProjectLock::acquire(path);
    if (lock || lock.error().code() != ErrorCode::ProjectLocked)
        return lock ? Result<ProjectLock>(*std::move(lock)) : Result<ProjectLock>(ProjectLock());
    std::string process;
    for (const auto &[name, value] : lock.error().arguments())
        process = name == "found" ? value : process;
    return Error(ErrorCode::ProjectInUse, {{"path", path.string()}, {"found", process}});
}

int run(RunArguments arguments)
{
    const StopOnSignals signals;
    if (arguments.run.project.empty())
        arguments.run.project = arguments.run.video.filename().replace_extension(".poselift");
    arguments.run.detector.threads = arguments.threads;
    arguments.run.lifter.threads = arguments.threads;
    const Result<ProjectLock> lock = lockProject(arguments.run.project);
    if (!lock)
        return reportFailure(lock.error(), arguments.json);
    ConsoleProgress progress(arguments.quiet);
    const Result<RunSummary> summary = runPipeline(arguments.run, {signals.token(), progress.callback()});
    progress.finish();
    return summary ? report(*summary, arguments) : reportFailure(summary.error(), arguments.json);
}

} // namespace

void addRunCommand(CLI::App &app, int &exitCode)
{
    CLI::App *command = app.add_subcommand("run", "Video in, project with 2D and 3D poses out");
    const auto arguments = std::make_shared<RunArguments>();
    command->add_option("VIDEO", arguments->run.video, "Video file or folder of pictures")->required();
    command->add_option("-o,--output", arguments->run.project,
                        "Project to write, NAME.poselift; default: VIDEO's name, here. In one that exists, corrections stay");
    command->add_option("--overlay", arguments->run.overlay, "Also write a video with the keypoints drawn in");
    command->add_option("--detector", arguments->run.detector.model, "Keypoint model (see: models list)");
    command->add_option("--boxes", arguments->run.detector.boxModel, "Person-box model for a top-down detector");
    command->add_option("--lifter", arguments->run.lifter.model, "Lifting model");
    command->add_flag("!--no-lift", arguments->run.lift, "2D only");
    command->add_option("--threads", arguments->threads, "Threads; default: all CPUs of the process's affinity");
    command->add_flag("--json", arguments->json, "Print the summary as JSON");
    command->add_flag("--quiet", arguments->quiet, "No progress and no summary");
    command->callback([arguments, &exitCode] { exitCode = run(*arguments); });
}

} // namespace poselift
