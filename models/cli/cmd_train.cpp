#include "models/cli/commands.h"
#include "models/cli/configfile.h"
#include "models/cli/console.h"
#include "models/cli/exitcodes.h"
#include "models/cli/train_adversarial.h"
#include "models/cli/train_baseline.h"
#include "models/finder/findertrainer.h"
#include "models/keypointtrainer.h"
#include "models/semisupervisedtrainer.h"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <iostream>
#include <memory>

namespace poselift {

namespace {

/// @p semi: with the takes beyond the labelled share as 2D only.
int trainLifter(const SemiSupervisedTrainOptions &options, bool semi)
{
    const StopOnSignals stop;
    const JobContext job{stop.token(), [](const JobProgress &progress) { std::cout << progress.note << std::endl; }};
    const Result<TemporalTrainReport> report
        = semi ? trainSemiSupervised(options, job) : trainTemporalModel(options.base, job);
    if (!report)
        return reportFailure(report.error());
    if (report->bestEpoch > 0) // the first of several processes
        std::printf("best epoch %d: val MPJPE clean %.1f mm, noisy %.1f mm; %.0f s\n", report->bestEpoch,
                    1000 * report->cleanMpjpe, 1000 * report->noisyMpjpe, report->seconds);
    return kExitOk;
}

/// The options that only --semi looks at.
void addSemiSupervised(CLI::App &temporal, SemiSupervisedTrainOptions &options, bool &semi)
{
    CLI::Option *chosen = temporal.add_flag(
        "--semi", semi, "Semi-supervised: takes beyond --labelled-share give 2D only (default --lr-decay: 0.98)");
    const auto only = [chosen](CLI::Option *option) { option->needs(chosen)->group("With --semi"); };
    only(temporal.add_option("--warmup", options.warmupEpochs, "First epochs without the terms that need no 3D")
             ->capture_default_str());
    only(temporal.add_option("--trajectory-weight", options.trajectoryWeight)->capture_default_str());
    only(temporal.add_option("--projection-weight", options.projectionWeight)->capture_default_str());
    only(temporal.add_option("--bone-weight", options.boneLengthWeight)->capture_default_str());
    only(temporal.add_option("--lens", options.lens, "videopose3d (published), brown (exact) or linear")
             ->capture_default_str());
    only(temporal.add_flag("--projection-in-metres", options.projectionInMetres,
                           "Projection error at the person instead of on the screen"));
    only(temporal.add_flag("--confidence-weights", options.confidenceWeights, "Keypoints count by their confidence"));
}

int trainDetector(const KeypointTrainOptions &options)
{
    const StopOnSignals stop;
    const JobContext job{stop.token(), [](const JobProgress &progress) { std::cout << progress.note << std::endl; }};
    const Result<KeypointTrainReport> report = trainKeypointNetwork(options, job);
    if (!report)
        return reportFailure(report.error());
    std::printf("best epoch %d: val PCK@0.2 of the torso %.4f; %.0f s\n", report->bestEpoch, report->pck,
                report->seconds);
    return kExitOk;
}

void addTrainDetector(CLI::App &train, int &exitCode)
{
    CLI::App *command = train.add_subcommand("detector", "Train a keypoint network on a pack (poselift-cli pack)");
    auto options = std::make_shared<KeypointTrainOptions>();
    command->add_option("--data", options->data, "Packs of pictures and keypoints (HDF5)")->required();
    command->add_option("--share", options->shares,
                        "Share of each pack in what is shown, in the order of --data; without it everybody is shown "
                        "equally often");
    command->add_option("--out", options->out, "Folder for the weights and the checkpoint")->required();
    command->add_option("--init", options->init, "weights.h5 to start from");
    command->add_option("--input", options->examples.inputSize, "Side of the network's input, px")
        ->capture_default_str();
    command->add_option("--widths", options->widths, "Channels at strides 4, 8, 16, 32")
        ->delimiter(',')
        ->capture_default_str();
    command->add_option("--blocks", options->blocks, "Residual blocks at each stride")
        ->delimiter(',')
        ->capture_default_str();
    command->add_option("--neck", options->neck, "Channels of the top-down path")->capture_default_str();
    command->add_option("--epochs", options->epochs)->capture_default_str();
    command->add_option("--steps-per-epoch", options->stepsPerEpoch, "0: everybody is shown once");
    command->add_option("--batch", options->batch, "Pictures a step")->capture_default_str();
    command->add_option("--lr", options->learningRate, "Highest learning rate")->capture_default_str();
    command->add_option("--warmup", options->warmupSteps, "Steps until the highest learning rate")
        ->capture_default_str();
    command->add_option("--weight-decay", options->weightDecay)->capture_default_str();
    command->add_option("--sigma", options->sigma, "Spread of the target around a label, px")->capture_default_str();
    command->add_option("--trim", options->trim, "Share of joints with the highest loss that is left out")
        ->capture_default_str();
    command->add_option("--trim-after", options->trimAfter, "Share of the training before that")->capture_default_str();
    command->add_option("--teacher-share", options->examples.teacherShare, "Weight of a sure teacher beside a label")
        ->capture_default_str();
    command->add_option("--cache", options->examples.cacheMegabytes, "Decoded pictures are kept up to this size, MB")
        ->capture_default_str();
    command->add_option("--seed", options->seed)->capture_default_str();
    command->add_option("--device", options->device, "auto, cpu or cuda")->capture_default_str();
    command->add_flag("--bf16", options->bfloat16, "Convolutions in bfloat16");
    command->add_option("--threads", options->threads, "0: all cores of the CPU affinity");
    command->add_option("--validate-every", options->validateEvery, "Epochs")->capture_default_str();
    command->add_flag("--resume", options->resume, "Go on from the checkpoint in --out");
    command->callback([options, &exitCode] { exitCode = trainDetector(*options); });
}

int trainFinderModel(const FinderTrainOptions &options)
{
    const StopOnSignals stop;
    const JobContext job{stop.token(), [](const JobProgress &progress) { std::cout << progress.note << std::endl; }};
    const Result<FinderTrainReport> report = trainFinder(options, job);
    if (!report)
        return reportFailure(report.error());
    std::printf("%lld steps, loss %.3f; %.0f s\n", static_cast<long long>(report->steps), report->loss, report->seconds);
    return kExitOk;
}

void addFinder(CLI::App &train, int &exitCode)
{
    CLI::App *finder = train.add_subcommand("finder", "Train the part of our detector that finds people in a picture");
    const auto options = std::make_shared<FinderTrainOptions>();
    finder->add_option("--data", options->data, "Pack made by 'pack finder'")->required();
    finder->add_option("--out", options->out, "Folder for the weights and the checkpoint")->required();
    finder->add_option("--steps", options->steps)->capture_default_str();
    finder->add_option("--batch", options->batch, "Pictures a step")->capture_default_str();
    finder->add_option("--lr", options->learningRate, "Highest learning rate")->capture_default_str();
    finder->add_option("--seed", options->seed)->capture_default_str();
    finder->add_option("--init", options->init, "finder.h5 to start from");
    finder->add_flag("--bf16,--bfloat16", options->bfloat16, "Convolutions in bfloat16");
    finder->add_option("--threads", options->threads, "0: all cores of the CPU affinity");
    finder->add_option("--checkpoint-every", options->checkpointEvery, "Steps")->capture_default_str();
    finder->add_flag("--resume", options->resume, "Go on from the checkpoint in --out");
    finder->callback([options, &exitCode] { exitCode = trainFinderModel(*options); });
}

} // namespace

void addTrainCommand(CLI::App &app, int &exitCode)
{
    CLI::App *command = app.add_subcommand("train", "Train a model");
    command->require_subcommand(1);
    addFinder(*command, exitCode);
    addTrainAdversarialCommand(*command, exitCode);
    addTrainBaselineCommand(*command, exitCode);
    addTrainDetector(*command, exitCode);
    CLI::App *temporal = command->add_subcommand("videopose3d", "Train a 2D-to-3D lifter on motion capture");
    const auto whole = std::make_shared<SemiSupervisedTrainOptions>();
    const auto semi = std::make_shared<bool>(false);
    TemporalTrainOptions *options = &whole->base;
    temporal->add_option("--data", options->data, "Motion capture (HDF5, groups train and val)")->required();
    temporal->add_option("--out", options->out, "Folder for the weights and the checkpoint")->required();
    temporal
        ->add_option("--filter-widths", options->filterWidths, "Kernel widths; their product is the receptive field")
        ->delimiter(',')
        ->capture_default_str();
    temporal->add_option("--channels", options->channels)->capture_default_str();
    temporal->add_option("--dropout", options->dropout)->capture_default_str();
    temporal->add_option("--epochs", options->epochs)->capture_default_str();
    temporal->add_option("--steps-per-epoch", options->stepsPerEpoch, "0: every frame is shown twice (mirrored)");
    temporal->add_option("--batch", options->batch, "Output frames a step, over all processes")->capture_default_str();
    temporal->add_option("--lr", options->learningRate)->capture_default_str();
    temporal->add_option("--lr-decay", options->lrDecay, "Factor per epoch; 0: 0.95^(80/epochs)");
    temporal->add_option("--seed", options->seed)->capture_default_str();
    temporal->add_option("--device", options->device, "auto, cpu, cuda or cuda:N")->capture_default_str();
    temporal->add_flag("--bf16", options->bfloat16, "Convolutions in bfloat16");
    temporal->add_option("--threads", options->threads, "0: all cores of the CPU affinity");
    temporal->add_option("--validate-every", options->validateEvery, "Epochs")->capture_default_str();
    temporal
        ->add_option("--checkpoint-seconds", options->checkpointSeconds, "Longest time without a checkpoint, s")
        ->capture_default_str();
    temporal
        ->add_flag("--sync-bn,!--no-sync-bn", options->syncBatchNorm,
                   "With several processes: BatchNorm's statistics over all of them (the default)");
    temporal
        ->add_option("--rank-timeout", options->rankTimeout,
                     "With several processes: how long one waits for the others, s; longer than a validation")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    CLI::Option *resume = temporal->add_flag("--resume", options->resume, "Go on from the checkpoint in --out");
    temporal->add_option("--init", options->init, "Weights to start from; blocks that they lack are added")
        ->excludes(resume);
    temporal->add_flag("--causal", options->causal, "See the past only");
    temporal->add_option("--labelled-share", options->labelledShare, "Share of the takes that count as having 3D")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    addSemiSupervised(*temporal, *whole, *semi);
    temporal->callback([whole, semi, &exitCode] { exitCode = trainLifter(*whole, *semi); });
    for (CLI::App *model : command->get_subcommands({}))
        addConfigOption(*model);
}

} // namespace poselift
