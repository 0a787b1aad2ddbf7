#include "gui/edit3dcontroller.h"

#include "core/document/posedocument.h"
#include "core/document/selection.h"
#include "core/pose/edit/effectivepose3d.h"
#include "gui/errortext.h"
#include "gui/layerbar.h"
#include "gui/menuaction.h"
#include "gui/playbackcontroller.h"
#include "widgets/scene3d/sceneview.h"
#include "widgets/style/jointnames.h"

#include <QAction>
#include <QKeySequence>
#include <QMenu>

#include <algorithm>

namespace poselift {

namespace {

/// The skeleton that Selection::joints() speaks of.
const Skeleton &chosenSkeleton(const Project &project)
{
    const KeypointLayer *detected = project.keypointLayer("detected");
    return project.skeleton.jointCount() > 0 || detected == nullptr ? project.skeleton : detected->skeleton;
}

std::string nameIn(const Skeleton &skeleton, int joint)
{
    return joint >= 0 && joint < skeleton.jointCount() ? skeleton.joints[static_cast<std::size_t>(joint)]
                                                       : std::string();
}

} // namespace

Edit3dController::Edit3dController(PoseDocument *document, Selection *selection, PlaybackController *playback,
                                   SceneView *view, LayerBar *layers, QMenu *menu, QObject *parent)
    : QObject(parent), m_document(document), m_selection(selection), m_playback(playback), m_view(view),
      m_layers(layers), m_editor(document)
{
    makeActions(menu);
    m_nudgePause.setSingleShot(true);
    m_nudgePause.setInterval(1000);
    connect(&m_nudgePause, &QTimer::timeout, this, [this] { m_nudges = 0; });
    connectView();
    connect(selection, &Selection::jointChanged, this, &Edit3dController::showChosenJoint);
    connect(selection, &Selection::trackChanged, this, &Edit3dController::showChosenJoint);
    connect(layers, &LayerBar::layersChosen, this, &Edit3dController::showChosenJoint);
    connect(document, &PoseDocument::changed, this, [this](const PoseChange &change) {
        if (change.layersChanged)
            showChosenJoint();
        updateActions();
    });
    connect(playback, &PlaybackController::frameShown, this, &Edit3dController::updateActions);
    connect(document, &PoseDocument::wasReset, this, [this] {
        m_start.reset();
        showChosenJoint();
    });
    updateActions();
}

void Edit3dController::connectView()
{
    m_view->setEditable(true);
    connect(m_view, &SceneView::jointClicked, this, &Edit3dController::chooseJoint);
    connect(m_view, &SceneView::jointDragStarted, this, &Edit3dController::beginDrag);
    connect(m_view, &SceneView::jointDragged, this, &Edit3dController::drag);
    connect(m_view, &SceneView::jointDragEnded, this, &Edit3dController::endDrag);
    connect(m_view, &SceneView::jointNudged, this, &Edit3dController::nudge);
    connect(m_view, &SceneView::hintChanged, this, &Edit3dController::message);
}

QAction *Edit3dController::add(QMenu *menu, const char *objectName, const QString &text, const QKeySequence &keys)
{
    return addMenuAction(menu, parent(), objectName, text, keys);
}

void Edit3dController::makeActions(QMenu *menu)
{
    menu->addSeparator();
    m_holdLengths = add(menu, "holdLengthsAction", tr("Keep &Bone Lengths in 3D"), Qt::CTRL | Qt::SHIFT | Qt::Key_L);
    m_holdLengths->setCheckable(true);
    m_holdLengths->setChecked(true);
    connect(m_holdLengths, &QAction::toggled, m_view, &SceneView::setHoldsLengths);
    m_releaseJoint = add(menu, "release3dAction", tr("Release the &3D Correction"), Qt::CTRL | Qt::SHIFT | Qt::Key_R);
    connect(m_releaseJoint, &QAction::triggered, this, &Edit3dController::releaseJoint);
    m_releaseFrame = add(menu, "release3dFrameAction", tr("Release All 3D Corrections of the Person &Here"),
                         Qt::CTRL | Qt::ALT | Qt::Key_R);
    connect(m_releaseFrame, &QAction::triggered, this, &Edit3dController::releaseFrame);
}

void Edit3dController::updateActions()
{
    const JointLayer *layer = editedLayer();
    const TrackId track = m_selection->track();
    const std::vector<bool> corrected = layer != nullptr && track != 0
                                            ? effectivePose3d(m_document->project(), *layer, track, frame()).corrected
                                            : std::vector<bool>();
    const auto joint = static_cast<std::size_t>(m_joint);
    m_releaseFrame->setEnabled(std::find(corrected.begin(), corrected.end(), true) != corrected.end());
    m_releaseJoint->setEnabled(m_joint >= 0 && joint < corrected.size() && corrected[joint]);
}

qint64 Edit3dController::frame() const
{
    const VideoFrame &shown = m_playback->shownFrame();
    return shown.isNull() ? m_selection->frame() : shown.index;
}

const JointLayer *Edit3dController::editedLayer() const
{
    return m_document->project().jointLayer(m_layers->primary());
}

void Edit3dController::chooseJoint(TrackId track, int joint)
{
    const JointLayer *layer = editedLayer();
    if (layer == nullptr)
        return;
    const Skeleton &chosen = chosenSkeleton(m_document->project());
    m_selection->setTrack(track);
    m_selection->setJoint(chosen.indexOf(nameIn(layer->skeleton, joint)));
    m_joint = joint; // also one that the picture does not know
    m_view->setSelectedJoint(joint);
    updateActions();
}

void Edit3dController::showChosenJoint()
{
    const JointLayer *layer = editedLayer();
    const std::string name = nameIn(chosenSkeleton(m_document->project()), m_selection->joint());
    const bool isShown = layer != nullptr && m_selection->track() != 0 && !name.empty();
    m_joint = isShown ? layer->skeleton.indexOf(name) : -1;
    m_view->setSelectedJoint(m_joint);
    updateActions();
}

void Edit3dController::beginDrag(TrackId track, int joint)
{
    m_playback->setPlaying(false);
    chooseJoint(track, joint);
    const JointLayer *layer = editedLayer();
    if (layer == nullptr)
        return;
    m_start = beginPoseEdit(m_document->project(), *layer, track, frame());
    m_drag = m_editor.beginDrag();
}

void Edit3dController::drag(const Joint3D &target, bool holdLengths)
{
    if (m_start && m_start->frame == frame())
        moveJoint(target, holdLengths, m_drag);
}

void Edit3dController::moveJoint(const Joint3D &target, bool holdLengths, int drag)
{
    const Pose3D pose =
        holdLengths ? jointMoved(m_start->figure, m_joint, target) : jointMovedAlone(m_start->figure, m_joint, target);
    const Result<bool> moved = m_editor.correctPose(*m_start, pose, drag);
    m_view->setRefusal(moved ? QString() : refusalText(moved.error()));
}

void Edit3dController::endDrag(bool cancelled)
{
    if (cancelled && m_start) {
        const Result<bool> restored = m_editor.correctPose(*m_start, m_start->figure.pose, m_drag);
        m_view->setRefusal(restored ? QString() : refusalText(restored.error()));
    }
    m_start.reset();
}

void Edit3dController::nudge(const Joint3D &way)
{
    const JointLayer *layer = editedLayer();
    if (layer == nullptr || m_joint < 0)
        return;
    m_playback->setPlaying(false);
    m_start = beginPoseEdit(m_document->project(), *layer, m_selection->track(), frame());
    if (m_nudges == 0)
        m_nudges = m_editor.beginDrag();
    m_nudgePause.start();
    const Joint3D now = m_start->figure.pose[static_cast<std::size_t>(m_joint)];
    moveJoint({now.x + way.x, now.y + way.y, now.z + way.z, true}, m_holdLengths->isChecked(), m_nudges);
    m_start.reset();
}

void Edit3dController::releaseJoint()
{
    if (const JointLayer *layer = editedLayer(); layer != nullptr && m_joint >= 0)
        m_editor.releaseCorrections(m_selection->track(), {frame(), frame()}, {nameIn(layer->skeleton, m_joint)});
}

void Edit3dController::releaseFrame()
{
    m_editor.releaseCorrections(m_selection->track(), {frame(), frame()}, {});
}

/// With the joint's name as people read it.
QString Edit3dController::refusalText(const Error &error) const
{
    std::vector<Error::Argument> arguments = error.arguments();
    for (auto &[key, value] : arguments) {
        if (key == "name")
            value = displayJointName(value).toStdString();
    }
    return errorText(Error(error.code(), std::move(arguments)));
}

} // namespace poselift
