#include "models/pipeline/liftproject.h"

#include "core/pose/edit/stale3d.h"

#include <algorithm>
#include <limits>

namespace poselift {

namespace {

const KeypointTrack *trackWithId(const std::vector<KeypointTrack> &tracks, TrackId id)
{
    const auto found = std::find_if(tracks.begin(), tracks.end(), [id](const KeypointTrack &t) { return t.id == id; });
    return found != tracks.end() ? &*found : nullptr;
}

JointLayer &layerFor(Project &project, const Lifter &lifter)
{
    const std::string name = liftedLayerName(lifter.name());
    for (JointLayer &layer : project.jointLayers) {
        if (layer.name == name)
            return layer;
    }
    JointLayer layer;
    layer.name = name;
    project.jointLayers.push_back(std::move(layer));
    return project.jointLayers.back();
}

/// Progress of one of several tracks, as frames of all.
JobContext partOf(const JobContext &job, std::int64_t before, std::int64_t frames, std::int64_t total)
{
    JobContext part;
    part.stop = job.stop;
    part.progress = [&job, before, frames, total](const JobProgress &progress) {
        const std::int64_t done = progress.total > 0 ? frames * std::min(progress.done, progress.total) / progress.total : 0;
        job.report("lift", before + done, total, progress.note);
    };
    return part;
}

void replaceTrack(std::vector<JointTrack> &tracks, JointTrack track)
{
    const auto at = std::find_if(tracks.begin(), tracks.end(), [&track](const JointTrack &t) { return t.id >= track.id; });
    if (at != tracks.end() && at->id == track.id)
        *at = std::move(track);
    else
        tracks.insert(at, std::move(track));
}

} // namespace

KeypointTrack effectiveTrack(const Project &project, TrackId id)
{
    const KeypointLayer *detected = project.keypointLayer("detected");
    const KeypointTrack *sources[] = {trackWithId(project.tracks, id),
                                      detected != nullptr ? trackWithId(detected->tracks, id) : nullptr};
    std::int64_t first = std::numeric_limits<std::int64_t>::max();
    std::int64_t end = 0;
    KeypointTrack effective;
    effective.id = id;
    effective.jointCount = project.skeleton.jointCount();
    for (const KeypointTrack *track : sources) {
        if (track == nullptr || track->frameCount() == 0)
            continue;
        first = std::min(first, track->firstFrame);
        end = std::max(end, track->endFrame());
        effective.label = effective.label.empty() ? track->label : effective.label;
    }
    if (first >= end)
        return effective;
    effective.firstFrame = first;
    for (std::int64_t frame = first; frame < end; ++frame)
        effective.setPose(frame, project.effectivePose(id, frame));
    return effective;
}

std::string liftedLayerName(const std::string &lifter)
{
    return "lifted/" + lifter;
}

LiftedProject liftProject(Project &project, Lifter &lifter, const JobContext &job, const std::vector<TrackId> &onlyTracks)
{
    std::vector<KeypointTrack> tracks;
    std::int64_t total = 0;
    for (const TrackId id : onlyTracks.empty() ? project.trackIds() : onlyTracks) {
        tracks.push_back(effectiveTrack(project, id));
        total += tracks.back().frameCount();
    }
    JointLayer &layer = layerFor(project, lifter);
    if (onlyTracks.empty() || layer.skeleton.joints != lifter.skeleton().joints)
        layer.tracks.clear();
    layer.skeleton = lifter.skeleton();
    layer.producer = lifter.name() + ", poselift " POSELIFT_VERSION;

    LiftedProject result;
    std::int64_t before = 0;
    job.report("lift", 0, total);
    for (const KeypointTrack &track : tracks) {
        const JobContext part = partOf(job, before, track.frameCount(), total);
        before += track.frameCount();
        if (track.frameCount() == 0)
            continue;
        Result<JointTrack> lifted = lifter.lift(track, project.skeleton, project.media.seconds, project.camera, part);
        if (lifted) {
            lifted->id = track.id;
            replaceTrack(layer.tracks, *std::move(lifted));
            ++result.tracks;
        } else if (lifted.error().isCancelled()) {
            result.cancelled = true;
            return result;
        } else {
            result.warnings.push_back(lifted.error());
        }
        job.report("lift", before, total);
    }
    if (onlyTracks.empty() && result.warnings.empty())
        project.meta[kStale3d].clear();
    return result;
}

} // namespace poselift
