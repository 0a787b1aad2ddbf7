#include "widgets/scene3d/jointnudge.h"

#include "widgets/scene3d/orbitcamera.h"

#include <QKeyEvent>

namespace poselift {

namespace {

constexpr float kStep = 0.01F;     ///< m
constexpr float kLargeStep = 0.1F; ///< m

/// Unit steps: view's right, view's up, away from the video's camera.
QVector3D directionOfKey(int key)
{
    switch (key) {
    case Qt::Key_Left:
        return {-1, 0, 0};
    case Qt::Key_Right:
        return {1, 0, 0};
    case Qt::Key_Up:
        return {0, 1, 0};
    case Qt::Key_Down:
        return {0, -1, 0};
    case Qt::Key_PageUp:
        return {0, 0, 1};
    case Qt::Key_PageDown:
        return {0, 0, -1};
    default:
        return {};
    }
}

} // namespace

bool isNudgeKey(const QKeyEvent *event)
{
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier);
    return modifiers == Qt::AltModifier && !directionOfKey(event->key()).isNull();
}

std::optional<QVector3D> nudgeOfKey(const QKeyEvent *event, const OrbitCamera &eye, const QVector3D &joint)
{
    if (!isNudgeKey(event))
        return std::nullopt;
    const QVector3D steps = directionOfKey(event->key());
    const QMatrix4x4 sceneFromView = eye.viewFromScene().inverted();
    const QVector3D way = sceneFromView.mapVector({steps.x(), steps.y(), 0}) + joint.normalized() * steps.z();
    return way * (event->modifiers().testFlag(Qt::ShiftModifier) ? kLargeStep : kStep);
}

} // namespace poselift
