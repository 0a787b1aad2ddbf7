#pragma once

#include "core/pose/edit/framerange.h"
#include "core/pose/project.h"

#include <cstdint>
#include <string>
#include <vector>

namespace poselift {

/// What scores need to know of a project besides the poses.
struct ReviewContext
{
    Skeleton skeleton; ///< of the annotation
    CameraIntrinsics camera;
    /// Layers "lifted/…" that are looked at: the first is projected, the second compared with it.
    std::vector<std::string> lifters;

    static ReviewContext of(const Project &project);
};

/// What a keypoint is to the review.
enum class ReviewMark : std::uint8_t
{
    Missing, ///< nobody saw it
    Seen,    ///< a detector did
    Settled, ///< a person decided: corrected, accepted, locked, absent, or filled between such keypoints
};

/// Some frames of one person as the user sees them (corrections over detections), cut out of the
/// project, so that they can be scored on another thread.
struct ReviewSlice
{
    TrackId track = 0;
    std::int64_t firstFrame = 0;
    int jointCount = 0;             ///< J of the annotation skeleton
    std::vector<float> xy;          ///< [T, J, 2] px
    std::vector<float> confidence;  ///< [T, J]
    std::vector<ReviewMark> marks;  ///< [T, J]
    std::vector<std::uint8_t> done; ///< [T] 1: a person corrected or accepted something in this frame
    std::vector<double> seconds;    ///< [T]
    /// Per lifter of the context: [T, J, 3] m, camera frame, the joints of the same names; NaN where
    /// there is none.
    std::vector<std::vector<float>> lifted;

    int frameCount() const { return static_cast<int>(done.size()); }
    std::int64_t endFrame() const { return firstFrame + frameCount(); }
    std::size_t at(int index, int joint) const
    {
        return static_cast<std::size_t>(index) * static_cast<std::size_t>(jointCount) + static_cast<std::size_t>(joint);
    }
};

/// Frames that @p track has in the annotation or in "detected"; empty for an unknown one.
FrameRange reviewExtent(const Project &project, TrackId track);

/// The frames of @p track in @p frames, cut to its extent. Copies; about 1 µs a frame and joint.
ReviewSlice sliceForReview(const Project &project, const ReviewContext &context, TrackId track, FrameRange frames);

} // namespace poselift
