#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/media/videoframe.h"
#include "core/pose/keypoint.h"
#include "core/pose/skeleton.h"

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace poselift {

/// One person found in one picture.
struct PersonDetection
{
    Box box;              ///< px of the picture
    float score = 0.0F;   ///< of the person, [0, 1]
    Pose2D pose;          ///< in the order of the detector's skeleton; empty for a box-only detector
};

/// Finds the people of one picture and their keypoints. Not thread-safe; one instance per thread.
class Detector2D
{
public:
    virtual ~Detector2D() = default;
    virtual const std::string &name() const = 0;
    virtual const Skeleton &skeleton() const = 0;
    /// @param hints boxes where people are expected (from the tracks of the frame before); a
    ///        top-down detector looks there too, even when its box finder sees nobody.
    virtual Result<std::vector<PersonDetection>> detect(const ImageView &picture,
                                                        std::span<const Box> hints) = 0;
};

struct DetectorOptions
{
    std::string model;       ///< name of an installed keypoint model; empty: the preferred installed one
    std::string boxModel;    ///< name of an installed person-box model for top-down use; empty: preferred
    int threads = 0;         ///< 0: all cores of the process's CPU affinity
};
[[nodiscard]] Result<std::unique_ptr<Detector2D>> createDetector(const DetectorOptions &options);

} // namespace poselift
