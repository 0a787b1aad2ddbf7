#include "widgets/timeline/trackstrip.h"

#include <algorithm>

namespace poselift {

namespace {

/// KeypointTrack::isPresent() and meanConfidence() in one, without looking for the frame: a timeline of
/// a million frames asks for all of them.
float meanConfidence(const float *confidence, const std::uint8_t *state, std::size_t joints)
{
    float sum = 0;
    int known = 0;
    for (std::size_t joint = 0; joint < joints; ++joint) {
        const auto value = static_cast<KeypointState>(state[joint] & kStateMask);
        const bool isKnown = value == KeypointState::Visible || value == KeypointState::Occluded;
        sum += isKnown ? confidence[joint] : 0.0F;
        known += isKnown ? 1 : 0;
    }
    return known > 0 ? sum / static_cast<float>(known) : TrackStrip::kAbsent;
}

} // namespace

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
    const auto joints = static_cast<std::size_t>(track.jointCount);
    for (std::size_t first = 0; first + joints <= track.state.size() && joints > 0; first += joints)
        strip.confidence.push_back(meanConfidence(&track.confidence[first], &track.state[first], joints));
    return strip;
}

} // namespace poselift
