#pragma once

#include "core/base/result.h"
#include "core/pose/keypoint.h"

#include <filesystem>
#include <vector>

namespace poselift {

/// One picture of the Leeds Sports Pose extended training set with its one labelled person.
struct LspPicture
{
    std::filesystem::path path;
    int number = 0; ///< 1-based, as in the file name
    Pose2D joints;  ///< [14] in the order of lsp14, px; Missing where the third row of joints.mat is 0
};

/// Reads FOLDER/joints.mat (MATLAB v5, 14 × 3 × N: x, y, labelled) and lists the pictures
/// FOLDER/images/imNNNNN.jpg that exist. In this set the third row says whether the joint was
/// labelled at all: coordinates of unlabelled ones are outside the picture (Johnson and Everingham,
/// CVPR 2011). Errors: FileNotFound, CannotRead, WrongShape, MissingDataset, NoFrames.
Result<std::vector<LspPicture>> readLspExtended(const std::filesystem::path &folder);

} // namespace poselift
