#pragma once

#include "core/base/result.h"
#include "models/detect/tensor.h"
#include "models/detectormanifest.h"

#include <string>
#include <vector>

namespace poselift {

/// Box of the network's input, in input pixels.
struct RawBox
{
    double left = 0.0;
    double top = 0.0;
    double right = 0.0;
    double bottom = 0.0;
    float score = 0.0F;
};

/// WrongOutput unless @p output is [1, 5 + classes, rows, columns] with the person class.
Result<void> checkFastestDetOutput(const Tensor &output, const NetworkDecoder &decoder, const std::string &path);

/// Boxes of persons after non-maximum suppression, by falling score. A cell holds objectness, box
/// centre (tanh, cells), box size (sigmoid, share of the input), then class probabilities;
/// score = objectness^0.6 · class^0.4 (FastestDet, utils/tool.py).
std::vector<RawBox> decodeFastestDet(const Tensor &output, const NetworkDecoder &decoder, int inputWidth, int inputHeight);

} // namespace poselift
