#pragma once

#include "core/pose/posebox.h"

#include <vector>

namespace poselift {

/// Greedy non-maximum suppression: indices of the kept boxes by falling score.
std::vector<int> keptByNms(const std::vector<Box> &boxes, const std::vector<float> &scores, double maximumIou);

} // namespace poselift
