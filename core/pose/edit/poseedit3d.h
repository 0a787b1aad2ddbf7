#pragma once

#include "core/base/result.h"
#include "core/pose/edit/correctionpatch.h"
#include "core/pose/edit/jointmove.h"

#include <string>
#include <vector>

namespace poselift {

// Edits of 3D poses. Who wins: a 3D edit writes the moved joints into kCorrectedLayer and their
// projection into the annotation (KeypointOrigin::From3d), in one patch; a later 2D edit of such a
// keypoint takes the correction back, in its own patch; lifting changes neither.

/// Where an edit of one person's 3D pose in one frame begins. Every step of a drag is made from
/// here, so that nothing adds up and a drag that returns leaves nothing.
struct PoseEditStart
{
    TrackId track = 0;
    std::int64_t frame = 0;
    PosableFigure figure;            ///< what is seen: corrections over the edited layer
    Pose3D corrections;              ///< of the figure's joints; invalid where there are none
    std::vector<int> keypointJoints; ///< the annotation's joint of the same name; −1: none
    Pose2D annotated;                ///< the annotation's own keypoints of the figure's joints
    Pose2D seen;                     ///< the annotation's, else the detector's
};

/// @param base  the layer that is shown and edited
PoseEditStart beginPoseEdit(const Project &project, const JointLayer &base, TrackId track, std::int64_t frame);

/// The edit that makes @p start's pose @p pose: joints that differ are corrected and reprojected
/// with the project's camera, the others become what they were at the start. A keypoint that was
/// missing or absent becomes occluded; one that is projected beside the picture becomes absent.
/// Errors, none of which changes anything: NoCamera, JointBehindCamera, JointLocked (its keypoint
/// is), JointNotInCorrections (the layer of corrections has another skeleton).
Result<PosePatch> editedPose(const Project &project, const PoseEditStart &start, const Pose3D &pose);

/// The edit that takes 3D corrections back, and their projections where a detector saw the joint.
/// @param joints  names; empty: all
PosePatch releasedCorrections(const Project &project, TrackId track, FrameRange frames,
                              const std::vector<std::string> &joints);

/// The 2D edit @p keypoints and the corrections that it takes back: those of joints whose visible
/// position changes, or that become unknown. Locks and visible or occluded change no position.
PosePatch withReleases(const Project &project, KeypointPatch keypoints);

/// The exchange of sides @p keypoints (swapSides()) with the corrections exchanged too.
PosePatch withSwappedCorrections(const Project &project, KeypointPatch keypoints);

} // namespace poselift
