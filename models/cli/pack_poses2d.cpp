#include "models/cli/pack_poses2d.h"

#include "core/io/mocapfile.h"
#include "models/cli/console.h"
#include "models/cli/exitcodes.h"
#include "models/finetune/projectposes2d.h"
#include "models/train/poses2d.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace poselift {

namespace {

struct Arguments
{
    Poses2DOptions options; ///< without motion capture when data is empty
    std::vector<std::filesystem::path> projects;
    std::filesystem::path output;
    bool quiet = false;
};

/// Motion capture's first, then the projects'.
Result<Poses2D> collect(const Arguments &arguments, const JobContext &job)
{
    if (arguments.options.data.empty())
        return poses2DOfProjects(arguments.projects, job);
    const Result<MocapData> mocap = readMocap(arguments.options.data, arguments.options.group);
    if (!mocap)
        return mocap.error();
    Result<Poses2D> poses = poses2DOf(*mocap, arguments.options, job);
    if (!poses || arguments.projects.empty())
        return poses;
    const Result<Poses2D> own = poses2DOfProjects(arguments.projects, job);
    if (!own)
        return own.error();
    poses->append(*own);
    poses->source.update(own->source);
    return poses;
}

int pack(const Arguments &arguments)
{
    const StopOnSignals signals;
    ConsoleProgress progress(arguments.quiet);
    const Result<Poses2D> poses = collect(arguments, {signals.token(), progress.callback()});
    progress.finish();
    if (!poses)
        return reportFailure(poses.error());
    if (const Result<void> written = writePoses2D(*poses, arguments.output); !written)
        return reportFailure(written.error());
    if (!arguments.quiet)
        std::cout << arguments.output.string() << ": " << poses->count() << " poses\n";
    return kExitOk;
}

} // namespace

void addPackPoses2DCommand(CLI::App &packCommand, int &exitCode)
{
    CLI::App *command = packCommand.add_subcommand(
        "poses2d", "2D poses alone, of projects or as virtual cameras see motion capture, for 'train adversarial'");
    const auto arguments = std::make_shared<Arguments>();
    Poses2DOptions &options = arguments->options;
    CLI::Option *data = command->add_option("--data", options.data, "Motion capture (HDF5)");
    CLI::Option *projects = command->add_option("--project", arguments->projects,
                                                "Projects whose people are added: corrections over the detection");
    command->add_option("-o,--output", arguments->output, "Pack to write (HDF5)")->required();
    command->add_option("--group", options.group)->capture_default_str();
    command->add_option("--count", options.count, "Poses")->capture_default_str();
    command->add_option("--seed", options.seed)->capture_default_str();
    command->add_option("--clean-share", options.examples.cleanShare, "Share without noise of a detector")
        ->capture_default_str();
    command->add_option("--min-elevation", options.examples.camera.minElevation, "Of the cameras, rad")
        ->capture_default_str();
    command->add_option("--max-elevation", options.examples.camera.maxElevation, "rad")->capture_default_str();
    command->add_option("--roll", options.examples.camera.rollSigma, "Spread of the cameras' roll, rad")
        ->capture_default_str();
    command->add_option("--min-distance", options.examples.camera.minDistance, "Camera to root joint, m")
        ->capture_default_str();
    command->add_option("--max-distance", options.examples.camera.maxDistance, "m")->capture_default_str();
    command->add_flag("--quiet", arguments->quiet, "No progress, no summary");
    command->callback([arguments, data, projects, &exitCode] {
        if (data->count() + projects->count() == 0)
            throw CLI::RequiredError("--data or --project");
        exitCode = pack(*arguments);
    });
}

} // namespace poselift
