#pragma once

#include "core/base/result.h"
#include "models/detectormanifest.h"

#include <string>

namespace poselift {

/// The installed detector of @p kind ("keypoints", "boxes") called @p name, or the preferred one
/// when @p name is empty. NoDetector when no keypoint model is installed, ModelNotFound, or what is
/// wrong with the installed one.
Result<DetectorManifest> chooseDetector(const std::string &kind, const std::string &name);

/// True when at least one readable model of @p kind is installed.
bool isDetectorInstalled(const std::string &kind);

} // namespace poselift
