#pragma once

#include "core/base/job.h"
#include "core/base/result.h"

#include <filesystem>
#include <string>

namespace poselift {

/// Turns annotated pictures into one training pack (models/keypoints/keypointpack.h).
struct PackOptions
{
    std::filesystem::path lspExtended; ///< folder with joints.mat and images/
    std::filesystem::path output;      ///< the pack
    int firstValidation = 7201;        ///< number of the first picture of the validation part
    std::string teacher;               ///< name of an installed keypoint model whose poses are packed too; empty: none
    double room = 2.0;                 ///< side of the piece, in longer sides of the person's box
    int largestSide = 256;             ///< px; a larger piece is made smaller, none is made larger
    int jpegQuality = 92;
    int limit = 0;       ///< pictures; 0: all
    int backgrounds = 0; ///< pieces of training pictures that show nobody, packed too; needs a box network
};

struct PackResult
{
    int train = 0; ///< people
    int validation = 0;
    int backgrounds = 0;
    std::int64_t bytes = 0;
};

/// Errors: those of the dataset, the teacher (ModelNotFound, …), DecodeFailed with the picture's
/// name, CannotWrite, Cancelled. Reports the stage "pack".
Result<PackResult> makeKeypointPack(const PackOptions &options, const JobContext &job);

} // namespace poselift
