#pragma once

#include "models/trainer.h"

namespace poselift {

/// VideoPose3D's semi-supervised training; defaults are the published ones where the options of the
/// supervised training have others. Pavllo et al. 2019, section 4.
struct SemiSupervisedTrainOptions
{
    /// labelledShare says which takes have 3D; batch counts labelled windows, to which as many
    /// unlabelled ones come; init is refused.
    TemporalTrainOptions base;
    int warmupEpochs = 5; ///< without the terms that need no 3D
    double trajectoryWeight = 1.0;
    double projectionWeight = 1.0;
    double boneLengthWeight = 1.0;
    std::string lens = "videopose3d"; ///< "videopose3d", "brown" or "linear"
    bool projectionInMetres = false;  ///< the projection's error at the person, not on the screen
    bool confidenceWeights = false;   ///< keypoints count by their confidence
};

/// Trains and keeps the weights with the lowest mean of clean and noisy MPJPE on val; the folder is as
/// models/train/RUNS.md says. Errors: those of trainTemporalModel() and runTrainingLoop().
Result<TemporalTrainReport> trainSemiSupervised(const SemiSupervisedTrainOptions &options, const JobContext &job);

} // namespace poselift
