#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "models/train/trainingloop.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <filesystem>
#include <string>

namespace poselift {

/// Adversarial training of a lifter from 2D alone. The defaults are those of Drover et al. 2018
/// ("Can 3D Pose be Learned from 2D Projections Alone?"), except that the fakes' root distance is the
/// consistent one; they are made for machines with several GPUs.
struct AdversarialOptions
{
    std::filesystem::path data; ///< Poses2D file
    std::filesystem::path out;  ///< RUNS.md

    // Networks
    std::int64_t channels = 1024;
    std::int64_t generatorBlocks = 4;
    std::int64_t discriminatorBlocks = 3;
    bool discriminatorBatchNorm = true;
    double leak = 0.0;       ///< slope of the activations below 0 (Kudo et al. 2018: LeakyReLU)
    bool normalInit = false; ///< weights from N(0, 0.02) (Kudo et al. 2018) instead of PyTorch's default

    // Geometry
    std::string root = "mid_hip";
    std::string head = "mid_shoulder"; ///< joint whose mean distance from the root becomes 1/depth
    double depth = 10.0;               ///< d
    /// Fakes are projected from the root's mean distance d + 1, so that a body whose offsets are 0 keeps
    /// its size; false: from d, as published.
    bool consistentTranslation = true;
    double minElevation = 0.0; ///< of random projections, degrees
    double maxElevation = 20.0;
    double minAzimuth = 0.0;
    double maxAzimuth = 360.0;
    /// Mean elevation of the cameras that saw the data, degrees; undone before the random turn, whose
    /// axis is then the body's vertical and not the picture's. Published: 0.
    double dataElevation = 0.0;
    double torsoMetres = 0.49; ///< mean adult distance of head from root, which makes metres of the result

    // Losses
    bool minimax = false;           ///< log(1 − D) instead of −log D for the generator
    double accuracyGate = 0.0;      ///< Kudo et al. 2018: who wins more often than this (0.9) skips a step; 0: nobody
    double facingWeight = 0.0;      ///< facingLoss() (Kudo et al. 2018)
    double consistencyWeight = 0.0; ///< consistencyLoss() (Chen et al. 2019)

    // Optimiser and schedule
    double learningRate = 2e-4; ///< Adam, both networks
    double lrDecay = 1.0;       ///< factor per epoch
    double beta1 = 0.9;
    int discriminatorSteps = 1; ///< per batch
    int generatorSteps = 1;
    int batch = 32768;
    int epochs = 100;
    int stepsPerEpoch = 0; ///< 0: as many as show every pose once
    std::uint64_t seed = 1234;
    std::string device = "auto";
    int threads = 0;
    bool resume = false;
    int validateEvery = 1; ///< epochs
    /// Motion capture whose group "val" is lifted and compared at every validation, for the log alone:
    /// which weights are kept depends on 2D only. Empty: none.
    std::filesystem::path validation;
};

/// The largest batch that was published.
inline constexpr int kLargestAdversarialBatch = 65536;

/// All options but resume by the names of `poselift-cli train adversarial`, for settings.json, --config and the
/// model's card.
nlohmann::json toJson(const AdversarialOptions &options);

/// Errors: BadArgument, those of readPoses2D(), readMocap() and runTrainingLoop().
Result<TrainingLoopReport> trainAdversarialLifter(const AdversarialOptions &options, const JobContext &job);

} // namespace poselift
