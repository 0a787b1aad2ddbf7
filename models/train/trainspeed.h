#pragma once

#include "core/base/result.h"
#include "core/io/mocapfile.h"

namespace poselift {

/// Time of a training step.
struct TrainSpeed
{
    double stepSeconds = 0.0;   ///< the quickest step; others ran while the machine did something else
    double dataWaitShare = 0.0; ///< of all steps' time: waiting for the batch
    double flopPerStep = 0.0;   ///< needed ones; of a network that learns, three times its forward pass
};

struct TrainSpeedOptions
{
    int blocks = 5; ///< of the temporal network, filter widths 3, 3, …: receptive field 3^blocks
    int channels = 1024;
    int batch = 128;       ///< output frames, poses
    double seconds = 10.0; ///< steps go on for this long, at least three, after one that is not counted
    int threads = 0;       ///< 0: all cores of the process's CPU affinity
};

/// The supervised training of VideoPose3D's temporal network on @p data, batches drawn on another thread
/// during the step before.
Result<TrainSpeed> measureTemporalTraining(const MocapData &data, const TrainSpeedOptions &options);
/// A step of generator and discriminator, as published, on what virtual cameras see of @p data.
Result<TrainSpeed> measureAdversarialTraining(const MocapData &data, const TrainSpeedOptions &options);

} // namespace poselift
