#include "models/lift/sequencelifting_torch.h"

#include <algorithm>

namespace poselift {

namespace {

int64_t indexOfMirrored(const std::vector<std::string> &names, const std::string &name)
{
    std::string other = name;
    if (name.starts_with("left_"))
        other = "right_" + name.substr(5);
    else if (name.starts_with("right_"))
        other = "left_" + name.substr(6);
    const auto found = std::ranges::find(names, other);
    return (found == names.end() ? std::ranges::find(names, name) : found) - names.begin();
}

} // namespace

MirroredJoints mirroredJointsOf(const LifterDescription &description)
{
    MirroredJoints mirrored;
    for (int joint = 0; joint < description.outputSkeleton.jointCount(); ++joint)
        mirrored.output.push_back(description.outputSkeleton.mirrored(joint));
    for (const std::string &name : description.inputJoints)
        mirrored.input.push_back(indexOfMirrored(description.inputJoints, name));
    return mirrored;
}

torch::Tensor mirrored(const torch::Tensor &x, const std::vector<int64_t> &otherSide)
{
    torch::Tensor copy = x.index_select(/*dim=*/-2, torch::tensor(otherSide));
    copy.select(/*dim=*/-1, 0).neg_();
    return copy;
}

torch::Tensor liftPadded(const InferenceNetwork &network, const torch::Tensor &padded, const std::optional<MirroredJoints> &flip,
                         const std::stop_token &stop)
{
    torch::Tensor joints = network.forward(padded, stop);
    if (!flip || !joints.defined())
        return joints;
    const torch::Tensor other = network.forward(mirrored(padded, flip->input), stop);
    if (!other.defined())
        return {};
    return joints.add_(mirrored(other, flip->output)).mul_(0.5);
}

torch::Tensor liftWindows(const InferenceNetwork &network, const torch::Tensor &windows, const std::optional<MirroredJoints> &flip)
{
    if (!flip)
        return network.forwardWindows(windows);
    // Both at once: the weights go through the cache once.
    const std::vector<torch::Tensor> both = network.forwardWindows(torch::cat({windows, mirrored(windows, flip->input)})).chunk(2);
    return both[0].add(mirrored(both[1], flip->output)).mul_(0.5);
}

Result<torch::Tensor> liftSequence(const InferenceNetwork &network, const torch::Tensor &features,
                                   const SequenceOptions &options, const JobContext &job)
{
    const torch::NoGradGuard noGrad;
    const std::int64_t frames = features.size(0);
    const std::int64_t chunks = (frames + options.chunkFrames - 1) / options.chunkFrames;
    std::vector<torch::Tensor> parts;
    for (std::int64_t chunk = 0; chunk < chunks; ++chunk) {
        if (job.stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        const std::int64_t begin = frames * chunk / chunks;
        const std::int64_t end = frames * (chunk + 1) / chunks;
        const torch::Tensor index = torch::arange(begin - network.paddingBefore(), end + network.paddingAfter()).clamp(0, frames - 1);
        parts.push_back(liftPadded(network, features.index_select(0, index), options.flipAveraging));
        job.report("lift", options.doneBefore + end, options.total);
    }
    return parts.empty() ? torch::empty({0, network.jointsOut(), 3}) : torch::cat(parts);
}

} // namespace poselift
