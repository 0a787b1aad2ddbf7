#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include <torch/types.h>

#include <array>
#include <cstdint>
#include <vector>

namespace poselift {

/// Joints that say where a body faces.
struct FacingJoints
{
    int64_t leftHip = 0;
    int64_t rightHip = 0;
    std::vector<std::array<int64_t, 3>> legs; ///< hip, knee, ankle
};

/// After the heuristic loss of Kudo et al. 2018, relu(−sin of the angle about the vertical from what
/// points forwards to right → left), which tells a body from its mirror image in depth. What points
/// forwards there is the nose, here it is the knee, seen from the middle of hip and ankle, because
/// detectors' common joints have no nose. A straight leg counts little: the knee's distance is in units
/// of the leg. Joints [B, J, 3] → scalar.
torch::Tensor facingLoss(const torch::Tensor &joints, const FacingJoints &facing);

/// Mean distance of joints [B, J, D] from others, both relative to their root.
torch::Tensor meanDistance(const torch::Tensor &joints, const torch::Tensor &others, int64_t root);

} // namespace poselift
