#pragma once

#include "core/review/slicemeasures.h"

#include <array>
#include <span>
#include <vector>

namespace poselift {

/// What is usual in one track, so that scores count only what is not. Measured once when a track is
/// scored and kept while single frames are edited; robust against the errors that are looked for
/// (medians and upper quantiles).
struct TrackNorms
{
    float confidence = 0;                                       ///< median over all keypoints that a detector saw
    std::vector<float> knownShare;                              ///< [J] share of frames in which the joint is known
    std::vector<float> reprojection;                            ///< [J] median, % of the height
    std::vector<float> disagreement;                            ///< [J] median, %
    std::array<std::vector<float>, kMotionLags.size()> offPath; ///< [J] 90 % quantile, %
    std::vector<float> boneMetres;                              ///< [B] median, m
    std::vector<float> boneInPicture; ///< [B] 95 % quantile, %: how long it looks unforeshortened

    friend bool operator==(const TrackNorms &, const TrackNorms &) = default;
};

/// Parts of a track of @p count frames to measure norms on: the whole of it or evenly spread pieces,
/// about 4,000 frames in all. Frames of the video.
std::vector<FrameRange> normSamples(FrameRange extent);

/// Norms of the frames of all @p samples, slices of one track; frames nearer than kReviewMargin to a
/// slice's ends count as well.
TrackNorms measureNorms(std::span<const ReviewSlice> samples, const ReviewContext &context);

} // namespace poselift
