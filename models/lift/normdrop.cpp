#include "models/lift/normdrop_torch.h"

#include "core/base/vectorclones.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace poselift {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Rows are summed in blocks of this many, whatever the number of threads, so that results do not
/// depend on it; a block of 1024 channels stays in the second-level cache.
constexpr int64_t kBlockRows = 64;

int64_t blockCount(int64_t rows)
{
    return (rows + kBlockRows - 1) / kBlockRows;
}

/// Calls @p work(block, first row, one past the last row) for all blocks on all threads.
template <typename Work>
void forBlocks(int64_t rows, const Work &work)
{
    at::parallel_for(0, blockCount(rows), 1, [&](int64_t from, int64_t to) {
        for (int64_t block = from; block < to; ++block)
            work(block, block * kBlockRows, std::min(rows, (block + 1) * kBlockRows));
    });
}

/// Mean and biased variance of the columns of @p x.
struct ColumnStatistics
{
    std::vector<float> mean;
    std::vector<float> variance;
};

/// Of a block of rows; @p mean and @p square are 0 before. Squares are those of the distances from the mean.
POSELIFT_VECTOR_CLONES void blockStatistics(const float *x, int64_t rows, int64_t channels, float *mean, float *square)
{
    for (int64_t row = 0; row < rows; ++row) {
#pragma GCC ivdep
        for (int64_t c = 0; c < channels; ++c)
            mean[c] += x[row * channels + c];
    }
    for (int64_t c = 0; c < channels; ++c)
        mean[c] /= static_cast<float>(rows);
    for (int64_t row = 0; row < rows; ++row) {
#pragma GCC ivdep
        for (int64_t c = 0; c < channels; ++c) {
            const float difference = x[row * channels + c] - mean[c];
            square[c] += difference * difference;
        }
    }
}

/// Blocks by two passes, put together by Chan, Golub and LeVeque 1979.
ColumnStatistics columnStatistics(const float *x, int64_t rows, int64_t channels)
{
    const auto width = static_cast<std::size_t>(channels);
    std::vector<float> means(static_cast<std::size_t>(blockCount(rows)) * width);
    std::vector<float> squares(means.size());
    forBlocks(rows, [&](int64_t block, int64_t first, int64_t last) {
        blockStatistics(x + first * channels, last - first, channels, means.data() + block * channels,
                        squares.data() + block * channels);
    });
    ColumnStatistics total{std::vector<float>(width), std::vector<float>(width)};
    std::vector<double> mean(width), square(width);
    double count = 0;
    for (int64_t block = 0; block < blockCount(rows); ++block) {
        const auto here = static_cast<double>(std::min(rows, (block + 1) * kBlockRows) - block * kBlockRows);
        const double both = count + here;
        for (std::size_t c = 0; c < width; ++c) {
            const std::size_t at = static_cast<std::size_t>(block) * width + c;
            const double difference = means[at] - mean[c];
            mean[c] += difference * here / both;
            square[c] += squares[at] + difference * difference * count * here / both;
        }
        count = both;
    }
    for (std::size_t c = 0; c < width; ++c) {
        total.mean[c] = static_cast<float>(mean[c]);
        total.variance[c] = static_cast<float>(square[c] / count);
    }
    return total;
}

/// 32 well-mixed bits of element @p index: the finaliser of MurmurHash3 (Appleby).
inline std::uint32_t bitsOf(std::uint32_t index, std::uint32_t seed)
{
    std::uint32_t h = index * 0x9E3779B1U ^ seed;
    h ^= h >> 16;
    h *= 0x85EBCA6BU;
    h ^= h >> 13;
    h *= 0xC2B2AE35U;
    return h ^ (h >> 16);
}

struct DropoutRule
{
    std::uint32_t seed = 0;
    std::uint32_t below = 0; ///< elements whose bits are below are dropped
    float kept = 1.0F;       ///< factor of the others
};

