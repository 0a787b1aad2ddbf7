#include "core/metrics/keypointmetrics.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace poselift {

namespace {

/// Counts the known keypoints for which @p isCorrect(pose, dx, dy) holds.
template <typename Predicate>
PckResult countCorrect(const KeypointComparison &data, Predicate isCorrect)
{
    assert(data.prediction.size() == data.truth.size() && data.truth.size() == 2 * data.known.size());
    const auto keypoints = static_cast<std::size_t>(data.keypoints);
    std::vector<std::int64_t> correct(keypoints);
    PckResult result;
    result.count.resize(keypoints);
    for (std::size_t i = 0; i < data.known.size(); ++i) {
        if (data.known[i] == 0)
            continue;
        const double dx = data.prediction[2 * i] - data.truth[2 * i];
        const double dy = data.prediction[2 * i + 1] - data.truth[2 * i + 1];
        ++result.count[i % keypoints];
        correct[i % keypoints] += isCorrect(i / keypoints, dx, dy) ? 1 : 0;
    }
    double sum = 0;
    int occurring = 0;
    for (std::size_t j = 0; j < keypoints; ++j) {
        const bool occurs = result.count[j] > 0;
        result.perKeypoint.push_back(
            occurs ? static_cast<double>(correct[j]) / static_cast<double>(result.count[j]) : -1.0);
        sum += occurs ? result.perKeypoint[j] : 0.0;
        occurring += occurs ? 1 : 0;
    }
    result.mean = occurring > 0 ? sum / occurring : 0.0;
    return result;
}

} // namespace

PckResult pck(const KeypointComparison &data, std::span<const double> sizes, double threshold)
{
    assert(sizes.size() == 2 * data.poses());
    return countCorrect(data, [&](std::size_t pose, double dx, double dy) {
        return std::hypot(dx / sizes[2 * pose], dy / sizes[2 * pose + 1]) < threshold;
    });
}

double pckAuc(const KeypointComparison &data, double normPx, int steps)
{
    const std::vector<double> sizes(2 * data.poses(), normPx);
    double sum = 0;
    for (int i = 0; i < steps; ++i)
        sum += pck(data, sizes, static_cast<double>(i) / steps).mean;
    return sum / steps;
}

PckResult pckh(const KeypointComparison &data, std::span<const double> headSizes, double threshold)
{
    assert(headSizes.size() == data.poses());
    return countCorrect(data, [&](std::size_t pose, double dx, double dy) {
        return std::hypot(dx, dy) / headSizes[pose] <= threshold;
    });
}

double weightedMean(const PckResult &result, std::span<const int> excluded)
{
    double correct = 0;
    std::int64_t count = 0;
    for (std::size_t j = 0; j < result.count.size(); ++j) {
        if (std::find(excluded.begin(), excluded.end(), static_cast<int>(j)) != excluded.end() || result.count[j] == 0)
            continue;
        correct += result.perKeypoint[j] * static_cast<double>(result.count[j]);
        count += result.count[j];
    }
    return count > 0 ? correct / static_cast<double>(count) : 0.0;
}

double oks(std::span<const double> prediction, std::span<const double> truth, std::span<const std::uint8_t> known,
           double area, std::span<const double> sigmas)
{
    assert(sigmas.size() == known.size() && prediction.size() == 2 * known.size());
    double sum = 0;
    int count = 0;
    for (std::size_t j = 0; j < known.size(); ++j) {
        if (known[j] == 0)
            continue;
        const double dx = prediction[2 * j] - truth[2 * j];
        const double dy = prediction[2 * j + 1] - truth[2 * j + 1];
        const double deviation = 2 * sigmas[j];
        sum += std::exp(-(dx * dx + dy * dy) / (2 * area * deviation * deviation));
        ++count;
    }
    return count > 0 ? sum / count : 0.0;
}

} // namespace poselift
