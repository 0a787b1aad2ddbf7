#include "models/lift/temporalwindows_torch.h"

#include "models/lift/normdrop_torch.h"

namespace poselift {

torch::Tensor stridedProduct(const torch::nn::Conv1dImpl &convolution, const torch::Tensor &rows, bool bfloat16)
{
    const torch::Tensor &weight = convolution.weight; // [C_out, C_in, W]
    const torch::Tensor kernel = weight.transpose(1, 2).reshape({weight.size(0), -1});
    const torch::Tensor frames = rows.reshape({-1, kernel.size(1)});
    if (bfloat16)
        return torch::mm(frames.to(torch::kBFloat16), kernel.t().to(torch::kBFloat16)).to(rows.scalar_type());
    return torch::mm(frames, kernel.t());
}

torch::Tensor forwardWindows(TemporalModelImpl &model, const torch::Tensor &windows, const WindowLayer &layer)
{
    using Conv = torch::nn::Conv1dImpl;
    using Norm = torch::nn::BatchNorm1dImpl;
    const TemporalModelOptions &options = model.options();
    torch::Tensor rows = windows.reshape({-1, windows.size(2) * windows.size(3)});
    rows = layer(*model.expand_conv, *model.expand_bn, rows);
    for (std::size_t i = 1; i < options.filter_widths().size(); ++i) {
        const int64_t width = options.filter_widths()[i];
        const int64_t centre = options.causal() ? width - 1 : width / 2;
        const torch::Tensor residual = rows.reshape({-1, width, options.channels()}).select(1, centre);
        for (const std::size_t part : {2 * i - 2, 2 * i - 1})
            rows = layer(*model.layers_conv->ptr<Conv>(part), *model.layers_bn->ptr<Norm>(part), rows);
        rows = residual + rows;
    }
    const torch::Tensor joints = torch::addmm(model.shrink->bias, rows, model.shrink->weight.squeeze(2).t());
    return joints.reshape({windows.size(0), 1, options.num_joints_out(), 3});
}

torch::Tensor forwardWindows(TemporalModelImpl &model, const torch::Tensor &windows)
{
    const double dropout = model.options().dropout();
    return forwardWindows(
        model, windows,
        [&](const torch::nn::Conv1dImpl &convolution, torch::nn::BatchNorm1dImpl &norm, const torch::Tensor &rows) {
            return normAndDrop(norm, stridedProduct(convolution, rows), dropout);
        });
}

} // namespace poselift
