#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace poselift {

/// A file of a model beside its weights.
struct CompanionFile
{
    std::string name; ///< in the model's folder
    std::string role; ///< "finder"
};

/// Writes FOLDER/model.json, atomically: @p manifest with FOLDER/weights.h5 and @p companions added as its
/// files, with their sha256. Errors: those of sha256OfFile(), CannotWrite.
Result<void> writeTrainedManifest(nlohmann::json manifest, const std::filesystem::path &folder,
                                  const std::vector<CompanionFile> &companions = {});

} // namespace poselift
