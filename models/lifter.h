#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/geometry/camera.h"
#include "core/pose/skeleton.h"
#include "core/pose/track.h"

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace poselift {

/// Lifts 2D keypoint tracks to 3D joint tracks. Not thread-safe; one instance per thread.
class Lifter
{
public:
    virtual ~Lifter() = default;
    virtual const std::string &name() const = 0;
    /// Joints of the result.
    virtual const Skeleton &skeleton() const = 0;
    /// Frame rate that the network was trained at; tracks are resampled to it and results back.
    virtual double framesPerSecond() const = 0;
    /// @param track      keypoints in the order of @p from, pixels of the video
    /// @param seconds    pts of every frame of the video (index = frame)
    /// @param camera     intrinsics (assumed ones are fine); places the result in the camera
    /// @return joints for the frames of @p track, metres, camera frame (x right, y down, z forward);
    ///         Error{Cancelled} when stopped.
    virtual Result<JointTrack> lift(const KeypointTrack &track, const Skeleton &from,
                                    std::span<const double> seconds, const CameraIntrinsics &camera,
                                    const JobContext &job) = 0;
};

struct LifterOptions
{
    std::string model;            ///< name of an installed model; empty: the bundled default
    bool flipAveraging = true;    ///< average with the mirrored input's result
    int threads = 0;              ///< 0: all cores of the process's CPU affinity
    std::filesystem::path folder{}; ///< of a model that is not installed, instead of its name
};
[[nodiscard]] Result<std::unique_ptr<Lifter>> createLifter(const LifterOptions &options);

} // namespace poselift
