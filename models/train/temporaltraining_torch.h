#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "models/lift/temporalmodel_torch.h"
#include "models/lift/temporalwindows_torch.h"
#include "models/train/fusedadam_torch.h"

#include "core/base/result.h"
#include "core/io/weightsfile.h"

#include <torch/torch.h>

namespace poselift {

class Ranks;

/// How a training step computes.
struct TemporalStepOptions
{
    /// Products of the convolutions in bfloat16, as autocast does; all else stays in float32.
    bool bfloat16 = false;
    Ranks *ranks = nullptr;    ///< data-parallel processes, not owned; null: this one alone
    bool syncBatchNorm = true; ///< statistics over the batches of all ranks
};

/// Mean over all joints of the Euclidean distance (VideoPose3D common/loss.py, mpjpe).
torch::Tensor mpjpeLoss(const torch::Tensor &prediction, const torch::Tensor &target);

/// forwardWindows(model, windows) (temporalwindows_torch.h) in another precision or with the statistics
/// of all processes.
torch::Tensor forwardWindows(TemporalModelImpl &model, const torch::Tensor &windows, const TemporalStepOptions &how);

/// 0.1·exp(−p·ln(0.1/0.001)), p = share of the training that is done, in [0, 1] (VideoPose3D run.py).
double batchNormMomentumAt(double progress);

/// A temporal model with its optimiser: Adam with amsgrad on the MPJPE loss.
class TemporalTraining
{
public:
    TemporalTraining(const TemporalModelOptions &options, double learningRate, torch::Device device = torch::kCPU,
                     const TemporalStepOptions &how = {});

    TemporalModel &model() { return m_model; }
    void setLearningRate(double learningRate);

    /// One step on windows [B, receptiveField, J, C] and poses [B, 1, J, 3]; returns the loss before
    /// it (its mean over all ranks). When the loss is not finite the parameters stay as they were.
    /// Throws RankLostError.
    double step(const torch::Tensor &inputs, const torch::Tensor &targets);

    /// Starts from the parameters and buffers of @p weights. Its network may lack the last blocks of
    /// this one (trained with a smaller receptive field): those begin close to the identity, so that
    /// the network begins close to what it could do. @p path is for messages.
    /// Errors: MissingDataset, WrongShape, WrongFormat.
    Result<void> start(WeightsFile weights, const std::string &path);

    /// Parameters, buffers and optimiser state ("adam.KIND.NAME"): all that an exact resume needs.
    WeightsFile state() const;
    /// The inverse of state(). Errors: MissingDataset, WrongShape.
    Result<void> restore(const WeightsFile &state, const std::string &path);

private:
    TemporalModel m_model;
    torch::Device m_device;
    TemporalStepOptions m_how;
    FusedAdam m_optimiser;
};

} // namespace poselift
