#include "core/document/workerclient.h"

#include <sys/resource.h>

#include <utility>
#include <variant>

namespace poselift {

namespace {

constexpr int kCancelPatienceMs = 2000;
constexpr int kTerminatePatienceMs = 2000;
constexpr int kHelloPatienceMs = 60000;
constexpr int kProgressIntervalMs = 100;
/// Lines handled before other events get their turn: a flooding worker must not freeze the window.
constexpr int kLinesPerTurn = 200;
/// A "line" longer than this is no line of ours.
constexpr qint64 kMaxLineBytes = qint64{64} << 20;

Error workerDied(const QString &detail)
{
    return Error(ErrorCode::WorkerDied, {{"detail", detail.toStdString()}});
}

} // namespace

WorkerClient::WorkerClient(QString program, QStringList arguments, QObject *parent)
    : QObject(parent), m_program(std::move(program)), m_arguments(std::move(arguments))
{
    qRegisterMetaType<nlohmann::json>();
    m_cancelTimer.setSingleShot(true);
    m_cancelTimer.setInterval(kCancelPatienceMs);
    m_killTimer.setSingleShot(true);
    m_killTimer.setInterval(kTerminatePatienceMs);
    m_helloTimer.setSingleShot(true);
    m_helloTimer.setInterval(kHelloPatienceMs);
    m_progressTimer.setInterval(kProgressIntervalMs);
    connect(&m_cancelTimer, &QTimer::timeout, this, &WorkerClient::enforceCancel);
    connect(&m_killTimer, &QTimer::timeout, this, [this] {
        if (m_process != nullptr)
            m_process->kill();
    });
    connect(&m_helloTimer, &QTimer::timeout, this,
            [this] { breakOff(workerDied(tr("it did not introduce itself in time"))); });
    connect(&m_progressTimer, &QTimer::timeout, this, &WorkerClient::announceWaitingProgress);
}

WorkerClient::~WorkerClient()
{
    if (m_process == nullptr)
        return;
    m_process->disconnect(this);
    m_process->kill();
    // SIGKILL is obeyed within milliseconds; the one place where the GUI thread waits.
    m_process->waitForFinished(500);
}

void WorkerClient::setPatience(int cancelMs, int terminateMs)
{
    m_cancelTimer.setInterval(cancelMs);
    m_killTimer.setInterval(terminateMs);
}

qint64 WorkerClient::start(const QString &kind, nlohmann::json arguments)
{
    const qint64 id = m_nextJob++;
    Job job;
    job.kind = kind.toStdString();
    job.arguments = std::move(arguments);
    m_jobs.emplace(id, std::move(job));
    // Queued, so that the caller knows the id before any signal about it.
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_process == nullptr && !m_jobs.empty())
                launch();
            else
                sendPending();
        },
        Qt::QueuedConnection);
    return id;
}

void WorkerClient::input(qint64 id, const nlohmann::json &data)
{
    const auto found = m_jobs.find(id);
    if (found != m_jobs.end() && found->second.sent && !found->second.cancelAsked)
        send(InputMessage{id, data});
}

void WorkerClient::cancel(qint64 id)
{
    const auto found = m_jobs.find(id);
    if (found == m_jobs.end() || found->second.cancelAsked)
        return;
    if (!found->second.sent) {
        m_jobs.erase(found);
        Q_EMIT cancelled(id);
        return;
    }
    found->second.cancelAsked = true;
    send(CancelMessage{id});
    if (!m_cancelTimer.isActive())
        m_cancelTimer.start();
}

void WorkerClient::restart()
{
    if (m_process == nullptr)
        launch();
}

void WorkerClient::stop()
{
    for (auto &[id, job] : m_jobs)
        job.cancelAsked = true;
    if (m_process == nullptr) {
        endAllJobs(Error(ErrorCode::Cancelled));
        return;
    }
    m_endExpected = true;
    if (m_state == State::Ready)
        send(QuitMessage{});
    m_process->closeWriteChannel();
    m_cancelTimer.start();
}

