#pragma once

#include <cstdint>

namespace poselift {

/// Speed of a temporal model with random weights on random keypoints, whole sequence at once.
struct LiftSpeed
{
    double framesPerSecond = 0;
    double flopPerFrame = 0;
};

enum class LiftPath {
    Products,     ///< FusedTemporalModel, what the lifter uses
    Convolutions, ///< LibTorch's conv1d (oneDNN)
};

/// @param blocks  filter widths 3, 3, …: receptive field 3^blocks
/// @param threads 0: all cores of the process's CPU affinity
/// @return the best of @p rounds runs.
LiftSpeed measureLifting(std::int64_t frames, int channels, int blocks, LiftPath path, int rounds, int threads);

} // namespace poselift
