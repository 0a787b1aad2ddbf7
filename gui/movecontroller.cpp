#include "gui/movecontroller.h"

#include "core/document/posedocument.h"
#include "core/document/selection.h"
#include "gui/menuaction.h"
#include "gui/playbackcontroller.h"
#include "widgets/image/frameview.h"

#include <QAction>
#include <QMenu>
#include <QPointF>

#include <algorithm>
#include <utility>

namespace poselift {

namespace {

constexpr int kPauseMs = 1000;
constexpr double kTurnStepDegrees = 5.0; ///< of the actions
constexpr double kScaleStep = 1.05;

} // namespace

MoveController::MoveController(PoseDocument *document, Selection *selection, PlaybackController *playback,
                               FrameView *view, QMenu *menu, QObject *parent)
    : QObject(parent), m_document(document), m_selection(selection), m_playback(playback), m_view(view),
      m_editor(document)
{
    makeActions(menu);
    m_pause.setObjectName(QStringLiteral("gesturePause"));
    m_pause.setParent(this);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_pause, &QTimer::timeout, this, &MoveController::end);
    connect(view, &FrameView::jointDragStarted, this, &MoveController::beginJointDrag);
    connect(view, &FrameView::jointDragged, this, &MoveController::dragJoint);
    connect(view, &FrameView::personDragStarted, this, &MoveController::beginPersonDrag);
    connect(view, &FrameView::personDragged, this, &MoveController::dragPerson);
    connect(view, &FrameView::jointDragEnded, this, &MoveController::end);
    connect(view, &FrameView::jointDragCancelled, this, &MoveController::cancelDrag);
    connect(view, &FrameView::nudgeRequested, this, &MoveController::nudge);
    connect(view, &FrameView::turnRequested, this, &MoveController::turn);
    connect(view, &FrameView::scaleRequested, this, &MoveController::scale);
    connect(selection, &Selection::trackChanged, this, &MoveController::updateActions);
    connect(document, &PoseDocument::wasReset, this, &MoveController::end);
    // After an undo or another edit of keypoints they are not where the gesture has put them. Other
    // changes, such as 3D poses that follow from the drag itself, may come at any time.
    connect(document, &PoseDocument::changed, this, [this](const PoseChange &change) {
        if (!m_editing && (change.revisited || change.layersChanged || !change.joints.empty()))
            end();
    });
    updateActions();
}

void MoveController::makeActions(QMenu *menu)
{
    menu->addSeparator();
    QAction *clockwise = add(menu, "turnRightAction", tr("Turn Cloc&kwise"), Qt::Key_R);
    QAction *counter = add(menu, "turnLeftAction", tr("Turn Coun&terclockwise"), Qt::SHIFT | Qt::Key_R);
    QAction *larger = add(menu, "scaleUpAction", tr("&Make Larger"), Qt::Key_S);
    QAction *smaller = add(menu, "scaleDownAction", tr("Make &Smaller"), Qt::SHIFT | Qt::Key_S);
    connect(clockwise, &QAction::triggered, this, [this] { turn(kTurnStepDegrees); });
    connect(counter, &QAction::triggered, this, [this] { turn(-kTurnStepDegrees); });
    connect(larger, &QAction::triggered, this, [this] { scale(kScaleStep); });
    connect(smaller, &QAction::triggered, this, [this] { scale(1.0 / kScaleStep); });
    m_actions = {clockwise, counter, larger, smaller};
}

QAction *MoveController::add(QMenu *menu, const char *objectName, const QString &text, const QKeySequence &keys)
{
    QAction *action = addMenuAction(menu, parent(), objectName, text, keys);
    action->setToolTip(tr("The chosen joints, or the whole person when fewer than two are chosen"));
    return action;
}

void MoveController::updateActions()
{
    for (QAction *action : m_actions)
        action->setEnabled(m_selection->track() != 0);
}

std::vector<int> MoveController::chosenJoints(std::size_t atLeast) const
{
    const std::vector<int> &joints = m_selection->joints();
    return joints.size() >= atLeast ? joints : allJoints(m_document->project());
}

