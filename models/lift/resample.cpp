#include "models/lift/resample.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace poselift {

namespace {

/// Known samples of one joint within a clip.
struct JointSamples
{
    std::vector<double> seconds;
    std::vector<Keypoint2D> keypoints;
};

/// Frames with growing pts in which the person is seen.
std::vector<std::int64_t> seenFrames(const KeypointTrack &track, std::span<const double> seconds)
{
    std::vector<std::int64_t> frames;
    double last = -std::numeric_limits<double>::infinity();
    const std::int64_t end = std::min(track.endFrame(), static_cast<std::int64_t>(seconds.size()));
    for (std::int64_t frame = std::max<std::int64_t>(0, track.firstFrame); frame < end; ++frame) {
        const double now = seconds[static_cast<std::size_t>(frame)];
        if (!std::isfinite(now) || now <= last || !track.isPresent(frame))
            continue;
        frames.push_back(frame);
        last = now;
    }
    return frames;
}

std::vector<ClipFrames> splitAtGaps(const std::vector<std::int64_t> &frames, std::span<const double> seconds, double gap)
{
    std::vector<ClipFrames> parts;
    for (const std::int64_t frame : frames) {
        const double now = seconds[static_cast<std::size_t>(frame)];
        if (parts.empty() || now - seconds[static_cast<std::size_t>(parts.back().back())] > gap)
            parts.emplace_back();
        parts.back().push_back(frame);
    }
    return parts;
}

/// Derivative of the parabola through three samples at the middle one (times may be uneven).
double slope(double before, double here, double after, double stepBefore, double stepAfter)
{
    const double left = (here - before) / stepBefore;
    const double right = (after - here) / stepAfter;
    return (left * stepAfter + right * stepBefore) / (stepBefore + stepAfter);
}

/// Cubic Hermite on [0, step] (de Boor, A Practical Guide to Splines, ch. IV).
double hermite(double from, double to, double slopeFrom, double slopeTo, double step, double share)
{
    const double s2 = share * share;
    const double s3 = s2 * share;
    return (2 * s3 - 3 * s2 + 1) * from + (s3 - 2 * s2 + share) * step * slopeFrom
        + (3 * s2 - 2 * s3) * to + (s3 - s2) * step * slopeTo;
}

/// Value between samples 1 and 2 of four; outer samples that are too far (NaN) make it straight there.
double cubic(const std::array<double, 4> &t, const std::array<double, 4> &v, double at)
{
    const double step = t[2] - t[1];
    const double chord = (v[2] - v[1]) / step;
    const double slopeFrom = std::isnan(t[0]) ? chord : slope(v[0], v[1], v[2], t[1] - t[0], step);
    const double slopeTo = std::isnan(t[3]) ? chord : slope(v[1], v[2], v[3], step, t[3] - t[2]);
    return hermite(v[1], v[2], slopeFrom, slopeTo, step, (at - t[1]) / step);
}

class JointInterpolation
{
public:
    JointInterpolation(const JointSamples &samples, double longestGap, double nearest)
        : m_samples(samples), m_longestGap(longestGap), m_nearest(nearest)
    {
    }

    /// Times come in growing order.
    Keypoint2D at(double seconds)
    {
        const std::vector<double> &times = m_samples.seconds;
        while (m_next < times.size() && times[m_next] < seconds)
            ++m_next;
        const bool hasNext = m_next < times.size();
        const bool hasBefore = m_next > 0;
        if (hasNext && hasBefore && times[m_next] - times[m_next - 1] <= m_longestGap)
            return between(m_next - 1, seconds);
        if (hasNext && times[m_next] - seconds <= m_nearest)
            return m_samples.keypoints[m_next];
        if (hasBefore && seconds - times[m_next - 1] <= m_nearest)
            return m_samples.keypoints[m_next - 1];
        return {};
    }

private:
    Keypoint2D between(std::size_t before, double seconds) const
    {
        const std::vector<double> &times = m_samples.seconds;
        std::array<double, 4> t;
        std::array<double, 4> x;
        std::array<double, 4> y;
        for (std::size_t i = 0; i < 4; ++i) {
            const std::size_t index = before + i - 1; // wraps below zero: fails the first test
            const bool usable = index < times.size() && std::abs(times[index] - times[i == 0 ? before : std::min(before + 1, times.size() - 1)]) <= m_longestGap;
            t[i] = usable ? times[index] : std::numeric_limits<double>::quiet_NaN();
            x[i] = usable ? m_samples.keypoints[index].x : 0;
            y[i] = usable ? m_samples.keypoints[index].y : 0;
        }
        const Keypoint2D &a = m_samples.keypoints[before];
        const Keypoint2D &b = m_samples.keypoints[before + 1];
        const double share = (seconds - t[1]) / (t[2] - t[1]);
        Keypoint2D result = share < 0.5 ? a : b;
        result.x = cubic(t, x, seconds);
        result.y = cubic(t, y, seconds);
        result.confidence = static_cast<float>((1 - share) * a.confidence + share * b.confidence);
        return result;
    }

