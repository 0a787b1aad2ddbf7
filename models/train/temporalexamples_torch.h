#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "models/lift/temporalmodel_torch.h"
#include "models/trainer.h"

#include <nlohmann/json.hpp>

#include <cstdint>

namespace poselift {

class Ranks;

// What the trainers of temporal networks share, supervised or not.

/// @param ranks  null: one process. Error: BadArgument.
Result<void> checkTemporalOptions(const TemporalTrainOptions &options, const Ranks *ranks);
/// The network that @p options ask for, from the lifters' input to the joints of @p output.
TemporalModelOptions architectureOf(const TemporalTrainOptions &options, const Skeleton &output);
/// Examples with windows of that network's receptive field, cut from clips that are longer than it.
LiftingExampleOptions examplesOf(const TemporalTrainOptions &options);
/// Frames of @p data at the lifter's rate.
double framesAtRate(const MocapData &data, double framesPerSecond);
/// As asked for, or as many steps as show every frame of @p data at the lifter's rate twice (mirrored).
std::int64_t stepsPerEpochOf(const TemporalTrainOptions &options, const MocapData &data);
/// All options but resume by the names of `poselift-cli train videopose3d`, for settings.json and --config.
nlohmann::json settingsOf(const TemporalTrainOptions &options);

} // namespace poselift
