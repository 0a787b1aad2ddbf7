#pragma once

#include "core/base/result.h"
#include "models/keypoints/keypointpack.h"

#include <filesystem>
#include <string>
#include <vector>

namespace poselift {

/// Several packs as one.
struct TrainingPacks
{
    KeypointPack pack;               ///< people of all packs, one pack after the other
    std::vector<std::size_t> counts; ///< people of each pack
    std::string name;                ///< file names, for messages
};

/// Reads packs of the same joints. Errors: those of readKeypointPack(); WrongFormat when a pack has
/// other joints than the first.
Result<TrainingPacks> readTrainingPacks(const std::vector<std::filesystem::path> &paths);

} // namespace poselift
