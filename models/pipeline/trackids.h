#pragma once

#include "core/pose/project.h"
#include "core/pose/track.h"

#include <vector>

namespace poselift {

/// Gives freshly detected tracks the ids that the same people already have in @p project, so that
/// corrections stay with their person when a video is detected again. Two tracks are the same
/// person when the boxes of their known keypoints overlap (IoU > 0.5) in most of the frames that
/// both have; pairs with more such frames come first. Everybody else gets a new id above all that
/// the project uses. Labels come along.
void keepTrackIds(const Project &project, std::vector<KeypointTrack> &detected);

} // namespace poselift
