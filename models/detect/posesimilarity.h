#pragma once

#include "core/pose/keypoint.h"
#include "core/pose/skeleton.h"

#include <optional>

namespace poselift {

/// Box around the known keypoints with at least @p minimumConfidence; nothing when fewer than two.
std::optional<Box> boxOfPose(const Pose2D &pose, float minimumConfidence);

/// Mean confidence over all joints (a Missing one counts 0).
float meanConfidence(const Pose2D &pose);

/// Object keypoint similarity of two poses of one skeleton over the joints that both have with at
/// least @p minimumConfidence: mean of exp(−d² / (2·area·(2σ)²)) (COCO keypoint evaluation). Joints
/// without a COCO sigma count with the one of a hip. 0 when fewer than three joints are shared.
double poseOks(const Pose2D &a, const Pose2D &b, const Skeleton &skeleton, double area, float minimumConfidence);

} // namespace poselift
