#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "core/base/result.h"
#include "core/io/weightsfile.h"
#include "models/keypoints/posenet_torch.h"

#include <torch/torch.h>

namespace poselift {

/// Values of a target row [B, J, 7]: label u, v, weight, teacher u, v, weight, weight of "nowhere"
/// (JointTarget).
inline constexpr int64_t kTargetValues = 7;

struct KeypointLossOptions
{
    double sigma = 4.0; ///< px of the input, of the Gaussian around a label
    double trim = 0.0;  ///< share of the batch's labelled joints with the highest loss that is left out, [0, 1)
};

/// Cross-entropy of each joint's softmax over its map [B, J, H, W] against Gaussians (cut at 3 σ)
/// around the label and the teacher and against an even map where the joint is not in the input, mixed by
/// their weights; mean over the weights. What an even map costs at least, log(H·W), is not counted.
/// @param targets [B, J, 7], px of the input; @param stride px a cell.
torch::Tensor keypointLoss(const torch::Tensor &logits, const torch::Tensor &targets, int64_t stride,
                           const KeypointLossOptions &options);

struct KeypointTrainingOptions
{
    double learningRate = 2e-3;
    double weightDecay = 0.02; ///< on convolution weights only
    double averaging = 0.998;  ///< decay of the moving average of the weights
    bool bfloat16 = false;     ///< convolutions in bfloat16
    /// Normalisation keeps the means and variances it started with: those of a few pictures of one clip
    /// would be worse ones.
    bool frozenStatistics = false;
    KeypointLossOptions loss;
};

/// A PoseNet with its optimiser (AdamW, Loshchilov and Hutter 2019) and the moving average of its
/// weights, which is what is kept and measured.
class KeypointTraining
{
public:
    KeypointTraining(const PoseNetOptions &network, const KeypointTrainingOptions &options, torch::Device device);

    /// Begins with given weights, in the average too. Errors: MissingDataset, WrongShape, WrongFormat.
    Result<void> start(const WeightsFile &weights, const std::string &path);
    void setLearningRate(double learningRate);
    /// The first @p blocks of the network stay as they are: the stem with the first stage, then one stage
    /// each; 0 none. More than there are: all stages.
    void freeze(int blocks);
    void setTrim(double trim) { m_options.loss.trim = trim; }
    /// One step on pictures [B, 3, S, S] and targets [B, J, 7]; returns the loss before it. When the
    /// loss is not finite the parameters stay as they were.
    double step(const torch::Tensor &pictures, const torch::Tensor &targets);
    /// Logits of the averaged network, on the CPU.
    torch::Tensor predict(const torch::Tensor &pictures);

    PoseNet &model() { return m_model; }
    const PoseNet &averaged() const { return m_averaged; }
    /// Parameters, buffers, their averages ("average.NAME") and the optimiser's state.
    WeightsFile state();
    /// The inverse of state(). Errors: MissingDataset, WrongShape, WrongFormat.
    Result<void> restore(const WeightsFile &state, const std::string &path);

private:
    void average();
    void setTraining();

    KeypointTrainingOptions m_options;
    torch::Device m_device;
    PoseNet m_model;
    PoseNet m_averaged;
    torch::optim::AdamW m_optimiser;
    int64_t m_steps = 0;
};

} // namespace poselift
