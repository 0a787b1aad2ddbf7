#pragma once

#include "models/lift/lifterinput.h"
#include "models/train/random.h"

#include <array>

namespace poselift {

/// Errors of a 2D detector, in units of the body's height in the picture (1.7 m at the root
/// joint's depth), at 30 frames a second. Joints in the order of lifterInputJoints().
///
/// Source: MoveNet Thunder against OpenPose on 100 frames of a person balancing (one camera, 60 fps,
/// units of the keypoint box's height; OpenPose's own error is included): 0.02 per axis at
/// confidence ≥ 0.6 and 0.03 at 0.3–0.6, of which offsets of 0.005–0.025; correlation 0.75 per frame
/// of 60 fps; 1 % of errors above 0.15; 0.4 % missing; 0.1 % exchanged sides. Rates of missing,
/// exchanged and outlying keypoints are set higher here, because that clip is an easy one.
struct KeypointNoiseOptions
{
    /// Frame-to-frame error, standard deviation per joint kind (shoulder, elbow, wrist, hip, knee, ankle).
    std::array<float, 6> jointSigma{0.008F, 0.011F, 0.014F, 0.010F, 0.011F, 0.013F};
    /// Slow offset: other definitions of a joint than the mocap's, clothes, viewing direction.
    std::array<float, 6> offsetSigma{0.010F, 0.009F, 0.010F, 0.014F, 0.010F, 0.010F};
    float jointCorrelation = 0.5F;   ///< from frame to frame (AR(1))
    float offsetCorrelation = 0.97F;
    float difficultySigma = 0.5F;    ///< log-spread of the error's size from joint to joint and clip to clip
    float outlierRate = 0.003F;      ///< chance per joint and frame that a run of outliers starts
    float outlierFactor = 8.0F;      ///< the error's size during it
    float dropRate = 0.008F;         ///< chance per joint and frame that a run without this joint starts
    float frameDropRate = 0.002F;    ///< the same for the whole person
    float swapRate = 0.002F;         ///< chance per frame that left and right are exchanged for a run
    float legsHiddenShare = 0.03F;   ///< share of clips without knees and ankles
    int longestRun = 10;             ///< frames; runs are uniform in 1 … longestRun
    float outsideDropShare = 0.8F;   ///< chance that a joint outside the picture is missing
    float confidenceTop = 0.95F;     ///< confidence = top / (1 + expected error / halving) + noise
    float confidenceHalving = 0.03F;
    float confidenceSigma = 0.08F;
};

/// Keypoints of one clip: xy [T, 12, 2] in picture units, confidence [T, 12] (0: missing).
struct NoisyClip
{
    float *xy = nullptr;
    float *confidence = nullptr;
    const float *bodyHeight = nullptr; ///< [T] picture units
    int frames = 0;
    float width = 1.0F;  ///< of the picture
    float height = 1.0F;
};

/// Adds errors to exact keypoints and sets their confidence. @p strength scales the sizes of the
/// errors (not the rates); 1 is the options' level.
void addKeypointNoise(const NoisyClip &clip, const KeypointNoiseOptions &options, float strength, Random &random);

} // namespace poselift
