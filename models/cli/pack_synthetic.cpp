#include "models/cli/pack_synthetic.h"

#include "models/cli/console.h"
#include "models/cli/exitcodes.h"
#include "models/synth/makesyntheticpack.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>

namespace poselift {

namespace {

int pack(const SyntheticPackOptions &options, bool quiet)
{
    const StopOnSignals signals;
    ConsoleProgress progress(quiet);
    const Result<SyntheticPackResult> result = makeSyntheticPack(options, {signals.token(), progress.callback()});
    progress.finish();
    if (!result)
        return reportFailure(result.error());
    if (!quiet)
        std::printf("%s: %d people, %.1f MB of pictures\n", options.output.c_str(), result->people,
                    static_cast<double>(result->bytes) / 1e6);
    return kExitOk;
}

} // namespace

void addPackSyntheticCommand(CLI::App &packCommand, int &exitCode)
{
    CLI::App *command =
        packCommand.add_subcommand("synthetic", "Drawn people with exact keypoints, for 'train detector'");
    const auto options = std::make_shared<SyntheticPackOptions>();
    const auto quiet = std::make_shared<bool>(false);
    command->add_option("--mesh", options->mesh, "Folder with base.obj, rig.mixamo.json and weights.mixamo.json")
        ->required();
    command->add_option("--mocap", options->mocap, "Motion capture (HDF5); the group train is used")->required();
    command->add_option("-o,--output", options->output, "Pack to write (.h5)")->required();
    command->add_option("--count", options->count, "Pictures")->capture_default_str();
    command->add_option("--seed", options->seed)->capture_default_str();
    command->add_option("--backgrounds", options->backgrounds,
                        "Folder of LSP-extended (joints.mat, images/); the labelled people are removed");
    command->add_option("--last-background", options->lastBackground, "Last picture that may be a background")
        ->capture_default_str();
    command->add_option("--side", options->picture.side, "Side of a piece, px")->capture_default_str();
    command->add_option("--room", options->picture.room, "Side of a piece, in longer sides of the person's box")
        ->capture_default_str();
    command->add_option("--threads", options->threads)->capture_default_str();
    command->add_flag("--quiet", *quiet, "Print nothing but errors");
    command->callback([options, quiet, &exitCode] { exitCode = pack(*options, *quiet); });
}

} // namespace poselift
