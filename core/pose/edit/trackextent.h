#pragma once

#include "core/pose/track.h"

#include <vector>

namespace poselift {

/// Which frames a track covers, or that it is not there at all: what an edit must put back besides
/// the values, so that undoing it leaves no empty frames or empty tracks behind.
struct TrackExtent
{
    TrackId track = 0;
    bool exists = false;
    std::int64_t firstFrame = 0;
    std::int64_t frameCount = 0;
    friend bool operator==(const TrackExtent &, const TrackExtent &) = default;
};

/// The track @p id, or null.
KeypointTrack *findTrack(std::vector<KeypointTrack> &tracks, TrackId id);
JointTrack *findTrack(std::vector<JointTrack> &tracks, TrackId id);
const KeypointTrack *findTrack(const std::vector<KeypointTrack> &tracks, TrackId id);
const JointTrack *findTrack(const std::vector<JointTrack> &tracks, TrackId id);

TrackExtent extentOf(const std::vector<KeypointTrack> &tracks, TrackId id);
TrackExtent extentOf(const std::vector<JointTrack> &tracks, TrackId id);

/// Makes the track cover exactly the frames of @p extent: adds empty frames, drops frames outside,
/// makes an empty track at the end of the list or removes the track.
void applyExtent(std::vector<KeypointTrack> &tracks, int jointCount, const TrackExtent &extent);
void applyExtent(std::vector<JointTrack> &tracks, int jointCount, const TrackExtent &extent);

} // namespace poselift
