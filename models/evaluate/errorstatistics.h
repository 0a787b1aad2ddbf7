#pragma once

#include "core/metrics/trackcoverage.h"
#include "models/train/measurednoise.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace poselift {

/// Statistics of a detector's errors over clips with a reference, in the terms of the noise model
/// (keypointnoise.h): units of the body's height, 30 frames a second.
class ErrorStatistics
{
public:
    /// @param found      a track and its skeleton; compared by name
    /// @param reference  poses of @p referenceSkeleton; keypoints below 0.3 do not count
    void add(const KeypointTrack &found, const Skeleton &foundSkeleton, const PoseByFrame &reference,
             const Skeleton &referenceSkeleton, double framesPerSecond);

    MeasuredNoise noise() const;
    std::int64_t keypointCount() const { return m_keypoints; }
    std::int64_t outlierCount() const { return m_outliers.frames; }
    std::int64_t swapCount() const { return m_swaps.frames; }

private:
    struct Offset
    {
        double x = 0;
        double y = 0;
    };
    /// Runs of consecutive frames with a condition, in frames of 30 fps.
    struct Runs
    {
        std::int64_t frames = 0; ///< of the clips
        double length = 0;       ///< sum, in frames of 30 fps
        std::int64_t count = 0;
        void add(const std::vector<bool> &condition, double per30);
    };
    /// Of a value with itself a frame of 30 fps later.
    struct Correlation
    {
        double products = 0;
        double squares = 0;
        void add(const std::vector<std::optional<Offset>> &values, std::size_t lag);
        float value() const
        {
            return squares > 0 ? std::clamp(static_cast<float>(products / squares), 0.0F, 0.999F) : 0.0F;
        }
    };
    struct Frames;
    struct JointSeries;
    struct Sure
    {
        double error = 0;
        float confidence = 0;
    };

    void addJoint(const JointSeries &series, int kind, double framesPerSecond);
    void addConfidence(const JointSeries &series, int lag);
    static Offset usualError(const JointSeries &series, int t, int reach);
    std::vector<ConfidenceBin> confidenceBins() const;
    double difficultySpread() const;
    double outlierSize() const;

    std::array<std::vector<Offset>, 6> m_jitter;              ///< by kind of joint, without outliers
    std::array<std::vector<std::vector<Offset>>, 6> m_series; ///< the same by clip and joint
    std::array<std::vector<Offset>, 6> m_slow;
    std::vector<double> m_outlierSizes;
    std::vector<Sure> m_sure;
    Correlation m_jitterCorrelation, m_slowCorrelation, m_sureCorrelation;
    Runs m_outliers, m_swaps, m_drops, m_frameDrops;
    double m_jointFrames30 = 0; ///< keypoints, in frames of 30 fps
    double m_frames30 = 0;
    std::int64_t m_keypoints = 0;
};

} // namespace poselift
