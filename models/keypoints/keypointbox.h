#pragma once

#include "core/pose/keypoint.h"

#include <functional>
#include <optional>

namespace poselift {

/// The smallest box around the known keypoints, px; @p counts says which of them take part (empty: all).
/// Nothing for fewer than @p least keypoints.
std::optional<Box> boxOfKeypoints(const Pose2D &pose, int least,
                                  const std::function<bool(std::size_t joint)> &counts = {});

} // namespace poselift
