#pragma once

#include "core/geometry/camera.h"
#include "models/finetune/learningblocks.h"
#include "models/finetune/personlabels.h"
#include "models/train/liftingexamples.h"

#include <Eigen/Core>

#include <array>
#include <memory>
#include <vector>

namespace poselift {

/// Axes of a body in the frame of its joints: columns to its left, upwards, forwards.
Eigen::Matrix3d bodyAxes(const Eigen::Vector3d &leftShoulder, const Eigen::Vector3d &rightShoulder,
                         const Eigen::Vector3d &leftHip, const Eigen::Vector3d &rightHip);

/// One person before one camera, as far as it can be told: what rehearsal from motion capture has to
/// look like so that the lifter learns this person, this camera and this detector's errors on it.
struct SceneEstimate
{
    CameraIntrinsics camera;
    std::vector<float> lengths;        ///< m, per bone of BodyVariation::bones(); empty: bodies at random
    float elevation = 0;               ///< rad, of the camera; positive looks down
    float roll = 0;                    ///< rad
    std::vector<Eigen::Vector3f> roots; ///< m, camera frame: where the person has been; never empty
    /// Where the detector sees a limb joint relative to where it is, m: fixed to the body (bodyAxes())
    /// and fixed to the picture (x, y at the joint's depth).
    std::array<Eigen::Vector3f, kLifterLimbJoints> bodyOffset{};
    std::array<Eigen::Vector2f, kLifterLimbJoints> imageOffset{};
    KeypointNoiseOptions noise;        ///< what is left
};

/// A pose that is known well enough: its frame and its joints in the camera frame, m.
struct PlacedPose
{
    std::int64_t frame = 0;
    std::vector<Eigen::Vector3d> joints; ///< [J]
};

/// Camera, places and the detector's errors from poses of one person (at least one) and the corrections
/// among the frames of @p train. The elevation is that at which the mean of the upright bodies stands
/// vertically.
SceneEstimate estimateScene(const PersonLabels &person, std::span<const FrameSpan> train,
                            const std::vector<PlacedPose> &poses, const LimbJoints &limbs,
                            const CameraIntrinsics &camera, std::vector<float> lengths);

/// @p options with this body, camera and detector instead of random ones. @p skeleton is that of the
/// motion capture.
LiftingExampleOptions imitating(std::shared_ptr<const SceneEstimate> scene, const Skeleton &skeleton,
                                const LimbJoints &limbs, LiftingExampleOptions options);

} // namespace poselift
