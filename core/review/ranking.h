#pragma once

#include "core/review/skippedframes.h"
#include "core/review/trackscores.h"

#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace poselift {

/// One track's part in a ranking; may be read while the scores change.
struct RankedTrack
{
    TrackId track = 0;
    std::int64_t firstFrame = 0;
    std::shared_ptr<const FrameSums> sums;
};

struct RankingOptions
{
    ReviewWeights weights;
    int count = 200;                        ///< entries wanted
    TrackId onlyTrack = 0;                  ///< 0: everybody
    std::optional<ReviewReason> onlyReason; ///< the others count nothing
    float leastScore = 2.0F;                ///< frames below are not listed
    /// One mistake lasts some frames, and correcting one of them (and interpolating) mends the others:
    /// of frames that lie this close to each other only the worst is listed. When it is corrected, the
    /// worst of what is left comes up. About a sixth of a second.
    int radius = 5;
};

/// A frame of one person. The score estimates how far all joints together are off, in percent of the
/// person's height.
struct RankedFrame
{
    TrackId track = 0;
    std::int64_t frame = 0;
    float score = 0;
    friend bool operator==(const RankedFrame &, const RankedFrame &) = default;
};

struct Ranking
{
    std::vector<RankedFrame> frames; ///< the worst first; by track and frame where scores are equal
    std::int64_t found = 0;          ///< how many there are in all
};

/// The worst frames of all tracks; linear in their number (a million frames of two people: well below
/// a second). Stops early, with what it has, when asked.
Ranking rankFrames(std::span<const RankedTrack> tracks, const SkippedFrames &skipped, const RankingOptions &options,
                   std::stop_token stop = {});

/// Scores [T] of the frames of one track, without suppression; NaN-free, 0 for frames that are done.
std::vector<float> frameScores(const FrameSums &sums, const RankingOptions &options);

} // namespace poselift
