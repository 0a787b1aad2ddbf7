#include "gui/trainingruns.h"

#include "core/document/posedocument.h"
#include "core/io/atomicfile.h"
#include "core/io/projectfile.h"
#include "core/io/projectsnapshot.h"

#include <QtConcurrent/QtConcurrentRun>

#include <algorithm>
#include <fstream>
#include <utility>

namespace poselift {

namespace fs = std::filesystem;

namespace {

/// The lowest: the window and interactive lifting come first.
constexpr int kNiceness = 19;
/// A step of a large batch takes its time, and only after it there is a checkpoint.
constexpr int kCancelPatienceMs = 10000;
constexpr int kTerminatePatienceMs = 3000;

Result<void> writeText(const fs::path &path, const std::string &text)
{
    return replaceFile(path, [&text, &path](const fs::path &temporary) -> Result<void> {
        std::ofstream file(temporary, std::ios::binary);
        file << text << std::flush;
        return file ? Result<void>()
                    : Error(ErrorCode::CannotWrite, {{"path", path.string()}, {"detail", "the disk refused it"}});
    });
}

std::vector<RunRow> readRows(const std::vector<fs::path> &folders)
{
    std::vector<RunRow> rows;
    for (const fs::path &folder : folders) {
        for (TrainingRun &run : trainingRunsIn(folder)) {
            RunRow row{std::move(run), false, std::nullopt};
            if (Result<TrainingReport> report = readTrainingReport(row.run.reportPath()); report)
                row.report = *std::move(report);
            rows.push_back(std::move(row));
        }
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const RunRow &a, const RunRow &b) { return a.run.id.substr(0, 15) > b.run.id.substr(0, 15); });
    return rows;
}

} // namespace

/// What became of preparing a run.
struct TrainingRuns::Prepared
{
    fs::path folder;
    std::shared_ptr<Error> error;
};

TrainingRuns::TrainingRuns(PoseDocument *document, const QString &workerProgram, QObject *parent)
    : QObject(parent), m_document(document), m_worker(workerProgram)
{
    m_worker.setNiceness(kNiceness);
    m_worker.setPatience(kCancelPatienceMs, kTerminatePatienceMs);
    connect(&m_worker, &WorkerClient::progressed, this, [this](qint64 id, const JobProgress &progress) {
        if (id == m_job)
            Q_EMIT progressed(progress);
    });
    connect(&m_worker, &WorkerClient::finished, this, &TrainingRuns::jobFinished);
    connect(&m_worker, &WorkerClient::failed, this, &TrainingRuns::jobFailed);
    connect(&m_worker, &WorkerClient::cancelled, this, &TrainingRuns::jobCancelled);
    connect(document, &PoseDocument::wasReset, this, [this] {
        m_justOpened = true;
        reload();
    });
    connect(document, &PoseDocument::pathChanged, this, &TrainingRuns::reload);
}

TrainingRuns::~TrainingRuns() = default;

std::vector<fs::path> TrainingRuns::folders() const
{
    std::vector<fs::path> folders;
    if (!m_document->path().isEmpty())
        folders.push_back(runsFolderBeside(m_document->path().toStdString()));
    if (!m_document->project().uuid.empty())
        folders.push_back(runsFolderInState(m_document->project().uuid));
    return folders;
}

const RunRow *TrainingRuns::row(const std::string &id) const
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [&id](const RunRow &row) { return row.run.id == id; });
    return found != m_rows.end() ? &*found : nullptr;
}

void TrainingRuns::reload()
{
    const int generation = ++m_generation;
    QtConcurrent::run(&readRows, folders()).then(this, [this, generation](std::vector<RunRow> rows) {
        if (generation == m_generation)
            take(std::move(rows));
    });
}

void TrainingRuns::take(std::vector<RunRow> rows)
{
    m_rows = std::move(rows);
    const auto active =
        std::find_if(m_rows.begin(), m_rows.end(), [this](const RunRow &row) { return row.run.folder == m_active; });
    if (active != m_rows.end()) {
        active->isActive = true;
        active->run.state = TrainingRunState::Running; // also when the worker has not said so yet
    } else if (!m_active.empty()) {
        m_rows.insert(m_rows.begin(), {readTrainingRun(m_active), true, std::nullopt});
    }
    Q_EMIT rowsChanged();
    const auto isLeft = [](const RunRow &row) { return !row.isActive && row.run.state == TrainingRunState::Running; };
    // An older one was left for good when another was trained after it.
    if (std::exchange(m_justOpened, false) && !isBusy() && !m_rows.empty() && isLeft(m_rows.front()))
        Q_EMIT interruptedFound(QString::fromStdString(m_rows.front().run.id));
}

