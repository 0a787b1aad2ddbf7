#include "models/finetune/rehearsalcheck_torch.h"

#include "core/metrics/jointmetrics.h"
#include "models/finetune/finetunedata_torch.h"
#include "models/train/liftingevaluation.h"

#include <algorithm>

namespace poselift {

namespace {

constexpr int kEvery = 5; // frames
constexpr int kFrame = kLifterInputJointCount * kLifterInputFeatures;

/// Windows [N, rf, 14, 3] around every fifth frame, the clip's ends padded with their frames.
torch::Tensor windowsOf(const EvaluationClip &clip, const LifterNetwork &network)
{
    const auto field = network.receptiveField();
    const int count = (clip.frames + kEvery - 1) / kEvery;
    torch::Tensor windows = torch::empty({count, field, kLifterInputJointCount, kLifterInputFeatures});
    float *to = windows.data_ptr<float>();
    for (int middle = 0; middle < clip.frames; middle += kEvery) {
        for (int64_t k = 0; k < field; ++k) {
            const auto frame = std::clamp<int64_t>(middle + k - network.paddingBefore(), 0, clip.frames - 1);
            to = std::copy_n(clip.input.features.begin() + frame * kFrame, kFrame, to);
        }
    }
    return windows;
}

/// Sum of the errors (m) of a clip's frames and how many they are.
std::pair<double, std::size_t> errorsOf(LifterNetwork &network, const EvaluationClip &clip, const Skeleton &skeleton)
{
    const torch::Tensor joints = predicted(network, windowsOf(clip, network), skeleton).to(torch::kDouble).contiguous();
    const std::vector<double> found(joints.data_ptr<double>(), joints.data_ptr<double>() + joints.numel());
    std::vector<double> truth;
    const auto perFrame = static_cast<std::ptrdiff_t>(3 * skeleton.jointCount());
    for (int frame = 0; frame < clip.frames; frame += kEvery)
        truth.insert(truth.end(), clip.target.begin() + frame * perFrame, clip.target.begin() + (frame + 1) * perFrame);
    const std::vector<double> errors = jointErrors({found, skeleton.jointCount()}, {truth, skeleton.jointCount()}, PoseAlignment::Procrustes);
    double sum = 0;
    for (const double error : errors)
        sum += error;
    return {sum, errors.size()};
}

} // namespace

Result<double> oldAbilityMm(LifterNetwork &network, const MocapData &takes, double framesPerSecond, std::uint64_t seed,
                            const JobContext &job)
{
    EvaluationOptions options;
    options.framesPerSecond = framesPerSecond;
    options.camerasPerSequence = 1;
    options.noisy = true;
    options.seed = seed;
    const Result<std::vector<EvaluationClip>> clips = makeEvaluationClips(takes, options);
    if (!clips)
        return clips.error();
    double sum = 0;
    std::size_t count = 0;
    for (std::size_t i = 0; i < clips->size(); ++i) {
        if (job.stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        job.report("measure", static_cast<std::int64_t>(i), static_cast<std::int64_t>(clips->size()));
        const auto [errors, joints] = errorsOf(network, (*clips)[i], takes.skeleton);
        sum += errors;
        count += joints;
    }
    return count > 0 ? 1000 * sum / static_cast<double>(count) : 0.0;
}

} // namespace poselift
