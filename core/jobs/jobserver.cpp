#include "core/jobs/jobserver.h"

#include "core/jobs/linereader.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <exception>
#include <optional>
#include <thread>
#include <utility>

namespace poselift {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kProgressInterval{100};
/// How long jobs get to stop when the application is gone or wants to quit.
constexpr std::chrono::seconds kGraceTime{5};

bool writeAll(int descriptor, const std::string &bytes)
{
    std::size_t written = 0;
    while (written < bytes.size()) {
        const ssize_t count = ::write(descriptor, bytes.data() + written, bytes.size() - written);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return false;
        written += static_cast<std::size_t>(count);
    }
    return true;
}

/// The id in a start message that is otherwise wrong, so that its sender gets an answer; else 0.
JobId jobOfBrokenLine(const std::string &line)
{
    const nlohmann::json message = nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (!message.is_object() || message.value("type", nlohmann::json()) != "start")
        return 0;
    const auto job = message.find("job");
    return job != message.end() && job->is_number_integer() ? job->get<JobId>() : 0;
}

Result<nlohmann::json> callHandler(const JobHandler &handler, const nlohmann::json &arguments,
                                   const JobContext &context)
{
    // Handlers report expected failures as values; an exception here is a mistake of ours that
    // must not take the other jobs along.
    try {
        return handler(arguments, context);
    } catch (const std::exception &exception) {
        return Error(ErrorCode::Internal, {{"detail", exception.what()}});
    }
}

} // namespace

ProtocolOutput::ProtocolOutput()
{
    ::signal(SIGPIPE, SIG_IGN);
    m_descriptor = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    ::dup2(STDERR_FILENO, STDOUT_FILENO);
}

ProtocolOutput::~ProtocolOutput()
{
    ::close(m_descriptor);
}

bool ProtocolOutput::write(const ReplyMessage &message)
{
    const std::string line = toLine(message) + '\n';
    const std::lock_guard lock(m_mutex);
    return writeAll(m_descriptor, line);
}

struct JobServer::Job
{
    JobId id = 0;
    nlohmann::json arguments;
    std::mutex mutex;                      ///< of pending
    std::optional<JobProgress> pending;    ///< newest progress that was not sent yet
    std::atomic<bool> done = false;
    std::unique_ptr<JobDialogue> dialogue; ///< of an interactive job
    std::jthread thread;                   ///< last: joined before the rest goes
};

JobServer::JobServer(JobKinds kinds, ProtocolOutput &output, InteractiveKinds interactive)
    : m_kinds(std::move(kinds)), m_interactive(std::move(interactive)), m_output(output)
{
}

JobServer::~JobServer() = default;

bool JobServer::serve(int inputDescriptor, std::stop_token stop)
{
    const int wake = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    const std::stop_callback wakeOnStop(stop, [wake] { ::eventfd_write(wake, 1); });
    LineReader reader(inputDescriptor);
    m_quit = !m_output.write(HelloMessage{kProtocolVersion, POSELIFT_VERSION});
    Clock::time_point nextFlush = Clock::now();
    while (!m_quit && !stop.stop_requested()) {
        pollfd waiting[] = {{inputDescriptor, POLLIN, 0}, {wake, POLLIN, 0}};
        ::poll(waiting, 2, m_jobs.empty() ? -1 : static_cast<int>(kProgressInterval.count()));
        if (waiting[0].revents != 0) {
            for (const std::string &line : reader.read())
                handleLine(line);
            m_quit = m_quit || reader.atEnd();
        }
        if (Clock::now() >= nextFlush) {
            nextFlush = Clock::now() + kProgressInterval;
            flushProgress();
            collectFinished();
        }
    }
    const bool allStopped = finishAll();
    ::close(wake);
    return allStopped;
}

void JobServer::handleLine(const std::string &line)
{
    if (m_quit || line.empty())
        return;
    const Result<RequestMessage> request = parseRequest(line);
    if (!request) {
        const JobId job = jobOfBrokenLine(line);
        m_output.write(FailedMessage{m_jobs.contains(job) ? 0 : job, request.error()});
    } else if (const auto *start = std::get_if<StartMessage>(&*request)) {
        startJob(*start);
    } else if (const auto *cancel = std::get_if<CancelMessage>(&*request)) {
        cancelJob(cancel->job);
    } else if (const auto *input = std::get_if<InputMessage>(&*request)) {
        passOn(*input);
    } else {
        m_quit = true;
    }
}

