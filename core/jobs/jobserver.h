#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/jobs/jobdialogue.h"
#include "core/jobs/protocol.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>

namespace poselift {

/// One kind of job: takes the `arguments` of the start message, returns the `result` of the finished
/// message (a JSON object). Runs on a thread of its own; the arguments are checked by the handler
/// (BadArgument).
using JobHandler = std::function<Result<nlohmann::json>(const nlohmann::json &arguments, const JobContext &job)>;
using JobKinds = std::map<std::string, JobHandler>;
/// One kind of interactive job: the same, with `input` and `output` messages while it runs. It goes
/// on until it is cancelled (Cancelled) or something fails.
using InteractiveHandler = std::function<Result<nlohmann::json>(const nlohmann::json &arguments, const JobContext &job,
                                                                JobDialogue &dialogue)>;
using InteractiveKinds = std::map<std::string, InteractiveHandler>;

/// The line-atomic way out of a worker. Keeps the process's standard output for the protocol and
/// points file descriptor 1 at standard error, so that nothing a library prints can end up between
/// the messages. Thread-safe.
class ProtocolOutput
{
public:
    ProtocolOutput();
    ~ProtocolOutput();
    ProtocolOutput(const ProtocolOutput &) = delete;
    ProtocolOutput &operator=(const ProtocolOutput &) = delete;

    /// False when nobody reads any more.
    bool write(const ReplyMessage &message);

private:
    std::mutex m_mutex;
    int m_descriptor = -1;
};

/// The worker's side of the protocol (protocol.h): starts jobs on their own threads, passes on their
/// progress at most ten times a second each, and reports exactly one of finished, failed, cancelled
/// for every one.
class JobServer
{
public:
    JobServer(JobKinds kinds, ProtocolOutput &output, InteractiveKinds interactive = {});
    ~JobServer();

    /// Says hello and serves until `quit`, the end of @p inputDescriptor or @p stop. Then asks all
    /// jobs to stop and waits for them.
    /// @return false when a job did not stop within the grace time; its thread still runs, so that
    ///         the process can only be left by std::_Exit.
    bool serve(int inputDescriptor, std::stop_token stop);

private:
    struct Job;
    void handleLine(const std::string &line);
    void startJob(const StartMessage &message);
    JobHandler handlerFor(const std::string &kind, Job &job);
    void refuseKind(const StartMessage &message);
    void runJob(Job &job, const JobHandler &handler, std::stop_token stop);
    void cancelJob(JobId id);
    void passOn(const InputMessage &message);
    void flushProgress();
    void collectFinished();
    bool finishAll();

    JobKinds m_kinds;
    InteractiveKinds m_interactive;
    ProtocolOutput &m_output;
    std::map<JobId, std::unique_ptr<Job>> m_jobs;
    bool m_quit = false;
};

} // namespace poselift
