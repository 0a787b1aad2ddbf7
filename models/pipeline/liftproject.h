#pragma once

#include "core/base/job.h"
#include "core/pose/project.h"
#include "models/lifter.h"

#include <optional>
#include <string>
#include <vector>

namespace poselift {

/// 2D of one person as people see it: the corrections over the detector's keypoints, in the order of
/// project.skeleton; from the first to the last frame that either has. No frames for an unknown id.
KeypointTrack effectiveTrack(const Project &project, TrackId id);

/// Name of the layer that the model @p lifter writes.
std::string liftedLayerName(const std::string &lifter);

struct LiftedProject
{
    int tracks = 0;               ///< lifted
    std::vector<Error> warnings;  ///< tracks that could not be lifted
    bool cancelled = false;       ///< the layer holds the tracks that were ready
};

/// Lifts people of @p project into the layer "lifted/<model>". Corrected 3D lies in a layer of its
/// own and is not touched. Reports the stage "lift" in frames.
/// @param onlyTracks  empty: everybody, and what the layer held before goes; else these tracks'
///                    results replace theirs and the others stay
LiftedProject liftProject(Project &project, Lifter &lifter, const JobContext &job,
                          const std::vector<TrackId> &onlyTracks = {});

} // namespace poselift
