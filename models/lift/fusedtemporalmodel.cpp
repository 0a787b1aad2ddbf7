#include "models/lift/fusedtemporalmodel_torch.h"

#include <algorithm>

namespace poselift {

namespace nn = torch::nn;

namespace {

/// Of one product when it may be stopped: 1 ms at 1024 channels on two cores.
constexpr int64_t kFramesBetweenStops = 192;

} // namespace

FusedTemporalModel::FusedTemporalModel(const TemporalModel &model)
    : m_receptiveField(model->receptiveField()), m_paddingBefore(model->paddingBefore()),
      m_jointsOut(model->options().num_joints_out()), m_dense(model->options().dense())
{
    const torch::NoGradGuard noGrad;
    const TemporalModelOptions &options = model->options();
    m_expand = fuse(*model->expand_conv, *model->expand_bn);
    for (std::size_t i = 1; i < options.filter_widths().size(); ++i) {
        Block block;
        block.wide = fuse(*model->layers_conv->ptr<nn::Conv1dImpl>(2 * i - 2), *model->layers_bn->ptr<nn::BatchNorm1dImpl>(2 * i - 2));
        block.pointwise = fuse(*model->layers_conv->ptr<nn::Conv1dImpl>(2 * i - 1), *model->layers_bn->ptr<nn::BatchNorm1dImpl>(2 * i - 1));
        block.residualOffset = options.causal() ? block.wide.span() : block.wide.span() / 2;
        m_blocks.push_back(std::move(block));
    }
    m_shrinkWeight = model->shrink->weight.squeeze(2).t().contiguous();
    m_shrinkBias = model->shrink->bias.clone();
}

// y = (W x − mean)·γ/√(var + ε) + β, in double so that folding costs no accuracy.
FusedTemporalModel::Layer FusedTemporalModel::fuse(const nn::Conv1dImpl &convolution, const nn::BatchNorm1dImpl &norm)
{
    const torch::Tensor scale = norm.weight.to(torch::kFloat64) / (norm.running_var.to(torch::kFloat64) + norm.options.eps()).sqrt();
    const torch::Tensor weight = convolution.weight.to(torch::kFloat64) * scale.view({-1, 1, 1});
    Layer layer;
    layer.stacked = weight.permute({2, 1, 0}).to(torch::kFloat32).contiguous().flatten(0, 1);
    for (int64_t tap = 0; tap < weight.size(2); ++tap)
        layer.taps.push_back(layer.stacked.narrow(0, tap * weight.size(1), weight.size(1)));
    layer.bias = (norm.bias.to(torch::kFloat64) - norm.running_mean.to(torch::kFloat64) * scale).to(torch::kFloat32);
    layer.dilation = convolution.options.dilation()->at(0);
    return layer;
}

torch::Tensor FusedTemporalModel::run(const Layer &layer, const torch::Tensor &x, const torch::Tensor &buffer, const std::stop_token &stop)
{
    const int64_t frames = x.size(0) - layer.span();
    const int64_t step = stop.stop_possible() ? kFramesBetweenStops : frames;
    for (int64_t begin = 0; begin < frames; begin += step) {
        const int64_t count = std::min(step, frames - begin);
        torch::Tensor out = buffer.narrow(0, begin, count);
        torch::addmm_out(out, layer.bias, x.narrow(0, begin, count), layer.taps.front());
        for (std::size_t tap = 1; tap < layer.taps.size(); ++tap) {
            if (stop.stop_requested())
                return {};
            out.addmm_(x.narrow(0, begin + static_cast<int64_t>(tap) * layer.dilation, count), layer.taps[tap]);
        }
        out.relu_();
    }
    return buffer.narrow(0, 0, frames);
}

torch::Tensor FusedTemporalModel::expanded(const torch::Tensor &x, const std::stop_token &stop) const
{
    const int64_t frames = x.size(0) - m_expand.span();
    return run(m_expand, x.flatten(/*start_dim=*/1).contiguous(), torch::empty({frames, m_expand.bias.size(0)}), stop);
}

torch::Tensor FusedTemporalModel::forward(const torch::Tensor &input, const std::stop_token &stop) const
{
    TORCH_CHECK(input.dim() == 3 && input.size(1) * input.size(2) == m_expand.taps.front().size(0) && input.size(0) >= m_receptiveField,
                "expected at least ", m_receptiveField, " frames of ", m_expand.taps.front().size(0), " features, found ", input.sizes());
    const torch::NoGradGuard noGrad;
    torch::Tensor x = expanded(input, stop);
    if (!x.defined())
        return {};
    torch::Tensor spare = torch::empty_like(x);
    const torch::Tensor middle = torch::empty_like(x);
    torch::Tensor home = x; // the whole array that x is a part of
    for (const Block &block : m_blocks) {
        const torch::Tensor wide = run(block.wide, x, middle, stop);
        if (!wide.defined() || stop.stop_requested())
            return {};
        torch::Tensor out = run(block.pointwise, wide, spare, stop);
        x = out.add_(x.narrow(0, block.residualOffset, out.size(0)));
        std::swap(home, spare);
    }
    return shrunk(x);
}

torch::Tensor FusedTemporalModel::shrunk(const torch::Tensor &rows) const
{
    return torch::addmm(m_shrinkBias, rows, m_shrinkWeight).view({rows.size(0), m_jointsOut, 3});
}

double FusedTemporalModel::flopPerFrame() const
{
    const auto flop = [](const Layer &layer) {
        return 2.0 * static_cast<double>(layer.taps.size()) * static_cast<double>(layer.taps.front().numel());
    };
    double sum = flop(m_expand) + 2.0 * static_cast<double>(m_shrinkWeight.numel());
    for (const Block &block : m_blocks)
        sum += flop(block.wide) + flop(block.pointwise);
    return sum;
}

} // namespace poselift
