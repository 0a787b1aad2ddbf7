#include "core/document/posedocument.h"

#include "core/document/commands.h"

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
}

void PoseDocument::reset(Project project, const QString &path, bool readOnly)
{
    m_project = std::move(project);
    m_readOnly = readOnly;
    m_undoStack.clear();
    m_undoStack.setClean();
    const bool moved = m_path != path;
    m_path = path;
    Q_EMIT wasReset();
    if (moved)
        Q_EMIT pathChanged(path);
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

void PoseDocument::markSaved(const QString &path, qint64 saveGeneration, int undoIndex)
{
    m_project.saveGeneration = saveGeneration;
    m_readOnly = false;
    if (m_undoStack.index() == undoIndex)
        m_undoStack.setClean();
    if (m_path == path)
        return;
    m_path = path;
    Q_EMIT pathChanged(path);
}

void PoseDocument::markSaved(const QString &path, qint64 saveGeneration)
{
    markSaved(path, saveGeneration, m_undoStack.index());
}

} // namespace poselift
