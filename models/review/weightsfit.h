#pragma once

#include "models/review/queueworth.h"

#include <Eigen/Core>

namespace poselift {

/// Fits the weights of the reasons so that the weighted sum of a frame's scores comes near to its
/// error: least squares with weights ≥ 0, over the frames of all clips that were added.
class WeightsFit
{
public:
    void add(const FrameErrors &errors, const ClipScores &scores);
    ReviewWeights weights() const;

private:
    using Matrix = Eigen::Matrix<double, kReviewReasonCount, kReviewReasonCount>;
    using Vector = Eigen::Matrix<double, kReviewReasonCount, 1>;
    Matrix m_products = Matrix::Zero();
    Vector m_targets = Vector::Zero();
};

} // namespace poselift
