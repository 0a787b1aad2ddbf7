// Mouse, touch and keys of FrameView.
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

namespace poselift {

namespace {

constexpr double kZoomPerNotch = 1.2;
constexpr double kNotch = 120.0; ///< angleDelta of one step of a usual wheel
constexpr double kKeyPanPx = 60.0;
constexpr double kClickSlackPx = 4.0;

QString stateText(KeypointState state)
{
    return state == KeypointState::Occluded ? FrameView::tr("occluded") : FrameView::tr("visible");
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
    case QEvent::ShortcutOverride: {
        // Space held in this view is the pan tool, even when the window uses it as a shortcut.
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Space && key->modifiers() == Qt::NoModifier) {
            key->accept();
            return true;
        }
        break;
    }
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
    //: Tool tip of a joint: name, person, confidence, state
    const QString text = tr("%1 of person %2\nConfidence %3, %4")
                             .arg(displayJointName(layer(hit->layer).skeleton.joints[joint]),
                                  person->label.isEmpty() ? QLocale().toString(person->track) : person->label,
                                  QLocale().toString(keypoint.confidence, 'f', 2), stateText(keypoint.state));
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
    updateCursor();
}

void FrameView::mouseMoveEvent(QMouseEvent *event)
{
    if (m_panning) {
        m_transform.panBy(event->position() - m_lastPosition);
        m_lastPosition = event->position();
        transformChanged();
        return;
    }
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
    const QPointF moved = event->position() - m_pressPosition;
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

bool FrameView::handleKey(QKeyEvent *event)
{
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (modifiers == Qt::ControlModifier) {
        QPointF pan;
        switch (event->key()) {
        case Qt::Key_Left: pan = {kKeyPanPx, 0}; break;
        case Qt::Key_Right: pan = {-kKeyPanPx, 0}; break;
        case Qt::Key_Up: pan = {0, kKeyPanPx}; break;
        case Qt::Key_Down: pan = {0, -kKeyPanPx}; break;
        default: return false;
        }
        m_transform.panBy(pan);
        transformChanged();
        return true;
    }
    // Plus is Shift+= on many keyboards.
    if (modifiers != Qt::NoModifier && event->key() != Qt::Key_Plus)
        return false;
    switch (event->key()) {
    case Qt::Key_F: fitToView(); return true;
    case Qt::Key_1: zoomToPixels(); return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoomIn(); return true;
    case Qt::Key_Minus: zoomOut(); return true;
    default: return false;
    }
}

void FrameView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier) {
        if (!event->isAutoRepeat()) {
            m_spaceHeld = true;
            m_pannedWithSpace = false;
            updateCursor();
        }
        return;
    }
    if (!handleKey(event))
        QWidget::keyPressEvent(event);
}

void FrameView::keyReleaseEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Space || event->isAutoRepeat()) {
        QWidget::keyReleaseEvent(event);
        return;
    }
    const bool tapped = m_spaceHeld && !m_pannedWithSpace;
    m_spaceHeld = false;
    updateCursor();
    if (tapped)
        Q_EMIT spaceTapped();
}

void FrameView::focusOutEvent(QFocusEvent *event)
{
    m_spaceHeld = false;
    m_panning = false;
    updateCursor();
    QWidget::focusOutEvent(event);
}

} // namespace poselift
