#pragma once

#include "core/base/result.h"
#include "core/pose/keypoint.h"

#include <cstdint>
#include <filesystem>
#include <map>

namespace poselift {

/// Poses of one camera's folder of OpenPose JSON files, one file a frame in the order of their
/// names: frame → COCO's 17 keypoints (skeleton coco17), which are the first of BODY_25B, of the
/// first person. Keypoints that OpenPose did not find (confidence up to 0.1) are Missing; frames
/// without a person are left out. Errors: FileNotFound, CannotRead.
Result<std::map<std::int64_t, Pose2D>> readOpenPoseFolder(const std::filesystem::path &folder);

} // namespace poselift
