#pragma once

#include <cstdint>

namespace poselift {

/// How a picture must be laid out to be seen as its file asks for: left and right exchanged first,
/// then turned.
struct DisplayOrientation
{
    int rotationDegrees = 0; ///< clockwise: 0, 90, 180 or 270
    bool mirrored = false;
    friend bool operator==(const DisplayOrientation &, const DisplayOrientation &) = default;

    bool isUpright() const { return rotationDegrees == 0 && !mirrored; }
    /// True when width and height are exchanged.
    bool isSideways() const { return rotationDegrees % 180 != 0; }
};

/// Reads the display matrix of a video stream, nine numbers by rows as libavutil/display.h has
/// them: (x', y', 1) = (x, y, 1) * matrix. Turned to the nearest quarter, because frames are not
/// resampled; scale and translation are ignored. A matrix that flattens the picture is taken as
/// none.
DisplayOrientation orientationOfDisplayMatrix(const std::int32_t (&matrix)[9]);

} // namespace poselift
