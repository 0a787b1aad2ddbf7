#pragma once

#include "core/review/framescores.h"

#include <optional>
#include <vector>

namespace poselift {

/// What is wrong in one frame, for people.
struct Finding
{
    ReviewReason reason =
        ReviewReason::LowConfidence; ///< what counts most for the worst joint, or SideSwap if that counts half as much
    std::vector<int> joints; ///< the worst first: all that have at least 40 % of its score (and are exchanged too)
    int bone = -1;           ///< BoneLength: which one
    /// LowConfidence: confidence in [0, 1], −1 for a missing joint; Reprojection, Motion: px;
    /// Disagreement: m; BoneLength: length / usual length; SideSwap: nothing.
    double amount = 0;
    friend bool operator==(const Finding &, const Finding &) = default;
};

/// Nothing when no joint of the frame has a score. @p index as in the slice of @p measures.
std::optional<Finding> findingOf(const SliceMeasures &measures, int index, const TrackNorms &norms,
                                 const ReviewWeights &weights, std::optional<ReviewReason> onlyReason = {});

} // namespace poselift
