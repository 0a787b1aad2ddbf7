#pragma once

#include "core/pose/track.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace poselift {

/// How sure a detector was of one person, frame by frame: what the timeline draws of a track.
struct TrackStrip
{
    static constexpr float kAbsent = -1.0F;

    TrackId track = 0;
    QString label;                 ///< given by the user; "#track" is shown when empty
    std::int64_t firstFrame = 0;
    std::vector<float> confidence; ///< mean of the known keypoints in [0, 1]; kAbsent: not seen

    std::int64_t endFrame() const { return firstFrame + static_cast<std::int64_t>(confidence.size()); }
    /// Mean over the frames [begin, end) in which the person is seen; kAbsent when in none.
    float mean(std::int64_t begin, std::int64_t end) const;
    friend bool operator==(const TrackStrip &, const TrackStrip &) = default;
};

TrackStrip makeTrackStrip(const KeypointTrack &track);

} // namespace poselift
