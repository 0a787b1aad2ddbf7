#include "models/keypoints/calibration.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

/// Consecutive samples that share one probability.
struct Block
{
    double scoreSum = 0;
    double correct = 0;
    double count = 0;

    double probability() const { return correct / count; }
    void add(const Block &other)
    {
        scoreSum += other.scoreSum;
        correct += other.correct;
        count += other.count;
    }
};

} // namespace

float Calibration::operator()(float score) const
{
    if (scores.empty())
        return std::clamp(score, 0.0F, 1.0F);
    if (score <= scores.front())
        return scores.front() > 0 ? probabilities.front() * std::max(score, 0.0F) / scores.front() : 0.0F;
    if (score >= scores.back())
        return probabilities.back();
    const auto above = static_cast<std::size_t>(std::ranges::upper_bound(scores, score) - scores.begin());
    const float share = (score - scores[above - 1]) / (scores[above] - scores[above - 1]);
    return probabilities[above - 1] + share * (probabilities[above] - probabilities[above - 1]);
}

Calibration fitCalibration(std::span<const ConfidenceSample> samples, int bins)
{
    if (bins < 1 || samples.size() < static_cast<std::size_t>(bins))
        return {};
    std::vector<ConfidenceSample> sorted(samples.begin(), samples.end());
    std::ranges::stable_sort(sorted, {}, &ConfidenceSample::score);
    std::vector<Block> blocks;
    for (std::size_t bin = 0; bin < static_cast<std::size_t>(bins); ++bin) {
        const std::size_t from = bin * sorted.size() / static_cast<std::size_t>(bins);
        const std::size_t to = (bin + 1) * sorted.size() / static_cast<std::size_t>(bins);
        Block block;
        for (std::size_t i = from; i < to; ++i)
            block.add({sorted[i].score, sorted[i].correct ? 1.0 : 0.0, 1.0});
        blocks.push_back(block);
        while (blocks.size() > 1 && blocks[blocks.size() - 2].probability() >= blocks.back().probability()) {
            blocks[blocks.size() - 2].add(blocks.back());
            blocks.pop_back();
        }
    }
    Calibration calibration;
    for (const Block &block : blocks) {
        const auto score = static_cast<float>(block.scoreSum / block.count);
        if (!calibration.scores.empty() && score <= calibration.scores.back())
            continue; // equal scores in two groups
        calibration.scores.push_back(score);
        calibration.probabilities.push_back(static_cast<float>(block.probability()));
    }
    return calibration;
}

std::vector<ReliabilityBin> reliability(std::span<const ConfidenceSample> calibrated, int bins)
{
    std::vector<ReliabilityBin> table(static_cast<std::size_t>(bins));
    for (std::size_t i = 0; i < table.size(); ++i) {
        table[i].from = static_cast<double>(i) / bins;
        table[i].to = static_cast<double>(i + 1) / bins;
    }
    for (const ConfidenceSample &sample : calibrated) {
        const int bin = std::clamp(static_cast<int>(sample.score * static_cast<float>(bins)), 0, bins - 1);
        ReliabilityBin &row = table[static_cast<std::size_t>(bin)];
        ++row.count;
        row.confidence += sample.score;
        row.correct += sample.correct ? 1 : 0;
    }
    for (ReliabilityBin &row : table) {
        row.confidence /= std::max(1, row.count);
        row.correct /= std::max(1, row.count);
    }
    return table;
}

nlohmann::json toJson(const Calibration &calibration)
{
    return {{"scores", calibration.scores}, {"probabilities", calibration.probabilities}};
}

Result<Calibration> calibrationFrom(const nlohmann::json &json, const std::string &path)
{
    Calibration calibration;
    try {
        calibration.scores = json.at("scores").get<std::vector<float>>();
        calibration.probabilities = json.at("probabilities").get<std::vector<float>>();
    } catch (const nlohmann::json::exception &broken) {
        return Error(ErrorCode::WrongFormat, {{"path", path}, {"expected", "a calibration"}, {"found", broken.what()}});
    }
    const auto isProbability = [](float value) { return value >= 0 && value <= 1; };
    const bool rising =
        std::ranges::adjacent_find(calibration.scores, std::greater_equal<>()) == calibration.scores.end()
        && std::ranges::is_sorted(calibration.probabilities);
    if (!rising || calibration.scores.size() != calibration.probabilities.size()
        || !std::ranges::all_of(calibration.probabilities, isProbability))
        return Error(ErrorCode::WrongFormat,
                     {{"path", path}, {"expected", "a rising calibration"}, {"found", json.dump()}});
    return calibration;
}

} // namespace poselift
