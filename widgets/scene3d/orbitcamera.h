#pragma once

#include "core/geometry/camera.h"

#include <QMatrix4x4>
#include <QPointF>
#include <QSizeF>
#include <QVector3D>

#include <optional>
#include <vector>

namespace poselift {

/// The eye of a 3D view: it circles a target, or stands exactly where the video's camera stands.
/// Scene coordinates (sceneframe.h), degrees, metres. Pure arithmetic, shared by all scene views.
class OrbitCamera
{
public:
    QVector3D target() const { return m_target; }
    double yaw() const { return m_yaw; }     ///< 0: looks along −z, as the video's camera does
    double pitch() const { return m_pitch; } ///< 90: looks straight down
    double distance() const { return m_distance; }
    bool isVideoCamera() const { return m_videoCamera; }

    void setTarget(const QVector3D &target) { m_target = target; }
    void setDirection(double yaw, double pitch);
    void setDistance(double metres);
    void setIntrinsics(const CameraIntrinsics &intrinsics) { m_intrinsics = intrinsics; }
    /// Looks through the video's camera until the next orbit(), pan() or setDirection().
    void lookThroughVideoCamera() { m_videoCamera = true; }

    void orbit(double yawDegrees, double pitchDegrees);
    /// Moves the target with the mouse: @p delta in pixels of a view of @p viewSize.
    void pan(QPointF delta, QSizeF viewSize);
    void zoom(double factor); ///< above 1: nearer
    /// Target and distance such that all @p points fill the view, without turning the eye.
    void fitPoints(const std::vector<QVector3D> &points, QSizeF viewSize);

    QVector3D eye() const;
    QMatrix4x4 viewFromScene() const;
    QMatrix4x4 projection(QSizeF viewSize) const;
    /// Position in a view of @p viewSize pixels; nothing for points behind the eye.
    std::optional<QPointF> project(const QVector3D &point, QSizeF viewSize) const;
    /// The point that is seen at @p position of a view of @p viewSize and is as deep in the view as
    /// @p reference: both lie in one plane square to the view.
    QVector3D pointAtDepthOf(const QVector3D &reference, QPointF position, QSizeF viewSize) const;
    /// Pixels that one metre covers at @p point.
    double pixelsPerMetre(const QVector3D &point, QSizeF viewSize) const;

private:
    void leaveVideoCamera();
    QMatrix4x4 videoProjection(QSizeF viewSize) const;

    QVector3D m_target{0.0F, 0.0F, -4.0F};
    double m_yaw = 0.0;
    double m_pitch = 0.0;
    double m_distance = 4.0;
    bool m_videoCamera = false;
    CameraIntrinsics m_intrinsics;
};

} // namespace poselift
