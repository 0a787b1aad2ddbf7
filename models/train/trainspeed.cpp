#include "models/train/trainspeed.h"

#include "models/lift/torchthreads.h"
#include "models/train/adversarialtask_torch.h"
#include "models/train/liftingexamples.h"
#include "models/train/poses2d.h"
#include "models/train/temporalexamples_torch.h"
#include "models/train/temporaltraining_torch.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <future>

namespace poselift {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Two per weight and frame that it is applied to, for one window's forward pass.
double forwardFlop(const TemporalModelImpl &model)
{
    int64_t frames = model.receptiveField() / model.options().filter_widths().front();
    double weights = static_cast<double>(model.expand_conv->weight.numel() * frames);
    for (std::size_t layer = 0; layer < model.layers_conv->size(); ++layer) {
        const torch::Tensor &weight = model.layers_conv->ptr<torch::nn::Conv1dImpl>(layer)->weight;
        frames /= weight.size(2);
        weights += static_cast<double>(weight.numel() * frames);
    }
    return 2 * (weights + static_cast<double>(model.shrink->weight.numel()));
}

struct Batch
{
    torch::Tensor inputs;
    torch::Tensor targets;
};

Batch drawBatch(const LiftingExamples &examples, int count, int64_t joints, std::uint64_t step)
{
    Batch batch{torch::empty({count, examples.options().windowFrames, kLifterInputJointCount, kLifterInputFeatures}),
                torch::empty({count, 1, joints, 3})};
    examples.drawBatch(/*seed=*/1, step * examples.streamsPerBatch(count),
                       {batch.inputs.data_ptr<float>(), static_cast<std::size_t>(batch.inputs.numel())},
                       {batch.targets.data_ptr<float>(), static_cast<std::size_t>(batch.targets.numel())});
    return batch;
}

/// Two per weight, for one pose's forward pass.
double residualFlop(std::int64_t inputs, std::int64_t outputs, std::int64_t channels, std::int64_t blocks)
{
    return 2.0 * static_cast<double>(channels * (inputs + outputs + 2 * blocks * channels));
}

/// One pose in a step of both networks: the generator there and back, the discriminator there and back
/// on a real and a fake pose, and for the generator there and back to its input, not to its weights.
double adversarialFlop(std::int64_t joints, const AdversarialOptions &options)
{
    const double generator = residualFlop(2 * joints, joints, options.channels, options.generatorBlocks);
    const double discriminator = residualFlop(2 * joints, 2, options.channels, options.discriminatorBlocks);
    return 3 * generator + (2 * 3 + 2) * discriminator;
}

/// Runs @p step, which says how many seconds it waited for data; the first is not counted.
Result<TrainSpeed> timed(double seconds, const std::function<Result<double>(std::uint64_t step)> &step)
{
    constexpr std::uint64_t kLeastSteps = 3;
    TrainSpeed speed;
    double waited = 0;
    double total = 0;
    for (std::uint64_t number = 0; number <= kLeastSteps || total < seconds; ++number) {
        const auto start = Clock::now();
        const Result<double> wait = step(number);
        if (!wait)
            return wait.error();
        const double taken = secondsSince(start);
        if (number == 0)
            continue; // memory is touched for the first time
        waited += *wait;
        total += taken;
        speed.stepSeconds = speed.stepSeconds > 0 ? std::min(speed.stepSeconds, taken) : taken;
    }
    speed.dataWaitShare = waited / total;
    return speed;
}

} // namespace

Result<TrainSpeed> measureTemporalTraining(const MocapData &data, const TrainSpeedOptions &options)
{
    setTorchThreads(options.threads);
    torch::manual_seed(1);
    TemporalTrainOptions how;
    how.filterWidths.assign(static_cast<std::size_t>(options.blocks), 3);
    how.channels = options.channels;
    TemporalTraining training(architectureOf(how, data.skeleton), how.learningRate);
    const Result<LiftingExamples> examples = LiftingExamples::create(data, examplesOf(how));
    if (!examples)
        return examples.error();

    const int64_t joints = data.skeleton.jointCount();
    const auto draw = [&](std::uint64_t step) { return drawBatch(*examples, options.batch, joints, step); };
    std::future<Batch> next = std::async(std::launch::async, draw, 0);
    Result<TrainSpeed> speed = timed(options.seconds, [&](std::uint64_t step) -> Result<double> {
        const auto start = Clock::now();
        const Batch batch = next.get();
        const double wait = secondsSince(start);
        next = std::async(std::launch::async, draw, step + 1);
        training.step(batch.inputs, batch.targets);
        return wait;
    });
    if (speed)
        speed->flopPerStep = 3 * options.batch * forwardFlop(*training.model());
    return speed;
}

Result<TrainSpeed> measureAdversarialTraining(const MocapData &data, const TrainSpeedOptions &options)
{
    constexpr int kPoses = 20000;
    setTorchThreads(options.threads);
    Poses2DOptions seen;
    seen.count = kPoses;
    const Result<Poses2D> poses = poses2DOf(data, seen, {});
    if (!poses)
        return poses.error();
    AdversarialOptions how;
    how.channels = options.channels;
    how.device = "cpu";
    const Result<std::unique_ptr<AdversarialTask>> task = AdversarialTask::create(*poses, how);
    if (!task)
        return task.error();
    Result<TrainSpeed> speed = timed(options.seconds, [&](std::uint64_t step) -> Result<double> {
        const Result<StepOutcome> outcome = (*task)->step(static_cast<std::int64_t>(step), options.batch);
        return outcome ? Result<double>(outcome->dataSeconds) : Result<double>(outcome.error());
    });
    if (speed)
        speed->flopPerStep = options.batch * adversarialFlop(poses->jointCount(), how);
    return speed;
}

} // namespace poselift
