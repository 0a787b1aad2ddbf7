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
    int batch = 1024;            ///< over all processes
    double learningRate = 1e-3;
    double lrDecay = 0.0;        ///< factor per epoch; 0: 0.95^(80/epochs), the published end of the schedule
    std::uint64_t seed = 1234;
    std::string device = "auto"; ///< auto, cpu, cuda, cuda:N
    bool bfloat16 = false;       ///< products of the convolutions in bfloat16
    /// With several processes (joinRanks()): BatchNorm's statistics over the batches of all of them.
    bool syncBatchNorm = true;
    double rankTimeout = 600.0;  ///< s that a process waits for the others; longer than a validation
    int threads = 0;             ///< 0: all cores of the process's CPU affinity
    bool resume = false;         ///< go on from OUT/checkpoint.h5; exact when nothing else changed
    /// Weights file that the network starts from instead of random numbers; empty: none. It may have
    /// fewer blocks (a smaller receptive field) than filterWidths asks for.
    std::filesystem::path init;
    int validateEvery = 1;       ///< epochs
    double labelledShare = 1.0;  ///< of the takes, whole ones, that count as having 3D; the others are left out
    double checkpointSeconds = 60.0; ///< longest time without a checkpoint
    LiftingExampleOptions examples;
};

struct TemporalTrainReport
{
    int bestEpoch = 0;           ///< counted from 1; 0 in every process but the first
    double cleanMpjpe = 0.0;     ///< m, of the best epoch on val, exact 2D
    double noisyMpjpe = 0.0;     ///< m, of the best epoch on val, detector-like 2D
    double seconds = 0.0;        ///< wall time, over all resumed parts
};

/// Trains and keeps the weights with the lowest mean of clean and noisy MPJPE on val, in the loop of
/// models/train/trainingloop.h with its progress, files (models/train/RUNS.md) and errors. When
/// WORLD_SIZE, RANK, MASTER_ADDR and MASTER_PORT are set, the processes share every batch; all of them
/// read `data` and, to go on, OUT/checkpoint.h5; process 0 validates and writes.
/// Errors beside the loop's: those of readMocap(), BadArgument, RankLost.
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
