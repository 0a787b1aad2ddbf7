#pragma once

#include "core/pose/posebox.h"
#include "core/pose/skeleton.h"

namespace poselift {

/// Mean confidence over all joints (a Missing one counts 0).
float meanConfidence(const Pose2D &pose);

/// Object keypoint similarity of two poses of one skeleton over the joints that both have with at
/// least @p minimumConfidence: mean of exp(−d² / (2·area·(2σ)²)) (COCO keypoint evaluation). Joints
/// without a COCO sigma count with the one of a hip. 0 when fewer than three joints are shared.
double poseOks(const Pose2D &a, const Pose2D &b, const Skeleton &skeleton, double area, float minimumConfidence);

} // namespace poselift
