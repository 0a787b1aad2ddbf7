#include "core/document/posedocument.h"

#include "core/document/commands.h"
#include "core/io/projectsnapshot.h"
#include "core/pose/edit/stale3d.h"
#include "core/pose/edit/trackedits.h"

#include <algorithm>
#include <utility>

namespace poselift {

PoseDocument::PoseDocument(QObject *parent) : QObject(parent)
{
    connect(&m_undoStack, &QUndoStack::cleanChanged, this,
            [this](bool clean) { Q_EMIT modifiedChanged(!clean); });
}

PoseDocument::~PoseDocument()
{
    // The stack's last signals must not reach a half-destroyed document.
    m_undoStack.disconnect(this);
    keepForSnapshots(std::nullopt);
}

std::shared_ptr<ProjectSnapshot> PoseDocument::snapshot()
{
    auto snapshot = std::make_shared<ProjectSnapshot>(m_project);
    m_snapshots.push_back(snapshot);
    return snapshot;
}

void PoseDocument::keepForSnapshots(const std::optional<std::vector<TrackInLayer>> &tracks)
{
    std::erase_if(m_snapshots, [](const auto &snapshot) { return snapshot.expired(); });
    for (const auto &weak : m_snapshots) {
        const std::shared_ptr<ProjectSnapshot> snapshot = weak.lock();
        if (!snapshot)
            continue;
        if (!tracks) {
            snapshot->keepAll();
            continue;
        }
        for (const TrackInLayer &track : *tracks)
            snapshot->keep(track);
    }
}

void PoseDocument::reset(Project project, const QString &path, bool readOnly)
{
    restore(std::move(project), path, readOnly, {});
}

void PoseDocument::restore(Project project, const QString &path, bool readOnly, RestoredHistory history)
{
    Q_EMIT aboutToBeReset();
    keepForSnapshots(std::nullopt);
    m_project = std::move(project);
    m_readOnly = readOnly;
    m_undoStack.clear();
    m_undoStack.setClean();
    {
        // Views hear of the result, not of every step.
        const QSignalBlocker quiet(this);
        replay(std::move(history));
    }
    const bool moved = m_path != path;
    m_path = path;
    Q_EMIT wasReset();
    if (moved)
        Q_EMIT pathChanged(path);
}

void PoseDocument::replay(RestoredHistory history)
{
    m_restoredChanges.clear();
    for (const auto &command : history.abandoned) {
        command->exchangeQuietly();
        m_restoredChanges.push_back(command->change());
    }
    const auto [from, to] = std::minmax(history.done, history.index);
    for (int i = from; i < to; ++i)
        m_restoredChanges.push_back(history.steps[static_cast<std::size_t>(i)]->change());
    if (!history.hasCleanStep)
        m_undoStack.resetClean();
    for (std::size_t i = 0; i < history.steps.size(); ++i) {
        if (static_cast<int>(i) < history.done)
            history.steps[i]->markAsDone();
        m_undoStack.push(history.steps[i].release());
        if (history.hasCleanStep && static_cast<int>(i) + 1 == history.done)
            m_undoStack.setClean();
    }
    m_undoStack.setIndex(history.index);
}

void PoseDocument::push(std::unique_ptr<DocumentCommand> command)
{
    if (command)
        m_undoStack.push(command.release());
}

/// Null before the first step.
DocumentCommand *PoseDocument::lastDone() const
{
    if (m_undoStack.index() == 0)
        return nullptr;
    // The stack lends its commands read-only; what is done to them here is nothing that it looks at.
    return static_cast<DocumentCommand *>(const_cast<QUndoCommand *>(m_undoStack.command(m_undoStack.index() - 1)));
}

quint64 PoseDocument::sealHistory()
{
    DocumentCommand *last = lastDone();
    if (last == nullptr)
        return 0;
    last->seal();
    return last->serial();
}

void PoseDocument::acceptLayers(const QString &undoText, std::vector<KeypointLayer> keypointLayers,
                                std::vector<JointLayer> jointLayers, const Skeleton &skeleton)
{
    if (keypointLayers.empty() && jointLayers.empty())
        return;
    const bool takeSkeleton = m_project.skeleton.jointCount() == 0;
    m_undoStack.push(new AcceptLayersCommand(this, undoText, std::move(keypointLayers), std::move(jointLayers),
                                             takeSkeleton ? skeleton : m_project.skeleton));
}

void PoseDocument::setCamera(const CameraIntrinsics &camera)
{
    if (camera == m_project.camera)
        return;
    m_undoStack.push(new SetCameraCommand(this, tr("Set the camera"), camera));
}

void PoseDocument::completeMedia(const MediaReference &media)
{
    MediaReference complete = media;
    if (complete.path.empty())
        complete.path = m_project.media.path;
    if (complete.width <= 0 || complete.height <= 0) {
        complete.width = m_project.media.width;
        complete.height = m_project.media.height;
    }
    if (complete == m_project.media)
        return;
    m_project.media = std::move(complete);
    PoseChange change;
    change.mediaChanged = true;
    Q_EMIT changed(change);
}

void PoseDocument::assumeCamera(int width, int height)
{
    if (m_project.camera.isValid() || width <= 0 || height <= 0)
        return;
    m_project.camera = assumedIntrinsics(width, height);
    PoseChange change;
    change.cameraChanged = true;
    Q_EMIT changed(change);
}

void PoseDocument::setDerived3d(const std::string &name, const JointTrack &poses)
{
    const auto layer = std::find_if(m_project.jointLayers.begin(), m_project.jointLayers.end(),
                                    [&name](const JointLayer &candidate) { return candidate.name == name; });
    if (layer == m_project.jointLayers.end() || layer->skeleton.jointCount() != poses.jointCount || poses.frameCount() == 0)
        return;
    keepForSnapshots({{TrackInLayer{name, poses.id, std::nullopt}}});
    overlay(layer->tracks, poses);
    PoseChange change;
    change.firstFrame = poses.firstFrame;
    change.lastFrame = poses.endFrame() - 1;
    change.tracks = {poses.id};
    change.derived3d = true;
    Q_EMIT changed(change);
}

void PoseDocument::noteStale3d(std::string note)
{
    m_project.meta[kStale3d] = std::move(note);
}

void PoseDocument::markSaved(const QString &path, qint64 saveGeneration, quint64 step, const std::string &saveId)
{
    m_project.saveGeneration = saveGeneration;
    if (!saveId.empty())
        m_project.meta[kSaveId] = saveId;
    m_readOnly = false;
    // Only the present step can be marked clean. The step that was clean before is so no more.
    const DocumentCommand *last = lastDone();
    if ((last != nullptr ? last->serial() : 0) == step)
        m_undoStack.setClean();
    else
        m_undoStack.resetClean();
    if (m_path == path)
        return;
    m_path = path;
    Q_EMIT pathChanged(path);
}

void PoseDocument::markSaved(const QString &path, qint64 saveGeneration)
{
    markSaved(path, saveGeneration, sealHistory(), {});
}

} // namespace poselift
