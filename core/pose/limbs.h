#pragma once

#include "core/pose/skeleton.h"

#include <vector>

namespace poselift {

/// The joints of the limb that @p joint belongs to, told by their names and ascending: an arm from the collar
/// to the hand, a leg from the hip to the toes, or one half of the face, of one side. A joint of
/// the middle of the body, and one with a side but an unknown name, stands for itself.
std::vector<int> limbOf(const Skeleton &skeleton, int joint);

} // namespace poselift
