#pragma once

#include "core/pose/edit/trackextent.h"
#include "core/pose/project.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace poselift {

// Edits of people, in all layers at once: the annotation, the detections and the 3D of a person
// stay together under one track id.

/// One track of one layer as it is to be; the annotation layer has no name.
template <typename Track>
struct TrackSlot
{
    std::string layer;
    TrackId id = 0;
    std::optional<Track> track; ///< none: the track is to go
    std::size_t position = 0;   ///< where in the layer's list it is to be put; at most at the end
    friend bool operator==(const TrackSlot &, const TrackSlot &) = default;
};

/// The other side of an edit of people: whole tracks to exchange with those of the project.
struct TracksPatch
{
    std::vector<TrackSlot<KeypointTrack>> keypointTracks;
    std::vector<TrackSlot<JointTrack>> jointTracks;
    std::optional<Skeleton> skeleton;                       ///< of the annotation, when it changes
    std::map<std::string, std::optional<std::string>> meta; ///< notes that change
    friend bool operator==(const TracksPatch &, const TracksPatch &) = default;
};

/// Exchanges; doing it twice changes nothing. Slots of layers that the project has not stay as they
/// are.
void exchange(Project &project, TracksPatch &patch);

/// An id that no track of the project has or ever had.
TrackId nextTrackId(const Project &project);
/// Makes @p patch note that @p id was used.
void noteTrackId(TracksPatch &patch, TrackId id);
/// A person without keypoints, with the id nextTrackId(). @p skeleton is for a project that has
/// none.
TracksPatch newPerson(const Project &project, const Skeleton &skeleton);
TracksPatch deletePerson(const Project &project, TrackId id);
/// The frames of @p id from @p frame on become the person nextTrackId(). Empty when there is
/// nothing on either side of @p frame.
TracksPatch splitPerson(const Project &project, TrackId id, std::int64_t frame);
/// @p into takes over the frames of @p from in which it is not seen itself; @p from goes. Empty
/// when one of them is not there.
TracksPatch mergePeople(const Project &project, TrackId into, TrackId from);

/// What a person is called. The name lies in the annotation track, which is made for it where there
/// is none.
struct PersonLabel
{
    TrackId track = 0;
    std::optional<std::string> label; ///< none: there is no annotation track
    friend bool operator==(const PersonLabel &, const PersonLabel &) = default;
};
/// Exchanges; doing it twice changes nothing.
void exchange(Project &project, PersonLabel &label);
/// The name that the user gave, else the one that came with the detections; may be empty.
std::string labelOf(const Project &project, TrackId id);

/// Two people change their identities from a frame on: what a tracker got wrong when they crossed.
struct IdentitySwap
{
    TrackId a = 0;
    TrackId b = 0;
    std::int64_t frame = 0; ///< the first that changes
    /// By layer: the annotation first, then the keypoint layers, then the joint layers; a and b of
    /// each. What exchange() puts back, so that doing it twice changes nothing.
    std::vector<TrackExtent> extents;
    friend bool operator==(const IdentitySwap &, const IdentitySwap &) = default;
};
void exchange(Project &project, IdentitySwap &swap);

/// Puts the poses of @p poses in the place of those of the same frames and the same track. Unseen
/// poses make no track and do not lengthen one.
void overlay(std::vector<JointTrack> &tracks, const JointTrack &poses);

} // namespace poselift
