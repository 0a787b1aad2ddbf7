#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace poselift {

/// One folder NAME/ with model.json and the files it names, in one of the model search folders.
struct InstalledModel
{
    std::string name;                 ///< folder name
    std::string kind;                 ///< "keypoints", "boxes", "lifter"
    std::string title;                ///< for people
    std::string licence;
    bool bundled = false;
    std::filesystem::path folder;
};

/// All models of all search folders; a user's model hides a bundled one of the same name. Folders
/// whose model.json cannot be read are left out; @p problems receives one Error for each.
std::vector<InstalledModel> installedModels(std::vector<Error> *problems = nullptr);
/// Reads and checks model.json of @p folder: fields, files, sha256.
Result<InstalledModel> readInstalledModel(const std::filesystem::path &folder);

} // namespace poselift
