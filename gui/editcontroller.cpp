#include "gui/editcontroller.h"

#include "core/document/posedocument.h"
#include "core/document/selection.h"
#include "gui/playbackcontroller.h"
#include "widgets/image/frameview.h"

#include <QAction>
#include <QMenu>
#include <QPointF>

#include <algorithm>

namespace poselift {

namespace {

/// V and the right button go round: visible, occluded, absent.
KeypointState nextState(KeypointState state)
{
    switch (state) {
    case KeypointState::Visible:
        return KeypointState::Occluded;
    case KeypointState::Occluded:
        return KeypointState::Absent;
    default:
        return KeypointState::Visible;
    }
}

} // namespace

EditController::EditController(PoseDocument *document, Selection *selection,
                               PlaybackController *playback, FrameView *view, QMenu *menu,
                               QObject *parent)
    : QObject(parent), m_document(document), m_selection(selection), m_playback(playback),
      m_editor(document)
{
    makeActions(menu);
    m_nudgePause.setSingleShot(true);
    m_nudgePause.setInterval(1000);
    connect(&m_nudgePause, &QTimer::timeout, this, [this] { m_nudges = 0; });
    view->setEditable(true);
    connect(view, &FrameView::jointDragStarted, this, &EditController::beginDrag);
    connect(view, &FrameView::jointDragged, this, &EditController::drag);
    connect(view, &FrameView::jointRightClicked, this, &EditController::cycleStateOf);
    connect(view, &FrameView::nudgeRequested, this, &EditController::nudge);
    connect(view, &FrameView::jointStepRequested, this, &EditController::stepJoint);
    connect(selection, &Selection::trackChanged, this, &EditController::updateActions);
    connect(selection, &Selection::jointChanged, this, &EditController::updateActions);
    connect(document, &PoseDocument::wasReset, this, [this] {
        m_copied.clear();
        updateActions();
    });
    updateActions();
}

QAction *EditController::add(QMenu *menu, const char *objectName, const QString &text,
                             const QKeySequence &keys, void (EditController::*slot)())
{
    auto *action = new QAction(text, parent());
    action->setObjectName(QString::fromLatin1(objectName));
    action->setShortcut(keys);
    connect(action, &QAction::triggered, this, slot);
    menu->addAction(action);
    return action;
}

void EditController::makeActions(QMenu *menu)
{
    menu->addSeparator();
    m_jointActions = {
        add(menu, "cycleStateAction", tr("&Visible, Occluded, Absent"), Qt::Key_V,
            &EditController::cycleState),
        add(menu, "deleteKeypointAction", tr("&Delete the Keypoint"), Qt::Key_Delete,
            &EditController::deleteKeypoint),
    };
    m_personActions = {
        add(menu, "lockAction", tr("&Lock or Unlock"), Qt::Key_L, &EditController::toggleLock),
        add(menu, "swapSidesAction", tr("Swap Left and &Right"), Qt::Key_X,
            &EditController::swapSides),
        add(menu, "copyPoseAction", tr("C&opy the Pose"), Qt::CTRL | Qt::Key_C,
            &EditController::copyPose),
    };
    m_paste = add(menu, "pastePoseAction", tr("&Paste the Pose"), Qt::CTRL | Qt::Key_V,
                  &EditController::pastePose);
    m_personActions << add(menu, "copyPreviousAction", tr("Copy from the Pre&vious Frame"),
                           Qt::CTRL | Qt::Key_B, &EditController::copyFromPrevious);
}

void EditController::updateActions()
{
    const bool person = m_selection->track() != 0;
    for (QAction *action : m_personActions)
        action->setEnabled(person);
    for (QAction *action : m_jointActions)
        action->setEnabled(person && m_selection->joint() >= 0);
    m_paste->setEnabled(person && !m_copied.empty());
}

qint64 EditController::frame() const
{
    const VideoFrame &shown = m_playback->shownFrame();
    return shown.isNull() ? m_selection->frame() : shown.index;
}

Keypoint2D EditController::keypoint(TrackId track, int joint) const
{
    const Pose2D pose = m_document->project().effectivePose(track, frame());
    return joint >= 0 && joint < static_cast<int>(pose.size())
               ? pose[static_cast<std::size_t>(joint)]
               : Keypoint2D{};
}

KeypointSelection EditController::chosen() const
{
    const int joint = m_selection->joint();
    return {m_selection->track(),
            {frame(), frame()},
            joint >= 0 ? std::vector<int>{joint} : allJoints(m_document->project())};
}

void EditController::beginDrag(TrackId track, int joint)
{
    m_playback->setPlaying(false);
    m_selection->setTrack(track);
    m_selection->setJoint(joint);
    m_drag = m_editor.beginDrag();
    m_dragged = {track, joint, 0, 0};
}

void EditController::drag(const QPointF &imagePoint)
{
    m_dragged.x = imagePoint.x();
    m_dragged.y = imagePoint.y();
    m_editor.moveKeypoints(frame(), {m_dragged}, m_drag);
}

void EditController::nudge(const QPointF &deltaPx)
{
    const TrackId track = m_selection->track();
    const int joint = m_selection->joint();
    const Keypoint2D now = keypoint(track, joint);
    if (!now.isKnown())
        return;
    if (m_nudges == 0)
        m_nudges = m_editor.beginDrag();
    m_nudgePause.start();
    m_editor.moveKeypoints(frame(), {{track, joint, now.x + deltaPx.x(), now.y + deltaPx.y()}},
                           m_nudges);
}

void EditController::stepJoint(int steps)
{
    const int count = m_document->project().skeleton.jointCount();
    if (count == 0)
        return;
    const int from = m_selection->joint() < 0 && steps > 0 ? -1 : std::max(m_selection->joint(), 0);
    m_selection->setJoint(((from + steps) % count + count) % count);
}

void EditController::cycleStateOf(TrackId track, int joint)
{
    m_selection->setTrack(track);
    m_selection->setJoint(joint);
    cycleState();
}

void EditController::cycleState()
{
    const KeypointState now = keypoint(m_selection->track(), m_selection->joint()).state;
    m_editor.setState(chosen(), nextState(now));
}

/// Locks, unless everything chosen is locked already.
void EditController::toggleLock()
{
    if (!m_editor.setLocked(chosen(), true))
        m_editor.setLocked(chosen(), false);
}

void EditController::deleteKeypoint()
{
    m_editor.deleteKeypoints(chosen());
}

void EditController::swapSides()
{
    m_editor.swapSides(chosen());
}

void EditController::copyPose()
{
    m_copied = m_document->project().effectivePose(m_selection->track(), frame());
    updateActions();
}

void EditController::pastePose()
{
    m_editor.pastePose(m_selection->track(), frame(), m_copied);
}

void EditController::copyFromPrevious()
{
    m_editor.copyFromPrevious(m_selection->track(), frame(), m_selection->joint());
}

} // namespace poselift
