#include "widgets/scene3d/sceneperson.h"

#include "core/pose/edit/effectivepose3d.h"

#include <algorithm>

namespace poselift {

namespace {

constexpr double kHeightWithoutPeople = 1.5; ///< m: a camera on a usual tripod
constexpr double kPercentile = 0.9; ///< jumps lie below it, single wild poses above
constexpr std::size_t kFramesOfTrack = 20000; ///< more say nothing new; evenly spread over the track

bool isFoot(const std::string &joint)
{
    for (const char *part : {"ankle", "foot", "toe", "heel"}) {
        if (joint.find(part) != std::string::npos)
            return true;
    }
    return false;
}

std::vector<int> footJoints(const Skeleton &skeleton)
{
    std::vector<int> feet;
    for (int j = 0; j < skeleton.jointCount(); ++j) {
        if (isFoot(skeleton.joints[static_cast<std::size_t>(j)]))
            feet.push_back(j);
    }
    return feet;
}

/// Lowest foot (greatest y) of every frame in which one is valid.
void appendLowestFeet(const JointTrack &track, const std::vector<int> &feet, std::vector<float> *lowest)
{
    const auto joints = static_cast<std::size_t>(track.jointCount);
    const auto frames = static_cast<std::size_t>(track.frameCount());
    const std::size_t step = std::max<std::size_t>(1, frames / kFramesOfTrack);
    for (std::size_t t = 0; t < frames; t += step) {
        bool any = false;
        float y = 0.0F;
        for (const int foot : feet) {
            const std::size_t index = t * joints + static_cast<std::size_t>(foot);
            if (foot >= track.jointCount || track.valid[index] == 0)
                continue;
            y = any ? std::max(y, track.xyz[index * 3 + 1]) : track.xyz[index * 3 + 1];
            any = true;
        }
        if (any)
            lowest->push_back(y);
    }
}

} // namespace

double estimateGroundHeight(const JointLayer &layer)
{
    const std::vector<int> feet = footJoints(layer.skeleton);
    std::vector<float> lowest;
    for (const JointTrack &track : layer.tracks)
        appendLowestFeet(track, feet, &lowest);
    if (lowest.empty())
        return kHeightWithoutPeople;
    const auto rank = static_cast<std::ptrdiff_t>(kPercentile * static_cast<double>(lowest.size() - 1));
    std::nth_element(lowest.begin(), lowest.begin() + rank, lowest.end());
    return static_cast<double>(lowest[static_cast<std::size_t>(rank)]);
}

std::vector<ScenePerson> scenePeopleAt(const JointLayer &layer, std::int64_t frame)
{
    std::vector<ScenePerson> people;
    for (const JointTrack &track : layer.tracks) {
        if (!track.covers(frame))
            continue;
        ScenePerson person{track.id, track.pose(frame)};
        if (std::any_of(person.pose.begin(), person.pose.end(), [](const Joint3D &j) { return j.valid; }))
            people.push_back(std::move(person));
    }
    return people;
}

std::vector<ScenePerson> scenePeopleAt(const Project &project, const JointLayer &layer, std::int64_t frame)
{
    std::vector<TrackId> ids;
    const JointLayer *corrections = project.jointLayer(kCorrectedLayer);
    for (const JointLayer *each : {&layer, corrections}) {
        if (each == nullptr)
            continue;
        for (const JointTrack &track : each->tracks) {
            if (track.covers(frame) && std::find(ids.begin(), ids.end(), track.id) == ids.end())
                ids.push_back(track.id);
        }
    }
    std::vector<ScenePerson> people;
    for (const TrackId id : ids) {
        EffectivePose3D effective = effectivePose3d(project, layer, id, frame);
        if (effective.hasValidJoint())
            people.push_back({id, std::move(effective.pose), std::move(effective.corrected)});
    }
    return people;
}

} // namespace poselift
