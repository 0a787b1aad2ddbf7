#pragma once

#include "core/pose/edit/effectivekeypoints.h"
#include "core/pose/edit/framerange.h"

#include <optional>
#include <vector>

namespace poselift {

/// A keypoint that someone vouches for: corrected by hand, in 2D or 3D, or locked. Interpolation
/// goes from one to the next and leaves them as they are.
bool isKeyframe(const Keypoint2D &keypoint);

/// The frames of @p frames, ascending, in which @p joint is a keyframe.
std::vector<std::int64_t> keyframesIn(const EffectiveKeypoints &keypoints, int joint, FrameRange frames);

/// From the last keyframe of @p joint before @p frame to the first one after it. Where there is
/// none on one side, @p frame itself must be one and ends the range; nothing where it is not.
/// Looked for in @p frames.
std::optional<FrameRange> keyframesAround(const EffectiveKeypoints &keypoints, int joint, std::int64_t frame,
                                          FrameRange frames);

} // namespace poselift
