#include "core/pose/edit/poseedit3d.h"

#include "core/geometry/camera.h"
#include "core/pose/edit/effectivepose3d.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace poselift {

namespace {

constexpr double kNearestDepth = 0.05; ///< m before the camera
constexpr float kConfidenceByHand = 1.0F;

std::size_t at(int index)
{
    return static_cast<std::size_t>(index);
}

KeypointBlock keypointBlock(TrackId track, std::int64_t frame, int joint, const Keypoint2D &keypoint)
{
    KeypointBlock block = readBlock(std::vector<KeypointTrack>(), track, {frame, frame}, {joint});
    block.setKeypoint(frame, 0, keypoint);
    return block;
}

JointBlock jointBlock(TrackId track, std::int64_t frame, int joint, const Joint3D &value)
{
    JointBlock block = readBlock(nullptr, track, {frame, frame}, {joint});
    block.setJoint(frame, 0, value);
    return block;
}

const JointTrack *correctedTrack(const Project &project, TrackId track)
{
    const JointLayer *layer = project.jointLayer(kCorrectedLayer);
    return layer != nullptr ? findTrack(layer->tracks, track) : nullptr;
}

/// The detector's keypoint of a joint of the annotation's skeleton.
Keypoint2D detectedKeypoint(const Project &project, TrackId track, std::int64_t frame, int joint)
{
    const KeypointLayer *detected = project.keypointLayer("detected");
    const KeypointTrack *found = detected != nullptr ? findTrack(detected->tracks, track) : nullptr;
    return found != nullptr ? found->keypoint(frame, detected->skeleton.indexOf(project.skeleton.joints[at(joint)]))
                            : Keypoint2D{};
}

Keypoint2D annotatedKeypoint(const Project &project, TrackId track, std::int64_t frame, int joint)
{
    const KeypointTrack *found = findTrack(project.tracks, track);
    return found != nullptr ? found->keypoint(frame, joint) : Keypoint2D{};
}

/// What is seen when the annotation says @p annotated.
Keypoint2D seenKeypoint(const Project &project, TrackId track, std::int64_t frame, int joint,
                        const Keypoint2D &annotated)
{
    return annotated.state != KeypointState::Missing ? annotated : detectedKeypoint(project, track, frame, joint);
}

bool isInPicture(const CameraIntrinsics &camera, const Eigen::Vector2d &pixel)
{
    return pixel.x() >= 0 && pixel.y() >= 0 && pixel.x() < camera.width && pixel.y() < camera.height;
}

Keypoint2D reprojected(const CameraIntrinsics &camera, const Joint3D &joint, Keypoint2D keypoint)
{
    const Eigen::Vector2d pixel = project(camera, {joint.x, joint.y, joint.z});
    keypoint.x = pixel.x();
    keypoint.y = pixel.y();
    keypoint.confidence = kConfidenceByHand;
    keypoint.origin = KeypointOrigin::From3d;
    if (!isInPicture(camera, pixel))
        keypoint.state = KeypointState::Absent;
    else if (!keypoint.isKnown())
        keypoint.state = KeypointState::Occluded; // nobody saw it there
    return keypoint;
}

/// Why the joint may not become @p moved; nothing when it may.
std::optional<Error> refusal(const Project &project, const PoseEditStart &start, int joint, const Joint3D &moved,
                             const Skeleton &corrections)
{
    const std::string &name = start.figure.skeleton.joints[at(joint)];
    if (moved.z < kNearestDepth)
        return Error(ErrorCode::JointBehindCamera, {{"name", name}});
    if (start.seen[at(joint)].locked)
        return Error(ErrorCode::JointLocked, {{"name", name}});
    if (corrections.indexOf(name) < 0)
        return Error(ErrorCode::JointNotInCorrections, {{"name", name}, {"found", corrections.name}});
    if (!project.camera.isValid())
        return Error(ErrorCode::NoCamera);
    return std::nullopt;
}

/// Joints of the corrected layer (indices) that have one of the @p names; all when there are none.
std::vector<int> correctedJoints(const Skeleton &skeleton, const std::vector<std::string> &names)
{
    std::vector<int> joints;
    for (int joint = 0; joint < skeleton.jointCount(); ++joint) {
        if (names.empty() || std::find(names.begin(), names.end(), skeleton.joints[at(joint)]) != names.end())
            joints.push_back(joint);
    }
    return joints;
}

/// The place is another, or there is none any more.
bool isElsewhere(const Keypoint2D &before, const Keypoint2D &after)
{
    return before.isKnown() != after.isKnown() || (after.isKnown() && (before.x != after.x || before.y != after.y));
}

/// The keypoint is seen elsewhere when @p block is carried out.
bool isMovedBy(const Project &project, const KeypointBlock &block, std::int64_t frame, std::size_t column)
{
    const int joint = block.joints[column];
    const Keypoint2D now = annotatedKeypoint(project, block.track, frame, joint);
    return isElsewhere(seenKeypoint(project, block.track, frame, joint, now),
                       seenKeypoint(project, block.track, frame, joint, block.keypoint(frame, column)));
}

/// Calls @p visit(track, frame, joint of the annotation, joint of the corrected layer) for every
/// keypoint with a correction whose visible place @p patch changes.
template <typename Visit>
void forEachMovedCorrection(const Project &project, const KeypointPatch &patch, const Visit &visit)
{
    for (const KeypointBlock &block : patch.blocks) {
        const JointTrack *track = correctedTrack(project, block.track);
        if (track == nullptr)
            continue;
        const Skeleton &skeleton = project.jointLayer(kCorrectedLayer)->skeleton;
        const std::int64_t last = std::min(block.frames().last, track->endFrame() - 1);
        for (std::int64_t frame = std::max(block.firstFrame, track->firstFrame); frame <= last; ++frame) {
            const Pose3D pose = track->pose(frame);
            for (std::size_t column = 0; column < block.joints.size(); ++column) {
                const int joint = block.joints[column];
                const int corrected = skeleton.indexOf(project.skeleton.joints[at(joint)]);
                if (corrected >= 0 && pose[at(corrected)].valid && isMovedBy(project, block, frame, column))
                    visit(block.track, frame, joint, corrected);
            }
        }
    }
}

} // namespace

