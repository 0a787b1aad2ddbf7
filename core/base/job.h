#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

namespace poselift {

/// How far a stage of a job is.
struct JobProgress
{
    std::string stage;       ///< identifier: "index", "detect", "lift", "write", "train"
    std::int64_t done = 0;   ///< finished units (frames, steps)
    std::int64_t total = 0;  ///< all units; 0 when unknown
    std::string note;        ///< optional one-line detail, e.g. the loss
};

/// What long work gets from its caller: a way to be stopped and a way to report.
/// Loops look at `stop` once a frame or batch and return Error{Cancelled}.
struct JobContext
{
    std::stop_token stop;
    std::function<void(const JobProgress &)> progress; ///< may be empty; called on the job's thread

    void report(std::string stage, std::int64_t done, std::int64_t total, std::string note = {}) const
    {
        if (progress)
            progress({std::move(stage), done, total, std::move(note)});
    }
};

} // namespace poselift
