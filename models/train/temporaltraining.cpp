#include "models/train/temporaltraining_torch.h"

#include "models/lift/moduleweights_torch.h"
#include "models/lift/normdrop_torch.h"
#include "models/train/adamstate_torch.h"
#include "models/train/distributed/ranks_torch.h"
#include "models/train/distributed/syncbatchnorm_torch.h"

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

/// Scale of the last BatchNorm of a block that is added to a trained network: near the identity,
/// but not 0, at which the ReLU behind it would pass no gradient.
constexpr float kAddedBlockScale = 0.1F;

/// Adds to @p weights the blocks of @p model that they lack, with the model's present values.
void addMissingBlocks(WeightsFile &weights, const TemporalModelImpl &model)
{
    const auto own = weightsOf(model);
    const std::size_t blocks = model.options().filter_widths().size() - 1;
    for (std::size_t block = 0; block < blocks; ++block) {
        if (weights.arrays.contains("layers_conv." + std::to_string(2 * block) + ".weight"))
            continue;
        for (const std::size_t layer : {2 * block, 2 * block + 1}) {
            for (const char *kind : {"layers_conv.", "layers_bn."}) {
                const std::string prefix = kind + std::to_string(layer) + ".";
                for (auto array = own.lower_bound(prefix); array != own.end() && array->first.starts_with(prefix);
                     ++array)
                    weights.arrays.insert(*array);
            }
        }
        std::ranges::fill(weights.arrays.at("layers_bn." + std::to_string(2 * block + 1) + ".weight").values,
                          kAddedBlockScale);
    }
}

torch::optim::AdamOptions adamOptions(double learningRate)
{
    return torch::optim::AdamOptions(learningRate).amsgrad(true);
}

/// BatchNorm, ReLU and dropout on rows [N, C], with the module's statistics and mode.
torch::Tensor normAndDrop(torch::nn::BatchNorm1dImpl &norm, const torch::Tensor &rows, double dropout,
                          const TemporalStepOptions &how)
{
    if (!norm.is_training() || !how.ranks || !how.syncBatchNorm)
        return poselift::normAndDrop(norm, rows, dropout);
    const torch::Tensor active = torch::relu(syncBatchNorm(norm, rows, *how.ranks));
    return dropout > 0 ? torch::dropout(active, dropout, /*train=*/true) : active;
}

} // namespace

torch::Tensor forwardWindows(TemporalModelImpl &model, const torch::Tensor &windows, const TemporalStepOptions &how)
{
    const double dropout = model.options().dropout();
    return forwardWindows(model, windows,
                          [&](const torch::nn::Conv1dImpl &convolution, torch::nn::BatchNorm1dImpl &norm,
                              const torch::Tensor &rows) {
                              return normAndDrop(norm, stridedProduct(convolution, rows, how.bfloat16), dropout, how);
                          });
}

torch::Tensor mpjpeLoss(const torch::Tensor &prediction, const torch::Tensor &target)
{
    return torch::norm(prediction - target, /*p=*/2, /*dim=*/-1).mean();
}

double batchNormMomentumAt(double progress)
{
    return 0.1 * std::exp(-progress * std::log(0.1 / 0.001));
}

TemporalTraining::TemporalTraining(const TemporalModelOptions &options, double learningRate, torch::Device device,
                                   const TemporalStepOptions &how)
    : m_model(options), m_device(device), m_how(how),
      m_optimiser((m_model->to(device), m_model->parameters()), adamOptions(learningRate))
{
}

void TemporalTraining::setLearningRate(double learningRate)
{
    for (torch::optim::OptimizerParamGroup &group : m_optimiser.param_groups())
        static_cast<torch::optim::AdamOptions &>(group.options()).lr(learningRate);
}

double TemporalTraining::step(const torch::Tensor &inputs, const torch::Tensor &targets)
{
    m_model->train();
    m_optimiser.zero_grad();
    const torch::Tensor loss = mpjpeLoss(forwardWindows(*m_model, inputs.to(m_device), m_how), targets.to(m_device));
    const double here = loss.item<double>();
    const double value = m_how.ranks ? meanOverRanks(*m_how.ranks, here) : here;
    if (!std::isfinite(value))
        return value;
    loss.backward();
    if (m_how.ranks)
        averageGradients(*m_how.ranks, m_model->parameters());
    m_optimiser.step();
    return value;
}

Result<void> TemporalTraining::start(WeightsFile weights, const std::string &path)
{
    addMissingBlocks(weights, *m_model);
    return loadWeights(*m_model, weights, path);
}

WeightsFile TemporalTraining::state() const
{
    WeightsFile file;
    file.arrays = weightsOf(*m_model);
    appendAdamState<torch::optim::AdamParamState>(const_cast<FusedAdam &>(m_optimiser), *m_model, file);
    return file;
}

Result<void> TemporalTraining::restore(const WeightsFile &state, const std::string &path)
{
    WeightsFile network;
    for (const auto &[name, array] : state.arrays) {
        if (!name.starts_with(kAdamPrefix))
            network.arrays[name] = array;
    }
    if (Result<void> loaded = loadWeights(*m_model, network, path); !loaded)
        return loaded;
    return restoreAdamState<torch::optim::AdamParamState>(m_optimiser, *m_model, state, /*amsgrad=*/true, path);
}

} // namespace poselift
