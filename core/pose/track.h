#pragma once

#include "core/pose/keypoint.h"

#include <cstdint>
#include <string>
#include <vector>

namespace poselift {

using TrackId = int; ///< 1, 2, …: unique in a project, never reused

// How a keypoint's state is packed into one byte: KeypointState + 8 when locked + 16 * KeypointOrigin.
inline constexpr unsigned kStateMask = 7U;
inline constexpr unsigned kLockedBit = 8U;
std::uint8_t packedState(const Keypoint2D &keypoint);
/// The keypoint of stored values; @p state as packedState() made it.
Keypoint2D unpackedKeypoint(float x, float y, float confidence, std::uint8_t state);

/// One person's keypoints over the frames firstFrame … firstFrame + frameCount − 1, stored as
/// contiguous arrays [T, J, …]. Frames in which the person is not seen hold Missing keypoints.
struct KeypointTrack
{
    TrackId id = 0;
    std::string label;          ///< given by the user; may be empty
    int jointCount = 0;         ///< J
    std::int64_t firstFrame = 0;
    std::vector<float> xy;               ///< [T, J, 2] px
    std::vector<float> confidence;       ///< [T, J] in [0, 1]
    std::vector<std::uint8_t> state;     ///< [T, J]: KeypointState + 8 if locked + 16 * KeypointOrigin

    std::int64_t frameCount() const
    {
        return jointCount > 0 ? static_cast<std::int64_t>(state.size()) / jointCount : 0;
    }
    std::int64_t endFrame() const { return firstFrame + frameCount(); } ///< one past the last
    bool covers(std::int64_t frame) const { return frame >= firstFrame && frame < endFrame(); }

    /// Keypoint of @p joint in @p frame (index of the video); Missing outside the track.
    Keypoint2D keypoint(std::int64_t frame, int joint) const;
    /// All joints of @p frame; all Missing outside the track.
    Pose2D pose(std::int64_t frame) const;
    /// Writes one keypoint; grows the track with Missing frames when @p frame lies outside.
    void setKeypoint(std::int64_t frame, int joint, const Keypoint2D &keypoint);
    void setPose(std::int64_t frame, const Pose2D &pose);
    /// True when at least one joint is known in @p frame.
    bool isPresent(std::int64_t frame) const;
    /// Mean confidence of the known joints in @p frame, 0 when none is.
    float meanConfidence(std::int64_t frame) const;

    friend bool operator==(const KeypointTrack &, const KeypointTrack &) = default;
};

/// One person's 3D joints over frames, metres, camera frame (x right, y down, z forward).
struct JointTrack
{
    TrackId id = 0;             ///< the keypoint track that it was lifted from
    int jointCount = 0;         ///< J
    std::int64_t firstFrame = 0;
    std::vector<float> xyz;           ///< [T, J, 3] m
    std::vector<std::uint8_t> valid;  ///< [T, J] 0 or 1

    std::int64_t frameCount() const
    {
        return jointCount > 0 ? static_cast<std::int64_t>(valid.size()) / jointCount : 0;
    }
    std::int64_t endFrame() const { return firstFrame + frameCount(); }
    bool covers(std::int64_t frame) const { return frame >= firstFrame && frame < endFrame(); }
    /// All joints of @p frame; all invalid outside the track.
    Pose3D pose(std::int64_t frame) const;
    void setPose(std::int64_t frame, const Pose3D &pose);

    friend bool operator==(const JointTrack &, const JointTrack &) = default;
};

} // namespace poselift
