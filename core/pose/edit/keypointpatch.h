#pragma once

#include "core/pose/edit/framerange.h"
#include "core/pose/edit/trackextent.h"

#include <vector>

namespace poselift {

/// Keypoints of some joints of one track over consecutive frames; J' = joints.size().
struct KeypointBlock
{
    TrackId track = 0;
    std::int64_t firstFrame = 0;
    std::vector<int> joints;         ///< indices in the track's skeleton, each once
    std::vector<float> xy;           ///< [T, J', 2] px
    std::vector<float> confidence;   ///< [T, J']
    std::vector<std::uint8_t> state; ///< [T, J'] packed as in KeypointTrack

    std::int64_t frameCount() const
    {
        return joints.empty() ? 0 : static_cast<std::int64_t>(state.size() / joints.size());
    }
    FrameRange frames() const { return {firstFrame, firstFrame + frameCount() - 1}; }
    Keypoint2D keypoint(std::int64_t frame, std::size_t column) const;
    void setKeypoint(std::int64_t frame, std::size_t column, const Keypoint2D &keypoint);
    friend bool operator==(const KeypointBlock &, const KeypointBlock &) = default;
};

/// The other side of an edit of keypoints: values to exchange with those of the annotation tracks.
/// No keypoint stands in it twice.
struct KeypointPatch
{
    std::vector<KeypointBlock> blocks;
    /// What the tracks cover afterwards; empty in a new patch: tracks are made and grow as needed.
    std::vector<TrackExtent> extents;

    bool isEmpty() const { return blocks.empty(); }
    friend bool operator==(const KeypointPatch &, const KeypointPatch &) = default;
};

/// The present values of @p joints of track @p id; missing keypoints where the track is not.
KeypointBlock readBlock(const std::vector<KeypointTrack> &tracks, TrackId id, FrameRange frames,
                        std::vector<int> joints);

/// Exchanges the values of @p patch with those of @p tracks, of @p jointCount joints each. Doing it
/// twice changes nothing, exactly: tracks that were made or grew for the patch go back as well.
void exchange(std::vector<KeypointTrack> &tracks, int jointCount, KeypointPatch &patch);
/// What exchange() would leave in @p patch.
KeypointPatch exchanged(const std::vector<KeypointTrack> &tracks, const KeypointPatch &patch);

/// Drops the blocks that would change nothing, and from the others the joints and the frames at both
/// ends that would stay as they are.
void dropUnchanged(const std::vector<KeypointTrack> &tracks, KeypointPatch &patch);
/// How many keypoints @p patch would change; after exchange(): has changed.
std::int64_t changedCount(const std::vector<KeypointTrack> &tracks, const KeypointPatch &patch);
/// From the first to the last frame of all blocks; empty for an empty patch.
FrameRange framesOf(const KeypointPatch &patch);

} // namespace poselift
