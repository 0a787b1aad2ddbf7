#include "widgets/scene3d/orbitcamera.h"

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

constexpr double kFieldOfView = 40.0; ///< degrees, vertical
constexpr float kNear = 0.05F;        ///< m
constexpr float kFar = 300.0F;        ///< m
constexpr double kFilledShare = 0.82; ///< of the view by fitPoints()
constexpr double kNearestFit = 2.0;   ///< m
constexpr double kPi = 3.14159265358979323846;

double radians(double degrees)
{
    return degrees * kPi / 180.0;
}

double aspectOf(QSizeF size)
{
    return size.height() > 0 && size.width() > 0 ? size.width() / size.height() : 1.0;
}

} // namespace

void OrbitCamera::setDirection(double yaw, double pitch)
{
    m_videoCamera = false;
    m_yaw = std::remainder(yaw, 360.0);
    m_pitch = std::clamp(pitch, -90.0, 90.0);
}

void OrbitCamera::setDistance(double metres)
{
    m_distance = std::clamp(metres, 0.2, 150.0);
}

void OrbitCamera::leaveVideoCamera()
{
    if (!m_videoCamera)
        return;
    // The orbit starts where the video's camera stands, about the point ahead of it that is as far
    // away as the target was.
    m_videoCamera = false;
    m_distance = std::max(0.5, static_cast<double>(m_target.length()));
    m_target = QVector3D(0.0F, 0.0F, static_cast<float>(-m_distance));
    m_yaw = m_pitch = 0.0;
}

void OrbitCamera::orbit(double yawDegrees, double pitchDegrees)
{
    leaveVideoCamera();
    setDirection(m_yaw + yawDegrees, m_pitch + pitchDegrees);
}

void OrbitCamera::pan(QPointF delta, QSizeF viewSize)
{
    leaveVideoCamera();
    const double metresPerPixel = 1.0 / std::max(1e-6, pixelsPerMetre(m_target, viewSize));
    const QMatrix4x4 sceneFromView = viewFromScene().inverted();
    const QVector3D right = sceneFromView.mapVector({1, 0, 0});
    const QVector3D up = sceneFromView.mapVector({0, 1, 0});
    m_target -= right * static_cast<float>(delta.x() * metresPerPixel);
    m_target += up * static_cast<float>(delta.y() * metresPerPixel);
}

void OrbitCamera::zoom(double factor)
{
    leaveVideoCamera();
    setDistance(m_distance / factor);
}

void OrbitCamera::fitPoints(const std::vector<QVector3D> &points, QSizeF viewSize)
{
    if (points.empty())
        return;
    QMatrix4x4 turn; // scene axes → view axes: x right, y up, z towards the eye
    turn.rotate(static_cast<float>(m_pitch), 1.0F, 0.0F, 0.0F);
    turn.rotate(static_cast<float>(-m_yaw), 0.0F, 1.0F, 0.0F);
    QVector3D low = turn.map(points.front()), high = low;
    for (const QVector3D &point : points) {
        const QVector3D p = turn.map(point);
        low = {std::min(low.x(), p.x()), std::min(low.y(), p.y()), std::min(low.z(), p.z())};
        high = {std::max(high.x(), p.x()), std::max(high.y(), p.y()), std::max(high.z(), p.z())};
    }
    const QVector3D middle = (low + high) / 2.0F;
    // A point at (x, y, z) beside the target is in sight when |x| ≤ (distance − z) tan(half angle).
    const double tanY = std::tan(radians(kFieldOfView / 2.0)) * kFilledShare;
    const double tanX = tanY * aspectOf(viewSize);
    double distance = kNearestFit;
    for (const QVector3D &point : points) {
        const QVector3D p = turn.map(point) - middle;
        distance = std::max({distance, std::abs(static_cast<double>(p.x())) / tanX + static_cast<double>(p.z()),
                             std::abs(static_cast<double>(p.y())) / tanY + static_cast<double>(p.z())});
    }
    m_target = turn.inverted().map(middle);
    setDistance(distance);
}

