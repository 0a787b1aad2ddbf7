#pragma once

#include "core/pose/edit/bonelengths.h"

namespace poselift {

/// A pose in 3D that somebody is about to change, and what a change of it must know.
struct PosableFigure
{
    Skeleton skeleton;
    KinematicTree tree;
    Pose3D pose;         ///< m, camera frame
    BoneLengths lengths; ///< to be held; bones of length 0 keep what they have in the pose
};

/// @p figure's pose with @p joint brought to @p target (as near as its bones allow), bone lengths
/// held:
/// - a root takes the whole body along;
/// - a wrist or an ankle bends its limb, whose shoulder or hip stays (two bones, exact);
/// - an elbow or a knee turns about the shoulder or hip, and what hangs on it turns with it;
/// - a shoulder or a hip turns about the joint on which it hangs and carries its limb along;
/// - a joint of the trunk or the head bends the chain up to the next joint from which several bones
///   go out; what hangs on the chain turns with it.
/// Bones that bent or turned get the figure's lengths. A joint that is not valid, or whose target
/// is where it is, changes nothing. The pose has the figure's order.
Pose3D jointMoved(const PosableFigure &figure, int joint, const Joint3D &target);

/// The pose with that joint alone brought to @p target, bone lengths released.
Pose3D jointMovedAlone(const PosableFigure &figure, int joint, const Joint3D &target);

} // namespace poselift