PoseEditStart beginPoseEdit(const Project &project, const JointLayer &base, TrackId track, std::int64_t frame)
{
    const EffectivePose3D effective = effectivePose3d(project, base, track, frame);
    KinematicTree tree(base.skeleton);
    BoneLengths lengths = boneLengths(project, base, tree, track);
    PoseEditStart start{track, frame, {base.skeleton, std::move(tree), effective.pose, std::move(lengths)}, {}, {},
                        {},    {}};
    for (int joint = 0; joint < base.skeleton.jointCount(); ++joint) {
        start.corrections.push_back(effective.corrected[at(joint)] ? effective.pose[at(joint)] : Joint3D{});
        const int own = project.skeleton.indexOf(base.skeleton.joints[at(joint)]);
        start.keypointJoints.push_back(own);
        const Keypoint2D annotated = own >= 0 ? annotatedKeypoint(project, track, frame, own) : Keypoint2D{};
        start.annotated.push_back(annotated);
        start.seen.push_back(own >= 0 ? seenKeypoint(project, track, frame, own, annotated) : Keypoint2D{});
    }
    return start;
}

Result<PosePatch> editedPose(const Project &project, const PoseEditStart &start, const Pose3D &pose)
{
    const JointLayer *layer = project.jointLayer(kCorrectedLayer);
    PosePatch patch;
    patch.corrections.skeleton = layer != nullptr ? layer->skeleton : start.figure.skeleton;
    for (int joint = 0; joint < start.figure.skeleton.jointCount(); ++joint) {
        const bool moved = pose[at(joint)] != start.figure.pose[at(joint)];
        if (moved) {
            if (const auto error = refusal(project, start, joint, pose[at(joint)], patch.corrections.skeleton))
                return *error;
        }
        const int corrected = patch.corrections.skeleton.indexOf(start.figure.skeleton.joints[at(joint)]);
        if (corrected >= 0)
            patch.corrections.blocks.push_back(jointBlock(start.track, start.frame, corrected,
                                                          moved ? pose[at(joint)] : start.corrections[at(joint)]));
        if (start.keypointJoints[at(joint)] >= 0)
            patch.keypoints.blocks.push_back(
                keypointBlock(start.track, start.frame, start.keypointJoints[at(joint)],
                              moved ? reprojected(project.camera, pose[at(joint)], start.seen[at(joint)])
                                    : start.annotated[at(joint)]));
    }
    dropUnchanged(project.tracks, patch.keypoints);
    dropUnchanged(project, patch.corrections);
    return patch;
}

