#include "models/train/semilosses_torch.h"

#include <torch/torch.h>

namespace poselift {

namespace {

torch::Tensor distances(const torch::Tensor &a, const torch::Tensor &b)
{
    return torch::norm(a - b, /*p=*/2, /*dim=*/-1);
}

/// Mean length of every bone, [bones].
torch::Tensor meanBoneLengths(const torch::Tensor &poses, const torch::Tensor &children, const torch::Tensor &parents)
{
    return distances(poses.index_select(-2, children), poses.index_select(-2, parents)).flatten(0, -2).mean(0);
}

} // namespace

torch::Tensor weightedMpjpeLoss(const torch::Tensor &prediction, const torch::Tensor &target,
                                const torch::Tensor &weights)
{
    return (weights * distances(prediction, target)).mean();
}

torch::Tensor reprojectionLoss(const torch::Tensor &projected, const torch::Tensor &seen, const torch::Tensor &weights)
{
    const torch::Tensor known = (weights > 0).sum().clamp_min(1);
    return (weights * distances(projected, seen)).sum() / known;
}

torch::Tensor boneLengthLoss(const torch::Tensor &labelled, const torch::Tensor &unlabelled,
                             const std::vector<std::int64_t> &parents)
{
    std::vector<std::int64_t> ends;
    std::vector<std::int64_t> starts;
    for (std::size_t joint = 0; joint < parents.size(); ++joint) {
        if (parents[joint] < 0)
            continue;
        ends.push_back(static_cast<std::int64_t>(joint));
        starts.push_back(parents[joint]);
    }
    const torch::Tensor children = torch::tensor(ends, labelled.device());
    const torch::Tensor parentOf = torch::tensor(starts, labelled.device());
    return (meanBoneLengths(labelled, children, parentOf) - meanBoneLengths(unlabelled, children, parentOf))
        .abs()
        .mean();
}

} // namespace poselift
