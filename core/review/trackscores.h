#pragma once

#include "core/review/framescores.h"

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace poselift {

/// Scores of consecutive frames of one track as they are kept: a tenth of a percent of the person's
/// height in one byte (up to 25.5 %), so that a million frames of two people of 17 joints take 200 MB.
struct ScoredFrames
{
    TrackId track = 0;
    std::int64_t firstFrame = 0;
    int jointCount = 0;
    std::array<std::vector<std::uint8_t>, kReviewReasonCount> values; ///< [T, J]
    std::vector<std::uint8_t> done;                                   ///< [T] 1: a person corrected something there

    std::int64_t frameCount() const { return static_cast<std::int64_t>(done.size()); }
    FrameRange frames() const { return {firstFrame, firstFrame + frameCount() - 1}; }
    /// Percent of the height; 0 outside.
    float score(ReviewReason reason, std::int64_t frame, int joint) const;
    friend bool operator==(const ScoredFrames &, const ScoredFrames &) = default;
};
inline constexpr float kScoreStep = 0.1F; ///< percent of the height

/// Scores the frames of @p slice that lie in @p frames; exact when the slice goes kReviewMargin frames
/// farther, or to the track's ends.
ScoredFrames scoreFrames(const ReviewSlice &slice, FrameRange frames, const ReviewContext &context,
                         const TrackNorms &norms);

/// Sums over the joints, which is all that ranking needs.
struct FrameSums
{
    std::array<std::vector<std::uint16_t>, kReviewReasonCount> values; ///< [T] in kScoreStep
};

/// All scores of one track. Not thread-safe; sums() may be read elsewhere while this goes on.
class TrackScores
{
public:
    TrackScores(TrackId track, int jointCount)
    {
        m_frames.track = track;
        m_frames.jointCount = jointCount;
    }

    TrackId track() const { return m_frames.track; }
    const ScoredFrames &frames() const { return m_frames; }
    std::int64_t firstFrame() const { return m_frames.firstFrame; }
    std::shared_ptr<const FrameSums> sums() const { return m_sums; }
    std::int64_t doneCount() const { return m_doneCount; }

    /// Makes room for the frames of @p extent as well; new ones have no scores.
    void cover(FrameRange extent);
    /// Frames of @p range have no scores any more.
    void clear(FrameRange range);
    /// Replaces the scores of @p scored's frames, which must be covered.
    void assign(const ScoredFrames &scored);

private:
    ScoredFrames m_frames;
    std::shared_ptr<FrameSums> m_sums = std::make_shared<FrameSums>();
    std::int64_t m_doneCount = 0;
};

} // namespace poselift
