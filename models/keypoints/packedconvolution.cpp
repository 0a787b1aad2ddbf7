#include "models/keypoints/packedconvolution_torch.h"

#include <ATen/core/dispatch/Dispatcher.h>

#include <optional>

namespace poselift {

namespace {

// Pictures of very many sizes do not keep very many copies of the weights.
constexpr std::size_t kMostSizes = 8;

/// LibTorch's operators mkldnn_prepacked::conv2d_prepack and conv2d_run, which its compiled TorchScript
/// uses; they have no C++ function.
struct PackedOperators
{
    c10::OperatorHandle prepack;
    c10::OperatorHandle run;
};

const std::optional<PackedOperators> &packedOperators()
{
    static const std::optional<PackedOperators> operators = []() -> std::optional<PackedOperators> {
        c10::Dispatcher &dispatcher = c10::Dispatcher::singleton();
        const auto prepack = dispatcher.findSchema({"mkldnn_prepacked::conv2d_prepack", ""});
        const auto run = dispatcher.findSchema({"mkldnn_prepacked::conv2d_run", ""});
        if (!prepack || !run)
            return std::nullopt;
        return PackedOperators{*prepack, *run};
    }();
    return operators;
}

c10::IValue packed(const PackedOperators &operators, const torch::Tensor &x, const torch::Tensor &weight,
                   const torch::Tensor &bias, int64_t stride, int64_t padding)
{
    const auto square = [](int64_t value) { return std::vector<int64_t>{value, value}; };
    torch::jit::Stack stack;
    stack.emplace_back(weight);
    stack.emplace_back(bias);
    stack.emplace_back(square(stride));
    stack.emplace_back(square(padding));
    stack.emplace_back(square(/*dilation=*/1));
    stack.emplace_back(/*groups=*/int64_t(1));
    stack.emplace_back(std::vector<int64_t>{1, x.size(1), x.size(2), x.size(3)});
    stack.emplace_back(std::string("none")); // nothing fused
    operators.prepack.callBoxed(stack);
    return stack.back();
}

} // namespace

torch::Tensor PackedConvolution::run(const torch::Tensor &x, const torch::Tensor &weight, const torch::Tensor &bias,
                                     int64_t stride, int64_t padding)
{
    const std::optional<PackedOperators> &operators = packedOperators();
    if (!operators || !x.device().is_cpu() || x.scalar_type() != torch::kFloat32)
        return torch::conv2d(x, weight.to(x.scalar_type()), bias.to(x.scalar_type()), {stride, stride},
                             {padding, padding});
    if (m_contexts.size() >= kMostSizes)
        m_contexts.clear();
    c10::IValue &context = m_contexts[{x.size(2), x.size(3)}];
    if (context.isNone())
        context = packed(*operators, x, weight, bias, stride, padding);
    torch::jit::Stack stack;
    stack.emplace_back(x);
    stack.emplace_back(context);
    operators->run.callBoxed(stack);
    return stack.back().toTensor();
}

} // namespace poselift
