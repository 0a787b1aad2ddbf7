#pragma once

#include "core/geometry/camera.h"
#include "models/lift/lifterinput.h"
#include "models/lift/resample.h"

#include <optional>
#include <span>
#include <vector>

namespace poselift {

/// A track of limb keypoints as a lifter sees it: even clips at its rate and their features. Free of
/// LibTorch.
class SampledTrack
{
public:
    struct Clip
    {
        EvenClip samples;  ///< limb joints (limbSkeleton())
        LifterInput input;
    };
    /// A sample of a clip, and how much earlier it is than the frame that it stands for, s.
    struct Place
    {
        std::size_t clip = 0;
        std::size_t sample = 0;
        double earlier = 0;
    };

    /// @param track limb joints, px; @param seconds pts of every frame of the video
    SampledTrack(const KeypointTrack &track, std::span<const double> seconds, const CameraIntrinsics &camera,
                 double framesPerSecond);

    const std::vector<Clip> &clips() const { return m_clips; }
    /// The sample nearest in time to @p frame; nothing where the person is not seen around it.
    std::optional<Place> placeOf(std::int64_t frame) const;
    /// Features [before + 1 + after, 14, 3] around a sample; the clip's end samples are repeated.
    std::vector<float> window(const Place &place, int before, int after) const;

private:
    std::vector<double> m_seconds;
    std::vector<Clip> m_clips;
};

} // namespace poselift
