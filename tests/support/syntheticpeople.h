#pragma once

#include "models/keypoints/keypointpack.h"

#include <cstdint>
#include <span>
#include <vector>

/// Pictures to test training with: front views of stick figures in poses of their own, each joint a disc
/// in the colour of its pair, on grey noise. @p people figures to train on; the same ones again to
/// validate on, so that a network that learns them by heart gets everything right.
poselift::KeypointPack syntheticPeople(int people, std::uint64_t seed);

/// JPEG of @p rgb, 3 bytes a pixel.
std::vector<std::uint8_t> jpegOf(std::span<const std::uint8_t> rgb, int width, int height);
