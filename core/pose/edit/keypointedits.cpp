#include "core/pose/edit/keypointedits.h"

#include "core/pose/edit/effectivekeypoints.h"

#include <algorithm>
#include <numeric>

namespace poselift {

namespace {

constexpr float kCorrectedConfidence = 1.0F;

Keypoint2D corrected(Keypoint2D keypoint)
{
    keypoint.confidence = kCorrectedConfidence;
    keypoint.origin = KeypointOrigin::Corrected;
    return keypoint;
}

bool hasPosition(const Keypoint2D &keypoint)
{
    return keypoint.x != 0.0 || keypoint.y != 0.0;
}

Keypoint2D absent()
{
    Keypoint2D keypoint;
    keypoint.state = KeypointState::Absent;
    return corrected(keypoint);
}

KeypointPatch finished(const Project &project, std::vector<KeypointBlock> blocks)
{
    KeypointPatch patch;
    patch.blocks = std::move(blocks);
    dropUnchanged(project.tracks, patch);
    return patch;
}

/// The patch in which every keypoint of the selection becomes @p change(frame, joint, effective).
template <typename Change>
KeypointPatch changeEach(const Project &project, const KeypointSelection &selection,
                         const Change &change)
{
    const EffectiveKeypoints effective(project, selection.track);
    KeypointBlock block =
        readBlock(project.tracks, selection.track, selection.frames, selection.joints);
    for (std::int64_t frame = selection.frames.first; frame <= selection.frames.last; ++frame) {
        for (std::size_t column = 0; column < selection.joints.size(); ++column) {
            const std::optional<Keypoint2D> changed =
                change(frame, selection.joints[column], effective);
            if (changed)
                block.setKeypoint(frame, column, *changed);
        }
    }
    return finished(project, {std::move(block)});
}

/// Pairs (left, right) of which at least one joint is selected.
std::vector<std::pair<int, int>> selectedPairs(const Skeleton &skeleton,
                                               const std::vector<int> &joints)
{
    std::vector<std::pair<int, int>> pairs;
    for (const auto &[left, right] : skeleton.pairs) {
        const bool selected =
            std::any_of(joints.begin(), joints.end(), [left = left, right = right](int joint) {
                return joint == left || joint == right;
            });
        if (selected)
            pairs.emplace_back(left, right);
    }
    return pairs;
}

/// Replaces the positions of one run of known keypoints [first, end) in column @p column.
void smoothRun(const Project &project, const EffectiveKeypoints &effective, KeypointBlock &block,
               std::size_t column, FrameRange run, const SmoothingOptions &options)
{
    const int joint = block.joints[column];
    std::vector<double> seconds, x, y;
    for (std::int64_t frame = run.first; frame <= run.last; ++frame) {
        const Keypoint2D keypoint = effective.at(frame, joint);
        seconds.push_back(secondsOf(project, frame));
        x.push_back(keypoint.x);
        y.push_back(keypoint.y);
    }
    x = smoothed(x, seconds, options);
    y = smoothed(y, seconds, options);
    for (std::int64_t frame = run.first; frame <= run.last; ++frame) {
        const auto i = static_cast<std::size_t>(frame - run.first);
        Keypoint2D keypoint = effective.at(frame, joint);
        // A change below what the file can hold is none.
        if (static_cast<float>(x[i]) == static_cast<float>(keypoint.x) &&
            static_cast<float>(y[i]) == static_cast<float>(keypoint.y))
            continue;
        keypoint.x = x[i];
        keypoint.y = y[i];
        keypoint.origin = KeypointOrigin::Interpolated;
        block.setKeypoint(frame, column, keypoint);
    }
}

} // namespace

Project onlyPerson(const Project &project, TrackId id)
{
    Project person;
    person.media.frameCount = project.media.frameCount;
    person.media.seconds = project.media.seconds;
    person.skeleton = project.skeleton;
    if (const KeypointTrack *track = findTrack(project.tracks, id))
        person.tracks.push_back(*track);
    const KeypointLayer *detected = project.keypointLayer("detected");
    const KeypointTrack *track = detected != nullptr ? findTrack(detected->tracks, id) : nullptr;
    if (track != nullptr)
        person.keypointLayers.push_back({detected->name, detected->skeleton, detected->producer, {*track}});
    return person;
}

std::vector<int> allJoints(const Project &project)
{
    std::vector<int> joints(project.skeleton.joints.size());
    std::iota(joints.begin(), joints.end(), 0);
    return joints;
}

double secondsOf(const Project &project, std::int64_t frame)
{
    const std::vector<double> &seconds = project.media.seconds;
    return frame >= 0 && frame < static_cast<std::int64_t>(seconds.size())
               ? seconds[static_cast<std::size_t>(frame)]
               : static_cast<double>(frame);
}

KeypointPatch moveKeypoints(const Project &project, std::int64_t frame,
                            const std::vector<KeypointTarget> &targets)
{
    std::vector<KeypointBlock> blocks;
    for (const KeypointTarget &target : targets) {
        const Keypoint2D now = EffectiveKeypoints(project, target.track).at(frame, target.joint);
        if (now.locked)
            continue;
        Keypoint2D moved = corrected(now);
        moved.x = target.x;
        moved.y = target.y;
        if (!now.isKnown())
            moved.state = KeypointState::Visible;
        KeypointBlock block =
            readBlock(project.tracks, target.track, {frame, frame}, {target.joint});
        block.setKeypoint(frame, 0, moved);
        blocks.push_back(std::move(block));
    }
    // All or none: the steps of one drag must hold the same keypoints to become one, also where a
    // turn leaves a joint in its place.
    KeypointPatch patch{blocks, {}};
    return finished(project, std::move(blocks)).isEmpty() ? KeypointPatch{} : patch;
}

KeypointPatch setKeypointStates(const Project &project, const KeypointSelection &selection,
                                KeypointState state)
{
    return changeEach(project, selection,
                      [state](std::int64_t frame, int joint,
                              const EffectiveKeypoints &effective) -> std::optional<Keypoint2D> {
                          Keypoint2D keypoint = effective.at(frame, joint);
                          if (keypoint.locked || keypoint.state == state)
                              return std::nullopt;
                          // An absent joint keeps its position, so that it can come back; else the
                          // detector's serves.
                          if (!hasPosition(keypoint) && state != KeypointState::Absent) {
                              keypoint = effective.detected(frame, joint);
                              if (!hasPosition(keypoint))
                                  return std::nullopt;
                          }
                          keypoint.state = state;
                          return corrected(keypoint);
                      });
}

KeypointPatch lockKeypoints(const Project &project, const KeypointSelection &selection, bool locked)
{
    return changeEach(project, selection,
                      [locked](std::int64_t frame, int joint,
                               const EffectiveKeypoints &effective) -> std::optional<Keypoint2D> {
                          Keypoint2D keypoint = effective.at(frame, joint);
                          if (keypoint.locked == locked || keypoint.state == KeypointState::Missing)
                              return std::nullopt;
                          keypoint.locked = locked;
                          return keypoint;
                      });
}

KeypointPatch deleteKeypoints(const Project &project, const KeypointSelection &selection)
{
    return changeEach(project, selection,
                      [](std::int64_t frame, int joint,
                         const EffectiveKeypoints &effective) -> std::optional<Keypoint2D> {
                          if (effective.at(frame, joint).locked)
                              return std::nullopt;
                          return effective.detected(frame, joint).isKnown() ? absent()
                                                                            : Keypoint2D{};
                      });
}

KeypointPatch swapSides(const Project &project, const KeypointSelection &selection)
{
    const std::vector<std::pair<int, int>> pairs =
        selectedPairs(project.skeleton, selection.joints);
    KeypointSelection both{selection.track, selection.frames, {}};
    for (const auto &[left, right] : pairs)
        both.joints.insert(both.joints.end(), {left, right});
    return changeEach(project, both,
                      [&project](std::int64_t frame, int joint,
                                 const EffectiveKeypoints &effective) -> std::optional<Keypoint2D> {
                          const Keypoint2D here = effective.at(frame, joint);
                          Keypoint2D other = effective.at(frame, project.skeleton.mirrored(joint));
                          if (here.locked || other.locked || here == other)
                              return std::nullopt;
                          // A missing annotation would let the detection shine through, on the
                          // wrong side.
                          return other.state == KeypointState::Missing ? absent()
                                                                       : corrected(other);
                      });
}

KeypointPatch pastePose(const Project &project, TrackId track, std::int64_t frame,
                        const Pose2D &pose, const std::vector<int> &joints)
{
    return changeEach(project, {track, {frame, frame}, joints},
                      [&pose](std::int64_t at, int joint,
                              const EffectiveKeypoints &effective) -> std::optional<Keypoint2D> {
                          const auto index = static_cast<std::size_t>(joint);
                          if (index >= pose.size() || !pose[index].isKnown() ||
                              effective.at(at, joint).locked)
                              return std::nullopt;
                          Keypoint2D pasted = corrected(pose[index]);
                          pasted.locked = false;
                          return pasted;
                      });
}

KeypointPatch copyFromPrevious(const Project &project, TrackId track, std::int64_t frame,
                               const std::vector<int> &joints)
{
    return pastePose(project, track, frame, project.effectivePose(track, frame - 1), joints);
}

KeypointPatch smoothKeypoints(const Project &project, const KeypointSelection &selection,
                              const SmoothingOptions &options)
{
    const EffectiveKeypoints effective(project, selection.track);
    KeypointBlock block =
        readBlock(project.tracks, selection.track, selection.frames, selection.joints);
    for (std::size_t column = 0; column < selection.joints.size(); ++column) {
        FrameRange run{selection.frames.first, selection.frames.first - 1};
        for (std::int64_t frame = selection.frames.first; frame <= selection.frames.last; ++frame) {
            const Keypoint2D keypoint = effective.at(frame, selection.joints[column]);
            if (keypoint.isKnown() && !keypoint.locked) {
                run.last = frame;
                if (frame < selection.frames.last)
                    continue;
            }
            smoothRun(project, effective, block, column, run, options);
            run = {frame + 1, frame};
        }
    }
    return finished(project, {std::move(block)});
}

KeypointPatch acceptPredictions(const Project &project, const KeypointSelection &selection)
{
    return changeEach(project, selection,
                      [](std::int64_t frame, int joint,
                         const EffectiveKeypoints &effective) -> std::optional<Keypoint2D> {
                          const Keypoint2D detected = effective.detected(frame, joint);
                          if (effective.annotated(frame, joint).state != KeypointState::Missing ||
                              !detected.isKnown())
                              return std::nullopt;
                          return detected;
                      });
}

KeypointPatch refusePredictions(const Project &project, const KeypointSelection &selection)
{
    return changeEach(project, selection,
                      [](std::int64_t frame, int joint,
                         const EffectiveKeypoints &effective) -> std::optional<Keypoint2D> {
                          const Keypoint2D annotated = effective.annotated(frame, joint);
                          const bool isOpen =
                              annotated.state == KeypointState::Missing ||
                              (annotated.isKnown() && annotated.origin == KeypointOrigin::Detected);
                          if (!isOpen || annotated.locked ||
                              !effective.detected(frame, joint).isKnown())
                              return std::nullopt;
                          return absent();
                      });
}

} // namespace poselift
