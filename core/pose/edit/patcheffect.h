#pragma once

#include "core/pose/edit/keypointpatch.h"
#include "core/pose/project.h"

namespace poselift {

/// What a patch does to the keypoints that the user sees.
struct PatchEffect
{
    std::int64_t moved = 0;   ///< known keypoints that get another position
    double meanShiftPx = 0.0; ///< of those
    double maxShiftPx = 0.0;
    friend bool operator==(const PatchEffect &, const PatchEffect &) = default;
};

/// The effect of @p patch before it is carried out on @p project.
PatchEffect effectOf(const Project &project, const KeypointPatch &patch);

} // namespace poselift
