#pragma once

#include "core/base/result.h"
#include "core/media/videoframe.h"
#include "core/pose/skeleton.h"
#include "models/detect/crop.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace poselift {

/// Finds the keypoints of one person in a crop of a picture. Not thread-safe.
class KeypointEstimator
{
public:
    virtual ~KeypointEstimator() = default;
    virtual const std::string &name() const = 0;
    virtual const Skeleton &skeleton() const = 0;
    /// The part of the picture to look at for a person in @p person, px.
    virtual Crop cropAround(const Box &person) const = 0;
    /// A pose shows a person when half of its joints have at least this confidence.
    virtual float personConfidence() const { return 0.2F; }
    /// Keypoints in the order of skeleton(), px of @p picture.
    virtual Result<Pose2D> estimate(const ImageView &picture, const Crop &crop) = 0;
    /// One pose a crop. Here one after the other; networks that can look at several at once do.
    virtual Result<std::vector<Pose2D>> estimateAll(const ImageView &picture, std::span<const Crop> crops);
};

/// The estimator of the installed keypoint model @p model (empty: the preferred one).
/// @param threads  0: all cores of the process's CPU affinity. Errors: those
/// of chooseDetector() and of loading; BadArgument when the model finds everybody in one pass.
Result<std::unique_ptr<KeypointEstimator>> createKeypointEstimator(const std::string &model, int threads);

} // namespace poselift
