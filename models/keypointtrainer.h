#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "models/train/personexamples.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace poselift {

/// Training of the project's own keypoint network on packs (models/keypoints/keypointpack.h).
struct KeypointTrainOptions
{
    std::vector<std::filesystem::path> data;            ///< packs of the same joints, at least one
    std::vector<double> shares;                         ///< of each pack in what is shown; empty: by people
    std::filesystem::path out;                          ///< folder for weights.h5, model.json, checkpoint.h5, log.jsonl
    std::filesystem::path init;                         ///< weights.h5 to start from; empty: random
    std::vector<std::int64_t> widths{32, 64, 128, 192}; ///< PoseNetOptions
    std::vector<std::int64_t> blocks{1, 2, 2, 2};
    std::int64_t neck = 48;
    int epochs = 40;
    int stepsPerEpoch = 0; ///< 0: as many as show everybody once
    int batch = 32;
    double learningRate = 2e-3; ///< highest; warm-up over the first steps, then a cosine to 0
    int warmupSteps = 200;
    double weightDecay = 0.02;
    double sigma = 4.0;      ///< px of the input, of the target's Gaussian
    double trim = 0.05;      ///< share of joints with the highest loss left out …
    double trimAfter = 0.25; ///< … after this share of the training
    std::uint64_t seed = 1234;
    std::string device = "auto"; ///< auto, cpu, cuda
    bool bfloat16 = false;
    int threads = 0;       ///< 0: all cores of the process's CPU affinity
    bool resume = false;   ///< go on from OUT/checkpoint.h5; exact when nothing else changed
    int validateEvery = 1; ///< epochs
    PersonExampleOptions examples;
};

struct KeypointTrainReport
{
    int bestEpoch = 0;    ///< counted from 1
    double pck = 0.0;     ///< PCK@0.2 of the torso on the validation people, of the best epoch
    double seconds = 0.0; ///< wall time, over all resumed parts
};

/// Trains and keeps the averaged weights with the highest PCK on the validation people, with a
/// calibration of their confidences fitted there. Progress reports have the stage "train" and one
/// line with loss, pictures a second and remaining time as their note. Writes the checkpoint after
/// every epoch and when stopped (Error{Cancelled}). Resuming with another number of epochs changes
/// the learning-rate schedule from there on.
/// Errors: those of readKeypointPack() and PersonExamples, BadArgument, CannotWrite,
/// TrainingDiverged with the step.
Result<KeypointTrainReport> trainKeypointNetwork(const KeypointTrainOptions &options, const JobContext &job);

} // namespace poselift
