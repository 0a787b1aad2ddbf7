#pragma once

#include "core/base/result.h"
#include "models/detect/fastestdet.h"
#include "models/detect/tensor.h"
#include "models/detectormanifest.h"

#include <string>
#include <vector>

namespace poselift {

struct RawPerson
{
    RawBox box;
    std::vector<RawKeypoint> keypoints;
};

/// WrongOutput unless @p output is [1, 5 + 3·keypoints, N] or [1, N, 5 + 3·keypoints].
Result<void> checkYoloPose(const Tensor &output, int keypoints, const std::string &path);

/// Everybody in the picture, after non-maximum suppression, by falling score. A candidate holds box
/// centre and size in input pixels, the person's score, then x, y, score of every keypoint
/// (Ultralytics YOLOv8-pose export).
std::vector<RawPerson> decodeYoloPose(const Tensor &output, const NetworkDecoder &decoder, int keypoints);

} // namespace poselift
