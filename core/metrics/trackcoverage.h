#pragma once

#include "core/pose/keypoint.h"
#include "core/pose/skeleton.h"
#include "core/pose/track.h"

#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace poselift {

/// Where one person is in some frames of a video.
using BoxByFrame = std::map<std::int64_t, Box>;
/// How one person stands in some frames of a video.
using PoseByFrame = std::map<std::int64_t, Pose2D>;

/// The track that follows a person best.
struct FollowingTrack
{
    const KeypointTrack *track =
        nullptr;        ///< one of the tracks that were asked; null: none does at all
    double share = 0.0; ///< of the reference's frames, [0, 1]
};

/// Share of the frames of @p boxes in which @p track has at least 8 known keypoints in the box.
double shareInBoxes(const KeypointTrack &track, const BoxByFrame &boxes);
FollowingTrack trackInBoxes(std::span<const KeypointTrack> tracks, const BoxByFrame &boxes);

/// OKS of @p found to @p truth over the joints of @p truth that are known and have a sigma; the
/// area is that of the true keypoints' box. A keypoint that was not found counts as infinitely far.
/// @param sigmas  [J] in the order of both poses; 0: the joint does not count
double oksToTruth(const Pose2D &found, const Pose2D &truth, std::span<const double> sigmas);

/// Share of the frames of @p truth in which the track's OKS to it is at least 0.5.
double shareNearPoses(const KeypointTrack &track, const PoseByFrame &truth,
                      std::span<const double> sigmas);
FollowingTrack trackNearPoses(std::span<const KeypointTrack> tracks, const PoseByFrame &truth,
                              std::span<const double> sigmas);

/// COCO's OKS sigma of every joint of @p skeleton by name; 0 for joints that COCO does not have.
std::vector<double> oksSigmasByName(const Skeleton &skeleton, const Skeleton &coco17);
/// @p pose of @p from in the order of @p to, joint by joint of the same name; others are Missing.
Pose2D poseByName(const Pose2D &pose, const Skeleton &from, const Skeleton &to);

} // namespace poselift
