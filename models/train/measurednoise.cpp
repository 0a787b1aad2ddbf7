#include "models/train/measurednoise.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numbers>

namespace poselift {

namespace {

using nlohmann::json;

MeasuredNoise parsed(const json &fields)
{
    MeasuredNoise noise;
    KeypointNoiseOptions &options = noise.options;
    fields.at("joint_sigma").get_to(options.jointSigma);
    fields.at("offset_sigma").get_to(options.offsetSigma);
    fields.at("joint_correlation").get_to(options.jointCorrelation);
    fields.at("offset_correlation").get_to(options.offsetCorrelation);
    fields.at("difficulty_sigma").get_to(options.difficultySigma);
    fields.at("outlier_rate").get_to(options.outlierRate);
    fields.at("outlier_factor").get_to(options.outlierFactor);
    fields.at("drop_rate").get_to(options.dropRate);
    fields.at("frame_drop_rate").get_to(options.frameDropRate);
    fields.at("swap_rate").get_to(options.swapRate);
    fields.at("longest_run").get_to(options.longestRun);
    options.legsHiddenShare = 0.0F;  // whole clips without legs are no errors of a detector
    options.outsideDropShare = 1.0F; // what is outside the picture is nobody's to find
    fields.at("confidence_correlation").get_to(noise.confidenceCorrelation);
    for (const json &bin : fields.at("confidence"))
        noise.confidence.push_back({bin.at("least_error").get<float>(), bin.at("deciles").get<std::array<float, 11>>(),
                                    bin.at("count").get<std::int64_t>()});
    return noise;
}

/// Share of the standard normal distribution below @p value.
float normalShare(float value)
{
    return 0.5F * std::erfc(-value / std::numbers::sqrt2_v<float>);
}

float quantileOf(const ConfidenceBin &bin, float share)
{
    const float at = share * static_cast<float>(bin.deciles.size() - 1);
    const auto below = std::min(static_cast<std::size_t>(at), bin.deciles.size() - 2);
    return std::lerp(bin.deciles[below], bin.deciles[below + 1], at - static_cast<float>(below));
}

const ConfidenceBin &binOf(const std::vector<ConfidenceBin> &bins, float error)
{
    const auto next = std::find_if(bins.begin() + 1, bins.end(),
                                   [error](const ConfidenceBin &bin) { return bin.leastError > error; });
    return *(next - 1);
}

void setConfidence(const NoisyClip &clip, std::span<const float> exact, const MeasuredNoise &noise, Random &random)
{
    const float fresh = std::sqrt(1 - noise.confidenceCorrelation * noise.confidenceCorrelation);
    for (int joint = 0; joint < kLifterLimbJoints; ++joint) {
        float rank = random.normal();
        for (int t = 0; t < clip.frames; ++t) {
            rank = noise.confidenceCorrelation * rank + fresh * random.normal();
            const int at = t * kLifterLimbJoints + joint;
            if (clip.confidence[at] <= 0)
                continue;
            const auto xy = static_cast<std::size_t>(2 * at);
            const float error =
                std::hypot(clip.xy[xy] - exact[xy], clip.xy[xy + 1] - exact[xy + 1]) / clip.bodyHeight[t];
            clip.confidence[at] =
                std::clamp(quantileOf(binOf(noise.confidence, error), normalShare(rank)), 0.01F, 1.0F);
        }
    }
}

} // namespace

Result<MeasuredNoise> readMeasuredNoise(const std::filesystem::path &path)
{
    std::ifstream file(path);
    if (!file)
        return Error(ErrorCode::FileNotFound, {{"path", path.string()}});
    const auto wrong = [&path](const std::string &found) {
        return Error(ErrorCode::WrongFormat,
                     {{"path", path.string()}, {"expected", "measured errors of a detector (JSON)"}, {"found", found}});
    };
    try {
        MeasuredNoise noise = parsed(json::parse(file));
        if (noise.confidence.empty() || noise.confidence.front().leastError != 0.0F)
            return wrong("'confidence' does not begin at an error of 0");
        return noise;
    } catch (const json::exception &problem) {
        return wrong(problem.what());
    }
}

nlohmann::json toJson(const MeasuredNoise &noise)
{
    json bins = json::array();
    for (const ConfidenceBin &bin : noise.confidence)
        bins.push_back({{"least_error", bin.leastError}, {"deciles", bin.deciles}, {"count", bin.count}});
    const KeypointNoiseOptions &options = noise.options;
    return {{"joint_sigma", options.jointSigma},
            {"offset_sigma", options.offsetSigma},
            {"joint_correlation", options.jointCorrelation},
            {"offset_correlation", options.offsetCorrelation},
            {"difficulty_sigma", options.difficultySigma},
            {"outlier_rate", options.outlierRate},
            {"outlier_factor", options.outlierFactor},
            {"drop_rate", options.dropRate},
            {"frame_drop_rate", options.frameDropRate},
            {"swap_rate", options.swapRate},
            {"longest_run", options.longestRun},
            {"confidence_correlation", noise.confidenceCorrelation},
            {"confidence", bins}};
}

void addMeasuredNoise(const NoisyClip &clip, const MeasuredNoise &noise, Random &random)
{
    const std::vector<float> exact(clip.xy, clip.xy + static_cast<std::ptrdiff_t>(clip.frames) * kLifterLimbJoints * 2);
    addKeypointNoise(clip, noise.options, /*strength=*/1.0F, random);
    setConfidence(clip, exact, noise, random);
}

} // namespace poselift
