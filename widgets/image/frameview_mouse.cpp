// The mouse in FrameView.
#include "core/pose/limbs.h"
#include "widgets/image/frameview.h"
#include "widgets/image/overlaygeometry.h"

#include <QCoreApplication>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace poselift {

namespace {

constexpr double kZoomPerNotch = 1.2;
constexpr double kTurnPerNotchDegrees = 3.0;
constexpr double kScalePerNotch = 1.03;
constexpr double kNotch = 120.0; ///< angleDelta of one step of a usual wheel
constexpr double kClickSlackPx = 4.0;

/// With Alt held some platforms report the wheel as a horizontal one.
double notches(const QWheelEvent *event)
{
    const QPoint delta = event->angleDelta();
    return (delta.y() != 0 ? delta.y() : delta.x()) / kNotch;
}

/// Alt that is let go with nothing between would open the window's menu bar. A move of the mouse
/// tells it that this Alt was meant for the wheel.
void keepMenuBarClosed(QWidget *view, const QWheelEvent *event)
{
    QMouseEvent move(QEvent::MouseMove, event->position(), event->globalPosition(), Qt::NoButton, event->buttons(),
                     event->modifiers());
    QCoreApplication::sendEvent(view, &move);
}

bool holds(const std::vector<int> &joints, int joint)
{
    return std::find(joints.begin(), joints.end(), joint) != joints.end();
}

std::vector<int> joined(std::vector<int> joints, const std::vector<int> &more)
{
    for (const int joint : more) {
        if (!holds(joints, joint))
            joints.push_back(joint);
    }
    return joints;
}

/// Joints of a person in a rectangle of the view.
std::vector<int> jointsIn(const QRectF &area, const OverlayPerson &person, const FrameTransform &transform)
{
    std::vector<int> joints;
    for (std::size_t j = 0; j < person.pose.size(); ++j) {
        const Keypoint2D &keypoint = person.pose[j];
        if (keypoint.isKnown() && area.contains(transform.viewFromImage({keypoint.x, keypoint.y})))
            joints.push_back(static_cast<int>(j));
    }
    return joints;
}

} // namespace

void FrameView::wheelEvent(QWheelEvent *event)
{
    if (notches(event) == 0.0) {
        event->ignore();
        return;
    }
    event->accept();
    if (wheelEdits(event))
        return;
    m_transform.zoomBy(std::pow(kZoomPerNotch, notches(event)), event->position());
    transformChanged();
    hoverAt(event->position());
}

/// Alt turns and Ctrl+Alt scales what is chosen; both stay without effect when nobody is.
bool FrameView::wheelEdits(const QWheelEvent *event)
{
    if (!m_editable || (event->modifiers() & Qt::AltModifier) == 0)
        return false;
    keepMenuBarClosed(this, event);
    if (m_selectedTrack == 0 || m_dragging)
        return true;
    if ((event->modifiers() & Qt::ControlModifier) != 0)
        Q_EMIT scaleRequested(std::pow(kScalePerNotch, notches(event)));
    else
        Q_EMIT turnRequested(-kTurnPerNotchDegrees * notches(event));
    return true;
}

void FrameView::mousePressEvent(QMouseEvent *event)
{
    if (m_gesture != Gesture::None)
        return; // a second button does not disturb what the first one does
    m_pressPosition = m_lastPosition = event->position();
    m_pressedButton = event->button();
    m_pressedModifiers = event->modifiers();
    m_doubleClicked = false;
    m_gesture = gestureOf(event);
    m_pannedWithSpace |= m_gesture == Gesture::Pan && m_spaceHeld;
    updateCursor();
    if (m_gesture == Gesture::Place)
        update(); // the lens
}

FrameView::Gesture FrameView::gestureOf(const QMouseEvent *event)
{
    if (event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && m_spaceHeld))
        return Gesture::Pan;
    if (!m_editable || event->button() != Qt::LeftButton)
        return Gesture::None;
    if ((event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier)) != 0)
        return Gesture::ChooseInBand;
    if ((event->modifiers() & Qt::AltModifier) != 0)
        return grabPersonAt(event->position()) ? Gesture::MovePerson : Gesture::None;
    if (grabJointAt(event->position()))
        return Gesture::MoveJoint;
    return m_placing ? Gesture::Place : Gesture::ChooseInBand;
}

