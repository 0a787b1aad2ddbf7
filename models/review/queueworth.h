#pragma once

#include "core/review/ranking.h"
#include "models/review/queueclips.h"

#include <array>
#include <cstdint>
#include <vector>

namespace poselift {

/// A keypoint farther from the truth than this share of the person's height is one that an annotator
/// would move: about how far apart people are who mark the same limb joint (COCO's σ of 0.062 …
/// 0.107 times the root of the person's area).
inline constexpr float kWrongShare = 0.03F;

/// Errors of the frames of all clips, percent of the person's height, summed over the limb joints.
/// A keypoint that the detector did not find counts with the position between its neighbours in
/// time, which is what a lifter makes of it; one that is outside the picture does not count.
struct FrameErrors
{
    std::vector<float> all;   ///< [N] of all joints
    std::vector<float> wrong; ///< [N] of those that are wrong: what correcting the frame removes
};

/// Frames of all clips, in their order.
FrameErrors frameErrors(const std::vector<QueueClip> &clips);

/// Sums of the scores of all frames of all clips by reason, and the whole score.
struct ClipScores
{
    FrameSums sums;            ///< [N]
    std::vector<float> scores; ///< [N]
};
ClipScores scoreClips(const std::vector<QueueClip> &clips, const ReviewWeights &weights);

/// Shares of all error that are gone after correcting this percentage of the frames.
inline constexpr std::array kCorrectedPercents{1, 5, 10};
using RemovedShares = std::array<double, kCorrectedPercents.size()>;

/// In the order of falling score, without suppression: what is always taken next is the top of the
/// queue, and that is the worst frame that is left.
RemovedShares removedInQueueOrder(const FrameErrors &errors, const std::vector<float> &scores);
/// Frames evenly spread over all clips.
RemovedShares removedUniformly(const FrameErrors &errors);
/// Mean of 20 random orders.
RemovedShares removedAtRandom(const FrameErrors &errors, std::uint64_t seed);

} // namespace poselift
