#pragma once

#include "widgets/scene3d/orbitcamera.h"
#include "widgets/scene3d/sceneviewkeys.h"

#include <QObject>

class QKeyEvent;
class QMouseEvent;
class QWheelEvent;
class QWidget;

namespace poselift {

class JointDragger;

/// Turns mouse and keys of a window or widget into movements of an OrbitCamera.
class CameraController : public QObject
{
    Q_OBJECT
public:
    /// @param focusWidget  gets the keyboard focus on a press, so that shortcuts of its window work
    ///                     although the press went to an embedded window.
    CameraController(OrbitCamera *camera, QWidget *focusWidget);

    void watch(QObject *source) { source->installEventFilter(this); }
    /// Gets the presses first; may be null.
    void setJointDragger(JointDragger *dragger) { m_dragger = dragger; }
    void setViewSize(QSizeF size) { m_viewSize = size; } ///< logical pixels
    QSizeF viewSize() const { return m_viewSize; }
    /// True when the key was a movement and is done.
    bool handleKey(QKeyEvent *event);
    bool isCameraKey(const QKeyEvent *event) const { return m_keys.find(event) >= 0; }
    ViewKeys *keys() { return &m_keys; }

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void moved();
    void clicked(const QPointF &position);
    void presetRequested(int preset); ///< a ViewPreset
    void fitRequested();

private:
    void move(SceneViewKey key);
    void press(QMouseEvent *event);
    void drag(QMouseEvent *event);
    void release(QMouseEvent *event);
    void zoom(QWheelEvent *event);

    OrbitCamera *m_camera;
    JointDragger *m_dragger = nullptr;
    QWidget *m_focusWidget;
    ViewKeys m_keys = sceneViewKeys();
    QSizeF m_viewSize{1, 1};
    QPointF m_pressed;
    QPointF m_last;
    bool m_dragging = false;
    bool m_holdsJoint = false; ///< the press went to m_dragger
};

} // namespace poselift
