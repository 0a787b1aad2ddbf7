#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "models/lift/liftermodel.h"

#include <torch/torch.h>

#include <cstdint>
#include <vector>

namespace poselift {

/// Options of ResidualNet. The defaults are those of Drover et al. 2018.
struct ResidualNetOptions
{
    TORCH_ARG(int64_t, inputs) = 28;
    TORCH_ARG(int64_t, outputs) = 14;
    TORCH_ARG(int64_t, channels) = 1024;
    TORCH_ARG(int64_t, blocks) = 4;
    TORCH_ARG(bool, batch_norm) = true;
    TORCH_ARG(double, leak) = 0.0; ///< slope of the activation below 0; 0: ReLU
};

/// Both networks of Drover et al. 2018: rows [B, inputs] → fc → blocks x + relu(bn(fc(relu(bn(fc x)))))
/// → fc → [B, outputs]. The generator has 4 blocks and 14 outputs, the discriminator 3 and 2.
class ResidualNetImpl : public torch::nn::Module
{
public:
    explicit ResidualNetImpl(const ResidualNetOptions &options = {});

    torch::Tensor forward(const torch::Tensor &x);
    const ResidualNetOptions &options() const { return m_options; }

    torch::nn::Linear inp{nullptr};
    torch::nn::ModuleList blocks;
    torch::nn::Linear out{nullptr};

private:
    ResidualNetOptions m_options;
};
TORCH_MODULE(ResidualNet);

/// The lifter that adversarial training makes: a ResidualNet that sees 14 joints and says how far each
/// is behind or before the mean depth.
class AdversarialLifterImpl : public torch::nn::Module
{
public:
    explicit AdversarialLifterImpl(const LifterDescription &description);

    /// Features [B, 14, 3] (lifterinput.h) → joints [B, 14, 3]: m, relative to the root. A joint of
    /// confidence 0 is taken from `mean_pose`.
    torch::Tensor forward(const torch::Tensor &features);

    ResidualNet generator{nullptr};
    torch::Tensor mean_pose; ///< [14, 2] of the training poses, as the generator sees them

private:
    AdversarialGeometry m_geometry;
    int64_t m_root;
};
TORCH_MODULE(AdversarialLifter);

/// z = max(0, d + o) + 1 and X = (z·x, z·y, z): poses [B, J, 2] and offsets [B, J] → [B, J, 3], the
/// camera at the origin, focal length 1 (Drover et al. 2018, 3.1).
torch::Tensor liftByOffsets(const torch::Tensor &poses, const torch::Tensor &offsets, double depth);

/// Rx(elevation)·Ry(azimuth), [B] radians each → [B, 3, 3]. A positive elevation looks down on the
/// body (y is down, z away from the camera).
torch::Tensor viewRotations(const torch::Tensor &azimuth, const torch::Tensor &elevation);

/// Joints [B, J, 3] turned about joint @p root, which comes to lie at (0, 0, @p distance): [B, J, 3].
torch::Tensor turnedAboutRoot(const torch::Tensor &joints, const torch::Tensor &rotations, int64_t root,
                              double distance);

/// Perspective projection with focal length 1: [B, J, 3] → [B, J, 2].
torch::Tensor perspective(const torch::Tensor &joints);

/// What poses [N, J, 2] are divided by so that the mean distance of @p head from @p root becomes
/// 1/@p depth.
double headRootScale(const torch::Tensor &poses, int64_t root, int64_t head, double depth);

/// Column of the discriminator's two logits that stands for "real".
inline constexpr int64_t kRealClass = 1;

/// Cross entropy of logits [B, 2] that should all say real, or all fake.
torch::Tensor discriminatorLoss(const torch::Tensor &logits, bool isReal);
/// What the generator minimises for its poses: −log D or, in the minimax form, log(1 − D).
torch::Tensor generatorLoss(const torch::Tensor &logits, bool minimax);

} // namespace poselift
