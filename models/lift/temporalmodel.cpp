#include "models/lift/temporalmodel_torch.h"

namespace poselift {

namespace nn = torch::nn;
using torch::indexing::Slice;

namespace {

nn::Conv1d convolution(int64_t in, int64_t out, int64_t width, int64_t dilation)
{
    return nn::Conv1d(nn::Conv1dOptions(in, out, width).dilation(dilation).bias(false));
}

/// The frames of @p x that the outputs of an unpadded kernel of @p width stand for.
torch::Tensor centreFrames(const torch::Tensor &x, int64_t width, int64_t dilation, bool causal)
{
    const int64_t pad = (width - 1) * dilation / 2;
    const int64_t shift = causal ? width / 2 * dilation : 0;
    return x.slice(/*dim=*/2, pad + shift, x.size(2) - pad + shift);
}

} // namespace

TemporalModelOptions temporalOptionsOf(const LifterDescription &description)
{
    return TemporalModelOptions()
        .num_joints_in(static_cast<int64_t>(description.inputJoints.size()))
        .in_features(description.inFeatures)
        .num_joints_out(description.outputSkeleton.jointCount())
        .filter_widths(description.filterWidths)
        .causal(description.causal)
        .channels(description.channels)
        .dense(description.dense);
}

TemporalModelImpl::TemporalModelImpl(const TemporalModelOptions &options) : m_options(options)
{
    TORCH_CHECK(!options.filter_widths().empty(), "expected at least one filter width");
    for (const int64_t width : options.filter_widths())
        TORCH_CHECK(width % 2 == 1 && width > 0, "filter widths are odd, found ", width);
    const int64_t channels = options.channels();
    int64_t dilation = options.filter_widths().front();
    expand_bn = register_module("expand_bn", nn::BatchNorm1d(channels));
    shrink = register_module("shrink", nn::Conv1d(nn::Conv1dOptions(channels, options.num_joints_out() * 3, 1)));
    expand_conv = register_module("expand_conv", convolution(options.num_joints_in() * options.in_features(), channels, dilation, 1));
    for (std::size_t i = 1; i < options.filter_widths().size(); ++i) {
        const int64_t width = options.filter_widths()[i];
        layers_conv->push_back(options.dense() ? convolution(channels, channels, (width - 1) * dilation + 1, 1)
                                               : convolution(channels, channels, width, dilation));
        layers_bn->push_back(nn::BatchNorm1d(channels));
        layers_conv->push_back(convolution(channels, channels, 1, 1));
        layers_bn->push_back(nn::BatchNorm1d(channels));
        dilation *= width;
    }
    register_module("layers_conv", layers_conv);
    register_module("layers_bn", layers_bn);
}

torch::Tensor TemporalModelImpl::forward(const torch::Tensor &input)
{
    torch::Tensor x = normAndDrop(*expand_bn, expand_conv->forward(channelsFirst(input)));
    int64_t dilation = m_options.filter_widths().front();
    for (std::size_t i = 1; i < m_options.filter_widths().size(); ++i) {
        const int64_t width = m_options.filter_widths()[i];
        auto &wide = *layers_conv->ptr<nn::Conv1dImpl>(2 * i - 2);
        auto &pointwise = *layers_conv->ptr<nn::Conv1dImpl>(2 * i - 1);
        const torch::Tensor residual = centreFrames(x, width, dilation, m_options.causal());
        x = normAndDrop(*layers_bn->ptr<nn::BatchNorm1dImpl>(2 * i - 2), wide.forward(x));
        x = residual + normAndDrop(*layers_bn->ptr<nn::BatchNorm1dImpl>(2 * i - 1), pointwise.forward(x));
        dilation *= width;
    }
    return jointsLast(shrink->forward(x));
}

torch::Tensor TemporalModelImpl::forwardStrided(const torch::Tensor &input)
{
    TORCH_CHECK(!m_options.dense(), "the dense ablation has no strided form");
    const auto strided = [](const nn::Conv1dImpl &convolution, const torch::Tensor &x) {
        return torch::conv1d(x, convolution.weight, /*bias=*/{}, /*stride=*/convolution.weight.size(2));
    };
    torch::Tensor x = normAndDrop(*expand_bn, strided(*expand_conv, channelsFirst(input)));
    for (std::size_t i = 1; i < m_options.filter_widths().size(); ++i) {
        const int64_t width = m_options.filter_widths()[i];
        const int64_t centre = m_options.causal() ? width - 1 : width / 2;
        const torch::Tensor residual = x.slice(/*dim=*/2, centre, x.size(2), width);
        x = normAndDrop(*layers_bn->ptr<nn::BatchNorm1dImpl>(2 * i - 2),
                        strided(*layers_conv->ptr<nn::Conv1dImpl>(2 * i - 2), x));
        x = residual + normAndDrop(*layers_bn->ptr<nn::BatchNorm1dImpl>(2 * i - 1),
                                   layers_conv->ptr<nn::Conv1dImpl>(2 * i - 1)->forward(x));
    }
    return jointsLast(shrink->forward(x));
}

int64_t TemporalModelImpl::receptiveField() const
{
    int64_t product = 1;
    for (const int64_t width : m_options.filter_widths())
        product *= width;
    return product;
}

int64_t TemporalModelImpl::paddingBefore() const
{
    return m_options.causal() ? receptiveField() - 1 : (receptiveField() - 1) / 2;
}

void TemporalModelImpl::setBatchNormMomentum(double momentum)
{
    expand_bn->options.momentum(momentum);
    for (std::size_t i = 0; i < layers_bn->size(); ++i)
        layers_bn->ptr<nn::BatchNorm1dImpl>(i)->options.momentum(momentum);
}

torch::Tensor TemporalModelImpl::normAndDrop(nn::BatchNorm1dImpl &norm, const torch::Tensor &x) const
{
    const torch::Tensor active = torch::relu(norm.forward(x));
    return m_options.dropout() > 0 ? torch::dropout(active, m_options.dropout(), is_training()) : active;
}

torch::Tensor TemporalModelImpl::channelsFirst(const torch::Tensor &x) const
{
    TORCH_CHECK(x.dim() == 4 && x.size(2) == m_options.num_joints_in() && x.size(3) == m_options.in_features(),
                "expected [B, T, ", m_options.num_joints_in(), ", ", m_options.in_features(), "], found ", x.sizes());
    return x.flatten(/*start_dim=*/2).transpose(1, 2);
}

torch::Tensor TemporalModelImpl::jointsLast(const torch::Tensor &x) const
{
    return x.transpose(1, 2).reshape({x.size(0), x.size(2), m_options.num_joints_out(), 3});
}

} // namespace poselift
