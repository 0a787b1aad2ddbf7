#include "models/cli/pack_poses2d.h"

#include "models/cli/console.h"
#include "models/cli/exitcodes.h"
#include "models/train/poses2d.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace poselift {

namespace {

struct Arguments
{
    Poses2DOptions options;
    bool quiet = false;
};

int pack(const Arguments &arguments)
{
    const StopOnSignals signals;
    ConsoleProgress progress(arguments.quiet);
    const Result<std::int64_t> count = packPoses2D(arguments.options, {signals.token(), progress.callback()});
    progress.finish();
    if (!count)
        return reportFailure(count.error());
    if (!arguments.quiet)
        std::cout << arguments.options.output.string() << ": " << *count << " poses\n";
    return kExitOk;
}

} // namespace

void addPackPoses2DCommand(CLI::App &packCommand, int &exitCode)
{
    CLI::App *command = packCommand.add_subcommand(
        "poses2d", "2D poses alone, as virtual cameras see motion capture, for 'train adversarial'");
    const auto arguments = std::make_shared<Arguments>();
    Poses2DOptions &options = arguments->options;
    command->add_option("--data", options.data, "Motion capture (HDF5)")->required();
    command->add_option("-o,--output", options.output, "Pack to write (HDF5)")->required();
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
    command->callback([arguments, &exitCode] { exitCode = pack(*arguments); });
}

} // namespace poselift
