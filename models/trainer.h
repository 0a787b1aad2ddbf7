#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/metrics/errorreport.h"
#include "models/train/liftingexamples.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace poselift {

/// Training of VideoPose3D's temporal network on motion capture seen by virtual cameras.
struct TemporalTrainOptions
{
    std::filesystem::path data;  ///< HDF5 mocap with the groups train and val
    std::filesystem::path out;   ///< folder for weights.h5, model.json, checkpoint.h5, log.jsonl
    std::vector<std::int64_t> filterWidths{3, 3, 3};
    std::int64_t channels = 512;
    double dropout = 0.25;
    bool causal = false;         ///< sees the past only (but the input's scale is a median over ±0.5 s)
    int epochs = 80;
    int stepsPerEpoch = 0;       ///< 0: as many as show every frame at the lifter's rate twice (flip)
    int batch = 1024;
    double learningRate = 1e-3;
    double lrDecay = 0.0;        ///< factor per epoch; 0: 0.95^(80/epochs), the published end of the schedule
    std::uint64_t seed = 1234;
    std::string device = "auto"; ///< auto, cpu, cuda
    int threads = 0;             ///< 0: all cores of the process's CPU affinity
    bool resume = false;         ///< go on from OUT/checkpoint.h5; exact when nothing else changed
    /// Weights file that the network starts from instead of random numbers; empty: none. It may have
    /// fewer blocks (a smaller receptive field) than filterWidths asks for.
    std::filesystem::path init;
    int validateEvery = 1;       ///< epochs
    double labelledShare = 1.0;  ///< of the takes, whole ones, that count as having 3D; the others are left out
    LiftingExampleOptions examples;
};

struct TemporalTrainReport
{
    int bestEpoch = 0;           ///< counted from 1
    double cleanMpjpe = 0.0;     ///< m, of the best epoch on val, exact 2D
    double noisyMpjpe = 0.0;     ///< m, of the best epoch on val, detector-like 2D
    double seconds = 0.0;        ///< wall time, over all resumed parts
};

/// Trains and keeps the weights with the lowest mean of clean and noisy MPJPE on val. Progress
/// reports have the stage "train" and one line with loss, rate and remaining time as their note.
/// Writes the checkpoint after every epoch and when stopped (Error{Cancelled}).
/// Errors: those of readMocap(), BadArgument, CannotWrite, TrainingDiverged with the step.
Result<TemporalTrainReport> trainTemporalModel(const TemporalTrainOptions &options, const JobContext &job);

/// Errors of one lifter under one condition.
struct NamedReport
{
    std::string lifter;    ///< "mean_pose", "linear_map" or the model's name
    std::string condition; ///< "clean", "noisy", "noisy_assumed_focal"
    ErrorReport report;
};

struct LifterEvaluationOptions
{
    std::filesystem::path model; ///< folder with weights.h5
    std::filesystem::path data;
    std::string group = "val";
    bool flipAveraging = true;
    int baselineExamples = 100000;
    int threads = 0;
};

/// The model and the two baselines (fitted on the group train) on fixed virtual cameras.
Result<std::vector<NamedReport>> evaluateLifter(const LifterEvaluationOptions &options, const JobContext &job);

} // namespace poselift
