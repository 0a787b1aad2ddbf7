#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "core/pose/skeleton.h"
#include "models/lift/temporalmodel_torch.h"
#include "models/train/liftingevaluation.h"

#include <torch/torch.h>

namespace poselift {

/// Joints [T, J, 3] of a clip by the dilated network in evaluation mode, the clip's ends padded with
/// their edge frames; optionally averaged with the mirrored clip's mirrored result.
std::vector<float> predictClip(TemporalModel &model, const EvaluationClip &clip, const Skeleton &output, bool flipAveraging);

/// Architecture options as the attributes of a weights file.
nlohmann::json temporalAttributes(const TemporalModelOptions &options, const Skeleton &output, double framesPerSecond);

} // namespace poselift
