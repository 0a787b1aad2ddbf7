#include "core/pose/edit/trackedits.h"

#include "core/pose/edit/effectivepose3d.h"
#include "core/pose/edit/trackarrays.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

namespace poselift {

namespace {

constexpr const char *kLastTrackId = "last_track_id"; ///< note in Project::meta
constexpr std::int64_t kEnd = std::numeric_limits<std::int64_t>::max();

std::vector<KeypointTrack> *keypointTracks(Project &project, const std::string &layer)
{
    if (layer.empty())
        return &project.tracks;
    for (KeypointLayer &candidate : project.keypointLayers) {
        if (candidate.name == layer)
            return &candidate.tracks;
    }
    return nullptr;
}

std::vector<JointTrack> *jointTracks(Project &project, const std::string &layer)
{
    for (JointLayer &candidate : project.jointLayers) {
        if (candidate.name == layer)
            return &candidate.tracks;
    }
    return nullptr;
}

template <typename Track>
void exchangeSlot(std::vector<Track> &tracks, TrackSlot<Track> &slot)
{
    const auto found = std::find_if(tracks.begin(), tracks.end(),
                                    [&slot](const Track &track) { return track.id == slot.id; });
    std::optional<Track> incoming = std::exchange(slot.track, std::nullopt);
    const std::size_t position = slot.position;
    if (found != tracks.end()) {
        slot.position = static_cast<std::size_t>(found - tracks.begin());
        slot.track = std::move(*found);
        if (incoming) {
            *found = std::move(*incoming);
            return;
        }
        tracks.erase(found);
    } else if (incoming) {
        tracks.insert(tracks.begin() +
                          static_cast<std::ptrdiff_t>(std::min(position, tracks.size())),
                      std::move(*incoming));
    }
}

/// Calls @p visit(layer name, tracks) for every list of tracks of the project.
template <typename P, typename Visit>
void forEachLayer(P &project, const Visit &visit)
{
    visit(std::string(), project.tracks);
    for (auto &layer : project.keypointLayers)
        visit(layer.name, layer.tracks);
    for (auto &layer : project.jointLayers)
        visit(layer.name, layer.tracks);
}

void addSlot(TracksPatch &patch, TrackSlot<KeypointTrack> slot)
{
    patch.keypointTracks.push_back(std::move(slot));
}

void addSlot(TracksPatch &patch, TrackSlot<JointTrack> slot)
{
    patch.jointTracks.push_back(std::move(slot));
}

/// The frames of @p track in [begin, end), in arrays of just that size.
template <typename Track>
Track slice(const Track &track, std::int64_t begin, std::int64_t end)
{
    Track part;
    part.id = track.id;
    part.jointCount = track.jointCount;
    if constexpr (requires { part.label; })
        part.label = track.label;
    part.firstFrame = std::clamp(begin, track.firstFrame, track.endFrame());
    const std::int64_t frames = std::clamp(end, part.firstFrame, track.endFrame()) - part.firstFrame;
    forEachArray(track, part, [&](const auto &source, auto &target, std::int64_t perJoint) {
        const auto first = source.begin() + (part.firstFrame - track.firstFrame) * perJoint * track.jointCount;
        target.assign(first, first + frames * perJoint * track.jointCount);
    });
    return part;
}

bool isSeen(const KeypointTrack &track, std::int64_t frame)
{
    return track.isPresent(frame);
}

bool isSeen(const JointTrack &track, std::int64_t frame)
{
    const Pose3D pose = track.pose(frame);
    return std::any_of(pose.begin(), pose.end(), [](const Joint3D &joint) { return joint.valid; });
}

/// @p into with the frames of @p from in which @p into is not seen.
template <typename Track>
Track merged(Track into, const Track &from)
{
    if (from.frameCount() == 0)
        return into;
    if (into.frameCount() == 0)
        setCoverage(into, from.firstFrame, from.endFrame());
    else
        setCoverage(into, std::min(into.firstFrame, from.firstFrame),
                    std::max(into.endFrame(), from.endFrame()));
    for (std::int64_t frame = from.firstFrame; frame < from.endFrame(); ++frame) {
        if (!isSeen(into, frame))
            copyFrames(from, frame, frame + 1, into);
    }
    return into;
}

/// What a track covers, [begin, end).
struct Coverage
{
    std::int64_t begin = 0;
    std::int64_t end = 0;
};

/// What is left of @p head before @p frame and @p tail's frames from there on, one after the other.
template <typename Track>
Coverage joined(const Track &head, const Track &tail, std::int64_t frame)
{
    const Coverage before{head.firstFrame, std::clamp(frame, head.firstFrame, head.endFrame())};
    const Coverage after{std::clamp(frame, tail.firstFrame, tail.endFrame()), tail.endFrame()};
    if (after.end <= after.begin)
        return before;
    return {before.end > before.begin ? before.begin : after.begin, after.end};
}

/// Makes @p track cover frame … end − 1 as well.
template <typename Track>
void coverFrom(Track &track, std::int64_t frame, std::int64_t end)
{
    if (track.frameCount() == 0)
        setCoverage(track, frame, end);
    else
        setCoverage(track, std::min(track.firstFrame, frame), std::max(track.endFrame(), end));
}

/// In place: two people who are there all the time only have their values swapped.
template <typename Track>
void exchangeFrom(Track &a, Track &b, std::int64_t frame)
{
    const Coverage ofA = joined(a, b, frame);
    const Coverage ofB = joined(b, a, frame);
    const auto beginOf = [](const Track &track) { return track.frameCount() > 0 ? track.firstFrame : kEnd; };
    const std::int64_t end = std::max(a.endFrame(), b.endFrame());
    const std::int64_t begin = std::max(frame, std::min(beginOf(a), beginOf(b)));
    if (begin < end) {
        coverFrom(a, begin, end);
        coverFrom(b, begin, end);
        swapFrames(a, b, begin, end);
    }
    setCoverage(a, ofA.begin, ofA.end);
    setCoverage(b, ofB.begin, ofB.end);
    dropSlack(a);
    dropSlack(b);
}

template <typename Track>
void exchangeTails(std::vector<Track> &tracks, const IdentitySwap &swap, const TrackExtent &beforeA,
                   const TrackExtent &beforeB)
{
    if (!beforeA.exists && !beforeB.exists)
        return;
    const int jointCount = findTrack(tracks, beforeA.exists ? swap.a : swap.b)->jointCount;
    for (const TrackExtent &before : {beforeA, beforeB}) {
        if (!before.exists)
            applyExtent(tracks, jointCount, {before.track, true, 0, 0});
    }
    exchangeFrom(*findTrack(tracks, swap.a), *findTrack(tracks, swap.b), swap.frame);
    std::erase_if(tracks, [&](const Track &track) {
        const bool isNew =
            (track.id == swap.a && !beforeA.exists) || (track.id == swap.b && !beforeB.exists);
        return isNew && track.frameCount() == 0;
    });
}

int layerCount(const Project &project)
{
    return static_cast<int>(1 + project.keypointLayers.size() + project.jointLayers.size());
}

std::optional<std::string> note(const Project &project, const std::string &key)
{
    const auto found = project.meta.find(key);
    return found != project.meta.end() ? std::optional(found->second) : std::nullopt;
}

/// @p track without the frames in which @p other is seen by itself: a correction belongs to the 2D
/// that is shown there.
JointTrack withoutFramesOf(const Project &project, TrackId other, JointTrack track)
{
    const Pose3D nothing(static_cast<std::size_t>(track.jointCount));
    for (std::int64_t frame = track.firstFrame; frame < track.endFrame(); ++frame) {
        const Pose2D pose = project.effectivePose(other, frame);
        if (std::any_of(pose.begin(), pose.end(), [](const Keypoint2D &keypoint) { return keypoint.isKnown(); }))
            track.setPose(frame, nothing);
    }
    return track;
}

KeypointTrack mergeable(const Project &, const std::string &, TrackId, const KeypointTrack &track)
{
    return track;
}

JointTrack mergeable(const Project &project, const std::string &layer, TrackId into, const JointTrack &track)
{
    return layer == kCorrectedLayer ? withoutFramesOf(project, into, track) : track;
}

} // namespace

void exchange(Project &project, TracksPatch &patch)
{
    for (auto &slot : patch.keypointTracks) {
        if (auto *tracks = keypointTracks(project, slot.layer))
            exchangeSlot(*tracks, slot);
    }
    for (auto &slot : patch.jointTracks) {
        if (auto *tracks = jointTracks(project, slot.layer))
            exchangeSlot(*tracks, slot);
    }
    // What was put in last must come out first.
    std::reverse(patch.keypointTracks.begin(), patch.keypointTracks.end());
    std::reverse(patch.jointTracks.begin(), patch.jointTracks.end());
    if (patch.skeleton)
        std::swap(project.skeleton, *patch.skeleton);
    for (auto &[key, value] : patch.meta) {
        std::optional<std::string> old = note(project, key);
        if (value)
            project.meta[key] = *value;
        else
            project.meta.erase(key);
        value = std::move(old);
    }
}

TrackId nextTrackId(const Project &project)
{
    TrackId last = 0;
    forEachLayer(project, [&last](const std::string &, const auto &tracks) {
        for (const auto &track : tracks)
            last = std::max(last, track.id);
    });
    TrackId noted = 0;
    if (const auto text = note(project, kLastTrackId))
        std::from_chars(text->data(), text->data() + text->size(), noted);
    return std::max(last, noted) + 1;
}

void noteTrackId(TracksPatch &patch, TrackId id)
{
    patch.meta[kLastTrackId] = std::to_string(id);
}

TracksPatch newPerson(const Project &project, const Skeleton &skeleton)
{
    TracksPatch patch;
    const bool needsSkeleton = project.skeleton.jointCount() == 0;
    KeypointTrack track;
    track.id = nextTrackId(project);
    track.jointCount = needsSkeleton ? skeleton.jointCount() : project.skeleton.jointCount();
    if (needsSkeleton)
        patch.skeleton = skeleton;
    noteTrackId(patch, track.id);
    patch.keypointTracks.push_back({{}, track.id, track, project.tracks.size()});
    return patch;
}

TracksPatch deletePerson(const Project &project, TrackId id)
{
    TracksPatch patch;
    forEachLayer(project, [&](const std::string &layer, const auto &tracks) {
        using Track = typename std::decay_t<decltype(tracks)>::value_type;
        if (findTrack(tracks, id) != nullptr)
            addSlot(patch, TrackSlot<Track>{layer, id, std::nullopt, 0});
    });
    if (id + 1 == nextTrackId(project))
        noteTrackId(patch, id);
    return patch;
}

TracksPatch splitPerson(const Project &project, TrackId id, std::int64_t frame)
{
    TracksPatch patch;
    const TrackId fresh = nextTrackId(project);
    bool isOnBothSides = false;
    forEachLayer(project, [&](const std::string &layer, const auto &tracks) {
        using Track = typename std::decay_t<decltype(tracks)>::value_type;
        const auto *track = findTrack(tracks, id);
        if (track == nullptr || track->endFrame() <= frame)
            return;
        isOnBothSides = isOnBothSides || track->firstFrame < frame;
        Track tail = slice(*track, frame, kEnd);
        tail.id = fresh;
        addSlot(patch, TrackSlot<Track>{layer, id, slice(*track, 0, frame), 0});
        addSlot(patch, TrackSlot<Track>{layer, fresh, std::move(tail), tracks.size()});
    });
    if (!isOnBothSides)
        return {};
    noteTrackId(patch, fresh);
    return patch;
}

TracksPatch mergePeople(const Project &project, TrackId into, TrackId from)
{
    TracksPatch patch;
    const std::vector<TrackId> ids = project.trackIds();
    if (into == from || !std::binary_search(ids.begin(), ids.end(), into) ||
        !std::binary_search(ids.begin(), ids.end(), from))
        return patch;
    forEachLayer(project, [&](const std::string &layer, const auto &tracks) {
        using Track = typename std::decay_t<decltype(tracks)>::value_type;
        const Track *source = findTrack(tracks, from);
        if (source == nullptr)
            return;
        const Track *target = findTrack(tracks, into);
        Track result = target != nullptr ? *target : Track{};
        result.id = into;
        result.jointCount = source->jointCount;
        addSlot(patch,
                TrackSlot<Track>{layer, into, merged(std::move(result), mergeable(project, layer, into, *source)),
                                 tracks.size()});
        addSlot(patch, TrackSlot<Track>{layer, from, std::nullopt, 0});
    });
    if (from + 1 == nextTrackId(project))
        noteTrackId(patch, from);
    return patch;
}

void exchange(Project &project, PersonLabel &label)
{
    KeypointTrack *track = findTrack(project.tracks, label.track);
    std::optional<std::string> incoming = std::exchange(label.label, std::nullopt);
    if (track != nullptr)
        label.label = track->label;
    if (!incoming) {
        if (track != nullptr)
            track->label.clear();
        if (track != nullptr && track->frameCount() == 0)
            applyExtent(project.tracks, track->jointCount, {label.track, false, 0, 0});
        return;
    }
    if (track == nullptr) {
        applyExtent(project.tracks, project.skeleton.jointCount(), {label.track, true, 0, 0});
        track = findTrack(project.tracks, label.track);
    }
    track->label = std::move(*incoming);
}

std::string labelOf(const Project &project, TrackId id)
{
    const KeypointTrack *annotated = findTrack(project.tracks, id);
    if (annotated != nullptr && !annotated->label.empty())
        return annotated->label;
    const KeypointLayer *detected = project.keypointLayer("detected");
    const KeypointTrack *track = detected != nullptr ? findTrack(detected->tracks, id) : nullptr;
    return track != nullptr ? track->label : std::string();
}

void exchange(Project &project, IdentitySwap &swap)
{
    std::vector<TrackExtent> before;
    forEachLayer(project, [&](const std::string &, auto &tracks) {
        before.push_back(extentOf(tracks, swap.a));
        before.push_back(extentOf(tracks, swap.b));
        const std::size_t at = before.size() - 2;
        exchangeTails(tracks, swap, before[at], before[at + 1]);
        if (static_cast<int>(swap.extents.size()) != 2 * layerCount(project))
            return;
        for (const std::size_t i : {at + 1, at}) {
            const int jointCount = tracks.empty() ? 0 : tracks.front().jointCount;
            applyExtent(tracks, jointCount, swap.extents[i]);
        }
    });
    swap.extents = std::move(before);
}

void overlay(std::vector<JointTrack> &tracks, const JointTrack &poses)
{
    JointTrack *track = findTrack(tracks, poses.id);
    for (std::int64_t frame = poses.firstFrame; frame < poses.endFrame(); ++frame) {
        const Pose3D pose = poses.pose(frame);
        const bool isSeen = std::any_of(pose.begin(), pose.end(), [](const Joint3D &joint) { return joint.valid; });
        if (!isSeen && (track == nullptr || !track->covers(frame)))
            continue;
        if (track == nullptr) {
            const auto place = std::find_if(tracks.begin(), tracks.end(),
                                            [&poses](const JointTrack &other) { return other.id > poses.id; });
            track = &*tracks.insert(place, JointTrack{poses.id, poses.jointCount, frame, {}, {}});
        }
        track->setPose(frame, pose);
    }
}

} // namespace poselift
