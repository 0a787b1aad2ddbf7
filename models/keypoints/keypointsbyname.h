#pragma once

#include "core/pose/keypoint.h"
#include "core/pose/skeleton.h"

namespace poselift {

/// The keypoints of @p pose [joints of @p from] that @p to has under the same names; Missing where @p from has
/// no such joint. Nothing is derived: what is learnt from must be what somebody marked.
Pose2D keypointsByName(const Pose2D &pose, const Skeleton &from, const Skeleton &to);

} // namespace poselift
