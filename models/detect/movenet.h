#pragma once

#include "core/base/result.h"
#include "models/detect/tensor.h"

#include <string>
#include <vector>

namespace poselift {

/// Heads of MoveNet for one crop, G × G cells: centre [1,1,G,G], heatmap [1,K,G,G] (both already
/// through a sigmoid), regression and offset [1,2K,G,G], pairs (y, x) in cells.
struct MoveNetHeads
{
    Tensor centre;
    Tensor heatmap;
    Tensor regression;
    Tensor offset;
};

/// WrongOutput when the heads do not fit together or do not have @p keypoints keypoints.
Result<void> checkMoveNetHeads(const MoveNetHeads &heads, int keypoints, const std::string &path);

/// The person nearest to the crop's centre: the cell with the highest centre score times @p prior
/// ([G·G]; empty: no prior), its regressed keypoints, each pulled to the heatmap's peak nearby and
/// refined by the offset head.
/// @param stride  input pixels a cell
std::vector<RawKeypoint> decodeMoveNet(const MoveNetHeads &heads, const std::vector<float> &prior, double stride);

} // namespace poselift
