#include "models/cli/pack_finder.h"

#include "models/cli/console.h"
#include "models/cli/exitcodes.h"
#include "models/detect/dnnnetwork.h"
#include "models/finder/makefinderpack.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace poselift {

namespace {

struct Arguments
{
    FinderPackOptions options;
    std::string output;
    int threads = 0;
    bool quiet = false;
};

int pack(const Arguments &arguments)
{
    const StopOnSignals signals;
    setDetectionThreads(arguments.threads);
    ConsoleProgress progress(arguments.quiet);
    const Result<FinderPack> made =
        makeFinderPack(arguments.options, {signals.token(), progress.callback()});
    progress.finish();
    if (!made)
        return reportFailure(made.error());
    if (const Result<void> written = writeFinderPack(*made, arguments.output); !written)
        return reportFailure(written.error());
    std::size_t certain = 0, doubtful = 0;
    for (const FinderPicture &picture : made->pictures)
        for (const MarkedBox &person : picture.people)
            ++(person.certain ? certain : doubtful);
    if (!arguments.quiet)
        std::cout << arguments.output << ": " << made->pictures.size() << " pictures, " << certain
                  << " people, " << doubtful << " perhaps people\n";
    return kExitOk;
}

} // namespace

void addPackFinderCommand(CLI::App &packCommand, int &exitCode)
{
    CLI::App *command = packCommand.add_subcommand(
        "finder", "Whole pictures with everybody's box, for 'train finder'");
    const auto arguments = std::make_shared<Arguments>();
    FinderPackOptions &options = arguments->options;
    command->add_option("--lsp", options.lsp, "Folder of LSP-extended (joints.mat, images/)")
        ->required();
    command->add_option("-o,--output", arguments->output, "Pack to write (HDF5)")->required();
    command->add_option("--first", options.firstPicture)->capture_default_str();
    command->add_option("--last", options.lastPicture, "Last picture; the rest is for validation")
        ->capture_default_str();
    command->add_option("--boxes", options.teacher,
                        "Box model that marks the people without annotation");
    command->add_option("--long-side", options.longSide, "Larger pictures are shrunk to this, px")
        ->capture_default_str();
    command->add_option("--threads", arguments->threads, "0: all cores of the CPU affinity");
    command->add_flag("--quiet", arguments->quiet, "No progress, no summary");
    command->callback([arguments, &exitCode] { exitCode = pack(*arguments); });
}

} // namespace poselift
