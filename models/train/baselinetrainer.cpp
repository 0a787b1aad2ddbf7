#include "models/train/baselinetrainer.h"

#include "models/lift/torchthreads.h"
#include "models/train/baselinetask_torch.h"
#include "models/train/distributed/joinranks_torch.h"

namespace poselift {

namespace {

Result<TrainingLoopReport> train(const BaselineOptions &options, const JobContext &job)
{
    if (options.epochs < 1 || options.batch < 2)
        return Error(ErrorCode::BadArgument,
                     {{"name", "--epochs, --batch"},
                      {"expected", "positive numbers, a batch of at least 2"},
                      {"found", std::to_string(options.epochs) + ", " + std::to_string(options.batch)}});
    if (Result<void> alone = checkAlone(); !alone)
        return alone.error();
    setTorchThreads(options.threads);
    Result<MocapData> train = readMocap(options.data, "train");
    if (!train)
        return train.error();
    Result<MocapData> val = readMocap(options.data, "val");
    if (!val)
        return val.error();
    const Result<std::unique_ptr<BaselineTask>> task =
        BaselineTask::create(*std::move(train), *std::move(val), options);
    if (!task)
        return task.error();
    TrainingLoopOptions loop;
    loop.out = options.out;
    loop.epochs = options.epochs;
    loop.stepsPerEpoch = options.stepsPerEpoch > 0 ? options.stepsPerEpoch : (*task)->stepsPerEpoch();
    loop.batch = options.batch;
    loop.seed = options.seed;
    loop.resume = options.resume;
    loop.validateEvery = options.validateEvery;
    loop.settings = toJson(options);
    return runTrainingLoop(**task, loop, job);
}

} // namespace

nlohmann::json toJson(const BaselineOptions &options)
{
    return {{"data", options.data.string()},
            {"out", options.out.string()},
            {"channels", options.channels},
            {"dropout", options.dropout},
            {"kaiming-init", options.kaimingInit},
            {"max-norm", options.maxNorm},
            {"z-score", options.zScore},
            {"mean-distance", options.meanDistance},
            {"lr", options.learningRate},
            {"lr-decay", options.lrDecay},
            {"lr-decay-steps", options.lrDecaySteps},
            {"batch", options.batch},
            {"epochs", options.epochs},
            {"steps-per-epoch", options.stepsPerEpoch},
            {"windows-per-clip", options.examples.windowsPerClip},
            {"seed", options.seed},
            {"device", options.device},
            {"threads", options.threads},
            {"validate-every", options.validateEvery}};
}

Result<TrainingLoopReport> trainBaseline(const BaselineOptions &options, const JobContext &job)
{
    try {
        return train(options, job);
    } catch (const c10::Error &error) {
        return Error(ErrorCode::Internal, {{"detail", error.what_without_backtrace()}});
    }
}

} // namespace poselift
