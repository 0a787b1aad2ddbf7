#pragma once

#include "widgets/timeline/trackstrip.h"

namespace poselift {

/// Sums over blocks of frames of a strip, so that the mean of many frames need not look at each: the
/// timeline of a million frames asks for that of all of them with every painting.
class StripSummary
{
public:
    explicit StripSummary(const TrackStrip &strip);

    /// strip.mean(begin, end) but for rounding. @param strip  the same that this was made of
    float mean(const TrackStrip &strip, std::int64_t begin, std::int64_t end) const;

private:
    struct Sum
    {
        float confidence = 0.0F;
        int seen = 0; ///< frames
    };
    /// Adds the values begin … end − 1 (indices of strip.confidence) to @p sum.
    static void add(const TrackStrip &strip, std::int64_t begin, std::int64_t end, Sum *sum);

    std::vector<Sum> m_blocks;
};

} // namespace poselift
