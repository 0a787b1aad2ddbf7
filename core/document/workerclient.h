#pragma once

#include "core/base/error.h"
#include "core/base/job.h"
#include "core/jobs/protocol.h"

#include <QElapsedTimer>
#include <QObject>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <map>

namespace poselift {

/// The application's end of one background worker (`poselift-cli serve`): starts the process on
/// the first job, sends requests, and reports what becomes of each job. Lives in the GUI thread and
/// never waits.
///
/// A job that was given to start() reports finished, failed or cancelled exactly once, whatever the
/// worker does: answers twice, dies, floods, speaks another protocol version or no protocol at all.
/// Replies about a job that has ended (or never was) are dropped, and a job that was asked to cancel
/// ends in cancelled() even when its result was already on its way. progressed() comes at most ten
/// times a second for each job.
class WorkerClient : public QObject
{
    Q_OBJECT
public:
    enum class State {
        Stopped,  ///< not started yet, or stopped on purpose
        Starting, ///< process started, hello not yet read
        Ready,
        Dead,     ///< ended by itself or was killed to enforce a cancel; restart() brings it back
    };
    Q_ENUM(State)

    explicit WorkerClient(QString program, QStringList arguments = {QStringLiteral("serve")},
                          QObject *parent = nullptr);
    ~WorkerClient() override;

    State state() const { return m_state; }
    /// Program version that the worker said in its hello.
    QString workerVersion() const { return m_workerVersion; }
    int runningJobCount() const { return static_cast<int>(m_jobs.size()); }
    bool isRunning(qint64 job) const { return m_jobs.contains(job); }
    /// How long a cancelled job may take to obey before the process is terminated, and how long the
    /// process may take to end before it is killed; 2 s each.
    void setPatience(int cancelMs, int terminateMs);
    /// Scheduling priority that processes started from now on get: 0 as this process, 19 the lowest.
    void setNiceness(int niceness) { m_niceness = niceness; }

    /// Queues a job; starts the worker when it does not run. Never fails at once: what goes wrong is
    /// reported by failed(). @return the job's id, unique in this object.
    qint64 start(const QString &kind, nlohmann::json arguments);
    /// Says something to a running interactive job; dropped when the worker has not got the job yet or
    /// it has ended.
    void input(qint64 job, const nlohmann::json &data);
    /// Asks the worker to stop @p job; terminates, then kills the process when it does not. The job
    /// ends in cancelled(); other jobs of a killed process fail with WorkerDied.
    void cancel(qint64 job);
    /// Starts a dead or stopped worker again. Jobs are not repeated.
    void restart();
    /// Asks the worker to quit, then ends it the hard way. Running jobs are reported cancelled.
    void stop();

Q_SIGNALS:
    void stateChanged(poselift::WorkerClient::State state);
    void started(qint64 job);
    void progressed(qint64 job, const poselift::JobProgress &progress);
    /// What an interactive job says.
    void output(qint64 job, const nlohmann::json &data);
    void finished(qint64 job, const nlohmann::json &result);
    void failed(qint64 job, const poselift::Error &error);
    void cancelled(qint64 job);
    /// The process ended although nobody asked it to. Comes after failed() of its running jobs.
    void died(const poselift::Error &error);
    /// One line that the worker wrote to its log (stderr).
    void logged(const QString &line);

private:
    struct Job
    {
        std::string kind;
        nlohmann::json arguments;
        bool sent = false;
        bool startedSeen = false;
        bool cancelAsked = false;
        bool progressWaiting = false;
        JobProgress progress;        ///< the newest; announced at most ten times a second
        QElapsedTimer sinceProgress; ///< since the last announcement
    };

    void launch();
    void dropProcess();
    void setState(State state);
    void sendPending();
    void send(const RequestMessage &message);
    void readReplies();
    void readLog();
    void handleLine(const QByteArray &line);
    void handle(const HelloMessage &message);
    void handle(const StartedMessage &message);
    void handle(const ProgressMessage &message);
    void handle(const OutputMessage &message);
    void handle(const FinishedMessage &message);
    void handle(const FailedMessage &message);
    void handle(const CancelledMessage &message);
    void announceProgress(qint64 id, Job &job);
    void announceWaitingProgress();
    bool take(qint64 job, bool *cancelAsked);
    void breakOff(const Error &error);
    void endAllJobs(const Error &error);
    void processFinished(int exitCode, QProcess::ExitStatus status);
    void processFailedToStart();
    void enforceCancel();

    QString m_program;
    QStringList m_arguments;
    QProcess *m_process = nullptr; ///< child of this; null when none runs
    QTimer m_cancelTimer; ///< runs while a cancelled job has not obeyed yet
    QTimer m_killTimer;   ///< runs between terminate() and kill()
    QTimer m_helloTimer;  ///< runs until the worker has introduced itself
    QTimer m_progressTimer;
    std::map<qint64, Job> m_jobs;
    qint64 m_nextJob = 1;
    int m_niceness = 0;
    State m_state = State::Stopped;
    QString m_workerVersion;
    QString m_lastLogLine;
    bool m_endExpected = false; ///< the process was told to end (quit, or a cancel was enforced)
};

} // namespace poselift

