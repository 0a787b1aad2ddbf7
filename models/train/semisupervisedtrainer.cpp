#include "models/semisupervisedtrainer.h"

#include "models/lift/torchthreads.h"
#include "models/train/distributed/joinranks_torch.h"
#include "models/train/semisupervisedtask_torch.h"
#include "models/train/temporalexamples_torch.h"
#include "models/train/trainingdevice_torch.h"
#include "models/train/trainingloop.h"

namespace poselift {

namespace {

Result<LensForm> lensNamed(const std::string &name)
{
    if (name == "videopose3d")
        return LensForm::VideoPose3d;
    if (name == "brown")
        return LensForm::Brown;
    if (name == "linear")
        return LensForm::Linear;
    return Error(ErrorCode::BadArgument,
                 {{"name", "--lens"}, {"expected", "videopose3d, brown or linear"}, {"found", name}});
}

SemiSupervisedOptions methodOf(const SemiSupervisedTrainOptions &options, LensForm lens)
{
    SemiSupervisedOptions method;
    method.learningRate = options.base.learningRate;
    if (options.base.lrDecay > 0)
        method.lrDecay = options.base.lrDecay;
    method.warmupEpochs = options.warmupEpochs;
    method.trajectoryWeight = options.trajectoryWeight;
    method.projectionWeight = options.projectionWeight;
    method.boneLengthWeight = options.boneLengthWeight;
    method.lens = lens;
    method.projectionInMetres = options.projectionInMetres;
    method.confidenceWeights = options.confidenceWeights;
    method.seed = options.base.seed;
    return method;
}

/// By the names of `poselift-cli train videopose3d`, for --config.
nlohmann::json settingsOf(const SemiSupervisedTrainOptions &options)
{
    nlohmann::json settings = settingsOf(options.base);
    settings.update({{"semi", true},
                     {"warmup", options.warmupEpochs},
                     {"trajectory-weight", options.trajectoryWeight},
                     {"projection-weight", options.projectionWeight},
                     {"bone-weight", options.boneLengthWeight},
                     {"lens", options.lens},
                     {"projection-in-metres", options.projectionInMetres},
                     {"confidence-weights", options.confidenceWeights}});
    return settings;
}

Result<TemporalTrainReport> train(const SemiSupervisedTrainOptions &options, const JobContext &job)
{
    const TemporalTrainOptions &base = options.base;
    const Result<torch::Device> device = chooseDevice(base.device);
    if (!device)
        return device.error();
    const Result<LensForm> lens = lensNamed(options.lens);
    if (!lens)
        return lens.error();
    if (!base.init.empty())
        return Error(
            ErrorCode::BadArgument,
            {{"name", "--init"}, {"expected", "none with --semi, which begins anew"}, {"found", base.init.string()}});
    const Result<std::unique_ptr<Ranks>> ranks = joinRanks(base.rankTimeout);
    if (!ranks)
        return ranks.error();
    if (Result<void> checked = checkTemporalOptions(base, ranks->get()); !checked)
        return checked.error();
    const Result<MocapData> all = readMocap(base.data, "train");
    if (!all)
        return all.error();
    const Result<MocapData> val = readMocap(base.data, "val");
    if (!val)
        return val.error();
    setTorchThreads(base.threads);
    LabelledTakes takes = splitByLabels(*all, base.labelledShare, base.seed);
    TrainingLoopOptions loop;
    loop.out = base.out;
    loop.epochs = base.epochs;
    loop.stepsPerEpoch = stepsPerEpochOf(base, takes.labelled);
    loop.batch = base.batch;
    loop.seed = base.seed;
    loop.resume = base.resume;
    loop.validateEvery = base.validateEvery;
    loop.checkpointSeconds = base.checkpointSeconds;
    loop.settings = settingsOf(options);
    loop.ranks = ranks->get();
    const Result<std::unique_ptr<SemiSupervisedTask>> task = SemiSupervisedTask::create(
        std::move(takes), *val, architectureOf(base, val->skeleton), examplesOf(base), methodOf(options, *lens),
        *device, {base.bfloat16, ranks->get(), base.syncBatchNorm});
    if (!task)
        return task.error();
    const Result<TrainingLoopReport> report = runTrainingLoop(**task, loop, job);
    if (!report)
        return report.error();
    if (!report->figures.is_object()) // resumed after its end
        return TemporalTrainReport{report->bestEpoch, 0.0, 0.0, report->seconds};
    return TemporalTrainReport{report->bestEpoch, report->figures.at("val_clean_mpjpe_mm").get<double>() / 1000,
                               report->figures.at("val_noisy_mpjpe_mm").get<double>() / 1000, report->seconds};
}

} // namespace

Result<TemporalTrainReport> trainSemiSupervised(const SemiSupervisedTrainOptions &options, const JobContext &job)
{
    try {
        return train(options, job);
    } catch (const c10::Error &error) {
        return Error(ErrorCode::Internal, {{"detail", error.what_without_backtrace()}});
    }
}

} // namespace poselift
