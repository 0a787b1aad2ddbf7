#pragma once

#include "core/pose/project.h"

#include <QObject>
#include <QString>
#include <QUndoStack>

#include <memory>
#include <optional>
#include <vector>

namespace poselift {

/// Which part of the document changed. Empty vectors mean "possibly all".
struct PoseChange
{
    qint64 firstFrame = 0;
    qint64 lastFrame = -1;            ///< last < first: possibly all frames
    std::vector<TrackId> tracks;
    std::vector<int> joints;          ///< of the annotation skeleton
    bool layersChanged = false;       ///< prediction layers or people were added, replaced or removed
    bool mediaChanged = false;
    bool cameraChanged = false;
    bool correctionsChanged = false;  ///< 3D corrections of the tracks in these frames
    bool notesChanged = false;        ///< only Project::meta did; nothing else is meant then
    bool derived3d = false;           ///< only 3D that follows from the 2D: setDerived3d()
    bool revisited = false;           ///< by undo, or by redo after an undo
};

class DocumentCommand;
class ProjectSnapshot;
struct TrackInLayer;

/// Undo history to put back together with the project of a file. Nothing in it has been announced.
struct RestoredHistory
{
    /// Exchanged first, in this order: steps of the file's state that were undone and then replaced
    /// by others, so that the stack below does not hold them.
    std::vector<std::unique_ptr<DocumentCommand>> abandoned;
    std::vector<std::unique_ptr<DocumentCommand>> steps; ///< the undo stack, oldest first
    int done = 0;       ///< how many of the steps the project holds after that (their values are "before")
    int index = 0;      ///< how many of the steps are to be done at the end
    bool hasCleanStep = true; ///< the file holds the project after the first `done` steps
};

/// The open project and the only way to change it. Every change is a QUndoCommand on undoStack();
/// views read project() and listen to changed(). Lives in the GUI thread.
/// In memory the media path of the project is absolute; DocumentLoader and DocumentSaver translate
/// it from and to the file's relative one.
class PoseDocument : public QObject
{
    Q_OBJECT
public:
    explicit PoseDocument(QObject *parent = nullptr);
    ~PoseDocument() override;

    const Project &project() const { return m_project; }
    /// The project as it is now, for another thread to write while editing goes on. What is edited
    /// meanwhile is copied then, nothing else.
    std::shared_ptr<ProjectSnapshot> snapshot();
    QUndoStack *undoStack() { return &m_undoStack; }
    /// Path of the .poselift file; empty while never saved.
    QString path() const { return m_path; }
    bool isReadOnly() const { return m_readOnly; }
    /// True when there is something that the file at path() does not hold: an undo stack that is
    /// not clean, or a result that was accepted before the project was ever saved.
    bool isModified() const { return !m_undoStack.isClean(); }
    /// True when a video or a picture folder is open.
    bool hasMedia() const { return !m_project.media.path.empty(); }

    /// Replaces everything (open, new): clears the undo stack, emits wasReset().
    void reset(Project project, const QString &path, bool readOnly);
    /// The same with an undo history: the steps are done or undone up to history.index.
    void restore(Project project, const QString &path, bool readOnly, RestoredHistory history);
    /// One undo step: any edit; see PoseEditor. Null is nothing.
    void push(std::unique_ptr<DocumentCommand> command);
    /// What is done so far will not be merged with what comes: it is about to be saved.
    /// @return the number of the step that the document is at; 0 before the first
    quint64 sealHistory();
    /// One undo step: replaces or adds prediction layers (a finished detection or lifting run). A
    /// document without an annotation skeleton takes @p skeleton in the same step.
    void acceptLayers(const QString &undoText, std::vector<KeypointLayer> keypointLayers,
                      std::vector<JointLayer> jointLayers, const Skeleton &skeleton = {});
    /// One undo step: sets the camera.
    void setCamera(const CameraIntrinsics &camera);
    /// Not an undo step: facts about the media that become known after it was opened (frame count,
    /// time stamps, their hash). The path and the picture size stay as they are when @p media has
    /// none.
    void completeMedia(const MediaReference &media);
    /// Not an undo step: an assumed camera for a picture size that is known only after opening.
    /// Does nothing when the project has a valid camera.
    void assumeCamera(int width, int height);
    /// Not an undo step: 3D that follows from the 2D (a lifter's), as it is after an edit. Replaces the
    /// poses of these frames in the layer @p layer, which must be there with as many joints; else nothing
    /// happens. Undo steps that exchange whole layers or tracks are not disturbed: what they hold is
    /// what was there when they were done, and whoever lifts brings it up to date afterwards. The
    /// journal does not hear of it: after a crash the 3D is computed again.
    void setDerived3d(const std::string &layer, const JointTrack &poses);
    /// Not an undo step: notes in the project (kStale3d) which 2D the 3D does not follow yet.
    void noteStale3d(std::string note);
    /// What restore() changed with respect to the file: one change for each step that is done here and
    /// not there, or the other way round.
    const std::vector<PoseChange> &restoredChanges() const { return m_restoredChanges; }
    /// Marks the state as written to @p path with @p saveGeneration; not an undo step.
    /// @p step is what sealHistory() gave for the state that was written: other steps stay unsaved.
    /// @p saveId names this one save (kSaveId in Project::meta), however it is copied.
    void markSaved(const QString &path, qint64 saveGeneration, quint64 step, const std::string &saveId = {});
    void markSaved(const QString &path, qint64 saveGeneration);

Q_SIGNALS:
    void changed(const poselift::PoseChange &change);
    /// Everything is about to be replaced; the old project is still there.
    void aboutToBeReset();
    void wasReset();
    void pathChanged(const QString &path);
    void modifiedChanged(bool modified);

private:
    friend class DocumentCommand; ///< base of all commands; see commands.h

    void replay(RestoredHistory history);
    /// To be called before anything changes in the tracks of m_project: the arrays of these are about to
    /// change; nothing: anything may.
    void keepForSnapshots(const std::optional<std::vector<TrackInLayer>> &tracks);
    DocumentCommand *lastDone() const;

    Project m_project;
    QUndoStack m_undoStack;
    std::vector<std::weak_ptr<ProjectSnapshot>> m_snapshots; ///< that are being written
    QString m_path;
    bool m_readOnly = false;
    std::vector<PoseChange> m_restoredChanges;
};

} // namespace poselift

