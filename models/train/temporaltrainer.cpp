#include "models/trainer.h"

#include "models/lift/torchthreads.h"
#include "models/train/distributed/joinranks_torch.h"
#include "models/train/temporalexamples_torch.h"
#include "models/train/temporaltask_torch.h"
#include "models/train/trainingdevice_torch.h"
#include "models/train/trainingloop.h"

namespace poselift {

namespace {

TrainingLoopOptions loopOptions(const TemporalTrainOptions &options, std::int64_t stepsPerEpoch, Ranks *ranks)
{
    TrainingLoopOptions loop;
    loop.out = options.out;
    loop.epochs = options.epochs;
    loop.stepsPerEpoch = stepsPerEpoch;
    loop.batch = options.batch;
    loop.seed = options.seed;
    loop.resume = options.resume;
    loop.validateEvery = options.validateEvery;
    loop.checkpointSeconds = options.checkpointSeconds;
    loop.settings = settingsOf(options);
    loop.ranks = ranks;
    return loop;
}

TemporalTrainReport reportOf(const TrainingLoopReport &loop)
{
    TemporalTrainReport report;
    report.bestEpoch = loop.bestEpoch;
    report.seconds = loop.seconds;
    if (loop.bestEpoch > 0) {
        report.cleanMpjpe = loop.figures.at("val_clean_mpjpe_mm").get<double>() / 1000;
        report.noisyMpjpe = loop.figures.at("val_noisy_mpjpe_mm").get<double>() / 1000;
    }
    return report;
}

Result<TemporalTrainReport> train(const TemporalTrainOptions &options, const JobContext &job)
{
    const Result<torch::Device> device = chooseDevice(options.device);
    if (!device)
        return device.error();
    const Result<std::unique_ptr<Ranks>> ranks = joinRanks(options.rankTimeout);
    if (!ranks)
        return ranks.error();
    if (Result<void> checked = checkTemporalOptions(options, ranks->get()); !checked)
        return checked.error();
    setTorchThreads(options.threads);
    Result<std::unique_ptr<TemporalTask>> task = TemporalTask::create(options, *device, ranks->get());
    if (!task)
        return task.error();
    const TrainingLoopOptions loop = loopOptions(options, (*task)->stepsPerEpoch(), ranks->get());
    const Result<TrainingLoopReport> report = runTrainingLoop(**task, loop, job);
    return report ? reportOf(*report) : Result<TemporalTrainReport>(report.error());
}

} // namespace

Result<TemporalTrainReport> trainTemporalModel(const TemporalTrainOptions &options, const JobContext &job)
{
    try {
        return train(options, job);
    } catch (const c10::Error &error) {
        return Error(ErrorCode::Internal, {{"detail", error.what_without_backtrace()}});
    }
}

} // namespace poselift
