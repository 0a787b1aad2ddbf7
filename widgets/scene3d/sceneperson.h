#pragma once

#include "core/pose/project.h"

#include <vector>

namespace poselift {

/// One person of one frame as the 3D view draws it.
struct ScenePerson
{
    TrackId track = 0;
    Pose3D pose; ///< metres, camera frame (x right, y down, z forward), order of the layer's skeleton
    std::vector<bool> corrected = {}; ///< by hand, per joint; empty: none is

    bool isCorrected(std::size_t joint) const { return joint < corrected.size() && corrected[joint]; }
    friend bool operator==(const ScenePerson &, const ScenePerson &) = default;
};

/// Everyone of a 3D layer with a valid joint in @p frame.
std::vector<ScenePerson> scenePeopleAt(const JointLayer &layer, std::int64_t frame);

/// The same with the corrections of @p project, which go before the layer's joints; people who have
/// nothing but corrections there too.
std::vector<ScenePerson> scenePeopleAt(const Project &project, const JointLayer &layer, std::int64_t frame);

/// Poses from the whole clip for fitting a view to it: some frames of everyone who is there for a
/// quarter of the time of whoever is there longest, without single wild poses far from all others
/// (a short false detection, a depth that was misjudged), which would make the people tiny.
std::vector<ScenePerson> peopleOfWholeClip(const JointLayer &layer);

/// Height of the ground below the camera, metres: the 90th percentile over frames and people of the
/// lowest foot joint. Assumes that the camera is level (its y axis points straight down), which is
/// all that is known without a calibration against the ground. 1.5 m when there is nobody.
double estimateGroundHeight(const JointLayer &layer);

} // namespace poselift
