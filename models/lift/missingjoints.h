#pragma once

#include <cstdint>
#include <span>

namespace poselift {

/// How far a joint that is missing is looked for in other frames.
inline constexpr double kMissingJointSeconds = 0.5;

/// For lifters that see one frame at a time: joints of confidence 0 in features [T, J, 3] become the
/// same joint of the nearest frame that has it, the earlier of two, within kMissingJointSeconds.
void fillFromNearestFrames(std::span<float> features, std::int64_t joints, double framesPerSecond);

} // namespace poselift
