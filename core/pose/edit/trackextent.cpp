#include "core/pose/edit/trackextent.h"

#include "core/pose/edit/trackarrays.h"

namespace poselift {

namespace {

template <typename Tracks>
auto *findIn(Tracks &tracks, TrackId id)
{
    const auto found = std::find_if(tracks.begin(), tracks.end(),
                                    [id](const auto &track) { return track.id == id; });
    return found != tracks.end() ? &*found : nullptr;
}

template <typename Track>
TrackExtent extentIn(const std::vector<Track> &tracks, TrackId id)
{
    const Track *track = findIn(tracks, id);
    if (track == nullptr)
        return {id, false, 0, 0};
    return {id, true, track->firstFrame, track->frameCount()};
}

template <typename Track>
void applyTo(std::vector<Track> &tracks, int jointCount, const TrackExtent &extent)
{
    if (!extent.exists) {
        std::erase_if(tracks, [&extent](const Track &track) { return track.id == extent.track; });
        return;
    }
    Track *track = findIn(tracks, extent.track);
    if (track == nullptr) {
        track = &tracks.emplace_back();
        track->id = extent.track;
        track->jointCount = jointCount;
    }
    if (track->firstFrame != extent.firstFrame || track->frameCount() != extent.frameCount)
        setCoverage(*track, extent.firstFrame, extent.firstFrame + extent.frameCount);
}

} // namespace

KeypointTrack *findTrack(std::vector<KeypointTrack> &tracks, TrackId id)
{
    return findIn(tracks, id);
}

JointTrack *findTrack(std::vector<JointTrack> &tracks, TrackId id)
{
    return findIn(tracks, id);
}

const KeypointTrack *findTrack(const std::vector<KeypointTrack> &tracks, TrackId id)
{
    return findIn(tracks, id);
}

const JointTrack *findTrack(const std::vector<JointTrack> &tracks, TrackId id)
{
    return findIn(tracks, id);
}

TrackExtent extentOf(const std::vector<KeypointTrack> &tracks, TrackId id)
{
    return extentIn(tracks, id);
}

TrackExtent extentOf(const std::vector<JointTrack> &tracks, TrackId id)
{
    return extentIn(tracks, id);
}

void applyExtent(std::vector<KeypointTrack> &tracks, int jointCount, const TrackExtent &extent)
{
    applyTo(tracks, jointCount, extent);
}

void applyExtent(std::vector<JointTrack> &tracks, int jointCount, const TrackExtent &extent)
{
    applyTo(tracks, jointCount, extent);
}

} // namespace poselift
