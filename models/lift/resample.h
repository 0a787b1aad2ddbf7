#pragma once

#include "core/pose/track.h"

#include <cstdint>
#include <span>
#include <vector>

namespace poselift {

/// A stretch of one track, sampled evenly in time. Free of LibTorch.
struct EvenClip
{
    double start = 0;            ///< s, time of the first sample
    double framesPerSecond = 0;
    std::vector<Pose2D> poses;   ///< in the track's joint order
    std::int64_t firstFrame = 0; ///< of the video: first and last frame in which the person is seen
    std::int64_t lastFrame = 0;

    double secondsOf(std::size_t sample) const { return start + static_cast<double>(sample) / framesPerSecond; }
};

/// Frames of one clip in which the person is seen and whose pts grows.
using ClipFrames = std::vector<std::int64_t>;

struct ResampleOptions
{
    double framesPerSecond = 30.0;
    /// The person unseen for longer starts a new clip, which the network pads like the video's ends.
    double longestGapSeconds = 1.0;
    /// One joint unseen for longer is missing in between.
    double longestJointGapSeconds = 0.25;
};

/// Resamples keypoints by pts, joint by joint: a cubic through the known neighbours where they are
/// close, nothing across longer gaps; confidence linearly. Works for any frame rate, constant or not.
/// @param seconds pts of every frame of the video (index = frame); frames whose pts does not grow
///        are left out. Frames of the track beyond @p seconds are ignored.
std::vector<EvenClip> resampleTrack(const KeypointTrack &track, std::span<const double> seconds, const ResampleOptions &options);

// The same in parts, for work on a few samples of a long track.

/// The clips that resampleTrack() makes.
std::vector<ClipFrames> clipFrames(const KeypointTrack &track, std::span<const double> seconds, const ResampleOptions &options);
/// Number of samples of a clip: up to the first at or after its last frame.
std::int64_t sampleCount(const ClipFrames &frames, std::span<const double> seconds, double framesPerSecond);
/// Samples [first, end) of a clip, equal to those of resampleTrack(). Looks at frames of up to half a
/// second around.
std::vector<Pose2D> resampleClip(const KeypointTrack &track, const ClipFrames &frames, std::span<const double> seconds,
                                 const ResampleOptions &options, std::int64_t first, std::int64_t end);

/// The way back: joints [S, J, 3] at even times to the time @p at, clamped to the ends, written to
/// @p to [J, 3].
void interpolateJoints(std::span<const float> joints, int jointCount, double start, double framesPerSecond, double at, float *to);

} // namespace poselift
