#include "models/finetune/poserealism_torch.h"

#include "models/lift/moduleweights_torch.h"
#include "models/train/adamstate_torch.h"

namespace poselift {

namespace {

constexpr int64_t kInputs = 24;
constexpr int64_t kChannels = 256;
constexpr const char *kPrefix = "realism.";
constexpr const char *kAdamAttribute = "realism_adam_step";
enum Limb : int64_t { LeftHip = 6, RightHip = 7 };

torch::nn::Sequential makeNetwork(std::uint64_t seed)
{
    torch::manual_seed(seed);
    return torch::nn::Sequential(torch::nn::Linear(kInputs, kChannels), torch::nn::LeakyReLU(torch::nn::LeakyReLUOptions().negative_slope(0.2)),
                                 torch::nn::Linear(kChannels, kChannels), torch::nn::LeakyReLU(torch::nn::LeakyReLUOptions().negative_slope(0.2)),
                                 torch::nn::Linear(kChannels, 1));
}

torch::Tensor fromHips(const torch::Tensor &points)
{
    const torch::Tensor hips = (points.select(1, LeftHip) + points.select(1, RightHip)) / 2;
    return points - hips.unsqueeze(1);
}

} // namespace

PoseRealism::PoseRealism(double learningRate, std::uint64_t seed, torch::Device device)
    : m_network(makeNetwork(seed)),
      m_optimiser((m_network->to(device), m_network->parameters()), torch::optim::AdamOptions(learningRate).betas({0.5, 0.999}))
{
}

torch::Tensor PoseRealism::seen(const torch::Tensor &limbs, const torch::Tensor &azimuths)
{
    torch::Tensor x = limbs.select(2, 0);
    torch::Tensor z = limbs.select(2, 2);
    if (azimuths.defined()) {
        const torch::Tensor c = azimuths.cos().unsqueeze(1);
        const torch::Tensor s = azimuths.sin().unsqueeze(1);
        const torch::Tensor turnedX = c * x + s * z;
        z = c * z - s * x;
        x = turnedX;
    }
    const torch::Tensor depth = (z + kViewDistance).clamp_min(1.0) / kViewDistance;
    return fromHips(torch::stack({x / depth, limbs.select(2, 1) / depth}, 2)).flatten(1);
}

torch::Tensor PoseRealism::seenRays(const torch::Tensor &rays, const torch::Tensor &scale)
{
    return fromHips(rays / scale.reshape({-1, 1, 1})).flatten(1);
}

double PoseRealism::learn(const torch::Tensor &real, const torch::Tensor &lifted)
{
    m_optimiser.zero_grad();
    const torch::Tensor loss = torch::softplus(-m_network->forward(real)).mean()
                               + torch::softplus(m_network->forward(lifted.detach())).mean();
    loss.backward();
    m_optimiser.step();
    return loss.item<double>();
}

torch::Tensor PoseRealism::loss(const torch::Tensor &lifted)
{
    return torch::softplus(-m_network->forward(lifted)).mean();
}

void PoseRealism::appendState(WeightsFile &file) const
{
    WeightsFile own;
    own.arrays = weightsOf(*m_network);
    appendAdamState<torch::optim::AdamParamState>(m_optimiser, *m_network, own);
    for (auto &[name, array] : own.arrays)
        file.arrays[kPrefix + name] = std::move(array);
    if (own.attributes.contains("adam_step"))
        file.attributes[kAdamAttribute] = own.attributes["adam_step"];
}

Result<void> PoseRealism::restore(const WeightsFile &file, const std::string &path)
{
    WeightsFile network;
    WeightsFile optimiser;
    const std::string prefix = kPrefix;
    for (const auto &[name, array] : file.arrays) {
        if (!name.starts_with(prefix))
            continue;
        const std::string own = name.substr(prefix.size());
        (own.starts_with(kAdamPrefix) ? optimiser : network).arrays[own] = array;
    }
    if (file.attributes.contains(kAdamAttribute))
        optimiser.attributes["adam_step"] = file.attributes.at(kAdamAttribute);
    if (Result<void> loaded = loadWeights(*m_network, network, path); !loaded)
        return loaded;
    return restoreAdamState<torch::optim::AdamParamState>(m_optimiser, *m_network, optimiser, /*amsgrad=*/false, path);
}

} // namespace poselift