    const JointSamples &m_samples;
    double m_longestGap;
    double m_nearest;
    std::size_t m_next = 0;
};

JointSamples samplesOf(const KeypointTrack &track, int joint, std::span<const std::int64_t> frames, std::span<const double> seconds)
{
    JointSamples samples;
    for (const std::int64_t frame : frames) {
        const Keypoint2D keypoint = track.keypoint(frame, joint);
        if (!keypoint.isKnown())
            continue;
        samples.seconds.push_back(seconds[static_cast<std::size_t>(frame)]);
        samples.keypoints.push_back(keypoint);
    }
    return samples;
}

double timeOf(std::int64_t sample, const ClipFrames &frames, std::span<const double> seconds, const ResampleOptions &options)
{
    return seconds[static_cast<std::size_t>(frames.front())] + static_cast<double>(sample) / options.framesPerSecond;
}

/// The frames that samples between two times depend on: a cubic takes two known neighbours on each
/// side, each at most a joint's longest gap from the next.
std::span<const std::int64_t> framesAround(const ClipFrames &frames, std::span<const double> seconds, double from, double to,
                                           const ResampleOptions &options)
{
    const double reach = 2 * options.longestJointGapSeconds + 2.0 / options.framesPerSecond;
    const auto time = [seconds](std::int64_t frame) { return seconds[static_cast<std::size_t>(frame)]; };
    const auto begin = std::ranges::lower_bound(frames, from - reach, {}, time);
    const auto end = std::ranges::upper_bound(frames, to + reach, {}, time);
    return {begin, end};
}

} // namespace

std::vector<ClipFrames> clipFrames(const KeypointTrack &track, std::span<const double> seconds, const ResampleOptions &options)
{
    return splitAtGaps(seenFrames(track, seconds), seconds, options.longestGapSeconds);
}

// One sample at or after the last frame, so that the way back never extrapolates; beyond the last
// frame it holds that frame's keypoints.
std::int64_t sampleCount(const ClipFrames &frames, std::span<const double> seconds, double framesPerSecond)
{
    const double length = seconds[static_cast<std::size_t>(frames.back())] - seconds[static_cast<std::size_t>(frames.front())];
    return static_cast<std::int64_t>(std::ceil(length * framesPerSecond - 1e-6)) + 1;
}

std::vector<Pose2D> resampleClip(const KeypointTrack &track, const ClipFrames &frames, std::span<const double> seconds,
                                 const ResampleOptions &options, std::int64_t first, std::int64_t end)
{
    std::vector<Pose2D> poses(static_cast<std::size_t>(end - first), Pose2D(static_cast<std::size_t>(track.jointCount)));
    const auto around = framesAround(frames, seconds, timeOf(first, frames, seconds, options), timeOf(end - 1, frames, seconds, options), options);
    for (int joint = 0; joint < track.jointCount; ++joint) {
        const JointSamples samples = samplesOf(track, joint, around, seconds);
        JointInterpolation interpolation(samples, options.longestJointGapSeconds, /*nearest=*/1.0 / options.framesPerSecond);
        for (std::int64_t sample = first; sample < end; ++sample)
            poses[static_cast<std::size_t>(sample - first)][static_cast<std::size_t>(joint)] =
                interpolation.at(timeOf(sample, frames, seconds, options));
    }
    return poses;
}

std::vector<EvenClip> resampleTrack(const KeypointTrack &track, std::span<const double> seconds, const ResampleOptions &options)
{
    std::vector<EvenClip> clips;
    for (const ClipFrames &frames : clipFrames(track, seconds, options)) {
        EvenClip clip;
        clip.firstFrame = frames.front();
        clip.lastFrame = frames.back();
        clip.start = seconds[static_cast<std::size_t>(frames.front())];
        clip.framesPerSecond = options.framesPerSecond;
        clip.poses = resampleClip(track, frames, seconds, options, 0, sampleCount(frames, seconds, options.framesPerSecond));
        clips.push_back(std::move(clip));
    }
    return clips;
}

void interpolateJoints(std::span<const float> joints, int jointCount, double start, double framesPerSecond, double at, float *to)
{
    const std::size_t width = static_cast<std::size_t>(jointCount) * 3;
    const auto samples = static_cast<std::int64_t>(joints.size() / width);
    const double place = std::clamp((at - start) * framesPerSecond, 0.0, static_cast<double>(samples - 1));
    const auto before = std::min(static_cast<std::int64_t>(place), std::max<std::int64_t>(0, samples - 2));
    const auto value = [&](std::int64_t sample, std::size_t i) {
        return static_cast<double>(joints[static_cast<std::size_t>(std::clamp<std::int64_t>(sample, 0, samples - 1)) * width + i]);
    };
    for (std::size_t i = 0; i < width; ++i) {
        const double slopeFrom = before > 0 ? (value(before + 1, i) - value(before - 1, i)) / 2 : value(before + 1, i) - value(before, i);
        const double slopeTo = before + 2 < samples ? (value(before + 2, i) - value(before, i)) / 2 : value(before + 1, i) - value(before, i);
        to[i] = static_cast<float>(hermite(value(before, i), value(before + 1, i), slopeFrom, slopeTo, 1.0, place - static_cast<double>(before)));
    }
}

} // namespace poselift
