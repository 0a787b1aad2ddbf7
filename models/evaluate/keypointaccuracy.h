#pragma once

#include "core/metrics/keypointmetrics.h"
#include "core/pose/keypoint.h"
#include "core/pose/skeleton.h"

#include <string>
#include <vector>

namespace poselift {

/// The twelve joints of shoulders, arms, hips and legs, which every data set and network has.
const std::vector<std::string> &limbJoints();

/// Predictions of one confidence range and how many of them were right.
struct ReliabilityBin
{
    double from = 0.0; ///< confidence
    double to = 0.0;
    std::int64_t count = 0;
    double right = 0.0; ///< share within the threshold
    double meanConfidence = 0.0;
};

/// How well keypoints agree with marked ones, over many people.
class KeypointAccuracy
{
public:
    /// @param truth  skeleton of the marked poses
    /// @param found  skeleton of the predictions; joints are compared by name
    KeypointAccuracy(const Skeleton &truth, const Skeleton &found);

    /// @param torso  px. A keypoint that was not found counts as wrong.
    void add(const Pose2D &found, const Pose2D &truth, double torso);

    int people() const { return static_cast<int>(m_sizes.size() / 2); }
    /// Share of known joints nearer than @p threshold torsos, per joint of the truth's skeleton; −1
    /// for joints that the predictions do not have.
    PckResult pck(double threshold) const;
    /// Mean of the limb joints' PCK.
    double limbPck(double threshold) const;
    /// Share of right limb keypoints when each person's sides may be exchanged as a whole: what is
    /// lost because the picture shows a back, or because the labels have the sides wrong.
    double limbPckEitherSide(double threshold) const;
    /// Limb keypoints by confidence; @p bins of equal width over [0, 1].
    std::vector<ReliabilityBin> reliability(int bins, double threshold) const;

private:
    bool isLimb(std::size_t joint) const;
    /// Right limb keypoints of one person, each judged by the marked joint that @p mirrored says.
    int rightLimbs(std::size_t person, bool mirrored, double threshold) const;

    Skeleton m_truth;
    Skeleton m_found;
    std::vector<double> m_prediction;  ///< [N, J, 2]
    std::vector<double> m_wanted;      ///< [N, J, 2]
    std::vector<std::uint8_t> m_known; ///< [N, J]
    std::vector<float> m_confidence;   ///< [N, J]
    std::vector<double> m_sizes;       ///< [N, 2]
};

} // namespace poselift
