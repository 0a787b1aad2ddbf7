// Mouse and touch of FrameView.
#include "widgets/image/frameview.h"

#include "widgets/style/jointnames.h"

#include <QGestureEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPinchGesture>
#include <QToolTip>
#include <QWheelEvent>

#include <cmath>
#include <utility>

namespace poselift {

namespace {

constexpr double kZoomPerNotch = 1.2;
constexpr double kNotch = 120.0; ///< angleDelta of one step of a usual wheel
constexpr double kClickSlackPx = 4.0;

QString stateText(KeypointState state)
{
    return state == KeypointState::Occluded ? FrameView::tr("occluded") : FrameView::tr("visible");
}

QString originText(const Keypoint2D &keypoint)
{
    if (keypoint.locked)
        return FrameView::tr("locked");
    switch (keypoint.origin) {
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
    const QString text = tr("%1 of person %2\nConfidence %3, %4, %5")
                             .arg(displayJointName(layer(hit->layer).skeleton.joints[joint]),
                                  person->label.isEmpty() ? QLocale().toString(person->track) : person->label,
                                  QLocale().toString(keypoint.confidence, 'f', 2), stateText(keypoint.state), originText(keypoint));
    QToolTip::showText(globalPosition, text, this);
}

void FrameView::wheelEvent(QWheelEvent *event)
{
    if (event->angleDelta().y() == 0) {
        event->ignore();
        return;
    }
    m_transform.zoomBy(std::pow(kZoomPerNotch, event->angleDelta().y() / kNotch), event->position());
    transformChanged();
    hoverAt(event->position());
    event->accept();
}

void FrameView::mousePressEvent(QMouseEvent *event)
{
    m_pressPosition = m_lastPosition = event->position();
    m_panning = event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && m_spaceHeld);
    m_pannedWithSpace |= m_panning && m_spaceHeld;
    if (m_editable && !m_panning && event->button() == Qt::LeftButton)
        grabJointAt(event->position());
    updateCursor();
}

void FrameView::grabJointAt(QPointF position)
{
    m_grabbed = jointAt(position);
    const OverlayPerson *person = m_grabbed ? findPerson(m_grabbed->layer, m_grabbed->track) : nullptr;
    if (person == nullptr || m_grabbed->layer != PoseLayer::Primary) {
        m_grabbed.reset();
        return;
    }
    const Keypoint2D &keypoint = person->pose[static_cast<std::size_t>(m_grabbed->joint)];
    // The joint keeps its place under the mouse: a grab beside its centre must not move it.
    m_grabOffset = m_transform.viewFromImage({keypoint.x, keypoint.y}) - position;
}

/// False while the mouse has not gone far enough to mean it.
bool FrameView::dragTo(QPointF position)
{
    const QPointF moved = position - m_pressPosition;
    if (!m_dragging && std::hypot(moved.x(), moved.y()) <= kClickSlackPx)
        return false;
    if (!m_dragging) {
        m_dragging = true;
        Q_EMIT jointDragStarted(m_grabbed->track, m_grabbed->joint);
    }
    const QPointF imagePoint = m_transform.imageFromView(position + m_grabOffset);
    Q_EMIT jointDragged(imagePoint);
    Q_EMIT cursorMoved(imagePoint);
    return true;
}

void FrameView::mouseMoveEvent(QMouseEvent *event)
{
    if (m_panning) {
        m_transform.panBy(event->position() - m_lastPosition);
        m_lastPosition = event->position();
        transformChanged();
        return;
    }
    if (m_grabbed && dragTo(event->position()))
        return;
    hoverAt(event->position());
    if (!m_image.isNull())
        Q_EMIT cursorMoved(m_transform.imageFromView(event->position()));
}

void FrameView::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_panning) {
        m_panning = false;
        updateCursor();
        return;
    }
    if (event->button() == Qt::LeftButton)
        m_grabbed.reset();
    if (event->button() == Qt::LeftButton && m_dragging) {
        m_dragging = false;
        Q_EMIT jointDragEnded();
        return;
    }
    const QPointF moved = event->position() - m_pressPosition;
    if (event->button() == Qt::RightButton && m_editable) {
        if (const std::optional<JointHit> hit = jointAt(event->position()); hit && hit->layer == PoseLayer::Primary)
            Q_EMIT jointRightClicked(hit->track, hit->joint);
        return;
    }
    if (event->button() == Qt::LeftButton && std::hypot(moved.x(), moved.y()) <= kClickSlackPx)
        clickAt(event->position());
}

void FrameView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && !m_spaceHeld && personAt(event->position()) == 0)
        fitToView();
}

void FrameView::clickAt(QPointF position)
{
    const std::optional<JointHit> hit = jointAt(position);
    Q_EMIT personClicked(hit ? hit->track : personAt(position));
    if (hit && hit->layer == PoseLayer::Primary)
        Q_EMIT jointClicked(hit->track, hit->joint);
}

void FrameView::hoverAt(QPointF position)
{
    const std::optional<JointHit> hit = jointAt(position);
    if (hit == m_hovered)
        return;
    m_hovered = hit;
    updateCursor();
    Q_EMIT jointHovered(hit ? hit->track : 0, hit ? hit->joint : -1);
}

void FrameView::leaveEvent(QEvent *)
{
    if (!m_hovered)
        return;
    m_hovered.reset();
    updateCursor();
    Q_EMIT jointHovered(0, -1);
}

void FrameView::updateCursor()
{
    if (m_panning)
        setCursor(Qt::ClosedHandCursor);
    else if (m_spaceHeld)
        setCursor(Qt::OpenHandCursor);
    else if (m_hovered)
        setCursor(Qt::PointingHandCursor);
    else
        unsetCursor();
}

void FrameView::focusOutEvent(QFocusEvent *event)
{
    m_spaceHeld = false;
    m_panning = false;
    m_grabbed.reset();
    if (std::exchange(m_dragging, false))
        Q_EMIT jointDragEnded();
    updateCursor();
    QWidget::focusOutEvent(event);
}

} // namespace poselift