DropoutRule drawRule(double dropout)
{
    DropoutRule rule;
    if (dropout <= 0)
        return rule;
    rule.seed = static_cast<std::uint32_t>(
        torch::randint(std::numeric_limits<std::int32_t>::max(), {1}, torch::kInt64).item<std::int64_t>());
    rule.below = static_cast<std::uint32_t>(dropout * 4294967296.0);
    rule.kept = static_cast<float>(1 / (1 - dropout));
    return rule;
}

POSELIFT_VECTOR_CLONES void activate(const float *x, const float *factor, const float *offset, int64_t channels,
                                     float *y)
{
#pragma GCC ivdep
    for (int64_t c = 0; c < channels; ++c) {
        const float normal = x[c] * factor[c] + offset[c];
        y[c] = normal < 0 ? 0.0F : normal; // what is not a number stays so
    }
}

/// @p index: of the row's first element among all.
POSELIFT_VECTOR_CLONES void activateAndDrop(const float *x, const float *factor, const float *offset, int64_t channels,
                                            std::uint32_t index, const DropoutRule &rule, float *y)
{
#pragma GCC ivdep
    for (int64_t c = 0; c < channels; ++c) {
        const float normal = x[c] * factor[c] + offset[c];
        const float active = normal < 0 ? 0.0F : normal;
        const bool kept = bitsOf(index + static_cast<std::uint32_t>(c), rule.seed) >= rule.below;
        y[c] = kept ? active * rule.kept : 0.0F;
    }
}

/// One row on the way back. What was dropped or negative is 0 in y, and passes nothing on.
struct RowGradient
{
    const float *x;
    const float *y;
    const float *dy;
    const float *mean;
    const float *deviation; ///< 1 / σ
    float kept;
};

POSELIFT_VECTOR_CLONES void addGradients(const RowGradient &row, int64_t channels, float *sum, float *product)
{
    const auto [x, y, dy, mean, deviation, kept] = row;
#pragma GCC ivdep
    for (int64_t c = 0; c < channels; ++c) {
        const float all = dy[c] * kept; // read whether it passes or not, or the loop is not one of vectors
        const float g = y[c] > 0 ? all : 0.0F;
        sum[c] += g;
        product[c] += g * (x[c] - mean[c]) * deviation[c];
    }
}

POSELIFT_VECTOR_CLONES void passGradients(const RowGradient &row, int64_t channels, const float *factor,
                                          const float *meanGradient, const float *meanProduct, float *dx)
{
    const auto [x, y, dy, mean, deviation, kept] = row;
#pragma GCC ivdep
    for (int64_t c = 0; c < channels; ++c) {
        const float all = dy[c] * kept;
        const float g = y[c] > 0 ? all : 0.0F;
        const float normal = (x[c] - mean[c]) * deviation[c];
        dx[c] = factor[c] * (g - meanGradient[c] - normal * meanProduct[c]);
    }
}

class NormDrop : public torch::autograd::Function<NormDrop>
{
public:
    static torch::Tensor forward(AutogradContext *context, const torch::Tensor &rows, const torch::Tensor &weight,
                                 const torch::Tensor &bias, const torch::Tensor &mean, const torch::Tensor &deviation,
                                 const DropoutRule &rule)
    {
        torch::Tensor result = torch::empty_like(rows);
        const torch::Tensor scale = weight * deviation;
        const torch::Tensor shift = bias - mean * scale;
        const int64_t channels = rows.size(1);
        const float *x = rows.data_ptr<float>();
        const float *factor = scale.data_ptr<float>();
        const float *offset = shift.data_ptr<float>();
        float *y = result.data_ptr<float>();
        forBlocks(rows.size(0), [&](int64_t, int64_t first, int64_t last) {
            for (int64_t row = first; row < last; ++row) {
                const int64_t at = row * channels;
                if (rule.below == 0)
                    activate(x + at, factor, offset, channels, y + at);
                else
                    activateAndDrop(x + at, factor, offset, channels, static_cast<std::uint32_t>(at), rule, y + at);
            }
        });
        context->save_for_backward({rows, result, weight, mean, deviation});
        context->saved_data["kept"] = static_cast<double>(rule.kept);
        return result;
    }

