#pragma once

#include "models/synth/syntheticclip.h"

/// What makeSyntheticClip() makes.
struct SyntheticClipOptions
{
    int frames = 90;
    double framesPerSecond = 30.0;
    int people = 1;
    int width = 640;
    int height = 480;
    std::uint32_t seed = 1;
    double noisePx = 0.0;       ///< standard deviation added to each coordinate of the 2D keypoints
    double missingShare = 0.0;  ///< of the keypoints, lost at random
};

/// A walking figure (or two that cross) before a known camera. Targets that use it link
/// poselift_figure and list tests/support/syntheticclip.cpp.
struct SyntheticClip
{
    std::vector<double> seconds;
    poselift::CameraIntrinsics camera;
    poselift::Skeleton skeleton2d;                  ///< COCO-17
    poselift::Skeleton skeleton3d;                  ///< Human3.6M-17
    std::vector<poselift::KeypointTrack> keypoints; ///< with noise; confidence falls with it
    std::vector<poselift::KeypointTrack> exactKeypoints;
    std::vector<poselift::JointTrack> joints;       ///< exact, camera frame, metres
};

SyntheticClip makeSyntheticClip(const SyntheticClipOptions &options = {});
