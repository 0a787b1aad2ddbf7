#pragma once

#include "core/pose/skeleton.h"

#include <string>
#include <vector>

namespace poselift {

/// The joints that two skeletons share, in which poses of one can be compared with poses of the other.
/// Skeletons of the same name share everything. Else these are the joints of the same name with a side,
/// which mean the same everywhere, and "mid_hip", the middle of the hips, as their root.
class ComparedJoints
{
public:
    ComparedJoints(const Skeleton &truth, const Skeleton &prediction);

    /// The same joints for predictions of the truth's skeleton.
    ComparedJoints forTruthSkeleton() const;

    const std::vector<std::string> &names() const { return m_names; }
    int root() const { return m_root; }
    /// Poses [T, J, 3] of the truth's skeleton → [T, names(), 3] relative to the root.
    std::vector<double> ofTruth(const std::vector<double> &poses) const { return picked(poses, m_truthCount, m_truth); }
    std::vector<double> ofPrediction(const std::vector<double> &poses) const
    {
        return picked(poses, m_predictionCount, m_prediction);
    }

private:
    using Sources = std::vector<std::vector<int>>; ///< per joint: those that it is the mean of

    std::vector<double> picked(const std::vector<double> &poses, int jointCount, const Sources &sources) const;

    std::vector<std::string> m_names;
    int m_root = 0;
    int m_truthCount;
    int m_predictionCount;
    Sources m_truth;
    Sources m_prediction;
};

} // namespace poselift
