#include "models/lift/missingjoints.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace poselift {

namespace {

constexpr std::int64_t kFeatures = 3;

} // namespace

void fillFromNearestFrames(std::span<float> features, std::int64_t joints, double framesPerSecond)
{
    const std::int64_t frames = static_cast<std::int64_t>(features.size()) / (joints * kFeatures);
    const auto reach = static_cast<std::int64_t>(std::floor(kMissingJointSeconds * framesPerSecond));
    std::vector<bool> isKnown(static_cast<std::size_t>(frames));
    for (std::int64_t joint = 0; joint < joints; ++joint) {
        const auto at = [&](std::int64_t frame) {
            return &features[static_cast<std::size_t>((frame * joints + joint) * kFeatures)];
        };
        for (std::int64_t frame = 0; frame < frames; ++frame)
            isKnown[static_cast<std::size_t>(frame)] = at(frame)[2] > 0;
        const auto isKnownAt = [&](std::int64_t frame) {
            return frame >= 0 && frame < frames && isKnown[static_cast<std::size_t>(frame)];
        };
        for (std::int64_t frame = 0; frame < frames; ++frame) {
            for (std::int64_t away = 1; away <= reach && !isKnown[static_cast<std::size_t>(frame)]; ++away) {
                if (!isKnownAt(frame - away) && !isKnownAt(frame + away))
                    continue;
                std::copy_n(at(isKnownAt(frame - away) ? frame - away : frame + away), kFeatures, at(frame));
                break;
            }
        }
    }
}

} // namespace poselift
