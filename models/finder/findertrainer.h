#pragma once

#include "core/base/job.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>

namespace poselift {

struct FinderTrainOptions
{
    std::filesystem::path data; ///< pack of the kind "finder"
    std::filesystem::path out;  ///< folder for finder.h5, checkpoint.h5 and log.jsonl
    std::filesystem::path init; ///< finder.h5 to start from; empty: random
    int steps = 2000;
    int batch = 16;
    double learningRate =
        3e-3; ///< highest; rises over the first 5 % of the steps, then falls as a cosine
    std::uint64_t seed = 1234;
    bool bfloat16 = false;      ///< convolutions in bfloat16
    int threads = 0;           ///< 0: all cores of the process's CPU affinity
    int checkpointEvery = 100; ///< steps
    bool resume = false;       ///< go on from OUT/checkpoint.h5; exact when nothing else changed
};

struct FinderTrainReport
{
    std::int64_t steps = 0;
    double loss = 0.0;    ///< mean of the last 100 steps
    double seconds = 0.0; ///< wall time, over all resumed parts
};

/// Trains the person finder. Every step is a function of (seed, step). Reports the stage "train"
/// with one line. Errors: those of readFinderPack(), BadArgument, CannotWrite, TrainingDiverged,
/// Cancelled.
Result<FinderTrainReport> trainFinder(const FinderTrainOptions &options, const JobContext &job);

} // namespace poselift
