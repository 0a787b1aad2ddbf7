#include "models/train/temporaltraining_torch.h"

#include "models/lift/moduleweights_torch.h"

#include <algorithm>
#include <cmath>
#include <type_traits>

namespace poselift {

namespace {

constexpr const char *kAdamPrefix = "adam.";

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

/// Key of a parameter in Optimizer::state(): a text in LibTorch 1.13, the address since 2.1.
template <typename Map>
typename Map::key_type stateKey(const Map &, const torch::Tensor &parameter)
{
    if constexpr (std::is_same_v<typename Map::key_type, std::string>)
        return c10::guts::to_string(parameter.unsafeGetTensorImpl());
    else
        return parameter.unsafeGetTensorImpl();
}

torch::optim::AdamOptions adamOptions(double learningRate)
{
    return torch::optim::AdamOptions(learningRate).amsgrad(true);
}

/// BatchNorm, ReLU and dropout on rows [N, C], with the module's statistics and mode.
torch::Tensor normAndDrop(torch::nn::BatchNorm1dImpl &norm, const torch::Tensor &rows,
                          const TemporalModelOptions &options, bool training)
{
    const torch::Tensor active = torch::relu(norm.forward(rows));
    return options.dropout() > 0 ? torch::dropout(active, options.dropout(), training) : active;
}

/// A convolution whose stride is its width, as one matrix product: rows [N·W, C_in] of consecutive
/// frames → [N, C_out].
torch::Tensor stridedProduct(const torch::nn::Conv1dImpl &convolution, const torch::Tensor &rows)
{
    const torch::Tensor &weight = convolution.weight; // [C_out, C_in, W]
    const torch::Tensor kernel = weight.transpose(1, 2).reshape({weight.size(0), -1});
    return torch::mm(rows.reshape({-1, kernel.size(1)}), kernel.t());
}

} // namespace

torch::Tensor forwardWindows(TemporalModelImpl &model, const torch::Tensor &windows)
{
    using Conv = torch::nn::Conv1dImpl;
    using Norm = torch::nn::BatchNorm1dImpl;
    const TemporalModelOptions &options = model.options();
    const bool training = model.is_training();
    torch::Tensor rows = windows.reshape({-1, windows.size(2) * windows.size(3)});
    rows = normAndDrop(*model.expand_bn, stridedProduct(*model.expand_conv, rows), options, training);
    for (std::size_t i = 1; i < options.filter_widths().size(); ++i) {
        const int64_t width = options.filter_widths()[i];
        const int64_t centre = options.causal() ? width - 1 : width / 2;
        const torch::Tensor residual = rows.reshape({-1, width, options.channels()}).select(1, centre);
        rows = normAndDrop(*model.layers_bn->ptr<Norm>(2 * i - 2),
                           stridedProduct(*model.layers_conv->ptr<Conv>(2 * i - 2), rows), options, training);
        rows = residual
               + normAndDrop(*model.layers_bn->ptr<Norm>(2 * i - 1),
                             stridedProduct(*model.layers_conv->ptr<Conv>(2 * i - 1), rows), options, training);
    }
    const torch::Tensor joints = torch::addmm(model.shrink->bias, rows, model.shrink->weight.squeeze(2).t());
    return joints.reshape({windows.size(0), 1, options.num_joints_out(), 3});
}

torch::Tensor mpjpeLoss(const torch::Tensor &prediction, const torch::Tensor &target)
{
    return torch::norm(prediction - target, /*p=*/2, /*dim=*/-1).mean();
}

double batchNormMomentumAt(double progress)
{
    return 0.1 * std::exp(-progress * std::log(0.1 / 0.001));
}

TemporalTraining::TemporalTraining(const TemporalModelOptions &options, double learningRate, torch::Device device)
    : m_model(options), m_device(device),
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
    const torch::Tensor loss = mpjpeLoss(forwardWindows(*m_model, inputs.to(m_device)), targets.to(m_device));
    const double value = loss.item<double>();
    if (!std::isfinite(value))
        return value;
    loss.backward();
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
    auto &states = const_cast<torch::optim::Adam &>(m_optimiser).state();
    for (const auto &item : m_model->named_parameters()) {
        const auto found = states.find(stateKey(states, item.value()));
        if (found == states.end())
            continue;
        const auto &adam = static_cast<const torch::optim::AdamParamState &>(*found->second);
        file.arrays[kAdamPrefix + std::string("exp_avg.") + item.key()] = toWeightArray(adam.exp_avg());
        file.arrays[kAdamPrefix + std::string("exp_avg_sq.") + item.key()] = toWeightArray(adam.exp_avg_sq());
        file.arrays[kAdamPrefix + std::string("max_exp_avg_sq.") + item.key()] = toWeightArray(adam.max_exp_avg_sq());
        file.attributes["adam_step"] = adam.step();
    }
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
    if (!state.attributes.contains("adam_step"))
        return {}; // before the first step
    auto &states = m_optimiser.state();
    for (const auto &item : m_model->named_parameters()) {
        auto adam = std::make_unique<torch::optim::AdamParamState>();
        adam->step(state.attributes.at("adam_step").get<std::int64_t>());
        const auto moment = [&](const char *kind) -> torch::Tensor {
            const auto found = state.arrays.find(kAdamPrefix + std::string(kind) + "." + item.key());
            return found == state.arrays.end() ? torch::Tensor() : toTensor(found->second).to(m_device);
        };
        const torch::Tensor average = moment("exp_avg");
        const torch::Tensor square = moment("exp_avg_sq");
        const torch::Tensor maximum = moment("max_exp_avg_sq");
        for (const torch::Tensor &tensor : {average, square, maximum}) {
            if (!tensor.defined() || tensor.sizes() != item.value().sizes())
                return Error(ErrorCode::MissingDataset, {{"path", path}, {"name", kAdamPrefix + item.key()}});
        }
        adam->exp_avg(average);
        adam->exp_avg_sq(square);
        adam->max_exp_avg_sq(maximum);
        states[stateKey(states, item.value())] = std::move(adam);
    }
    return {};
}

} // namespace poselift
