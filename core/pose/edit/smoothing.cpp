#include "core/pose/edit/smoothing.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace poselift {

namespace {

/// Row i gives the fitted polynomial's value at place i of a window: A (AᵀA)⁻¹ Aᵀ with A[i, k] =
/// xᵢᵏ.
Eigen::MatrixXd fitMatrix(int window, int order)
{
    Eigen::MatrixXd powers(window, order + 1);
    for (int i = 0; i < window; ++i) {
        const double x = i - window / 2;
        powers(i, 0) = 1.0;
        for (int k = 1; k <= order; ++k)
            powers(i, k) = powers(i, k - 1) * x;
    }
    return powers * powers.completeOrthogonalDecomposition().pseudoInverse();
}

/// Weight of the newest value in a first-order low-pass filter of @p cutoffHz.
double lowPassWeight(double cutoffHz, double stepSeconds)
{
    const double tau = 1.0 / (2.0 * std::numbers::pi * cutoffHz);
    return 1.0 / (1.0 + tau / stepSeconds);
}

} // namespace

std::vector<double> savitzkyGolay(std::span<const double> values, int window, int order)
{
    const int count = static_cast<int>(values.size());
    window = std::min(window, count);
    window -= window % 2 == 0 ? 1 : 0;
    if (window <= order)
        return {values.begin(), values.end()};
    const Eigen::MatrixXd fit = fitMatrix(window, order);
    const Eigen::Map<const Eigen::VectorXd> series(values.data(), count);
    const int half = window / 2;
    std::vector<double> result(values.size());
    for (int i = 0; i < count; ++i) {
        const int start = std::clamp(i - half, 0, count - window);
        result[static_cast<std::size_t>(i)] = fit.row(i - start).dot(series.segment(start, window));
    }
    return result;
}

std::vector<double> oneEuro(std::span<const double> values, std::span<const double> seconds,
                            const SmoothingOptions &options)
{
    std::vector<double> result(values.begin(), values.end());
    double speed = 0.0;
    for (std::size_t i = 1; i < values.size(); ++i) {
        const double step = seconds[i] - seconds[i - 1];
        const double rawSpeed = (values[i] - result[i - 1]) / step;
        speed += lowPassWeight(options.slopeCutoffHz, step) * (rawSpeed - speed);
        const double cutoff = options.minCutoffHz + options.beta * std::abs(speed);
        result[i] = result[i - 1] + lowPassWeight(cutoff, step) * (values[i] - result[i - 1]);
    }
    return result;
}

std::vector<double> smoothed(std::span<const double> values, std::span<const double> seconds,
                             const SmoothingOptions &options)
{
    if (options.method == SmoothingMethod::OneEuro)
        return oneEuro(values, seconds, options);
    return savitzkyGolay(values, options.window, options.order);
}

} // namespace poselift
