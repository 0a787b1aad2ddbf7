#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include <torch/torch.h>

namespace poselift {

/// BatchNorm, ReLU and dropout on rows [N, C], with the statistics and in the mode of @p norm. In
/// training on the CPU in float32 it is one function of its own, which reads and writes the rows three
/// times forwards and backwards together instead of a dozen times: these passes are bound by memory.
/// What dropout drops depends on torch's CPU generator, as with torch::dropout(), but is not the same.
torch::Tensor normAndDrop(torch::nn::BatchNorm1dImpl &norm, const torch::Tensor &rows, double dropout);

} // namespace poselift
