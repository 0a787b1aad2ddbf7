#include "models/trainer.h"

#include "models/lift/torchthreads.h"
#include "models/train/lifterprediction_torch.h"
#include "models/train/liftingbaselines.h"
#include "models/train/liftingevaluation.h"

#include <array>

namespace poselift {

namespace {

struct Condition
{
    const char *name;
    bool noisy;
    bool assumedIntrinsics;
};

constexpr std::array kConditions{Condition{"clean", false, false}, Condition{"noisy", true, false},
                                 Condition{"noisy_assumed_focal", true, true}};

/// Baselines see training examples of the condition that they are measured under.
Result<LiftingBaselines> fitBaselines(const MocapData &train, const Condition &condition, double framesPerSecond,
                                      const LifterEvaluationOptions &options)
{
    LiftingExampleOptions examples;
    examples.windowFrames = 1;
    examples.framesPerSecond = framesPerSecond;
    examples.cleanShare = condition.noisy ? 0.0F : 1.0F;
    examples.minNoise = examples.maxNoise = 1.0F;
    examples.camera.assumedShare = condition.assumedIntrinsics ? 1.0F : 0.0F;
    const Result<LiftingExamples> made = LiftingExamples::create(train, examples);
    if (!made)
        return made.error();
    return LiftingBaselines::fit(*made, options.baselineExamples, /*seed=*/77);
}

Result<std::vector<NamedReport>> evaluate(const LifterEvaluationOptions &options, const JobContext &job)
{
    setTorchThreads(options.threads);
    const Result<LifterModel> model = readLifterModel(options.model);
    if (!model)
        return model.error();
    const double framesPerSecond = evaluationRate(model->description);
    const Result<LifterPrediction> lifter = LifterPrediction::create(*model, framesPerSecond, options.flipAveraging);
    if (!lifter)
        return lifter.error();
    const Result<MocapData> train = readMocap(options.data, "train");
    if (!train)
        return train.error();
    const Result<MocapData> val = readMocap(options.data, options.group);
    if (!val)
        return val.error();

    std::vector<NamedReport> reports;
    for (const Condition &condition : kConditions) {
        job.report("evaluate", static_cast<std::int64_t>(reports.size() / 3), kConditions.size(), condition.name);
        if (job.stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        EvaluationOptions evaluation;
        evaluation.framesPerSecond = framesPerSecond;
        evaluation.noisy = condition.noisy;
        evaluation.assumedIntrinsics = condition.assumedIntrinsics;
        const Result<std::vector<EvaluationClip>> clips = makeEvaluationClips(*val, evaluation);
        if (!clips)
            return clips.error();
        const Result<LiftingBaselines> baselines = fitBaselines(*train, condition, framesPerSecond, options);
        if (!baselines)
            return baselines.error();
        // All are measured in the joints that the lifter has.
        const ComparedJoints joints(val->skeleton, lifter->skeleton());
        const auto add = [&](std::string name, const ComparedJoints &compared, const ClipPredictor &predict) {
            reports.push_back({std::move(name), condition.name, evaluateLifting(*clips, compared, predict)});
        };
        const ComparedJoints ofBaselines = joints.forTruthSkeleton();
        add("mean_pose", ofBaselines, [&](const EvaluationClip &clip) { return baselines->meanPose(clip); });
        add("linear_map", ofBaselines, [&](const EvaluationClip &clip) { return baselines->linearMap(clip); });
        add(options.model.filename().string(), joints, *lifter);
    }
    return reports;
}

} // namespace

Result<std::vector<NamedReport>> evaluateLifter(const LifterEvaluationOptions &options, const JobContext &job)
{
    try {
        return evaluate(options, job);
    } catch (const c10::Error &error) {
        return Error(ErrorCode::Internal, {{"detail", error.what_without_backtrace()}});
    }
}

} // namespace poselift
