#include "models/keypoints/keypointsbyname.h"

namespace poselift {

Pose2D keypointsByName(const Pose2D &pose, const Skeleton &from, const Skeleton &to)
{
    Pose2D result(to.joints.size());
    for (std::size_t j = 0; j < result.size(); ++j) {
        const int index = from.indexOf(to.joints[j]);
        if (index >= 0)
            result[j] = pose[static_cast<std::size_t>(index)];
    }
    return result;
}

} // namespace poselift
