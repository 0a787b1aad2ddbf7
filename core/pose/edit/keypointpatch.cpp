#include "core/pose/edit/keypointpatch.h"

#include "core/pose/edit/blockroom.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace poselift {

namespace {

void exchangeBlock(KeypointTrack &track, KeypointBlock &block)
{
    std::size_t from = 0;
    for (std::int64_t frame = block.firstFrame; frame <= block.frames().last; ++frame) {
        for (const int joint : block.joints) {
            const auto at =
                static_cast<std::size_t>((frame - track.firstFrame) * track.jointCount + joint);
            std::swap(track.xy[2 * at], block.xy[2 * from]);
            std::swap(track.xy[2 * at + 1], block.xy[2 * from + 1]);
            std::swap(track.confidence[at], block.confidence[from]);
            std::swap(track.state[at], block.state[from]);
            ++from;
        }
    }
}

/// Value @p at of two blocks of the same keypoints.
bool isSame(const KeypointBlock &a, const KeypointBlock &b, std::size_t at)
{
    return a.xy[2 * at] == b.xy[2 * at] && a.xy[2 * at + 1] == b.xy[2 * at + 1] &&
           a.confidence[at] == b.confidence[at] && a.state[at] == b.state[at];
}

/// Where two blocks of the same keypoints differ.
struct Difference
{
    FrameRange rows;           ///< of the blocks, from 0; empty: nowhere
    std::vector<bool> columns; ///< [J']
};

Difference differenceOf(const KeypointBlock &a, const KeypointBlock &b)
{
    Difference difference{{}, std::vector<bool>(a.joints.size())};
    std::size_t at = 0;
    for (std::int64_t row = 0; row < a.frameCount(); ++row) {
        for (std::size_t column = 0; column < a.joints.size(); ++column, ++at) {
            if (isSame(a, b, at))
                continue;
            difference.columns[column] = true;
            if (difference.rows.count() == 0)
                difference.rows.first = row;
            difference.rows.last = row;
        }
    }
    return difference;
}

/// The smallest block that holds everything in which @p block differs from @p now.
KeypointBlock narrowed(const KeypointBlock &now, KeypointBlock block)
{
    const Difference difference = differenceOf(now, block);
    const auto kept = std::count(difference.columns.begin(), difference.columns.end(), true);
    if (difference.rows.count() == block.frameCount() && kept == std::ssize(block.joints))
        return block;
    KeypointBlock narrow;
    narrow.track = block.track;
    narrow.firstFrame = block.firstFrame + difference.rows.first;
    for (std::size_t column = 0; column < block.joints.size(); ++column) {
        if (difference.columns[column])
            narrow.joints.push_back(block.joints[column]);
    }
    for (std::int64_t row = difference.rows.first; row <= difference.rows.last; ++row) {
        for (std::size_t column = 0; column < block.joints.size(); ++column) {
            if (!difference.columns[column])
                continue;
            const std::size_t at = static_cast<std::size_t>(row) * block.joints.size() + column;
            narrow.xy.insert(narrow.xy.end(), {block.xy[2 * at], block.xy[2 * at + 1]});
            narrow.confidence.push_back(block.confidence[at]);
            narrow.state.push_back(block.state[at]);
        }
    }
    return narrow;
}

} // namespace

Keypoint2D KeypointBlock::keypoint(std::int64_t frame, std::size_t column) const
{
    const auto at = static_cast<std::size_t>(frame - firstFrame) * joints.size() + column;
    return unpackedKeypoint(xy[2 * at], xy[2 * at + 1], confidence[at], state[at]);
}

void KeypointBlock::setKeypoint(std::int64_t frame, std::size_t column, const Keypoint2D &keypoint)
{
    const auto at = static_cast<std::size_t>(frame - firstFrame) * joints.size() + column;
    xy[2 * at] = static_cast<float>(keypoint.x);
    xy[2 * at + 1] = static_cast<float>(keypoint.y);
    confidence[at] = keypoint.confidence;
    state[at] = packedState(keypoint);
}

KeypointBlock readBlock(const std::vector<KeypointTrack> &tracks, TrackId id, FrameRange frames,
                        std::vector<int> joints)
{
    KeypointBlock block;
    block.track = id;
    block.firstFrame = frames.first;
    block.joints = std::move(joints);
    const auto values = static_cast<std::size_t>(frames.count()) * block.joints.size();
    block.xy.resize(2 * values);
    block.confidence.resize(values);
    block.state.resize(values);
    const KeypointTrack *track = findTrack(tracks, id);
    if (track == nullptr)
        return block;
    std::size_t to = 0;
    for (std::int64_t frame = frames.first; frame <= frames.last; ++frame) {
        for (const int joint : block.joints) {
            if (track->covers(frame)) {
                const auto at = static_cast<std::size_t>(
                    (frame - track->firstFrame) * track->jointCount + joint);
                block.xy[2 * to] = track->xy[2 * at];
                block.xy[2 * to + 1] = track->xy[2 * at + 1];
                block.confidence[to] = track->confidence[at];
                block.state[to] = track->state[at];
            }
            ++to;
        }
    }
    return block;
}

void exchange(std::vector<KeypointTrack> &tracks, int jointCount, KeypointPatch &patch)
{
    std::vector<TrackExtent> before = presentExtents(tracks, patch.blocks);
    for (KeypointBlock &block : patch.blocks) {
        makeRoom(tracks, jointCount, block);
        exchangeBlock(*findTrack(tracks, block.track), block);
    }
    // Backwards, so that tracks made last are removed first and the others keep their places.
    for (auto extent = patch.extents.rbegin(); extent != patch.extents.rend(); ++extent)
        applyExtent(tracks, jointCount, *extent);
    patch.extents = std::move(before);
}

KeypointPatch exchanged(const std::vector<KeypointTrack> &tracks, const KeypointPatch &patch)
{
    KeypointPatch other;
    for (const KeypointBlock &block : patch.blocks)
        other.blocks.push_back(readBlock(tracks, block.track, block.frames(), block.joints));
    other.extents = presentExtents(tracks, patch.blocks);
    return other;
}

void dropUnchanged(const std::vector<KeypointTrack> &tracks, KeypointPatch &patch)
{
    for (KeypointBlock &block : patch.blocks) {
        const KeypointBlock now = readBlock(tracks, block.track, block.frames(), block.joints);
        block = narrowed(now, std::move(block));
    }
    std::erase_if(patch.blocks, [](const KeypointBlock &block) { return block.frameCount() == 0; });
}

std::int64_t changedCount(const std::vector<KeypointTrack> &tracks, const KeypointPatch &patch)
{
    std::int64_t count = 0;
    for (const KeypointBlock &block : patch.blocks) {
        const KeypointBlock now = readBlock(tracks, block.track, block.frames(), block.joints);
        for (std::size_t at = 0; at < block.state.size(); ++at)
            count += isSame(now, block, at) ? 0 : 1;
    }
    return count;
}

FrameRange framesOf(const KeypointPatch &patch)
{
    FrameRange frames;
    for (const KeypointBlock &block : patch.blocks) {
        const FrameRange own = block.frames();
        frames = frames.count() == 0
                     ? own
                     : FrameRange{std::min(frames.first, own.first), std::max(frames.last, own.last)};
    }
    return frames;
}

} // namespace poselift
