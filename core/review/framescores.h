#pragma once

#include "core/review/reviewreason.h"
#include "core/review/tracknorms.h"

#include <array>
#include <vector>

namespace poselift {

/// Scores of all joints of one frame. Every score is on one scale: **how far the keypoint seems to
/// be off, in percent of the person's height in the picture**, beyond what is usual for this joint
/// and track; 0 is nothing unusual.
///
/// - LowConfidence: 10 % × (1 − c / (¾ of the track's median confidence)); 10 % for a joint that is
///   missing though it is known in most frames;
/// - Reprojection, Disagreement: the distance, less the joint's median (at most 4 %);
/// - BoneLength: the larger of |length − median| of the lifted bone over 1.7 m, less 1 %, and of what
///   the bone in the picture exceeds its 95 % quantile by; whole for its far joint, half for its near;
/// - SideSwap: the distance of the pair, if it fits at least 20 % better exchanged (fully from 70 %);
/// - Motion: the largest distance from the path over ±1, 2, 4, 8 frames, less 1.2 × its 90 % quantile.
///
/// Joints that a person decided on have none, and neither have frames in which a person corrected or
/// accepted something, or in which nobody is seen.
struct FrameScores
{
    std::array<std::vector<float>, kReviewReasonCount> values; ///< [J]
    std::vector<int> bones; ///< [J] of which bone the joint's BoneLength is; −1: none

    float of(ReviewReason reason, int joint) const
    {
        return values[static_cast<std::size_t>(reason)][static_cast<std::size_t>(joint)];
    }
};

/// Computes FrameScores. Keeps its scratch; one per thread. The measures and norms must outlive it.
class FrameScorer
{
public:
    FrameScorer(const SliceMeasures &measures, const TrackNorms &norms);
    /// Valid until the next call. @p index as in the slice.
    const FrameScores &score(int index);

private:
    float &value(ReviewReason reason, int joint)
    {
        return m_scores.values[static_cast<std::size_t>(reason)][static_cast<std::size_t>(joint)];
    }
    void clear();
    bool isLookedAt(int index) const;
    void scoreConfidence(int index);
    void scoreLifted(int index);
    void scoreBones(int index);
    void scoreSides(int index);
    void scoreMotion(int index);
    void clearSettled(int index);

    const SliceMeasures &m_measures;
    const TrackNorms &m_norms;
    FrameScores m_scores;
};

} // namespace poselift
