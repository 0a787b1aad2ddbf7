#include "widgets/timeline/trackstrip.h"

#include <algorithm>

namespace poselift {

float TrackStrip::mean(std::int64_t begin, std::int64_t end) const
{
    float sum = 0;
    int seen = 0;
    for (std::int64_t frame = std::max(begin, firstFrame); frame < std::min(end, endFrame()); ++frame) {
        const float value = confidence[static_cast<std::size_t>(frame - firstFrame)];
        if (value < 0)
            continue;
        sum += value;
        ++seen;
    }
    return seen > 0 ? sum / static_cast<float>(seen) : kAbsent;
}

TrackStrip makeTrackStrip(const KeypointTrack &track)
{
    TrackStrip strip;
    strip.track = track.id;
    strip.label = QString::fromStdString(track.label);
    strip.firstFrame = track.firstFrame;
    strip.confidence.reserve(static_cast<std::size_t>(track.frameCount()));
    for (std::int64_t frame = track.firstFrame; frame < track.endFrame(); ++frame)
        strip.confidence.push_back(track.isPresent(frame) ? track.meanConfidence(frame) : TrackStrip::kAbsent);
    return strip;
}

} // namespace poselift
