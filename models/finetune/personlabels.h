#pragma once

#include "core/pose/project.h"
#include "models/lift/lifterinput.h"

#include <array>
#include <cstdint>
#include <vector>

namespace poselift {

/// What a project knows of one person, in joints that mean the same to every lifter. Free of LibTorch.
struct PersonLabels
{
    TrackId id = 0;
    KeypointTrack detected;  ///< the detector's twelve limb joints (limbSkeleton())
    KeypointTrack corrected; ///< the same; known where somebody put them by hand
    /// 3D truth in the order of the lifter's output, m, camera axes, relative to the root joint; a pose
    /// counts when its root and kLeastTrueJoints joints are valid. No frames: none.
    JointTrack truth;

    bool isCorrected(std::int64_t frame) const { return corrected.isPresent(frame); }
    bool hasTruth(std::int64_t frame) const;
};

inline constexpr int kLeastTrueJoints = 6;

/// The first twelve of lifterInputJoints().
const Skeleton &limbSkeleton();

/// The people of @p project that a detector has seen, @p tracks alone unless it is empty. The
/// detector's keypoints are those of the layer "detected", else the exact ones of a synthetic clip.
/// @param output joints of the lifter; @param lifted layer whose root a 3D correction is relative to
/// where only other joints were corrected
/// Errors: MissingJoints, BadArgument for a track that is not there.
Result<std::vector<PersonLabels>> personLabels(const Project &project, const std::vector<std::int64_t> &tracks,
                                               const Skeleton &output, const std::string &lifted);

} // namespace poselift