void WorkerClient::launch()
{
    m_endExpected = false;
    m_lastLogLine.clear();
    m_process = new QProcess(this);
    if (m_niceness != 0)
        m_process->setChildProcessModifier([niceness = m_niceness] { ::setpriority(PRIO_PROCESS, 0, niceness); });
    connect(m_process, &QProcess::readyReadStandardOutput, this, &WorkerClient::readReplies);
    connect(m_process, &QProcess::readyReadStandardError, this, &WorkerClient::readLog);
    connect(m_process, &QProcess::finished, this, &WorkerClient::processFinished);
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            processFailedToStart();
    });
    setState(State::Starting);
    m_helloTimer.start();
    m_process->start(m_program, m_arguments);
}

/// Forgets the process; it is killed when it still runs and deletes itself when it has ended.
void WorkerClient::dropProcess()
{
    m_cancelTimer.stop();
    m_killTimer.stop();
    m_helloTimer.stop();
    QProcess *process = std::exchange(m_process, nullptr);
    if (process == nullptr)
        return;
    process->disconnect(this);
    if (process->state() == QProcess::NotRunning) {
        process->deleteLater();
        return;
    }
    connect(process, &QProcess::finished, process, &QObject::deleteLater);
    process->kill();
}

void WorkerClient::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

void WorkerClient::sendPending()
{
    if (m_state != State::Ready || m_endExpected)
        return;
    for (auto &[id, job] : m_jobs) {
        if (job.sent)
            continue;
        job.sent = true;
        send(StartMessage{id, job.kind, std::exchange(job.arguments, {})});
    }
}

void WorkerClient::send(const RequestMessage &message)
{
    if (m_process == nullptr)
        return;
    m_process->write(QByteArray::fromStdString(toLine(message)) + '\n');
}

void WorkerClient::readReplies()
{
    for (int i = 0; i < kLinesPerTurn; ++i) {
        // A reply may have ended the process.
        if (m_process == nullptr)
            return;
        if (!m_process->canReadLine()) {
            if (m_process->bytesAvailable() > kMaxLineBytes)
                breakOff(Error(ErrorCode::ProtocolMessage,
                               {{"expected", "a line"}, {"found", "a flood without line ends"}}));
            return;
        }
        handleLine(m_process->readLine().trimmed());
    }
    QMetaObject::invokeMethod(this, &WorkerClient::readReplies, Qt::QueuedConnection);
}

void WorkerClient::readLog()
{
    if (m_process == nullptr)
        return;
    const QStringList lines
        = QString::fromUtf8(m_process->readAllStandardError()).split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        m_lastLogLine = line.trimmed();
        Q_EMIT logged(m_lastLogLine);
    }
}

void WorkerClient::handleLine(const QByteArray &line)
{
    if (line.isEmpty())
        return;
    const Result<ReplyMessage> reply = parseReply(line.toStdString());
    if (!reply) {
        // A library that prints to stdout is a nuisance, a damaged message is a broken protocol.
        if (m_state == State::Ready && !line.startsWith('{'))
            Q_EMIT logged(QString::fromUtf8(line));
        else
            breakOff(reply.error());
        return;
    }
    if (m_state != State::Ready && !std::holds_alternative<HelloMessage>(*reply)) {
        breakOff(Error(ErrorCode::ProtocolMessage,
                       {{"expected", "hello"}, {"found", line.left(80).toStdString()}}));
        return;
    }
    std::visit([this](const auto &message) { handle(message); }, *reply);
}

void WorkerClient::handle(const HelloMessage &message)
{
    if (message.protocol != kProtocolVersion) {
        breakOff(Error(ErrorCode::ProtocolVersion, {{"found", std::to_string(message.protocol)},
                                                    {"expected", std::to_string(kProtocolVersion)}}));
        return;
    }
    m_helloTimer.stop();
    m_workerVersion = QString::fromStdString(message.version);
    setState(State::Ready);
    sendPending();
}

void WorkerClient::handle(const StartedMessage &message)
{
    const auto found = m_jobs.find(message.job);
    if (found == m_jobs.end() || std::exchange(found->second.startedSeen, true))
        return;
    Q_EMIT started(message.job);
}

void WorkerClient::handle(const ProgressMessage &message)
{
    const auto found = m_jobs.find(message.job);
    if (found == m_jobs.end())
        return;
    Job &job = found->second;
    job.progress = message.progress;
    if (!job.sinceProgress.isValid() || job.sinceProgress.hasExpired(kProgressIntervalMs)) {
        announceProgress(message.job, job);
        return;
    }
    job.progressWaiting = true;
    if (!m_progressTimer.isActive())
        m_progressTimer.start();
}

