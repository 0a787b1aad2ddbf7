#pragma once

// Torch-free itself, but its tasks hold networks: for .cpp files of models/ and their tests only.

#include "core/base/result.h"
#include "core/io/weightsfile.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace poselift {

/// One part of a loss, weighted, as it is added.
struct LossTerm
{
    std::string name; ///< identifier: "mpjpe", "reprojection", "bone_length", …
    double value = 0.0;
};

/// What one optimiser step did.
struct StepOutcome
{
    double loss = 0.0;           ///< sum of the terms; not finite: the parameters stayed as they were
    std::vector<LossTerm> terms; ///< the same ones, in the same order, at every step
    double dataSeconds = 0.0;    ///< spent waiting for the batch
};

/// What a validation found.
struct ValidationOutcome
{
    double score = 0.0;      ///< lower is better; decides which weights are kept
    nlohmann::json figures;  ///< by name, for log.jsonl and for people
};

/// A network in training with its optimiser and data: what differs from one method to the next.
/// The loop (trainingloop.h) does the rest. What a step draws must depend on the task's seed and on
/// @p step only, and dropout's generator is seeded by the loop before each step: that makes resuming
/// exact. Used on one thread.
class TrainingTask
{
public:
    virtual ~TrainingTask() = default;

    /// Called before the first step of every epoch and after resuming: schedules of the learning rate
    /// and of BatchNorm's momentum. @p epoch is counted from 0. Returns the learning rate.
    virtual double beginEpoch(int epoch, int epochs) = 0;
    /// Step number @p step, counted from 0, on @p batch examples. May throw what LibTorch throws; when
    /// memory runs out (thrown or Error{OutOfMemory}) the same step is asked for again with half the batch.
    virtual Result<StepOutcome> step(std::int64_t step, int batch) = 0;
    /// What the batch of @p step was made of, for the message when its loss is not finite.
    virtual std::string batchName(std::int64_t step, int batch) const = 0;
    /// Leaves the next step as it would have been. Looks at @p stop at least once a second and then
    /// returns Error{Cancelled}.
    virtual Result<ValidationOutcome> validate(const std::stop_token &stop) = 0;

    /// Parameters, buffers, optimiser: all that an exact resume needs.
    virtual WeightsFile state() = 0;
    virtual Result<void> restore(const WeightsFile &state, const std::string &path) = 0;
    /// Options by name that a resumed run must share, beside the loop's own (seed, batch, steps per
    /// epoch).
    virtual nlohmann::json fixedOptions() const = 0;
    /// Writes the present weights and model.json into @p folder: an installable model. @p training
    /// (epoch, step, seconds, score, figures) is for the weights' own account of their training.
    virtual Result<void> saveModel(const std::filesystem::path &folder, const nlohmann::json &training) = 0;
};

} // namespace poselift
