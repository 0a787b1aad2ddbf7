#include "core/media/displayorientation.h"

#include <cmath>
#include <numbers>

namespace poselift {

DisplayOrientation orientationOfDisplayMatrix(const std::int32_t (&matrix)[9])
{
    // Rows: where the picture's x axis and y axis go (both on the screen, y down).
    const double xAxis[] = {double(matrix[0]), double(matrix[1])};
    const double yAxis[] = {double(matrix[3]), double(matrix[4])};
    const double area = xAxis[0] * yAxis[1] - xAxis[1] * yAxis[0];
    if (area == 0.0)
        return {};
    DisplayOrientation orientation;
    orientation.mirrored = area < 0.0;
    // Mirroring comes first and turns the x axis round; what is left is a rotation, and with y down
    // a positive angle is clockwise.
    const double sign = orientation.mirrored ? -1.0 : 1.0;
    const double degrees = std::atan2(sign * xAxis[1], sign * xAxis[0]) * 180.0 / std::numbers::pi;
    orientation.rotationDegrees =
        ((static_cast<int>(std::lround(degrees / 90.0)) % 4 + 4) % 4) * 90;
    return orientation;
}

} // namespace poselift
