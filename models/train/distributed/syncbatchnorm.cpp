#include "models/train/distributed/syncbatchnorm_torch.h"

#include <torch/torch.h>

namespace poselift {

namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Of all processes' rows, in float64: sums of squares lose digits otherwise.
struct Moments
{
    Tensor mean;     ///< [C]
    Tensor variance; ///< [C], biased
    double count = 0;
};

Moments momentsOfAllRows(const Tensor &rows, Ranks &ranks)
{
    const auto count = static_cast<double>(rows.size(0));
    const auto [variance, mean] = torch::var_mean(rows, {0}, /*unbiased=*/false);
    const Tensor here = mean.to(torch::kFloat64);
    const Tensor squares = (variance.to(torch::kFloat64) + here.square()) * count;
    const Tensor sums = torch::cat({here * count, squares, torch::full({1}, count, here.options())});
    ranks.sum(sums);
    const int64_t channels = rows.size(1);
    const double all = sums[-1].item<double>();
    const Tensor joined = sums.slice(0, 0, channels) / all;
    return {joined, (sums.slice(0, channels, 2 * channels) / all - joined.square()).clamp_min(0), all};
}

struct Normalise : torch::autograd::Function<Normalise>
{
    /// (rows − mean) · invstd · weight + bias; mean and invstd depend on the rows.
    static Tensor forward(AutogradContext *context, const Tensor &rows, const Tensor &weight, const Tensor &bias,
                          const Tensor &mean, const Tensor &invstd, double count, Ranks *ranks)
    {
        const Tensor normalised = (rows - mean) * invstd;
        context->save_for_backward({normalised, weight, invstd});
        context->saved_data["count"] = count;
        context->saved_data["ranks"] = static_cast<int64_t>(reinterpret_cast<std::intptr_t>(ranks));
        return normalised * weight + bias;
    }

    static variable_list backward(AutogradContext *context, const variable_list &gradients)
    {
        const variable_list saved = context->get_saved_variables();
        const Tensor &normalised = saved[0];
        const Tensor &gradient = gradients[0];
        const double count = context->saved_data["count"].toDouble();
        auto *ranks = reinterpret_cast<Ranks *>(static_cast<std::intptr_t>(context->saved_data["ranks"].toInt()));
        const Tensor ofBias = gradient.sum(0);
        const Tensor ofWeight = (gradient * normalised).sum(0);
        const Tensor sums = torch::stack({ofBias, ofWeight});
        ranks->sum(sums);
        const Tensor ofRows = (gradient - (sums[0] + normalised * sums[1]) / count) * (saved[1] * saved[2]);
        return {ofRows, ofWeight, ofBias, {}, {}, {}, {}};
    }
};

void updateRunning(torch::nn::BatchNorm1dImpl &norm, const Moments &moments)
{
    const torch::NoGradGuard noGrad;
    norm.num_batches_tracked.add_(1);
    const c10::optional<double> momentum = norm.options.momentum();
    const double share = momentum ? *momentum : 1 / norm.num_batches_tracked.item<double>();
    const Tensor unbiased = moments.variance * (moments.count / std::max(1.0, moments.count - 1));
    norm.running_mean.lerp_(moments.mean.to(norm.running_mean.scalar_type()), share);
    norm.running_var.lerp_(unbiased.to(norm.running_var.scalar_type()), share);
}

} // namespace

Tensor syncBatchNorm(torch::nn::BatchNorm1dImpl &norm, const Tensor &rows, Ranks &ranks)
{
    Moments moments;
    {
        const torch::NoGradGuard noGrad;
        moments = momentsOfAllRows(rows, ranks);
    }
    updateRunning(norm, moments);
    const Tensor invstd = (moments.variance + norm.options.eps()).rsqrt();
    return Normalise::apply(rows, norm.weight, norm.bias, moments.mean.to(rows.scalar_type()),
                            invstd.to(rows.scalar_type()), moments.count, &ranks);
}

} // namespace poselift
