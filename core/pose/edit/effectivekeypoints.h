#pragma once

#include "core/pose/project.h"

#include <vector>

namespace poselift {

/// The keypoints of one person that the user sees: the annotation, else the detection. Positions of
/// joints by name are looked up once, not for every frame. Borrows the project; an edit of the
/// person's tracks makes it stale. Frames outside the tracks hold Missing keypoints.
class EffectiveKeypoints
{
public:
    EffectiveKeypoints(const Project &project, TrackId id);

    Keypoint2D annotated(std::int64_t frame, int joint) const;
    Keypoint2D detected(std::int64_t frame, int joint) const;
    Keypoint2D at(std::int64_t frame, int joint) const;

private:
    const KeypointTrack *m_annotated;
    const KeypointTrack *m_detected = nullptr;
    std::vector<int> m_detectedJoints; ///< index in the detector's skeleton of each joint of ours
};

} // namespace poselift
