#include "models/finetune/correctedpeople.h"

#include "core/pose/edit/trackextent.h"
#include "models/detect/topdowndetector.h"
#include "models/keypoints/keypointsbyname.h"

#include <algorithm>
#include <optional>
#include <tuple>

namespace poselift {

namespace {

bool isByHand(const Keypoint2D &keypoint)
{
    return keypoint.state != KeypointState::Missing
           && (keypoint.origin == KeypointOrigin::Corrected || keypoint.origin == KeypointOrigin::From3d);
}

bool isObserved(const Keypoint2D &keypoint)
{
    return keypoint.state != KeypointState::Missing && keypoint.origin != KeypointOrigin::Interpolated;
}

bool isWanted(const CorrectedSelection &selection, std::int64_t frame, const Pose2D &pose)
{
    if (selection.frames.empty())
        return std::ranges::any_of(pose, isByHand);
    const bool inside = std::ranges::any_of(
        selection.frames, [frame](const auto &range) { return frame >= range.first && frame < range.second; });
    return inside && std::ranges::any_of(pose, isObserved);
}

/// One person's annotation beside what the detector says.
class PersonReader
{
public:
    PersonReader(const Project &project, const KeypointTrack &annotated, const Skeleton &skeleton)
        : m_annotated(annotated), m_annotatedSkeleton(project.skeleton), m_skeleton(skeleton),
          m_detections(project.keypointLayer("detected"))
    {
        if (m_detections != nullptr)
            m_detected = findTrack(m_detections->tracks, annotated.id);
    }

    /// Nothing when too little is known to say where the person is.
    std::optional<CorrectedPerson> at(std::int64_t frame, Pose2D annotated) const
    {
        for (Keypoint2D &keypoint : annotated) {
            if (!isObserved(keypoint))
                keypoint = {};
            else
                keypoint.confidence = 1; // somebody saw it
        }
        CorrectedPerson person;
        person.frame = frame;
        person.track = m_annotated.id;
        person.labels = keypointsByName(annotated, m_annotatedSkeleton, m_skeleton);
        person.others = Pose2D(m_skeleton.joints.size());
        if (m_detected != nullptr)
            person.others = keypointsByName(m_detected->pose(frame), m_detections->skeleton, m_skeleton);
        Pose2D known = person.labels;
        for (std::size_t j = 0; j < known.size(); ++j) {
            if (known[j].state == KeypointState::Missing)
                known[j] = person.others[j];
            else
                person.others[j] = {};
        }
        const std::optional<Box> box = boxOfPerson(known);
        if (!box)
            return std::nullopt;
        person.box = *box;
        return person;
    }

private:
    const KeypointTrack &m_annotated;
    const Skeleton &m_annotatedSkeleton;
    const Skeleton &m_skeleton;
    const KeypointLayer *m_detections;
    const KeypointTrack *m_detected = nullptr;
};

bool hasLabel(const CorrectedPerson &person)
{
    return std::ranges::any_of(person.labels, &Keypoint2D::isKnown);
}

} // namespace

std::vector<CorrectedPerson> correctedPeople(const Project &project, const Skeleton &skeleton,
                                             const CorrectedSelection &selection)
{
    std::vector<CorrectedPerson> people;
    for (const KeypointTrack &track : project.tracks) {
        if (!selection.tracks.empty() && std::ranges::find(selection.tracks, track.id) == selection.tracks.end())
            continue;
        const PersonReader reader(project, track, skeleton);
        for (std::int64_t frame = track.firstFrame; frame < track.endFrame(); ++frame) {
            Pose2D pose = track.pose(frame);
            if (!isWanted(selection, frame, pose))
                continue;
            std::optional<CorrectedPerson> person = reader.at(frame, std::move(pose));
            if (person && hasLabel(*person))
                people.push_back(*std::move(person));
        }
    }
    std::ranges::sort(people, {}, [](const CorrectedPerson &person) { return std::tuple(person.frame, person.track); });
    return people;
}

} // namespace poselift
