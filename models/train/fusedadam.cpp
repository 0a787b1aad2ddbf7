#include "models/train/fusedadam_torch.h"

#include "models/train/adamstate_torch.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

constexpr int64_t kGrain = 1 << 15; ///< parameters per task

template <typename T>
struct AdamFactors
{
    T beta1, beta2;
    T step;      ///< lr / (1 − beta1^t)
    T deviation; ///< 1 / sqrt(1 − beta2^t)
    T eps;
};

/// One parameter's values; `largest` is null without amsgrad.
template <typename T>
struct AdamArrays
{
    T *value;
    const T *gradient;
    T *first;
    T *second;
    T *largest;
};

template <typename T, bool Amsgrad>
void update(const AdamArrays<T> &arrays, const AdamFactors<T> &factors, int64_t from, int64_t to)
{
    T *const value = arrays.value;
    const T *const gradient = arrays.gradient;
    T *const first = arrays.first;
    T *const second = arrays.second;
    T *const largest = arrays.largest;
    const T rest1 = 1 - factors.beta1;
    const T rest2 = 1 - factors.beta2;
#pragma GCC ivdep
    for (int64_t i = from; i < to; ++i) {
        const T g = gradient[i];
        const T m = factors.beta1 * first[i] + rest1 * g;
        const T v = factors.beta2 * second[i] + rest2 * g * g;
        first[i] = m;
        second[i] = v;
        T scale = v;
        if constexpr (Amsgrad) {
            scale = std::max(largest[i], v);
            largest[i] = scale;
        }
        value[i] -= factors.step * m / (std::sqrt(scale) * factors.deviation + factors.eps);
    }
}

template <typename T>
void updateParameter(const torch::Tensor &parameter, const torch::optim::AdamParamState &state,
                     const torch::optim::AdamOptions &options)
{
    const auto &[beta1, beta2] = options.betas();
    const auto t = static_cast<double>(state.step());
    const AdamFactors<T> factors{static_cast<T>(beta1), static_cast<T>(beta2),
                                 static_cast<T>(options.lr() / (1 - std::pow(beta1, t))),
                                 static_cast<T>(1 / std::sqrt(1 - std::pow(beta2, t))), static_cast<T>(options.eps())};
    const bool amsgrad = options.amsgrad();
    const AdamArrays<T> arrays{parameter.data_ptr<T>(), parameter.grad().data_ptr<T>(), state.exp_avg().data_ptr<T>(),
                               state.exp_avg_sq().data_ptr<T>(),
                               amsgrad ? state.max_exp_avg_sq().data_ptr<T>() : nullptr};
    at::parallel_for(0, parameter.numel(), kGrain, [&](int64_t from, int64_t to) {
        if (amsgrad)
            update<T, true>(arrays, factors, from, to);
        else
            update<T, false>(arrays, factors, from, to);
    });
}

bool isDense(const torch::Tensor &tensor, const torch::Tensor &like)
{
    return tensor.defined() && tensor.is_contiguous() && tensor.device().is_cpu()
           && tensor.scalar_type() == like.scalar_type();
}

bool canFuse(const torch::Tensor &parameter)
{
    const bool floats = parameter.scalar_type() == torch::kFloat32 || parameter.scalar_type() == torch::kFloat64;
    return floats && isDense(parameter, parameter)
           && (!parameter.grad().defined() || isDense(parameter.grad(), parameter));
}

} // namespace

torch::Tensor FusedAdam::step(LossClosure closure)
{
    for (torch::optim::OptimizerParamGroup &group : param_groups()) {
        const auto &options = static_cast<const torch::optim::AdamOptions &>(group.options());
        if (options.weight_decay() != 0 || !std::ranges::all_of(group.params(), canFuse))
            return torch::optim::Adam::step(std::move(closure));
    }
    torch::Tensor loss;
    if (closure) {
        const at::AutoGradMode withGradients(true);
        loss = closure();
    }
    const torch::NoGradGuard noGrad;
    for (torch::optim::OptimizerParamGroup &group : param_groups()) {
        const auto &options = static_cast<const torch::optim::AdamOptions &>(group.options());
        for (const torch::Tensor &parameter : group.params()) {
            if (!parameter.grad().defined())
                continue;
            auto &known = state()[adamstate::keyOf(state(), parameter)];
            if (!known) {
                auto fresh = std::make_unique<torch::optim::AdamParamState>();
                fresh->exp_avg(torch::zeros_like(parameter));
                fresh->exp_avg_sq(torch::zeros_like(parameter));
                if (options.amsgrad())
                    fresh->max_exp_avg_sq(torch::zeros_like(parameter));
                known = std::move(fresh);
            }
            auto &adam = static_cast<torch::optim::AdamParamState &>(*known);
            adam.step(adam.step() + 1);
            if (parameter.scalar_type() == torch::kFloat32)
                updateParameter<float>(parameter, adam, options);
            else
                updateParameter<double>(parameter, adam, options);
        }
    }
    return loss;
}

} // namespace poselift
