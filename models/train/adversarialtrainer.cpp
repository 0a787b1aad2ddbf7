#include "models/train/adversarialtrainer.h"

#include "models/lift/torchthreads.h"
#include "models/train/adversarialtask_torch.h"
#include "models/train/distributed/joinranks_torch.h"
#include "models/train/lifterprediction_torch.h"

#include <algorithm>

namespace poselift {

namespace {

/// Measures lifters on val takes, exact 2D, one virtual camera a take.
Result<AdversarialTask::Figures> figuresOn(const std::filesystem::path &mocap)
{
    const Result<MocapData> val = readMocap(mocap, "val");
    if (!val)
        return val.error();
    EvaluationOptions evaluation;
    evaluation.camerasPerSequence = 1;
    Result<std::vector<EvaluationClip>> clips = makeEvaluationClips(*val, evaluation);
    if (!clips)
        return clips.error();
    return AdversarialTask::Figures(
        [clips = *std::move(clips), skeleton = val->skeleton,
         rate = evaluation.framesPerSecond](const LifterModel &model) -> Result<nlohmann::json> {
            const Result<LifterPrediction> lifter = LifterPrediction::create(model, rate, /*flipAveraging=*/false);
            if (!lifter)
                return lifter.error();
            const ErrorReport report = evaluateLifting(clips, ComparedJoints(skeleton, lifter->skeleton()), *lifter);
            const auto millimetres = [](const MetricSum &sum) { return 1000 * sum.mean(); };
            return nlohmann::json{{"val_mpjpe_mm", millimetres(report.overall().mpjpe)},
                                  {"val_n_mpjpe_mm", millimetres(report.overall().normalizedMpjpe)},
                                  {"val_p_mpjpe_mm", millimetres(report.overall().procrustesMpjpe)}};
        });
}

TrainingLoopOptions loopOptions(const AdversarialOptions &options, std::int64_t poses)
{
    TrainingLoopOptions loop;
    loop.out = options.out;
    loop.epochs = options.epochs;
    loop.stepsPerEpoch =
        options.stepsPerEpoch > 0 ? options.stepsPerEpoch : (poses + options.batch - 1) / options.batch;
    loop.batch = options.batch;
    loop.seed = options.seed;
    loop.resume = options.resume;
    loop.validateEvery = options.validateEvery;
    loop.settings = toJson(options);
    return loop;
}

Result<TrainingLoopReport> train(const AdversarialOptions &options, const JobContext &job)
{
    if (options.epochs < 1 || options.batch < 2 || options.batch > kLargestAdversarialBatch)
        return Error(ErrorCode::BadArgument,
                     {{"name", "--epochs, --batch"},
                      {"expected", "positive numbers, a batch from 2 to " + std::to_string(kLargestAdversarialBatch)},
                      {"found", std::to_string(options.epochs) + ", " + std::to_string(options.batch)}});
    if (Result<void> alone = checkAlone(); !alone)
        return alone.error();
    setTorchThreads(options.threads);
    const Result<Poses2D> poses = readPoses2D(options.data);
    if (!poses)
        return poses.error();
    AdversarialTask::Figures figures;
    if (!options.validation.empty()) {
        Result<AdversarialTask::Figures> made = figuresOn(options.validation);
        if (!made)
            return made.error();
        figures = *std::move(made);
    }
    const Result<std::unique_ptr<AdversarialTask>> task = AdversarialTask::create(*poses, options, std::move(figures));
    if (!task)
        return task.error();
    return runTrainingLoop(**task, loopOptions(options, (*task)->poseCount()), job);
}

} // namespace

nlohmann::json toJson(const AdversarialOptions &options)
{
    nlohmann::json settings{{"data", options.data.string()},
                            {"out", options.out.string()},
                            {"channels", options.channels},
                            {"generator-blocks", options.generatorBlocks},
                            {"discriminator-blocks", options.discriminatorBlocks},
                            {"discriminator-batch-norm", options.discriminatorBatchNorm},
                            {"leak", options.leak},
                            {"normal-init", options.normalInit},
                            {"root", options.root},
                            {"head", options.head},
                            {"depth", options.depth},
                            {"consistent-translation", options.consistentTranslation},
                            {"min-elevation", options.minElevation},
                            {"max-elevation", options.maxElevation},
                            {"min-azimuth", options.minAzimuth},
                            {"max-azimuth", options.maxAzimuth},
                            {"data-elevation", options.dataElevation},
                            {"torso", options.torsoMetres},
                            {"minimax", options.minimax},
                            {"accuracy-gate", options.accuracyGate},
                            {"facing-weight", options.facingWeight},
                            {"consistency-weight", options.consistencyWeight},
                            {"lr", options.learningRate},
                            {"lr-decay", options.lrDecay},
                            {"beta1", options.beta1},
                            {"discriminator-steps", options.discriminatorSteps},
                            {"generator-steps", options.generatorSteps},
                            {"batch", options.batch},
                            {"epochs", options.epochs},
                            {"steps-per-epoch", options.stepsPerEpoch},
                            {"seed", options.seed},
                            {"device", options.device},
                            {"threads", options.threads},
                            {"validate-every", options.validateEvery}};
    if (!options.validation.empty())
        settings["validation"] = options.validation.string();
    return settings;
}

Result<TrainingLoopReport> trainAdversarialLifter(const AdversarialOptions &options, const JobContext &job)
{
    try {
        return train(options, job);
    } catch (const c10::Error &error) {
        return Error(ErrorCode::Internal, {{"detail", error.what_without_backtrace()}});
    }
}

} // namespace poselift
