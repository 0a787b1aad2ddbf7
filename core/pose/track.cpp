#include "core/pose/track.h"

#include <algorithm>
#include <cassert>

namespace poselift {

namespace {

bool isKnown(std::uint8_t state)
{
    const auto value = static_cast<KeypointState>(state & kStateMask);
    return value == KeypointState::Visible || value == KeypointState::Occluded;
}

/// Makes room in front (@p front frames) and behind, so that @p values holds @p frames frames of
/// @p perFrame values. Appending is amortised by std::vector's growth.
template <typename T>
void resizeFrames(std::vector<T> &values, std::int64_t front, std::int64_t frames, std::int64_t perFrame)
{
    if (front > 0)
        values.insert(values.begin(), static_cast<std::size_t>(front * perFrame), T{});
    values.resize(static_cast<std::size_t>(frames * perFrame));
}

struct Growth
{
    std::int64_t front = 0;  ///< frames to add before the first
    std::int64_t frames = 0; ///< frames in all afterwards
};

Growth growthFor(std::int64_t frame, std::int64_t &firstFrame, std::int64_t frameCount)
{
    if (frameCount == 0) {
        firstFrame = frame;
        return {0, 1};
    }
    Growth growth;
    growth.front = std::max<std::int64_t>(0, firstFrame - frame);
    growth.frames = std::max(frameCount + growth.front, frame - firstFrame + growth.front + 1);
    firstFrame -= growth.front;
    return growth;
}

} // namespace

std::uint8_t packedState(const Keypoint2D &keypoint)
{
    return static_cast<std::uint8_t>(static_cast<unsigned>(keypoint.state) + (keypoint.locked ? kLockedBit : 0U)
                                     + 16U * static_cast<unsigned>(keypoint.origin));
}

Keypoint2D unpackedKeypoint(float x, float y, float confidence, std::uint8_t state)
{
    Keypoint2D keypoint;
    keypoint.x = x;
    keypoint.y = y;
    keypoint.confidence = confidence;
    keypoint.state = static_cast<KeypointState>(state & kStateMask);
    keypoint.locked = (state & kLockedBit) != 0;
    keypoint.origin = static_cast<KeypointOrigin>(state >> 4U);
    return keypoint;
}

Keypoint2D KeypointTrack::keypoint(std::int64_t frame, int joint) const
{
    if (!covers(frame) || joint < 0 || joint >= jointCount)
        return {};
    const auto at = static_cast<std::size_t>((frame - firstFrame) * jointCount + joint);
    return unpackedKeypoint(xy[2 * at], xy[2 * at + 1], confidence[at], state[at]);
}

Pose2D KeypointTrack::pose(std::int64_t frame) const
{
    Pose2D result(static_cast<std::size_t>(jointCount));
    if (!covers(frame))
        return result;
    for (int joint = 0; joint < jointCount; ++joint)
        result[static_cast<std::size_t>(joint)] = keypoint(frame, joint);
    return result;
}

void KeypointTrack::setKeypoint(std::int64_t frame, int joint, const Keypoint2D &keypoint)
{
    assert(joint >= 0 && joint < jointCount);
    if (!covers(frame)) {
        const Growth growth = growthFor(frame, firstFrame, frameCount());
        resizeFrames(xy, growth.front, growth.frames, 2 * jointCount);
        resizeFrames(confidence, growth.front, growth.frames, jointCount);
        resizeFrames(state, growth.front, growth.frames, jointCount);
    }
    const auto at = static_cast<std::size_t>((frame - firstFrame) * jointCount + joint);
    xy[2 * at] = static_cast<float>(keypoint.x);
    xy[2 * at + 1] = static_cast<float>(keypoint.y);
    confidence[at] = keypoint.confidence;
    state[at] = packedState(keypoint);
}

void KeypointTrack::setPose(std::int64_t frame, const Pose2D &pose)
{
    assert(static_cast<int>(pose.size()) == jointCount);
    for (int joint = 0; joint < jointCount; ++joint)
        setKeypoint(frame, joint, pose[static_cast<std::size_t>(joint)]);
}

bool KeypointTrack::isPresent(std::int64_t frame) const
{
    if (!covers(frame))
        return false;
    const auto first = state.begin() + (frame - firstFrame) * jointCount;
    return std::any_of(first, first + jointCount, isKnown);
}

float KeypointTrack::meanConfidence(std::int64_t frame) const
{
    if (!covers(frame))
        return 0.0F;
    const auto first = static_cast<std::size_t>((frame - firstFrame) * jointCount);
    float sum = 0.0F;
    int known = 0;
    for (std::size_t at = first; at < first + static_cast<std::size_t>(jointCount); ++at) {
        if (!isKnown(state[at]))
            continue;
        sum += confidence[at];
        ++known;
    }
    return known > 0 ? sum / static_cast<float>(known) : 0.0F;
}

Pose3D JointTrack::pose(std::int64_t frame) const
{
    Pose3D result(static_cast<std::size_t>(jointCount));
    if (!covers(frame))
        return result;
    auto at = static_cast<std::size_t>((frame - firstFrame) * jointCount);
    for (Joint3D &joint : result) {
        joint = {xyz[3 * at], xyz[3 * at + 1], xyz[3 * at + 2], valid[at] != 0};
        ++at;
    }
    return result;
}

void JointTrack::setPose(std::int64_t frame, const Pose3D &pose)
{
    assert(static_cast<int>(pose.size()) == jointCount);
    if (!covers(frame)) {
        const Growth growth = growthFor(frame, firstFrame, frameCount());
        resizeFrames(xyz, growth.front, growth.frames, 3 * jointCount);
        resizeFrames(valid, growth.front, growth.frames, jointCount);
    }
    auto at = static_cast<std::size_t>((frame - firstFrame) * jointCount);
    for (const Joint3D &joint : pose) {
        xyz[3 * at] = static_cast<float>(joint.x);
        xyz[3 * at + 1] = static_cast<float>(joint.y);
        xyz[3 * at + 2] = static_cast<float>(joint.z);
        valid[at] = joint.valid ? 1 : 0;
        ++at;
    }
}

} // namespace poselift
