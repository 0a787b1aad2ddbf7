#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <filesystem>
#include <string>

namespace poselift {

/// Writes FOLDER/model.json, atomically: @p manifest with the sha256 of FOLDER/weights.h5 added as its one
/// file. Errors: those of sha256OfFile(), CannotWrite.
Result<void> writeTrainedManifest(nlohmann::json manifest, const std::filesystem::path &folder);

/// BadArgument unless the number @p name of a checkpoint's attributes is @p expected: a run that is resumed
/// with another one would not go on as it began. Throws nlohmann's exceptions for a missing one.
Result<void> requireSame(const nlohmann::json &attributes, const char *name, std::int64_t expected,
                         const std::string &path);

} // namespace poselift
