#pragma once

#include "core/base/result.h"

#include <span>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace poselift {

/// One joint that somebody labelled: what the network said and whether it was right.
struct ConfidenceSample
{
    float score = 0.0F;
    bool correct = false;
};

/// Rising function from a network's score to the share of joints with that score that are right:
/// straight lines between knots, and from nothing at a score of 0 to the first one: below it there were
/// no samples, as in pictures that show nobody.
struct Calibration
{
    std::vector<float> scores;        ///< rising
    std::vector<float> probabilities; ///< not falling, [0, 1]; as many

    /// The score itself when there are no knots. In [0, 1].
    float operator()(float score) const;
    friend bool operator==(const Calibration &, const Calibration &) = default;
};

/// Isotonic regression (pool adjacent violators; Zadrozny and Elkan, KDD 2002) over @p bins groups
/// of equally many samples. Empty for fewer samples than bins.
Calibration fitCalibration(std::span<const ConfidenceSample> samples, int bins = 20);

/// One row of a reliability table.
struct ReliabilityBin
{
    double from = 0.0; ///< confidences in [from, to)
    double to = 0.0;
    int count = 0;
    double confidence = 0.0; ///< mean
    double correct = 0.0;    ///< share
};

std::vector<ReliabilityBin> reliability(std::span<const ConfidenceSample> calibrated, int bins = 10);

nlohmann::json toJson(const Calibration &calibration);
/// WrongFormat (names @p path) when the knots do not rise or are not numbers in [0, 1].
Result<Calibration> calibrationFrom(const nlohmann::json &json, const std::string &path);

} // namespace poselift