void TrainingRuns::start(const FinetuneSettings &settings)
{
    if (isBusy())
        return;
    m_preparing = true;
    Q_EMIT busyChanged();
    const nlohmann::json arguments = toJson(settings);
    const auto prepare = [snapshot = m_document->snapshot(), folders = folders(), arguments]() -> Prepared {
        fs::path folder;
        for (std::size_t i = 0; i < folders.size() && folder.empty(); ++i)
            folder = makeRunFolder(folders[i]);
        if (folder.empty())
            return {{},
                    std::make_shared<Error>(
                        ErrorCode::CannotWrite,
                        std::vector<Error::Argument>{{"path", folders.empty() ? "" : folders.back().string()},
                                                     {"detail", "no folder for the run can be made"}})};
        Result<void> written = writeProject(*snapshot, (folder / "project.poselift").string());
        if (written)
            written = writeText(folder / "settings.json", arguments.dump(1));
        return {folder, written ? nullptr : std::make_shared<Error>(written.error())};
    };
    QtConcurrent::run(prepare).then(this, [this, arguments](const Prepared &prepared) {
        m_preparing = false;
        if (prepared.error) {
            Q_EMIT busyChanged();
            Q_EMIT failed(*prepared.error);
            return;
        }
        begin(prepared.folder, arguments, false);
    });
}

void TrainingRuns::resume(const TrainingRun &run)
{
    if (!isBusy() && run.state != TrainingRunState::Finished)
        begin(run.folder, run.settings, run.hasCheckpoint);
}

void TrainingRuns::begin(const fs::path &folder, nlohmann::json arguments, bool resume)
{
    m_active = folder;
    arguments["project"] = readTrainingRun(folder).projectPath().string();
    arguments["run"] = folder.string();
    arguments["resume"] = resume;
    arguments["trial"] = false;
    m_job = m_worker.start(QStringLiteral("finetune"), std::move(arguments));
    Q_EMIT busyChanged();
    reload();
}

void TrainingRuns::cancel()
{
    if (m_job != 0)
        m_worker.cancel(m_job);
}

void TrainingRuns::measure(const FinetuneSettings &settings)
{
    m_trialWanted = settings;
    if (m_trialFolder) {
        if (m_trialReady)
            startTrial();
        return;
    }
    m_trialFolder = std::make_shared<QTemporaryDir>();
    const auto write = [snapshot = m_document->snapshot(), folder = m_trialFolder] {
        const Result<void> written =
            writeProject(*snapshot, folder->filePath(QStringLiteral("trial.poselift")).toStdString());
        return written ? std::shared_ptr<Error>() : std::make_shared<Error>(written.error());
    };
    QtConcurrent::run(write).then(this, [this, folder = m_trialFolder](const std::shared_ptr<Error> &error) {
        if (folder != m_trialFolder)
            return;
        if (error) {
            Q_EMIT measuringFailed(*error);
            return;
        }
        m_trialReady = true;
        startTrial();
    });
}

void TrainingRuns::startTrial()
{
    if (!m_trialWanted)
        return;
    if (m_trialJob != 0)
        m_worker.cancel(m_trialJob);
    nlohmann::json arguments = toJson(*std::exchange(m_trialWanted, std::nullopt));
    arguments["project"] = m_trialFolder->filePath(QStringLiteral("trial.poselift")).toStdString();
    arguments["run"] = m_trialFolder->filePath(QStringLiteral("run")).toStdString();
    arguments["trial"] = true;
    m_trialJob = m_worker.start(QStringLiteral("finetune"), std::move(arguments));
}

void TrainingRuns::endMeasuring()
{
    if (m_trialJob != 0)
        m_worker.cancel(std::exchange(m_trialJob, 0));
    m_trialFolder.reset();
    m_trialReady = false;
    m_trialWanted.reset();
}

/// @return the id of the run that has ended
QString TrainingRuns::endJob()
{
    m_job = 0;
    const QString id = QString::fromStdString(std::exchange(m_active, {}).filename().string());
    Q_EMIT busyChanged();
    reload();
    return id;
}

void TrainingRuns::jobFinished(qint64 id, const nlohmann::json &result)
{
    if (id == m_trialJob) {
        m_trialJob = 0;
        Q_EMIT measured(result);
    } else if (id == m_job) {
        Q_EMIT finished(endJob());
    }
}

void TrainingRuns::jobFailed(qint64 id, const Error &error)
{
    if (id == m_trialJob) {
        m_trialJob = 0;
        Q_EMIT measuringFailed(error);
    } else if (id == m_job) {
        endJob();
        Q_EMIT failed(error);
    }
}

void TrainingRuns::jobCancelled(qint64 id)
{
    if (id == m_trialJob)
        m_trialJob = 0;
    else if (id == m_job)
        Q_EMIT cancelled(endJob());
}

} // namespace poselift
