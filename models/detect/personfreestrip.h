#pragma once

#include "core/base/result.h"
#include "core/media/videoframe.h"
#include "core/pose/keypoint.h"
#include "models/detect/boxnetwork.h"

#include <memory>
#include <span>
#include <vector>

namespace poselift {

/// Smallest side of a strip that is looked for, px.
inline constexpr double kSmallestStrip = 64;

/// The strips of a width × height picture left and right of all of @p people, or above and below them when
/// that is more, whose sides are at least @p smallestSide; the larger first. They do not overlap.
std::vector<Box> personFreeStrips(int width, int height, std::span<const Box> people, double smallestSide);

/// The installed box network that is preferred, with a threshold so low (0.05) that whatever might be
/// a person is one. Errors: those of chooseDetector() and BoxNetwork::load().
Result<std::unique_ptr<BoxNetwork>> loadWaryBoxNetwork();

/// The strips of @p picture beside all @p known people, whose boxes are grown by 1.3, and beside all boxes
/// that @p boxes finds. Errors: those of the network.
Result<std::vector<Box>> findPersonFreeStrips(const ImageView &picture, std::span<const Box> known, BoxNetwork &boxes);

/// The part of @p picture under the whole pixels of @p box, borrowed.
ImageView partOf(const ImageView &picture, const Box &box);

} // namespace poselift
