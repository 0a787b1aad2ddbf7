#pragma once

#include "core/base/error.h"
#include "core/document/workerclient.h"
#include "core/pose/edit/stale3d.h"

#include <QObject>
#include <QString>
#include <QTemporaryDir>
#include <QTimer>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace poselift {

class PoseDocument;
class Selection;
struct PoseChange;

/// Keeps the lifted 3D of a document in step with its 2D while that is being edited. Listens to the
/// document, tells a worker of its own (`poselift-cli serve`, job "interactive") which keypoints have
/// changed, and puts the 3D that comes back into the lifted layer. Lives in the GUI thread and never
/// waits; the worker is started by the first edit and again after a crash.
///
/// One request is on its way at a time. What is edited meanwhile is collected, by keypoint, and goes
/// with the next one; the worker drops what it was still lifting for the older one.
///
/// Which 2D the 3D does not follow yet is kept in the project (kStale3d), so that nothing is forgotten
/// when the program ends before the worker is done, or is killed: it is lifted when the project is
/// opened again. While nothing has been lifted, there is nothing to keep in step.
class LiveLifter : public QObject
{
    Q_OBJECT
public:
    enum class State
    {
        UpToDate, ///< or nothing has been lifted yet
        Updating,
        Outdated, ///< the 2D was changed while this is switched off
        Failed,   ///< error() says why; tried again when asked to, or for another layer
    };
    Q_ENUM(State)

    LiveLifter(PoseDocument *document, Selection *selection, const QString &program, QObject *parent = nullptr);
    ~LiveLifter() override;

    bool isEnabled() const { return m_enabled; }
    void setEnabled(bool enabled);
    /// The layer that the user looks at: it is kept in step if it is a lifted one, else the first
    /// lifted one is.
    void setShownLayer(const std::string &name);
    /// Lifts all frames of @p track (0: of everybody) again, and everything that is outdated, also
    /// while this is switched off.
    void relift(TrackId track);

    State state() const { return m_state; }
    /// Why state() is Failed.
    const std::optional<Error> &error() const { return m_error; }
    /// Frames whose 2D the 3D does not follow yet.
    const TrackFrames &stale() const { return m_stale; }
    /// Name of the layer that is kept in step; empty when there is none.
    std::string layer() const;
    WorkerClient *worker() { return &m_worker; }
    /// For tests: how long the worker may take for the current frame, and before it is started again
    /// after a crash. 30 s, and 0.5 s.
    void setPatience(int answerMs, int restartMs);

Q_SIGNALS:
    void stateChanged();
    /// A request was sent to the worker.
    void requested(qint64 revision);
    /// The frame that the user looks at has its 3D for this request.
    void currentFrameLifted(qint64 revision);
    /// So have all frames that it affects, and those of the requests before it.
    void allLifted(qint64 revision);

private:
    // What has to be lifted
    void documentReset();
    void documentChanged(const PoseChange &change);
    void takeEdit(const PoseChange &change);
    void markAll(const std::vector<TrackId> &tracks);
    void markAnnotated();
    void noteStale();
    bool canLift() const;

    // The conversation with the worker
    void schedule();
    void pump();
    void startJob();
    void endJob();
    void writeProject();
    void send();
    nlohmann::json takeEdits();
    nlohmann::json takeInvalid();
    void readOutput(qint64 job, const nlohmann::json &data);
    Result<void> handle(const nlohmann::json &data);
    Result<void> handlePoses(const nlohmann::json &data);
    void currentDone(qint64 revision);
    void forgetPeopleWhoAreGone();
    void allDone(qint64 revision);
    void jobEnded(qint64 job, const Error &error);
    void giveUp(const Error &error);
    void updateState();

    using FrameOfTrack = std::pair<TrackId, qint64>;

    PoseDocument *m_document;
    Selection *m_selection;
    WorkerClient m_worker;
    QTemporaryDir m_folder;
    QTimer m_answerTimer;  ///< runs while an answer is due
    QTimer m_restartTimer; ///< runs between a crash and the next start
    std::string m_shownLayer;
    bool m_enabled = true;
    bool m_asked = false; ///< relift() goes on
    bool m_scheduled = false;
    State m_state = State::UpToDate;
    std::optional<Error> m_error;
    int m_failures = 0; ///< in a row

    TrackFrames m_stale;
    TrackFrames m_invalid;                         ///< to be told to the worker
    std::map<FrameOfTrack, std::set<int>> m_edits; ///< joints to be told to the worker

    qint64 m_job = 0; ///< 0: none runs
    bool m_ready = false;
    bool m_needsProject = true; ///< what the worker holds is not the document with m_edits
    int m_snapshot = 0;         ///< number of the last one
    bool m_isWriting = false;
    QString m_unsentProject; ///< path
    qint64 m_revision = 0;
    qint64 m_firstValid = 0; ///< answers to older requests are of another state of the project
    bool m_awaiting = false; ///< the last request has no answer yet
};

} // namespace poselift
