#include "core/review/framescores.h"

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

constexpr float kUnseen = 10.0F;          // % that a keypoint without any confidence counts
constexpr float kConfidenceShare = 0.75F; // of the usual confidence: below it is low
constexpr float kKnownShare = 0.5F;       // joints known in fewer frames are not missed
constexpr float kMostUsual = 4.0F;        // %: a joint that is off by more in half of the frames is not just usual
constexpr float kStatureMetres = 1.7F;
constexpr float kUsualBoneChange = 1.0F; // %
constexpr float kNearJointShare = 0.5F;
constexpr float kLeastGain = 0.2F;
constexpr float kFullGain = 0.7F;
constexpr float kPathMargin = 1.2F;

/// What @p value exceeds @p usual by; 0 for NaN.
float excess(float value, float usual)
{
    return value > usual ? value - usual : 0.0F;
}

} // namespace

FrameScorer::FrameScorer(const SliceMeasures &measures, const TrackNorms &norms) : m_measures(measures), m_norms(norms)
{
    clear();
}

void FrameScorer::clear()
{
    const auto joints = static_cast<std::size_t>(m_measures.context().skeleton.jointCount());
    for (std::vector<float> &values : m_scores.values)
        values.assign(joints, 0.0F);
    m_scores.bones.assign(joints, -1);
}

bool FrameScorer::isLookedAt(int index) const
{
    if (m_measures.slice().done[static_cast<std::size_t>(index)] != 0)
        return false;
    for (int j = 0; j < m_measures.slice().jointCount; ++j) {
        if (m_measures.isKnown(index, j))
            return true;
    }
    return false;
}

const FrameScores &FrameScorer::score(int index)
{
    clear();
    if (!isLookedAt(index))
        return m_scores;
    scoreConfidence(index);
    scoreLifted(index);
    scoreBones(index);
    scoreSides(index);
    scoreMotion(index);
    clearSettled(index);
    return m_scores;
}

void FrameScorer::scoreConfidence(int index)
{
    const ReviewSlice &slice = m_measures.slice();
    const float low = kConfidenceShare * m_norms.confidence;
    for (int j = 0; j < slice.jointCount; ++j) {
        const std::size_t at = slice.at(index, j);
        if (slice.marks[at] == ReviewMark::Seen && slice.confidence[at] < low)
            value(ReviewReason::LowConfidence, j) = kUnseen * (1 - slice.confidence[at] / low);
        else if (slice.marks[at] == ReviewMark::Missing
                 && m_norms.knownShare[static_cast<std::size_t>(j)] >= kKnownShare)
            value(ReviewReason::LowConfidence, j) = kUnseen;
    }
}

void FrameScorer::scoreLifted(int index)
{
    for (int j = 0; j < m_measures.slice().jointCount; ++j) {
        const auto joint = static_cast<std::size_t>(j);
        value(ReviewReason::Reprojection, j) =
            excess(m_measures.reprojection(index, j), std::min(m_norms.reprojection[joint], kMostUsual));
        value(ReviewReason::Disagreement, j) =
            excess(m_measures.disagreement(index, j), std::min(m_norms.disagreement[joint], kMostUsual));
    }
}

void FrameScorer::scoreBones(int index)
{
    const std::vector<std::pair<int, int>> &bones = m_measures.context().skeleton.bones;
    for (std::size_t b = 0; b < bones.size(); ++b) {
        const int bone = static_cast<int>(b);
        const float change =
            100 * std::abs(m_measures.boneMetres(index, bone) - m_norms.boneMetres[b]) / kStatureMetres;
        const float off = std::max(excess(change, kUsualBoneChange),
                                   excess(m_measures.boneInPicture(index, bone), m_norms.boneInPicture[b]));
        const auto blame = [&](int joint, float share) {
            if (share * off <= value(ReviewReason::BoneLength, joint))
                return;
            value(ReviewReason::BoneLength, joint) = share * off;
            m_scores.bones[static_cast<std::size_t>(joint)] = bone;
        };
        blame(bones[b].first, kNearJointShare);
        blame(bones[b].second, 1.0F);
    }
}

void FrameScorer::scoreSides(int index)
{
    for (const std::pair<int, int> &pair : m_measures.context().skeleton.pairs) {
        const float gain = m_measures.exchangeGain(index, pair);
        if (!(gain > kLeastGain))
            continue;
        const float sure = std::min(1.0F, (gain - kLeastGain) / (kFullGain - kLeastGain));
        const float off = sure * m_measures.distance(index, pair.first, pair.second);
        value(ReviewReason::SideSwap, pair.first) = off;
        value(ReviewReason::SideSwap, pair.second) = off;
    }
}

void FrameScorer::scoreMotion(int index)
{
    for (int j = 0; j < m_measures.slice().jointCount; ++j) {
        float &off = value(ReviewReason::Motion, j);
        for (std::size_t lag = 0; lag < kMotionLags.size(); ++lag) {
            const float usual = kPathMargin * m_norms.offPath[lag][static_cast<std::size_t>(j)];
            off = std::max(off, excess(m_measures.offPath(index, j, static_cast<int>(lag)), usual));
        }
    }
}

void FrameScorer::clearSettled(int index)
{
    const ReviewSlice &slice = m_measures.slice();
    for (int j = 0; j < slice.jointCount; ++j) {
        if (slice.marks[slice.at(index, j)] != ReviewMark::Settled)
            continue;
        for (std::vector<float> &values : m_scores.values)
            values[static_cast<std::size_t>(j)] = 0.0F;
    }
}

} // namespace poselift
