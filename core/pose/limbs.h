#pragma once

#include "core/pose/skeleton.h"

#include <vector>

namespace poselift {

/// The joints of the limb that @p joint belongs to, itself included, in the skeleton's order. Limbs
/// are known by the joints' names: an arm from the collar bone to the fingers, a leg from the hip to
/// the toes, the head with neck and face, and the spine with the pelvis' middle. Joints of other
/// names belong together where bones join them on one side of the body.
/// @pre 0 <= joint < skeleton.jointCount()
std::vector<int> limbOf(const Skeleton &skeleton, int joint);

/// The limb of a bone: that of its ends, or just its two ends where it leads from one limb to
/// another, as from the shoulder to the hip.
std::vector<int> limbOfBone(const Skeleton &skeleton, std::pair<int, int> bone);

} // namespace poselift
