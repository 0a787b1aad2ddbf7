#include "models/lift/adversarialmodel_torch.h"

#include "models/lift/normdrop_torch.h"

#include <algorithm>

namespace poselift {

namespace nn = torch::nn;

namespace {

/// x + relu(bn(fc(relu(bn(fc x))))).
class ResidualBlockImpl : public nn::Module
{
public:
    explicit ResidualBlockImpl(const ResidualNetOptions &options)
        : m_leak(options.leak()), m_fc1(register_module("fc1", nn::Linear(options.channels(), options.channels()))),
          m_fc2(nullptr)
    {
        if (options.batch_norm())
            m_bn1 = register_module("bn1", nn::BatchNorm1d(options.channels()));
        m_fc2 = register_module("fc2", nn::Linear(options.channels(), options.channels()));
        if (options.batch_norm())
            m_bn2 = register_module("bn2", nn::BatchNorm1d(options.channels()));
    }

    torch::Tensor forward(const torch::Tensor &x) { return x + active(active(x, m_fc1, m_bn1), m_fc2, m_bn2); }

private:
    torch::Tensor active(const torch::Tensor &x, nn::Linear &fc, nn::BatchNorm1d &norm) const
    {
        torch::Tensor y = fc->forward(x);
        if (norm && m_leak == 0)
            return normAndDrop(*norm, y, /*dropout=*/0.0);
        if (norm)
            y = norm->forward(y);
        return m_leak > 0 ? torch::leaky_relu(y, m_leak) : torch::relu(y);
    }

    double m_leak;
    nn::Linear m_fc1;
    nn::BatchNorm1d m_bn1{nullptr};
    nn::Linear m_fc2;
    nn::BatchNorm1d m_bn2{nullptr};
};
TORCH_MODULE(ResidualBlock);

int64_t rootOf(const LifterDescription &description)
{
    const auto found = std::ranges::find(description.inputJoints, description.outputSkeleton.root);
    TORCH_CHECK(found != description.inputJoints.end(), "the root is not among the joints");
    return found - description.inputJoints.begin();
}

} // namespace

ResidualNetImpl::ResidualNetImpl(const ResidualNetOptions &options) : m_options(options)
{
    inp = register_module("inp", nn::Linear(options.inputs(), options.channels()));
    for (int64_t i = 0; i < options.blocks(); ++i)
        blocks->push_back(ResidualBlock(options));
    register_module("blocks", blocks);
    out = register_module("out", nn::Linear(options.channels(), options.outputs()));
}

torch::Tensor ResidualNetImpl::forward(const torch::Tensor &x)
{
    torch::Tensor y = inp->forward(x);
    for (std::size_t i = 0; i < blocks->size(); ++i)
        y = blocks->ptr<ResidualBlockImpl>(i)->forward(y);
    return out->forward(y);
}

AdversarialLifterImpl::AdversarialLifterImpl(const LifterDescription &description)
    : m_geometry(description.adversarial), m_root(rootOf(description))
{
    const auto joints = static_cast<int64_t>(description.inputJoints.size());
    TORCH_CHECK(description.outputSkeleton.joints == description.inputJoints,
                "expected the output's joints to be those of the input");
    generator = register_module("generator", ResidualNet(ResidualNetOptions()
                                                             .inputs(2 * joints)
                                                             .outputs(joints)
                                                             .channels(description.channels)
                                                             .blocks(m_geometry.blocks)
                                                             .leak(m_geometry.leak)));
    mean_pose = register_buffer("mean_pose", torch::zeros({joints, 2}));
}

torch::Tensor AdversarialLifterImpl::forward(const torch::Tensor &features)
{
    const torch::Tensor isKnown = features.slice(/*dim=*/-1, 2, 3) > 0;
    const torch::Tensor seen = features.slice(/*dim=*/-1, 0, 2) / m_geometry.featureScale;
    const torch::Tensor poses = torch::where(isKnown, seen, mean_pose);
    const torch::Tensor joints = liftByOffsets(poses, generator->forward(poses.flatten(1)), m_geometry.depth);
    return (joints - joints.slice(1, m_root, m_root + 1)) * m_geometry.metresPerUnit;
}

torch::Tensor liftByOffsets(const torch::Tensor &poses, const torch::Tensor &offsets, double depth)
{
    // Not relu: an offset of exactly −d has the gradient of those above it.
    const torch::Tensor z = ((offsets + depth).clamp_min(0) + 1).unsqueeze(-1);
    return torch::cat({poses * z, z}, /*dim=*/-1);
}

torch::Tensor viewRotations(const torch::Tensor &azimuth, const torch::Tensor &elevation)
{
    const torch::Tensor ca = azimuth.cos();
    const torch::Tensor sa = azimuth.sin();
    const torch::Tensor ce = elevation.cos();
    const torch::Tensor se = elevation.sin();
    const torch::Tensor none = torch::zeros_like(ca);
    return torch::stack({ca, none, sa, se * sa, ce, -se * ca, -ce * sa, se, ce * ca}, /*dim=*/-1).reshape({-1, 3, 3});
}

torch::Tensor turnedAboutRoot(const torch::Tensor &joints, const torch::Tensor &rotations, int64_t root,
                              double distance)
{
    const torch::Tensor centred = joints - joints.slice(1, root, root + 1);
    const torch::Tensor translation = torch::tensor({0.0, 0.0, distance}, joints.options());
    return torch::matmul(centred, rotations.transpose(1, 2)) + translation;
}

torch::Tensor perspective(const torch::Tensor &joints)
{
    return joints.slice(/*dim=*/-1, 0, 2) / joints.slice(/*dim=*/-1, 2, 3);
}

double headRootScale(const torch::Tensor &poses, int64_t root, int64_t head, double depth)
{
    const torch::Tensor apart = poses.select(1, head) - poses.select(1, root);
    return depth * torch::norm(apart.to(torch::kFloat64), /*p=*/2, /*dim=*/-1).mean().item<double>();
}

torch::Tensor discriminatorLoss(const torch::Tensor &logits, bool isReal)
{
    return -torch::log_softmax(logits, /*dim=*/1).select(1, isReal ? kRealClass : 1 - kRealClass).mean();
}

torch::Tensor generatorLoss(const torch::Tensor &logits, bool minimax)
{
    return minimax ? -discriminatorLoss(logits, /*isReal=*/false) : discriminatorLoss(logits, /*isReal=*/true);
}

} // namespace poselift
