#include "models/lift/clipview.h"

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

/// interpolateJoints() takes one sample before and two after; one more for rounding of times.
constexpr std::int64_t kBefore = 2;
constexpr std::int64_t kAfter = 3;

} // namespace

SampleRange SampleRange::grown(std::int64_t before, std::int64_t after, std::int64_t total) const
{
    return {std::clamp<std::int64_t>(first - before, 0, total), std::clamp<std::int64_t>(end + after, 0, total)};
}

SampleRange SampleRange::united(const SampleRange &other) const
{
    if (isEmpty() || other.isEmpty())
        return isEmpty() ? other : *this;
    return {std::min(first, other.first), std::max(end, other.end)};
}

ClipView::ClipView(const KeypointTrack &track, const ClipFrames &frames, std::span<const double> seconds,
                   const ResampleOptions &options)
    : m_track(track), m_frames(frames), m_seconds(seconds), m_options(options), m_start(secondsOf(frames.front())),
      m_sampleCount(poselift::sampleCount(frames, seconds, options.framesPerSecond))
{
}

double ClipView::placeOf(std::int64_t frame) const
{
    return std::clamp((secondsOf(frame) - m_start) * framesPerSecond(), 0.0, static_cast<double>(m_sampleCount - 1));
}

std::vector<Pose2D> ClipView::samples(const SampleRange &range) const
{
    return resampleClip(m_track, m_frames, m_seconds, m_options, range.first, range.end);
}

SampleRange ClipView::samplesFor(FrameRange frames) const
{
    // Frames without a growing pts are no frames of the clip, but get 3D all the same.
    double from = placeOf(frames.first);
    double to = from;
    for (std::int64_t frame = frames.first; frame <= frames.last; ++frame) {
        from = std::min(from, placeOf(frame));
        to = std::max(to, placeOf(frame));
    }
    const SampleRange between{static_cast<std::int64_t>(from), static_cast<std::int64_t>(to) + 1};
    return between.grown(kBefore, kAfter, m_sampleCount);
}

SampleRange ClipView::samplesTouchedBy(FrameRange frames) const
{
    const auto reach =
        static_cast<std::int64_t>(std::ceil(2 * m_options.longestJointGapSeconds * framesPerSecond())) + 2;
    const SampleRange between{static_cast<std::int64_t>(placeOf(std::clamp(frames.first, firstFrame(), lastFrame()))),
                              static_cast<std::int64_t>(placeOf(std::clamp(frames.last, firstFrame(), lastFrame())))
                                  + 1};
    return between.grown(reach, reach, m_sampleCount);
}

FrameRange ClipView::framesTouchedBy(const SampleRange &samples) const
{
    const double from = m_start + static_cast<double>(samples.first - kAfter) / framesPerSecond();
    const double to = m_start + static_cast<double>(samples.end - 1 + kBefore) / framesPerSecond();
    const auto time = [this](std::int64_t frame) { return secondsOf(frame); };
    const auto begin = std::ranges::lower_bound(m_frames, from, {}, time);
    const auto end = std::ranges::upper_bound(m_frames, to, {}, time);
    if (begin == end)
        return {};
    // Up to the neighbouring frames of the clip: there may be others in between.
    const std::int64_t first = begin == m_frames.begin() ? *begin : *(begin - 1) + 1;
    const std::int64_t last = end == m_frames.end() ? m_frames.back() : *end - 1;
    return {first, last};
}

} // namespace poselift
