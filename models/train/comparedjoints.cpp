#include "models/train/comparedjoints.h"

#include "core/metrics/jointmetrics.h"

#include <algorithm>

namespace poselift {

namespace {

std::vector<int> middleOfHips(const Skeleton &skeleton)
{
    return {skeleton.indexOf("left_hip"), skeleton.indexOf("right_hip")};
}

} // namespace

ComparedJoints::ComparedJoints(const Skeleton &truth, const Skeleton &prediction)
    : m_truthCount(truth.jointCount()), m_predictionCount(prediction.jointCount())
{
    const bool isSame = truth.name == prediction.name;
    for (int joint = 0; joint < truth.jointCount(); ++joint) {
        const std::string &name = truth.joints[static_cast<std::size_t>(joint)];
        const int other = isSame ? joint : prediction.indexOf(name);
        if (other < 0 || (!isSame && sideOf(name) == BodySide::Middle))
            continue;
        m_names.push_back(name);
        m_truth.push_back({joint});
        m_prediction.push_back({other});
    }
    if (isSame) {
        m_root = std::max(0, truth.indexOf(truth.root));
        return;
    }
    m_root = static_cast<int>(m_names.size());
    m_names.push_back("mid_hip");
    m_truth.push_back(middleOfHips(truth));
    m_prediction.push_back(middleOfHips(prediction));
}

ComparedJoints ComparedJoints::forTruthSkeleton() const
{
    ComparedJoints same = *this;
    same.m_prediction = m_truth;
    same.m_predictionCount = m_truthCount;
    return same;
}

std::vector<double> ComparedJoints::picked(const std::vector<double> &poses, int jointCount,
                                           const Sources &sources) const
{
    std::vector<double> result;
    const std::size_t width = 3 * static_cast<std::size_t>(jointCount);
    result.reserve(poses.size() / width * sources.size() * 3);
    for (std::size_t pose = 0; pose < poses.size(); pose += width) {
        for (const std::vector<int> &joints : sources) {
            for (std::size_t axis = 0; axis < 3; ++axis) {
                double sum = 0;
                for (const int joint : joints)
                    sum += poses[pose + 3 * static_cast<std::size_t>(joint) + axis];
                result.push_back(sum / static_cast<double>(joints.size()));
            }
        }
    }
    return rootRelative({result, static_cast<int>(sources.size())}, m_root);
}

} // namespace poselift
