#pragma once

#include "core/base/result.h"
#include "core/pose/project.h"

#include <filesystem>

namespace poselift {

/// Reads the JSON that `poselift-cli detect VIDEO -o NAME.json` writes ("poselift-detections",
/// version 1) as a new project: one keypoint layer, assumed intrinsics. The joint names in the file
/// must be those of a known skeleton. Errors: FileNotFound, WrongFormat (names the field),
/// NewerVersion, UnknownJointOrder.
Result<Project> readDetections(const std::filesystem::path &path);

} // namespace poselift
