#include "models/train/clipprojection.h"

#include "core/pose/skeletonmapping.h"

#include <algorithm>

namespace poselift {

namespace {

constexpr float kBodyHeight = 1.7F;   ///< m
constexpr float kNearestDepth = 0.3F; ///< m; people who walk through the camera stay in front of it

} // namespace

Result<LimbJoints> LimbJoints::of(const Skeleton &skeleton)
{
    const std::vector<std::string> &all = lifterInputJoints();
    const std::vector<std::string> names(all.begin(), all.begin() + kLifterLimbJoints);
    const Result<SkeletonMapping> mapping = SkeletonMapping::create(skeleton, names);
    if (!mapping)
        return mapping.error();
    LimbJoints limbs;
    for (std::size_t i = 0; i < limbs.index.size(); ++i)
        limbs.index[i] = mapping->sources()[i].parts.front().first;
    limbs.root = std::max(0, skeleton.indexOf(skeleton.root));
    return limbs;
}

void projectClip(const Eigen::Vector3f *world, int frames, int jointCount, const LimbJoints &limbs,
                 const VirtualCamera &camera, const Eigen::Vector3f &anchor, ProjectedClip &clip)
{
    const auto count = static_cast<std::size_t>(frames);
    clip.frames = frames;
    clip.xy.resize(count * kLifterLimbJoints * 2);
    clip.confidence.assign(count * kLifterLimbJoints, 1.0F);
    clip.bodyHeight.resize(count);
    clip.joints.resize(count * static_cast<std::size_t>(jointCount));
    const PinholeIntrinsics &lens = camera.truth;
    for (int t = 0; t < frames; ++t) {
        Eigen::Vector3f *joints = clip.joints.data() + t * jointCount;
        for (int j = 0; j < jointCount; ++j)
            joints[j] = camera.toCamera(world[t * jointCount + j], anchor);
        float *xy = clip.xy.data() + t * kLifterLimbJoints * 2;
        for (const int j : limbs.index) {
            const float z = std::max(joints[j].z(), kNearestDepth);
            *xy++ = lens.focal * joints[j].x() / z + lens.cx;
            *xy++ = lens.focal * joints[j].y() / z + lens.cy;
        }
        clip.bodyHeight[static_cast<std::size_t>(t)]
            = lens.focal * kBodyHeight / std::max(joints[limbs.root].z(), kNearestDepth);
    }
}

LifterInput lifterInputOf(const ProjectedClip &clip, const PinholeIntrinsics &given, double framesPerSecond)
{
    std::vector<float> rays(clip.xy.size());
    for (std::size_t i = 0; i < rays.size(); i += 2) {
        rays[i] = (clip.xy[i] - given.cx) / given.focal;
        rays[i + 1] = (clip.xy[i + 1] - given.cy) / given.focal;
    }
    const LimbRays all = withDerivedJoints(rays, clip.confidence);
    return makeLifterInput(all.xy, all.confidence, framesPerSecond);
}

void writeTarget(const ProjectedClip &clip, int frame, int jointCount, const LimbJoints &limbs,
                 const Eigen::Matrix3f &rotation, float *target)
{
    const Eigen::Vector3f *joints = clip.joints.data() + frame * jointCount;
    for (int j = 0; j < jointCount; ++j)
        Eigen::Map<Eigen::Vector3f>(target + 3 * j) = rotation * (joints[j] - joints[limbs.root]);
}

} // namespace poselift
