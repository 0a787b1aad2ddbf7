#include "models/detect/posesimilarity.h"

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

constexpr double kHipSigma = 0.107; // COCO's sigma of the hips, its widest

bool counts(const Keypoint2D &keypoint, float minimumConfidence)
{
    return keypoint.isKnown() && keypoint.confidence >= minimumConfidence;
}

} // namespace

float meanConfidence(const Pose2D &pose)
{
    float sum = 0;
    for (const Keypoint2D &keypoint : pose)
        sum += keypoint.isKnown() ? keypoint.confidence : 0.0F;
    return pose.empty() ? 0.0F : sum / static_cast<float>(pose.size());
}

double poseOks(const Pose2D &a, const Pose2D &b, const Skeleton &skeleton, double area, float minimumConfidence)
{
    double sum = 0;
    int shared = 0;
    for (std::size_t joint = 0; joint < a.size() && joint < b.size(); ++joint) {
        if (!counts(a[joint], minimumConfidence) || !counts(b[joint], minimumConfidence))
            continue;
        const double sigma = joint < skeleton.oksSigmas.size() && skeleton.oksSigmas[joint] > 0 ? skeleton.oksSigmas[joint]
                                                                                                : kHipSigma;
        const double squared = std::pow(a[joint].x - b[joint].x, 2) + std::pow(a[joint].y - b[joint].y, 2);
        sum += std::exp(-squared / (2 * std::max(area, 1.0) * 4 * sigma * sigma));
        ++shared;
    }
    return shared < 3 ? 0.0 : sum / shared;
}

} // namespace poselift
