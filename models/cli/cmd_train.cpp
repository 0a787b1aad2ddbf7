#include "models/cli/commands.h"
#include "models/cli/console.h"
#include "models/cli/exitcodes.h"
#include "models/trainer.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <iostream>
#include <memory>

namespace poselift {

namespace {

int train(const TemporalTrainOptions &options)
{
    const StopOnSignals stop;
    const JobContext job{stop.token(), [](const JobProgress &progress) {
                             std::cout << progress.note << std::endl;
                         }};
    const Result<TemporalTrainReport> report = trainTemporalModel(options, job);
    if (!report)
        return reportFailure(report.error());
    std::printf("best epoch %d: val MPJPE clean %.1f mm, noisy %.1f mm; %.0f s\n", report->bestEpoch,
                1000 * report->cleanMpjpe, 1000 * report->noisyMpjpe, report->seconds);
    return kExitOk;
}

} // namespace

void addTrainCommand(CLI::App &app, int &exitCode)
{
    CLI::App *command = app.add_subcommand("train", "Train a model");
    command->require_subcommand(1);
    CLI::App *temporal = command->add_subcommand("videopose3d", "Train a 2D-to-3D lifter on motion capture");
    auto options = std::make_shared<TemporalTrainOptions>();
    temporal->add_option("--data", options->data, "Motion capture (HDF5, groups train and val)")->required();
    temporal->add_option("--out", options->out, "Folder for the weights and the checkpoint")->required();
    temporal->add_option("--filter-widths", options->filterWidths, "Kernel widths; their product is the receptive field")
        ->delimiter(',')->capture_default_str();
    temporal->add_option("--channels", options->channels)->capture_default_str();
    temporal->add_option("--dropout", options->dropout)->capture_default_str();
    temporal->add_option("--epochs", options->epochs)->capture_default_str();
    temporal->add_option("--steps-per-epoch", options->stepsPerEpoch, "0: every frame is shown twice (mirrored)");
    temporal->add_option("--batch", options->batch, "Output frames a step")->capture_default_str();
    temporal->add_option("--lr", options->learningRate)->capture_default_str();
    temporal->add_option("--lr-decay", options->lrDecay, "Factor per epoch; 0: 0.95^(80/epochs)");
    temporal->add_option("--seed", options->seed)->capture_default_str();
    temporal->add_option("--device", options->device, "auto, cpu or cuda")->capture_default_str();
    temporal->add_option("--threads", options->threads, "0: all cores of the CPU affinity");
    temporal->add_option("--validate-every", options->validateEvery, "Epochs")->capture_default_str();
    CLI::Option *resume = temporal->add_flag("--resume", options->resume, "Go on from the checkpoint in --out");
    temporal->add_option("--init", options->init, "Weights to start from; blocks that they lack are added")->excludes(resume);
    temporal->callback([options, &exitCode] { exitCode = train(*options); });
}

} // namespace poselift
