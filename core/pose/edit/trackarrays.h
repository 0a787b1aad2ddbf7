#pragma once

// For the .cpp files of this folder: the arrays of the two kinds of tracks, told apart no more.

#include "core/pose/track.h"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace poselift {

/// Calls @p visit(array of a, the same array of b, values per joint) for every array of a track.
template <typename A, typename Visit>
    requires std::is_same_v<std::remove_const_t<A>, KeypointTrack>
void forEachArray(A &a, KeypointTrack &b, const Visit &visit)
{
    visit(a.xy, b.xy, 2);
    visit(a.confidence, b.confidence, 1);
    visit(a.state, b.state, 1);
}

template <typename A, typename Visit>
    requires std::is_same_v<std::remove_const_t<A>, JointTrack>
void forEachArray(A &a, JointTrack &b, const Visit &visit)
{
    visit(a.xyz, b.xyz, 3);
    visit(a.valid, b.valid, 1);
}

/// Copies the frames [begin, end), which both tracks cover.
template <typename Track>
void copyFrames(const Track &from, std::int64_t begin, std::int64_t end, Track &to)
{
    if (end <= begin)
        return;
    forEachArray(from, to, [&](const auto &source, auto &target, std::int64_t perJoint) {
        const std::int64_t perFrame = perJoint * from.jointCount;
        std::copy(source.begin() + (begin - from.firstFrame) * perFrame,
                  source.begin() + (end - from.firstFrame) * perFrame,
                  target.begin() + (begin - to.firstFrame) * perFrame);
    });
}

/// Makes @p track cover the frames [begin, end): what was there stays, the rest is empty. In place, so
/// that a track of a million frames can grow by one.
template <typename Track>
void setCoverage(Track &track, std::int64_t begin, std::int64_t end)
{
    const std::int64_t keptBegin = std::clamp(begin, track.firstFrame, track.endFrame());
    const std::int64_t keptEnd = std::clamp(end, keptBegin, track.endFrame());
    const std::int64_t missing = keptEnd > keptBegin ? keptBegin - begin : 0;
    forEachArray(track, track, [&](const auto &, auto &array, std::int64_t perJoint) {
        using Array = std::decay_t<decltype(array)>;
        const auto values = [perFrame = perJoint * track.jointCount](std::int64_t frames) {
            return static_cast<std::size_t>(frames * perFrame);
        };
        array.resize(values(keptEnd - track.firstFrame));
        array.erase(array.begin(), array.begin() + static_cast<std::ptrdiff_t>(values(keptBegin - track.firstFrame)));
        array.insert(array.begin(), values(missing), typename Array::value_type{});
        array.resize(values(end - begin));
    });
    track.firstFrame = begin;
}

/// Swaps the frames [begin, end), which both tracks cover.
template <typename Track>
void swapFrames(Track &a, Track &b, std::int64_t begin, std::int64_t end)
{
    forEachArray(a, b, [&](auto &ofA, auto &ofB, std::int64_t perJoint) {
        const std::int64_t perFrame = perJoint * a.jointCount;
        std::swap_ranges(ofA.begin() + (begin - a.firstFrame) * perFrame,
                         ofA.begin() + (end - a.firstFrame) * perFrame,
                         ofB.begin() + (begin - b.firstFrame) * perFrame);
    });
}

/// Gives back the room of frames that a track no longer has, when it is much.
template <typename Track>
void dropSlack(Track &track)
{
    forEachArray(track, track, [](auto &, auto &array, std::int64_t) {
        if (array.capacity() > array.size() + array.size() / 2)
            array.shrink_to_fit();
    });
}

} // namespace poselift
