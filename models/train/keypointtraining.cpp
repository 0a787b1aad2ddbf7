#include "models/train/keypointtraining_torch.h"

#include "models/lift/moduleweights_torch.h"
#include "models/train/adamstate_torch.h"

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

constexpr const char *kAveragePrefix = "average.";

/// Gaussians along one axis, cut at 3 σ, that sum to 1: centres [B, J] px → [B, J, cells].
torch::Tensor axisTargets(const torch::Tensor &centres, int64_t cells, int64_t stride, double sigma)
{
    const torch::Tensor middles = (torch::arange(cells, centres.options()) + 0.5) * stride;
    const torch::Tensor distance = (middles - centres.unsqueeze(-1)) / sigma;
    const torch::Tensor weights = torch::exp(-0.5 * distance.square()) * (distance.abs() < 3).to(torch::kFloat32);
    return weights / weights.sum(-1, /*keepdim=*/true).clamp_min(1e-6);
}

/// Mean of the logits under a Gaussian: Σ gy·L·gx per joint, [B, J].
torch::Tensor expectedLogit(const torch::Tensor &logits, const torch::Tensor &targets, int64_t first, int64_t stride,
                            double sigma)
{
    const torch::Tensor gx = axisTargets(targets.select(-1, first), logits.size(3), stride, sigma);
    const torch::Tensor gy = axisTargets(targets.select(-1, first + 1), logits.size(2), stride, sigma);
    return (torch::matmul(logits, gx.unsqueeze(-1)).squeeze(-1) * gy).sum(-1);
}

std::vector<torch::optim::OptimizerParamGroup> parameterGroups(torch::nn::Module &model, double weightDecay)
{
    std::vector<torch::Tensor> weights;
    std::vector<torch::Tensor> others;
    for (const auto &item : model.named_parameters())
        (item.value().dim() == 4 ? weights : others).push_back(item.value());
    std::vector<torch::optim::OptimizerParamGroup> groups;
    groups.emplace_back(
        weights, std::make_unique<torch::optim::AdamWOptions>(torch::optim::AdamWOptions().weight_decay(weightDecay)));
    groups.emplace_back(others,
                        std::make_unique<torch::optim::AdamWOptions>(torch::optim::AdamWOptions().weight_decay(0)));
    return groups;
}

} // namespace

torch::Tensor keypointLoss(const torch::Tensor &logits, const torch::Tensor &targets, int64_t stride,
                           const KeypointLossOptions &options)
{
    const torch::Tensor labelWeight = targets.select(-1, 2);
    const torch::Tensor teacherWeight = targets.select(-1, 5);
    const torch::Tensor nowhereWeight = targets.select(-1, 6);
    const torch::Tensor somewhere = labelWeight + teacherWeight;
    const torch::Tensor weight = somewhere + nowhereWeight;
    const torch::Tensor maps = logits.flatten(2);
    const torch::Tensor losses = weight * torch::logsumexp(maps, 2)
                                 - labelWeight * expectedLogit(logits, targets, 0, stride, options.sigma)
                                 - teacherWeight * expectedLogit(logits, targets, 3, stride, options.sigma)
                                 - nowhereWeight * (maps.mean(2) + std::log(static_cast<double>(maps.size(2))));
    torch::Tensor counted = (weight > 0).to(torch::kFloat32);
    if (options.trim > 0) {
        const torch::Tensor known = losses.detach().masked_select(somewhere > 0);
        const auto kept = static_cast<int64_t>(std::ceil((1 - options.trim) * static_cast<double>(known.numel())));
        if (kept > 0) {
            const torch::Tensor believed = losses.detach() <= std::get<0>(known.kthvalue(kept));
            counted = counted * believed.logical_or(somewhere <= 0).to(torch::kFloat32);
        }
    }
    return (losses * counted).sum() / (weight * counted).sum().clamp_min(1e-6);
}

KeypointTraining::KeypointTraining(const PoseNetOptions &network, const KeypointTrainingOptions &options,
                                   torch::Device device)
    : m_options(options), m_device(device), m_model(network), m_averaged(network),
      m_optimiser((m_model->to(device), parameterGroups(*m_model, options.weightDecay)),
                  torch::optim::AdamWOptions(options.learningRate))
{
    m_averaged->to(device);
    m_averaged->eval();
    const torch::ScalarType type = options.bfloat16 ? torch::kBFloat16 : torch::kFloat32;
    m_model->setComputeType(type);
    m_averaged->setComputeType(type);
    average();
}

