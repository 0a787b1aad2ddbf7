#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "models/lift/liftermodel.h"

#include <torch/torch.h>

#include <cstdint>
#include <vector>

namespace poselift {

/// Options of TemporalModel; names as in VideoPose3D's common/model.py.
struct TemporalModelOptions
{
    TORCH_ARG(int64_t, num_joints_in) = 17;
    TORCH_ARG(int64_t, in_features) = 2;  ///< per joint: 2 = (x, y), 3 = with confidence
    TORCH_ARG(int64_t, num_joints_out) = 17;
    TORCH_ARG(std::vector<int64_t>, filter_widths) = {3, 3, 3, 3, 3}; ///< all odd; rf = their product
    TORCH_ARG(bool, causal) = false;
    TORCH_ARG(double, dropout) = 0.25;
    TORCH_ARG(int64_t, channels) = 1024;
    /// Ablation of the paper: undilated kernels as wide as the dilated ones span. Has no strided form.
    TORCH_ARG(bool, dense) = false;
};

/// The options that @p description names; the others as published.
TemporalModelOptions temporalOptionsOf(const LifterDescription &description);

/// Temporal convolutional network of Pavllo et al., CVPR 2019 (VideoPose3D): x [B, T, J_in, C] →
/// [B, T − receptiveField() + 1, J_out, 3]. Parameter names are those of the published checkpoints.
///
/// One set of weights, two ways to run it: forward() for whole sequences (dilated convolutions) and
/// forwardStrided() for one output per window ("TemporalModelOptimized1f", for training).
class TemporalModelImpl : public torch::nn::Module
{
public:
    explicit TemporalModelImpl(const TemporalModelOptions &options = {});

    torch::Tensor forward(const torch::Tensor &x);
    /// @p x [B, n·receptiveField(), J_in, C] → [B, n, J_out, 3]; usually n = 1.
    torch::Tensor forwardStrided(const torch::Tensor &x);

    int64_t receptiveField() const;
    /// Frames of padding before the first output: (rf − 1)/2, or rf − 1 when causal.
    int64_t paddingBefore() const;
    int64_t paddingAfter() const { return receptiveField() - 1 - paddingBefore(); }
    void setBatchNormMomentum(double momentum);
    void setDropout(double share) { m_options.dropout(share); }

    const TemporalModelOptions &options() const { return m_options; }

    torch::nn::Conv1d expand_conv{nullptr};
    torch::nn::BatchNorm1d expand_bn{nullptr};
    torch::nn::ModuleList layers_conv; ///< per block: the wide convolution, then the 1×1 one
    torch::nn::ModuleList layers_bn;
    torch::nn::Conv1d shrink{nullptr};

private:
    torch::Tensor normAndDrop(torch::nn::BatchNorm1dImpl &norm, const torch::Tensor &x) const;
    torch::Tensor channelsFirst(const torch::Tensor &x) const;
    torch::Tensor jointsLast(const torch::Tensor &x) const;

    TemporalModelOptions m_options;
};
TORCH_MODULE(TemporalModel);

} // namespace poselift
