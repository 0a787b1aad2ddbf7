#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "models/lift/temporalmodel_torch.h"

namespace poselift {

/// The same as TemporalModelImpl::forwardStrided() for windows of exactly one receptive field
/// [B, receptiveField, J, C] → [B, 1, J_out, 3], as plain matrix products on [frames, channels]: several
/// times as fast to train on a CPU as strided convolutions over [B, channels, few frames].
torch::Tensor forwardWindows(TemporalModelImpl &model, const torch::Tensor &windows);

} // namespace poselift
