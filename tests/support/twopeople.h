#pragma once

#include "tests/support/detectormodels.h"

#include <utility>
#include <vector>

/// A tiny YOLO-pose network that sees the same two people in every picture, for tests of what comes
/// after detection. Its input is 64 × 64 px; people are 12 px wide and 32 px high in it.
namespace twopeople {

inline constexpr int kInputPx = 64;
using Point = std::pair<float, float>;       ///< x and y, px of the input
inline constexpr Point kLeft{8.0F, 10.0F};   ///< upper left keypoint of the first person
inline constexpr Point kRight{40.0F, 20.0F}; ///< the same of the second

/// Keypoint @p joint of the person whose upper left keypoint is @p corner.
inline Point keypointAt(Point corner, int joint)
{
    return {corner.first + static_cast<float>(joint % 4) * 4,
            corner.second + static_cast<float>(joint) * 2};
}

/// One column of a YOLO-pose output: box, score, 17 keypoints.
inline std::vector<float> candidate(Point corner)
{
    std::vector<float> column{corner.first + 6, corner.second + 16, 16, 36, 0.9F};
    for (int joint = 0; joint < 17; ++joint) {
        const auto [x, y] = keypointAt(corner, joint);
        column.insert(column.end(), {x, y, 0.8F});
    }
    return column;
}

/// The network's ONNX file.
inline std::string network()
{
    std::vector<float> values = candidate(kLeft);
    const std::vector<float> second = candidate(kRight);
    values.insert(values.end(), second.begin(), second.end());
    OnnxWriter writer({1, 3, kInputPx, kInputPx});
    writer.addConstantOutput("people", {1, 2, 56}, values);
    return writer.bytes();
}

inline nlohmann::json manifest()
{
    nlohmann::json manifest = testManifest("keypoints", "stretch");
    manifest["priority"] = 1000; // before the bundled detector
    manifest["decoder"] = {{"type", "yolopose"}, {"score_threshold", 0.5}, {"nms_iou", 0.5}};
    return manifest;
}

} // namespace twopeople