bool FrameView::grabJointAt(QPointF position)
{
    m_grabbed = jointAt(position);
    const OverlayPerson *person = m_grabbed ? findPerson(m_grabbed->layer, m_grabbed->track) : nullptr;
    if (person == nullptr || m_grabbed->layer != PoseLayer::Primary) {
        m_grabbed.reset();
        return false;
    }
    const Keypoint2D &keypoint = person->pose[static_cast<std::size_t>(m_grabbed->joint)];
    // The joint keeps its place under the mouse: a grab beside its centre must not move it.
    m_grabOffset = m_transform.viewFromImage({keypoint.x, keypoint.y}) - position;
    return true;
}

bool FrameView::grabPersonAt(QPointF position)
{
    // Where people overlap the chosen one is meant, unless a joint of another says otherwise.
    const OverlayPerson *chosen = findPerson(PoseLayer::Primary, m_selectedTrack);
    const bool insideChosen = chosen != nullptr && overlayBounds(*chosen, m_transform).contains(position);
    const bool meansChosen = insideChosen && !jointAt(position);
    const TrackId track = meansChosen ? m_selectedTrack : personAt(position);
    m_grabbed.reset();
    if (findPerson(PoseLayer::Primary, track) == nullptr)
        return false;
    m_grabbed = JointHit{PoseLayer::Primary, track, -1};
    return true;
}

void FrameView::mouseMoveEvent(QMouseEvent *event)
{
    if (m_gesture == Gesture::Pan) {
        m_transform.panBy(event->position() - m_lastPosition);
        m_lastPosition = event->position();
        transformChanged();
        return;
    }
    if (m_gesture != Gesture::None && dragTo(event->position()))
        return;
    hoverAt(event->position());
    if (!m_image.isNull())
        Q_EMIT cursorMoved(m_transform.imageFromView(event->position()));
}

/// False while the mouse has not gone far enough to mean it.
bool FrameView::dragTo(QPointF position)
{
    const QPointF moved = position - m_pressPosition;
    if (!m_dragging && m_gesture != Gesture::Place && std::hypot(moved.x(), moved.y()) <= kClickSlackPx)
        return false;
    m_lastPosition = position;
    if (!std::exchange(m_dragging, true))
        startDrag();
    QPointF imagePoint = m_transform.imageFromView(position);
    if (m_gesture == Gesture::MoveJoint) {
        imagePoint = m_transform.imageFromView(position + m_grabOffset);
        Q_EMIT jointDragged(imagePoint);
    } else if (m_gesture == Gesture::MovePerson) {
        Q_EMIT personDragged(imagePoint - m_transform.imageFromView(m_pressPosition));
    }
    Q_EMIT cursorMoved(imagePoint);
    update();
    return true;
}

void FrameView::startDrag()
{
    if (m_gesture == Gesture::MoveJoint)
        Q_EMIT jointDragStarted(m_grabbed->track, m_grabbed->joint);
    else if (m_gesture == Gesture::MovePerson)
        Q_EMIT personDragStarted(m_grabbed->track);
}

void FrameView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != m_pressedButton)
        return;
    if (m_dragging)
        endDrag(event->position());
    else if (m_gesture != Gesture::Pan)
        endClick(event);
    forgetGesture();
}

void FrameView::endDrag(QPointF position)
{
    switch (m_gesture) {
    case Gesture::MoveJoint:
    case Gesture::MovePerson:
        Q_EMIT jointDragEnded();
        break;
    case Gesture::Place:
        Q_EMIT placeRequested(m_transform.imageFromView(position));
        break;
    case Gesture::ChooseInBand: {
        const JointSelection selection = bandSelection();
        Q_EMIT jointsChosen(selection.track, selection.joints);
        break;
    }
    default:
        break;
    }
}

/// A press and release in one place.
void FrameView::endClick(const QMouseEvent *event)
{
    const QPointF position = event->position();
    const QPointF moved = position - m_pressPosition;
    if (std::hypot(moved.x(), moved.y()) > kClickSlackPx && event->button() == Qt::LeftButton)
        return;
    const std::optional<JointHit> hit = jointAt(position);
    const bool hitPrimary = hit && hit->layer == PoseLayer::Primary;
    if (event->button() == Qt::RightButton && m_editable && hitPrimary)
        Q_EMIT jointRightClicked(hit->track, hit->joint);
    if (event->button() != Qt::LeftButton)
        return;
    const bool adds = m_editable && (m_pressedModifiers & (Qt::ShiftModifier | Qt::ControlModifier)) != 0;
    if (m_placing && m_pressedModifiers == Qt::NoModifier)
        Q_EMIT placeRequested(m_transform.imageFromView(position));
    else if (m_doubleClicked)
        doubleClickAt(position);
    else if (!adds)
        clickAt(position);
    else if (hitPrimary)
        toggleJoint(*hit);
}

