// Tool tips, touch and keys of FrameView.
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

constexpr double kKeyPanPx = 60.0;
constexpr double kNudgePx = 1.0; ///< picture pixels, as the two below
constexpr double kNudgeFarPx = 10.0;
constexpr double kNudgeFinePx = 0.1;

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
    case QEvent::ShortcutOverride: {
        // Space held in this view is the pan tool, even when the window uses it as a shortcut.
        auto *key = static_cast<QKeyEvent *>(event);
        // So are the arrows while a joint is selected; else they step through the frames.
        if ((key->key() == Qt::Key_Space && key->modifiers() == Qt::NoModifier) || isEditKey(key)) {
            key->accept();
            return true;
        }
        break;
    }
    case QEvent::KeyPress:
        // Before QWidget makes Tab a step to the next widget.
        if (handleEditKey(static_cast<QKeyEvent *>(event)))
            return true;
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

bool FrameView::isEditKey(const QKeyEvent *event) const
{
    if (!m_editable || m_selectedTrack == 0)
        return false;
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    switch (event->key()) {
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return (modifiers & ~Qt::ShiftModifier) == Qt::NoModifier;
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        return m_selectedJoint >= 0
            && (modifiers == Qt::NoModifier || modifiers == Qt::ShiftModifier || modifiers == Qt::AltModifier);
    default:
        return false;
    }
}

bool FrameView::handleEditKey(const QKeyEvent *event)
{
    if (!isEditKey(event))
        return false;
    const bool shift = (event->modifiers() & Qt::ShiftModifier) != 0;
    const bool alt = (event->modifiers() & Qt::AltModifier) != 0;
    const double step = shift ? kNudgeFarPx : (alt ? kNudgeFinePx : kNudgePx);
    switch (event->key()) {
    case Qt::Key_Tab: Q_EMIT jointStepRequested(shift ? -1 : 1); break;
    case Qt::Key_Backtab: Q_EMIT jointStepRequested(-1); break;
    case Qt::Key_Left: Q_EMIT nudgeRequested({-step, 0}); break;
    case Qt::Key_Right: Q_EMIT nudgeRequested({step, 0}); break;
    case Qt::Key_Up: Q_EMIT nudgeRequested({0, -step}); break;
    default: Q_EMIT nudgeRequested({0, step}); break;
    }
    return true;
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
    if (m_dragging && (m_gesture == Gesture::MoveJoint || m_gesture == Gesture::MovePerson))
        Q_EMIT jointDragEnded();
    forgetGesture();
    QWidget::focusOutEvent(event);
}

} // namespace poselift
