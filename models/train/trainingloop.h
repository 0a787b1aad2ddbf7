#pragma once

#include "core/base/job.h"
#include "core/base/result.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>

namespace poselift {

class Ranks;
class TrainingTask;

struct TrainingLoopOptions
{
    std::filesystem::path out; ///< RUNS.md: checkpoint.h5, log.jsonl, weights.h5, model.json
    int epochs = 80;
    std::int64_t stepsPerEpoch = 1;
    int batch = 1024; ///< halved when memory runs out, which is said and logged
    int smallestBatch = 2;
    std::uint64_t seed = 1234;       ///< of dropout
    bool resume = false;             ///< go on from OUT/checkpoint.h5
    int validateEvery = 1;           ///< epochs
    int patience = 0;                ///< validations without a better score before it ends; 0: never
    double checkpointSeconds = 60.0; ///< longest time without a checkpoint
    nlohmann::json settings;         ///< all options of the run by name, for settings.json
    /// Data-parallel processes, not owned; null: this one alone. The task divides `batch` among them and
    /// joins their losses and gradients; process 0 validates, writes and reports.
    Ranks *ranks = nullptr;
};

struct TrainingLoopReport
{
    std::int64_t steps = 0;
    int bestEpoch = 0; ///< counted from 1; 0: no validation yet
    double bestScore = 0.0;
    nlohmann::json figures;     ///< of the best epoch
    int batch = 0;              ///< as it was at the end
    bool stoppedEarly = false;  ///< for want of patience
    double seconds = 0.0;       ///< wall time over all resumed parts
    double dataWaitShare = 0.0; ///< of the step time of this part
};

/// Runs @p task to its end: steps, validations, the best weights, checkpoints, log and progress
/// (RUNS.md); steps per epoch stay the same when the batch is halved. Progress has the stage "train",
/// steps, and one line with loss, terms, rate, remaining time and memory; it is reported after a line
/// was added to the log. When asked to stop the loop ends after the running step or within a
/// validation, writes a checkpoint and returns Error{Cancelled}.
/// Errors: TrainingDiverged with the batch's name (the checkpoint of before stays), OutOfMemory when
/// the smallest batch does not fit, CannotWrite, BadArgument, those of readTrainingCheckpoint() and of
/// the task; RankLost, after writing a checkpoint, when another process is gone. What else the task
/// throws becomes Internal. With several processes the batch is not halved, and being asked to stop in
/// one of them stops them all.
Result<TrainingLoopReport> runTrainingLoop(TrainingTask &task, const TrainingLoopOptions &options,
                                           const JobContext &job);

} // namespace poselift
