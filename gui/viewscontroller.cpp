#include "gui/viewscontroller.h"

#include "core/document/selection.h"
#include "core/pose/edit/trackextent.h"
#include "gui/layerbar.h"
#include "gui/playbackcontroller.h"
#include "widgets/image/frameview.h"
#include "widgets/scene3d/sceneview.h"
#include "widgets/timeline/timelineview.h"

#include <algorithm>
#include <functional>

namespace poselift {

ViewsController::ViewsController(PoseDocument *document, Selection *selection, PlaybackController *playback,
                                 const Views &views, QObject *parent)
    : QObject(parent), m_document(document), m_selection(selection), m_playback(playback), m_views(views)
{
    connect(document, &PoseDocument::wasReset, this, &ViewsController::documentReset);
    connect(document, &PoseDocument::changed, this, &ViewsController::documentChanged);
    connect(playback, &PlaybackController::frameShown, this, &ViewsController::showFrame);
    connect(playback, &PlaybackController::extentChanged, this, &ViewsController::updateExtent);
    connect(playback, &PlaybackController::opened, this, [this] { m_views.frame->setMessage({}); });
    connect(playback, &PlaybackController::closed, this, [this] {
        m_views.frame->setFrame({});
        m_views.frame->setMessage(tr("The video of this project is not open"));
    });
    connect(views.layers, &LayerBar::layersChosen, this, [this] {
        showLayers();
        showPeople();
    });

    connect(views.timeline, &TimelineView::frameRequested, playback, &PlaybackController::goToFrame);
    connect(selection, &Selection::frameChanged, views.timeline, &TimelineView::setFrame);
    for (const auto &set : {std::function<void(TrackId)>([this](TrackId id) { m_views.frame->setSelectedTrack(id); }),
                            std::function<void(TrackId)>([this](TrackId id) { m_views.scene->setSelectedTrack(id); }),
                            std::function<void(TrackId)>([this](TrackId id) { m_views.timeline->setSelectedTrack(id); })})
        connect(selection, &Selection::trackChanged, this, set);
    connect(views.frame, &FrameView::personClicked, selection, &Selection::setTrack);
    connect(views.frame, &FrameView::jointClicked, this, [this](TrackId track, int joint) {
        m_selection->setTrack(track);
        m_selection->setJoint(joint);
    });
    connect(views.scene, &SceneView::personClicked, selection, &Selection::setTrack);
    connect(views.timeline, &TimelineView::trackClicked, selection, &Selection::setTrack);
}

void ViewsController::setColourScheme(ColourScheme scheme)
{
    m_views.frame->setColourScheme(scheme);
    m_views.scene->setColourScheme(scheme);
}

void ViewsController::fitViews()
{
    m_views.frame->fitToView();
    m_views.scene->fitPeople();
}

void ViewsController::documentReset()
{
    m_fitted = false;
    m_selection->setTrack(0);
    m_selection->setJoint(-1);
    PoseChange everything;
    everything.layersChanged = everything.cameraChanged = everything.mediaChanged = true;
    documentChanged(everything);
}

void ViewsController::documentChanged(const PoseChange &change)
{
    if (change.notesChanged)
        return;
    if (change.layersChanged) {
        m_views.layers->setProject(m_document->project());
        showLayers();
    }
    if (change.cameraChanged && m_document->project().camera.isValid())
        m_views.scene->setCamera(m_document->project().camera);
    if (touchesStrips(change))
        showStrips();
    showPeople();
}

/// Strips are of the detections, and of the corrections of people who were not detected: other edits of
/// keypoints, which may come with every move of the mouse, do not touch them, nor does what becomes known of
/// the video.
bool ViewsController::touchesStrips(const PoseChange &change) const
{
    if (change.layersChanged)
        return true;
    if (change.correctionsChanged || change.derived3d || change.cameraChanged || change.mediaChanged)
        return false;
    const KeypointLayer *detected = m_document->project().keypointLayer("detected");
    const bool isHandMade = std::any_of(change.tracks.begin(), change.tracks.end(), [detected](TrackId track) {
        return detected == nullptr || findTrack(detected->tracks, track) == nullptr;
    });
    return change.joints.empty() || isHandMade;
}

void ViewsController::showFrame(const VideoFrame &frame)
{
    m_frame = frame.index;
    m_views.frame->setFrame(frame);
    showPeople();
}

/// Skeletons and ground: what changes with the layers, not with the frame.
void ViewsController::showLayers()
{
    const Project &project = m_document->project();
    const KeypointLayer *detected = project.keypointLayer("detected");
    m_views.frame->setSkeleton(project.skeleton.jointCount() > 0 || detected == nullptr ? project.skeleton
                                                                                         : detected->skeleton);
    const JointLayer *primary = project.jointLayer(m_views.layers->primary());
    const JointLayer *secondary = project.jointLayer(m_views.layers->secondary());
    if (primary != nullptr) {
        m_views.scene->setSkeleton(primary->skeleton);
        m_views.scene->setGroundHeight(estimateGroundHeight(*primary));
    }
    if (secondary != nullptr)
        m_views.scene->setSkeleton(secondary->skeleton, PoseLayer::Secondary);
    if (primary != nullptr && !m_fitted) {
        // Once for each document, when its first people are there.
        m_fitted = true;
        QMetaObject::invokeMethod(this, &ViewsController::fitWholeClip, Qt::QueuedConnection);
    }
}

/// Looks from where everyone is in sight all the time, not only in the frame that is shown.
void ViewsController::fitWholeClip()
{
    const JointLayer *layer = m_document->project().jointLayer(m_views.layers->primary());
    if (layer == nullptr)
        return;
    m_views.scene->setPeople(peopleOfWholeClip(*layer));
    m_views.scene->fitPeople();
    showPeople();
}

void ViewsController::showPeople()
{
    const Project &project = m_document->project();
    m_views.frame->setPeople(overlayPeopleAt(project, m_frame));
    const JointLayer *primary = project.jointLayer(m_views.layers->primary());
    const JointLayer *secondary = project.jointLayer(m_views.layers->secondary());
    m_views.scene->setPeople(primary != nullptr ? scenePeopleAt(project, *primary, m_frame) : std::vector<ScenePerson>());
    m_views.scene->setPeople(secondary != nullptr ? scenePeopleAt(*secondary, m_frame) : std::vector<ScenePerson>(),
                             PoseLayer::Secondary);
}

void ViewsController::showStrips()
{
    const Project &project = m_document->project();
    std::vector<TrackStrip> strips;
    if (const KeypointLayer *detected = project.keypointLayer("detected")) {
        for (const KeypointTrack &track : detected->tracks)
            strips.push_back(makeTrackStrip(track));
    }
    for (const KeypointTrack &track : project.tracks) {
        const auto known = std::find_if(strips.begin(), strips.end(),
                                        [&track](const TrackStrip &strip) { return strip.track == track.id; });
        if (known == strips.end())
            strips.push_back(makeTrackStrip(track));
        else if (!track.label.empty())
            known->label = QString::fromStdString(track.label);
    }
    m_views.timeline->setStrips(std::move(strips));
}

void ViewsController::updateExtent()
{
    m_views.frame->setSampleAspect(m_playback->info().sampleAspect);
    if (!m_playback->hasIndex()) {
        m_views.timeline->setEstimatedFrameCount(m_playback->frameCount());
        return;
    }
    std::vector<double> seconds;
    seconds.reserve(static_cast<std::size_t>(m_playback->frameCount()));
    for (qint64 frame = 0; frame < m_playback->frameCount(); ++frame)
        seconds.push_back(m_playback->secondsOf(frame));
    m_views.timeline->setFrameTimes(std::move(seconds));
}

} // namespace poselift
