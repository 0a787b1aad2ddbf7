#pragma once

#include "core/geometry/camera.h"
#include "core/pose/keypoint.h"

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace poselift {

/// What the bundled lifters see, in training and in use: this file is the only place that makes it,
/// so that the two cannot differ. Free of LibTorch.
///
/// Joints: the twelve limb joints and two derived ones (lifterInputJoints()). Features per joint:
/// (x, y, confidence), (0, 0, 0) for a missing joint. Per frame
///   1. pixels become rays (x/z, y/z) through the intrinsics, so focal length and picture size drop
///      out;
///   2. the rays are turned by the smallest rotation that puts mid_hip on the optical axis, so the
///      place in the picture drops out, shear of wide angles included: the network sees a *virtual
///      camera* that looks at the hips, and its output is in that camera's frame;
///   3. x and y are divided by the scale, the running median over ±0.5 s of (sum of known bones'
///      lengths as seen there) / (sum of the same bones' lengths of an average adult): roughly
///      1/distance, so that features are roughly metres.
/// Where mid_hip is missing it is interpolated over up to 1 s, else guessed below mid_shoulder.
inline constexpr const char *kLifterNormalisation = "hip-ray-v1"; ///< value of "normalisation" in model.json

/// left_/right_ shoulder, elbow, wrist, hip, knee, ankle, then mid_hip, mid_shoulder.
const std::vector<std::string> &lifterInputJoints();
/// (left, right) indices into lifterInputJoints().
const std::vector<std::pair<int, int>> &lifterInputPairs();
inline constexpr int kLifterInputJointCount = 14;
inline constexpr int kLifterLimbJoints = 12; ///< the first twelve; the other two derive from them
inline constexpr int kLifterInputFeatures = 3;

struct LifterInput
{
    std::vector<float> features;                     ///< [T, 14, 3]
    std::vector<Eigen::Matrix3d> virtualFromCamera;  ///< [T]: x_virtual = virtualFromCamera * x_camera
    std::vector<double> scale;                       ///< [T] 1/m, > 0; 1/scale ≈ distance in metres

    std::int64_t frameCount() const { return static_cast<std::int64_t>(scale.size()); }
};

/// @param rays        [T, 14, 2] x/z and y/z of lifterInputJoints()
/// @param confidence  [T, 14] in (0, 1]; 0 = missing
/// @param framesPerSecond of the sequence, which is sampled evenly
/// Scale and interpolation look 0.5 s and 1 s around: training either feeds whole sequences and cuts
/// windows afterwards, or windows of about a second, of which it uses the middle frame's target
/// virtualFromCamera[middle] * (joint − root).
LifterInput makeLifterInput(std::span<const double> rays, std::span<const float> confidence, double framesPerSecond);

/// Rays [T, 14, 2] and confidence [T, 14] from those of the twelve limb joints, as SkeletonMapping
/// derives the middle joints: mean of the two, known when both are, the smaller confidence.
struct LimbRays
{
    std::vector<double> xy;
    std::vector<float> confidence;
};
LimbRays withDerivedJoints(std::span<const float> limbXy, std::span<const float> limbConfidence);

/// The same from keypoints in pixels, 14 per frame.
LifterInput makeLifterInput(std::span<const Pose2D> poses, const CameraIntrinsics &camera, double framesPerSecond);

/// What the features of a frame depend on, to each side: the scale's running median (0.5 s) over
/// frames whose hips may be interpolated over 1 s.
inline constexpr double kLifterInputReachSeconds = 1.5;

/// True when the input of frames [first, end) of a sequence is the same whatever comes before and
/// after the sequence: no gap around them is so long that it is filled from far away.
bool isLifterInputLocal(std::span<const Pose2D> poses, double framesPerSecond, std::int64_t first, std::int64_t end);

/// Mirrors features [T, 14, 3] in place: x negated, left and right exchanged. Mirroring the picture
/// and then making features gives the same.
void mirrorFeatures(std::span<float> features);

/// Pixels as VideoPose3D normalises them for its published weights: x in [−1, 1], the aspect kept:
/// (x·2/w − 1, y·2/w − h/w). Pavllo et al. 2019, common/camera.py normalize_screen_coordinates.
Eigen::Vector2d normaliseScreen(const Eigen::Vector2d &pixel, int width, int height);
/// The inverse (image_coordinates).
Eigen::Vector2d denormaliseScreen(const Eigen::Vector2d &point, int width, int height);

} // namespace poselift
