#pragma once

#include "core/base/result.h"
#include "core/media/videoframe.h"
#include "core/pose/keypoint.h"
#include "core/pose/skeleton.h"
#include "models/detect/crop.h"

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

namespace poselift {

struct PersonKeypointOptions
{
    bool flipAveraging = false; ///< average with the mirrored crop: twice the time
    int threads = 0;            ///< of LibTorch; 0: all cores of the process's CPU affinity
};

/// The project's own keypoint network: keypoints of people whose boxes are known. Not thread-safe;
/// one instance per thread.
class PersonKeypoints
{
public:
    /// @param weights weights.h5 as `train detector` writes it. Errors: FileNotFound, IsDirectory,
    ///        CannotRead, WrongFormat, FileTruncated, MissingDataset, WrongShape, NotFinite,
    ///        UnknownJointOrder.
    static Result<std::unique_ptr<PersonKeypoints>> load(const std::filesystem::path &weights,
                                                         const PersonKeypointOptions &options = {});
    ~PersonKeypoints();
    PersonKeypoints(const PersonKeypoints &) = delete;
    PersonKeypoints &operator=(const PersonKeypoints &) = delete;

    const Skeleton &skeleton() const;
    /// The square to look at for a person in @p person, px of the picture.
    Crop cropAround(const Box &person) const;
    /// One pose a crop, in the order of skeleton(), px of @p picture. Confidences are calibrated: of
    /// the joints with confidence c a share of c is right (PCK@0.2 of the torso on the validation
    /// pictures). Joints are Visible; where a place is out of the crop the confidence says so.
    /// Errors: BadArgument for an empty picture or crop, Internal when LibTorch fails.
    Result<std::vector<Pose2D>> estimate(const ImageView &picture, std::span<const Crop> crops);

private:
    struct Private;
    explicit PersonKeypoints(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace poselift
