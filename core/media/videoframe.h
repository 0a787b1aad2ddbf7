#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace poselift {

/// Borrowed picture, 4 bytes a pixel in the order B, G, R, 255 (QImage::Format_RGB32 on
/// little-endian machines, cv::Mat CV_8UC4).
struct ImageView
{
    const std::uint8_t *data = nullptr;
    int width = 0;
    int height = 0;
    int strideBytes = 0;
};

/// One decoded frame, after rotation metadata, before sample-aspect scaling. Shared, read-only.
struct VideoFrame
{
    int width = 0;
    int height = 0;
    int strideBytes = 0;           ///< width * 4
    std::int64_t index = -1;       ///< 0-based, in presentation order
    double seconds = 0.0;          ///< pts
    std::shared_ptr<const std::vector<std::uint8_t>> pixels; ///< B, G, R, 255

    bool isNull() const { return pixels == nullptr; }
    ImageView view() const { return {pixels ? pixels->data() : nullptr, width, height, strideBytes}; }
};

} // namespace poselift
