#include "models/train/distributed/ranks_torch.h"

#include <torch/torch.h>

namespace poselift {

namespace {

/// Size of a message: below it the latency of each dominates, above it the copy costs memory
/// (DistributedDataParallel's default, 25 MiB).
constexpr int64_t kBucketBytes = 25 * 1024 * 1024;

void averageBucket(Ranks &ranks, const std::vector<torch::Tensor> &gradients)
{
    std::vector<torch::Tensor> flat;
    for (const torch::Tensor &gradient : gradients)
        flat.push_back(gradient.reshape(-1));
    const torch::Tensor bucket = torch::cat(flat);
    ranks.sum(bucket);
    bucket.div_(ranks.size());
    int64_t at = 0;
    for (torch::Tensor gradient : gradients) {
        gradient.copy_(bucket.slice(0, at, at + gradient.numel()).reshape(gradient.sizes()));
        at += gradient.numel();
    }
}

} // namespace

bool anyRank(Ranks &ranks, bool here)
{
    return meanOverRanks(ranks, here ? 1 : 0) > 0;
}

double meanOverRanks(Ranks &ranks, double here)
{
    const torch::Tensor value = torch::full({1}, here, torch::kFloat64);
    ranks.sum(value);
    return value.item<double>() / ranks.size();
}

void averageGradients(Ranks &ranks, const std::vector<torch::Tensor> &parameters)
{
    const torch::NoGradGuard noGrad;
    std::vector<torch::Tensor> bucket;
    int64_t bytes = 0;
    for (torch::Tensor parameter : parameters) {
        torch::Tensor &gradient = parameter.mutable_grad();
        if (!gradient.defined())
            gradient = torch::zeros_like(parameter);
        const int64_t size = gradient.numel() * gradient.element_size();
        const bool fits =
            bytes + size <= kBucketBytes && !bucket.empty() && gradient.scalar_type() == bucket.front().scalar_type();
        if (!bucket.empty() && !fits) {
            averageBucket(ranks, bucket);
            bucket.clear();
            bytes = 0;
        }
        bucket.push_back(gradient);
        bytes += size;
    }
    if (!bucket.empty())
        averageBucket(ranks, bucket);
}

} // namespace poselift
