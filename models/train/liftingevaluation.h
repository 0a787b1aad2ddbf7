#pragma once

#include "core/io/mocapfile.h"
#include "core/metrics/errorreport.h"
#include "models/train/clipprojection.h"
#include "models/train/comparedjoints.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace poselift {

/// One mocap sequence seen by one fixed virtual camera, at the lifter's frame rate.
struct EvaluationClip
{
    std::string action;
    std::string subject;
    int frames = 0;
    LifterInput input;           ///< of all frames
    std::vector<float> target;   ///< [T, J, 3] m, root-relative, camera frame
};

struct EvaluationOptions
{
    double framesPerSecond = 30.0;
    int camerasPerSequence = 2;
    std::uint64_t seed = 2024;    ///< the same seed always gives the same cameras and noise
    bool noisy = false;           ///< detector-like noise, else exact 2D with confidence 1
    bool assumedIntrinsics = false; ///< tell the lifter the assumed focal length 1.2 instead of the truth
    VirtualCameraOptions camera;
    KeypointNoiseOptions noise;
};

/// One mocap sequence at the lifter's rate before a resting virtual camera.
struct SeenSequence
{
    VirtualCamera camera;
    ProjectedClip clip; ///< exact
};
/// The camera stands still; it is moved back until the root joint is inside the picture, at least
/// 1.5 m away, in every frame. Depends on options.seed and @p stream only.
SeenSequence seeSequence(const MocapSequence &sequence, int joints, const LimbJoints &limbs,
                         const EvaluationOptions &options, std::uint64_t stream);

/// Bodies and speed as captured. Cameras as in seeSequence(); clean and noisy clips of one seed have
/// the same ones.
Result<std::vector<EvaluationClip>> makeEvaluationClips(const MocapData &data, const EvaluationOptions &options);

/// Joints [T, J, 3] m of a clip, each frame in its virtual camera (lifterinput.h).
using ClipPredictor = std::function<std::vector<float>(const EvaluationClip &)>;

/// Errors in metres; MPJVE per frame of the lifter's rate. Both sides are taken relative to their root
/// joint, so a root that is not exactly at 0 counts in the other joints only.
ErrorReport evaluateLifting(const std::vector<EvaluationClip> &clips, const ComparedJoints &joints, const ClipPredictor &predict);
/// The same for predictions of the clips' own skeleton.
ErrorReport evaluateLifting(const std::vector<EvaluationClip> &clips, const Skeleton &skeleton, const ClipPredictor &predict);

} // namespace poselift
