#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace poselift {

/// One line of log.jsonl (models/train/RUNS.md) about steps: means over the steps since the line before.
struct TrainingStep
{
    std::int64_t step = 0;  ///< steps done
    std::int64_t steps = 0; ///< of the whole run
    int epoch = 0;
    int epochs = 0;
    double loss = 0.0;
    std::vector<std::pair<std::string, double>> terms; ///< of the loss, by name
    double learningRate = 0.0;
    double framesPerSecond = 0.0; ///< that are learned from
    double etaSeconds = -1.0;     ///< to the end of the run; negative: unknown
    double memoryMib = 0.0;
    int batch = 0;
    double seconds = 0.0; ///< since the run began, resumed parts together
};

/// The model at one moment on frames that it does not learn from.
struct TrainingValidation
{
    std::int64_t step = 0;
    int epoch = 0;
    double score = 0.0; ///< smaller is better
    bool best = false;  ///< better than all before
};

/// Something that the run says in words.
struct TrainingMessage
{
    std::int64_t step = 0;
    std::string text;
};

/// What a training run has logged so far.
struct TrainingLog
{
    std::vector<TrainingStep> steps;
    std::vector<TrainingValidation> validations;
    std::vector<TrainingMessage> messages;

    /// Takes one line; one that is no object, or of no kind that is known here, is left out.
    void add(std::string_view line);
    /// The best validation so far; null without one.
    const TrainingValidation *best() const;
};

/// Reads a log that grows. Not thread-safe; every reader keeps its own place.
class TrainingLogReader
{
public:
    enum class Outcome
    {
        Nothing,
        Grown,
        StartedAnew
    };

    explicit TrainingLogReader(std::filesystem::path path) : m_path(std::move(path)) {}

    /// Adds the lines that were completed since the last call to @p log. A last line without its end
    /// stays until it has one. Where the lines that were read are not there any more (a resumed run has
    /// dropped those newer than its checkpoint), @p log is emptied and read from the beginning. A file
    /// that cannot be read has nothing new.
    Outcome read(TrainingLog &log);

private:
    bool isContinued() const;

    std::filesystem::path m_path;
    std::int64_t m_offset = 0; ///< bytes, after the last complete line
    std::string m_last;        ///< that line, with its end
};

} // namespace poselift
