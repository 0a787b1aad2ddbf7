#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "core/base/result.h"

#include <torch/types.h>

#include <string>

namespace poselift {

/// The device called @p name: "auto" (CUDA where there is one), "cpu", "cuda" or "cuda:N". BadArgument
/// with what is there.
Result<torch::Device> chooseDevice(const std::string &name);

} // namespace poselift
