// Tool tips and touch of FrameView.
#include "widgets/image/frameview.h"

#include "widgets/style/jointnames.h"

#include <QGestureEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QPinchGesture>
#include <QToolTip>

namespace poselift {

namespace {


QString stateText(KeypointState state)
{
    switch (state) {
    case KeypointState::Occluded: return FrameView::tr("occluded");
    case KeypointState::Absent: return FrameView::tr("absent");
    default: return FrameView::tr("visible");
    }
}

QString originText(KeypointOrigin origin)
{
    switch (origin) {
    case KeypointOrigin::Detected: return FrameView::tr("detected");
    case KeypointOrigin::Corrected: return FrameView::tr("corrected");
    case KeypointOrigin::Interpolated: return FrameView::tr("interpolated");
    case KeypointOrigin::From3d: return FrameView::tr("from 3D");
    case KeypointOrigin::Triangulated: return FrameView::tr("triangulated");
    }
    return {};
}

} // namespace

bool FrameView::event(QEvent *event)
{
    switch (event->type()) {
    case QEvent::ToolTip: {
        const auto *help = static_cast<QHelpEvent *>(event);
        showJointToolTip(help->globalPos(), help->pos());
        return true;
    }
    case QEvent::Gesture:
        if (auto *pinch = static_cast<QPinchGesture *>(
                static_cast<QGestureEvent *>(event)->gesture(Qt::PinchGesture))) {
            m_transform.zoomBy(pinch->scaleFactor(), mapFromGlobal(pinch->centerPoint()));
            m_transform.panBy(pinch->centerPoint() - pinch->lastCenterPoint());
            transformChanged();
            return true;
        }
        break;
    case QEvent::NativeGesture: {
        const auto *gesture = static_cast<QNativeGestureEvent *>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            m_transform.zoomBy(1.0 + gesture->value(), gesture->position());
            transformChanged();
            return true;
        }
        break;
    }
    case QEvent::ShortcutOverride:
        // With the focus here, the view's own keys go before shortcuts of the window.
        if (ownKey(static_cast<QKeyEvent *>(event))) {
            event->accept();
            return true;
        }
        break;
    case QEvent::KeyPress:
        // Before QWidget makes Tab a step to the next widget.
        if (ownKey(static_cast<QKeyEvent *>(event))) {
            keyPressEvent(static_cast<QKeyEvent *>(event));
            return true;
        }
        break;
    default:
        break;
    }
    return QWidget::event(event);
}

void FrameView::showJointToolTip(QPoint globalPosition, QPointF position)
{
    const std::optional<JointHit> hit = jointAt(position);
    const OverlayPerson *person = hit ? findPerson(hit->layer, hit->track) : nullptr;
    const std::size_t joint = hit ? static_cast<std::size_t>(hit->joint) : 0;
    if (person == nullptr || joint >= layer(hit->layer).skeleton.joints.size()) {
        QToolTip::hideText();
        return;
    }
    const Keypoint2D &keypoint = person->pose[joint];
    //: Tool tip of a joint: name, person, confidence, state, where it comes from
    QString text = tr("%1 of person %2\nConfidence %3, %4, %5")
                             .arg(displayJointName(layer(hit->layer).skeleton.joints[joint]),
                                  person->label.isEmpty() ? QLocale().toString(person->track) : person->label,
                                  QLocale().toString(keypoint.confidence, 'f', 2), stateText(keypoint.state),
                                  originText(keypoint.origin));
    if (keypoint.locked)
        text += u'\n' + tr("Locked: edits leave it alone");
    QToolTip::showText(globalPosition, text, this);
}

void FrameView::focusOutEvent(QFocusEvent *event)
{
    m_spaceHeld = false;
    if (m_dragging && (m_gesture == Gesture::MoveJoint || m_gesture == Gesture::MovePerson))
        Q_EMIT jointDragEnded();
    forgetGesture();
    QWidget::focusOutEvent(event);
}

} // namespace poselift
