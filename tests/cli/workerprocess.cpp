#include "workerprocess.h"

using namespace poselift;

JobId jobOf(const ReplyMessage &message)
{
    return std::visit([](const auto &m) -> JobId {
        if constexpr (requires { m.job; })
            return m.job;
        else
            return 0;
    }, message);
}

bool isEnd(const ReplyMessage &message)
{
    return std::holds_alternative<FinishedMessage>(message) || std::holds_alternative<FailedMessage>(message)
           || std::holds_alternative<CancelledMessage>(message);
}

WorkerProcess::WorkerProcess(const char *variable, const QStringList &arguments, const QProcessEnvironment &environment)
{
    m_process.setProcessEnvironment(environment);
    m_clock.start();
    m_process.start(qEnvironmentVariable(variable), arguments);
    m_process.waitForStarted();
}

WorkerProcess::~WorkerProcess()
{
    m_process.kill();
    m_process.waitForFinished();
}

void WorkerProcess::send(const RequestMessage &message)
{
    sendLine(QByteArray::fromStdString(toLine(message)));
}

void WorkerProcess::sendLine(const QByteArray &line)
{
    m_process.write(line + '\n');
    m_process.waitForBytesWritten();
}

ReplyMessage WorkerProcess::waitForEnd(JobId job, int timeoutMs)
{
    for (const qint64 end = m_clock.elapsed() + timeoutMs; m_clock.elapsed() < end; readFor(20)) {
        for (const Received &received : m_received) {
            if (jobOf(received.message) == job && isEnd(received.message))
                return received.message;
        }
    }
    return HelloMessage{};
}

bool WorkerProcess::waitForMessages(JobId job, int messages, int timeoutMs)
{
    for (const qint64 end = m_clock.elapsed() + timeoutMs; m_clock.elapsed() < end; readFor(20)) {
        if (static_cast<int>(ofJob(job).size()) >= messages)
            return true;
    }
    return false;
}

void WorkerProcess::readFor(int ms)
{
    for (const qint64 end = m_clock.elapsed() + ms; m_clock.elapsed() < end;) {
        m_process.waitForReadyRead(static_cast<int>(std::max<qint64>(1, end - m_clock.elapsed())));
        readAvailable();
        if (m_process.state() == QProcess::NotRunning)
            return;
    }
}

bool WorkerProcess::waitForExit(int timeoutMs)
{
    const bool exited = m_process.state() == QProcess::NotRunning || m_process.waitForFinished(timeoutMs);
    readAvailable();
    return exited;
}

std::vector<WorkerProcess::Received> WorkerProcess::ofJob(JobId job) const
{
    std::vector<Received> found;
    for (const Received &received : m_received) {
        if (!std::holds_alternative<HelloMessage>(received.message) && jobOf(received.message) == job)
            found.push_back(received);
    }
    return found;
}

int WorkerProcess::endCount(JobId job) const
{
    int count = 0;
    for (const Received &received : ofJob(job))
        count += isEnd(received.message) ? 1 : 0;
    return count;
}

void WorkerProcess::readAvailable()
{
    m_rest += m_process.readAllStandardOutput();
    for (qsizetype end; (end = m_rest.indexOf('\n')) >= 0;) {
        const QByteArray line = m_rest.left(end);
        m_rest.remove(0, end + 1);
        Result<ReplyMessage> reply = parseReply(line.toStdString());
        if (reply)
            m_received.push_back({m_clock.elapsed(), *std::move(reply)});
        else
            m_invalid.append(line);
    }
}
