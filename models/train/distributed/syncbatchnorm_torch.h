#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "models/train/distributed/ranks_torch.h"

#include <torch/nn/modules/batchnorm.h>

namespace poselift {

/// What @p norm makes of the rows [N, C] of all processes together, in training mode: mean and variance
/// are those of the joined batch, forward and backward (Ioffe and Szegedy 2015, section 3, summed over
/// the processes), and so are the running ones. Each process may have another N. The gradients of
/// weight and bias are those of this process's rows; averageGradients() joins them.
torch::Tensor syncBatchNorm(torch::nn::BatchNorm1dImpl &norm, const torch::Tensor &rows, Ranks &ranks);

} // namespace poselift
