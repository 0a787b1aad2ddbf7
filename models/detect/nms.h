#pragma once

#include "core/pose/keypoint.h"

#include <vector>

namespace poselift {

/// Intersection over union; 0 when both are empty.
double boxIou(const Box &a, const Box &b);

/// Greedy non-maximum suppression: indices of the kept boxes by falling score.
std::vector<int> keptByNms(const std::vector<Box> &boxes, const std::vector<float> &scores, double maximumIou);

} // namespace poselift
