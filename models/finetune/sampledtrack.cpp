#include "models/finetune/sampledtrack.h"

#include "core/pose/skeletonmapping.h"
#include "models/finetune/personlabels.h"

#include <algorithm>
#include <cmath>

namespace poselift {

SampledTrack::SampledTrack(const KeypointTrack &track, std::span<const double> seconds, const CameraIntrinsics &camera,
                           double framesPerSecond)
    : m_seconds(seconds.begin(), seconds.end())
{
    const Result<SkeletonMapping> mapping = SkeletonMapping::create(limbSkeleton(), lifterInputJoints());
    ResampleOptions resampling;
    resampling.framesPerSecond = framesPerSecond;
    for (EvenClip &clip : resampleTrack(track, seconds, resampling)) {
        std::vector<Pose2D> inputs;
        inputs.reserve(clip.poses.size());
        for (const Pose2D &pose : clip.poses)
            inputs.push_back(mapping->map(pose));
        LifterInput input = makeLifterInput(inputs, camera, framesPerSecond);
        m_clips.push_back({std::move(clip), std::move(input)});
    }
}

std::optional<SampledTrack::Place> SampledTrack::placeOf(std::int64_t frame) const
{
    for (std::size_t i = 0; i < m_clips.size(); ++i) {
        const EvenClip &clip = m_clips[i].samples;
        if (frame < clip.firstFrame || frame > clip.lastFrame)
            continue;
        const double at = (m_seconds[static_cast<std::size_t>(frame)] - clip.start) * clip.framesPerSecond;
        const double nearest = std::clamp(std::round(at), 0.0, static_cast<double>(clip.poses.size() - 1));
        return Place{i, static_cast<std::size_t>(nearest), (at - nearest) / clip.framesPerSecond};
    }
    return std::nullopt;
}

std::vector<float> SampledTrack::window(const Place &place, int before, int after) const
{
    constexpr int kFrame = kLifterInputJointCount * kLifterInputFeatures;
    const LifterInput &input = m_clips[place.clip].input;
    const auto last = static_cast<int>(input.frameCount()) - 1;
    std::vector<float> window;
    window.reserve(static_cast<std::size_t>((before + 1 + after) * kFrame));
    for (int k = -before; k <= after; ++k) {
        const int sample = std::clamp(static_cast<int>(place.sample) + k, 0, last);
        const auto from = input.features.begin() + sample * kFrame;
        window.insert(window.end(), from, from + kFrame);
    }
    return window;
}

} // namespace poselift
