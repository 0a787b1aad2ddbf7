#pragma once

#include "core/pose/keypoint.h"

#include <QVector3D>

#include <optional>

namespace poselift {

/// The one place where poses change their frame for display.
///
/// Poses are in the camera frame: x right, y down, z forward, metres. OpenGL and Qt3D want y up and
/// the eye looking along −z. Half a turn about x does both and keeps the frame right-handed:
/// x_scene = diag(1, −1, −1) · x_camera. The video's camera then sits in the scene's origin and
/// looks along −z with y up, which is exactly an untransformed OpenGL eye.
inline QVector3D sceneFromCamera(double x, double y, double z)
{
    return {static_cast<float>(x), static_cast<float>(-y), static_cast<float>(-z)};
}

inline QVector3D sceneFromCamera(const Joint3D &joint)
{
    return sceneFromCamera(joint.x, joint.y, joint.z);
}

/// The inverse: the same half turn.
inline Joint3D cameraFromScene(const QVector3D &point)
{
    return {static_cast<double>(point.x()), static_cast<double>(-point.y()), static_cast<double>(-point.z()), true};
}

/// Mean of the valid joints in scene coordinates; nothing when none is valid.
std::optional<QVector3D> sceneCentre(const Pose3D &pose);

} // namespace poselift
