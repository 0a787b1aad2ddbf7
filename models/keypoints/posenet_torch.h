#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "core/base/result.h"
#include "models/keypoints/packedconvolution_torch.h"

#include <torch/torch.h>

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace poselift {

/// Options of PoseNet. The same network with other outputs serves other tasks: joints' maps at
/// stride 4 for one person's crop, or a centre map and box sizes at stride 8 for a whole picture.
struct PoseNetOptions
{
    TORCH_ARG(int64_t, outputs) = 19;                             ///< maps of the head
    TORCH_ARG(int64_t, stride) = 4;                               ///< input pixels a cell of the maps: 4, 8, 16 or 32
    TORCH_ARG(std::vector<int64_t>, widths) = {32, 64, 128, 192}; ///< channels at strides 4, 8, 16, 32
    TORCH_ARG(std::vector<int64_t>, blocks) = {1, 2, 2, 2};       ///< residual blocks at each stride
    TORCH_ARG(int64_t, neck) = 48;                                ///< channels of the top-down path
};

nlohmann::json toJson(const PoseNetOptions &options);
/// WrongFormat (names @p path) when a field is missing or out of range.
Result<PoseNetOptions> poseNetOptionsFrom(const nlohmann::json &json, const std::string &path);

/// A convolution with batch normalisation, without bias. Computes in the type of its input (float32
/// or bfloat16) while the parameters stay float32; after fuse() the normalisation is part of the
/// convolution, for inference only and by one thread at a time.
class ConvNormImpl : public torch::nn::Module
{
public:
    ConvNormImpl(int64_t in, int64_t out, int64_t kernel, int64_t stride = 1);
    torch::Tensor forward(const torch::Tensor &x);
    void fuse();

private:
    torch::nn::Conv2d conv{nullptr};
    torch::nn::BatchNorm2d bn{nullptr};
    torch::Tensor m_fusedWeight;
    torch::Tensor m_fusedBias;
    PackedConvolution m_packed;
};
TORCH_MODULE(ConvNorm);

/// Two 3×3 convolutions around an identity path (He et al., CVPR 2016, figure 2). Dense rather than
/// depthwise on purpose: oneDNN and cuDNN run dense 3×3 convolutions with channel counts in
/// multiples of 16 at ten times the arithmetic rate of depthwise ones.
class ResidualBlockImpl : public torch::nn::Module
{
public:
    explicit ResidualBlockImpl(int64_t width);
    torch::Tensor forward(const torch::Tensor &x);

private:
    ConvNorm first{nullptr};
    ConvNorm second{nullptr};
};
TORCH_MODULE(ResidualBlock);

/// Fully convolutional network: pictures [B, 3, H, W] (H and W multiples of 32; RGB,
/// (value/255 − 0.5)/0.25) → logits [B, outputs, H/stride, W/stride], float32.
///
/// Every 4×4 tile of pixels becomes 48 channels (a strided stem costs a third of the training time
/// on a CPU), four stages of residual blocks at strides 4 to 32, and a top-down path of 1×1
/// convolutions and nearest-neighbour enlargement (feature pyramid, Lin et al., CVPR 2017) back to
/// the output's stride.
class PoseNetImpl : public torch::nn::Module
{
public:
    explicit PoseNetImpl(const PoseNetOptions &options = {});

    torch::Tensor forward(const torch::Tensor &pictures);
    /// Joins convolutions and normalisations; only inference is possible afterwards.
    void fuse();
    /// Arithmetic of the convolutions: float32 (the default) or bfloat16.
    void setComputeType(torch::ScalarType type) { m_computeType = type; }
    const PoseNetOptions &options() const { return m_options; }

private:
    PoseNetOptions m_options;
    torch::ScalarType m_computeType = torch::kFloat32;
    ConvNorm stem{nullptr};
    torch::nn::ModuleList down{nullptr};     ///< into stages 1, 2, 3
    torch::nn::ModuleList stages{nullptr};   ///< of ResidualBlock lists
    torch::nn::ModuleList laterals{nullptr}; ///< from the output's stage to the last
    ConvNorm smooth{nullptr};
    torch::nn::Conv2d head{nullptr};
};
TORCH_MODULE(PoseNet);

/// Number of the stage (0 … 3) whose stride is @p stride, or −1.
int stageOfStride(int64_t stride);

} // namespace poselift
