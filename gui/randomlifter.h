#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>

namespace poselift {

/// Makes a lifter with random weights in @p folder / @p name, for benches: VideoPose3D's network with
/// 1024 channels and a receptive field of 243 frames (Pavllo et al. 2019, table 3), fed like the bundled
/// ones. Not preferred to any other. Errors as of writeWeights().
Result<void> makeRandomLifter(const std::filesystem::path &folder, const std::string &name);

} // namespace poselift
