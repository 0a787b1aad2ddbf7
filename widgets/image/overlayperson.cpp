#include "widgets/image/overlayperson.h"

#include <algorithm>

namespace poselift {

namespace {

bool isAnyKnown(const Pose2D &pose)
{
    return std::any_of(pose.begin(), pose.end(), [](const Keypoint2D &k) { return k.isKnown(); });
}

QString labelIn(const std::vector<KeypointTrack> &tracks, TrackId id)
{
    for (const KeypointTrack &track : tracks) {
        if (track.id == id)
            return QString::fromStdString(track.label);
    }
    return {};
}

} // namespace

std::vector<OverlayPerson> overlayPeopleAt(const KeypointLayer &layer, std::int64_t frame)
{
    std::vector<OverlayPerson> people;
    for (const KeypointTrack &track : layer.tracks) {
        if (!track.covers(frame))
            continue;
        OverlayPerson person{track.id, QString::fromStdString(track.label), track.pose(frame)};
        if (isAnyKnown(person.pose))
            people.push_back(std::move(person));
    }
    return people;
}

std::vector<OverlayPerson> overlayPeopleAt(const Project &project, std::int64_t frame)
{
    std::vector<OverlayPerson> people;
    const KeypointLayer *detected = project.keypointLayer("detected");
    for (const TrackId id : project.trackIds()) {
        OverlayPerson person{id, labelIn(project.tracks, id), project.effectivePose(id, frame)};
        if (!isAnyKnown(person.pose))
            continue;
        if (person.label.isEmpty() && detected != nullptr)
            person.label = labelIn(detected->tracks, id);
        people.push_back(std::move(person));
    }
    return people;
}

} // namespace poselift
