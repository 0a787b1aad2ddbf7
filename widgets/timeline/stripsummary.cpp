#include "widgets/timeline/stripsummary.h"

#include <algorithm>

namespace poselift {

namespace {

constexpr std::int64_t kBlock = 64; ///< frames

} // namespace

StripSummary::StripSummary(const TrackStrip &strip)
{
    const auto frames = static_cast<std::int64_t>(strip.confidence.size());
    m_blocks.resize(static_cast<std::size_t>((frames + kBlock - 1) / kBlock));
    for (std::int64_t first = 0; first < frames; first += kBlock)
        add(strip, first, std::min(frames, first + kBlock), &m_blocks[static_cast<std::size_t>(first / kBlock)]);
}

void StripSummary::add(const TrackStrip &strip, std::int64_t begin, std::int64_t end, Sum *sum)
{
    for (std::int64_t at = begin; at < end; ++at) {
        const float value = strip.confidence[static_cast<std::size_t>(at)];
        if (value < 0)
            continue;
        sum->confidence += value;
        ++sum->seen;
    }
}

float StripSummary::mean(const TrackStrip &strip, std::int64_t begin, std::int64_t end) const
{
    const auto frames = static_cast<std::int64_t>(strip.confidence.size());
    const std::int64_t first = std::clamp<std::int64_t>(begin - strip.firstFrame, 0, frames);
    const std::int64_t last = std::clamp<std::int64_t>(end - strip.firstFrame, first, frames);
    const std::int64_t firstBlock = (first + kBlock - 1) / kBlock;
    const std::int64_t lastBlock = last / kBlock;
    Sum sum;
    if (firstBlock >= lastBlock) {
        add(strip, first, last, &sum);
    } else {
        add(strip, first, firstBlock * kBlock, &sum);
        for (std::int64_t block = firstBlock; block < lastBlock; ++block) {
            sum.confidence += m_blocks[static_cast<std::size_t>(block)].confidence;
            sum.seen += m_blocks[static_cast<std::size_t>(block)].seen;
        }
        add(strip, lastBlock * kBlock, last, &sum);
    }
    return sum.seen > 0 ? sum.confidence / static_cast<float>(sum.seen) : TrackStrip::kAbsent;
}

} // namespace poselift
