#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/media/framesource.h"
#include "core/pose/project.h"
#include "models/detector.h"

#include <cstdint>
#include <optional>

namespace poselift {

struct DetectVideoOptions
{
    std::int64_t firstFrame = 0;
    std::int64_t frameLimit = -1; ///< −1: to the end
};

/// Tracks of a video, or of its first part when the job was cancelled or a frame failed.
struct DetectedVideo
{
    KeypointLayer layer;          ///< name "detected"
    FrameIndex index;             ///< of the whole video
    std::int64_t framesDone = 0;  ///< frames that were looked at
    bool complete = true;         ///< false: cancelled, or stopped at `problem`
    std::optional<Error> problem; ///< why it is not complete: Cancelled, DecodeFailed, …
    double decodeSeconds = 0.0;   ///< spent decoding, on its own thread
    double findSeconds = 0.0;     ///< spent finding people, on another thread
    double poseSeconds = 0.0;     ///< spent in keypoints and tracker, on the caller's thread
    double wallSeconds = 0.0;     ///< of the overlapped loop
};

/// Detects and tracks everybody in @p source. Decoding and Detector2D::findPeople() each run on a
/// thread of their own, a few frames ahead of the keypoints; @p source must not be used elsewhere
/// meanwhile. Reports the stages "index" and "detect". An error is returned only when nothing could
/// be done at all; a job cancelled later returns what it has, with complete = false.
Result<DetectedVideo> detectVideo(FrameSource &source, Detector2D &detector, const JobContext &job,
                                  const DetectVideoOptions &options = {});

} // namespace poselift
