#include "models/keypoints/keypointbox.h"

#include <algorithm>
#include <limits>

namespace poselift {

std::optional<Box> boxOfKeypoints(const Pose2D &pose, int least, const std::function<bool(std::size_t joint)> &counts)
{
    constexpr double kFar = std::numeric_limits<double>::max();
    double left = kFar;
    double top = kFar;
    double right = -kFar;
    double bottom = -kFar;
    int known = 0;
    for (std::size_t j = 0; j < pose.size(); ++j) {
        if (!pose[j].isKnown() || (counts && !counts(j)))
            continue;
        ++known;
        left = std::min(left, pose[j].x);
        right = std::max(right, pose[j].x);
        top = std::min(top, pose[j].y);
        bottom = std::max(bottom, pose[j].y);
    }
    if (known == 0 || known < least)
        return std::nullopt;
    return Box{left, top, right - left, bottom - top};
}

} // namespace poselift
