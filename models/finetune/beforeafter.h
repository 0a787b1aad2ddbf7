#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace poselift {

/// Errors of held-out frames before and after, by metric. NaN where a joint is not known in a frame.
struct ErrorTable
{
    std::string metric;         ///< "mpjpe_mm", "p_mpjpe_mm" or "pixels"
    std::vector<double> before; ///< [F, J]
    std::vector<double> after;  ///< [F, J]
};

/// Frames [begin, end) of a table that are resampled together.
struct ErrorBlock
{
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// Cuts F frames (of one person after the other, in time order) into blocks of about a second: where
/// the person changes, where frames are missing, and after @p longest frames; into shorter ones where
/// that would give fewer than five.
std::vector<ErrorBlock> bootstrapBlocks(const std::vector<std::pair<int, std::int64_t>> &personAndFrame,
                                        std::int64_t longest);

/// "overall" and "joints" of report.json (models/train/RUNS.md): means, their difference and its 95 %
/// interval from 2,000 resamplings of whole blocks (percentile bootstrap, Efron 1979; blocks: Künsch
/// 1989); null of fewer than three blocks. Joints that are known nowhere are left out.
nlohmann::json compareErrors(const std::vector<ErrorTable> &tables, const std::vector<std::string> &joints,
                             const std::vector<ErrorBlock> &blocks, std::uint64_t seed);

} // namespace poselift
