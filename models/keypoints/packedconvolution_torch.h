#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include <torch/torch.h>

#include <map>
#include <utility>

namespace poselift {

/// A convolution whose weights stay in the order that oneDNN computes with. The usual way puts them in
/// that order anew at every call, which for one small picture takes ten times as long as the convolution
/// itself. Not thread-safe.
class PackedConvolution
{
public:
    /// conv2d(x, weight, bias) with square stride and padding. The weights are those of the first call.
    /// Where oneDNN's packed operator is not to be had (another device or type, a LibTorch without it),
    /// it is the usual convolution.
    torch::Tensor run(const torch::Tensor &x, const torch::Tensor &weight, const torch::Tensor &bias, int64_t stride,
                      int64_t padding);

private:
    /// By height and width of the input, because the best order depends on them.
    std::map<std::pair<int64_t, int64_t>, c10::IValue> m_contexts;
};

} // namespace poselift
