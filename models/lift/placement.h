#pragma once

#include <Eigen/Core>

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace poselift {

/// One joint's part in placing a body: where it is relative to the root, and where it is seen.
struct PlacementPoint
{
    Eigen::Vector3d relative;  ///< m, root-relative, camera frame
    Eigen::Vector2d ray;       ///< x/z and y/z of the keypoint
    double confidence = 0;     ///< 0: not seen
};

struct PlacementOptions
{
    double framesPerSecond = 30.0;
    /// Standard deviation of the Gaussian of the local linear fit that smooths the root's depth over
    /// time, 0 for none. A single frame's depth is unsure by (distance/size)·(keypoint noise); x and
    /// y are not smoothed: given the depth they follow the keypoints.
    double depthSmoothingSeconds = 0.15;
    /// Keypoints farther from the reprojection than this, relative to the body's seen size, count
    /// less (Huber).
    double huberShare = 0.05;
};

/// Root positions in the camera (m, depth positive) such that the bodies reproject onto their
/// keypoints: per frame a confidence-weighted linear least squares solution, refined by
/// Gauss–Newton with Huber weights on the reprojection error; then the depth is smoothed and x, y
/// are solved again for it. Frames with fewer than three seen joints take the depth and direction
/// of their neighbours.
/// @param points [T, P] in the order of frames
/// @param pointCount P
std::vector<Eigen::Vector3d> placeInCamera(std::span<const PlacementPoint> points, int pointCount, const PlacementOptions &options);

// The same in steps, for work on a few frames of a long track.

/// The root of one frame by itself; nothing when fewer than three joints are seen.
std::optional<Eigen::Vector3d> rootOfFrame(std::span<const PlacementPoint> points, const PlacementOptions &options);
/// True when rootOfFrame() has a result.
bool hasRoot(std::span<const PlacementPoint> points);
/// Frames to each side that the smoothing of the depth looks at.
std::int64_t smoothingReach(const PlacementOptions &options);
/// Smooths the depths of the roots of frames, and gives those without one their neighbours'. Frames
/// near the ends are as if there were nothing beyond.
std::vector<Eigen::Vector3d> smoothRoots(std::span<const PlacementPoint> points, int pointCount,
                                         const std::vector<std::optional<Eigen::Vector3d>> &roots, const PlacementOptions &options);

} // namespace poselift
