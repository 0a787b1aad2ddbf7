#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "core/io/weightsfile.h"
#include "models/finder/findermodel_torch.h"

#include <map>

namespace poselift {

/// One batch: pictures [B, 3, H, W] (finderInput()) and the maps of FinderTargets, [B, 1 or 4, H/8,
/// W/8].
struct FinderBatch
{
    torch::Tensor pictures;
    torch::Tensor centre;
    torch::Tensor look;
    torch::Tensor shape;
    torch::Tensor shapeWeight;
};

/// Penalty-reduced focal loss of the centre map (Law & Deng, CornerNet, ECCV 2018: exponents 2 and
/// 4), a person, plus the weighted mean of |error| of the shape.
torch::Tensor finderLoss(const FinderMaps &maps, const FinderBatch &batch);

/// A finder with its optimiser: AdamW (Loshchilov & Hutter, ICLR 2019) and a running mean of the
/// parameters, which is what is kept.
class FinderTraining
{
public:
    /// @param bfloat16  convolutions in bfloat16
    explicit FinderTraining(bool bfloat16);

    /// Begins with given weights, in the average too. Errors: those of finderOfWeights().
    Result<void> start(const WeightsFile &weights, const std::string &path);
    /// One step; returns the loss before it. When the loss is not finite the parameters stay.
    double step(const FinderBatch &batch, double learningRate);
    /// Parameters averaged over the last steps, buffers as they are.
    std::map<std::string, WeightArray> averagedWeights() const;
    PoseNet &model() { return m_model; }

    /// Everything that an exact resume needs.
    WeightsFile state() const;
    /// The inverse of state(). Errors: MissingDataset, WrongShape, WrongFormat.
    Result<void> restore(const WeightsFile &state, const std::string &path);

private:
    struct Moments
    {
        torch::Tensor first;
        torch::Tensor second;
        torch::Tensor average;
    };
    void update(const std::string &name, torch::Tensor parameter, double learningRate);

    PoseNet m_model;
    std::map<std::string, Moments> m_moments;
    std::int64_t m_steps = 0;
};

} // namespace poselift
