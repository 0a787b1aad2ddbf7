#include "models/cli/evaluate_errors.h"

#include "models/cli/console.h"
#include "models/cli/exitcodes.h"
#include "models/evaluate/errorevaluation.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>
#include <memory>

namespace poselift {

namespace {

int evaluate(const ErrorEvaluationOptions &options, bool quiet)
{
    const StopOnSignals signals;
    ConsoleProgress progress(quiet);
    const Result<nlohmann::json> measured = evaluateErrors(options, {signals.token(), progress.callback()});
    progress.finish();
    if (!measured)
        return reportFailure(measured.error());
    std::cout << measured->dump(1) << std::endl;
    return kExitOk;
}

} // namespace

void addEvaluateErrorsCommand(CLI::App &evaluateCommand, int &exitCode)
{
    CLI::App *command = evaluateCommand.add_subcommand(
        "errors", "Measure the errors of a 2D detector in the terms of the noise model; prints JSON");
    const auto options = std::make_shared<ErrorEvaluationOptions>();
    const auto quiet = std::make_shared<bool>(false);
    command->add_option("--pose2sim", options->pose2sim, "Folder with pose2sim's takes")->required();
    command->add_option("--model", options->model, "Keypoint model; default: the preferred installed one");
    command->add_option("--threads", options->threads, "0: all cores of the CPU affinity");
    command->add_flag("--quiet", *quiet, "No progress");
    command->callback([options, quiet, &exitCode] { exitCode = evaluate(*options, *quiet); });
}

} // namespace poselift
