#pragma once

#include "core/document/workerclient.h"
#include "gui/finetunesettings.h"
#include "widgets/tables/runtablemodel.h"

#include <QObject>
#include <QTemporaryDir>

#include <memory>
#include <optional>
#include <vector>

namespace poselift {

class PoseDocument;

/// The fine-tuning runs of the open project, in NAME.poselift.runs beside it or, where that cannot be
/// written and for a project that was never saved, in the local state folder. One run at a time, in a
/// worker of its own with the lowest priority. A run learns from a copy of the project as it was when
/// the run was started; the project's own file is not touched.
class TrainingRuns : public QObject
{
    Q_OBJECT
public:
    TrainingRuns(PoseDocument *document, const QString &workerProgram, QObject *parent);
    ~TrainingRuns() override;

    /// A run is being prepared or trained.
    bool isBusy() const { return m_preparing || m_job != 0; }
    /// The run that is trained now; an empty path when none is.
    const std::filesystem::path &activeFolder() const { return m_active; }
    /// The newest first. The active run is the first of them also while another project is open.
    const std::vector<RunRow> &rows() const { return m_rows; }
    const RunRow *row(const std::string &id) const; ///< null when there is none
    WorkerClient *worker() { return &m_worker; }

    void start(const FinetuneSettings &settings);
    /// Goes on from the run's checkpoint, or begins again where it has none.
    void resume(const TrainingRun &run);
    void cancel();
    /// Asks the worker for the time that a run would take: measured() or measuringFailed().
    void measure(const FinetuneSettings &settings);
    /// Nobody wants to know any more.
    void endMeasuring();

Q_SIGNALS:
    void rowsChanged();
    void busyChanged();
    /// The active run said something; there may be new lines in its log.
    void progressed(const poselift::JobProgress &progress);
    void finished(const QString &id);
    void cancelled(const QString &id);
    void failed(const poselift::Error &error);
    /// The project was opened and has a run that was not brought to its end.
    void interruptedFound(const QString &id);
    void measured(const nlohmann::json &trial);
    void measuringFailed(const poselift::Error &error);

private:
    struct Prepared;

    void reload();
    void take(std::vector<RunRow> rows);
    void begin(const std::filesystem::path &folder, nlohmann::json arguments, bool resume);
    void startTrial();
    void jobFinished(qint64 id, const nlohmann::json &result);
    void jobFailed(qint64 id, const Error &error);
    void jobCancelled(qint64 id);
    QString endJob();
    std::vector<std::filesystem::path> folders() const;

    PoseDocument *m_document;
    WorkerClient m_worker;
    std::vector<RunRow> m_rows;
    std::filesystem::path m_active;
    qint64 m_job = 0;
    bool m_preparing = false;
    int m_generation = 0;      ///< of the newest reload()
    bool m_justOpened = false; ///< the rows of this project have not been seen yet
    qint64 m_trialJob = 0;
    std::shared_ptr<QTemporaryDir> m_trialFolder; ///< with a copy of the project; null: not measuring
    bool m_trialReady = false;                    ///< the copy is written
    std::optional<FinetuneSettings> m_trialWanted;
};

} // namespace poselift
