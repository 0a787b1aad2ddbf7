#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "models/keypoints/keypointpack.h"

#include <filesystem>
#include <span>
#include <vector>

namespace poselift {

/// A picture and where the people are that somebody marked in it.
struct MarkedPicture
{
    std::filesystem::path path;
    std::vector<Box> people; ///< px
};

struct BackgroundOptions
{
    int count = 0; ///< pieces that are wanted, about; fewer when the pictures do not have them
    int largestSide = 256;
    int jpegQuality = 92;
    int joints = 0; ///< of the pack's skeleton
};

/// Pieces that show nobody, two a picture at most: strips beside the marked people and beside all that
/// the installed box network takes for a person (models/detect/personfreestrip.h). Reports the stage
/// "backgrounds". Errors: those of the box network, DecodeFailed, Cancelled.
Result<std::vector<PackedPerson>> findBackgroundPieces(std::span<const MarkedPicture> pictures,
                                                       const BackgroundOptions &options, const JobContext &job);

} // namespace poselift
