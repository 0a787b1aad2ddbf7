#pragma once

#include "models/train/random.h"

#include <Eigen/Core>

namespace poselift {

/// Ranges from which virtual cameras are drawn. Lengths of the picture are in units of its longer
/// side. Chosen to cover phones, webcams and sports cameras on tripods; not measured.
struct VirtualCameraOptions
{
    float minFocal = 0.65F;        ///< focal length / longer side, log-uniform (75° of view …
    float maxFocal = 2.2F;         ///< … to 26°)
    float assumedShare = 0.5F;     ///< share of cameras of which the lifter is told the assumed focal
                                   ///< length 1.2 and the middle of the picture instead of the truth
    float principalSigma = 0.02F;  ///< of the principal point around the middle
    float minElevation = -0.20F;   ///< rad; positive looks down
    float maxElevation = 0.60F;
    float rollSigma = 0.06F;       ///< rad
    float minDistance = 1.9F;      ///< m, camera to root joint
    float maxDistance = 12.0F;
    float minHeightShare = 0.25F;  ///< height of a 1.7 m body / shorter side of the picture
    float maxHeightShare = 1.1F;
};

/// Pinhole camera; the longer side of the picture is 1.
struct PinholeIntrinsics
{
    float focal = 1.2F;
    float cx = 0.5F;
    float cy = 0.5F;
};

/// A camera placed so that the world point `anchor` is seen at `anchorInCamera`.
struct VirtualCamera
{
    Eigen::Matrix3f cameraFromWorld = Eigen::Matrix3f::Identity(); ///< rotation; world is y up
    Eigen::Vector3f anchorInCamera = Eigen::Vector3f::UnitZ();     ///< m
    float width = 1.0F;
    float height = 1.0F;
    PinholeIntrinsics truth; ///< makes the picture
    PinholeIntrinsics given; ///< is what the lifter is told

    /// World point (m) → camera frame (x right, y down, z forward).
    Eigen::Vector3f toCamera(const Eigen::Vector3f &point, const Eigen::Vector3f &anchor) const
    {
        return cameraFromWorld * (point - anchor) + anchorInCamera;
    }
};

/// Rotation of a camera that looks along azimuth (about the vertical, 0 = +z) and downwards by
/// elevation, turned by roll about its axis; rad.
Eigen::Matrix3f cameraRotation(float azimuth, float elevation, float roll);

/// A random camera that sees the anchor inside the picture.
VirtualCamera randomCamera(const VirtualCameraOptions &options, Random &random);

} // namespace poselift
