#pragma once

#include "core/base/result.h"
#include "models/detect/tensor.h"
#include "models/detectormanifest.h"

#include <string>
#include <vector>

namespace poselift {

/// WrongOutput unless @p heatmaps is [1, keypoints, rows, columns].
Result<void> checkHeatmaps(const Tensor &heatmaps, int keypoints, const std::string &path);

/// The peak of every heatmap with sub-pixel refinement. `Taylor` fits a Gaussian through the
/// logarithm's first and second derivatives at the peak (Zhang et al., Distribution-Aware
/// Coordinate Representation, CVPR 2020), after smoothing with decoder.blurSigma; `Quarter` moves a
/// quarter cell towards the higher neighbour.
std::vector<RawKeypoint> decodeHeatmaps(const Tensor &heatmaps, const NetworkDecoder &decoder, int inputWidth,
                                        int inputHeight);

} // namespace poselift
