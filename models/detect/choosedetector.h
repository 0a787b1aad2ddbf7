#pragma once

#include "core/base/result.h"
#include "models/detectormanifest.h"

#include <optional>
#include <string>
#include <vector>

namespace poselift {

/// Installed models of @p kind ("keypoints", "boxes"), the preferred first. Those that cannot be read
/// are left out.
std::vector<DetectorManifest> installedDetectors(const std::string &kind);

/// The installed detector of @p kind ("keypoints", "boxes") called @p name, or the preferred one
/// when @p name is empty. NoDetector when no keypoint model is installed, ModelNotFound, or what is
/// wrong with the installed one.
Result<DetectorManifest> chooseDetector(const std::string &kind, const std::string &name);

/// The finder that belongs to one of our own keypoint networks: its own, else that of the preferred
/// installed network that has one (a fine-tuned network need not bring a finder).
std::optional<FinderSettings> finderFor(const DetectorManifest &keypoints);

/// True when at least one readable model of @p kind is installed.
bool isDetectorInstalled(const std::string &kind);

} // namespace poselift
