#pragma once

// For the .cpp files of this folder: the arrays of the two kinds of tracks, told apart no more.

#include "core/pose/track.h"

#include <algorithm>
#include <utility>

namespace poselift {

/// Calls @p visit(array of a, the same array of b, values per joint) for every array of a track.
template <typename Visit>
void forEachArray(const KeypointTrack &a, KeypointTrack &b, const Visit &visit)
{
    visit(a.xy, b.xy, 2);
    visit(a.confidence, b.confidence, 1);
    visit(a.state, b.state, 1);
}

template <typename Visit>
void forEachArray(const JointTrack &a, JointTrack &b, const Visit &visit)
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

/// Makes @p track cover the frames [begin, end): what was there stays, the rest is empty.
template <typename Track>
void setCoverage(Track &track, std::int64_t begin, std::int64_t end)
{
    Track covering;
    covering.id = track.id;
    covering.jointCount = track.jointCount;
    covering.firstFrame = begin;
    if constexpr (requires { covering.label; })
        covering.label = track.label;
    forEachArray(track, covering, [&](const auto &, auto &target, std::int64_t perJoint) {
        target.resize(static_cast<std::size_t>((end - begin) * perJoint * track.jointCount));
    });
    copyFrames(track, std::max(begin, track.firstFrame), std::min(end, track.endFrame()), covering);
    track = std::move(covering);
}

} // namespace poselift
