#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "core/io/weightsfile.h"
#include "models/keypoints/posenet_torch.h"

namespace poselift {

/// What the finder sees, at kFinderStride.
struct FinderMaps
{
    torch::Tensor centre; ///< [B, 1, H/8, W/8] logit of a person's centre
    torch::Tensor shape;  ///< [B, 4, H/8, W/8] as FinderTargets::shape
};

/// The network of the keypoints with narrow layers, a centre map and box shapes (Zhou et al.,
/// Objects as Points, 2019).
PoseNetOptions finderNetOptions();

/// A finder as it is before training: the centre map begins with "nobody" (Lin et al., Focal Loss,
/// ICCV 2017: prior 0.01).
PoseNet makeFinderNet();

/// @param pictures  [B, 3, H, W] as PoseNetImpl::forward() takes them
FinderMaps finderMaps(PoseNetImpl &net, const torch::Tensor &pictures);

/// 8-bit R, G, B [..., H, W, 3] → what PoseNetImpl::forward() takes.
torch::Tensor finderInput(const torch::Tensor &rgb);

/// Attributes of a weights file.
nlohmann::json finderAttributes();
/// A finder of @p weights; WrongFormat when they are something else's.
Result<PoseNet> finderOfWeights(const WeightsFile &weights, const std::string &path);

} // namespace poselift
