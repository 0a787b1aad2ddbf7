#pragma once

#include "core/pose/project.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace poselift {

/// One person in one frame whose keypoints somebody looked at.
struct CorrectedPerson
{
    std::int64_t frame = 0;
    TrackId track = 0;
    Pose2D labels; ///< [J] px: put by hand or accepted; Absent ones too; Missing where nobody said anything
    Pose2D others; ///< [J] px: the detector's keypoints where there is no label
    Box box;       ///< px, in which the person is looked at
    friend bool operator==(const CorrectedPerson &, const CorrectedPerson &) = default;
};

/// Which of a project's people and frames to take.
struct CorrectedSelection
{
    /// Frames [begin, end): whoever has an annotated keypoint there that is not interpolated. Empty: people
    /// and frames in which at least one keypoint was put by hand (labelledframes.h).
    std::vector<std::pair<std::int64_t, std::int64_t>> frames;
    std::vector<std::int64_t> tracks; ///< people; empty: all
};

/// What a keypoint network can learn from @p project, by frame, then person, with the joints of
/// @p skeleton. Interpolated keypoints are nobody's observation, so they are no labels; neither is a joint
/// that would have to be derived from others. People of whom fewer than two places are known are left out.
std::vector<CorrectedPerson> correctedPeople(const Project &project, const Skeleton &skeleton,
                                             const CorrectedSelection &selection);

} // namespace poselift
