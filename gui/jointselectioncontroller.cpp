#include "gui/jointselectioncontroller.h"

#include "core/document/posedocument.h"
#include "core/document/selection.h"
#include "core/pose/limbs.h"
#include "gui/menuaction.h"
#include "gui/playbackcontroller.h"
#include "widgets/image/frameview.h"

#include <QAction>
#include <QMenu>

#include <algorithm>

namespace poselift {

JointSelectionController::JointSelectionController(PoseDocument *document, Selection *selection,
                                                   PlaybackController *playback, FrameView *view, QMenu *menu,
                                                   QObject *parent)
    : QObject(parent), m_document(document), m_selection(selection), m_playback(playback), m_view(view)
{
    makeActions(menu);
    connect(selection, &Selection::jointsChanged, view, &FrameView::setSelectedJoints);
    connect(view, &FrameView::jointsChosen, this, [this](TrackId track, const std::vector<int> &joints) {
        m_selection->setTrack(track);
        m_selection->setJoints(joints);
    });
    connect(selection, &Selection::trackChanged, this, &JointSelectionController::updateActions);
    connect(selection, &Selection::jointsChanged, this, &JointSelectionController::updateActions);
    updateActions();
}

void JointSelectionController::makeActions(QMenu *menu)
{
    menu->addSeparator();
    m_all = add(menu, "selectAllJointsAction", tr("Select &All Joints"), Qt::CTRL | Qt::Key_A,
                &JointSelectionController::chooseAll);
    m_limb = add(menu, "selectLimbAction", tr("Select the Lim&b"), Qt::CTRL | Qt::SHIFT | Qt::Key_A,
                 &JointSelectionController::chooseLimb);
    QAction *nothing = add(menu, "selectNothingAction", tr("Select Nothin&g"), Qt::Key_Escape,
                           &JointSelectionController::chooseNothing);
    // Elsewhere Escape belongs to the dialogs and fields.
    nothing->setShortcutContext(Qt::WidgetShortcut);
    m_view->addAction(nothing);
}

QAction *JointSelectionController::add(QMenu *menu, const char *objectName, const QString &text,
                                       const QKeySequence &keys, void (JointSelectionController::*slot)())
{
    QAction *action = addMenuAction(menu, parent(), objectName, text, keys);
    connect(action, &QAction::triggered, this, slot);
    return action;
}

void JointSelectionController::updateActions()
{
    const bool person = m_selection->track() != 0;
    m_all->setEnabled(person);
    m_limb->setEnabled(person && m_selection->joint() >= 0);
}

/// Those that have a position; the one that was the current one stays it.
void JointSelectionController::chooseAll()
{
    const Pose2D pose = m_document->project().effectivePose(m_selection->track(), m_playback->frameInView());
    std::vector<int> joints;
    for (int joint = 0; joint < static_cast<int>(pose.size()); ++joint) {
        if (pose[static_cast<std::size_t>(joint)].isKnown())
            joints.push_back(joint);
    }
    if (const auto now = std::find(joints.begin(), joints.end(), m_selection->joint()); now != joints.end())
        std::rotate(now, now + 1, joints.end());
    m_selection->setJoints(joints);
}

/// Of every chosen joint; the current one stays current.
void JointSelectionController::chooseLimb()
{
    const Skeleton &skeleton = m_document->project().skeleton;
    const int current = m_selection->joint();
    std::vector<int> joints;
    for (const int chosen : m_selection->joints()) {
        for (const int joint : limbOf(skeleton, chosen)) {
            if (joint != current && std::find(joints.begin(), joints.end(), joint) == joints.end())
                joints.push_back(joint);
        }
    }
    joints.push_back(current);
    m_selection->setJoints(joints);
}

/// First what the mouse is doing, then the joints, then the person.
void JointSelectionController::chooseNothing()
{
    if (m_view->cancelDrag())
        return;
    if (!m_selection->joints().empty())
        m_selection->setJoint(-1);
    else
        m_selection->setTrack(0);
}

} // namespace poselift
