#include "models/finder/findertraining_torch.h"

#include "models/lift/moduleweights_torch.h"

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

constexpr double kBeta1 = 0.9;
constexpr double kBeta2 = 0.99;
constexpr double kEpsilon = 1e-8;
constexpr double kWeightDecay = 1e-2;
constexpr double kAverage = 0.998; // of the running mean, less at the beginning
constexpr double kGradientNorm = 5.0;

constexpr const char *kFirst = "adam.first.";
constexpr const char *kSecond = "adam.second.";
constexpr const char *kAverageOf = "average.";

} // namespace

torch::Tensor finderLoss(const FinderMaps &maps, const FinderBatch &batch)
{
    constexpr double kShapeWeight = 1.0;
    const torch::Tensor positive = (batch.centre > 0.999).to(torch::kFloat32);
    const torch::Tensor probability = torch::sigmoid(maps.centre).clamp(1e-4, 1 - 1e-4);
    const torch::Tensor hit = -torch::pow(1 - probability, 2) * torch::log(probability) * positive;
    const torch::Tensor miss = -torch::pow(1 - batch.centre, 4) * torch::pow(probability, 2) *
                               torch::log(1 - probability) * (1 - positive) * batch.look;
    const torch::Tensor people = positive.sum().clamp_min(1);
    const torch::Tensor shape = (torch::abs(maps.shape - batch.shape) * batch.shapeWeight).sum() /
                                batch.shapeWeight.sum().clamp_min(1) / 4;
    return (hit + miss).sum() / people + kShapeWeight * shape;
}

FinderTraining::FinderTraining(bool bfloat16) : m_model(makeFinderNet())
{
    m_model->setComputeType(bfloat16 ? torch::kBFloat16 : torch::kFloat32);
    for (const auto &item : m_model->named_parameters()) {
        const torch::Tensor value = item.value().detach();
        m_moments[item.key()] = {torch::zeros_like(value), torch::zeros_like(value), value.clone()};
    }
}

Result<void> FinderTraining::start(const WeightsFile &weights, const std::string &path)
{
    if (Result<PoseNet> same = finderOfWeights(weights, path); !same)
        return same.error();
    if (Result<void> loaded = loadWeights(*m_model, weights, path); !loaded)
        return loaded;
    for (const auto &item : m_model->named_parameters())
        m_moments.at(item.key()).average.copy_(item.value().detach());
    return {};
}

double FinderTraining::step(const FinderBatch &batch, double learningRate)
{
    m_model->train();
    m_model->zero_grad();
    const torch::Tensor loss = finderLoss(finderMaps(*m_model, batch.pictures), batch);
    const double value = loss.item<double>();
    if (!std::isfinite(value))
        return value;
    loss.backward();
    torch::nn::utils::clip_grad_norm_(m_model->parameters(), kGradientNorm);
    ++m_steps;
    const torch::NoGradGuard noGrad;
    for (const auto &item : m_model->named_parameters())
        update(item.key(), item.value(), learningRate);
    return value;
}

void FinderTraining::update(const std::string &name, torch::Tensor parameter, double learningRate)
{
    Moments &moments = m_moments.at(name);
    const torch::Tensor &gradient = parameter.grad();
    moments.first.mul_(kBeta1).add_(gradient, 1 - kBeta1);
    moments.second.mul_(kBeta2).addcmul_(gradient, gradient, 1 - kBeta2);
    const double steps = static_cast<double>(m_steps);
    const double correction1 = 1 - std::pow(kBeta1, steps),
                 correction2 = 1 - std::pow(kBeta2, steps);
    if (parameter.dim() > 1) // kernels; not biases and normalisation
        parameter.mul_(1 - learningRate * kWeightDecay);
    parameter.addcdiv_(moments.first, (moments.second / correction2).sqrt_().add_(kEpsilon),
                       -learningRate / correction1);
    const double keep = std::min(kAverage, (1 + steps) / (10 + steps));
    moments.average.mul_(keep).add_(parameter, 1 - keep);
}

std::map<std::string, WeightArray> FinderTraining::averagedWeights() const
{
    std::map<std::string, WeightArray> arrays = weightsOf(*m_model);
    for (const auto &[name, moments] : m_moments)
        arrays[name] = toWeightArray(moments.average);
    return arrays;
}

WeightsFile FinderTraining::state() const
{
    WeightsFile file;
    file.arrays = weightsOf(*m_model);
    for (const auto &[name, moments] : m_moments) {
        file.arrays[kFirst + name] = toWeightArray(moments.first);
        file.arrays[kSecond + name] = toWeightArray(moments.second);
        file.arrays[kAverageOf + name] = toWeightArray(moments.average);
    }
    file.attributes["optimiser_steps"] = m_steps;
    return file;
}

Result<void> FinderTraining::restore(const WeightsFile &state, const std::string &path)
{
    WeightsFile network;
    for (const auto &[name, array] : state.arrays)
        if (!name.starts_with(kFirst) && !name.starts_with(kSecond) &&
            !name.starts_with(kAverageOf))
            network.arrays[name] = array;
    if (Result<void> loaded = loadWeights(*m_model, network, path); !loaded)
        return loaded;
    for (auto &[name, moments] : m_moments) {
        for (const auto &[prefix, tensor] :
             {std::pair(kFirst, &moments.first), std::pair(kSecond, &moments.second),
              std::pair(kAverageOf, &moments.average)}) {
            const auto found = state.arrays.find(prefix + name);
            if (found == state.arrays.end() || found->second.shape != tensor->sizes().vec())
                return Error(ErrorCode::MissingDataset, {{"path", path}, {"name", prefix + name}});
            tensor->copy_(toTensor(found->second));
        }
    }
    m_steps = state.attributes.value("optimiser_steps", std::int64_t(0));
    return {};
}

} // namespace poselift
