#include "models/detect/keypointestimator.h"

namespace poselift {

Result<std::vector<Pose2D>> KeypointEstimator::estimateAll(const ImageView &picture, std::span<const Crop> crops)
{
    std::vector<Pose2D> poses;
    for (const Crop &crop : crops) {
        Result<Pose2D> pose = estimate(picture, crop);
        if (!pose)
            return pose.error();
        poses.push_back(*std::move(pose));
    }
    return poses;
}

} // namespace poselift