/// A chosen joint takes the others along; another one is chosen alone.
void MoveController::beginJointDrag(TrackId track, int joint)
{
    m_playback->setPlaying(false);
    std::vector<int> joints{joint};
    if (track == m_selection->track()) {
        std::vector<int> chosen = m_selection->joints();
        if (const auto found = std::find(chosen.begin(), chosen.end(), joint); found != chosen.end()) {
            std::rotate(found, found + 1, chosen.end()); // the grabbed one becomes the current one
            joints = std::move(chosen);
        }
    }
    m_selection->setTrack(track);
    m_selection->setJoints(joints);
    begin(Movement::Move, track, std::move(joints));
    m_grabbed = joint;
    // The place of an absent joint counts while it is being dragged: it will be visible there.
    Keypoint2D &grabbed = m_gesture.start[static_cast<std::size_t>(joint)];
    if (!grabbed.isKnown())
        grabbed.state = KeypointState::Visible;
}

void MoveController::dragJoint(const QPointF &imagePoint)
{
    if (m_gesture.number == 0 || m_grabbed < 0)
        return;
    const Keypoint2D &from = m_gesture.start[static_cast<std::size_t>(m_grabbed)];
    m_gesture.transform.shift = {imagePoint.x() - from.x, imagePoint.y() - from.y};
    carryOut();
}

void MoveController::beginPersonDrag(TrackId track)
{
    m_playback->setPlaying(false);
    m_selection->setTrack(track);
    begin(Movement::MovePerson, track, allJoints(m_document->project()));
}

void MoveController::dragPerson(const QPointF &deltaPx)
{
    m_gesture.transform.shift = {deltaPx.x(), deltaPx.y()};
    carryOut();
}

/// Back to the start: the step vanishes.
void MoveController::cancelDrag()
{
    m_gesture.transform = {};
    carryOut();
    end();
}

void MoveController::nudge(const QPointF &deltaPx)
{
    goOn(Movement::Move, m_selection->joints());
    m_gesture.transform.shift.x += deltaPx.x();
    m_gesture.transform.shift.y += deltaPx.y();
    carryOut();
}

void MoveController::turn(double degrees)
{
    goOn(Movement::Rotate, chosenJoints(2));
    m_gesture.transform.turnDegrees += degrees;
    carryOut();
}

void MoveController::scale(double factor)
{
    goOn(Movement::Scale, chosenJoints(2));
    m_gesture.transform.scale *= factor;
    carryOut();
}

void MoveController::begin(Movement movement, TrackId track, std::vector<int> joints)
{
    end();
    m_gesture = {movement, m_editor.beginDrag(), m_playback->frameInView(), track, std::move(joints), {}, {}};
    m_gesture.start = m_document->project().effectivePose(track, m_gesture.frame);
    m_gesture.transform.pixelAspect = m_view->transform().sampleAspect();
    if (const std::optional<PicturePoint> centre = centreOf(m_gesture.start, m_gesture.joints))
        m_gesture.transform.centre = *centre;
}

void MoveController::goOn(Movement movement, std::vector<int> joints)
{
    m_playback->setPlaying(false);
    const TrackId track = m_selection->track();
    const bool isSame = m_pause.isActive() && m_gesture.movement == movement && m_gesture.track == track
                        && m_gesture.frame == m_playback->frameInView() && m_gesture.joints == joints;
    if (!isSame)
        begin(movement, track, std::move(joints));
    m_pause.start();
}

void MoveController::carryOut()
{
    if (m_gesture.number == 0)
        return;
    m_editing = true;
    m_editor.moveKeypoints(m_gesture.frame,
                           transformed(m_gesture.track, m_gesture.start, m_gesture.joints, m_gesture.transform),
                           m_gesture.number, m_gesture.movement);
    m_editing = false;
}

void MoveController::end()
{
    m_pause.stop();
    m_gesture = {};
    m_grabbed = -1;
}

} // namespace poselift
