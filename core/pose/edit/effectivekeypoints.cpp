#include "core/pose/edit/effectivekeypoints.h"

#include "core/pose/edit/trackextent.h"

namespace poselift {

EffectiveKeypoints::EffectiveKeypoints(const Project &project, TrackId id) : m_annotated(findTrack(project.tracks, id))
{
    const KeypointLayer *detected = project.keypointLayer("detected");
    m_detected = detected != nullptr ? findTrack(detected->tracks, id) : nullptr;
    if (m_detected == nullptr)
        return;
    for (const std::string &joint : project.skeleton.joints)
        m_detectedJoints.push_back(detected->skeleton.indexOf(joint));
}

Keypoint2D EffectiveKeypoints::annotated(std::int64_t frame, int joint) const
{
    return m_annotated != nullptr ? m_annotated->keypoint(frame, joint) : Keypoint2D{};
}

Keypoint2D EffectiveKeypoints::detected(std::int64_t frame, int joint) const
{
    return m_detected != nullptr ? m_detected->keypoint(frame, m_detectedJoints[static_cast<std::size_t>(joint)])
                                 : Keypoint2D{};
}

Keypoint2D EffectiveKeypoints::at(std::int64_t frame, int joint) const
{
    const Keypoint2D keypoint = annotated(frame, joint);
    if (keypoint.state != KeypointState::Missing)
        return keypoint;
    Keypoint2D seen = detected(frame, joint);
    seen.locked = seen.locked || keypoint.locked;
    return seen;
}

} // namespace poselift
