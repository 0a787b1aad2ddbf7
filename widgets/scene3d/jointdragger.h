#pragma once

#include "core/pose/keypoint.h"
#include "core/pose/track.h"

#include <QObject>
#include <QPointF>
#include <QSizeF>
#include <QVector3D>

namespace poselift {

class OrbitCamera;
struct SceneContent;

/// Finds and drags joints of the chosen person (first layer) with the mouse, for all scene views:
/// in the plane through the joint that is square to the view, or, with Ctrl, along the ray from the
/// video's camera through the joint. Where that ray is seen end-on, up is away from the camera.
/// Knows nothing of edits: it says where the joint is wanted, in the camera frame.
class JointDragger : public QObject
{
    Q_OBJECT
public:
    JointDragger(const SceneContent *content, const OrbitCamera *eye, QObject *parent);

    void setEnabled(bool enabled);
    bool isDragging() const { return m_state == State::Dragging; }
    int hoveredJoint() const { return m_hovered; } ///< −1: none
    /// The nearest joint of the chosen person at @p position of a view of @p viewSize; −1: none.
    int jointAt(QPointF position, QSizeF viewSize) const;

    /// True when the press is on a joint and belongs to this object until release() or cancel().
    bool press(QPointF position, QSizeF viewSize, Qt::KeyboardModifiers modifiers);
    void move(QPointF position, Qt::KeyboardModifiers modifiers);
    void release();
    void cancel();
    void hover(QPointF position, QSizeF viewSize);
    void leave() { setHovered(-1); }
    /// A modifier was pressed or released without the mouse.
    void setModifiers(Qt::KeyboardModifiers modifiers);

Q_SIGNALS:
    void hoveredChanged(int joint);
    void clicked(poselift::TrackId track, int joint); ///< pressed and released without a move
    void started(poselift::TrackId track, int joint);
    /// @param target   m, camera frame
    /// @param shifted  Shift is held
    void dragged(const poselift::Joint3D &target, bool shifted);
    void ended(bool cancelled);

private:
    enum class State
    {
        Idle,
        Pressed, ///< not moved yet
        Dragging
    };

    void setHovered(int joint);
    void sendTarget();
    QVector3D wayInViewPlane(QPointF to) const;
    QVector3D wayInDepth(QPointF to) const;
    double depthAlongRay(QPointF position) const;

    const SceneContent *m_content;
    const OrbitCamera *m_eye;
    bool m_enabled = false;
    State m_state = State::Idle;
    int m_hovered = -1;
    TrackId m_track = 0;
    int m_joint = -1;
    QVector3D m_start; ///< of the joint at the press, scene coordinates
    QPointF m_pressed;
    QPointF m_position;
    QSizeF m_viewSize;
    Qt::KeyboardModifiers m_modifiers;
};

} // namespace poselift
