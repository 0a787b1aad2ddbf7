#pragma once

#include "core/pose/edit/trackedits.h"

#include <optional>
#include <vector>

namespace poselift {

/// Frames that change hands between people, in all layers. It says which and holds no tracks but empty
/// ones, so that a step of the history stays small however long the clip is.
struct Reassignment
{
    std::vector<IdentitySwap> swaps; ///< in this order
    TracksPatch rest;                ///< after them: people who have no frames left, notes
    bool isDone = false;
    friend bool operator==(const Reassignment &, const Reassignment &) = default;
};

/// Does it, or undoes it when it is done. Doing it twice changes nothing.
void exchange(Project &project, Reassignment &reassignment);

/// What splitPerson() does, but that the new person has no label; nothing when there is nothing to split.
std::optional<Reassignment> splitByReassignment(const Project &project, TrackId id, std::int64_t frame);
/// What mergePeople() does, where in every layer one of them ends before the other begins (a track that
/// was lost and found); else nothing.
std::optional<Reassignment> mergeByReassignment(const Project &project, TrackId into, TrackId from);

} // namespace poselift
