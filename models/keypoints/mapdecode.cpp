#include "models/keypoints/mapdecode.h"

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

/// Softmax of one map.
std::vector<double> probabilities(std::span<const float> logits)
{
    const float highest = *std::ranges::max_element(logits);
    std::vector<double> values(logits.size());
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = std::exp(static_cast<double>(logits[i] - highest));
        sum += values[i];
    }
    for (double &value : values)
        value /= sum;
    return values;
}

/// Length of cell @p cell that lies within the window around @p centre.
double covered(int cell, double centre)
{
    return std::clamp(std::min(cell + 1.0, centre + kWindowRadius) - std::max<double>(cell, centre - kWindowRadius),
                      0.0, 1.0);
}

struct WindowMoments
{
    double mass = 0;
    double x = 0; ///< cells
    double y = 0;
};

WindowMoments momentsAround(const std::vector<double> &map, int rows, int columns, double x, double y)
{
    const auto first = [](double centre) { return std::max(0, static_cast<int>(std::floor(centre - kWindowRadius))); };
    const auto end = [](double centre, int count) {
        return std::min(count, static_cast<int>(std::ceil(centre + kWindowRadius)));
    };
    WindowMoments sum;
    for (int row = first(y); row < end(y, rows); ++row) {
        for (int column = first(x); column < end(x, columns); ++column) {
            const double weight = map[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns)
                                      + static_cast<std::size_t>(column)]
                                  * covered(row, y) * covered(column, x);
            sum.mass += weight;
            sum.x += weight * (column + 0.5);
            sum.y += weight * (row + 0.5);
        }
    }
    sum.x /= sum.mass;
    sum.y /= sum.mass;
    return sum;
}

MapPeak peakOf(std::span<const float> logits, int rows, int columns, int stride)
{
    constexpr int kMaximumMoves = 20;
    constexpr double kStill = 1e-3; // cells
    const std::vector<double> map = probabilities(logits);
    const auto highest = std::ranges::max_element(map) - map.begin();
    double x = static_cast<double>(highest % columns) + 0.5;
    double y = static_cast<double>(highest / columns) + 0.5;
    WindowMoments moments = momentsAround(map, rows, columns, x, y);
    for (int i = 0; i < kMaximumMoves && std::hypot(moments.x - x, moments.y - y) > kStill; ++i) {
        x = moments.x;
        y = moments.y;
        moments = momentsAround(map, rows, columns, x, y);
    }
    return {moments.x * stride, moments.y * stride, static_cast<float>(std::min(1.0, moments.mass))};
}

} // namespace

std::vector<MapPeak> decodeMaps(std::span<const float> logits, int joints, int rows, int columns, int stride)
{
    const std::size_t cells = static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
    std::vector<MapPeak> peaks;
    for (int j = 0; j < joints; ++j)
        peaks.push_back(peakOf(logits.subspan(static_cast<std::size_t>(j) * cells, cells), rows, columns, stride));
    return peaks;
}

void averageWithMirrored(std::span<float> maps, std::span<const float> ofMirroredPicture,
                         std::span<const int> mirroredJoint, int rows, int columns)
{
    const std::size_t cells = static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
    for (std::size_t j = 0; j < mirroredJoint.size(); ++j) {
        const float *other = ofMirroredPicture.data() + static_cast<std::size_t>(mirroredJoint[j]) * cells;
        float *own = maps.data() + j * cells;
        for (int row = 0; row < rows; ++row, own += columns, other += columns) {
            for (int column = 0; column < columns; ++column)
                own[column] = (own[column] + other[columns - 1 - column]) / 2;
        }
    }
}

} // namespace poselift
