#pragma once

#include "core/pose/project.h"

namespace poselift {

// Who wins in 3D, in one place: a joint that was corrected by hand goes before every prediction.
// Corrections live in a joint layer of their own, kCorrectedLayer, whose joints are valid only where
// somebody corrected them. Lifting replaces "lifted/<model>" layers and never touches that one.

inline constexpr const char *kCorrectedLayer = "corrected3d";

/// A 3D pose and which of its joints were corrected by hand.
struct EffectivePose3D
{
    Pose3D pose;                 ///< in the order of the base layer's skeleton
    std::vector<bool> corrected; ///< same order
    bool hasValidJoint() const;
};

/// The joints of @p track in @p frame as people see them: the correction where there is one, else
/// the joint of @p base (a lifted layer, ground truth). Joints of the two layers are matched by name;
/// all invalid where neither has the track.
EffectivePose3D effectivePose3d(const Project &project, const JointLayer &base, TrackId track, std::int64_t frame);

/// True when @p joint (a name) of @p track was corrected by hand in @p frame.
bool isCorrected3d(const Project &project, TrackId track, std::int64_t frame, const std::string &joint);

} // namespace poselift
