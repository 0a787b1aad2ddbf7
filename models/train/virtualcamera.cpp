#include "models/train/virtualcamera.h"

#include <Eigen/Geometry>

#include <algorithm>
#include <array>
#include <numbers>

namespace poselift {

namespace {

constexpr float kBodyHeight = 1.7F;                    ///< m
constexpr float kAssumedFocal = 1.2F;                  ///< assumedIntrinsics(), core/geometry/camera.h
constexpr std::array kAspects{16.0F / 9, 16.0F / 9, 4.0F / 3, 1.0F, 9.0F / 16}; ///< width / height

void chooseIntrinsics(VirtualCamera &camera, const VirtualCameraOptions &options, Random &random)
{
    const float aspect = kAspects[static_cast<std::size_t>(random.below(kAspects.size()))];
    camera.width = aspect >= 1 ? 1.0F : aspect;
    camera.height = aspect >= 1 ? 1.0F / aspect : 1.0F;
    camera.truth = {random.logUniform(options.minFocal, options.maxFocal),
                    camera.width / 2 + options.principalSigma * random.normal(),
                    camera.height / 2 + options.principalSigma * random.normal()};
    const bool assumed = random.chance(options.assumedShare);
    camera.given = assumed ? PinholeIntrinsics{kAssumedFocal, camera.width / 2, camera.height / 2} : camera.truth;
}

void placeAnchor(VirtualCamera &camera, const VirtualCameraOptions &options, Random &random)
{
    const float share = random.logUniform(options.minHeightShare, options.maxHeightShare);
    const float wanted = camera.truth.focal * kBodyHeight / (share * std::min(camera.width, camera.height));
    const float depth = std::clamp(wanted, options.minDistance, options.maxDistance);
    const float bodyInPicture = std::min(camera.truth.focal * kBodyHeight / depth, 0.8F * camera.height);
    const float u = camera.width * random.uniform(0.15F, 0.85F);
    const float freeHeight = camera.height - bodyInPicture; // the root is about half-way up the body
    const float v = bodyInPicture / 2 + freeHeight * random.uniform();
    camera.anchorInCamera = depth * Eigen::Vector3f((u - camera.truth.cx) / camera.truth.focal,
                                                    (v - camera.truth.cy) / camera.truth.focal, 1.0F);
}

} // namespace

Eigen::Matrix3f cameraRotation(float azimuth, float elevation, float roll)
{
    const Eigen::Vector3f forward(std::sin(azimuth) * std::cos(elevation), -std::sin(elevation),
                                  std::cos(azimuth) * std::cos(elevation));
    const Eigen::Vector3f right = forward.cross(Eigen::Vector3f::UnitY()).normalized();
    Eigen::Matrix3f level; // rows: the camera's axes in the world
    level.row(0) = right;
    level.row(1) = forward.cross(right);
    level.row(2) = forward;
    return Eigen::AngleAxisf(roll, Eigen::Vector3f::UnitZ()).toRotationMatrix() * level;
}

VirtualCamera randomCamera(const VirtualCameraOptions &options, Random &random)
{
    VirtualCamera camera;
    chooseIntrinsics(camera, options, random);
    const float azimuth = random.uniform(-std::numbers::pi_v<float>, std::numbers::pi_v<float>);
    // Two draws lean towards the middle of the range: most cameras look roughly level.
    const float elevation = options.minElevation
        + (options.maxElevation - options.minElevation) * (random.uniform() + random.uniform()) / 2;
    camera.cameraFromWorld = cameraRotation(azimuth, elevation, options.rollSigma * random.normal());
    placeAnchor(camera, options, random);
    return camera;
}

} // namespace poselift
