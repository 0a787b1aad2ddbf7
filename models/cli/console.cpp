#include "models/cli/console.h"

#include "core/jobs/protocol.h"
#include "models/cli/exitcodes.h"

#include <signal.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <iostream>
#include <thread>

namespace poselift {

namespace {

constexpr std::chrono::milliseconds kBarInterval{100};
constexpr std::chrono::seconds kLineInterval{1};
/// Without a total there are no tenths: a line now and then shows that the work goes on.
constexpr std::chrono::seconds kUnknownTotalInterval{10};

std::atomic<int> signalCount = 0;
std::atomic<int> signalEvent = -1;

extern "C" void poseliftOnStopSignal(int)
{
    // Only async-signal-safe calls here.
    if (signalCount.fetch_add(1) > 0)
        ::_exit(kExitCancelled);
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = ::write(signalEvent.load(), &one, sizeof one);
}

void setHandler(int signal, void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    ::sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    ::sigaction(signal, &action, nullptr);
}

int terminalWidth()
{
    winsize size = {};
    return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

std::string bar(double share, int cells)
{
    const int filled = std::clamp(static_cast<int>(share * cells), 0, cells);
    return "[" + std::string(static_cast<std::size_t>(filled), '#')
           + std::string(static_cast<std::size_t>(cells - filled), '.') + "] ";
}

double seconds(std::chrono::steady_clock::duration duration)
{
    return std::chrono::duration<double>(duration).count();
}

std::string remainingText(double remaining)
{
    char text[64];
    if (remaining < 100)
        std::snprintf(text, sizeof text, ", %.0f s left", remaining);
    else if (remaining < 100 * 60)
        std::snprintf(text, sizeof text, ", %.0f min left", remaining / 60);
    else
        std::snprintf(text, sizeof text, ", %.1f h left", remaining / 3600);
    return text;
}

} // namespace

struct StopOnSignals::Private
{
    std::stop_source source;
    int event = -1;
    std::jthread waiter;
};

StopOnSignals::StopOnSignals() : d(std::make_unique<Private>())
{
    d->event = ::eventfd(0, EFD_CLOEXEC);
    signalEvent = d->event;
    signalCount = 0;
    // request_stop() runs callbacks and is not allowed in a signal handler.
    d->waiter = std::jthread([event = d->event, source = d->source]() mutable {
        eventfd_t count = 0;
        ::eventfd_read(event, &count);
        if (signalCount > 0)
            source.request_stop();
    });
    setHandler(SIGINT, poseliftOnStopSignal);
    setHandler(SIGTERM, poseliftOnStopSignal);
}

StopOnSignals::~StopOnSignals()
{
    setHandler(SIGINT, SIG_DFL);
    setHandler(SIGTERM, SIG_DFL);
    ::eventfd_write(d->event, 1);
    d->waiter.join();
    ::close(d->event);
}

std::stop_token StopOnSignals::token() const
{
    return d->source.get_token();
}

ConsoleProgress::ConsoleProgress(bool quiet)
    : ConsoleProgress(quiet ? ProgressStyle::Quiet : ::isatty(STDERR_FILENO) ? ProgressStyle::Bar : ProgressStyle::Lines)
{
}

ConsoleProgress::ConsoleProgress(ProgressStyle style) : m_style(style) {}

ConsoleProgress::~ConsoleProgress()
{
    finish();
}

std::function<void(const JobProgress &)> ConsoleProgress::callback()
{
    return [this](const JobProgress &progress) { show(progress); };
}

void ConsoleProgress::show(const JobProgress &progress)
{
    if (m_style == ProgressStyle::Bar)
        showBar(progress);
    else if (m_style == ProgressStyle::Lines)
        showLine(progress);
}

void ConsoleProgress::finish()
{
    if (m_barOpen)
        std::cerr << std::endl;
    m_barOpen = false;
}

void ConsoleProgress::showBar(const JobProgress &progress)
{
    const Clock::time_point now = Clock::now();
    const bool newStage = progress.stage != m_stage;
    if (newStage) {
        finish();
        m_stage = progress.stage;
        m_stageStart = now;
    }
    const bool complete = progress.total > 0 && progress.done >= progress.total;
    if (!newStage && !complete && now - m_lastShown < kBarInterval)
        return;
    m_lastShown = now;
    const double share = progress.total > 0 ? double(progress.done) / double(progress.total) : 0.0;
    std::string line = bar(share, 20) + progressText(progress, seconds(now - m_stageStart));
    line.resize(std::min<std::size_t>(line.size(), static_cast<std::size_t>(terminalWidth() - 1)));
    std::cerr << '\r' << line << "\x1b[K" << std::flush;
    m_barOpen = true;
}

void ConsoleProgress::showLine(const JobProgress &progress)
{
    const Clock::time_point now = Clock::now();
    const int tenth = progress.total > 0 ? static_cast<int>(10 * progress.done / progress.total) : -1;
    if (progress.stage != m_stage) {
        m_stage = progress.stage;
        m_stageStart = now;
    } else {
        const bool due = progress.total > 0 ? tenth > m_lastTenth && now - m_lastShown >= kLineInterval
                                            : now - m_lastShown >= kUnknownTotalInterval;
        if (!due)
            return;
    }
    m_lastShown = now;
    m_lastTenth = tenth;
    std::cerr << progressText(progress, seconds(now - m_stageStart)) << std::endl;
}

std::string progressText(const JobProgress &progress, double secondsInStage)
{
    std::string text = progress.stage + " " + std::to_string(progress.done);
    if (progress.total > 0)
        text += "/" + std::to_string(progress.total) + " (" + std::to_string(100 * progress.done / progress.total) + " %)";
    // Below half a second a rate is noise.
    if (progress.done > 0 && secondsInStage >= 0.5) {
        const double rate = double(progress.done) / secondsInStage;
        char rateText[32];
        std::snprintf(rateText, sizeof rateText, ", %.1f/s", rate);
        text += rateText;
        if (progress.total > progress.done)
            text += remainingText(double(progress.total - progress.done) / rate);
    }
    if (!progress.note.empty())
        text += ", " + progress.note;
    return text;
}

int reportFailure(const Error &error, bool json)
{
    std::cerr << error.sentence() << std::endl;
    if (json)
        std::cout << nlohmann::json{{"error", toJson(error)}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)
                  << std::endl;
    return exitCodeOf(error);
}

void printWarning(const std::string &sentence)
{
    std::cerr << "warning: " << sentence << std::endl;
}

} // namespace poselift
