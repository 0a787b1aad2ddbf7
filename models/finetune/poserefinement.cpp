#include "models/finetune/poserefinement_torch.h"

#include "models/finetune/seenlosses_torch.h"

namespace poselift {

namespace {

constexpr int kSteps = 250;
constexpr double kLearningRate = 0.02; // at first; it falls evenly to nothing, so that the poses come to rest
// Standard deviations of what the estimate is made of.
constexpr double kSeen = 0.012;     // m: where joints are seen
constexpr double kDirection = 0.25; // rad, about: a lifted bone's direction
constexpr double kLength = 0.15;    // of the logarithm of a bone's length

/// [J, bones]: 1 where the bone lies between the root and the joint.
torch::Tensor pathsOf(const BodyVariation &body, int64_t joints)
{
    const auto &bones = body.bones();
    torch::Tensor paths = torch::zeros({joints, static_cast<int64_t>(bones.size())});
    for (std::size_t i = 0; i < bones.size(); ++i) {
        paths[bones[i].child] = paths[bones[i].parent];
        paths[bones[i].child][static_cast<int64_t>(i)] = 1.0F;
    }
    return paths;
}

torch::Tensor segmentsOf(const BodyVariation &body)
{
    std::vector<int64_t> segments;
    for (const BodyVariation::Bone &bone : body.bones())
        segments.push_back(bone.segment);
    return torch::tensor(segments);
}

/// Logarithm of the median length of each segment over frames and sides, [segments].
torch::Tensor medianLogLengths(const torch::Tensor &lengths, const torch::Tensor &segments, int count)
{
    std::vector<torch::Tensor> medians;
    for (int segment = 0; segment < count; ++segment) {
        const torch::Tensor columns = (segments == segment).nonzero().squeeze(1);
        medians.push_back(lengths.index_select(1, columns).reshape({-1}).median().clamp_min(1e-3).log());
    }
    return torch::stack(medians);
}

} // namespace

Result<RefinedPoses> refinePoses(const torch::Tensor &lifted, const WindowTensors &seen, const BodyVariation &body,
                                 const LimbJoints &limbs, const JobContext &job)
{
    const torch::Tensor paths = pathsOf(body, lifted.size(1));
    const torch::Tensor segments = segmentsOf(body);
    const torch::Tensor limbIndex = torch::tensor(std::vector<int64_t>(limbs.index.begin(), limbs.index.end()));
    const torch::Tensor lengths = boneLengthsOf(lifted, body.bones());
    const torch::Tensor firstLogs = medianLogLengths(lengths, segments, body.segmentCount());
    std::vector<int64_t> parents;
    std::vector<int64_t> children;
    for (const BodyVariation::Bone &bone : body.bones()) {
        parents.push_back(bone.parent);
        children.push_back(bone.child);
    }
    const torch::Tensor firstDirections =
        (lifted.index_select(1, torch::tensor(children)) - lifted.index_select(1, torch::tensor(parents)))
        / lengths.unsqueeze(2).clamp_min(1e-3);

    torch::Tensor directions = firstDirections.clone().requires_grad_(true);
    torch::Tensor logs = firstLogs.clone().requires_grad_(true);
    torch::optim::Adam optimiser(std::vector<torch::Tensor>{directions, logs},
                                 torch::optim::AdamOptions(kLearningRate));
    const auto posed = [&] {
        const torch::Tensor unit = directions / directions.norm(2, 2, true).clamp_min(1e-3);
        const torch::Tensor bones = unit * logs.exp().index_select(0, segments).reshape({1, -1, 1});
        return torch::matmul(paths, bones); // [N, J, 3]
    };
    for (int step = 0; step < kSteps; ++step) {
        if (job.stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        static_cast<torch::optim::AdamOptions &>(optimiser.param_groups().front().options())
            .lr(kLearningRate * (1.0 - static_cast<double>(step) / kSteps));
        optimiser.zero_grad();
        const torch::Tensor errors =
            reprojectionErrors(posed().index_select(1, limbIndex), seen.rays, seen.weight, seen.scale);
        const torch::Tensor fit =
            (seen.weight * torch::huber_loss(errors / kSeen, torch::zeros_like(errors), at::Reduction::None, 3.0))
                .sum();
        const torch::Tensor turned = (directions - firstDirections).square().sum() / (2 * kDirection * kDirection);
        const torch::Tensor grown = (logs - firstLogs).square().sum() / (2 * kLength * kLength);
        (fit + turned + grown).backward();
        optimiser.step();
    }
    const torch::NoGradGuard noGrad;
    RefinedPoses result;
    result.joints = posed().detach();
    const torch::Tensor final = logs.exp().index_select(0, segments).contiguous();
    result.lengths.assign(final.data_ptr<float>(), final.data_ptr<float>() + final.numel());
    return result;
}

} // namespace poselift
