#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "models/train/liftingexamples.h"
#include "models/train/trainingloop.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <filesystem>
#include <string>

namespace poselift {

/// Training of the simple baseline of Martinez et al. 2017 ("A simple yet effective baseline for 3D
/// human pose estimation"): one frame, two residual blocks. The defaults are the published ones, as in
/// 3d-pose-baseline. The network is a temporal model of the filter widths 1, 1, 1 (its layers' biases
/// drop out before a batch norm), so that whatever runs the one runs the other.
struct BaselineOptions
{
    std::filesystem::path data; ///< motion capture (HDF5, groups train and val)
    std::filesystem::path out;  ///< RUNS.md
    std::int64_t channels = 1024;
    double dropout = 0.5;
    bool kaimingInit = true; ///< normal, fan in; false: PyTorch's default
    double maxNorm = 1.0;    ///< no weight matrix grows longer than this (Frobenius); 0: no limit
    /// Inputs and targets get mean 0 and deviation 1; folded into the weights that are saved.
    bool zScore = true;
    bool meanDistance = false;  ///< MPJPE loss instead of the mean squared error
    double learningRate = 1e-3; ///< Adam
    double lrDecay = 0.96;      ///< factor per lrDecaySteps, every step a part of it
    double lrDecaySteps = 100000;
    int batch = 64;
    int epochs = 200;
    int stepsPerEpoch = 0; ///< 0: as many as show every frame at the lifter's rate once
    std::uint64_t seed = 1234;
    std::string device = "auto";
    int threads = 0;
    bool resume = false;
    int validateEvery = 1; ///< epochs
    LiftingExampleOptions examples = defaultExamples();

    static LiftingExampleOptions defaultExamples();
};

/// All options by name, for settings.json and the model's card.
nlohmann::json toJson(const BaselineOptions &options);

/// Keeps the weights with the lowest mean of clean and noisy MPJPE on val.
/// Errors: BadArgument, those of readMocap() and runTrainingLoop().
Result<TrainingLoopReport> trainBaseline(const BaselineOptions &options, const JobContext &job);

} // namespace poselift
