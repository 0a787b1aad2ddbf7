#pragma once

#include "models/train/liftingevaluation.h"
#include "models/train/liftingexamples.h"

#include <Eigen/Core>

namespace poselift {

/// The two simplest lifters, fitted on random training examples; what a network must beat.
class LiftingBaselines
{
public:
    /// Fits on @p count examples of @p examples: the mean 3D pose in the virtual camera, and
    /// the linear map with offset (ridge regression) from the features of the middle frame to the pose.
    static LiftingBaselines fit(const LiftingExamples &examples, int count, std::uint64_t seed);

    std::vector<float> meanPose(const EvaluationClip &clip) const;
    std::vector<float> linearMap(const EvaluationClip &clip) const;

private:
    Eigen::VectorXf m_mean;  ///< [3 J]
    Eigen::MatrixXf m_map;   ///< [3 J, features + 1]
};

} // namespace poselift
