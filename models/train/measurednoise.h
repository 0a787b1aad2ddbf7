#pragma once

#include "core/base/result.h"
#include "models/train/keypointnoise.h"

#include <nlohmann/json_fwd.hpp>

#include <array>
#include <filesystem>
#include <span>
#include <vector>

namespace poselift {

/// How sure the detector is of keypoints whose error lies in one range: deciles of its confidence.
struct ConfidenceBin
{
    float leastError = 0.0F;         ///< share of the body's height; the next bin's is the end
    std::array<float, 11> deciles{}; ///< 0 %, 10 %, … 100 % quantile
    std::int64_t count = 0;          ///< keypoints that it was measured on
};

/// Errors of a real detector as `poselift-cli evaluate errors` measured them on real clips, for
/// disturbing exact keypoints alike. One of the small files in resources/noise/.
struct MeasuredNoise
{
    KeypointNoiseOptions options;
    std::vector<ConfidenceBin> confidence; ///< ascending, the first from 0
    float confidenceCorrelation = 0.0F;    ///< from frame to frame at 30 fps, of a keypoint's rank in its bin
};

/// Errors: FileNotFound, WrongFormat (names the field).
Result<MeasuredNoise> readMeasuredNoise(const std::filesystem::path &path);
/// The fields that readMeasuredNoise() needs.
nlohmann::json toJson(const MeasuredNoise &noise);

/// Adds errors to the exact keypoints of @p clip and sets their confidence by the measured table: it
/// depends on how far off the keypoint is. Keypoints that go missing have confidence 0.
void addMeasuredNoise(const NoisyClip &clip, const MeasuredNoise &noise, Random &random);

} // namespace poselift
