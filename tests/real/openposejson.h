#pragma once

#include "core/pose/keypoint.h"

#include <filesystem>
#include <map>
#include <optional>

/// Poses of one camera's folder of OpenPose JSON files, one file a frame (BODY_25B, whose first 17
/// keypoints are COCO's): frame → 17 keypoints; those that OpenPose did not find are Missing. Frames
/// without a person are left out.
std::map<std::int64_t, poselift::Pose2D> readOpenPoseFolder(const std::filesystem::path &folder);
