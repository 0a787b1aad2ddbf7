#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "models/train/bodyvariation.h"

#include <torch/torch.h>

#include <vector>

namespace poselift {

/// Roots t [N, 3] m, in the axes of the joints, that bring the limb joints P nearest to their rays:
/// the weighted linear least squares solution of (P + t)_xy = u·(P + t)_z. Differentiable.
/// @param limbs [N, 12, 3] m, root-relative; @param rays [N, 12, 2]; @param weight [N, 12]
torch::Tensor placedRoots(const torch::Tensor &limbs, const torch::Tensor &rays, const torch::Tensor &weight);

/// Distance between where placed limbs are seen and their rays, [N, 12], divided by @p scale [N]: about
/// metres at the person. The roots are solved for, so that only the pose's shape and direction count.
torch::Tensor reprojectionErrors(const torch::Tensor &limbs, const torch::Tensor &rays, const torch::Tensor &weight,
                                 const torch::Tensor &scale);

/// Σ w·e / Σ w; 0 when all weights are.
torch::Tensor weightedMean(const torch::Tensor &errors, const torch::Tensor &weight);

/// Lengths [N, bones] m of joints [N, J, 3].
torch::Tensor boneLengthsOf(const torch::Tensor &joints, const std::vector<BodyVariation::Bone> &bones);

} // namespace poselift
