#include "models/train/trainingdevice_torch.h"

#include <torch/cuda.h>

#include <charconv>
#include <string_view>

namespace poselift {

namespace {

/// N of "cuda:N", 0 of "cuda"; -1 for anything else.
int cudaIndex(std::string_view name)
{
    constexpr std::string_view kCuda = "cuda";
    if (name == kCuda)
        return 0;
    if (!name.starts_with(kCuda) || name[kCuda.size()] != ':')
        return -1;
    name.remove_prefix(kCuda.size() + 1);
    int index = -1;
    const auto [end, failed] = std::from_chars(name.data(), name.data() + name.size(), index);
    return failed == std::errc() && end == name.data() + name.size() ? index : -1;
}

std::string choices(int devices)
{
    if (devices == 0)
        return "auto or cpu (no CUDA device here)";
    return "auto, cpu, cuda or cuda:N with N from 0 to " + std::to_string(devices - 1);
}

} // namespace

Result<torch::Device> chooseDevice(const std::string &name)
{
    const int devices = torch::cuda::is_available() ? static_cast<int>(torch::cuda::device_count()) : 0;
    if (name == "cpu" || (name == "auto" && devices == 0))
        return torch::Device(torch::kCPU);
    const int index = name == "auto" ? 0 : cudaIndex(name);
    if (index >= 0 && index < devices)
        return torch::Device(torch::kCUDA, static_cast<c10::DeviceIndex>(index));
    return Error(ErrorCode::BadArgument, {{"name", "--device"}, {"expected", choices(devices)}, {"found", name}});
}

} // namespace poselift
