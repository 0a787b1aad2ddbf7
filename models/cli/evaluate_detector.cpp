#include "models/cli/evaluate_detector.h"

#include "models/cli/console.h"
#include "models/cli/exitcodes.h"
#include "models/evaluate/detectorevaluation.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>
#include <memory>

namespace poselift {

namespace {

struct Arguments
{
    DetectorEvaluationOptions options;
    bool json = false;
    bool quiet = false;
};

bool hasData(const DetectorEvaluationOptions &options)
{
    return !options.lsp.empty() || !options.coco.empty() || !options.pose2sim.empty() ||
           !options.sports2d.empty();
}

int evaluate(const Arguments &arguments)
{
    if (!hasData(arguments.options))
        return reportFailure(
            Error(ErrorCode::BadArgument, {{"name", "--lsp, --coco, --pose2sim, --sports2d"},
                                           {"expected", "at least one of them"},
                                           {"found", "none"}}));
    const StopOnSignals signals;
    ConsoleProgress progress(arguments.quiet);
    const auto print = [&](const ReportTable &table) {
        progress.finish();
        if (arguments.json)
            std::cout << table.toJson().dump() << std::endl;
        else
            std::cout << table.markdown() << std::endl;
    };
    const Result<void> measured =
        evaluateDetectors(arguments.options, print, {signals.token(), progress.callback()});
    progress.finish();
    return measured ? static_cast<int>(kExitOk) : reportFailure(measured.error(), arguments.json);
}

} // namespace

void addEvaluateDetectorCommand(CLI::App &evaluateCommand, int &exitCode)
{
    CLI::App *command = evaluateCommand.add_subcommand(
        "detector", "Measure 2D detectors side by side; each --DATA adds its tables");
    const auto arguments = std::make_shared<Arguments>();
    DetectorEvaluationOptions &options = arguments->options;
    command->add_option("--model", options.models,
                        "Keypoint models; default: all installed. Distances are to the first");
    command->add_option("--lsp", options.lsp, "Folder of LSP-extended (joints.mat, images/)");
    command->add_option("--first", options.firstPicture, "First picture of LSP-extended")
        ->capture_default_str();
    command->add_option("--last", options.lastPicture, "Last picture of LSP-extended")
        ->capture_default_str();
    command
        ->add_option("--robustness", options.robustnessPictures,
                     "People for rotation, scale and truncation")
        ->capture_default_str();
    command->add_option("--ghosts", options.ghostCrops, "Pieces without people")
        ->capture_default_str();
    command->add_option("--coco", options.coco,
                        "COCO keypoint annotations (JSON), pictures beside it");
    command->add_option("--pose2sim", options.pose2sim, "Folder with pose2sim's takes");
    CLI::Option *video = command->add_option("--sports2d", options.sports2d,
                                             "Video with people that have marked boxes");
    command
        ->add_option("--sports2d-boxes", options.sports2dBoxes,
                     "Their boxes (JSON: person, frame, [x, y, width, height])")
        ->needs(video);
    command->add_option("--threads", options.threads, "0: all cores of the CPU affinity");
    command->add_flag("--json", arguments->json, "One JSON object a table and line");
    command->add_flag("--quiet", arguments->quiet, "No progress");
    command->callback([arguments, &exitCode] { exitCode = evaluate(*arguments); });
}

} // namespace poselift
