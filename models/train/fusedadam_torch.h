#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include <torch/torch.h>

namespace poselift {

/// torch::optim::Adam with the same options, state and formula, but one pass over the memory of a
/// parameter on all threads instead of about ten: Adam is bound by memory. Parameters that are not
/// dense float32 or float64 on the CPU, and options with weight decay, go through torch's own code.
class FusedAdam : public torch::optim::Adam
{
public:
    using torch::optim::Adam::Adam;
    torch::Tensor step(LossClosure closure = nullptr) override;
};

} // namespace poselift
