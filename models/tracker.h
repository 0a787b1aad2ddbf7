#pragma once

#include "core/pose/skeleton.h"
#include "core/pose/track.h"
#include "models/detector.h"

#include <memory>
#include <vector>

namespace poselift {

/// Links detections of consecutive frames to tracks with stable ids (IoU/OKS association with a
/// constant-velocity motion model), through crossings and short losses.
class PoseTracker
{
public:
    virtual ~PoseTracker() = default;
    /// Boxes where the live tracks are expected in the next frame, at time @p seconds.
    virtual std::vector<Box> predictedBoxes(double seconds) const = 0;
    /// Frames come in increasing order.
    virtual void add(std::int64_t frame, double seconds, const std::vector<PersonDetection> &people) = 0;
    /// All tracks so far; ghosts (too short, too unsure) removed. Ids start at 1.
    virtual std::vector<KeypointTrack> finish() = 0;
};
[[nodiscard]] std::unique_ptr<PoseTracker> createTracker(const Skeleton &skeleton);

} // namespace poselift
