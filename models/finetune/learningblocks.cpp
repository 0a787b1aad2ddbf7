#include "models/finetune/learningblocks.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace poselift {

namespace {

constexpr std::size_t kMostRounds = 4;
constexpr std::size_t kLabelsOfRound = 60;  ///< a further round of blocks needs as many
constexpr std::int64_t kGapsOfRound = 12;   ///< and a span of as many gaps

/// Labels [begin, end) of the list, by rank, that serve one thing.
struct Ranks
{
    std::size_t begin = 0;
    std::size_t end = 0;
};

struct Round
{
    Ranks train;
    Ranks validation;
    Ranks report;
};

std::vector<Round> roundsOf(std::size_t labels, std::size_t count, double heldOutShare)
{
    std::vector<Round> rounds;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t begin = labels * i / count;
        const std::size_t end = labels * (i + 1) / count;
        const auto length = static_cast<double>(end - begin);
        const auto report = static_cast<std::size_t>(std::max(1.0, std::round(length * heldOutShare)));
        const auto validation = static_cast<std::size_t>(std::max(1.0, std::round(length * heldOutShare / 2)));
        const std::size_t reportBegin = end - report;
        const std::size_t validationBegin = reportBegin - validation;
        rounds.push_back({{begin, validationBegin}, {validationBegin, reportBegin}, {reportBegin, end}});
    }
    return rounds;
}

FrameSpan spanOf(std::span<const std::int64_t> labelled, const Ranks &ranks)
{
    return {labelled[ranks.begin], labelled[ranks.end - 1] + 1};
}

std::int64_t labelsIn(std::span<const std::int64_t> labelled, const FrameSpan &span)
{
    return std::ranges::lower_bound(labelled, span.second) - std::ranges::lower_bound(labelled, span.first);
}

/// Blocks with a gap after the previous and before the next one of another use; the report keeps its
/// frames, its neighbours give way.
LearningBlocks withGap(std::span<const std::int64_t> labelled, const std::vector<Round> &rounds, std::int64_t gap)
{
    LearningBlocks blocks;
    blocks.gap = gap;
    std::int64_t lastReportEnd = labelled.front() - gap;
    for (const Round &round : rounds) {
        const FrameSpan report = spanOf(labelled, round.report);
        FrameSpan validation = spanOf(labelled, round.validation);
        FrameSpan train = spanOf(labelled, round.train);
        validation.second = std::min(validation.second, report.first - gap);
        train.first = std::max(train.first, lastReportEnd + gap);
        train.second = std::min(train.second, validation.first - gap);
        lastReportEnd = report.second;
        blocks.train.push_back(train);
        blocks.validation.push_back(validation);
        blocks.report.push_back(report);
    }
    return blocks;
}

bool keepsEnough(std::span<const std::int64_t> labelled, const std::vector<Round> &rounds, const LearningBlocks &blocks)
{
    for (std::size_t i = 0; i < rounds.size(); ++i) {
        const auto isEnough = [&](const Ranks &ranks, const FrameSpan &span) {
            return span.first < span.second && 3 * labelsIn(labelled, span) >= 2 * static_cast<std::int64_t>(ranks.end - ranks.begin);
        };
        if (!isEnough(rounds[i].train, blocks.train[i]) || !isEnough(rounds[i].validation, blocks.validation[i]))
            return false;
    }
    return true;
}

} // namespace

bool contains(std::span<const FrameSpan> spans, std::int64_t frame)
{
    return std::ranges::any_of(spans, [frame](const FrameSpan &span) { return frame >= span.first && frame < span.second; });
}

std::vector<FrameSpan> intersected(std::span<const FrameSpan> a, std::span<const FrameSpan> b)
{
    std::vector<FrameSpan> both;
    for (const FrameSpan &one : a) {
        for (const FrameSpan &other : b) {
            const FrameSpan span{std::max(one.first, other.first), std::min(one.second, other.second)};
            if (span.first < span.second)
                both.push_back(span);
        }
    }
    std::ranges::sort(both);
    return both;
}

LearningBlocks chooseLearningBlocks(std::span<const std::int64_t> labelled, double heldOutShare, std::int64_t gap)
{
    assert(labelled.size() >= kLeastLabelledFrames && std::ranges::is_sorted(labelled));
    const std::int64_t span = labelled.back() - labelled.front() + 1;
    const auto roundsThatFit = static_cast<std::size_t>(span / std::max<std::int64_t>(1, kGapsOfRound * gap));
    const std::size_t count =
        std::clamp<std::size_t>(std::min(labelled.size() / kLabelsOfRound, roundsThatFit), 1, kMostRounds);
    const std::vector<Round> rounds = roundsOf(labelled.size(), count, heldOutShare);
    LearningBlocks blocks = withGap(labelled, rounds, gap);
    while (blocks.gap > 0 && !keepsEnough(labelled, rounds, blocks))
        blocks = withGap(labelled, rounds, blocks.gap / 2);
    return blocks;
}

} // namespace poselift
