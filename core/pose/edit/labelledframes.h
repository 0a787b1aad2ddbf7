#pragma once

#include "core/pose/track.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace poselift {

// A frame is labelled when somebody put a keypoint of it by hand: in the picture, or by moving the
// joint in 3D. Interpolated and smoothed keypoints do not count, else going through the labelled
// frames would stop at every frame between two of them.

/// The nearest labelled frame after @p frame, in any of @p tracks; nothing when there is none.
/// Takes a pass over the states in between: about 1 ms for a million frames of 17 joints that hold
/// nothing.
std::optional<std::int64_t> nextLabelledFrame(const std::vector<KeypointTrack> &tracks, std::int64_t frame);
/// The nearest one before @p frame.
std::optional<std::int64_t> previousLabelledFrame(const std::vector<KeypointTrack> &tracks, std::int64_t frame);

} // namespace poselift
