#include "models/train/trainingdevice_torch.h"

#include <torch/cuda.h>

namespace poselift {

Result<torch::Device> chooseDevice(const std::string &name)
{
    const bool hasCuda = torch::cuda::is_available();
    if (name == "cpu" || (name == "auto" && !hasCuda))
        return torch::Device(torch::kCPU);
    if ((name == "cuda" || name == "auto") && hasCuda)
        return torch::Device(torch::kCUDA);
    return Error(ErrorCode::BadArgument,
                 {{"name", "--device"},
                  {"expected", hasCuda ? "auto, cpu or cuda" : "auto or cpu (no CUDA device here)"},
                  {"found", name}});
}

} // namespace poselift