Result<void> KeypointTraining::start(const WeightsFile &weights, const std::string &path)
{
    Result<void> loaded = loadWeights(*m_model, weights, path);
    return loaded ? loadWeights(*m_averaged, weights, path) : loaded;
}

void KeypointTraining::setLearningRate(double learningRate)
{
    for (torch::optim::OptimizerParamGroup &group : m_optimiser.param_groups())
        static_cast<torch::optim::AdamWOptions &>(group.options()).lr(learningRate);
}

void KeypointTraining::freeze(int blocks)
{
    std::vector<std::string> frozen;
    for (int block = 0; block < blocks; ++block) {
        frozen.push_back(block == 0 ? "stem." : "down." + std::to_string(block - 1) + ".");
        frozen.push_back("stages." + std::to_string(block) + ".");
    }
    for (auto &item : m_model->named_parameters()) {
        if (std::ranges::any_of(frozen, [&](const std::string &prefix) { return item.key().starts_with(prefix); }))
            item.value().requires_grad_(false);
    }
}

void KeypointTraining::setTraining()
{
    m_model->train();
    if (!m_options.frozenStatistics)
        return;
    m_model->apply([](torch::nn::Module &module) {
        if (auto *normalisation = module.as<torch::nn::BatchNorm2d>())
            normalisation->eval();
    });
}

double KeypointTraining::step(const torch::Tensor &pictures, const torch::Tensor &targets)
{
    setTraining();
    m_optimiser.zero_grad();
    const torch::Tensor logits = m_model->forward(pictures.to(m_device));
    const torch::Tensor loss = keypointLoss(logits, targets.to(m_device), m_model->options().stride(), m_options.loss);
    const double value = loss.item<double>();
    if (!std::isfinite(value))
        return value;
    loss.backward();
    m_optimiser.step();
    ++m_steps;
    average();
    return value;
}

/// The first steps count more, so that the random start is soon forgotten.
void KeypointTraining::average()
{
    const torch::NoGradGuard noGrad;
    const double steps = static_cast<double>(m_steps);
    const double decay = std::min(m_options.averaging, steps / (steps + 10));
    const auto move = [decay](const auto &to, const auto &from) {
        for (const auto &item : from) {
            torch::Tensor target = *to.find(item.key());
            if (target.is_floating_point())
                target.lerp_(item.value(), 1 - decay);
            else
                target.copy_(item.value());
        }
    };
    move(m_averaged->named_parameters(), m_model->named_parameters());
    move(m_averaged->named_buffers(), m_model->named_buffers());
}

torch::Tensor KeypointTraining::predict(const torch::Tensor &pictures)
{
    const torch::NoGradGuard noGrad;
    return m_averaged->forward(pictures.to(m_device)).cpu();
}

WeightsFile KeypointTraining::state()
{
    WeightsFile file;
    file.arrays = weightsOf(*m_model);
    for (auto &[name, array] : weightsOf(*m_averaged))
        file.arrays[kAveragePrefix + name] = std::move(array);
    file.attributes["steps"] = m_steps;
    appendAdamState<torch::optim::AdamWParamState>(m_optimiser, *m_model, file);
    return file;
}

Result<void> KeypointTraining::restore(const WeightsFile &state, const std::string &path)
{
    WeightsFile network;
    WeightsFile averaged;
    for (const auto &[name, array] : state.arrays) {
        if (name.starts_with(kAveragePrefix))
            averaged.arrays[name.substr(std::string(kAveragePrefix).size())] = array;
        else if (!name.starts_with(kAdamPrefix))
            network.arrays[name] = array;
    }
    if (Result<void> loaded = loadWeights(*m_model, network, path); !loaded)
        return loaded;
    if (Result<void> loaded = loadWeights(*m_averaged, averaged, path); !loaded)
        return loaded;
    if (!state.attributes.is_object() || !state.attributes.contains("steps"))
        return Error(ErrorCode::WrongFormat,
                     {{"path", path}, {"expected", "a training checkpoint"}, {"found", "weights only"}});
    m_steps = state.attributes.at("steps").get<int64_t>();
    return restoreAdamState<torch::optim::AdamWParamState>(m_optimiser, *m_model, state, /*amsgrad=*/false, path);
}

} // namespace poselift
