#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "core/base/result.h"
#include "core/io/weightsfile.h"
#include "models/lift/moduleweights_torch.h"

#include <torch/torch.h>

#include <memory>
#include <string>
#include <type_traits>

namespace poselift {

/// What an exact resume needs of Adam and AdamW: datasets "adam.KIND.PARAMETER" and the attribute
/// "adam_step". State is torch::optim::AdamParamState or AdamWParamState.
inline constexpr const char *kAdamPrefix = "adam.";

namespace adamstate {

/// Key of a parameter in Optimizer::state(): a text in LibTorch 1.13, the address since 2.1.
template <typename Map>
typename Map::key_type keyOf(const Map &, const torch::Tensor &parameter)
{
    if constexpr (std::is_same_v<typename Map::key_type, std::string>)
        return c10::guts::to_string(parameter.unsafeGetTensorImpl());
    else
        return parameter.unsafeGetTensorImpl();
}

} // namespace adamstate

/// Adds the optimiser's state of every parameter of @p module; nothing before the first step.
template <typename State>
void appendAdamState(torch::optim::Optimizer &optimiser, const torch::nn::Module &module, WeightsFile &file)
{
    auto &states = optimiser.state();
    for (const auto &item : module.named_parameters()) {
        const auto found = states.find(adamstate::keyOf(states, item.value()));
        if (found == states.end())
            continue;
        const auto &adam = static_cast<const State &>(*found->second);
        const auto append = [&](const char *kind, const torch::Tensor &moment) {
            if (moment.defined())
                file.arrays[kAdamPrefix + std::string(kind) + "." + item.key()] = toWeightArray(moment);
        };
        append("exp_avg", adam.exp_avg());
        append("exp_avg_sq", adam.exp_avg_sq());
        append("max_exp_avg_sq", adam.max_exp_avg_sq());
        file.attributes["adam_step"] = adam.step();
    }
}

/// The inverse of appendAdamState(), for the parameters that require a gradient. @p amsgrad: the third
/// moment is needed. Errors: MissingDataset.
template <typename State>
Result<void> restoreAdamState(torch::optim::Optimizer &optimiser, const torch::nn::Module &module,
                              const WeightsFile &file, bool amsgrad, const std::string &path)
{
    if (!file.attributes.contains("adam_step"))
        return {}; // before the first step
    auto &states = optimiser.state();
    for (const auto &item : module.named_parameters()) {
        if (!item.value().requires_grad())
            continue; // frozen: never had one
        auto adam = std::make_unique<State>();
        adam->step(file.attributes.at("adam_step").template get<std::int64_t>());
        const auto restore = [&](const char *kind, auto set) -> Result<void> {
            const auto found = file.arrays.find(kAdamPrefix + std::string(kind) + "." + item.key());
            if (found == file.arrays.end() || found->second.shape != item.value().sizes().vec())
                return Error(ErrorCode::MissingDataset,
                             {{"path", path}, {"name", kAdamPrefix + std::string(kind) + "." + item.key()}});
            torch::Tensor moment = torch::empty_like(item.value()); // the parameter's memory format too
            moment.copy_(toTensor(found->second));
            set(moment);
            return {};
        };
        Result<void> restored = restore("exp_avg", [&](const torch::Tensor &moment) { adam->exp_avg(moment); });
        if (restored)
            restored = restore("exp_avg_sq", [&](const torch::Tensor &moment) { adam->exp_avg_sq(moment); });
        if (restored && amsgrad)
            restored = restore("max_exp_avg_sq", [&](const torch::Tensor &moment) { adam->max_exp_avg_sq(moment); });
        if (!restored)
            return restored;
        states[adamstate::keyOf(states, item.value())] = std::move(adam);
    }
    return {};
}

} // namespace poselift