PosePatch releasedCorrections(const Project &project, TrackId track, FrameRange frames,
                              const std::vector<std::string> &joints)
{
    const JointTrack *corrected = correctedTrack(project, track);
    if (corrected == nullptr)
        return {};
    PosePatch patch;
    const Skeleton &skeleton = patch.corrections.skeleton = project.jointLayer(kCorrectedLayer)->skeleton;
    const std::int64_t last = std::min(frames.last, corrected->endFrame() - 1);
    for (std::int64_t frame = std::max(frames.first, corrected->firstFrame); frame <= last; ++frame) {
        const Pose3D pose = corrected->pose(frame);
        for (const int joint : correctedJoints(skeleton, joints)) {
            if (!pose[at(joint)].valid)
                continue;
            patch.corrections.blocks.push_back(jointBlock(track, frame, joint, {}));
            const int own = project.skeleton.indexOf(skeleton.joints[at(joint)]);
            const Keypoint2D now = own >= 0 ? annotatedKeypoint(project, track, frame, own) : Keypoint2D{};
            if (now.origin == KeypointOrigin::From3d && !now.locked
                && detectedKeypoint(project, track, frame, own).isKnown())
                patch.keypoints.blocks.push_back(keypointBlock(track, frame, own, {}));
        }
    }
    return patch;
}

PosePatch withReleases(const Project &project, KeypointPatch keypoints)
{
    CorrectionPatch released;
    if (const JointLayer *layer = project.jointLayer(kCorrectedLayer))
        released.skeleton = layer->skeleton;
    forEachMovedCorrection(project, keypoints, [&](TrackId track, std::int64_t frame, int, int corrected) {
        released.blocks.push_back(jointBlock(track, frame, corrected, {}));
    });
    return {std::move(keypoints), released.isEmpty() ? CorrectionPatch() : std::move(released)};
}

PosePatch withSwappedCorrections(const Project &project, KeypointPatch keypoints)
{
    const JointLayer *layer = project.jointLayer(kCorrectedLayer);
    CorrectionPatch swapped;
    if (layer != nullptr)
        swapped.skeleton = layer->skeleton;
    std::set<std::tuple<TrackId, std::int64_t, int>> done;
    forEachMovedCorrection(project, keypoints, [&](TrackId track, std::int64_t frame, int joint, int corrected) {
        const int other = swapped.skeleton.indexOf(project.skeleton.joints[at(project.skeleton.mirrored(joint))]);
        const Pose3D pose = findTrack(layer->tracks, track)->pose(frame);
        for (const auto &[to, from] : {std::pair(corrected, other), std::pair(other, corrected)}) {
            if (to >= 0 && done.insert({track, frame, to}).second)
                swapped.blocks.push_back(jointBlock(track, frame, to, from >= 0 ? pose[at(from)] : Joint3D{}));
        }
    });
    dropUnchanged(project, swapped);
    return {std::move(keypoints), swapped.isEmpty() ? CorrectionPatch() : std::move(swapped)};
}

} // namespace poselift
