#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "models/lift/inferencenetwork_torch.h"
#include "models/lift/temporalmodel_torch.h"

#include <stop_token>
#include <vector>

namespace poselift {

/// A trained TemporalModel prepared for long sequences on the CPU: batch norms folded into the
/// convolutions, and every convolution run as one matrix product per tap over all frames. Frames are
/// rows, so that a tap's frames are one contiguous block and no data is rearranged; at 1024 channels
/// the products run near the BLAS library's peak (bench lift). A copy: later training of the model
/// does not reach it. Const use from several threads is safe.
class FusedTemporalModel final : public InferenceNetwork
{
public:
    explicit FusedTemporalModel(const TemporalModel &model);

    /// As TemporalModel::forward in evaluation mode, for one sequence: [T, J_in, C] →
    /// [T − rf + 1, J_out, 3]. Memory: three arrays [T, channels].
    torch::Tensor forward(const torch::Tensor &x) const { return forward(x, {}); }
    /// The same; looks at @p stop every millisecond or so and returns an undefined tensor when it was requested.
    torch::Tensor forward(const torch::Tensor &x, const std::stop_token &stop) const override;
    /// One output for each of N windows: [N, rf, J_in, C] → [N, J_out, 3]. Computes only what the
    /// outputs depend on ("TemporalModelOptimized1f"), for a few frames a small part of forward()'s work.
    torch::Tensor forwardWindows(const torch::Tensor &windows) const override;

    int64_t receptiveField() const override { return m_receptiveField; }
    int64_t paddingBefore() const override { return m_paddingBefore; }
    int64_t jointsOut() const override { return m_jointsOut; }
    /// Multiplications and additions for one frame of a long sequence.
    double flopPerFrame() const;

private:
    /// Convolution and batch norm as out = Σ_k x[k·dilation + t]·taps[k] + bias.
    struct Layer
    {
        std::vector<torch::Tensor> taps; ///< [in, out] each, rows of `stacked`
        torch::Tensor stacked;           ///< [taps·in, out]
        torch::Tensor bias;              ///< [out]
        int64_t dilation = 1;
        int64_t span() const { return (static_cast<int64_t>(taps.size()) - 1) * dilation; }
    };
    struct Block
    {
        Layer wide;
        Layer pointwise;
        int64_t residualOffset = 0; ///< input frame that output frame 0 adds
    };

    static Layer fuse(const torch::nn::Conv1dImpl &convolution, const torch::nn::BatchNorm1dImpl &norm);
    static torch::Tensor run(const Layer &layer, const torch::Tensor &x, const torch::Tensor &buffer, const std::stop_token &stop);
    static torch::Tensor runStrided(const Layer &layer, const torch::Tensor &x);
    torch::Tensor expanded(const torch::Tensor &x, const std::stop_token &stop) const;

    Layer m_expand;
    std::vector<Block> m_blocks;
    torch::Tensor m_shrinkWeight; ///< [channels, 3·J_out]
    torch::Tensor m_shrinkBias;
    int64_t m_receptiveField = 1;
    int64_t m_paddingBefore = 0;
    int64_t m_jointsOut = 0;
    bool m_causal = false;
    bool m_dense = false;
};

} // namespace poselift
