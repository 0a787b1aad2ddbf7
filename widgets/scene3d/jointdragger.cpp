#include "widgets/scene3d/jointdragger.h"

#include "widgets/scene3d/orbitcamera.h"
#include "widgets/scene3d/scenecontent.h"
#include "widgets/scene3d/sceneframe.h"
#include "widgets/scene3d/scenery.h"

#include <QLineF>

#include <algorithm>
#include <cmath>
#include <utility>

namespace poselift {

namespace {

constexpr double kSmallestTargetPx = 11.0; ///< radius around a joint
constexpr double kClickSlackPx = 3.0;
constexpr double kEndOn = 0.17; ///< sine of 10°: nearer to the line of sight a depth cannot be aimed at

} // namespace

JointDragger::JointDragger(const SceneContent *content, const OrbitCamera *eye, QObject *parent)
    : QObject(parent), m_content(content), m_eye(eye)
{
}

void JointDragger::setEnabled(bool enabled)
{
    m_enabled = enabled;
    if (!enabled) {
        cancel();
        setHovered(-1);
    }
}

int JointDragger::jointAt(QPointF position, QSizeF viewSize) const
{
    const ScenePerson *person = m_content->person(m_content->selectedTrack);
    if (!m_enabled || person == nullptr)
        return -1;
    int nearest = -1;
    double least = 0.0;
    for (std::size_t joint = 0; joint < person->pose.size(); ++joint) {
        if (!person->pose[joint].valid)
            continue;
        const QVector3D place = sceneFromCamera(person->pose[joint]);
        const auto seen = m_eye->project(place, viewSize);
        if (!seen)
            continue;
        const double drawn = figureSizes(false, true).joint * m_eye->pixelsPerMetre(place, viewSize);
        const double distance = QLineF(position, *seen).length();
        if (distance <= std::max(kSmallestTargetPx, drawn) && (nearest < 0 || distance < least)) {
            nearest = static_cast<int>(joint);
            least = distance;
        }
    }
    return nearest;
}

bool JointDragger::press(QPointF position, QSizeF viewSize, Qt::KeyboardModifiers modifiers)
{
    const int joint = jointAt(position, viewSize);
    if (joint < 0)
        return false;
    m_state = State::Pressed;
    m_track = m_content->selectedTrack;
    m_joint = joint;
    m_start = sceneFromCamera(m_content->person(m_track)->pose[static_cast<std::size_t>(joint)]);
    m_pressed = m_position = position;
    m_viewSize = viewSize;
    m_modifiers = modifiers;
    return true;
}

void JointDragger::move(QPointF position, Qt::KeyboardModifiers modifiers)
{
    if (m_state == State::Idle)
        return;
    m_position = position;
    m_modifiers = modifiers;
    if (m_state == State::Pressed) {
        if (QLineF(m_pressed, position).length() <= kClickSlackPx)
            return;
        m_state = State::Dragging;
        setHovered(m_joint);
        Q_EMIT started(m_track, m_joint);
    }
    sendTarget();
}

void JointDragger::release()
{
    const State before = std::exchange(m_state, State::Idle);
    if (before == State::Pressed)
        Q_EMIT clicked(m_track, m_joint);
    else if (before == State::Dragging)
        Q_EMIT ended(false);
}

void JointDragger::cancel()
{
    if (std::exchange(m_state, State::Idle) == State::Dragging)
        Q_EMIT ended(true);
}

void JointDragger::hover(QPointF position, QSizeF viewSize)
{
    if (m_state == State::Idle)
        setHovered(jointAt(position, viewSize));
}

void JointDragger::setHovered(int joint)
{
    if (std::exchange(m_hovered, joint) != joint)
        Q_EMIT hoveredChanged(joint);
}

void JointDragger::setModifiers(Qt::KeyboardModifiers modifiers)
{
    if (m_state != State::Dragging || m_modifiers == modifiers)
        return;
    m_modifiers = modifiers;
    sendTarget();
}

void JointDragger::sendTarget()
{
    const bool inDepth = m_modifiers.testFlag(Qt::ControlModifier);
    const QVector3D target = m_start + (inDepth ? wayInDepth(m_position) : wayInViewPlane(m_position));
    Q_EMIT dragged(cameraFromScene(target), m_modifiers.testFlag(Qt::ShiftModifier));
}

/// As a difference of two points of the plane: no move of the mouse is exactly no way.
QVector3D JointDragger::wayInViewPlane(QPointF to) const
{
    return m_eye->pointAtDepthOf(m_start, to, m_viewSize) - m_eye->pointAtDepthOf(m_start, m_pressed, m_viewSize);
}

QVector3D JointDragger::wayInDepth(QPointF to) const
{
    const QVector3D ray = m_start.normalized(); // the video's camera stands in the origin
    const QVector3D sight = (m_start - m_eye->eye()).normalized();
    if (QVector3D::crossProduct(ray, sight).length() < static_cast<float>(kEndOn)) {
        const double metres = (m_pressed.y() - to.y()) / m_eye->pixelsPerMetre(m_start, m_viewSize);
        return ray * static_cast<float>(metres);
    }
    return ray * static_cast<float>(depthAlongRay(to) - depthAlongRay(m_pressed));
}

/// How far along the video camera's ray through the joint it comes nearest to what is seen at
/// @p position, m.
double JointDragger::depthAlongRay(QPointF position) const
{
    const QVector3D eye = m_eye->eye();
    const QVector3D ray = m_start.normalized();
    const QVector3D sight = (m_eye->pointAtDepthOf(m_start, position, m_viewSize) - eye).normalized();
    const double along = static_cast<double>(QVector3D::dotProduct(ray, sight));
    const double toEye = static_cast<double>(QVector3D::dotProduct(eye, ray));
    const double toEyeAlongSight = static_cast<double>(QVector3D::dotProduct(eye, sight));
    // Nearest points of the lines s·ray and eye + t·sight.
    return (toEye - along * toEyeAlongSight) / std::max(1e-4, 1.0 - along * along);
}

} // namespace poselift
