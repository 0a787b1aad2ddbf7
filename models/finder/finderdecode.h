#pragma once

#include "core/pose/keypoint.h"

#include <span>
#include <vector>

namespace poselift {

/// Somebody in the finder's input.
struct FoundBox
{
    Box box;            ///< px of the input
    float score = 0.0F; ///< probability of the centre, [0, 1]
};

/// Boxes of the finder's maps: the cells whose centre probability is the highest of their 3 × 3
/// neighbours and at least @p threshold, without those that overlap a better one by more than
/// @p maximumIou; by falling score.
/// @param centre  [rows, columns] logits
/// @param shape   [4, rows, columns] as FinderTargets::shape
std::vector<FoundBox> decodeFinder(std::span<const float> centre, std::span<const float> shape,
                                   int rows, int columns, double threshold, double maximumIou);

} // namespace poselift
