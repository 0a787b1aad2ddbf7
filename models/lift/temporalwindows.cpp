#include "models/lift/temporalwindows_torch.h"

#include "models/lift/normdrop_torch.h"

namespace poselift {

namespace {

/// A convolution whose stride is its width, as one matrix product: rows [N·W, C_in] of consecutive
/// frames → [N, C_out].
torch::Tensor stridedProduct(const torch::nn::Conv1dImpl &convolution, const torch::Tensor &rows)
{
    const torch::Tensor &weight = convolution.weight; // [C_out, C_in, W]
    const torch::Tensor kernel = weight.transpose(1, 2).reshape({weight.size(0), -1});
    return torch::mm(rows.reshape({-1, kernel.size(1)}), kernel.t());
}

} // namespace

torch::Tensor forwardWindows(TemporalModelImpl &model, const torch::Tensor &windows)
{
    using Conv = torch::nn::Conv1dImpl;
    using Norm = torch::nn::BatchNorm1dImpl;
    const TemporalModelOptions &options = model.options();
    torch::Tensor rows = windows.reshape({-1, windows.size(2) * windows.size(3)});
    rows = normAndDrop(*model.expand_bn, stridedProduct(*model.expand_conv, rows), options.dropout());
    for (std::size_t i = 1; i < options.filter_widths().size(); ++i) {
        const int64_t width = options.filter_widths()[i];
        const int64_t centre = options.causal() ? width - 1 : width / 2;
        const torch::Tensor residual = rows.reshape({-1, width, options.channels()}).select(1, centre);
        rows = normAndDrop(*model.layers_bn->ptr<Norm>(2 * i - 2),
                           stridedProduct(*model.layers_conv->ptr<Conv>(2 * i - 2), rows), options.dropout());
        rows = residual
               + normAndDrop(*model.layers_bn->ptr<Norm>(2 * i - 1),
                             stridedProduct(*model.layers_conv->ptr<Conv>(2 * i - 1), rows), options.dropout());
    }
    const torch::Tensor joints = torch::addmm(model.shrink->bias, rows, model.shrink->weight.squeeze(2).t());
    return joints.reshape({windows.size(0), 1, options.num_joints_out(), 3});
}

} // namespace poselift
