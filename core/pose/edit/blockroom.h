#pragma once

// For the .cpp files of this folder: what patches of keypoints and of 3D corrections do alike.

#include "core/pose/edit/framerange.h"
#include "core/pose/edit/trackextent.h"

#include <algorithm>
#include <vector>

namespace poselift {

/// Makes the block's track, or grows it, so that it covers the block.
template <typename Track, typename Block>
void makeRoom(std::vector<Track> &tracks, int jointCount, const Block &block)
{
    TrackExtent extent = extentOf(tracks, block.track);
    const FrameRange frames = block.frames();
    if (!extent.exists || extent.frameCount == 0) {
        extent = {block.track, true, frames.first, frames.count()};
    } else {
        const std::int64_t end = std::max(extent.firstFrame + extent.frameCount, frames.last + 1);
        extent.firstFrame = std::min(extent.firstFrame, frames.first);
        extent.frameCount = end - extent.firstFrame;
    }
    applyExtent(tracks, jointCount, extent);
}

/// The extents of the tracks that @p blocks are of, each once.
template <typename Track, typename Block>
std::vector<TrackExtent> presentExtents(const std::vector<Track> &tracks, const std::vector<Block> &blocks)
{
    std::vector<TrackExtent> extents;
    for (const Block &block : blocks) {
        const bool known = std::any_of(extents.begin(), extents.end(),
                                       [&block](const TrackExtent &extent) { return extent.track == block.track; });
        if (!known)
            extents.push_back(extentOf(tracks, block.track));
    }
    return extents;
}

} // namespace poselift
