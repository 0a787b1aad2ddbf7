#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include <torch/types.h>

#include <cstdint>
#include <vector>

namespace poselift {

/// Mean of w·‖p − g‖ (VideoPose3D common/loss.py, weighted_mpjpe; not divided by Σw).
/// @param weights  shape of @p prediction without its last dimension, or one that broadcasts to it
torch::Tensor weightedMpjpeLoss(const torch::Tensor &prediction, const torch::Tensor &target,
                                const torch::Tensor &weights);

/// Mean distance of projected from seen keypoints, weighted: Σ w·‖p − x‖ / count(w > 0), so that
/// missing keypoints (weight 0) neither count nor dilute. With all weights 1 it is the published
/// 2D term, the mean distance. 0 when no keypoint is known.
/// @param projected, seen  [N, J, 2]
/// @param weights          [N, J] ≥ 0
torch::Tensor reprojectionLoss(const torch::Tensor &projected, const torch::Tensor &seen, const torch::Tensor &weights);

/// |mean length of a bone among the labelled − among the unlabelled poses|, averaged over bones
/// (Pavllo et al. 2019, section 4).
/// @param labelled, unlabelled  [N, T, J, 3], N and T may differ
/// @param parents               [J], −1 for the root; a joint's bone goes to its parent
torch::Tensor boneLengthLoss(const torch::Tensor &labelled, const torch::Tensor &unlabelled,
                             const std::vector<std::int64_t> &parents);

} // namespace poselift
