#pragma once

#include "core/pose/edit/interpolation.h"
#include "core/pose/edit/keypointpatch.h"
#include "core/pose/edit/smoothing.h"
#include "core/pose/project.h"

#include <vector>

namespace poselift {

// Edits of 2D keypoints: each makes the patch of the annotation that does it; exchange() carries it
// out. What an edit starts from is what the user sees (Project::effectivePose). Locked keypoints
// stay as they are, except under lockKeypoints(). An edit that would change nothing gives an empty
// patch. Frames are indices of the video, joints indices of the annotation skeleton.

/// Joints of one person over frames.
struct KeypointSelection
{
    TrackId track = 0;
    FrameRange frames;
    std::vector<int> joints; ///< each once
};

/// Where a joint is to be.
struct KeypointTarget
{
    TrackId track = 0;
    int joint = -1;
    double x = 0.0; ///< px
    double y = 0.0; ///< px
};

/// What the edits below read of @p project, of one person only: for work in another thread.
Project onlyPerson(const Project &project, TrackId id);
/// Every joint of the annotation skeleton.
std::vector<int> allJoints(const Project &project);
/// When @p frame is shown, in seconds; the frame number where the project does not know.
double secondsOf(const Project &project, std::int64_t frame);

/// Moves joints of one frame, or places those that had no position. Each (track, joint) once. The
/// patch holds all of them as soon as one changes, locked ones excepted.
KeypointPatch moveKeypoints(const Project &project, std::int64_t frame,
                            const std::vector<KeypointTarget> &targets);
/// Visible, Occluded or Absent; joints without a position can only become Absent.
KeypointPatch setKeypointStates(const Project &project, const KeypointSelection &selection,
                                KeypointState state);
KeypointPatch lockKeypoints(const Project &project, const KeypointSelection &selection,
                            bool locked);
/// Takes the annotation away; where a detector sees the joint it is marked Absent, so that the
/// detection does not come back.
KeypointPatch deleteKeypoints(const Project &project, const KeypointSelection &selection);
/// Left becomes right and right left, for every pair of the skeleton that has a joint in the
/// selection. A pair with a locked joint stays.
KeypointPatch swapSides(const Project &project, const KeypointSelection &selection);
/// Sets the known joints of @p pose (in the annotation skeleton's order) that @p joints names.
KeypointPatch pastePose(const Project &project, TrackId track, std::int64_t frame,
                        const Pose2D &pose, const std::vector<int> &joints);
/// pastePose() of the frame before.
KeypointPatch copyFromPrevious(const Project &project, TrackId track, std::int64_t frame,
                               const std::vector<int> &joints);
/// Fills the frames between the first and the last of the selection, at which a joint must be
/// known; joints that are not known there stay as they are. Keyframes in between (keyframes.h) stay
/// too and are passed through. Confidence is the smaller of the two ends of a gap.
KeypointPatch interpolateKeypoints(const Project &project, const KeypointSelection &selection,
                                   Interpolation method);
/// The same between the keyframes next to @p frame, for every joint by itself (keyframesAround()).
KeypointPatch interpolateAround(const Project &project, TrackId track, std::int64_t frame,
                                const std::vector<int> &joints, Interpolation method);
/// Smooths every unbroken run of known, unlocked keypoints of a joint by itself.
KeypointPatch smoothKeypoints(const Project &project, const KeypointSelection &selection,
                              const SmoothingOptions &options);
/// Takes over the detector's keypoints where nothing has been annotated.
KeypointPatch acceptPredictions(const Project &project, const KeypointSelection &selection);
/// Marks the detector's keypoints Absent where they have not been corrected.
KeypointPatch refusePredictions(const Project &project, const KeypointSelection &selection);

} // namespace poselift
