#pragma once

#include "core/base/result.h"
#include "models/detect/tensor.h"
#include "models/detectormanifest.h"

#include <string>
#include <vector>

namespace poselift {

/// WrongOutput unless @p output holds at least @p landmarks · stride numbers.
Result<void> checkLandmarks(const Tensor &output, const NetworkDecoder &decoder, int landmarks, const std::string &path);

/// Landmarks given as numbers: x and y in input pixels, then others, `stride` numbers each; the
/// score is the sigmoid of the number at `score_at`, or 1 when there is none.
std::vector<RawKeypoint> decodeLandmarks(const Tensor &output, const NetworkDecoder &decoder, int landmarks);

} // namespace poselift
