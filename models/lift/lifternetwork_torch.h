#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "core/base/result.h"
#include "models/lift/liftermodel.h"

#include <torch/torch.h>

#include <memory>

namespace poselift {

/// The network of a lifter as training sees it, whatever its architecture: one differentiable output
/// for each window. Inference goes through LiftingStages, which is faster.
class LifterNetwork
{
public:
    virtual ~LifterNetwork() = default;
    /// Windows [B, receptiveField(), J_in, C] → joints [B, J_out, 3]: m, relative to the root, in the
    /// axes of the lifter's result (lifterinput.h). Follows module()'s training mode.
    virtual torch::Tensor forward(const torch::Tensor &windows) = 0;
    virtual torch::nn::Module &module() = 0; ///< parameters by the names of the weights file
    virtual int64_t receptiveField() const = 0;
    virtual int64_t paddingBefore() const = 0; ///< frames of a window before the one it is for
    virtual void setDropout(double share) = 0; ///< nothing where the architecture has none
};

/// The network of @p model with its weights, in training mode, on the CPU. Errors: those of loadWeights(),
/// NetworkNotReadable.
Result<std::unique_ptr<LifterNetwork>> createLifterNetwork(const LifterModel &model);

} // namespace poselift
