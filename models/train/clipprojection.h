#pragma once

#include "core/pose/skeleton.h"
#include "models/lift/lifterinput.h"
#include "models/train/keypointnoise.h"
#include "models/train/virtualcamera.h"

#include <Eigen/Core>

#include <array>
#include <vector>

namespace poselift {

/// The limb joints of a skeleton (core of a lifter's input) by name, and its root joint.
struct LimbJoints
{
    std::array<int, kLifterLimbJoints> index{};
    int root = 0;

    /// MissingJoints when the skeleton lacks one.
    static Result<LimbJoints> of(const Skeleton &skeleton);
};

/// Exact 2D and 3D of one clip seen by one camera. Reused as scratch between clips.
struct ProjectedClip
{
    int frames = 0;
    std::vector<float> xy;             ///< [T, 12, 2] picture units (longer side = 1)
    std::vector<float> confidence;     ///< [T, 12]
    std::vector<float> bodyHeight;     ///< [T] height of a 1.7 m body at the root's depth, picture units
    std::vector<Eigen::Vector3f> joints; ///< [T, J] camera frame, m

    NoisyClip noisy(const VirtualCamera &camera)
    {
        return {xy.data(), confidence.data(), bodyHeight.data(), frames, camera.width, camera.height};
    }
};

/// Projects @p frames poses [T, J] of the world frame; confidence 1 everywhere.
void projectClip(const Eigen::Vector3f *world, int frames, int jointCount, const LimbJoints &limbs,
                 const VirtualCamera &camera, const Eigen::Vector3f &anchor, ProjectedClip &clip);

/// The lifter's input for the whole clip, with the intrinsics that the lifter is told.
LifterInput lifterInputOf(const ProjectedClip &clip, const PinholeIntrinsics &given, double framesPerSecond);

/// Root-relative joints of frame @p frame, [J, 3] m, turned by @p rotation (from the camera frame).
void writeTarget(const ProjectedClip &clip, int frame, int jointCount, const LimbJoints &limbs,
                 const Eigen::Matrix3f &rotation, float *target);

} // namespace poselift
