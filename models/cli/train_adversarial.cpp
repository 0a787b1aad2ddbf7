#include "models/cli/train_adversarial.h"

#include "models/cli/console.h"
#include "models/cli/exitcodes.h"
#include "models/train/adversarialtrainer.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>
#include <memory>

namespace poselift {

namespace {

int train(const AdversarialOptions &options)
{
    const StopOnSignals stop;
    const JobContext job{stop.token(), [](const JobProgress &progress) { std::cout << progress.note << std::endl; }};
    const Result<TrainingLoopReport> report = trainAdversarialLifter(options, job);
    if (!report)
        return reportFailure(report.error());
    std::cout << "best epoch " << report->bestEpoch << ": " << report->figures.dump() << '\n';
    return kExitOk;
}

void addModelOptions(CLI::App &command, AdversarialOptions &options)
{
    command.add_option("--channels", options.channels)->capture_default_str();
    command.add_option("--generator-blocks", options.generatorBlocks)->capture_default_str();
    command.add_option("--discriminator-blocks", options.discriminatorBlocks)->capture_default_str();
    command.add_flag("--discriminator-batch-norm,!--no-discriminator-batch-norm", options.discriminatorBatchNorm,
                     "Batch norm in the discriminator (the default)");
    command.add_option("--leak", options.leak, "Slope of the activations below 0")->capture_default_str();
    command.add_flag("--normal-init", options.normalInit, "Weights from N(0, 0.02)");
    command.add_option("--root", options.root, "Joint that bodies are turned about")->capture_default_str();
    command.add_option("--head", options.head, "Joint whose mean distance from the root becomes 1/depth")
        ->capture_default_str();
    command.add_option("--depth", options.depth, "Distance of a body, in lengths of its head-root distance")
        ->capture_default_str();
    command.add_flag("--consistent-translation,!--published-translation", options.consistentTranslation,
                     "Project from the distance d + 1 (the default), as published from d");
    command.add_option("--min-elevation", options.minElevation, "Of random projections, degrees")
        ->capture_default_str();
    command.add_option("--max-elevation", options.maxElevation, "Degrees")->capture_default_str();
    command.add_option("--min-azimuth", options.minAzimuth, "Degrees")->capture_default_str();
    command.add_option("--max-azimuth", options.maxAzimuth, "Degrees")->capture_default_str();
    command
        .add_option("--data-elevation", options.dataElevation,
                    "Mean elevation of the data's cameras, undone before a random turn; degrees")
        ->capture_default_str();
    command.add_option("--torso", options.torsoMetres, "Mean adult distance of head from root, m")
        ->capture_default_str();
}

void addTrainingOptions(CLI::App &command, AdversarialOptions &options)
{
    command.add_flag("--minimax", options.minimax, "log(1 - D) instead of -log D for the generator");
    command.add_option("--accuracy-gate", options.accuracyGate,
                       "Who wins more often than this skips a step; 0: nobody");
    command.add_option("--facing-weight", options.facingWeight, "Weight of the loss of bodies that bend backwards");
    command.add_option("--consistency-weight", options.consistencyWeight, "Weight of the loss of lifting twice");
    command.add_option("--lr", options.learningRate)->capture_default_str();
    command.add_option("--lr-decay", options.lrDecay, "Factor per epoch")->capture_default_str();
    command.add_option("--beta1", options.beta1)->capture_default_str();
    command.add_option("--discriminator-steps", options.discriminatorSteps, "Per batch")->capture_default_str();
    command.add_option("--generator-steps", options.generatorSteps, "Per batch")->capture_default_str();
    command.add_option("--batch", options.batch, "Poses a step, up to 65536")->capture_default_str();
    command.add_option("--epochs", options.epochs)->capture_default_str();
    command.add_option("--steps-per-epoch", options.stepsPerEpoch, "0: every pose is shown once");
    command.add_option("--seed", options.seed)->capture_default_str();
    command.add_option("--device", options.device, "auto, cpu or cuda")->capture_default_str();
    command.add_option("--threads", options.threads, "0: all cores of the CPU affinity");
    command.add_option("--validate-every", options.validateEvery, "Epochs")->capture_default_str();
    command.add_option("--validation", options.validation,
                       "Motion capture (HDF5, group val) for figures in the log; it chooses nothing");
    command.add_flag("--resume", options.resume, "Go on from the checkpoint in --out");
}

} // namespace

void addTrainAdversarialCommand(CLI::App &trainCommand, int &exitCode)
{
    CLI::App *command = trainCommand.add_subcommand("adversarial", "Train a lifter from 2D poses alone (pack poses2d)");
    const auto options = std::make_shared<AdversarialOptions>();
    command->add_option("--data", options->data, "2D poses (pack poses2d)")->required();
    command->add_option("--out", options->out, "Folder for the weights and the checkpoint")->required();
    addModelOptions(*command, *options);
    addTrainingOptions(*command, *options);
    command->callback([options, &exitCode] { exitCode = train(*options); });
}

} // namespace poselift
