#include "models/train/temporalprediction_torch.h"

#include "models/lift/lifterinput.h"

#include <nlohmann/json.hpp>

namespace poselift {

namespace {

/// [1, T, 14, 3] features, mirrored when asked.
torch::Tensor featureTensor(const EvaluationClip &clip, bool mirrored)
{
    torch::Tensor tensor = torch::empty({1, clip.frames, kLifterInputJointCount, kLifterInputFeatures});
    const std::span<float> values(tensor.data_ptr<float>(), clip.input.features.size());
    std::copy(clip.input.features.begin(), clip.input.features.end(), values.begin());
    if (mirrored)
        mirrorFeatures(values);
    return tensor;
}

torch::Tensor edgePadded(const torch::Tensor &features, int64_t before, int64_t after)
{
    const torch::Tensor first = features.slice(1, 0, 1).expand({-1, before, -1, -1});
    const torch::Tensor last = features.slice(1, features.size(1) - 1).expand({-1, after, -1, -1});
    return torch::cat({first, features, last}, 1);
}

torch::Tensor mirroredJoints(const torch::Tensor &joints, const Skeleton &skeleton)
{
    std::vector<int64_t> order;
    for (int j = 0; j < skeleton.jointCount(); ++j)
        order.push_back(skeleton.mirrored(j));
    return joints.index_select(2, torch::tensor(order)) * torch::tensor({-1.0F, 1.0F, 1.0F});
}

} // namespace

std::vector<float> predictClip(TemporalModel &model, const EvaluationClip &clip, const Skeleton &output, bool flipAveraging)
{
    const torch::NoGradGuard noGrad;
    model->eval();
    const torch::Device device = model->shrink->weight.device();
    const auto run = [&](bool mirrored) {
        const torch::Tensor padded
            = edgePadded(featureTensor(clip, mirrored), model->paddingBefore(), model->paddingAfter());
        return model->forward(padded.to(device)).to(torch::kCPU);
    };
    torch::Tensor joints = run(false);
    if (flipAveraging)
        joints = (joints + mirroredJoints(run(true), output)) / 2;
    joints = joints.contiguous();
    return {joints.data_ptr<float>(), joints.data_ptr<float>() + joints.numel()};
}

nlohmann::json temporalAttributes(const TemporalModelOptions &options, const Skeleton &output, double framesPerSecond)
{
    return {{"architecture", kTemporalArchitecture},
            {"filter_widths", options.filter_widths()},
            {"channels", options.channels()},
            {"causal", options.causal()},
            {"dropout", options.dropout()},
            {"in_features", options.in_features()},
            {"input_joints", lifterInputJoints()},
            {"normalisation", kLifterNormalisation},
            {"output_skeleton", output.name},
            {"frames_per_second", framesPerSecond}};
}

} // namespace poselift