QVector3D OrbitCamera::eye() const
{
    return viewFromScene().inverted().map(QVector3D());
}

QMatrix4x4 OrbitCamera::viewFromScene() const
{
    QMatrix4x4 matrix;
    if (m_videoCamera)
        return matrix;
    matrix.translate(0.0F, 0.0F, static_cast<float>(-m_distance));
    matrix.rotate(static_cast<float>(m_pitch), 1.0F, 0.0F, 0.0F);
    matrix.rotate(static_cast<float>(-m_yaw), 0.0F, 1.0F, 0.0F);
    matrix.translate(-m_target);
    return matrix;
}

QMatrix4x4 OrbitCamera::videoProjection(QSizeF viewSize) const
{
    // Edges of the picture at unit depth; the shorter direction is widened to the view's aspect, so
    // that the whole picture is in sight. Distortion is left out.
    const CameraIntrinsics &c = m_intrinsics;
    double left = -c.cx / c.fx, right = (c.width - c.cx) / c.fx;
    double top = c.cy / c.fy, bottom = -(c.height - c.cy) / c.fy;
    const double wanted = aspectOf(viewSize);
    const double extraWidth = wanted * (top - bottom) - (right - left);
    if (extraWidth > 0.0) {
        left -= extraWidth / 2.0;
        right += extraWidth / 2.0;
    } else {
        const double extraHeight = (right - left) / wanted - (top - bottom);
        top += extraHeight / 2.0;
        bottom -= extraHeight / 2.0;
    }
    QMatrix4x4 matrix;
    const auto n = static_cast<double>(kNear);
    matrix.frustum(static_cast<float>(left * n), static_cast<float>(right * n),
                   static_cast<float>(bottom * n), static_cast<float>(top * n), kNear, kFar);
    return matrix;
}

QMatrix4x4 OrbitCamera::projection(QSizeF viewSize) const
{
    if (m_videoCamera && m_intrinsics.isValid())
        return videoProjection(viewSize);
    QMatrix4x4 matrix;
    matrix.perspective(static_cast<float>(kFieldOfView), static_cast<float>(aspectOf(viewSize)), kNear, kFar);
    return matrix;
}

std::optional<QPointF> OrbitCamera::project(const QVector3D &point, QSizeF viewSize) const
{
    const QVector3D inView = viewFromScene().map(point);
    if (inView.z() > -kNear)
        return std::nullopt;
    const QVector3D clip = projection(viewSize).map(inView);
    return QPointF((clip.x() + 1.0) / 2.0 * viewSize.width(), (1.0 - clip.y()) / 2.0 * viewSize.height());
}

QVector3D OrbitCamera::pointAtDepthOf(const QVector3D &reference, QPointF position, QSizeF viewSize) const
{
    const float depth = -viewFromScene().map(reference).z();
    const QMatrix4x4 clipFromView = projection(viewSize);
    // The rows of a frustum: clip x = (a·x + b·z) / −z, so x = depth·(clip x + b) / a.
    const auto clipX = static_cast<float>(2.0 * position.x() / viewSize.width() - 1.0);
    const auto clipY = static_cast<float>(1.0 - 2.0 * position.y() / viewSize.height());
    const QVector3D inView(depth * (clipX + clipFromView(0, 2)) / clipFromView(0, 0),
                           depth * (clipY + clipFromView(1, 2)) / clipFromView(1, 1), -depth);
    return viewFromScene().inverted().map(inView);
}

double OrbitCamera::pixelsPerMetre(const QVector3D &point, QSizeF viewSize) const
{
    const double depth = -static_cast<double>(viewFromScene().map(point).z());
    const double scale = static_cast<double>(projection(viewSize)(1, 1)); // cot of half the angle
    return scale * viewSize.height() / 2.0 / std::max(depth, static_cast<double>(kNear));
}

} // namespace poselift
