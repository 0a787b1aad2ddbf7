#include "core/pose/edit/effectivepose3d.h"

#include "core/pose/edit/trackextent.h"

#include <algorithm>

namespace poselift {

namespace {

const JointTrack *correctedTrack(const Project &project, TrackId track, std::int64_t frame)
{
    const JointLayer *layer = project.jointLayer(kCorrectedLayer);
    const JointTrack *found = layer != nullptr ? findTrack(layer->tracks, track) : nullptr;
    return found != nullptr && found->covers(frame) ? found : nullptr;
}

} // namespace

bool EffectivePose3D::hasValidJoint() const
{
    return std::any_of(pose.begin(), pose.end(), [](const Joint3D &joint) { return joint.valid; });
}

EffectivePose3D effectivePose3d(const Project &project, const JointLayer &base, TrackId track, std::int64_t frame)
{
    const std::size_t count = base.skeleton.joints.size();
    EffectivePose3D result{Pose3D(count), std::vector<bool>(count)};
    if (const JointTrack *predicted = findTrack(base.tracks, track))
        result.pose = predicted->pose(frame);
    const JointTrack *byHand = correctedTrack(project, track, frame);
    if (byHand == nullptr)
        return result;
    const Skeleton &skeleton = project.jointLayer(kCorrectedLayer)->skeleton;
    const Pose3D corrections = byHand->pose(frame);
    for (std::size_t joint = 0; joint < corrections.size(); ++joint) {
        const int at = corrections[joint].valid ? base.skeleton.indexOf(skeleton.joints[joint]) : -1;
        if (at < 0)
            continue;
        result.pose[static_cast<std::size_t>(at)] = corrections[joint];
        result.corrected[static_cast<std::size_t>(at)] = true;
    }
    return result;
}

bool isCorrected3d(const Project &project, TrackId track, std::int64_t frame, const std::string &joint)
{
    const JointTrack *byHand = correctedTrack(project, track, frame);
    if (byHand == nullptr)
        return false;
    const int index = project.jointLayer(kCorrectedLayer)->skeleton.indexOf(joint);
    return index >= 0 && byHand->pose(frame)[static_cast<std::size_t>(index)].valid;
}

} // namespace poselift
