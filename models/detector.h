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
    Box box;            ///< px of the picture
    float score = 0.0F; ///< of the person, [0, 1]
    Pose2D pose;        ///< in the order of the detector's skeleton; empty for a box-only detector
};

/// Finds the people of one picture and their keypoints. One instance is used by one caller at a
/// time, with one exception: findPeople() of a later picture may run beside estimatePoses().
class Detector2D
{
public:
    virtual ~Detector2D() = default;
    virtual const std::string &name() const = 0;
    virtual const Skeleton &skeleton() const = 0;
    /// The part of a detection that needs nothing from the frames before: boxes (px of the picture)
    /// to look at more closely, by falling score. Detectors that see everything in one step find
    /// nothing here.
    virtual Result<std::vector<Box>> findPeople(const ImageView &) { return std::vector<Box>(); }
    /// @param found findPeople() of the same picture.
    /// @param hints boxes where people are expected (from the tracks of the frame before); a
    ///        top-down detector looks there too, even when its box finder sees nobody.
    virtual Result<std::vector<PersonDetection>> estimatePoses(const ImageView &picture, std::span<const Box> found,
                                                               std::span<const Box> hints) = 0;
    /// Both parts, one after the other.
    Result<std::vector<PersonDetection>> detect(const ImageView &picture, std::span<const Box> hints)
    {
        const Result<std::vector<Box>> found = findPeople(picture);
        return found ? estimatePoses(picture, *found, hints) : Result<std::vector<PersonDetection>>(found.error());
    }
};

struct DetectorOptions
{
    std::string model;    ///< name of an installed keypoint model; empty: the preferred installed one
    std::string boxModel; ///< name of an installed person-box model for top-down use; empty: preferred
    int threads = 0;      ///< 0: all cores of the process's CPU affinity
};
[[nodiscard]] Result<std::unique_ptr<Detector2D>> createDetector(const DetectorOptions &options);

} // namespace poselift
