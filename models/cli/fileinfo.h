#pragma once

#include "core/base/result.h"
#include "core/pose/project.h"

#include <filesystem>

#include <nlohmann/json.hpp>

namespace poselift {

/// What `info` says about a file: {"kind":"project"|"weights"|"video", …}. Keys end in their unit.
/// @param countFrames  videos: builds the index to count the frames exactly
Result<nlohmann::json> fileInfo(const std::filesystem::path &path, bool countFrames);

/// Only of a video or a folder of pictures; {"kind":"video", …}.
Result<nlohmann::json> videoInfo(const std::filesystem::path &path, bool countFrames);

} // namespace poselift
