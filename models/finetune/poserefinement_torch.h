#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "core/base/job.h"
#include "models/finetune/windowtensors_torch.h"
#include "models/train/bodyvariation.h"
#include "models/train/clipprojection.h"

namespace poselift {

/// Poses of one person that agree with what is seen.
struct RefinedPoses
{
    torch::Tensor joints;       ///< [N, J, 3] m, root-relative, axes of the windows' virtual cameras
    std::vector<float> lengths; ///< m, one per bone of BodyVariation::bones(), the same on both sides
};

/// Bends lifted poses so that they are seen where they should be, all with the same bones: the
/// directions of the bones stay near the lifted ones, the lengths near their medians; a person whose
/// limbs look longer than the lifter believes gets longer ones. Adam on directions and lengths.
/// @param lifted [N, J, 3]; @param seen rays, weights and scale of the same N
/// Error: Cancelled.
Result<RefinedPoses> refinePoses(const torch::Tensor &lifted, const WindowTensors &seen, const BodyVariation &body,
                                 const LimbJoints &limbs, const JobContext &job);

} // namespace poselift
