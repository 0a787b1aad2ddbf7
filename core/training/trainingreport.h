#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace poselift {

/// One figure before and after training, on the same frames. In the metric's unit.
struct ErrorChange
{
    double before = 0.0;
    double after = 0.0;
    double difference = 0.0; ///< after − before; negative: better
    double low = 0.0;        ///< 95 % interval of the difference; infinite when it is not known
    double high = 0.0;

    bool hasInterval() const { return std::isfinite(low) && std::isfinite(high); }
    bool isBetter() const { return high < 0.0; } ///< the whole interval is below zero
    bool isWorse() const { return low > 0.0; }
};

/// By metric: "mpjpe_mm", "p_mpjpe_mm", "pixels".
using MetricChanges = std::map<std::string, ErrorChange>;

struct JointChange
{
    std::string joint;
    MetricChanges metrics;
};

/// What a fine-tuning run changed: report.json (models/train/RUNS.md).
struct TrainingReport
{
    struct Rehearsal
    {
        std::string data;      ///< file name of the original training set
        double beforeMm = 0.0; ///< P-MPJPE there, mm
        double afterMm = 0.0;
    };

    std::string model;
    std::string objective;
    bool isTruth3d = false; ///< false: compared with corrected 2D only, the depth is not verified
    std::int64_t heldOutFrames = 0;
    std::vector<std::pair<std::int64_t, std::int64_t>> heldOutRanges; ///< frames [begin, end)
    std::vector<std::string> metrics;
    MetricChanges overall;
    std::vector<JointChange> joints;
    std::vector<Rehearsal> rehearsal; ///< none or one
};

/// @param path  named in errors. WrongFormat for what is not such a report.
Result<TrainingReport> parseTrainingReport(const nlohmann::json &json, const std::string &path);
/// FileNotFound when there is none (yet).
Result<TrainingReport> readTrainingReport(const std::filesystem::path &path);

} // namespace poselift
