#include "core/pose/edit/keyframes.h"

namespace poselift {

bool isKeyframe(const Keypoint2D &keypoint)
{
    const bool isByHand = keypoint.origin == KeypointOrigin::Corrected || keypoint.origin == KeypointOrigin::From3d;
    return keypoint.isKnown() && (isByHand || keypoint.locked);
}

std::vector<std::int64_t> keyframesIn(const EffectiveKeypoints &keypoints, int joint, FrameRange frames)
{
    std::vector<std::int64_t> keyframes;
    for (std::int64_t frame = frames.first; frame <= frames.last; ++frame) {
        if (isKeyframe(keypoints.at(frame, joint)))
            keyframes.push_back(frame);
    }
    return keyframes;
}

std::optional<FrameRange> keyframesAround(const EffectiveKeypoints &keypoints, int joint, std::int64_t frame,
                                          FrameRange frames)
{
    const auto isAt = [&](std::int64_t at) { return isKeyframe(keypoints.at(at, joint)); };
    std::int64_t first = frame - 1;
    while (first >= frames.first && !isAt(first))
        --first;
    std::int64_t last = frame + 1;
    while (last <= frames.last && !isAt(last))
        ++last;
    const bool isHere = isAt(frame);
    if (first < frames.first && isHere)
        first = frame;
    if (last > frames.last && isHere)
        last = frame;
    if (first < frames.first || last > frames.last || first == last)
        return std::nullopt;
    return FrameRange{first, last};
}

} // namespace poselift
