#include "core/pose/project.h"

#include "core/pose/skeletonmapping.h"

#include <algorithm>
#include <set>

namespace poselift {

namespace {

template <typename Layer>
const Layer *layerNamed(const std::vector<Layer> &layers, const std::string &name)
{
    const auto found =
        std::find_if(layers.begin(), layers.end(), [&name](const Layer &layer) { return layer.name == name; });
    return found != layers.end() ? &*found : nullptr;
}

const KeypointTrack *trackWithId(const std::vector<KeypointTrack> &tracks, TrackId id)
{
    const auto found =
        std::find_if(tracks.begin(), tracks.end(), [id](const KeypointTrack &track) { return track.id == id; });
    return found != tracks.end() ? &*found : nullptr;
}

/// The detector's pose in the order of @p skeleton: joints of the same name are copied (nothing is
/// derived: a derived joint would look like an observation in the annotation).
Pose2D detectedPose(const KeypointLayer &layer, TrackId id, std::int64_t frame, const Skeleton &skeleton)
{
    const KeypointTrack *track = trackWithId(layer.tracks, id);
    if (track == nullptr)
        return Pose2D(skeleton.joints.size());
    if (layer.skeleton.joints == skeleton.joints)
        return track->pose(frame);
    Pose2D pose(skeleton.joints.size());
    for (std::size_t joint = 0; joint < pose.size(); ++joint)
        pose[joint] = track->keypoint(frame, layer.skeleton.indexOf(skeleton.joints[joint]));
    return pose;
}

} // namespace

const KeypointLayer *Project::keypointLayer(const std::string &name) const
{
    return layerNamed(keypointLayers, name);
}

const JointLayer *Project::jointLayer(const std::string &name) const
{
    return layerNamed(jointLayers, name);
}

Pose2D Project::effectivePose(TrackId id, std::int64_t frame) const
{
    const KeypointLayer *detected = keypointLayer("detected");
    const KeypointTrack *annotated = trackWithId(tracks, id);
    Pose2D pose = detected != nullptr ? detectedPose(*detected, id, frame, skeleton) : Pose2D(skeleton.joints.size());
    if (annotated == nullptr || !annotated->covers(frame))
        return pose;
    for (std::size_t joint = 0; joint < pose.size(); ++joint) {
        // An annotated "absent" wins as well: only Missing means that nobody said anything.
        const Keypoint2D keypoint = annotated->keypoint(frame, static_cast<int>(joint));
        if (keypoint.state != KeypointState::Missing)
            pose[joint] = keypoint;
    }
    return pose;
}

std::vector<TrackId> Project::trackIds() const
{
    std::set<TrackId> ids;
    for (const KeypointTrack &track : tracks)
        ids.insert(track.id);
    if (const KeypointLayer *detected = keypointLayer("detected")) {
        for (const KeypointTrack &track : detected->tracks)
            ids.insert(track.id);
    }
    return {ids.begin(), ids.end()};
}

} // namespace poselift