void JobServer::startJob(const StartMessage &message)
{
    if (message.job <= 0 || m_jobs.contains(message.job)) {
        m_output.write(FailedMessage{0, Error(ErrorCode::ProtocolMessage, {{"expected", "a new job id above 0"},
                                                                           {"found", std::to_string(message.job)}})});
        return;
    }
    auto owned = std::make_unique<Job>();
    Job *job = owned.get();
    job->id = message.job;
    job->arguments = message.arguments;
    const JobHandler handler = handlerFor(message.kind, *job);
    if (!handler) {
        refuseKind(message);
        return;
    }
    m_output.write(StartedMessage{message.job});
    m_jobs[job->id] = std::move(owned);
    job->thread = std::jthread([this, job, handler](std::stop_token token) {
        runJob(*job, handler, std::move(token));
    });
}

/// What to run for @p job; nothing for a kind that is not known. Gives an interactive job its dialogue.
JobHandler JobServer::handlerFor(const std::string &kind, Job &job)
{
    if (const auto found = m_kinds.find(kind); found != m_kinds.end())
        return found->second;
    const auto found = m_interactive.find(kind);
    if (found == m_interactive.end())
        return {};
    job.dialogue = std::make_unique<JobDialogue>(
        [this, id = job.id](const nlohmann::json &data) { m_output.write(OutputMessage{id, data}); });
    return [&job, handler = found->second](const nlohmann::json &arguments, const JobContext &context) {
        return handler(arguments, context, *job.dialogue);
    };
}

void JobServer::refuseKind(const StartMessage &message)
{
    std::string known;
    const auto add = [&known](const std::string &name) { known += (known.empty() ? "" : ", ") + name; };
    for (const auto &[name, ignored] : m_kinds)
        add(name);
    for (const auto &[name, ignored] : m_interactive)
        add(name);
    m_output.write(FailedMessage{message.job, Error(ErrorCode::ProtocolMessage, {{"expected", "a job kind of " + known},
                                                                                 {"found", "'" + message.kind + "'"}})});
}

void JobServer::runJob(Job &job, const JobHandler &handler, std::stop_token stop)
{
    JobContext context;
    context.stop = std::move(stop);
    context.progress = [&job](const JobProgress &progress) {
        const std::lock_guard lock(job.mutex);
        job.pending = progress;
    };
    const Result<nlohmann::json> result = callHandler(handler, job.arguments, context);
    const std::lock_guard lock(job.mutex); // no progress after the last word
    job.pending.reset();
    if (result)
        m_output.write(FinishedMessage{job.id, *result});
    else if (result.error().isCancelled())
        m_output.write(CancelledMessage{job.id});
    else
        m_output.write(FailedMessage{job.id, result.error()});
    job.done = true;
}

void JobServer::cancelJob(JobId id)
{
    // A job that has just ended is no mistake of the sender: the two messages crossed.
    if (const auto found = m_jobs.find(id); found != m_jobs.end())
        found->second->thread.request_stop();
}

void JobServer::passOn(const InputMessage &message)
{
    const auto found = m_jobs.find(message.job);
    // As with cancel: the job may have ended meanwhile.
    if (found == m_jobs.end())
        return;
    if (found->second->dialogue != nullptr)
        found->second->dialogue->push(message.data);
    else
        m_output.write(FailedMessage{0, Error(ErrorCode::ProtocolMessage,
                                              {{"expected", "input for an interactive job"},
                                               {"found", "input for job " + std::to_string(message.job)}})});
}

void JobServer::flushProgress()
{
    for (const auto &[id, job] : m_jobs) {
        const std::lock_guard lock(job->mutex);
        if (!job->pending)
            continue;
        m_quit = !m_output.write(ProgressMessage{id, *job->pending}) || m_quit;
        job->pending.reset();
    }
}

void JobServer::collectFinished()
{
    std::erase_if(m_jobs, [](const auto &entry) { return entry.second->done.load(); });
}

bool JobServer::finishAll()
{
    for (const auto &[id, job] : m_jobs)
        job->thread.request_stop();
    const Clock::time_point end = Clock::now() + kGraceTime;
    for (collectFinished(); !m_jobs.empty() && Clock::now() < end; collectFinished())
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    if (m_jobs.empty())
        return true;
    for (auto &[id, job] : m_jobs)
        job.release(); // its thread still uses it; the process ends by std::_Exit
    m_jobs.clear();
    return false;
}

} // namespace poselift
