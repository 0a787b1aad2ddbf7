#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "core/base/result.h"
#include "models/lift/liftermodel.h"

#include <torch/types.h>

#include <memory>
#include <stop_token>

namespace poselift {

/// The network of a lifter as inference sees it, whatever its architecture. Const use from several
/// threads is safe.
class InferenceNetwork
{
public:
    virtual ~InferenceNetwork() = default;

    /// A sequence [T, J_in, C] → [T − receptiveField() + 1, J_out, 3]. Looks at @p stop every
    /// millisecond or so and returns an undefined tensor when it was requested.
    virtual torch::Tensor forward(const torch::Tensor &x, const std::stop_token &stop) const = 0;
    /// One output for each of N windows: [N, receptiveField(), J_in, C] → [N, J_out, 3].
    virtual torch::Tensor forwardWindows(const torch::Tensor &windows) const = 0;

    virtual int64_t receptiveField() const = 0;
    virtual int64_t paddingBefore() const = 0; ///< frames before the one that an output is for
    int64_t paddingAfter() const { return receptiveField() - 1 - paddingBefore(); }
    virtual int64_t jointsOut() const = 0;
};

/// The network of @p model with its weights, ready to run on the CPU. Errors: those of loadWeights(),
/// NetworkNotReadable.
Result<std::shared_ptr<const InferenceNetwork>> createInferenceNetwork(const LifterModel &model);

} // namespace poselift
