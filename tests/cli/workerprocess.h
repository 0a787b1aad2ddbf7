#pragma once

#include "core/jobs/protocol.h"

#include <QElapsedTimer>
#include <QProcess>

#include <utility>
#include <vector>

/// A worker process driven over its pipes, with everything that it said and when. For tests only: it
/// blocks.
class WorkerProcess
{
public:
    /// Starts the program that the environment variable @p variable names.
    WorkerProcess(const char *variable, const QStringList &arguments,
                  const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment());
    ~WorkerProcess();

    void send(const poselift::RequestMessage &message);
    void sendLine(const QByteArray &line);
    void closeInput() { m_process.closeWriteChannel(); }
    /// Reads until finished, failed or cancelled of @p job arrives. @return that message
    poselift::ReplyMessage waitForEnd(poselift::JobId job, int timeoutMs = 30000);
    /// Reads until @p job has said @p messages messages.
    bool waitForMessages(poselift::JobId job, int messages, int timeoutMs = 30000);
    /// Reads whatever comes in @p ms.
    void readFor(int ms);
    bool waitForExit(int timeoutMs = 30000);

    struct Received
    {
        qint64 ms; ///< since the start of the process
        poselift::ReplyMessage message;
    };
    const std::vector<Received> &received() const { return m_received; }
    std::vector<Received> ofJob(poselift::JobId job) const;
    /// Number of finished, failed and cancelled messages of @p job.
    int endCount(poselift::JobId job) const;
    const QList<QByteArray> &invalidLines() const { return m_invalid; }
    QProcess &process() { return m_process; }

private:
    void readAvailable();

    QProcess m_process;
    QElapsedTimer m_clock;
    QByteArray m_rest;
    std::vector<Received> m_received;
    QList<QByteArray> m_invalid;
};

/// Job of any message, 0 for hello.
poselift::JobId jobOf(const poselift::ReplyMessage &message);
bool isEnd(const poselift::ReplyMessage &message);
