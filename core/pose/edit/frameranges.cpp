#include "core/pose/edit/frameranges.h"

#include <algorithm>

namespace poselift {

bool FrameRanges::contains(std::int64_t frame) const
{
    return std::ranges::any_of(m_ranges, [frame](const FrameRange &range) { return range.contains(frame); });
}

void FrameRanges::add(FrameRange range)
{
    if (range.count() == 0)
        return;
    if (m_ranges.empty() || m_ranges.back().last + 1 < range.first) { // long sets are made in order
        m_ranges.push_back(range);
        return;
    }
    std::vector<FrameRange> ranges;
    for (const FrameRange &other : m_ranges) {
        if (other.last + 1 < range.first || other.first > range.last + 1)
            ranges.push_back(other);
        else
            range = {std::min(range.first, other.first), std::max(range.last, other.last)};
    }
    const auto place = std::ranges::lower_bound(ranges, range.first, {}, &FrameRange::first);
    ranges.insert(place, range);
    m_ranges = std::move(ranges);
}

void FrameRanges::remove(FrameRange range)
{
    if (range.count() == 0)
        return;
    std::vector<FrameRange> ranges;
    const auto keep = [&ranges](FrameRange part) {
        if (part.count() > 0)
            ranges.push_back(part);
    };
    for (const FrameRange &other : m_ranges) {
        if (other.last < range.first || other.first > range.last) {
            keep(other);
            continue;
        }
        keep({other.first, range.first - 1});
        keep({range.last + 1, other.last});
    }
    m_ranges = std::move(ranges);
}

std::optional<FrameRange> FrameRanges::pieceNear(std::int64_t frame, std::int64_t length) const
{
    if (m_ranges.empty())
        return std::nullopt;
    const auto distance = [frame](const FrameRange &range) {
        return std::max<std::int64_t>({0, range.first - frame, frame - range.last});
    };
    const FrameRange nearest = *std::ranges::min_element(m_ranges, {}, distance);
    const std::int64_t centre = std::clamp(frame, nearest.first, nearest.last);
    const std::int64_t first =
        std::clamp(centre - length / 2, nearest.first, std::max(nearest.first, nearest.last - length + 1));
    return FrameRange{first, std::min(nearest.last, first + length - 1)};
}

} // namespace poselift
