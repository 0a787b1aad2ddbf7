#include "core/io/detectionsfile.h"
#include "core/io/projectfile.h"
#include "models/cli/commands.h"
#include "models/cli/console.h"
#include "models/cli/exitcodes.h"
#include "models/lifter.h"
#include "models/pipeline/liftproject.h"
#include "models/pipeline/mediareference.h"
#include "models/pipeline/overlay.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace poselift {

namespace {

namespace fs = std::filesystem;

struct LiftArguments
{
    std::string input;
    std::string output;
    std::string overlay;
    LifterOptions lifter;
    std::vector<TrackId> tracks;
    bool quiet = false;
};

Result<Project> readInput(const fs::path &path)
{
    return path.extension() == ".json" ? readDetections(path) : readProject(path);
}

Result<void> writeOverlay(const LiftArguments &arguments, const Project &project, const JobContext &job)
{
    Result<std::unique_ptr<FrameSource>> source = openFrameSource(mediaPath(project, arguments.output));
    if (!source)
        return source.error();
    return writeOverlayVideo(**source, project, arguments.overlay, job);
}

int runLift(const LiftArguments &arguments)
{
    if (fs::path(arguments.output).extension() != ".poselift") {
        return reportFailure(Error(ErrorCode::BadArgument, {{"name", "--output"}, {"expected", "a name that ends in .poselift"},
                                                            {"found", "'" + arguments.output + "'"}}));
    }
    const StopOnSignals signals;
    Result<Project> project = readInput(arguments.input);
    if (!project)
        return reportFailure(project.error());
    const Result<std::unique_ptr<Lifter>> lifter = createLifter(arguments.lifter);
    if (!lifter)
        return reportFailure(lifter.error());
    ConsoleProgress progress(arguments.quiet);
    const JobContext job{signals.token(), progress.callback()};
    const LiftedProject lifted = liftProject(*project, **lifter, job, arguments.tracks);
    progress.finish();
    for (const Error &warning : lifted.warnings)
        printWarning(warning.sentence());
    ++project->saveGeneration;
    project->media.path = mediaPathMoved(*project, arguments.input, arguments.output);
    if (const Result<void> written = writeProject(*project, arguments.output); !written)
        return reportFailure(written.error());
    if (!arguments.quiet)
        std::cout << arguments.output << ": " << lifted.tracks << " people lifted with " << (*lifter)->name() << '\n';
    if (!arguments.overlay.empty() && !lifted.cancelled) {
        const Result<void> drawn = writeOverlay(arguments, *project, job);
        progress.finish();
        if (!drawn)
            return reportFailure(drawn.error());
    }
    return lifted.cancelled ? reportFailure(Error(ErrorCode::Cancelled)) : static_cast<int>(kExitOk);
}

} // namespace

void addLiftCommand(CLI::App &app, int &exitCode)
{
    CLI::App *command = app.add_subcommand("lift", "Lift the 2D keypoints of a project, or of 'detect -o NAME.json', to 3D");
    const auto arguments = std::make_shared<LiftArguments>();
    command->add_option("INPUT", arguments->input, "NAME.poselift or NAME.json")->required();
    command->add_option("-o,--output", arguments->output, "Project to write; may be INPUT itself")->required();
    command->add_option("--overlay", arguments->overlay, "Also write a video with the keypoints drawn in");
    command->add_option("--lifter", arguments->lifter.model, "Lifting model; default: the bundled one");
    command->add_option("--track", arguments->tracks, "Only these people");
    command->add_flag("!--no-flip", arguments->lifter.flipAveraging, "Do not average with the mirrored input: twice as fast, a little less exact");
    command->add_option("--threads", arguments->lifter.threads, "Threads; default: all CPUs of the process's affinity");
    command->add_flag("--quiet", arguments->quiet, "No progress and no summary");
    command->callback([arguments, &exitCode] { exitCode = runLift(*arguments); });
}

} // namespace poselift
