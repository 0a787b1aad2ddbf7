#include "models/train/trainspeed.h"

#include "models/lift/torchthreads.h"
#include "models/train/liftingexamples.h"
#include "models/train/temporaltraining_torch.h"

#include <algorithm>
#include <chrono>
#include <future>

namespace poselift {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

TemporalModelOptions architectureOf(const TrainSpeedOptions &options, const MocapData &data)
{
    return TemporalModelOptions()
        .num_joints_in(kLifterInputJointCount)
        .in_features(kLifterInputFeatures)
        .num_joints_out(data.skeleton.jointCount())
        .filter_widths(std::vector<int64_t>(static_cast<std::size_t>(options.blocks), 3))
        .channels(options.channels);
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

} // namespace

Result<TrainSpeed> measureTemporalTraining(const MocapData &data, const TrainSpeedOptions &options)
{
    constexpr int kLeastSteps = 3;
    setTorchThreads(options.threads);
    torch::manual_seed(1);
    TemporalTraining training(architectureOf(options, data), 1e-3);
    LiftingExampleOptions how;
    how.windowFrames = static_cast<int>(training.model()->receptiveField());
    how.clipFrames = std::max(how.clipFrames, how.windowFrames + 60);
    const Result<LiftingExamples> examples = LiftingExamples::create(data, how);
    if (!examples)
        return examples.error();

    TrainSpeed speed;
    speed.flopPerStep = 3 * options.batch * forwardFlop(*training.model());
    const int64_t joints = data.skeleton.jointCount();
    const auto draw = [&](std::uint64_t step) { return drawBatch(*examples, options.batch, joints, step); };
    std::future<Batch> next = std::async(std::launch::async, draw, 0);
    double waited = 0;
    double total = 0;
    for (std::uint64_t step = 0; step <= kLeastSteps || total < options.seconds; ++step) {
        const auto start = Clock::now();
        const Batch batch = next.get();
        const double wait = secondsSince(start);
        next = std::async(std::launch::async, draw, step + 1);
        training.step(batch.inputs, batch.targets);
        const double seconds = secondsSince(start);
        if (step == 0)
            continue; // memory is touched for the first time
        waited += wait;
        total += seconds;
        speed.stepSeconds = speed.stepSeconds > 0 ? std::min(speed.stepSeconds, seconds) : seconds;
    }
    speed.dataWaitShare = waited / total;
    return speed;
}

} // namespace poselift
