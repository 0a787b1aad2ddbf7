#include "core/review/ranking.h"

#include <algorithm>

namespace poselift {

namespace {

bool isWorse(const RankedFrame &a, const RankedFrame &b)
{
    if (a.score != b.score)
        return a.score > b.score;
    return a.track != b.track ? a.track < b.track : a.frame < b.frame;
}

/// True when no frame within @p radius has a larger score, or an equal one before it.
bool isPeak(const std::vector<float> &scores, std::size_t at, std::size_t radius)
{
    const std::size_t begin = at > radius ? at - radius : 0;
    const std::size_t end = std::min(scores.size(), at + radius + 1);
    const float score = scores[at];
    for (std::size_t i = begin; i < at; ++i) {
        if (scores[i] >= score)
            return false;
    }
    for (std::size_t i = at + 1; i < end; ++i) {
        if (scores[i] > score)
            return false;
    }
    return true;
}

} // namespace

std::vector<float> frameScores(const FrameSums &sums, const RankingOptions &options)
{
    std::vector<float> scores(sums.values.front().size(), 0.0F);
    for (std::size_t reason = 0; reason < sums.values.size(); ++reason) {
        const bool counts = !options.onlyReason || static_cast<std::size_t>(*options.onlyReason) == reason;
        const float weight = counts ? kScoreStep * options.weights.values[reason] : 0.0F;
        if (weight <= 0)
            continue;
        const std::vector<std::uint16_t> &values = sums.values[reason];
        for (std::size_t t = 0; t < scores.size(); ++t)
            scores[t] += weight * static_cast<float>(values[t]);
    }
    return scores;
}

Ranking rankFrames(std::span<const RankedTrack> tracks, const SkippedFrames &skipped, const RankingOptions &options,
                   std::stop_token stop)
{
    Ranking ranking;
    const auto radius = static_cast<std::size_t>(std::max(options.radius, 0));
    for (const RankedTrack &track : tracks) {
        if (options.onlyTrack != 0 && track.track != options.onlyTrack)
            continue;
        if (stop.stop_requested())
            break;
        const std::vector<float> scores = frameScores(*track.sums, options);
        for (std::size_t t = 0; t < scores.size(); ++t) {
            if (scores[t] < options.leastScore || !isPeak(scores, t, radius))
                continue;
            const std::int64_t frame = track.firstFrame + static_cast<std::int64_t>(t);
            if (!skipped.isNear(track.track, frame, options.radius))
                ranking.frames.push_back({track.track, frame, scores[t]});
        }
    }
    ranking.found = static_cast<std::int64_t>(ranking.frames.size());
    const auto wanted = std::min(ranking.frames.size(), static_cast<std::size_t>(std::max(options.count, 0)));
    const auto end = ranking.frames.begin() + static_cast<std::ptrdiff_t>(wanted);
    std::partial_sort(ranking.frames.begin(), end, ranking.frames.end(), isWorse);
    ranking.frames.erase(end, ranking.frames.end());
    return ranking;
}

} // namespace poselift
