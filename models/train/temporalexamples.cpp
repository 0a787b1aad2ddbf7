#include "models/train/temporalexamples_torch.h"

#include "models/lift/lifterinput.h"
#include "models/train/distributed/ranks_torch.h"

#include <cmath>

namespace poselift {

namespace {

Error badOptions(const char *names, const std::string &expected)
{
    return Error(ErrorCode::BadArgument, {{"name", names}, {"expected", expected}, {"found", "something else"}});
}

/// Frames of a clip beyond the receptive field, where that is longer than the usual clip: else every
/// window would see the clip's padded ends.
constexpr int kClipBeyondWindow = 60;

} // namespace

TemporalModelOptions architectureOf(const TemporalTrainOptions &options, const Skeleton &output)
{
    return TemporalModelOptions()
        .num_joints_in(kLifterInputJointCount)
        .in_features(kLifterInputFeatures)
        .num_joints_out(output.jointCount())
        .filter_widths(options.filterWidths)
        .dropout(options.dropout)
        .causal(options.causal)
        .channels(options.channels);
}

LiftingExampleOptions examplesOf(const TemporalTrainOptions &options)
{
    LiftingExampleOptions examples = options.examples;
    examples.windowFrames = 1;
    for (const std::int64_t width : options.filterWidths)
        examples.windowFrames *= static_cast<int>(width);
    examples.causal = options.causal;
    if (examples.windowFrames > examples.clipFrames)
        examples.clipFrames = examples.windowFrames + kClipBeyondWindow;
    return examples;
}

double framesAtRate(const MocapData &data, double framesPerSecond)
{
    double frames = 0;
    for (const MocapSequence &sequence : data.sequences)
        frames += static_cast<double>(sequence.frames) * framesPerSecond / sequence.framesPerSecond;
    return frames;
}

std::int64_t stepsPerEpochOf(const TemporalTrainOptions &options, const MocapData &data)
{
    if (options.stepsPerEpoch > 0)
        return options.stepsPerEpoch;
    return static_cast<std::int64_t>(
        std::ceil(2 * framesAtRate(data, options.examples.framesPerSecond) / options.batch));
}

nlohmann::json settingsOf(const TemporalTrainOptions &options)
{
    nlohmann::json settings{{"data", options.data.string()},
                            {"out", options.out.string()},
                            {"filter-widths", options.filterWidths},
                            {"channels", options.channels},
                            {"dropout", options.dropout},
                            {"causal", options.causal},
                            {"labelled-share", options.labelledShare},
                            {"epochs", options.epochs},
                            {"steps-per-epoch", options.stepsPerEpoch},
                            {"batch", options.batch},
                            {"lr", options.learningRate},
                            {"lr-decay", options.lrDecay},
                            {"seed", options.seed},
                            {"device", options.device},
                            {"bf16", options.bfloat16},
                            {"threads", options.threads},
                            {"sync-bn", options.syncBatchNorm},
                            {"rank-timeout", options.rankTimeout},
                            {"validate-every", options.validateEvery},
                            {"checkpoint-seconds", options.checkpointSeconds}};
    if (!options.init.empty())
        settings["init"] = options.init.string();
    return settings;
}

Result<void> checkTemporalOptions(const TemporalTrainOptions &options, const Ranks *ranks)
{
    if (options.epochs < 1 || options.batch < 2 || options.channels < 1 || options.filterWidths.empty())
        return badOptions("--epochs, --batch, --channels, --filter-widths", "positive numbers, a batch of at least 2");
    if (ranks && (options.batch % ranks->size() != 0 || options.batch / ranks->size() < 2))
        return badOptions("--batch", "a multiple of the number of processes, " + std::to_string(ranks->size())
                                         + ", of at least 2 for each");
    return {};
}

} // namespace poselift
