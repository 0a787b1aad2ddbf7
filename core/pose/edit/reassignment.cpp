#include "core/pose/edit/reassignment.h"

#include <algorithm>
#include <limits>
#include <ranges>

namespace poselift {

namespace {

/// Frames [begin, end) of a person, in any layer.
struct Span
{
    std::int64_t begin = std::numeric_limits<std::int64_t>::max();
    std::int64_t end = 0;
};

template <typename Tracks>
void extend(Span &span, const Tracks &tracks, TrackId id)
{
    const TrackExtent extent = extentOf(tracks, id);
    if (!extent.exists || extent.frameCount == 0)
        return;
    span.begin = std::min(span.begin, extent.firstFrame);
    span.end = std::max(span.end, extent.firstFrame + extent.frameCount);
}

Span spanOf(const Project &project, TrackId id)
{
    Span span;
    extend(span, project.tracks, id);
    for (const KeypointLayer &layer : project.keypointLayers)
        extend(span, layer.tracks, id);
    for (const JointLayer &layer : project.jointLayers)
        extend(span, layer.tracks, id);
    return span;
}

/// True when somewhere @p id is there both before @p frame and from it on: splitPerson()'s condition.
bool isOnBothSides(const Project &project, TrackId id, std::int64_t frame)
{
    const auto crosses = [id, frame](const auto &tracks) {
        const TrackExtent extent = extentOf(tracks, id);
        return extent.exists && extent.firstFrame < frame && frame < extent.firstFrame + extent.frameCount;
    };
    return crosses(project.tracks)
           || std::ranges::any_of(project.keypointLayers, [&](const auto &layer) { return crosses(layer.tracks); })
           || std::ranges::any_of(project.jointLayers, [&](const auto &layer) { return crosses(layer.tracks); });
}

/// @p id goes from every layer, also from those that it comes to by the swaps before.
TracksPatch goneEverywhere(const Project &project, TrackId id)
{
    TracksPatch patch = deletePerson(project, id);
    patch.keypointTracks = {{{}, id, std::nullopt, 0}};
    patch.jointTracks.clear();
    for (const KeypointLayer &layer : project.keypointLayers)
        patch.keypointTracks.push_back({layer.name, id, std::nullopt, 0});
    for (const JointLayer &layer : project.jointLayers)
        patch.jointTracks.push_back({layer.name, id, std::nullopt, 0});
    return patch;
}

} // namespace

void exchange(Project &project, Reassignment &reassignment)
{
    if (reassignment.isDone) {
        exchange(project, reassignment.rest);
        for (IdentitySwap &swap : reassignment.swaps | std::views::reverse)
            exchange(project, swap);
    } else {
        for (IdentitySwap &swap : reassignment.swaps)
            exchange(project, swap);
        exchange(project, reassignment.rest);
    }
    reassignment.isDone = !reassignment.isDone;
}

std::optional<Reassignment> splitByReassignment(const Project &project, TrackId id, std::int64_t frame)
{
    if (!isOnBothSides(project, id, frame))
        return std::nullopt;
    const TrackId fresh = nextTrackId(project);
    Reassignment split;
    split.swaps.push_back({id, fresh, frame, {}});
    noteTrackId(split.rest, fresh);
    return split;
}

std::optional<Reassignment> mergeByReassignment(const Project &project, TrackId into, TrackId from)
{
    const std::vector<TrackId> ids = project.trackIds();
    if (into == from || !std::ranges::binary_search(ids, into) || !std::ranges::binary_search(ids, from))
        return std::nullopt;
    const Span kept = spanOf(project, into);
    const Span taken = spanOf(project, from);
    Reassignment merge;
    if (taken.end > taken.begin && kept.end <= taken.begin)
        merge.swaps = {{into, from, taken.begin, {}}};
    else if (kept.end > kept.begin && taken.end > taken.begin && taken.end <= kept.begin)
        merge.swaps = {{into, from, 0, {}}, {into, from, kept.begin, {}}}; // whole, then the tails back
    else
        return std::nullopt;
    merge.rest = goneEverywhere(project, from);
    return merge;
}

} // namespace poselift
