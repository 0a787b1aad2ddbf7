#pragma once

#include "core/base/result.h"
#include "core/io/weightsfile.h"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <functional>
#include <string>

namespace poselift {

/// Writes FOLDER/checkpoint.h5, atomically: everything that a training run needs to go on exactly.
/// @param state     of the network and its optimiser
/// @param fixed     options by name that a resumed run must share
/// @param progress  where the run stands, by name
/// Errors: those of writeWeights().
Result<void> writeTrainingCheckpoint(WeightsFile state, const nlohmann::json &fixed, const nlohmann::json &progress,
                                     const std::filesystem::path &folder);

/// Reads it back. @p restore takes the state and the file's name; @p takeProgress the attributes
/// (exceptions of nlohmann's mean that something is missing). Options that the file does not name,
/// because an older version wrote it, are not compared.
/// Errors: those of readWeights() and @p restore, BadArgument with the option that differs,
/// WrongFormat.
Result<void>
readTrainingCheckpoint(const std::filesystem::path &folder, const nlohmann::json &fixed,
                       const std::function<Result<void>(const WeightsFile &state, const std::string &path)> &restore,
                       const std::function<void(const nlohmann::json &attributes)> &takeProgress);

} // namespace poselift
