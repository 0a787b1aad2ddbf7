#include "gui/placingcontroller.h"

#include "core/document/posedocument.h"
#include "core/document/selection.h"
#include "gui/playbackcontroller.h"
#include "widgets/image/frameview.h"
#include "widgets/style/jointnames.h"

#include <QAction>
#include <QMenu>
#include <QPointF>
#include <QScopedValueRollback>

#include <algorithm>

namespace poselift {

namespace {

/// A person of whom no frame knows anything yet.
bool isBlank(const Project &project, TrackId id)
{
    const auto isOfPerson = [id](const KeypointTrack &track) { return track.id == id && track.frameCount() > 0; };
    const KeypointLayer *detected = project.keypointLayer("detected");
    return std::none_of(project.tracks.begin(), project.tracks.end(), isOfPerson)
           && (detected == nullptr || std::none_of(detected->tracks.begin(), detected->tracks.end(), isOfPerson));
}

/// Nobody has said anything about the joint, or it was deleted.
bool hasNoPlace(const Pose2D &pose, int joint)
{
    if (joint < 0 || joint >= static_cast<int>(pose.size()))
        return false;
    const Keypoint2D &keypoint = pose[static_cast<std::size_t>(joint)];
    return !keypoint.isKnown() && !keypoint.locked && keypoint.x == 0.0 && keypoint.y == 0.0;
}

} // namespace

PlacingController::PlacingController(PoseDocument *document, Selection *selection, PlaybackController *playback,
                                     FrameView *view, QMenu *menu, QObject *parent)
    : QObject(parent), m_document(document), m_selection(selection), m_playback(playback), m_view(view),
      m_editor(document)
{
    makeAction(menu);
    connect(view, &FrameView::jointStepRequested, this, &PlacingController::step);
    connect(view, &FrameView::placeRequested, this, &PlacingController::place);
    connect(selection, &Selection::trackChanged, this, &PlacingController::personChosen);
    connect(selection, &Selection::jointsChanged, this, &PlacingController::update);
    // Another frame is another pose: the person may have all joints there.
    connect(playback, &PlaybackController::frameShown, this, &PlacingController::update);
    connect(document, &PoseDocument::changed, this, &PlacingController::update);
    connect(document, &PoseDocument::wasReset, this, &PlacingController::stop);
    update();
}

void PlacingController::makeAction(QMenu *menu)
{
    m_action = new QAction(tr("Place t&he Missing Joints"), parent());
    m_action->setObjectName(QStringLiteral("placeMissingAction"));
    m_action->setShortcut(Qt::Key_P);
    connect(m_action, &QAction::triggered, this, &PlacingController::start);
    menu->addAction(m_action);
}

/// Empty when there is no such person (any more).
Pose2D PlacingController::pose() const
{
    const Project &project = m_document->project();
    const std::vector<TrackId> people = project.trackIds();
    if (!std::binary_search(people.begin(), people.end(), m_selection->track()))
        return {};
    return project.effectivePose(m_selection->track(), m_playback->frameInView());
}

bool PlacingController::isWithoutPlace(int joint) const
{
    return hasNoPlace(pose(), joint);
}

int PlacingController::nextWithoutPlace(int joint, int step) const
{
    const Pose2D now = pose();
    const int count = static_cast<int>(now.size());
    for (int i = 1; i <= count; ++i) {
        const int next = ((joint + i * step) % count + count) % count;
        if (hasNoPlace(now, next))
            return next;
    }
    return -1;
}

void PlacingController::step(int steps)
{
    const int count = m_document->project().skeleton.jointCount();
    if (count == 0)
        return;
    const int from = m_selection->joint() < 0 && steps > 0 ? -1 : std::max(m_selection->joint(), 0);
    const int next = m_guided ? nextWithoutPlace(from, steps) : ((from + steps) % count + count) % count;
    if (next < 0)
        return stop();
    const QScopedValueRollback stepping(m_stepping, true);
    m_active = isWithoutPlace(next);
    m_selection->setJoint(next);
    update();
}

void PlacingController::personChosen(TrackId track)
{
    stop();
    if (track != 0 && isBlank(m_document->project(), track))
        start();
}

/// From the current joint on, if it has no place.
void PlacingController::start()
{
    const int joint = isWithoutPlace(m_selection->joint()) ? m_selection->joint() : nextWithoutPlace(-1, 1);
    if (joint < 0)
        return;
    const QScopedValueRollback stepping(m_stepping, true);
    m_playback->setPlaying(false);
    m_active = m_guided = true;
    m_selection->setJoint(joint);
    m_view->setFocus(Qt::OtherFocusReason); // Tab and Escape are its keys
    update();
}

void PlacingController::stop()
{
    m_active = m_guided = false;
    update();
}

void PlacingController::place(const QPointF &imagePoint)
{
    const int joint = m_selection->joint();
    const QScopedValueRollback stepping(m_stepping, true);
    if (!m_active
        || !m_editor.placeKeypoint(m_playback->frameInView(),
                                   {m_selection->track(), joint, imagePoint.x(), imagePoint.y()}))
        return;
    const int next = nextWithoutPlace(joint, 1);
    m_active = m_guided = next >= 0;
    if (next >= 0)
        m_selection->setJoint(next);
    update();
}

/// Placing goes on as long as the current joint is one without a place, and ends with the user's
/// choice of another.
void PlacingController::update()
{
    const int joint = m_selection->joint();
    if (!m_stepping && !isWithoutPlace(joint))
        m_active = m_guided = false;
    const bool person = m_selection->track() != 0;
    m_action->setEnabled(person && nextWithoutPlace(-1, 1) >= 0);
    m_view->setPlacing(m_active);
    const auto index = static_cast<std::size_t>(std::max(joint, 0));
    m_view->setHint(m_active ? tr("Click to place: %1. Tab skips, Esc ends.")
                                   .arg(displayJointName(m_document->project().skeleton.joints[index]))
                             : QString());
}

} // namespace poselift
