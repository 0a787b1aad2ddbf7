#include "models/cli/train_baseline.h"

#include "models/cli/console.h"
#include "models/cli/exitcodes.h"
#include "models/train/baselinetrainer.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>
#include <memory>

namespace poselift {

namespace {

int train(const BaselineOptions &options)
{
    const StopOnSignals stop;
    const JobContext job{stop.token(), [](const JobProgress &progress) { std::cout << progress.note << std::endl; }};
    const Result<TrainingLoopReport> report = trainBaseline(options, job);
    if (!report)
        return reportFailure(report.error());
    std::cout << "best epoch " << report->bestEpoch << ": " << report->figures.dump() << '\n';
    return kExitOk;
}

} // namespace

void addTrainBaselineCommand(CLI::App &trainCommand, int &exitCode)
{
    CLI::App *command = trainCommand.add_subcommand(
        "baseline", "Train the simple per-frame baseline (Martinez et al. 2017) on motion capture");
    const auto options = std::make_shared<BaselineOptions>();
    command->add_option("--data", options->data, "Motion capture (HDF5, groups train and val)")->required();
    command->add_option("--out", options->out, "Folder for the weights and the checkpoint")->required();
    command->add_option("--channels", options->channels)->capture_default_str();
    command->add_option("--dropout", options->dropout)->capture_default_str();
    command->add_flag("--kaiming-init,!--no-kaiming-init", options->kaimingInit,
                      "Initial weights after He et al. 2015 (the default), else PyTorch's usual");
    command->add_option("--max-norm", options->maxNorm, "Longest weight matrix; 0: no limit")->capture_default_str();
    command->add_flag("--z-score,!--no-z-score", options->zScore,
                      "Inputs and targets of mean 0 and deviation 1 (the default), else as they are");
    command->add_flag("--mean-distance", options->meanDistance, "MPJPE loss instead of the mean squared error");
    command->add_option("--lr", options->learningRate)->capture_default_str();
    command->add_option("--lr-decay", options->lrDecay, "Factor per --lr-decay-steps")->capture_default_str();
    command->add_option("--lr-decay-steps", options->lrDecaySteps)->capture_default_str();
    command->add_option("--batch", options->batch, "Poses a step")->capture_default_str();
    command->add_option("--epochs", options->epochs)->capture_default_str();
    command->add_option("--steps-per-epoch", options->stepsPerEpoch, "0: every frame is shown once");
    command->add_option("--windows-per-clip", options->examples.windowsPerClip, "Examples cut from one random clip")
        ->capture_default_str();
    command->add_option("--seed", options->seed)->capture_default_str();
    command->add_option("--device", options->device, "auto, cpu or cuda")->capture_default_str();
    command->add_option("--threads", options->threads, "0: all cores of the CPU affinity");
    command->add_option("--validate-every", options->validateEvery, "Epochs")->capture_default_str();
    command->add_flag("--resume", options->resume, "Go on from the checkpoint in --out");
    command->callback([options, &exitCode] { exitCode = train(*options); });
}

} // namespace poselift
