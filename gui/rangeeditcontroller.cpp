#include "gui/rangeeditcontroller.h"

#include "core/document/posedocument.h"
#include "core/document/selection.h"
#include "core/pose/limbs.h"
#include "gui/availability.h"
#include "gui/dialogs/smoothdialog.h"
#include "gui/menuaction.h"
#include "gui/playbackcontroller.h"
#include "gui/rangeedittext.h"
#include "widgets/style/jointnames.h"
#include "widgets/timeline/rangetext.h"

#include <QAction>
#include <QMainWindow>
#include <QMenu>
#include <QStatusBar>

#include <algorithm>

namespace poselift {

namespace {

/// Edits of at most so many keypoints are made at once: a few milliseconds.
constexpr qint64 kInstantKeypoints = 50'000;
constexpr int kMessageMs = 8000;
constexpr std::size_t kNamedJoints = 3;

} // namespace

RangeEditController::RangeEditController(PoseDocument *document, Selection *selection, PlaybackController *playback,
                                         QMenu *menu, QMainWindow *window)
    : QObject(window), m_document(document), m_selection(selection), m_playback(playback), m_window(window),
      m_editor(document), m_background(document, window)
{
    makeEditMenu(menu);
    makePredictionMenu(menu);
    connect(selection, &Selection::trackChanged, this, &RangeEditController::updateActions);
    connect(selection, &Selection::jointsChanged, this, &RangeEditController::updateActions);
    connect(selection, &Selection::rangeChanged, this, &RangeEditController::updateActions);
    connect(document, &PoseDocument::wasReset, this, &RangeEditController::updateActions);
    updateActions();
}

QMenu *RangeEditController::addMenu(QMenu *menu, const char *objectName, const QString &title, const QString &name)
{
    QMenu *sub = menu->addMenu(title);
    sub->setObjectName(QString::fromLatin1(objectName));
    sub->setAccessibleName(name);
    sub->setToolTipsVisible(true);
    return sub;
}

void RangeEditController::add(QMenu *menu, const char *objectName, const QString &text, const QKeySequence &keys,
                              int needs, Act act)
{
    QAction *action = addMenuAction(menu, parent(), objectName, text, keys);
    connect(action, &QAction::triggered, this, std::move(act));
    m_actions.emplace_back(action, needs);
}

void RangeEditController::makeEditMenu(QMenu *menu)
{
    QMenu *sub = addMenu(menu, "rangeEditMenu", tr("Over &the Range"), tr("Over the range"));
    m_target = sub->addAction(QString());
    m_target->setObjectName(QStringLiteral("rangeTargetAction"));
    m_target->setEnabled(false);
    m_target->setProperty(kCommandText, QString()); // it says what the edits below work on
    connect(sub, &QMenu::aboutToShow, this, &RangeEditController::describeTarget);
    sub->addSeparator();
    makeMotionActions(sub);
    sub->addSeparator();
    makeSwapActions(sub);
    sub->addSeparator();
    makeStateActions(sub);
}

void RangeEditController::makeMotionActions(QMenu *menu)
{
    add(menu, "interpolateLinearAction", tr("&Interpolate Linearly"), Qt::Key_I, Person,
        [this] { interpolate(Interpolation::Linear); });
    add(menu, "interpolateCubicAction", tr("Interpolate &Cubically"), Qt::SHIFT | Qt::Key_I, Person,
        [this] { interpolate(Interpolation::Cubic); });
    add(menu, "smoothAction", tr("&Smooth…"), Qt::CTRL | Qt::Key_I, Range, [this] { openSmoothing(); });
}

void RangeEditController::makeSwapActions(QMenu *menu)
{
    add(menu, "swapJointsOverRangeAction", tr("Swap Left and Right of the Chosen &Joints"), Qt::SHIFT | Qt::Key_X,
        Joints | SidedJoints, [this] { swapSides(joints()); });
    add(menu, "swapLimbOverRangeAction", tr("Swap Left and Right of the Li&mb"), {}, Joints | SidedJoints,
        [this] { swapSides(limbs()); });
    add(menu, "swapPersonOverRangeAction", tr("Swap Left and Right of the Whole &Person"), {}, SidedSkeleton,
        [this] { swapSides(allJoints(m_document->project())); });
}

void RangeEditController::makeStateActions(QMenu *menu)
{
    add(menu, "rangeVisibleAction", tr("Mark &Visible"), {}, Person,
        [this] { setState(RangeEdit::MarkVisible, KeypointState::Visible); });
    add(menu, "rangeOccludedAction", tr("Mark &Occluded"), {}, Person,
        [this] { setState(RangeEdit::MarkOccluded, KeypointState::Occluded); });
    add(menu, "rangeAbsentAction", tr("Mark &Absent"), {}, Person,
        [this] { setState(RangeEdit::MarkAbsent, KeypointState::Absent); });
    menu->addSeparator();
    add(menu, "rangeLockAction", tr("&Lock"), Qt::SHIFT | Qt::Key_L, Person, [this] { setLocked(true); });
    add(menu, "rangeUnlockAction", tr("&Unlock"), {}, Person, [this] { setLocked(false); });
    add(menu, "rangeDeleteAction", tr("&Delete the Keypoints"), Qt::SHIFT | Qt::Key_Delete, Person,
        [this] { deleteKeypoints(); });
}

void RangeEditController::makePredictionMenu(QMenu *menu)
{
    QMenu *sub = addMenu(menu, "predictionMenu", tr("Pred&ictions"), tr("Predictions"));
    const auto addDecision = [this, sub](const char *objectName, const QString &text, const QKeySequence &keys,
                                         int needs, RangeEdit edit, Scope scope) {
        add(sub, objectName, text, keys, needs, [this, edit, scope] { decide(edit, scope); });
    };
    const RangeEdit accept = RangeEdit::AcceptPredictions;
    addDecision("acceptJointAction", tr("Accept the &Chosen Joints"), {}, Joints, accept, Scope::Joint);
    addDecision("acceptFrameAction", tr("&Accept the Person in This Frame"), Qt::Key_Y, Person, accept, Scope::Frame);
    addDecision("acceptRangeAction", tr("Accept over the &Range"), {}, Range, accept, Scope::Range);
    sub->addSeparator();
    const RangeEdit refuse = RangeEdit::RefusePredictions;
    addDecision("refuseJointAction", tr("Refuse the Chosen &Joints"), {}, Joints, refuse, Scope::Joint);
    addDecision("refuseFrameAction", tr("Re&fuse the Person in This Frame"), Qt::SHIFT | Qt::Key_Y, Person, refuse,
                Scope::Frame);
    addDecision("refuseRangeAction", tr("Refuse &over the Range"), {}, Range, refuse, Scope::Range);
}

void RangeEditController::updateActions()
{
    for (const auto &[action, needs] : m_actions)
        setAvailable(action, reasonAgainst(needs));
}

QString RangeEditController::reasonAgainst(int needs) const
{
    const Skeleton &skeleton = m_document->project().skeleton;
    if (m_selection->track() == 0)
        return tr("Choose a person first: click one in the picture or its strip in the timeline");
    if ((needs & Range) != 0 && m_selection->range().count() == 0)
        return tr("Choose a range of frames first: Shift+drag on the timeline, or its begin and end here");
    if ((needs & Joints) != 0 && m_selection->joints().empty())
        return tr("Choose joints of the person first");
    if ((needs & SidedSkeleton) != 0 && skeleton.pairs.empty())
        return tr("This skeleton has no left and right");
    const auto isSided = [&skeleton](int joint) { return skeleton.mirrored(joint) != joint; };
    const std::vector<int> &chosen = m_selection->joints();
    if ((needs & SidedJoints) != 0 && std::none_of(chosen.begin(), chosen.end(), isSided))
        return tr("The chosen joint has no left and right");
    return {};
}

void RangeEditController::describeTarget()
{
    if (m_selection->track() == 0)
        return m_target->setText(tr("Nobody is chosen"));
    //: frames, joints: what the menu's actions work on
    m_target->setText(tr("%1 – %2").arg(rangeText(frames(), m_document->project().media.seconds), jointText()));
}

QString RangeEditController::jointText() const
{
    const std::vector<int> &chosen = m_selection->joints();
    const Skeleton &skeleton = m_document->project().skeleton;
    if (chosen.empty())
        return tr("all %n joint(s)", nullptr, skeleton.jointCount());
    if (chosen.size() > kNamedJoints)
        return tr("%n joint(s)", nullptr, static_cast<int>(chosen.size()));
    QStringList names;
    for (const int joint : chosen)
        names << displayJointName(skeleton.joints[static_cast<std::size_t>(joint)]);
    return names.join(QStringLiteral(", "));
}

qint64 RangeEditController::frame() const
{
    const VideoFrame &shown = m_playback->shownFrame();
    return shown.isNull() ? m_selection->frame() : shown.index;
}

FrameRange RangeEditController::frames() const
{
    return m_selection->range().count() > 0 ? m_selection->range() : FrameRange{frame(), frame()};
}

std::vector<int> RangeEditController::joints() const
{
    return m_selection->joints().empty() ? allJoints(m_document->project()) : m_selection->joints();
}

/// Of all chosen joints, each joint once.
std::vector<int> RangeEditController::limbs() const
{
    std::vector<int> all;
    for (const int joint : m_selection->joints()) {
        const std::vector<int> limb = limbOf(m_document->project().skeleton, joint);
        all.insert(all.end(), limb.begin(), limb.end());
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
}

KeypointSelection RangeEditController::target() const
{
    return {m_selection->track(), frames(), joints()};
}

/// Without a range: between the keyframes around the frame that is shown.
void RangeEditController::interpolate(Interpolation method)
{
    const KeypointSelection selection = target();
    if (m_selection->range().count() > 0)
        return carryOut(
            RangeEdit::Interpolate, selection, selection.frames.count(),
            [selection, method](const Project &project) { return interpolateKeypoints(project, selection, method); });
    carryOut(RangeEdit::Interpolate, selection, m_playback->frameCount(), [selection, method](const Project &project) {
        return interpolateAround(project, selection.track, selection.frames.first, selection.joints, method);
    });
}

void RangeEditController::openSmoothing()
{
    auto person = std::make_shared<const Project>(onlyPerson(m_document->project(), m_selection->track()));
    auto *dialog = new SmoothDialog(std::move(person), target(), !m_selection->joints().empty(), m_smoothing, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &SmoothDialog::accepted, this, [this, dialog] {
        m_smoothing = dialog->options();
        smooth(dialog->selection());
    });
    dialog->open();
}

void RangeEditController::smooth(const KeypointSelection &selection)
{
    carryOut(RangeEdit::Smooth, selection, selection.frames.count(),
             [selection, options = m_smoothing](const Project &project) {
                 return smoothKeypoints(project, selection, options);
             });
}

void RangeEditController::swapSides(std::vector<int> joints)
{
    const KeypointSelection selection{m_selection->track(), frames(), std::move(joints)};
    carryOut(RangeEdit::SwapSides, selection, selection.frames.count(),
             [selection](const Project &project) { return poselift::swapSides(project, selection); });
}

void RangeEditController::setState(RangeEdit edit, KeypointState state)
{
    const KeypointSelection selection = target();
    carryOut(edit, selection, selection.frames.count(),
             [selection, state](const Project &project) { return setKeypointStates(project, selection, state); });
}

void RangeEditController::setLocked(bool locked)
{
    const KeypointSelection selection = target();
    carryOut(locked ? RangeEdit::Lock : RangeEdit::Unlock, selection, selection.frames.count(),
             [selection, locked](const Project &project) { return lockKeypoints(project, selection, locked); });
}

void RangeEditController::deleteKeypoints()
{
    const KeypointSelection selection = target();
    carryOut(RangeEdit::Delete, selection, selection.frames.count(),
             [selection](const Project &project) { return poselift::deleteKeypoints(project, selection); });
}

void RangeEditController::decide(RangeEdit edit, Scope scope)
{
    KeypointSelection selection = target();
    if (scope != Scope::Range)
        selection.frames = {frame(), frame()};
    if (scope == Scope::Frame)
        selection.joints = allJoints(m_document->project());
    const bool accepts = edit == RangeEdit::AcceptPredictions;
    carryOut(edit, selection, selection.frames.count(), [selection, accepts](const Project &project) {
        return accepts ? acceptPredictions(project, selection) : refusePredictions(project, selection);
    });
}

/// @param frames  how many the edit has to look at
void RangeEditController::carryOut(RangeEdit edit, const KeypointSelection &selection, qint64 frames,
                                   BackgroundEdit::PatchMaker make)
{
    if (frames * std::ssize(selection.joints) <= kInstantKeypoints)
        return apply(edit, make(m_document->project()));
    m_background.start(workingText(edit), selection.track, std::move(make),
                       [this, edit](KeypointPatch patch) { apply(edit, std::move(patch)); });
}

void RangeEditController::apply(RangeEdit edit, KeypointPatch patch)
{
    const bool changed = m_editor.apply(edit, std::move(patch));
    m_window->statusBar()->showMessage(changed ? m_document->undoStack()->undoText() : nothingText(edit), kMessageMs);
}

} // namespace poselift
