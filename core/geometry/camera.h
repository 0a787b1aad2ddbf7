#pragma once

#include <Eigen/Core>

#include <array>

namespace poselift {

/// Pinhole camera with Brown's distortion. Pixels as in Keypoint2D (pixel centres at + 0.5).
/// u = fx·xd + cx, v = fy·yd + cy with x = X/Z, y = Y/Z, r² = x² + y²,
/// xd = x(1 + k1 r² + k2 r⁴ + k3 r⁶) + 2 p1 x y + p2 (r² + 2x²),
/// yd = y(1 + k1 r² + k2 r⁴ + k3 r⁶) + p1 (r² + 2y²) + 2 p2 x y   (Brown 1966; OpenCV's order).
struct CameraIntrinsics
{
    double fx = 0.0; ///< px
    double fy = 0.0; ///< px
    double cx = 0.0; ///< px
    double cy = 0.0; ///< px
    std::array<double, 3> radial{};     ///< k1, k2, k3
    std::array<double, 2> tangential{}; ///< p1, p2
    int width = 0;  ///< px of the decoded frame
    int height = 0;
    bool assumed = true; ///< true when nobody measured it

    bool isValid() const { return fx > 0 && fy > 0 && width > 0 && height > 0; }
    friend bool operator==(const CameraIntrinsics &, const CameraIntrinsics &) = default;
};

/// Focal length 1.2·max(width, height), principal point in the middle, no distortion.
CameraIntrinsics assumedIntrinsics(int width, int height);
/// Camera frame (metres, x right, y down, z forward, Z > 0) → pixels.
Eigen::Vector2d project(const CameraIntrinsics &camera, const Eigen::Vector3d &pointInCamera);
/// Pixels → (x, y) with Z = 1, by fixed-point inversion of the distortion.
Eigen::Vector2d unproject(const CameraIntrinsics &camera, const Eigen::Vector2d &pixel);

/// x_in_a = aFromB * x_in_b.
struct RigidTransform
{
    Eigen::Matrix3d rotation = Eigen::Matrix3d::Identity();
    Eigen::Vector3d translation = Eigen::Vector3d::Zero(); ///< m

    Eigen::Vector3d operator*(const Eigen::Vector3d &point) const { return rotation * point + translation; }
    RigidTransform operator*(const RigidTransform &other) const
    {
        return {rotation * other.rotation, rotation * other.translation + translation};
    }
    RigidTransform inverse() const
    {
        return {rotation.transpose(), -(rotation.transpose() * translation)};
    }
};

} // namespace poselift
