#include "models/train/adversariallosses_torch.h"

#include <torch/torch.h>

namespace poselift {

namespace {

constexpr double kTiny = 1e-6;

torch::Tensor lengthOf(const torch::Tensor &vectors)
{
    return torch::sqrt((vectors * vectors).sum(/*dim=*/-1) + kTiny);
}

} // namespace

torch::Tensor facingLoss(const torch::Tensor &joints, const FacingJoints &facing)
{
    const torch::Tensor across = joints.select(1, facing.leftHip) - joints.select(1, facing.rightHip);
    const torch::Tensor acrossX = across.select(1, 0);
    const torch::Tensor acrossZ = across.select(1, 2);
    const torch::Tensor acrossLength = torch::sqrt(acrossX * acrossX + acrossZ * acrossZ + kTiny);
    torch::Tensor sum = torch::zeros({}, joints.options());
    for (const auto &[hip, knee, ankle] : facing.legs) {
        const torch::Tensor leg = joints.select(1, hip) - joints.select(1, ankle);
        const torch::Tensor bent = joints.select(1, knee) - (joints.select(1, hip) + joints.select(1, ankle)) / 2;
        // A body that faces the camera (forwards: −z) has its left side at +x: positive there.
        const torch::Tensor sine =
            (acrossZ * bent.select(1, 0) - acrossX * bent.select(1, 2)) / (acrossLength * lengthOf(leg));
        sum = sum + torch::relu(-sine).mean();
    }
    return sum / static_cast<double>(facing.legs.size());
}

torch::Tensor meanDistance(const torch::Tensor &joints, const torch::Tensor &others, int64_t root)
{
    const auto relative = [root](const torch::Tensor &x) { return x - x.slice(1, root, root + 1); };
    return lengthOf(relative(joints) - relative(others)).mean();
}

} // namespace poselift
