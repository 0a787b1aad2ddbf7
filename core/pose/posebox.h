#pragma once

#include "core/pose/keypoint.h"

#include <optional>

namespace poselift {

/// Box around the known keypoints with at least @p minimumConfidence; nothing when fewer than two.
std::optional<Box> boxOfPose(const Pose2D &pose, float minimumConfidence);

/// The box with both sides times @p factor, same centre.
Box grown(const Box &box, double factor);

/// Intersection over union; 0 when both are empty.
double boxIou(const Box &a, const Box &b);

} // namespace poselift
