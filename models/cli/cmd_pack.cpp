#include "models/cli/commands.h"
#include "models/cli/console.h"
#include "models/cli/exitcodes.h"
#include "models/cli/pack_finder.h"
#include "models/cli/pack_poses2d.h"
#include "models/cli/pack_synthetic.h"
#include "models/pack/makepack.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <memory>

namespace poselift {

namespace {

int pack(const PackOptions &options, bool quiet)
{
    const StopOnSignals signals;
    ConsoleProgress progress(quiet);
    const Result<PackResult> result = makeKeypointPack(options, {signals.token(), progress.callback()});
    progress.finish();
    if (!result)
        return reportFailure(result.error());
    if (!quiet)
        std::printf("%s: %d people to train on, %d to validate on, %.1f MB of pictures, %d pieces without people\n",
                    options.output.c_str(), result->train, result->validation, static_cast<double>(result->bytes) / 1e6,
                    result->backgrounds);
    return kExitOk;
}

} // namespace

void addPackCommand(CLI::App &app, int &exitCode)
{
    CLI::App *packs = app.add_subcommand("pack", "Turn annotated or drawn pictures, or motion capture, into one file to train on");
    packs->require_subcommand(1);
    addPackFinderCommand(*packs, exitCode);
    addPackPoses2DCommand(*packs, exitCode);
    addPackSyntheticCommand(*packs, exitCode);
    CLI::App *command = packs->add_subcommand("keypoints", "A pack for the keypoint network (train detector)");
    const auto options = std::make_shared<PackOptions>();
    const auto quiet = std::make_shared<bool>(false);
    command->add_option("--lsp-extended", options->lspExtended, "Folder with joints.mat and images/")->required();
    command->add_option("-o,--output", options->output, "Pack to write (.h5)")->required();
    command->add_option("--first-validation", options->firstValidation, "Number of the first validation picture")
        ->capture_default_str();
    command->add_option("--teacher", options->teacher,
                        "Installed keypoint model whose poses are packed beside the labels");
    command->add_option("--room", options->room, "Side of a piece, in longer sides of the person's box")
        ->capture_default_str();
    command->add_option("--side", options->largestSide, "Largest side of a piece, px")->capture_default_str();
    command->add_option("--quality", options->jpegQuality, "JPEG quality")->capture_default_str();
    command->add_option("--backgrounds", options->backgrounds,
                        "Pieces of training pictures without people to pack too (needs a box model)");
    command->add_option("--limit", options->limit, "Only the first so many pictures; 0: all");
    command->add_flag("--quiet", *quiet, "Print nothing but errors");
    command->callback([options, quiet, &exitCode] { exitCode = pack(*options, *quiet); });
}

} // namespace poselift
