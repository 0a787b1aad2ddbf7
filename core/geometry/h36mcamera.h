#pragma once

#include "core/geometry/camera.h"

#include <Eigen/Core>

#include <array>

namespace poselift {

/// Human3.6M camera as VideoPose3D uses it: "normalised screen" units (x in [−1, 1], y scaled by
/// the same factor), distortion that is *almost* Brown's. Kept for parity with published numbers;
/// everything else uses CameraIntrinsics (core/geometry/camera.h), which is exact.
struct H36mCamera
{
    Eigen::Vector2d focal = Eigen::Vector2d::Ones();
    Eigen::Vector2d centre = Eigen::Vector2d::Zero();
    std::array<double, 3> radial{};
    std::array<double, 2> tangential{}; ///< stored in the order (p2, p1) of the published metadata

    /// From the nine numbers f2 c2 k3 p2.
    static H36mCamera fromParameters(const std::array<double, 9> &parameters);
};

/// X/Z and Y/Z are clamped to [−1, 1]; radial = 1 + Σ k_i r^(2i); t = Σ p·x without Brown's
/// factor 2; result f·(x(radial + t) + p r²) + c (VideoPose3D common/camera.py, project_to_2d).
Eigen::Vector2d projectLikeVideoPose3D(const H36mCamera &camera, const Eigen::Vector3d &pointInCamera);
/// The same without distortion (project_to_2d_linear).
Eigen::Vector2d projectLinearLikeVideoPose3D(const H36mCamera &camera, const Eigen::Vector3d &pointInCamera);

/// Pixels → normalised screen: x/width·2 − 1, y/width·2 − height/width.
Eigen::Vector2d normalizeScreenCoordinates(const Eigen::Vector2d &pixel, double width, double height);
/// The inverse of normalizeScreenCoordinates().
Eigen::Vector2d imageCoordinates(const Eigen::Vector2d &normalised, double width, double height);

/// cameraFromWorld of a camera given by the orientation of its frame in the world (unit quaternion
/// w, x, y, z) and its centre in world coordinates: x_camera = q⁻¹ (X − t).
RigidTransform cameraFromWorldOf(const Eigen::Vector4d &orientationWxyz, const Eigen::Vector3d &centreInWorld);

} // namespace poselift
