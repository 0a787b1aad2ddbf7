#include "models/finetune/beforeafter.h"

#include "models/train/random.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace poselift {

using nlohmann::json;

namespace {

constexpr int kResamplings = 2000;
constexpr std::size_t kWantedBlocks = 5;
/// Of fewer the means of resamplings hardly differ, whatever the spread.
constexpr std::size_t kLeastBlocks = 3;

/// Sums over the known errors of one block.
struct BlockSum
{
    double before = 0;
    double after = 0;
    double count = 0;

    void add(const BlockSum &other)
    {
        before += other.before;
        after += other.after;
        count += other.count;
    }
    double difference() const { return (after - before) / count; }
};

/// @param joint −1: all
BlockSum sumOf(const ErrorTable &table, std::size_t joints, const ErrorBlock &block, int joint)
{
    BlockSum sum;
    for (std::size_t frame = block.begin; frame < block.end; ++frame) {
        for (std::size_t j = 0; j < joints; ++j) {
            const std::size_t at = frame * joints + j;
            if ((joint >= 0 && j != static_cast<std::size_t>(joint)) || std::isnan(table.before[at])
                || std::isnan(table.after[at]))
                continue;
            sum.add({table.before[at], table.after[at], 1});
        }
    }
    return sum;
}

/// Nothing when no error is known; no interval of too few blocks.
json compared(const std::vector<BlockSum> &blocks, std::uint64_t seed)
{
    BlockSum all;
    for (const BlockSum &block : blocks)
        all.add(block);
    if (all.count < 1)
        return {};
    json change{{"before", all.before / all.count},
                {"after", all.after / all.count},
                {"difference", all.difference()},
                {"low", nullptr},
                {"high", nullptr}};
    if (blocks.size() < kLeastBlocks)
        return change;
    Random random(seed);
    std::vector<double> differences;
    for (int i = 0; i < kResamplings; ++i) {
        BlockSum sum;
        for (std::size_t k = 0; k < blocks.size(); ++k)
            sum.add(blocks[static_cast<std::size_t>(random.below(static_cast<int>(blocks.size())))]);
        if (sum.count > 0)
            differences.push_back(sum.difference());
    }
    std::ranges::sort(differences);
    const auto quantile = [&](double share) {
        return differences[static_cast<std::size_t>(share * static_cast<double>(differences.size() - 1))];
    };
    change["low"] = quantile(0.025);
    change["high"] = quantile(0.975);
    return change;
}

json compared(const ErrorTable &table, std::size_t joints, const std::vector<ErrorBlock> &blocks, int joint,
              std::uint64_t seed)
{
    std::vector<BlockSum> sums;
    for (const ErrorBlock &block : blocks)
        sums.push_back(sumOf(table, joints, block, joint));
    std::erase_if(sums, [](const BlockSum &sum) { return sum.count < 1; });
    return compared(sums, seed);
}

std::vector<ErrorBlock> blocksOf(const std::vector<std::pair<int, std::int64_t>> &personAndFrame, std::int64_t longest)
{
    std::vector<ErrorBlock> blocks;
    std::int64_t start = 0;
    for (std::size_t i = 0; i < personAndFrame.size(); ++i) {
        const auto &[person, frame] = personAndFrame[i];
        const bool continues = i > 0 && person == personAndFrame[i - 1].first && frame > personAndFrame[i - 1].second
                               && frame - start < longest;
        if (!continues) {
            blocks.push_back({i, i});
            start = frame;
        }
        blocks.back().end = i + 1;
    }
    return blocks;
}

} // namespace

std::vector<ErrorBlock> bootstrapBlocks(const std::vector<std::pair<int, std::int64_t>> &personAndFrame,
                                        std::int64_t longest)
{
    std::vector<ErrorBlock> blocks = blocksOf(personAndFrame, longest);
    while (blocks.size() < kWantedBlocks && longest > 1) {
        longest /= 2;
        blocks = blocksOf(personAndFrame, longest);
    }
    return blocks;
}

json compareErrors(const std::vector<ErrorTable> &tables, const std::vector<std::string> &joints,
                   const std::vector<ErrorBlock> &blocks, std::uint64_t seed)
{
    json report{{"metrics", json::array()}, {"overall", json::object()}, {"joints", json::array()}};
    for (const ErrorTable &table : tables) {
        report["metrics"].push_back(table.metric);
        report["overall"][table.metric] = compared(table, joints.size(), blocks, -1, seed);
    }
    for (std::size_t joint = 0; joint < joints.size(); ++joint) {
        json entry{{"name", joints[joint]}};
        for (const ErrorTable &table : tables) {
            json values = compared(table, joints.size(), blocks, static_cast<int>(joint), seed);
            if (!values.is_null())
                entry[table.metric] = std::move(values);
        }
        if (entry.size() > 1)
            report["joints"].push_back(std::move(entry));
    }
    return report;
}

} // namespace poselift
