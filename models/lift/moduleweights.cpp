#include "models/lift/moduleweights_torch.h"

#include <algorithm>
#include <set>

namespace poselift {

namespace {

constexpr std::string_view kCounter = "num_batches_tracked";

Result<void> copyInto(torch::Tensor target, const std::string &name, const WeightsFile &weights, const std::string &path)
{
    const auto found = weights.arrays.find(name);
    if (found == weights.arrays.end()) {
        if (name.ends_with(kCounter))
            return {};
        return Error(ErrorCode::MissingDataset, {{"path", path}, {"name", name}});
    }
    const torch::Tensor source = toTensor(found->second);
    // A counter is a scalar in PyTorch and [1] in some files.
    const bool fits = name.ends_with(kCounter) ? source.numel() == 1 : source.sizes() == target.sizes();
    if (!fits) {
        return Error(ErrorCode::WrongShape, {{"path", path}, {"name", name},
                                             {"expected", shapeText(target.sizes().vec())},
                                             {"found", shapeText(found->second.shape)}});
    }
    target.copy_(source.reshape(target.sizes()));
    return {};
}

} // namespace

Result<void> loadWeights(torch::nn::Module &module, const WeightsFile &weights, const std::string &path)
{
    const torch::NoGradGuard noGrad;
    std::set<std::string> known;
    const auto load = [&](const auto &named) -> Result<void> {
        for (const auto &item : named) {
            known.insert(item.key());
            if (Result<void> copied = copyInto(item.value(), item.key(), weights, path); !copied)
                return copied;
        }
        return {};
    };
    if (Result<void> loaded = load(module.named_parameters()); !loaded)
        return loaded;
    if (Result<void> loaded = load(module.named_buffers()); !loaded)
        return loaded;
    for (const auto &[name, array] : weights.arrays) {
        if (!known.contains(name)) {
            return Error(ErrorCode::WrongFormat, {{"path", path}, {"expected", "only parameters of the network"},
                                                  {"found", "dataset '" + name + "'"}});
        }
    }
    return {};
}

std::map<std::string, WeightArray> weightsOf(const torch::nn::Module &module)
{
    std::map<std::string, WeightArray> arrays;
    for (const auto &item : module.named_parameters())
        arrays.emplace(item.key(), toWeightArray(item.value()));
    for (const auto &item : module.named_buffers())
        arrays.emplace(item.key(), toWeightArray(item.value()));
    return arrays;
}

WeightArray toWeightArray(const torch::Tensor &tensor)
{
    const torch::Tensor plain = tensor.detach().to(torch::kCPU, torch::kFloat32).contiguous();
    WeightArray array;
    array.shape = plain.sizes().vec();
    array.values.assign(plain.data_ptr<float>(), plain.data_ptr<float>() + plain.numel());
    return array;
}

torch::Tensor toTensor(const WeightArray &array)
{
    torch::Tensor tensor = torch::empty(array.shape, torch::kFloat32);
    std::ranges::copy(array.values, tensor.data_ptr<float>());
    return tensor;
}

} // namespace poselift
