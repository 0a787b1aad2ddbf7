#include "models/finetune/personlabels.h"

#include "core/pose/edit/effectivepose3d.h"
#include "core/pose/edit/trackextent.h"
#include "core/pose/skeletonmapping.h"
#include "models/synth/syntheticclip.h"

#include <algorithm>

namespace poselift {

namespace {

bool isByHand(const Keypoint2D &keypoint)
{
    return keypoint.isKnown()
           && (keypoint.origin == KeypointOrigin::Corrected || keypoint.origin == KeypointOrigin::From3d
               || keypoint.origin == KeypointOrigin::Triangulated);
}

const KeypointLayer *detectorLayer(const Project &project)
{
    const KeypointLayer *detected = project.keypointLayer("detected");
    return detected != nullptr ? detected : project.keypointLayer(kTruth2D);
}

/// The poses of @p track in another order of joints.
KeypointTrack mapped(const KeypointTrack &track, const SkeletonMapping &mapping)
{
    KeypointTrack result;
    result.id = track.id;
    result.jointCount = mapping.targetCount();
    result.firstFrame = track.firstFrame;
    for (std::int64_t frame = track.firstFrame; frame < track.endFrame(); ++frame)
        result.setPose(frame, mapping.map(track.pose(frame)));
    return result;
}

void keepByHand(KeypointTrack &track)
{
    for (std::int64_t frame = track.firstFrame; frame < track.endFrame(); ++frame) {
        Pose2D pose = track.pose(frame);
        for (Keypoint2D &keypoint : pose) {
            if (!isByHand(keypoint))
                keypoint = Keypoint2D{};
        }
        track.setPose(frame, pose);
    }
}

/// The layer that 3D truth of @p person is read over; nothing when there is no truth.
const JointLayer *truthBase(const Project &project, TrackId person, const std::string &lifted, bool &isTruth)
{
    const JointLayer *truth = project.jointLayer(kTruth3D);
    isTruth = truth != nullptr && findTrack(truth->tracks, person) != nullptr;
    if (isTruth)
        return truth;
    const JointLayer *corrected = project.jointLayer(kCorrectedLayer);
    if (corrected == nullptr || findTrack(corrected->tracks, person) == nullptr)
        return nullptr;
    const JointLayer *layer = project.jointLayer(lifted);
    return layer != nullptr ? layer : corrected;
}

/// Root-relative, and invalid as a whole when too little is known.
Pose3D rootRelativePose(Pose3D pose, const std::vector<bool> &known, const Joint3D &root)
{
    int count = 0;
    for (std::size_t joint = 0; joint < pose.size(); ++joint) {
        Joint3D &at = pose[joint];
        at = {at.x - root.x, at.y - root.y, at.z - root.z, at.valid && known[joint]};
        count += at.valid ? 1 : 0;
    }
    if (!root.valid || count < kLeastTrueJoints)
        std::ranges::fill(pose, Joint3D{});
    return pose;
}

Result<JointTrack> truthOf(const Project &project, TrackId person, const Skeleton &output, const std::string &lifted)
{
    JointTrack result;
    result.id = person;
    result.jointCount = output.jointCount();
    bool isTruth = false;
    const JointLayer *base = truthBase(project, person, lifted, isTruth);
    if (base == nullptr)
        return result;
    const Result<SkeletonMapping> mapping = SkeletonMapping::create(base->skeleton, output.joints, output.joints);
    if (!mapping)
        return mapping.error();
    const JointTrack *track = findTrack(base->tracks, person);
    const int root = std::max(0, output.indexOf(output.root));
    for (std::int64_t frame = track->firstFrame; frame < track->endFrame(); ++frame) {
        const EffectivePose3D effective = effectivePose3d(project, *base, person, frame);
        const Pose3D pose = mapping->map(effective.pose);
        std::vector<bool> known;
        for (const JointSource &source : mapping->sources())
            known.push_back(std::ranges::all_of(source.parts, [&](const auto &part) {
                return isTruth || effective.corrected[static_cast<std::size_t>(part.first)];
            }));
        result.setPose(frame, rootRelativePose(pose, known, pose[static_cast<std::size_t>(root)]));
    }
    return result;
}

} // namespace

bool PersonLabels::hasTruth(std::int64_t frame) const
{
    return truth.covers(frame)
           && std::ranges::any_of(truth.pose(frame), [](const Joint3D &joint) { return joint.valid; });
}

const Skeleton &limbSkeleton()
{
    static const Skeleton skeleton = [] {
        Skeleton limbs;
        limbs.name = "limbs";
        const std::vector<std::string> &all = lifterInputJoints();
        limbs.joints.assign(all.begin(), all.begin() + kLifterLimbJoints);
        limbs.pairs.assign(lifterInputPairs().begin(), lifterInputPairs().end());
        return limbs;
    }();
    return skeleton;
}

Result<std::vector<PersonLabels>> personLabels(const Project &project, const std::vector<std::int64_t> &tracks,
                                               const Skeleton &output, const std::string &lifted)
{
    std::vector<PersonLabels> people;
    const KeypointLayer *layer = detectorLayer(project);
    if (layer == nullptr)
        return people;
    const Result<SkeletonMapping> fromDetector = SkeletonMapping::create(layer->skeleton, limbSkeleton().joints);
    if (!fromDetector)
        return fromDetector.error();
    const Result<SkeletonMapping> fromAnnotation = SkeletonMapping::create(project.skeleton, limbSkeleton().joints);
    if (!fromAnnotation)
        return fromAnnotation.error();
    for (const std::int64_t id : tracks) {
        if (findTrack(layer->tracks, static_cast<TrackId>(id)) == nullptr)
            return Error(ErrorCode::BadArgument, {{"name", "tracks"},
                                                  {"expected", "people that the detector has seen"},
                                                  {"found", std::to_string(id)}});
    }
    for (const KeypointTrack &detected : layer->tracks) {
        if (!tracks.empty() && std::ranges::find(tracks, detected.id) == tracks.end())
            continue;
        PersonLabels person;
        person.id = detected.id;
        person.detected = mapped(detected, *fromDetector);
        if (const KeypointTrack *annotated = findTrack(project.tracks, detected.id)) {
            person.corrected = mapped(*annotated, *fromAnnotation);
            keepByHand(person.corrected);
        }
        person.corrected.jointCount = kLifterLimbJoints;
        Result<JointTrack> truth = truthOf(project, detected.id, output, lifted);
        if (!truth)
            return truth.error();
        person.truth = *std::move(truth);
        people.push_back(std::move(person));
    }
    return people;
}

} // namespace poselift
