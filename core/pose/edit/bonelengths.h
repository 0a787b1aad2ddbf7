#pragma once

#include "core/pose/edit/kinematictree.h"
#include "core/pose/project.h"

#include <vector>

namespace poselift {

/// Length of the bone from every joint to the joint on which it hangs, m; 0 for roots and for bones
/// that were never seen. In the order of the skeleton.
using BoneLengths = std::vector<double>;

/// Lengths in one pose.
BoneLengths boneLengths(const KinematicTree &tree, const Pose3D &pose);

/// Lengths of a person: the median over the frames of the track (at most a thousand of them, evenly
/// spread), corrections included. A median, because single frames of a lifted track may be wild.
BoneLengths boneLengths(const Project &project, const JointLayer &base, const KinematicTree &tree, TrackId track);

} // namespace poselift
