#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "core/io/weightsfile.h"
#include "core/pose/skeleton.h"
#include "models/keypoints/calibration.h"
#include "models/keypoints/posenet_torch.h"

#include <nlohmann/json.hpp>

#include <filesystem>

namespace poselift {

/// A weights.h5 of a keypoint network: all that is needed to use it.
struct KeypointWeights
{
    PoseNetOptions network;
    Skeleton skeleton;
    int inputSize = 128;   ///< px, side of the square input
    double padding = 1.25; ///< side of the crop, in longer sides of the person's box
    Calibration calibration;
    nlohmann::json training; ///< how it was trained, for people
    WeightsFile file;        ///< parameters and buffers; its attributes are made from the rest
};

/// Errors: those of readWeights(); WrongFormat names the attribute; UnknownJointOrder.
Result<KeypointWeights> readKeypointWeights(const std::filesystem::path &path);
/// Atomic. Errors: CannotWrite, NotFinite.
Result<void> writeKeypointWeights(KeypointWeights weights, const std::filesystem::path &path,
                                  bool halfPrecision = false);

} // namespace poselift
