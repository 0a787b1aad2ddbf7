#include "models/evaluate/keypointaccuracy.h"

#include "core/metrics/trackcoverage.h"

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

// Where a keypoint that was not found is put: wrong at any threshold.
constexpr double kFar = 1e6;

} // namespace

const std::vector<std::string> &limbJoints()
{
    static const std::vector<std::string> kJoints{"left_shoulder", "right_shoulder", "left_elbow", "right_elbow",
                                                  "left_wrist",    "right_wrist",    "left_hip",   "right_hip",
                                                  "left_knee",     "right_knee",     "left_ankle", "right_ankle"};
    return kJoints;
}

KeypointAccuracy::KeypointAccuracy(const Skeleton &truth, const Skeleton &found) : m_truth(truth), m_found(found) {}

void KeypointAccuracy::add(const Pose2D &found, const Pose2D &truth, double torso)
{
    const Pose2D named = poseByName(found, m_found, m_truth);
    for (std::size_t joint = 0; joint < truth.size(); ++joint) {
        const bool has = m_found.indexOf(m_truth.joints[joint]) >= 0;
        m_prediction.insert(m_prediction.end(), {named[joint].isKnown() ? named[joint].x : kFar, named[joint].y});
        m_wanted.insert(m_wanted.end(), {truth[joint].x, truth[joint].y});
        m_known.push_back(has && truth[joint].isKnown() ? 1 : 0);
        m_confidence.push_back(named[joint].isKnown() ? named[joint].confidence : 0.0F);
    }
    m_sizes.insert(m_sizes.end(), {torso, torso});
}

PckResult KeypointAccuracy::pck(double threshold) const
{
    return poselift::pck({m_prediction, m_wanted, m_known, m_truth.jointCount()}, m_sizes, threshold);
}

bool KeypointAccuracy::isLimb(std::size_t joint) const
{
    const std::vector<std::string> &limbs = limbJoints();
    return std::find(limbs.begin(), limbs.end(), m_truth.joints[joint]) != limbs.end();
}

double KeypointAccuracy::limbPck(double threshold) const
{
    const PckResult result = pck(threshold);
    double sum = 0;
    int count = 0;
    for (std::size_t joint = 0; joint < result.count.size(); ++joint) {
        if (!isLimb(joint) || result.count[joint] == 0)
            continue;
        sum += result.perKeypoint[joint];
        ++count;
    }
    return count > 0 ? sum / count : 0.0;
}

int KeypointAccuracy::rightLimbs(std::size_t person, bool mirrored, double threshold) const
{
    const std::size_t joints = m_truth.joints.size();
    int right = 0;
    for (std::size_t joint = 0; joint < joints; ++joint) {
        const std::size_t wanted = person * joints + joint;
        const std::size_t found =
            mirrored ? person * joints + static_cast<std::size_t>(m_truth.mirrored(static_cast<int>(joint))) : wanted;
        if (m_known[wanted] == 0 || !isLimb(joint))
            continue;
        const double error = std::hypot(m_prediction[2 * found] - m_wanted[2 * wanted],
                                        m_prediction[2 * found + 1] - m_wanted[2 * wanted + 1]);
        right += error < threshold * m_sizes[2 * person] ? 1 : 0;
    }
    return right;
}

double KeypointAccuracy::limbPckEitherSide(double threshold) const
{
    const std::size_t joints = m_truth.joints.size();
    int right = 0, known = 0;
    for (std::size_t person = 0; person < m_sizes.size() / 2; ++person) {
        right += std::max(rightLimbs(person, false, threshold), rightLimbs(person, true, threshold));
        for (std::size_t joint = 0; joint < joints; ++joint)
            known += m_known[person * joints + joint] != 0 && isLimb(joint) ? 1 : 0;
    }
    return known > 0 ? double(right) / known : 0.0;
}

std::vector<ReliabilityBin> KeypointAccuracy::reliability(int bins, double threshold) const
{
    std::vector<ReliabilityBin> result(static_cast<std::size_t>(bins));
    for (int i = 0; i < bins; ++i) {
        result[static_cast<std::size_t>(i)].from = double(i) / bins;
        result[static_cast<std::size_t>(i)].to = double(i + 1) / bins;
    }
    const std::size_t joints = m_truth.joints.size();
    for (std::size_t i = 0; i < m_known.size(); ++i) {
        if (m_known[i] == 0 || !isLimb(i % joints))
            continue;
        const int bin = std::clamp(static_cast<int>(m_confidence[i] * static_cast<float>(bins)), 0, bins - 1);
        const double error =
            std::hypot(m_prediction[2 * i] - m_wanted[2 * i], m_prediction[2 * i + 1] - m_wanted[2 * i + 1]);
        ReliabilityBin &counted = result[static_cast<std::size_t>(bin)];
        ++counted.count;
        counted.right += error < threshold * m_sizes[2 * (i / joints)] ? 1 : 0;
        counted.meanConfidence += m_confidence[i];
    }
    for (ReliabilityBin &bin : result) {
        const double count = static_cast<double>(std::max<std::int64_t>(bin.count, 1));
        bin.right /= count;
        bin.meanConfidence /= count;
    }
    return result;
}

} // namespace poselift
