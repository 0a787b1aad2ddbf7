#pragma once

#include "core/io/mocapfile.h"
#include "core/pose/project.h"

#include <cstdint>

namespace poselift {

/// A person that no lifter has seen, for measuring what fine-tuning is worth.
struct AdaptationSceneOptions
{
    std::uint64_t seed = 1;
    int frames = 900;            ///< at least; whole takes at 30 fps
    int corrections = 80;        ///< frames in which every limb joint in the picture is corrected, evenly spread
    double segmentSpread = 0.15; ///< the logarithm of a segment's length is off by 0.6 to 1.4 times this
    double boneBias = 0.07;      ///< standard deviation of the detector's constant error along a bone, of its length
    double bodyBias = 0.015;     ///< m, of its constant error in the axes of the body
};

/// A project as after detection and some corrections: takes of motion capture drawn at random, one
/// after the other with a break between them, by one body with new limb lengths before one camera that
/// looks down more steeply (40 to 57°) than those that the lifters were trained with (−11 to 34°), its
/// intrinsics known; layer "detected" with detector-like errors and errors that are constant for this
/// person, layer "groundtruth", and corrections that are exact. COCO-17 with the limb joints only.
/// Errors: UnknownSkeleton, MissingJoints; NoFrames when no take stays before the camera.
Result<Project> makeAdaptationScene(const MocapData &takes, const AdaptationSceneOptions &options);

} // namespace poselift
