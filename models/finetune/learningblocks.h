#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace poselift {

/// Frames [begin, end).
using FrameSpan = std::pair<std::int64_t, std::int64_t>;

bool contains(std::span<const FrameSpan> spans, std::int64_t frame);
/// The frames that are in both, growing.
std::vector<FrameSpan> intersected(std::span<const FrameSpan> a, std::span<const FrameSpan> b);

/// Which frames of a project serve what; no frame serves two.
struct LearningBlocks
{
    std::vector<FrameSpan> train;
    std::vector<FrameSpan> validation; ///< decides when training ends and which weights are kept
    std::vector<FrameSpan> report;     ///< before and after are measured here only
    std::int64_t gap = 0;              ///< frames kept free between blocks that serve different things
};

/// Cuts labelled frames into contiguous blocks: one after the other for training, validation and the
/// report, the same again up to four times where there are frames enough. Neighbouring frames look
/// alike, so blocks are never interleaved more finely, and @p gap frames between them (the network's
/// receptive field) are left out; fewer where that would take more than a third of a block's labels.
/// @param labelled      growing; at least kLeastLabelledFrames
/// @param heldOutShare  of the labelled frames goes to the report, half as much to validation
LearningBlocks chooseLearningBlocks(std::span<const std::int64_t> labelled, double heldOutShare, std::int64_t gap);

inline constexpr std::size_t kLeastLabelledFrames = 8;

} // namespace poselift
