#include "gui/editcontroller.h"

#include "core/document/posedocument.h"
#include "core/document/selection.h"
#include "gui/menuaction.h"
#include "gui/playbackcontroller.h"
#include "widgets/image/frameview.h"

#include <QAction>
#include <QMenu>

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
    view->setEditable(true);
    connect(view, &FrameView::jointRightClicked, this, &EditController::cycleStateOf);
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
    QAction *action = addMenuAction(menu, parent(), objectName, text, keys);
    connect(action, &QAction::triggered, this, slot);
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
    return m_playback->frameInView();
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
    const std::vector<int> &joints = m_selection->joints();
    return {m_selection->track(), {frame(), frame()}, joints.empty() ? allJoints(m_document->project()) : joints};
}

/// A chosen joint stands for all that are chosen.
void EditController::cycleStateOf(TrackId track, int joint)
{
    const std::vector<int> &joints = m_selection->joints();
    const bool isChosen
        = track == m_selection->track() && std::find(joints.begin(), joints.end(), joint) != joints.end();
    m_selection->setTrack(track);
    if (!isChosen)
        m_selection->setJoint(joint);
    m_editor.setState(chosen(), nextState(keypoint(track, joint).state));
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
    m_editor.copyFromPrevious(m_selection->track(), frame(), m_selection->joints());
}

} // namespace poselift
