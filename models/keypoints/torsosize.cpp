#include "models/keypoints/torsosize.h"

#include <cmath>

namespace poselift {

std::optional<double> torsoSize(const Pose2D &labels, const Skeleton &skeleton)
{
    double sum = 0;
    int known = 0;
    for (const auto &[from, to] : {std::pair("left_shoulder", "right_hip"), std::pair("right_shoulder", "left_hip")}) {
        const int shoulder = skeleton.indexOf(from);
        const int hip = skeleton.indexOf(to);
        if (shoulder < 0 || hip < 0)
            continue;
        const Keypoint2D &a = labels[static_cast<std::size_t>(shoulder)];
        const Keypoint2D &b = labels[static_cast<std::size_t>(hip)];
        if (!a.isKnown() || !b.isKnown())
            continue;
        sum += std::hypot(a.x - b.x, a.y - b.y);
        ++known;
    }
    if (known == 0 || sum <= 0)
        return std::nullopt;
    return sum / known;
}

} // namespace poselift
