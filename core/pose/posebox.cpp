#include "core/pose/posebox.h"

#include <algorithm>

namespace poselift {

std::optional<Box> boxOfPose(const Pose2D &pose, float minimumConfidence)
{
    int count = 0;
    double left = 0, top = 0, right = 0, bottom = 0;
    for (const Keypoint2D &keypoint : pose) {
        if (!keypoint.isKnown() || keypoint.confidence < minimumConfidence)
            continue;
        left = count == 0 ? keypoint.x : std::min(left, keypoint.x);
        right = count == 0 ? keypoint.x : std::max(right, keypoint.x);
        top = count == 0 ? keypoint.y : std::min(top, keypoint.y);
        bottom = count == 0 ? keypoint.y : std::max(bottom, keypoint.y);
        ++count;
    }
    if (count < 2)
        return std::nullopt;
    return Box{left, top, right - left, bottom - top};
}

Box grown(const Box &box, double factor)
{
    return {box.centreX() - box.width * factor / 2, box.centreY() - box.height * factor / 2,
            box.width * factor, box.height * factor};
}

double boxIou(const Box &a, const Box &b)
{
    const double width = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
    const double height = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
    if (width <= 0 || height <= 0)
        return 0;
    const double shared = width * height;
    return shared / (a.area() + b.area() - shared);
}

} // namespace poselift
