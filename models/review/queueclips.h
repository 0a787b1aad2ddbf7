#pragma once

#include "core/base/job.h"
#include "core/pose/project.h"
#include "models/train/measurednoise.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace poselift {

/// One person's clip with a detector's errors, lifted, and its truth.
struct QueueClip
{
    Project project;             ///< COCO-17; layer "detected" with track 1, layers "lifted/…"
    KeypointTrack truth;         ///< limb joints; Absent outside the picture, other joints Missing
    std::vector<float> heightPx; ///< [T] height of the person there
};

struct QueueClipOptions
{
    std::filesystem::path data; ///< motion capture; empty: procedural figures
    std::string group = "val";
    std::uint64_t seed = 2024;       ///< of cameras and errors
    int clips = 0;                   ///< 0: every take of the group, or 8 figures
    bool constantConfidence = false; ///< the detector says 1 everywhere
    int threads = 0;                 ///< of the lifters; 0: all cores of the process's CPU affinity
};

/// Exact keypoints at 30 fps before virtual cameras, disturbed by @p noise and lifted by the default
/// lifter and by the other bundled one. The errors do not depend on constantConfidence. Reports the
/// stage "clips". Errors: those of readMocap() and createLifter(), Cancelled.
Result<std::vector<QueueClip>> makeQueueClips(const QueueClipOptions &options, const MeasuredNoise &noise,
                                              const JobContext &job);

} // namespace poselift
