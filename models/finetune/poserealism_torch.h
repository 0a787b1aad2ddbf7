#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "core/base/result.h"
#include "core/io/weightsfile.h"

#include <torch/torch.h>

#include <cstdint>

namespace poselift {

/// A judge of 2D poses in training beside the lifter: it learns to tell real ones from lifted ones that
/// were turned about the vertical and looked at from there (Drover et al. 2018). Limb joints, seen from
/// kViewDistance relative to the hips, so that neither place nor distance give a pose away.
class PoseRealism
{
public:
    static constexpr double kViewDistance = 4.0; ///< m

    PoseRealism(double learningRate, std::uint64_t seed, torch::Device device);

    /// Limbs [N, 12, 3] m as seen, [N, 24], after a turn about the y axis by @p azimuths [N] rad (none:
    /// undefined).
    static torch::Tensor seen(const torch::Tensor &limbs, const torch::Tensor &azimuths = {});
    /// The same of rays [N, 12, 2] and their scale [N] (LifterInput::scale).
    static torch::Tensor seenRays(const torch::Tensor &rays, const torch::Tensor &scale);

    /// One step of the judge; returns its loss.
    double learn(const torch::Tensor &real, const torch::Tensor &lifted);
    /// The lifter's loss for views [N, 24]: small when they look real (non-saturating form).
    torch::Tensor loss(const torch::Tensor &lifted);

    void appendState(WeightsFile &file) const;
    Result<void> restore(const WeightsFile &file, const std::string &path);

private:
    torch::nn::Sequential m_network;
    mutable torch::optim::Adam m_optimiser;
};

} // namespace poselift
