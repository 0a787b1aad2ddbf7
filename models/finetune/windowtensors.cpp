#include "models/finetune/windowtensors_torch.h"

#include "models/lift/lifterinput.h"

namespace poselift {

namespace {

torch::Tensor otherSides()
{
    std::vector<int64_t> order(kLifterInputJointCount);
    for (int joint = 0; joint < kLifterInputJointCount; ++joint)
        order[static_cast<std::size_t>(joint)] = joint;
    for (const auto &[left, right] : lifterInputPairs())
        std::swap(order[static_cast<std::size_t>(left)], order[static_cast<std::size_t>(right)]);
    return torch::tensor(order);
}

torch::Tensor otherSides(const Skeleton &output)
{
    std::vector<int64_t> order;
    for (int joint = 0; joint < output.jointCount(); ++joint)
        order.push_back(output.mirrored(joint));
    return torch::tensor(order);
}

template <typename Range>
void copyTo(float *&to, const Range &values)
{
    to = std::copy(values.begin(), values.end(), to);
}

} // namespace

torch::Tensor mirroredWindows(const torch::Tensor &windows)
{
    return windows.index_select(2, otherSides()) * torch::tensor({-1.0F, 1.0F, 1.0F});
}

torch::Tensor mirroredJoints(const torch::Tensor &joints, const Skeleton &output)
{
    return joints.index_select(1, otherSides(output)) * torch::tensor({-1.0F, 1.0F, 1.0F});
}

WindowTensors WindowTensors::selected(const torch::Tensor &indices) const
{
    const auto pick = [&](const torch::Tensor &all) { return all.defined() ? all.index_select(0, indices) : all; };
    return {pick(windows), pick(rays), pick(weight), pick(scale), pick(truth), pick(truthWeight), pick(prior), pick(lengths)};
}

WindowTensors WindowTensors::mirrored(const Skeleton &output) const
{
    const torch::Tensor limbs = otherSides().slice(0, 0, kLifterLimbJoints);
    WindowTensors result = *this;
    result.windows = mirroredWindows(windows);
    result.rays = rays.index_select(1, limbs) * torch::tensor({-1.0F, 1.0F});
    result.weight = weight.index_select(1, limbs);
    result.truth = mirroredJoints(truth, output);
    result.truthWeight = truthWeight.index_select(1, otherSides(output));
    if (prior.defined())
        result.prior = mirroredJoints(prior, output);
    return result;
}

WindowTensors toTensors(const std::vector<WindowExample> &examples, int outputJoints)
{
    const auto count = static_cast<int64_t>(examples.size());
    if (count == 0)
        return {};
    const auto frames = static_cast<int64_t>(examples.front().features.size())
                        / (kLifterInputJointCount * kLifterInputFeatures);
    WindowTensors tensors;
    tensors.windows = torch::empty({count, frames, kLifterInputJointCount, kLifterInputFeatures});
    tensors.rays = torch::empty({count, kLifterLimbJoints, 2});
    tensors.weight = torch::empty({count, kLifterLimbJoints});
    tensors.scale = torch::empty({count});
    tensors.truth = torch::empty({count, outputJoints, 3});
    tensors.truthWeight = torch::empty({count, outputJoints});
    float *window = tensors.windows.data_ptr<float>();
    float *ray = tensors.rays.data_ptr<float>();
    float *weight = tensors.weight.data_ptr<float>();
    float *scale = tensors.scale.data_ptr<float>();
    float *truth = tensors.truth.data_ptr<float>();
    float *truthWeight = tensors.truthWeight.data_ptr<float>();
    for (const WindowExample &example : examples) {
        copyTo(window, example.features);
        copyTo(ray, example.rays);
        copyTo(weight, example.weight);
        *scale++ = static_cast<float>(example.scale);
        copyTo(truth, example.truth);
        copyTo(truthWeight, example.truthWeight);
    }
    return tensors;
}

WindowTensors joined(const std::vector<WindowTensors> &parts)
{
    const auto join = [&](torch::Tensor WindowTensors::*member) {
        std::vector<torch::Tensor> tensors;
        for (const WindowTensors &part : parts) {
            if ((part.*member).defined())
                tensors.push_back(part.*member);
        }
        return tensors.empty() ? torch::Tensor() : torch::cat(tensors);
    };
    return {join(&WindowTensors::windows), join(&WindowTensors::rays),        join(&WindowTensors::weight),
            join(&WindowTensors::scale),   join(&WindowTensors::truth),       join(&WindowTensors::truthWeight),
            join(&WindowTensors::prior),   join(&WindowTensors::lengths)};
}

} // namespace poselift
