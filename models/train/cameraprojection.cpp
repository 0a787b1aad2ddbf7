#include "models/train/cameraprojection_torch.h"

#include <torch/torch.h>

#include <vector>

namespace poselift {

namespace {

constexpr double kNearestDepth = 0.1; ///< m

torch::Tensor raysOf(const torch::Tensor &points, LensForm form)
{
    const torch::Tensor xy = points.narrow(-1, 0, 2);
    const torch::Tensor z = points.narrow(-1, 2, 1);
    if (form == LensForm::Brown)
        return xy / z.clamp_min(kNearestDepth);
    return torch::clamp(xy / z, -1.0, 1.0);
}

/// x(1 + k1 r² + k2 r⁴ + k3 r⁶ + @p tangentialFactor·(p·x)) + p r², p = (p2, p1).
torch::Tensor distorted(const torch::Tensor &rays, const torch::Tensor &k, const torch::Tensor &p,
                        double tangentialFactor)
{
    const torch::Tensor r2 = rays.square().sum(-1, /*keepdim=*/true);
    const torch::Tensor k1 = k.narrow(-1, 0, 1);
    const torch::Tensor k2 = k.narrow(-1, 1, 1);
    const torch::Tensor k3 = k.narrow(-1, 2, 1);
    const torch::Tensor radial = 1 + r2 * (k1 + r2 * (k2 + r2 * k3));
    const torch::Tensor tangential = tangentialFactor * (p * rays).sum(-1, /*keepdim=*/true);
    return rays * (radial + tangential) + p * r2;
}

} // namespace

torch::Tensor projectToScreen(const torch::Tensor &points, const torch::Tensor &cameras, LensForm form)
{
    TORCH_CHECK(points.dim() >= 2 && points.size(-1) == 3, "expected points [N, …, 3], found ", points.sizes());
    TORCH_CHECK(cameras.dim() == 2 && cameras.size(1) == 9 && cameras.size(0) == points.size(0), "expected cameras [",
                points.size(0), ", 9], found ", cameras.sizes());
    std::vector<int64_t> shape(static_cast<std::size_t>(points.dim()), 1);
    shape.front() = points.size(0);
    shape.back() = 9;
    const torch::Tensor each = cameras.view(shape);
    torch::Tensor rays = raysOf(points, form);
    if (form != LensForm::Linear)
        rays = distorted(rays, each.narrow(-1, 4, 3), each.narrow(-1, 7, 2), form == LensForm::Brown ? 2.0 : 1.0);
    return each.narrow(-1, 0, 2) * rays + each.narrow(-1, 2, 2);
}

} // namespace poselift
