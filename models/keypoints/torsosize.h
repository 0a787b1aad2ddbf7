#pragma once

#include "core/pose/keypoint.h"
#include "core/pose/skeleton.h"

#include <optional>

namespace poselift {

/// Size of the torso that PCK is measured against, px: the mean of the known diagonals left shoulder –
/// right hip and right shoulder – left hip. Nothing when neither is known or both have no length.
std::optional<double> torsoSize(const Pose2D &labels, const Skeleton &skeleton);

} // namespace poselift
