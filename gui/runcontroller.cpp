#include "gui/runcontroller.h"

#include "core/document/posedocument.h"
#include "core/io/projectfile.h"
#include "core/io/projectsnapshot.h"
#include "gui/errortext.h"
#include "gui/modelchoice.h"
#include "widgets/jobs/jobpanel.h"

#include <QFileInfo>
#include <QtConcurrent/QtConcurrentRun>

#include <optional>
#include <utility>

namespace poselift {

namespace {

struct ReadOutcome
{
    std::shared_ptr<Project> project;
    std::shared_ptr<Error> error;
};

ReadOutcome readResult(const QString &path)
{
    Result<Project> project = readProject(path.toStdString());
    if (!project)
        return {nullptr, std::make_shared<Error>(project.error())};
    return {std::make_shared<Project>(std::move(*project)), nullptr};
}

} // namespace

RunController::RunController(PoseDocument *document, ModelChoice *models, JobPanel *panel, WorkerClient *worker,
                             QObject *parent)
    : QObject(parent), m_document(document), m_models(models), m_panel(panel), m_worker(worker)
{
    connect(worker, &WorkerClient::progressed, panel, &JobPanel::setProgress);
    connect(worker, &WorkerClient::finished, this, &RunController::jobFinished);
    connect(worker, &WorkerClient::failed, this, &RunController::jobFailed);
    connect(worker, &WorkerClient::cancelled, this, &RunController::jobCancelled);
    connect(panel, &JobPanel::cancelRequested, this, [this](qint64 id) {
        m_panel->setCancelling(id);
        m_worker->cancel(id);
    });
    connect(document, &PoseDocument::wasReset, this, &RunController::stateChanged);
    connect(document, &PoseDocument::changed, this, &RunController::stateChanged);
    connect(models, &ModelChoice::modelsChanged, this, &RunController::stateChanged);
}

RunController::~RunController() = default;

bool RunController::canDetect() const
{
    return m_document->hasMedia() && m_document->project().media.frameCount > 0 && m_models->hasDetector() && !isBusy();
}

bool RunController::canRun() const
{
    return canDetect(); // without a lifter the worker does the 2D and says so
}

bool RunController::canLift() const
{
    const Project &project = m_document->project();
    return !project.trackIds().empty() && project.media.frameCount > 0 && m_models->hasLifter() && !isBusy();
}

void RunController::askForModels()
{
    if (m_modelsJob == 0)
        m_modelsJob = m_worker->start(QStringLiteral("models"), nlohmann::json::object());
}

QString RunController::mediaName() const
{
    return QFileInfo(QString::fromStdString(m_document->project().media.path)).fileName();
}

/// Gives the job a copy of the project in a folder of its own: people keep their ids, the camera and
/// the corrections are used, and the document's file is left alone.
void RunController::prepare(Job job, nlohmann::json arguments, const QString &title)
{
    job.folder = std::make_shared<QTemporaryDir>();
    if (!job.folder->isValid()) {
        Q_EMIT failed(Error(ErrorCode::CannotWrite, {{"path", job.folder->path().toStdString()},
                                                     {"detail", job.folder->errorString().toStdString()}}));
        return;
    }
    job.resultPath = job.folder->filePath(QStringLiteral("job.poselift"));
    job.documentUuid = m_document->project().uuid;
    arguments["project"] = job.resultPath.toStdString();
    m_preparing = true;
    Q_EMIT stateChanged();
    const auto write = [snapshot = m_document->snapshot(), path = job.resultPath] {
        const Result<void> written = writeProject(*snapshot, path.toStdString());
        return written ? std::shared_ptr<Error>() : std::make_shared<Error>(written.error());
    };
    QtConcurrent::run(write).then(this, [this, job, arguments, title](const std::shared_ptr<Error> &error) {
        m_preparing = false;
        if (error)
            Q_EMIT failed(*error);
        else if (job.documentUuid == m_document->project().uuid)
            start(job, arguments, title);
        Q_EMIT stateChanged();
    });
}

void RunController::start(Job job, nlohmann::json arguments, const QString &title)
{
    const qint64 id = m_worker->start(job.kind, std::move(arguments));
    m_jobs.emplace(id, std::move(job));
    m_panel->addJob(id, title);
}

void RunController::run()
{
    if (!canRun())
        return;
    prepare({QStringLiteral("run"), tr("Detect and Lift People"), {}, {}, nullptr, {}},
            {{"video", m_document->project().media.path},
             {"detector", m_models->detector().toStdString()},
             {"lifter", m_models->lifter().toStdString()}},
            tr("Detect and lift people in %1").arg(mediaName()));
}

void RunController::detect()
{
    if (!canDetect())
        return;
    prepare({QStringLiteral("detect"), tr("Detect People"), {}, {}, nullptr, {}},
            {{"video", m_document->project().media.path}, {"detector", m_models->detector().toStdString()}},
            tr("Detect people in %1").arg(mediaName()));
}

void RunController::lift()
{
    if (!canLift())
        return;
    liftWith(m_models->lifter());
}

void RunController::liftWith(const QString &lifter)
{
    prepare({QStringLiteral("lift"), tr("Lift to 3D"), {}, {}, nullptr, lifter}, {{"lifter", lifter.toStdString()}},
            tr("Lift people in %1 to 3D").arg(mediaName()));
}

void RunController::cancelAll()
{
    std::vector<qint64> ids;
    for (const auto &[id, job] : m_jobs)
        ids.push_back(id);
    for (const qint64 id : ids) {
        m_panel->setCancelling(id);
        m_worker->cancel(id);
    }
}

void RunController::jobFinished(qint64 id, const nlohmann::json &result)
{
    if (id == m_modelsJob) {
        m_modelsJob = 0;
        m_models->setModels(result);
        return;
    }
    const auto found = m_jobs.find(id);
    if (found == m_jobs.end())
        return;
    const Job job = found->second;
    m_panel->setProgress(id, {"load", 0, 0, ""});
    QtConcurrent::run(&readResult, job.resultPath).then(this, [this, id, job](const ReadOutcome &outcome) {
        if (outcome.error)
            return jobFailed(id, *outcome.error);
        m_jobs.erase(id);
        m_panel->endJob(id, tr("Done"));
        acceptResult(job, *outcome.project);
        Q_EMIT stateChanged();
    });
}

void RunController::acceptResult(const Job &job, Project &result)
{
    if (job.documentUuid != m_document->project().uuid)
        return; // another video is open by now
    // Only what the job made: what was edited or accepted while it ran must not be set back.
    const Project &now = m_document->project();
    std::vector<KeypointLayer> keypoints;
    for (KeypointLayer &layer : result.keypointLayers) {
        if (layer.name == "detected" && job.kind != QStringLiteral("lift"))
            keypoints.push_back(std::move(layer));
    }
    std::vector<JointLayer> joints;
    for (JointLayer &layer : result.jointLayers) {
        const JointLayer *old = now.jointLayer(layer.name);
        if (layer.name.starts_with("lifted/") && (old == nullptr || !(*old == layer)))
            joints.push_back(std::move(layer));
    }
    m_document->acceptLayers(job.undoText, std::move(keypoints), std::move(joints), result.skeleton);
    const int people = static_cast<int>(m_document->project().trackIds().size());
    Q_EMIT accepted(people > 0 ? tr("%n person(s) found", nullptr, people) : tr("Nobody was found in this video"));
    if (!job.lifter.isEmpty())
        Q_EMIT lifted(job.lifter);
}

void RunController::jobFailed(qint64 id, const Error &error)
{
    if (id == m_modelsJob) {
        m_modelsJob = 0;
        m_models->setUnavailable();
        if (error.code() != ErrorCode::WorkerDied)
            Q_EMIT failed(error);
        return;
    }
    if (m_jobs.erase(id) == 0)
        return;
    m_panel->endJob(id, errorText(error));
    if (error.code() != ErrorCode::WorkerDied) // told once, with the restart button
        Q_EMIT failed(error);
    Q_EMIT stateChanged();
}

void RunController::jobCancelled(qint64 id)
{
    if (id == m_modelsJob)
        m_modelsJob = 0;
    if (m_jobs.erase(id) == 0)
        return;
    m_panel->endJob(id, tr("Cancelled"));
    Q_EMIT stateChanged();
}

} // namespace poselift
