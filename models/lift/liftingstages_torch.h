#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "core/geometry/camera.h"
#include "core/pose/skeletonmapping.h"
#include "models/lift/liftermodel.h"
#include "models/lift/placement.h"
#include "models/lift/sequencelifting_torch.h"
#include "models/lifter.h"

#include <span>
#include <vector>

namespace poselift {

/// What lifting consists of, sample by sample: keypoints become features, the network makes
/// root-relative joints of them, and these are placed in the camera. The lifter of whole tracks and
/// the interactive one are made of the same stages, so that their results cannot differ.
class LiftingStages
{
public:
    LiftingStages(LifterDescription description, std::shared_ptr<const InferenceNetwork> network,
                  const LifterOptions &options);

    struct Mappings
    {
        SkeletonMapping input;  ///< source skeleton → the network's joints
        SkeletonMapping points; ///< source skeleton → output joints, where it has them
    };
    /// Samples in the two joint orders.
    struct MappedPoses
    {
        std::vector<Pose2D> inputs;
        std::vector<Pose2D> seen;
    };
    /// Features [S, J, C] and, per sample, the rotation out of the frame of the results.
    struct Features
    {
        torch::Tensor values;
        std::vector<Eigen::Matrix3d> cameraFromResult;
    };

    const LifterDescription &description() const { return m_description; }
    const InferenceNetwork &network() const { return *m_network; }
    const std::optional<MirroredJoints> &flip() const { return m_flip; }
    int jointCount() const { return m_description.outputSkeleton.jointCount(); }

    Result<Mappings> mappingsFrom(const Skeleton &from) const;
    static MappedPoses mapped(const std::vector<Pose2D> &poses, const Mappings &mappings);
    Features featuresOf(const std::vector<Pose2D> &inputs, const CameraIntrinsics &camera, double rate) const;
    /// Time to each side that the features of a sample may depend on where areFeaturesLocal().
    double featureReachSeconds() const;
    /// True when the features of samples [first, end) of @p inputs do not depend on what comes before
    /// and after @p inputs.
    bool areFeaturesLocal(const std::vector<Pose2D> &inputs, double rate, std::int64_t first, std::int64_t end) const;
    /// The network's joints [S, J, 3] turned into the camera's axes, m, relative to the root. Error:
    /// InferenceFailed when they are not finite.
    Result<std::vector<float>> inCameraAxes(const torch::Tensor &joints,
                                            std::span<const Eigen::Matrix3d> cameraFromResult) const;
    /// What placement.h works on: [S, J].
    std::vector<PlacementPoint> placementPoints(std::span<const float> joints, std::span<const Pose2D> seen,
                                                const CameraIntrinsics &camera) const;
    /// The network's rate, or the video's own (median) for a network that takes any.
    double rateFor(std::span<const double> seconds) const;

private:
    Features plainFeatures(const std::vector<Pose2D> &poses, const CameraIntrinsics &camera) const;

    LifterDescription m_description;
    std::shared_ptr<const InferenceNetwork> m_network;
    std::optional<MirroredJoints> m_flip;
    std::vector<bool> m_isLimb; ///< of the output: joints that mean the same in every skeleton
};

/// Moves joints [S, J, 3] by their sample's root.
void addRoots(std::vector<float> &joints, int jointCount, std::span<const Eigen::Vector3d> roots);

/// The stages of an installed model; errors as of createLifter().
Result<LiftingStages> createLiftingStages(const LifterOptions &options);

} // namespace poselift