    static variable_list backward(AutogradContext *context, variable_list gradients)
    {
        const variable_list saved = context->get_saved_variables();
        const torch::Tensor &rows = saved[0];
        const torch::Tensor incoming = gradients[0].contiguous();
        const auto kept = static_cast<float>(context->saved_data["kept"].toDouble());
        const int64_t channels = rows.size(1);
        const float *x = rows.data_ptr<float>();
        const float *y = saved[1].data_ptr<float>();
        const float *dy = incoming.data_ptr<float>();
        const float *mean = saved[3].data_ptr<float>();
        const float *deviation = saved[4].data_ptr<float>();

        torch::Tensor blockSums = torch::zeros({blockCount(rows.size(0)), 2, channels});
        float *sums = blockSums.data_ptr<float>();
        forBlocks(rows.size(0), [&](int64_t block, int64_t first, int64_t last) {
            float *sum = sums + 2 * block * channels;
            for (int64_t at = first * channels; at < last * channels; at += channels)
                addGradients({x + at, y + at, dy + at, mean, deviation, kept}, channels, sum, sum + channels);
        });
        const torch::Tensor totals = blockSums.to(torch::kFloat64).sum(0).to(torch::kFloat32);
        const torch::Tensor means = totals / static_cast<double>(rows.size(0));
        const torch::Tensor scale = saved[2] * saved[4];
        const float *meanGradient = means.data_ptr<float>();
        const float *meanProduct = meanGradient + channels;
        const float *factor = scale.data_ptr<float>();
        torch::Tensor outgoing = torch::empty_like(rows);
        float *dx = outgoing.data_ptr<float>();
        forBlocks(rows.size(0), [&](int64_t, int64_t first, int64_t last) {
            for (int64_t at = first * channels; at < last * channels; at += channels)
                passGradients({x + at, y + at, dy + at, mean, deviation, kept}, channels, factor, meanGradient,
                              meanProduct, dx + at);
        });
        return {outgoing, totals[1], totals[0], {}, {}, {}};
    }
};

/// The module's running statistics take in those of one batch.
void track(torch::nn::BatchNorm1dImpl &norm, const torch::Tensor &mean, const torch::Tensor &variance, int64_t rows)
{
    norm.num_batches_tracked += 1;
    const double momentum = norm.options.momentum().value_or(1.0 / norm.num_batches_tracked.item<double>());
    norm.running_mean.mul_(1 - momentum).add_(mean, momentum);
    norm.running_var.mul_(1 - momentum)
        .add_(variance, momentum * static_cast<double>(rows) / static_cast<double>(rows - 1));
}

torch::Tensor fused(torch::nn::BatchNorm1dImpl &norm, const torch::Tensor &rows, double dropout)
{
    torch::Tensor mean;
    torch::Tensor deviation;
    {
        const torch::NoGradGuard noGrad;
        const ColumnStatistics statistics = columnStatistics(rows.data_ptr<float>(), rows.size(0), rows.size(1));
        mean = torch::tensor(statistics.mean);
        const torch::Tensor variance = torch::tensor(statistics.variance);
        deviation = torch::rsqrt(variance + norm.options.eps());
        track(norm, mean, variance, rows.size(0));
    }
    return NormDrop::apply(rows, norm.weight, norm.bias, mean, deviation, drawRule(dropout));
}

bool canFuse(const torch::nn::BatchNorm1dImpl &norm, const torch::Tensor &rows)
{
    return norm.is_training() && rows.device().is_cpu() && rows.scalar_type() == torch::kFloat32 && rows.dim() == 2
           && rows.is_contiguous() && rows.size(0) > 1 && norm.weight.defined() && norm.running_mean.defined();
}

} // namespace

torch::Tensor normAndDrop(torch::nn::BatchNorm1dImpl &norm, const torch::Tensor &rows, double dropout)
{
    if (canFuse(norm, rows))
        return fused(norm, rows, dropout);
    const torch::Tensor active = torch::relu(norm.forward(rows));
    return dropout > 0 ? torch::dropout(active, dropout, norm.is_training()) : active;
}

} // namespace poselift
