#include "core/geometry/camera.h"

#include <Eigen/Geometry>

#include <algorithm>

namespace poselift {

namespace {

Eigen::Vector2d distort(const CameraIntrinsics &camera, const Eigen::Vector2d &point)
{
    const auto [k1, k2, k3] = camera.radial;
    const auto [p1, p2] = camera.tangential;
    const double x = point.x();
    const double y = point.y();
    const double r2 = x * x + y * y;
    const double radial = 1 + r2 * (k1 + r2 * (k2 + r2 * k3));
    return {x * radial + 2 * p1 * x * y + p2 * (r2 + 2 * x * x),
            y * radial + p1 * (r2 + 2 * y * y) + 2 * p2 * x * y};
}

} // namespace

CameraIntrinsics assumedIntrinsics(int width, int height)
{
    CameraIntrinsics camera;
    camera.fx = camera.fy = 1.2 * std::max(width, height);
    camera.cx = width / 2.0;
    camera.cy = height / 2.0;
    camera.width = width;
    camera.height = height;
    camera.assumed = true;
    return camera;
}

Eigen::Vector2d project(const CameraIntrinsics &camera, const Eigen::Vector3d &pointInCamera)
{
    const Eigen::Vector2d distorted = distort(camera, pointInCamera.hnormalized());
    return {camera.fx * distorted.x() + camera.cx, camera.fy * distorted.y() + camera.cy};
}

Eigen::Vector2d unproject(const CameraIntrinsics &camera, const Eigen::Vector2d &pixel)
{
    const Eigen::Vector2d target((pixel.x() - camera.cx) / camera.fx, (pixel.y() - camera.cy) / camera.fy);
    constexpr int kIterations = 30;
    Eigen::Vector2d point = target;
    for (int i = 0; i < kIterations; ++i) {
        const Eigen::Vector2d step = target - distort(camera, point);
        if (step.isZero(0)) // at once without distortion
            break;
        point += step;
    }
    return point;
}

} // namespace poselift
