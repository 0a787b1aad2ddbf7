#include "core/geometry/h36mcamera.h"

#include <Eigen/Geometry>

namespace poselift {

namespace {

Eigen::Vector2d clampedRay(const Eigen::Vector3d &point)
{
    return point.hnormalized().cwiseMax(-1.0).cwiseMin(1.0);
}

} // namespace

H36mCamera H36mCamera::fromParameters(const std::array<double, 9> &parameters)
{
    const auto &p = parameters;
    return {{p[0], p[1]}, {p[2], p[3]}, {p[4], p[5], p[6]}, {p[7], p[8]}};
}

Eigen::Vector2d projectLikeVideoPose3D(const H36mCamera &camera, const Eigen::Vector3d &pointInCamera)
{
    const Eigen::Vector2d ray = clampedRay(pointInCamera);
    const Eigen::Vector2d p(camera.tangential[0], camera.tangential[1]);
    const auto [k1, k2, k3] = camera.radial;
    const double r2 = ray.squaredNorm();
    const double radial = 1 + r2 * (k1 + r2 * (k2 + r2 * k3));
    const Eigen::Vector2d distorted = ray * (radial + p.dot(ray)) + p * r2;
    return camera.focal.cwiseProduct(distorted) + camera.centre;
}

Eigen::Vector2d projectLinearLikeVideoPose3D(const H36mCamera &camera, const Eigen::Vector3d &pointInCamera)
{
    return camera.focal.cwiseProduct(clampedRay(pointInCamera)) + camera.centre;
}

Eigen::Vector2d normalizeScreenCoordinates(const Eigen::Vector2d &pixel, double width, double height)
{
    return pixel / width * 2 - Eigen::Vector2d(1, height / width);
}

Eigen::Vector2d imageCoordinates(const Eigen::Vector2d &normalised, double width, double height)
{
    return (normalised + Eigen::Vector2d(1, height / width)) * width / 2;
}

RigidTransform cameraFromWorldOf(const Eigen::Vector4d &orientationWxyz, const Eigen::Vector3d &centreInWorld)
{
    const Eigen::Quaterniond worldFromCamera(orientationWxyz[0], orientationWxyz[1], orientationWxyz[2],
                                             orientationWxyz[3]);
    RigidTransform cameraFromWorld;
    cameraFromWorld.rotation = worldFromCamera.normalized().toRotationMatrix().transpose();
    cameraFromWorld.translation = -(cameraFromWorld.rotation * centreInWorld);
    return cameraFromWorld;
}

} // namespace poselift
