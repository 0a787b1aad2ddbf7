#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>

namespace poselift {

/// Writes FOLDER/model.json, atomically: @p manifest with the sha256 of FOLDER/weights.h5 added as its one
/// file. Errors: those of sha256OfFile(), CannotWrite.
Result<void> writeTrainedManifest(nlohmann::json manifest, const std::filesystem::path &folder);

} // namespace poselift
