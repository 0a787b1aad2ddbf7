#include "core/base/threads.h"
#include "models/cli/bench.h"
#include "models/cli/blas.h"
#include "models/cli/console.h"
#include "models/cli/exitcodes.h"
#include "models/synth/figure.h"
#include "models/train/trainspeed.h"

#include <algorithm>
#include <functional>

namespace poselift {

namespace {

/// People who walk on circles, as motion capture: what the steps are fed costs as much as real takes.
Result<MocapData> walkingFigures()
{
    constexpr int kTakes = 8;
    constexpr int kFrames = 600;
    constexpr double kRate = 60.0;
    const Result<Skeleton> skeleton = findSkeleton("h36m17");
    if (!skeleton)
        return skeleton.error();
    MocapData data;
    data.skeleton = *skeleton;
    for (int take = 0; take < kTakes; ++take) {
        FigureMotion motion;
        motion.speed = 0.8 + 0.1 * take;
        motion.turnRate = 0.3;
        motion.phase = 0.1 * take;
        const Figure figure({}, motion);
        MocapSequence sequence{"figure" + std::to_string(take), "walking", "figure", kRate, kFrames, {}};
        for (int t = 0; t < kFrames; ++t) {
            const std::vector<Eigen::Vector3d> joints = figure.jointsAt(t / kRate);
            for (const std::string &name : skeleton->joints) {
                const auto index = static_cast<std::size_t>(Figure::skeleton().indexOf(name));
                for (int axis = 0; axis < 3; ++axis)
                    sequence.joints.push_back(static_cast<float>(joints.at(index)[axis]));
            }
        }
        data.sequences.push_back(std::move(sequence));
    }
    return data;
}

struct Case
{
    std::string name;
    std::function<Result<TrainSpeed>(double seconds)> measure;
};

/// Peak and steps alternate, so that a machine shared with others slows both alike; the best of each
/// counts.
Result<void> measureCase(const BenchOptions &options, const Case &one)
{
    const int rounds = options.quick ? 1 : 3;
    const double seconds = options.quick ? 0.1 : 8.0;
    TrainSpeed best;
    double peak = 0;
    for (int round = 0; round < rounds; ++round) {
        peak = std::max(peak, measureSgemm(options.quick ? 512 : 2048, options.quick ? 0.1 : 1.5, cpuCount()));
        const Result<TrainSpeed> speed = one.measure(seconds);
        if (!speed)
            return speed.error();
        if (best.stepSeconds <= 0 || speed->stepSeconds < best.stepSeconds)
            best = *speed;
    }
    if (peak <= 0)
        return Error(ErrorCode::Internal, {{"detail", "no BLAS library is loaded"}});
    reportMetric(options, "train", one.name + "_step_s", best.stepSeconds, "s");
    reportMetric(options, "train", one.name + "_data_wait_share", best.dataWaitShare, "1");
    reportMetric(options, "train", one.name + "_sgemm_share", best.flopPerStep / best.stepSeconds / 1e9 / peak, "1");
    return {};
}

} // namespace

/// Training steps at the published sizes, beside the BLAS peak measured in the same run.
int benchTrain(const BenchOptions &options)
{
    const Result<MocapData> data = walkingFigures();
    if (!data)
        return reportFailure(data.error());
    const auto temporal = [&](int blocks, int batch) {
        return [&options, &data, blocks, batch](double seconds) {
            TrainSpeedOptions how;
            how.blocks = blocks;
            how.batch = options.quick ? 8 : batch;
            how.channels = options.quick ? 64 : 1024;
            how.seconds = seconds;
            return measureTemporalTraining(*data, how);
        };
    };
    const auto adversarial = [&options, &data](double seconds) {
        TrainSpeedOptions how;
        how.batch = options.quick ? 32 : 4096;
        how.channels = options.quick ? 64 : 1024;
        how.seconds = seconds;
        return measureAdversarialTraining(*data, how);
    };
    const std::vector<Case> cases{
        {"vp3d_rf243_b128", temporal(5, 128)}, {"vp3d_rf27_b1024", temporal(3, 1024)}, {"drover_b4096", adversarial}};
    const auto isWanted = [&](const Case &one) { return options.input.empty() || options.input == one.name; };
    if (std::ranges::none_of(cases, isWanted))
        return reportFailure(
            Error(ErrorCode::BadArgument,
                  {{"name", "--input"}, {"expected", "the name of a training step"}, {"found", options.input}}));
    for (const Case &one : cases) {
        if (!isWanted(one))
            continue;
        if (Result<void> measured = measureCase(options, one); !measured)
            return reportFailure(measured.error());
    }
    return kExitOk;
}

} // namespace poselift