void FrameView::mouseDoubleClickEvent(QMouseEvent *event)
{
    mousePressEvent(event); // it may become a drag
    m_doubleClicked = event->button() == Qt::LeftButton;
}

void FrameView::clickAt(QPointF position)
{
    const std::optional<JointHit> hit = jointAt(position);
    const TrackId track = hit ? hit->track : personAt(position);
    Q_EMIT personClicked(track);
    if (hit && hit->layer == PoseLayer::Primary)
        Q_EMIT jointClicked(hit->track, hit->joint);
    else if (track == 0 || track == m_selectedTrack)
        Q_EMIT jointsChosen(track, {});
}

/// Joint or bone: its limb; nobody: the whole picture.
void FrameView::doubleClickAt(QPointF position)
{
    const TrackId track = personAt(position);
    const OverlayPerson *person = findPerson(PoseLayer::Primary, track);
    if (track == 0)
        return fitToView();
    if (!m_editable || person == nullptr)
        return;
    const Skeleton &skeleton = layer(PoseLayer::Primary).skeleton;
    const std::optional<JointHit> hit = jointAt(position);
    if (hit && hit->layer == PoseLayer::Primary && hit->joint < skeleton.jointCount())
        return chooseLimb(track, limbOf(skeleton, hit->joint));
    if (const auto bone = nearestBone(*person, skeleton, m_transform, position, kOverlayBoneReachPx))
        chooseLimb(track, limbOfBone(skeleton, *bone));
}

void FrameView::chooseLimb(TrackId track, const std::vector<int> &limb)
{
    const bool adds = (m_pressedModifiers & (Qt::ShiftModifier | Qt::ControlModifier)) != 0 && track == m_selectedTrack;
    Q_EMIT jointsChosen(track, adds ? joined(m_selectedJoints, limb) : limb);
}

void FrameView::toggleJoint(const JointHit &hit)
{
    std::vector<int> joints = hit.track == m_selectedTrack ? m_selectedJoints : std::vector<int>();
    if (holds(joints, hit.joint))
        std::erase(joints, hit.joint);
    else
        joints.push_back(hit.joint);
    Q_EMIT jointsChosen(hit.track, joints);
}

/// Joints belong to one person: the chosen one if any of theirs is in the rectangle, else whoever
/// has most.
FrameView::JointSelection FrameView::bandSelection() const
{
    JointSelection inside{m_selectedTrack, {}};
    for (const OverlayPerson &person : layer(PoseLayer::Primary).people) {
        const std::vector<int> joints = m_overlayVisible ? jointsIn(band(), person, m_transform) : std::vector<int>();
        const bool isChosen = person.track == m_selectedTrack && !joints.empty();
        if (isChosen || joints.size() > inside.joints.size())
            inside = {person.track, joints};
        if (isChosen)
            break;
    }
    const bool adds = (m_pressedModifiers & (Qt::ShiftModifier | Qt::ControlModifier)) != 0;
    if (adds && inside.track == m_selectedTrack)
        inside.joints = joined(m_selectedJoints, inside.joints);
    return inside;
}

bool FrameView::cancelDrag()
{
    const bool wasDragging = m_dragging;
    const Gesture gesture = m_gesture;
    forgetGesture(); // the release means nothing any more
    if (wasDragging && (gesture == Gesture::MoveJoint || gesture == Gesture::MovePerson))
        Q_EMIT jointDragCancelled();
    return wasDragging;
}

void FrameView::forgetGesture()
{
    m_gesture = Gesture::None;
    m_pressedButton = Qt::NoButton;
    m_grabbed.reset();
    m_dragging = false;
    updateCursor();
    update();
}

std::optional<QPointF> FrameView::magnifiedPoint() const
{
    if (!m_magnifierEnabled || m_image.isNull())
        return std::nullopt;
    if (m_gesture == Gesture::Place)
        return m_transform.imageFromView(m_lastPosition);
    if (m_gesture == Gesture::MoveJoint && m_dragging)
        return m_transform.imageFromView(m_lastPosition + m_grabOffset);
    return std::nullopt;
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
    if (m_gesture == Gesture::Pan)
        setCursor(Qt::ClosedHandCursor);
    else if (m_spaceHeld)
        setCursor(Qt::OpenHandCursor);
    else if (m_placing)
        setCursor(Qt::CrossCursor);
    else if (m_hovered)
        setCursor(Qt::PointingHandCursor);
    else
        unsetCursor();
}

} // namespace poselift
