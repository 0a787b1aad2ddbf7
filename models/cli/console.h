#pragma once

#include "core/base/error.h"
#include "core/base/job.h"

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

namespace poselift {

/// Turns the first Ctrl+C (SIGINT) or SIGTERM into a polite stop request; the second one ends the
/// process at once with kExitCancelled. Make one per process, before other threads start.
class StopOnSignals
{
public:
    StopOnSignals();
    ~StopOnSignals();
    StopOnSignals(const StopOnSignals &) = delete;
    StopOnSignals &operator=(const StopOnSignals &) = delete;

    std::stop_token token() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

enum class ProgressStyle {
    Quiet, ///< nothing
    Lines, ///< a line when a stage begins, then at most one a second and one for every 10 %
    Bar,   ///< one line that is drawn again, for a terminal
};

/// Shows the progress of one command on standard error. Thread-safe as long as one thread reports
/// at a time, which is what JobContext promises.
class ConsoleProgress
{
public:
    /// Bar on a terminal, else lines; nothing when @p quiet.
    explicit ConsoleProgress(bool quiet);
    explicit ConsoleProgress(ProgressStyle style);
    ~ConsoleProgress();
    ConsoleProgress(const ConsoleProgress &) = delete;
    ConsoleProgress &operator=(const ConsoleProgress &) = delete;

    void show(const JobProgress &progress);
    /// Ends the bar's line; called before anything else is printed.
    void finish();
    /// For JobContext::progress; valid while this object lives.
    std::function<void(const JobProgress &)> callback();

private:
    using Clock = std::chrono::steady_clock;
    void showBar(const JobProgress &progress);
    void showLine(const JobProgress &progress);

    ProgressStyle m_style;
    std::string m_stage;
    Clock::time_point m_stageStart;
    Clock::time_point m_lastShown;
    int m_lastTenth = -1;
    bool m_barOpen = false;
};

/// "detect 120/230 (52 %), 14.2/s, 8 s left": one line without a newline.
std::string progressText(const JobProgress &progress, double secondsInStage);

/// Prints the sentence of @p error on standard error and, with @p json, {"error":{…}} on standard
/// output. @return the exit code (exitcodes.h).
int reportFailure(const Error &error, bool json = false);
/// "warning: …" on standard error.
void printWarning(const std::string &sentence);

} // namespace poselift
