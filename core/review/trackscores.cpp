#include "core/review/trackscores.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace poselift {

namespace {

std::uint8_t packed(float score)
{
    return static_cast<std::uint8_t>(std::min(std::lround(score / kScoreStep), 255L));
}

/// Puts @p front zeros before and makes @p size values in all.
template <typename T>
void grow(std::vector<T> &values, std::int64_t front, std::int64_t size)
{
    if (front > 0)
        values.insert(values.begin(), static_cast<std::size_t>(front), T{});
    values.resize(static_cast<std::size_t>(size));
}

std::uint16_t sumOf(const std::uint8_t *values, int count)
{
    return static_cast<std::uint16_t>(
        std::min<int>(std::accumulate(values, values + count, 0), std::numeric_limits<std::uint16_t>::max()));
}

} // namespace

float ScoredFrames::score(ReviewReason reason, std::int64_t frame, int joint) const
{
    if (!frames().contains(frame) || joint < 0 || joint >= jointCount)
        return 0;
    return kScoreStep
           * values[static_cast<std::size_t>(reason)]
                   [static_cast<std::size_t>((frame - firstFrame) * jointCount + joint)];
}

ScoredFrames scoreFrames(const ReviewSlice &slice, FrameRange frames, const ReviewContext &context,
                         const TrackNorms &norms)
{
    const SliceMeasures measures(slice, context);
    FrameScorer scorer(measures, norms);
    frames = {std::max(frames.first, slice.firstFrame), std::min(frames.last, slice.endFrame() - 1)};
    ScoredFrames scored;
    scored.track = slice.track;
    scored.firstFrame = frames.first;
    scored.jointCount = slice.jointCount;
    for (std::vector<std::uint8_t> &values : scored.values)
        values.reserve(static_cast<std::size_t>(frames.count() * slice.jointCount));
    for (std::int64_t frame = frames.first; frame <= frames.last; ++frame) {
        const int index = static_cast<int>(frame - slice.firstFrame);
        const FrameScores &scores = scorer.score(index);
        for (std::size_t reason = 0; reason < scores.values.size(); ++reason) {
            for (const float value : scores.values[reason])
                scored.values[reason].push_back(packed(value));
        }
        scored.done.push_back(slice.done[static_cast<std::size_t>(index)]);
    }
    return scored;
}

void TrackScores::cover(FrameRange extent)
{
    if (extent.count() == 0)
        return;
    const FrameRange old = m_frames.frames();
    const std::int64_t first = old.count() > 0 ? std::min(old.first, extent.first) : extent.first;
    const std::int64_t last = old.count() > 0 ? std::max(old.last, extent.last) : extent.last;
    if (FrameRange{first, last} == old)
        return;
    const std::int64_t front = old.count() > 0 ? old.first - first : 0;
    const std::int64_t count = last - first + 1;
    auto sums = std::make_shared<FrameSums>(*m_sums);
    for (std::size_t reason = 0; reason < m_frames.values.size(); ++reason) {
        grow(m_frames.values[reason], front * m_frames.jointCount, count * m_frames.jointCount);
        grow(sums->values[reason], front, count);
    }
    grow(m_frames.done, front, count);
    m_frames.firstFrame = first;
    m_sums = std::move(sums);
}

void TrackScores::clear(FrameRange range)
{
    const FrameRange all = m_frames.frames();
    range = {std::max(range.first, all.first), std::min(range.last, all.last)};
    ScoredFrames nothing;
    nothing.firstFrame = range.first;
    for (std::vector<std::uint8_t> &values : nothing.values)
        values.resize(static_cast<std::size_t>(range.count() * m_frames.jointCount));
    nothing.done.resize(static_cast<std::size_t>(range.count()));
    assign(nothing);
}

void TrackScores::assign(const ScoredFrames &scored)
{
    if (scored.frameCount() == 0)
        return;
    assert(m_frames.frames().contains(scored.firstFrame) && m_frames.frames().contains(scored.frames().last));
    if (m_sums.use_count() > 1) // somebody ranks by the old ones at this moment
        m_sums = std::make_shared<FrameSums>(*m_sums);
    const int joints = m_frames.jointCount;
    const std::int64_t at = scored.firstFrame - m_frames.firstFrame;
    for (std::size_t reason = 0; reason < m_frames.values.size(); ++reason) {
        std::copy(scored.values[reason].begin(), scored.values[reason].end(),
                  m_frames.values[reason].begin() + at * joints);
        for (std::int64_t t = 0; t < scored.frameCount(); ++t)
            m_sums->values[reason][static_cast<std::size_t>(at + t)] =
                sumOf(scored.values[reason].data() + t * joints, joints);
    }
    const auto done = m_frames.done.begin() + at;
    m_doneCount += std::accumulate(scored.done.begin(), scored.done.end(), std::int64_t{0})
                   - std::accumulate(done, done + scored.frameCount(), std::int64_t{0});
    std::copy(scored.done.begin(), scored.done.end(), done);
}

} // namespace poselift
