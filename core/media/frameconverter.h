#pragma once

#include "core/media/displayorientation.h"
#include "core/media/ffmpegpointers.h"
#include "core/media/videoframe.h"

#include <cstdint>
#include <vector>

namespace poselift {

/// Turns decoded pictures into B, G, R, 255 of one size, turned and mirrored as the file asks for.
class FrameConverter
{
public:
    explicit FrameConverter(DisplayOrientation orientation = {}) : m_orientation(orientation) {}

    /// The picture of @p frame; null when swscale cannot read its pixel format. Where the size
    /// changes in mid-stream, later pictures are scaled to the size of the first one.
    VideoFrame convert(const AVFrame &frame);

private:
    bool prepare(const AVFrame &frame);
    bool scaleInto(const AVFrame &frame, std::uint8_t *target, int strideBytes);

    DisplayOrientation m_orientation;
    int m_width = 0;  // of the converted picture before rotation
    int m_height = 0;
    SwsPointer m_scaler;
    struct Key
    {
        int width = 0, height = 0, format = -1, matrix = -1, fullRange = -1;
        friend bool operator==(const Key &, const Key &) = default;
    } m_key; // what m_scaler was made for
    std::vector<std::uint8_t> m_padded; // rows of a multiple of 64 bytes, for SIMD that overruns
};

} // namespace poselift
