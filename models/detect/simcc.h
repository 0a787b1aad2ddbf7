#pragma once

#include "core/base/result.h"
#include "models/detect/tensor.h"
#include "models/detectormanifest.h"

#include <string>
#include <vector>

namespace poselift {

/// WrongOutput unless x is [1, keypoints, width · ratio] and y is [1, keypoints, height · ratio].
Result<void> checkSimcc(const Tensor &x, const Tensor &y, const NetworkDecoder &decoder, int keypoints,
                        int inputWidth, int inputHeight, const std::string &path);

/// Each coordinate is the highest of its bins (Li et al., SimCC, ECCV 2022), `bins_per_pixel` bins
/// an input pixel; the score is the lower of the two maxima. Bin 0 is the centre of pixel 0.
std::vector<RawKeypoint> decodeSimcc(const Tensor &x, const Tensor &y, const NetworkDecoder &decoder);

} // namespace poselift
