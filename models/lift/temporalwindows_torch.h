#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "models/lift/temporalmodel_torch.h"

#include <functional>

namespace poselift {

/// Convolution, batch norm, ReLU and dropout on rows [N·W, C_in] → [N, C_out].
using WindowLayer = std::function<torch::Tensor(const torch::nn::Conv1dImpl &convolution,
                                                torch::nn::BatchNorm1dImpl &norm, const torch::Tensor &rows)>;

/// The same as TemporalModelImpl::forwardStrided() for windows of exactly one receptive field
/// [B, receptiveField, J, C] → [B, 1, J_out, 3], as plain matrix products on [frames, channels]: several
/// times as fast to train on a CPU as strided convolutions over [B, channels, few frames].
torch::Tensor forwardWindows(TemporalModelImpl &model, const torch::Tensor &windows);
/// The same with layers of the caller's.
torch::Tensor forwardWindows(TemporalModelImpl &model, const torch::Tensor &windows, const WindowLayer &layer);

/// A convolution whose stride is its width, as one matrix product: rows [N·W, C_in] of consecutive
/// frames → [N, C_out]. @p bfloat16: the product is in 16 bits.
torch::Tensor stridedProduct(const torch::nn::Conv1dImpl &convolution, const torch::Tensor &rows, bool bfloat16 = false);

} // namespace poselift
