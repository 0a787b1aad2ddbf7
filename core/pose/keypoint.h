#pragma once

#include <cstdint>
#include <vector>

namespace poselift {

/// What is known of a keypoint in one frame. Values are stored in files: never renumber.
enum class KeypointState : std::uint8_t {
    Missing = 0,  ///< nothing known (not detected, not annotated)
    Visible = 1,
    Occluded = 2, ///< hidden behind something, position is estimated
    Absent = 3,   ///< outside the picture or not part of this person: position has no meaning
};

/// Where a keypoint came from. Values are stored in files: never renumber.
enum class KeypointOrigin : std::uint8_t {
    Detected = 0,
    Corrected = 1,    ///< by hand
    Interpolated = 2,
    From3d = 3,       ///< projection of a corrected 3D joint
    Triangulated = 4,
};

/// One joint of one person in one frame, in pixels of the decoded frame after rotation metadata
/// (origin top-left corner, x right, y down, the centre of the first pixel is (0.5, 0.5)).
struct Keypoint2D
{
    double x = 0.0;          ///< px
    double y = 0.0;          ///< px
    float confidence = 0.0F; ///< detector score in [0, 1]; 1 when corrected by hand
    KeypointState state = KeypointState::Missing;
    KeypointOrigin origin = KeypointOrigin::Detected;
    bool locked = false;     ///< edits and smoothing leave it alone until it is unlocked

    bool isKnown() const { return state == KeypointState::Visible || state == KeypointState::Occluded; }
    friend bool operator==(const Keypoint2D &, const Keypoint2D &) = default;
};

/// One joint of one person in one frame, metres, camera frame (x right, y down, z forward).
struct Joint3D
{
    double x = 0.0;
    double y = 0.0;
    double z = 0.0;
    bool valid = false;
    friend bool operator==(const Joint3D &, const Joint3D &) = default;
};

/// Keypoints of one person in one frame, in the order of a Skeleton.
using Pose2D = std::vector<Keypoint2D>;
/// Joints of one person in one frame, in the order of a Skeleton.
using Pose3D = std::vector<Joint3D>;

/// Axis-aligned box in pixels, same frame as Keypoint2D.
struct Box
{
    double x = 0.0; ///< left
    double y = 0.0; ///< top
    double width = 0.0;
    double height = 0.0;

    double area() const { return width * height; }
    double centreX() const { return x + width / 2; }
    double centreY() const { return y + height / 2; }
    friend bool operator==(const Box &, const Box &) = default;
};

} // namespace poselift
