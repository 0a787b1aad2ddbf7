#pragma once

#include <span>
#include <vector>

namespace poselift {

enum class SmoothingMethod
{
    SavitzkyGolay,
    OneEuro
};

struct SmoothingOptions
{
    SmoothingMethod method = SmoothingMethod::SavitzkyGolay;
    int window = 7;             ///< Savitzky–Golay: values in a window, odd
    int order = 2;              ///< Savitzky–Golay: degree of the polynomial, < window
    double minCutoffHz = 1.0;   ///< One Euro: cutoff at rest; less means smoother
    double beta = 0.02;         ///< One Euro: how fast the cutoff rises, Hz per px/s
    double slopeCutoffHz = 1.0; ///< One Euro: cutoff of the speed
};

/// Least-squares polynomial of @p order in a window of @p window values around every value
/// (Savitzky and Golay, Analytical Chemistry 36, 1964). Near the ends the polynomial of the first
/// and last window is evaluated off its middle, as SciPy's mode "interp" does. A series that is
/// shorter than the window gets the largest odd window that fits; one that is too short for the
/// order comes back unchanged. Values are taken as evenly spaced.
std::vector<double> savitzkyGolay(std::span<const double> values, int window, int order);

/// Adaptive low-pass filter: smooth at rest, quick in fast motion (Casiez, Roussel and Vogel, "1 €
/// Filter", CHI 2012). @p seconds are the ascending times of @p values. It runs forwards only, so
/// it lags as it would live.
std::vector<double> oneEuro(std::span<const double> values, std::span<const double> seconds,
                            const SmoothingOptions &options);

/// @p values smoothed as @p options say.
std::vector<double> smoothed(std::span<const double> values, std::span<const double> seconds,
                             const SmoothingOptions &options);

} // namespace poselift
