#pragma once

#include "core/base/error.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace poselift {

/// What became of a run, by its status.json.
enum class TrainingRunState
{
    Prepared, ///< the training has not begun
    Running,  ///< or interrupted, when no process works on it any more
    Finished,
    Cancelled,
    Failed,
};

/// One folder of a training run (models/train/RUNS.md).
struct TrainingRun
{
    std::string id; ///< the folder's name, "20250131-174502"
    std::filesystem::path folder;
    TrainingRunState state = TrainingRunState::Prepared;
    std::optional<Error> error; ///< of a failed run
    nlohmann::json settings;    ///< settings.json; an empty object when there is none
    bool hasCheckpoint = false; ///< can be resumed
    bool hasReport = false;
    bool hasModel = false; ///< weights and model.json are there

    std::filesystem::path logPath() const { return folder / "log.jsonl"; }
    std::filesystem::path reportPath() const { return folder / "report.json"; }
    /// Copy of the project that the run learns from, written by the application.
    std::filesystem::path projectPath() const { return folder / "project.poselift"; }
};

/// Reads what there is in @p folder; broken files count as missing.
TrainingRun readTrainingRun(const std::filesystem::path &folder);
/// All runs below @p folder, the newest first; none when the folder is not there.
std::vector<TrainingRun> trainingRunsIn(const std::filesystem::path &folder);
/// Folder of the runs of @p project beside it: NAME.poselift.runs.
std::filesystem::path runsFolderBeside(const std::filesystem::path &project);
/// The same in the local state folder, for a project whose folder cannot be written, or that has
/// never been saved and is known by its @p uuid only.
std::filesystem::path runsFolderInState(const std::string &uuid);
/// Makes a new folder in @p runs, named after the local time now; an empty path when that fails.
std::filesystem::path makeRunFolder(const std::filesystem::path &runs);

} // namespace poselift
