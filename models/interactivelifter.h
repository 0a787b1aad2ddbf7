#pragma once

#include "core/base/result.h"
#include "core/geometry/camera.h"
#include "core/pose/edit/framerange.h"
#include "core/pose/skeleton.h"
#include "core/pose/track.h"
#include "models/lifter.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace poselift {

/// The 2D of a video, to be held by an InteractiveLifter.
struct InteractiveClip
{
    Skeleton skeleton;           ///< of the tracks
    std::vector<double> seconds; ///< pts of every frame of the video (index = frame)
    CameraIntrinsics camera;
    std::vector<KeypointTrack> tracks; ///< px of the video
};

/// 3D while the 2D is being edited: holds the keypoints of a clip, hears of edits and computes only
/// those frames again whose 3D they change. Its results are those that a Lifter has for the edited
/// tracks, to rounding errors. Not thread-safe; one instance per thread.
///
/// Every edit marks the frames that it may affect (the network's receptive field, the running scale,
/// the smoothing of the depth …); liftNext() works them off piece by piece, nearest first.
class InteractiveLifter
{
public:
    virtual ~InteractiveLifter() = default;
    virtual const std::string &name() const = 0;
    /// Joints of the results.
    virtual const Skeleton &skeleton() const = 0;

    /// Holds @p clip instead of what was held before; nothing is affected at first. Errors:
    /// BadArgument (camera), MissingJoints.
    virtual Result<void> setClip(InteractiveClip clip) = 0;
    /// One keypoint as it is now, in the order of the clip's skeleton. Tracks are made and grow as
    /// needed. Error: BadArgument (joint or frame outside of the clip).
    virtual Result<void> setKeypoint(TrackId track, std::int64_t frame, int joint, const Keypoint2D &keypoint) = 0;
    /// Keypoints of @p frames have changed since their 3D was computed, by edits that this object did
    /// not see. Nothing for a track that is not held.
    virtual void invalidate(TrackId track, FrameRange frames) = 0;

    /// A first answer for one frame in a fraction of the time: the network's output for this frame
    /// alone; the smoothing of its depth uses what is known of its neighbours. The frame counts as
    /// affected until liftNext() has computed it. Nothing when the frame's 3D does not change.
    virtual Result<std::optional<JointTrack>> liftFrame(TrackId track, std::int64_t frame) = 0;
    /// The next piece of what is affected, the one nearest to @p frame: exact, at most a few hundred
    /// frames of one track. Frames in which nobody is seen are in it with invalid joints. Nothing when
    /// all is done. Error: Cancelled when stopped, some milliseconds later; the piece stays affected.
    virtual Result<std::optional<JointTrack>> liftNext(std::int64_t frame, std::stop_token stop) = 0;
};

/// @p options as for createLifter(), with the same errors.
[[nodiscard]] Result<std::unique_ptr<InteractiveLifter>> createInteractiveLifter(const LifterOptions &options);

} // namespace poselift
