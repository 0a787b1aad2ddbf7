#pragma once

#include "models/registry.h"

#include <filesystem>
#include <string>
#include <vector>

namespace poselift {

/// Copies models into userModelDirectory(), each atomically (hidden folder, then rename). @p path is
/// - a folder with model.json: that model, named by its field "name" or else by its folder;
/// - a folder without one: every weights file in it that resources/detectors/*.json know by sha256;
/// - one such file. Files that its manifest names beside it (a prior) are taken from its folder.
/// An unknown file is refused with UnknownModelFile, which names the fields to write.
Result<std::vector<InstalledModel>> installModel(const std::filesystem::path &path);
/// Installs the model in @p folder under another name.
Result<InstalledModel> installModelAs(const std::filesystem::path &folder, const std::string &name);

/// Removes a model of the user. ModelNotFound for any other name.
Result<void> removeModel(const std::string &name);

} // namespace poselift
