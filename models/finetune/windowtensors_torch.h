#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "core/pose/skeleton.h"
#include "models/finetune/windowexamples.h"

#include <torch/torch.h>

#include <vector>

namespace poselift {

/// Window examples as tensors, on the CPU. N examples.
struct WindowTensors
{
    torch::Tensor windows;     ///< [N, rf, 14, 3]
    torch::Tensor rays;        ///< [N, 12, 2] where the limb joints should be seen
    torch::Tensor weight;      ///< [N, 12]
    torch::Tensor scale;       ///< [N] 1/m
    torch::Tensor truth;       ///< [N, J, 3] m
    torch::Tensor truthWeight; ///< [N, J]
    torch::Tensor prior;       ///< [N, J, 3] m: a good guess of the pose; undefined until there is one
    torch::Tensor lengths;     ///< [N, bones] m of the person; undefined until they are known

    int64_t count() const { return windows.defined() ? windows.size(0) : 0; }
    WindowTensors selected(const torch::Tensor &indices) const;
    /// The same people seen in a mirror.
    WindowTensors mirrored(const Skeleton &output) const;
};

WindowTensors toTensors(const std::vector<WindowExample> &examples, int outputJoints);
/// One after the other; parts without examples are left out.
WindowTensors joined(const std::vector<WindowTensors> &parts);
/// Windows [N, rf, 14, 3] and joints [N, J, 3] seen in a mirror.
torch::Tensor mirroredWindows(const torch::Tensor &windows);
torch::Tensor mirroredJoints(const torch::Tensor &joints, const Skeleton &output);

} // namespace poselift