void WorkerClient::handle(const OutputMessage &message)
{
    const auto found = m_jobs.find(message.job);
    if (found != m_jobs.end() && !found->second.cancelAsked)
        Q_EMIT output(message.job, message.data);
}

void WorkerClient::announceProgress(qint64 id, Job &job)
{
    job.progressWaiting = false;
    job.sinceProgress.start();
    const JobProgress progress = job.progress; // the job may be gone when a listener returns
    Q_EMIT progressed(id, progress);
}

void WorkerClient::announceWaitingProgress()
{
    std::vector<qint64> due;
    bool waiting = false;
    for (const auto &[id, job] : m_jobs) {
        waiting = waiting || job.progressWaiting;
        if (job.progressWaiting && job.sinceProgress.hasExpired(kProgressIntervalMs))
            due.push_back(id);
    }
    if (!waiting)
        m_progressTimer.stop();
    for (const qint64 id : due) {
        if (const auto found = m_jobs.find(id); found != m_jobs.end())
            announceProgress(id, found->second);
    }
}

/// Removes the job; false when it has ended already. From here on nothing else can end it.
bool WorkerClient::take(qint64 id, bool *cancelAsked)
{
    const auto found = m_jobs.find(id);
    if (found == m_jobs.end())
        return false;
    *cancelAsked = found->second.cancelAsked;
    m_jobs.erase(found);
    for (const auto &[other, job] : m_jobs) {
        if (job.cancelAsked)
            return true;
    }
    if (!m_endExpected)
        m_cancelTimer.stop();
    return true;
}

void WorkerClient::handle(const FinishedMessage &message)
{
    bool cancelAsked = false;
    if (!take(message.job, &cancelAsked))
        return;
    if (cancelAsked)
        Q_EMIT cancelled(message.job);
    else
        Q_EMIT finished(message.job, message.result);
}

void WorkerClient::handle(const FailedMessage &message)
{
    bool cancelAsked = false;
    if (message.job == 0)
        Q_EMIT logged(QString::fromStdString(message.error.sentence()));
    if (!take(message.job, &cancelAsked))
        return;
    if (cancelAsked || message.error.isCancelled())
        Q_EMIT cancelled(message.job);
    else
        Q_EMIT failed(message.job, message.error);
}

void WorkerClient::handle(const CancelledMessage &message)
{
    bool cancelAsked = false;
    if (take(message.job, &cancelAsked))
        Q_EMIT cancelled(message.job);
}

/// Ends a worker that cannot be talked to.
void WorkerClient::breakOff(const Error &error)
{
    dropProcess();
    setState(State::Dead);
    endAllJobs(error);
    Q_EMIT died(error);
}

/// Jobs that were asked to cancel end cancelled, all others fail with @p error.
void WorkerClient::endAllJobs(const Error &error)
{
    const std::map<qint64, Job> jobs = std::exchange(m_jobs, {});
    for (const auto &[id, job] : jobs) {
        if (job.cancelAsked || error.isCancelled())
            Q_EMIT cancelled(id);
        else
            Q_EMIT failed(id, error);
    }
}

void WorkerClient::processFinished(int exitCode, QProcess::ExitStatus status)
{
    // What it said before it ended still counts.
    while (m_process != nullptr && m_process->canReadLine())
        handleLine(m_process->readLine().trimmed());
    if (m_process == nullptr)
        return;
    readLog();
    QString detail = status == QProcess::CrashExit ? tr("it was ended by a signal")
                                                   : tr("exit code %1").arg(exitCode);
    if (!m_lastLogLine.isEmpty())
        detail += QStringLiteral(": ") + m_lastLogLine;
    const bool expected = m_endExpected;
    dropProcess();
    setState(expected ? State::Stopped : State::Dead);
    const Error error = workerDied(detail);
    endAllJobs(error);
    if (!expected)
        Q_EMIT died(error);
}

void WorkerClient::processFailedToStart()
{
    const QString detail = tr("%1 cannot be started: %2").arg(m_program, m_process->errorString());
    breakOff(workerDied(detail));
}

/// The worker had its time to obey a cancel (or a quit).
void WorkerClient::enforceCancel()
{
    if (m_process == nullptr)
        return;
    m_endExpected = true;
    m_process->terminate();
    m_killTimer.start();
}

} // namespace poselift
