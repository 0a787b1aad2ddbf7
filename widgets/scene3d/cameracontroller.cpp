#include "widgets/scene3d/cameracontroller.h"

#include "widgets/scene3d/jointdragger.h"
#include "widgets/scene3d/sceneview.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <QWidget>

#include <cmath>

namespace poselift {

namespace {

constexpr double kDegreesPerPixel = 0.35;
constexpr double kZoomPerNotch = 1.15;
constexpr double kClickSlackPx = 4.0;
constexpr double kKeyDegrees = 7.5;
constexpr double kKeyPanPx = 40.0;

/// The view that a key asks for; -1: none.
int presetOfKey(SceneViewKey key)
{
    switch (key) {
    case SceneViewKey::Front: return static_cast<int>(ViewPreset::Front);
    case SceneViewKey::Side: return static_cast<int>(ViewPreset::Side);
    case SceneViewKey::Top: return static_cast<int>(ViewPreset::Top);
    case SceneViewKey::Camera: return static_cast<int>(ViewPreset::Camera);
    default: return -1;
    }
}

} // namespace

CameraController::CameraController(OrbitCamera *camera, QWidget *focusWidget)
    : QObject(focusWidget), m_camera(camera), m_focusWidget(focusWidget)
{
}

bool CameraController::handleKey(QKeyEvent *event)
{
    const int index = m_keys.find(event);
    if (index < 0)
        return false;
    const auto key = static_cast<SceneViewKey>(index);
    if (key == SceneViewKey::Fit)
        Q_EMIT fitRequested();
    else if (const int preset = presetOfKey(key); preset >= 0)
        Q_EMIT presetRequested(preset);
    else
        move(key);
    event->accept();
    return true;
}

void CameraController::move(SceneViewKey key)
{
    const QPointF turn = turnDirection(key);
    if (key == SceneViewKey::ZoomIn || key == SceneViewKey::ZoomOut)
        m_camera->zoom(key == SceneViewKey::ZoomIn ? kZoomPerNotch : 1.0 / kZoomPerNotch);
    else if (!turn.isNull())
        m_camera->orbit(turn.x() * kKeyDegrees, -turn.y() * kKeyDegrees);
    else
        m_camera->pan(moveDirection(key) * -kKeyPanPx, m_viewSize);
    Q_EMIT moved();
}

bool CameraController::eventFilter(QObject *, QEvent *event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        press(static_cast<QMouseEvent *>(event));
        return true;
    case QEvent::MouseMove:
        drag(static_cast<QMouseEvent *>(event));
        return true;
    case QEvent::MouseButtonRelease:
        release(static_cast<QMouseEvent *>(event));
        return true;
    case QEvent::Wheel:
        zoom(static_cast<QWheelEvent *>(event));
        return true;
    case QEvent::Leave:
        if (m_dragger != nullptr && !m_holdsJoint)
            m_dragger->leave();
        return false;
    default:
        return false;
    }
}

void CameraController::press(QMouseEvent *event)
{
    m_focusWidget->setFocus(Qt::MouseFocusReason);
    if (m_holdsJoint)
        return;
    if (m_dragger != nullptr && event->button() == Qt::LeftButton
        && m_dragger->press(event->position(), m_viewSize, event->modifiers())) {
        m_holdsJoint = true;
        return;
    }
    m_pressed = m_last = event->position();
    m_dragging = false;
}

void CameraController::zoom(QWheelEvent *event)
{
    if (m_holdsJoint)
        return; // the joint would slip away under the mouse
    m_camera->zoom(std::pow(kZoomPerNotch, event->angleDelta().y() / 120.0));
    Q_EMIT moved();
}

void CameraController::drag(QMouseEvent *event)
{
    if (m_holdsJoint) {
        m_dragger->move(event->position(), event->modifiers());
        return;
    }
    if (event->buttons() == Qt::NoButton) {
        if (m_dragger != nullptr)
            m_dragger->hover(event->position(), m_viewSize);
        return;
    }
    const QPointF fromPress = event->position() - m_pressed;
    m_dragging |= std::hypot(fromPress.x(), fromPress.y()) > kClickSlackPx;
    if (!m_dragging)
        return;
    const QPointF delta = event->position() - m_last;
    m_last = event->position();
    const bool pans = event->buttons().testFlag(Qt::MiddleButton)
        || event->modifiers().testFlag(Qt::ShiftModifier);
    if (pans)
        m_camera->pan(delta, m_viewSize);
    else if (event->buttons().testFlag(Qt::RightButton))
        m_camera->zoom(std::exp(-delta.y() * 0.01));
    else
        m_camera->orbit(-delta.x() * kDegreesPerPixel, delta.y() * kDegreesPerPixel);
    Q_EMIT moved();
}

void CameraController::release(QMouseEvent *event)
{
    if (m_holdsJoint) {
        if (event->button() == Qt::LeftButton) {
            m_holdsJoint = false;
            m_dragger->release();
        }
        return;
    }
    if (!m_dragging && event->button() == Qt::LeftButton)
        Q_EMIT clicked(event->position());
    m_dragging = false;
}

} // namespace poselift
