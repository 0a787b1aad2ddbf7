#include "core/review/finding.h"

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

constexpr float kJointShare = 0.4F;    // of the worst joint's score
constexpr float kExchangeShare = 0.5F; // of the reason that counts most
constexpr double kStatureMetres = 1.7;

struct JointScore
{
    int joint = 0;
    float score = 0;
    ReviewReason reason = ReviewReason::LowConfidence;
};

JointScore scoreOf(const FrameScores &scores, int joint, const ReviewWeights &weights,
                   std::optional<ReviewReason> onlyReason)
{
    JointScore result{joint, 0, ReviewReason::LowConfidence};
    float most = 0;
    for (int i = 0; i < kReviewReasonCount; ++i) {
        const auto reason = static_cast<ReviewReason>(i);
        if (onlyReason && *onlyReason != reason)
            continue;
        const float part = weights.of(reason) * scores.of(reason, joint);
        result.score += part;
        if (part > most) {
            most = part;
            result.reason = reason;
        }
    }
    // An exchange explains the distances and the jump as well, so it is named before them.
    if (!onlyReason || *onlyReason == ReviewReason::SideSwap) {
        const float exchange = weights.of(ReviewReason::SideSwap) * scores.of(ReviewReason::SideSwap, joint);
        if (exchange > 0 && exchange >= kExchangeShare * most)
            result.reason = ReviewReason::SideSwap;
    }
    return result;
}

double boneRatio(const SliceMeasures &measures, int index, int bone, const TrackNorms &norms)
{
    const auto at = static_cast<std::size_t>(bone);
    const double picture = measures.boneInPicture(index, bone) / norms.boneInPicture[at];
    const double lifted = measures.boneMetres(index, bone) / norms.boneMetres[at];
    const double inPicture = std::isfinite(picture) && picture > 1 ? picture : 1.0; // shorter is foreshortening
    const double inSpace = std::isfinite(lifted) ? lifted : 1.0;
    return std::abs(inPicture - 1) > std::abs(inSpace - 1) ? inPicture : inSpace;
}

/// The farthest that the keypoint is from its path.
float mostOffPath(const SliceMeasures &measures, int index, int joint)
{
    float most = 0;
    for (std::size_t lag = 0; lag < kMotionLags.size(); ++lag)
        most = std::fmax(most, measures.offPath(index, joint, static_cast<int>(lag)));
    return most;
}

double amountOf(const SliceMeasures &measures, int index, const TrackNorms &norms, const JointScore &worst, int bone)
{
    const double px = measures.heightPx(index) / 100.0;
    const ReviewSlice &slice = measures.slice();
    const std::size_t at = slice.at(index, worst.joint);
    switch (worst.reason) {
    case ReviewReason::LowConfidence:
        return slice.marks[at] == ReviewMark::Missing ? -1.0 : slice.confidence[at];
    case ReviewReason::Reprojection:
        return px * measures.reprojection(index, worst.joint);
    case ReviewReason::Disagreement:
        return kStatureMetres * measures.disagreement(index, worst.joint) / 100;
    case ReviewReason::BoneLength:
        return boneRatio(measures, index, bone, norms);
    case ReviewReason::Motion:
        return px * mostOffPath(measures, index, worst.joint);
    case ReviewReason::SideSwap:
        break;
    }
    return 0;
}

} // namespace

std::optional<Finding> findingOf(const SliceMeasures &measures, int index, const TrackNorms &norms,
                                 const ReviewWeights &weights, std::optional<ReviewReason> onlyReason)
{
    FrameScorer scorer(measures, norms);
    const FrameScores &scores = scorer.score(index);
    std::vector<JointScore> joints;
    for (int j = 0; j < measures.slice().jointCount; ++j)
        joints.push_back(scoreOf(scores, j, weights, onlyReason));
    std::stable_sort(joints.begin(), joints.end(),
                     [](const JointScore &a, const JointScore &b) { return a.score > b.score; });
    if (joints.empty() || joints.front().score <= 0)
        return std::nullopt;
    const JointScore &worst = joints.front();
    Finding finding;
    finding.reason = worst.reason;
    for (const JointScore &joint : joints) {
        const bool isPart =
            worst.reason != ReviewReason::SideSwap || scores.of(ReviewReason::SideSwap, joint.joint) > 0;
        if (isPart && joint.score >= kJointShare * worst.score)
            finding.joints.push_back(joint.joint);
    }
    finding.bone = worst.reason == ReviewReason::BoneLength ? scores.bones[static_cast<std::size_t>(worst.joint)] : -1;
    finding.amount = amountOf(measures, index, norms, worst, finding.bone);
    return finding;
}

} // namespace poselift
