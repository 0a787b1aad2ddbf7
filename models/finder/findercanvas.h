#pragma once

#include "models/finder/finderpack.h"
#include "models/train/random.h"

namespace poselift {

/// Side of the square pictures that the finder is trained on, px.
inline constexpr int kFinderCanvasSide = 192;

/// Draws one training picture: one packed picture, or two to four side by side, each shown at a
/// random scale (people of 16 px to larger than the canvas), place, mirroring and colour on a
/// made-up background. What it draws depends on @p random only.
FinderPicture drawFinderCanvas(const std::vector<FinderPicture> &pictures, Random &random);

} // namespace poselift
