#pragma once

#include "core/base/result.h"
#include "core/media/videoframe.h"
#include "core/pose/keypoint.h"

#include <optional>

namespace poselift {

/// Times of our own detector, ms.
struct OwnDetectorTimes
{
    double personMs = 0.0; ///< keypoints of one crop, on one core
    double frameMs = 0.0;  ///< finding people in @p picture, then the keypoints of one person, on all cores
};

/// Medians over @p repeats; nothing when no detector of our own is installed. Changes the number of
/// LibTorch's threads.
Result<std::optional<OwnDetectorTimes>> measureOwnDetector(const ImageView &picture, const Box &person, int repeats);

} // namespace poselift
