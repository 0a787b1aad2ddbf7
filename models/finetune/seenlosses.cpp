#include "models/finetune/seenlosses_torch.h"

namespace poselift {

namespace {

constexpr double kLeastDepth = 0.3;   // m
constexpr double kRidge = 1e-4;       // keeps frames with a joint or two solvable
constexpr double kSmallest = 1e-12;   // m²; the norm's gradient at 0

} // namespace

torch::Tensor placedRoots(const torch::Tensor &limbs, const torch::Tensor &rays, const torch::Tensor &weight)
{
    const torch::Tensor u = rays.select(2, 0);
    const torch::Tensor v = rays.select(2, 1);
    const torch::Tensor alongX = u * limbs.select(2, 2) - limbs.select(2, 0); // t_x − u t_z
    const torch::Tensor alongY = v * limbs.select(2, 2) - limbs.select(2, 1);
    const auto sum = [&](const torch::Tensor &values) { return (weight * values).sum(1); };
    const torch::Tensor one = sum(torch::ones_like(u));
    const torch::Tensor zero = torch::zeros_like(one);
    const torch::Tensor matrix = torch::stack({one, zero, -sum(u), zero, one, -sum(v), -sum(u), -sum(v), sum(u * u + v * v)}, 1)
                                     .reshape({-1, 3, 3})
                                 + kRidge * torch::eye(3, limbs.options());
    const torch::Tensor right = torch::stack({sum(alongX), sum(alongY), -sum(u * alongX + v * alongY)}, 1);
    return torch::linalg_solve(matrix, right.unsqueeze(2)).squeeze(2);
}

torch::Tensor reprojectionErrors(const torch::Tensor &limbs, const torch::Tensor &rays, const torch::Tensor &weight,
                                 const torch::Tensor &scale)
{
    const torch::Tensor placed = limbs + placedRoots(limbs, rays, weight).unsqueeze(1);
    const torch::Tensor depth = placed.slice(2, 2, 3).clamp_min(kLeastDepth);
    const torch::Tensor off = (placed.slice(2, 0, 2) / depth - rays) / scale.reshape({-1, 1, 1});
    return (off.square().sum(2) + kSmallest).sqrt();
}

torch::Tensor weightedMean(const torch::Tensor &errors, const torch::Tensor &weight)
{
    return (errors * weight).sum() / weight.sum().clamp_min(1e-6);
}

torch::Tensor boneLengthsOf(const torch::Tensor &joints, const std::vector<BodyVariation::Bone> &bones)
{
    std::vector<int64_t> parents;
    std::vector<int64_t> children;
    for (const BodyVariation::Bone &bone : bones) {
        parents.push_back(bone.parent);
        children.push_back(bone.child);
    }
    const auto indices = [&](const std::vector<int64_t> &values) { return torch::tensor(values).to(joints.device()); };
    const torch::Tensor along = joints.index_select(1, indices(children)) - joints.index_select(1, indices(parents));
    return (along.square().sum(2) + kSmallest).sqrt();
}

} // namespace poselift
