#pragma once

#include "core/pose/edit/framerange.h"
#include "models/lift/resample.h"

namespace poselift {

/// Samples first … end − 1 of a clip.
struct SampleRange
{
    std::int64_t first = 0;
    std::int64_t end = 0;

    bool isEmpty() const { return end <= first; }
    std::int64_t count() const { return end - first; }
    /// With so many more samples before and after, as far as a clip of @p total samples has them.
    SampleRange grown(std::int64_t before, std::int64_t after, std::int64_t total) const;
    /// The smallest range that holds both.
    SampleRange united(const SampleRange &other) const;
    friend bool operator==(const SampleRange &, const SampleRange &) = default;
};

/// One clip of a track as a sequence of even samples (resample.h) that are made when they are asked
/// for. Borrows everything; free of LibTorch.
class ClipView
{
public:
    ClipView(const KeypointTrack &track, const ClipFrames &frames, std::span<const double> seconds,
             const ResampleOptions &options);

    std::int64_t firstFrame() const { return m_frames.front(); }
    std::int64_t lastFrame() const { return m_frames.back(); }
    double start() const { return m_start; }
    double framesPerSecond() const { return m_options.framesPerSecond; }
    std::int64_t sampleCount() const { return m_sampleCount; }
    double secondsOf(std::int64_t frame) const { return m_seconds[static_cast<std::size_t>(frame)]; }
    /// Where @p frame lies between the samples, within the clip.
    double placeOf(std::int64_t frame) const;
    std::vector<Pose2D> samples(const SampleRange &range) const;

    /// Samples that the 3D of @p frames (of the clip) is interpolated from.
    SampleRange samplesFor(FrameRange frames) const;
    /// Samples whose keypoints may depend on the keypoints of @p frames.
    SampleRange samplesTouchedBy(FrameRange frames) const;
    /// Frames whose 3D may be interpolated from @p samples.
    FrameRange framesTouchedBy(const SampleRange &samples) const;

private:
    const KeypointTrack &m_track;
    const ClipFrames &m_frames;
    std::span<const double> m_seconds;
    const ResampleOptions &m_options;
    double m_start;
    std::int64_t m_sampleCount;
};

} // namespace poselift
