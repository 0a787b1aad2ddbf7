#pragma once

#include "core/pose/edit/framerange.h"

#include <optional>
#include <vector>

namespace poselift {

/// A set of frames, kept as ranges that neither touch nor overlap, in growing order.
class FrameRanges
{
public:
    bool isEmpty() const { return m_ranges.empty(); }
    const std::vector<FrameRange> &ranges() const { return m_ranges; }
    bool contains(std::int64_t frame) const;
    void add(FrameRange range);
    void remove(FrameRange range);
    void clear() { m_ranges.clear(); }
    /// At most @p length frames of the set in one piece: those around the frame of the set that is
    /// nearest to @p frame. Nothing when the set is empty.
    std::optional<FrameRange> pieceNear(std::int64_t frame, std::int64_t length) const;

    friend bool operator==(const FrameRanges &, const FrameRanges &) = default;

private:
    std::vector<FrameRange> m_ranges;
};

} // namespace poselift
