#include "models/finder/finderdecode.h"

#include "core/pose/posebox.h"
#include "models/finder/findertargets.h"

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

// exp of more would be a box of 20,000 px: a network that has gone wrong.
constexpr float kLargestLogSize = 8.0F;

bool isPeak(std::span<const float> centre, int rows, int columns, int row, int column)
{
    const float value = centre[static_cast<std::size_t>(row) * columns + column];
    for (int r = std::max(0, row - 1); r <= std::min(rows - 1, row + 1); ++r) {
        for (int c = std::max(0, column - 1); c <= std::min(columns - 1, column + 1); ++c) {
            const float other = centre[static_cast<std::size_t>(r) * columns + c];
            const bool isBefore =
                r < row || (r == row && c < column); // of two equal cells the first is the peak
            if (other > value || (other == value && isBefore))
                return false;
        }
    }
    return true;
}

Box boxAt(std::span<const float> shape, std::size_t plane, std::size_t cell, int row, int column)
{
    const double x = (column + 0.5 + shape[cell]) * kFinderStride;
    const double y = (row + 0.5 + shape[plane + cell]) * kFinderStride;
    const double width =
        std::exp(std::min(shape[2 * plane + cell], kLargestLogSize)) * kFinderStride;
    const double height =
        std::exp(std::min(shape[3 * plane + cell], kLargestLogSize)) * kFinderStride;
    return {x - width / 2, y - height / 2, width, height};
}

} // namespace

std::vector<FoundBox> decodeFinder(std::span<const float> centre, std::span<const float> shape,
                                   int rows, int columns, double threshold, double maximumIou)
{
    const std::size_t plane = static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
    std::vector<FoundBox> candidates;
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            const std::size_t cell = static_cast<std::size_t>(row) * columns + column;
            const float score = 1.0F / (1.0F + std::exp(-centre[cell]));
            if (score >= threshold && isPeak(centre, rows, columns, row, column))
                candidates.push_back({boxAt(shape, plane, cell, row, column), score});
        }
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const FoundBox &a, const FoundBox &b) { return a.score > b.score; });
    std::vector<FoundBox> kept;
    for (const FoundBox &candidate : candidates) {
        const bool covered = std::any_of(kept.begin(), kept.end(), [&](const FoundBox &better) {
            return boxIou(candidate.box, better.box) > maximumIou;
        });
        if (!covered)
            kept.push_back(candidate);
    }
    return kept;
}

} // namespace poselift
