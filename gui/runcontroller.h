#pragma once

#include "core/document/workerclient.h"
#include "core/pose/project.h"

#include <QObject>
#include <QString>
#include <QTemporaryDir>

#include <map>
#include <memory>

namespace poselift {

class JobPanel;
class ModelChoice;
class PoseDocument;

/// Starts detection and lifting in the worker and brings their results into the document, each as
/// one undo step. A result for a document that has been closed meanwhile is dropped.
class RunController : public QObject
{
    Q_OBJECT
public:
    RunController(PoseDocument *document, ModelChoice *models, JobPanel *panel, WorkerClient *worker, QObject *parent);
    ~RunController() override;

    bool isBusy() const { return m_preparing || !m_jobs.empty(); }
    /// Detection and lifting of the document's video can be started now.
    bool canRun() const;
    bool canDetect() const;
    /// There are 2D keypoints to lift.
    bool canLift() const;

public Q_SLOTS:
    void run();    ///< detect, track and lift
    void detect(); ///< detect and track only
    void lift();   ///< lift the 2D keypoints that are there (again)
    /// The same with this model, whatever is chosen; lifted() follows when it has worked.
    void liftWith(const QString &lifter);
    void cancelAll();
    void askForModels();

Q_SIGNALS:
    void stateChanged();
    void failed(const poselift::Error &error);
    void accepted(const QString &sentence);
    /// The layer of @p lifter is in the document.
    void lifted(const QString &lifter);

private:
    struct Job
    {
        QString kind;
        QString undoText;
        std::string documentUuid;
        QString resultPath;
        std::shared_ptr<QTemporaryDir> folder; ///< of the job's files; goes with the job
        QString lifter;                        ///< that was asked for by name
    };

    void prepare(Job job, nlohmann::json arguments, const QString &title);
    void start(Job job, nlohmann::json arguments, const QString &title);
    void jobFinished(qint64 id, const nlohmann::json &result);
    void jobFailed(qint64 id, const Error &error);
    void jobCancelled(qint64 id);
    /// Takes the layers of @p result.
    void acceptResult(const Job &job, Project &result);
    QString mediaName() const;

    PoseDocument *m_document;
    ModelChoice *m_models;
    JobPanel *m_panel;
    WorkerClient *m_worker;
    std::map<qint64, Job> m_jobs;
    qint64 m_modelsJob = 0;
    bool m_preparing = false; ///< a job's files are being written
};

} // namespace poselift
