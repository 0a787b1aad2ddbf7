#pragma once

#include <cstdint>

namespace poselift {

/// Frames first … last, both included; empty when last < first.
struct FrameRange
{
    std::int64_t first = 0;
    std::int64_t last = -1;

    std::int64_t count() const { return last < first ? 0 : last - first + 1; }
    bool contains(std::int64_t frame) const { return frame >= first && frame <= last; }
    friend bool operator==(const FrameRange &, const FrameRange &) = default;
};

} // namespace poselift
