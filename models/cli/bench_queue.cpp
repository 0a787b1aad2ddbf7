#include "core/base/paths.h"
#include "models/cli/bench.h"
#include "models/cli/console.h"
#include "models/cli/exitcodes.h"
#include "models/review/queueworth.h"
#include "models/review/weightsfit.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

namespace poselift {

namespace {

constexpr std::uint64_t kMeasuringSeed = 2024;
constexpr std::uint64_t kFittingSeed = 77; // other cameras and errors, besides other takes
constexpr int kQuickClips = 3;

struct Case
{
    const char *prefix;
    bool constantConfidence;
};
constexpr Case kCases[]{{"", false}, {"noconf_", true}};

QueueClipOptions clipOptions(const BenchOptions &options, const Case &which)
{
    QueueClipOptions clips;
    clips.data = options.data;
    clips.group = options.group;
    clips.seed = options.fit ? kFittingSeed : kMeasuringSeed;
    clips.clips = options.quick ? kQuickClips : 0;
    clips.constantConfidence = which.constantConfidence;
    return clips;
}

void report(const BenchOptions &options, const std::string &name, const RemovedShares &shares)
{
    for (std::size_t i = 0; i < shares.size(); ++i)
        reportMetric(options, "queue", name + "_" + std::to_string(kCorrectedPercents[i]) + "pct", shares[i], "1");
}

/// A million frames of two people, with scores in every frame, which is more than real tracks have.
void reportRankingTime(const BenchOptions &options)
{
    constexpr std::size_t kFrames = 1'000'000;
    Random random(/*seed=*/1);
    std::vector<RankedTrack> tracks;
    for (const TrackId track : {1, 2}) {
        auto sums = std::make_shared<FrameSums>();
        for (std::vector<std::uint16_t> &values : sums->values) {
            values.resize(kFrames);
            std::generate(values.begin(), values.end(),
                          [&random] { return static_cast<std::uint16_t>(random.below(2000)); });
        }
        tracks.push_back({track, 0, std::move(sums)});
    }
    std::vector<double> milliseconds;
    for (int round = 0; round < 5; ++round) {
        const auto start = std::chrono::steady_clock::now();
        const Ranking ranking = rankFrames(tracks, {}, {});
        const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - start;
        if (!ranking.frames.empty())
            milliseconds.push_back(time.count());
    }
    reportMetric(options, "queue", "rank_1m_ms", percentile(milliseconds, 50), "ms");
}

int fit(const BenchOptions &options, const MeasuredNoise &noise)
{
    WeightsFit fit;
    for (const Case &which : kCases) {
        const Result<std::vector<QueueClip>> clips = makeQueueClips(clipOptions(options, which), noise, {});
        if (!clips)
            return reportFailure(clips.error(), options.json);
        fit.add(frameErrors(*clips), scoreClips(*clips, {}));
    }
    for (int reason = 0; reason < kReviewReasonCount; ++reason) {
        const auto which = static_cast<ReviewReason>(reason);
        reportMetric(options, "queue", "weight_" + std::string(reviewReasonName(which)), fit.weights().of(which), "1");
    }
    return kExitOk;
}

} // namespace

/// What the review queue's order is worth, with the default weights.
int benchQueue(const BenchOptions &options)
{
    const Result<MeasuredNoise> noise = readMeasuredNoise(resourceDirectory() / "noise" / "movenet-lightning.json");
    if (!noise)
        return reportFailure(noise.error(), options.json);
    if (options.fit)
        return fit(options, *noise);
    for (const Case &which : kCases) {
        const Result<std::vector<QueueClip>> clips = makeQueueClips(clipOptions(options, which), *noise, {});
        if (!clips)
            return reportFailure(clips.error(), options.json);
        const FrameErrors errors = frameErrors(*clips);
        const ClipScores scores = scoreClips(*clips, {});
        if (!which.constantConfidence)
            reportMetric(options, "queue", "frames", static_cast<double>(errors.all.size()), "1");
        report(options, std::string(which.prefix) + "queue", removedInQueueOrder(errors, scores.scores));
        report(options, std::string(which.prefix) + "uniform", removedUniformly(errors));
        report(options, std::string(which.prefix) + "random", removedAtRandom(errors, kMeasuringSeed));
    }
    reportRankingTime(options);
    return kExitOk;
}

} // namespace poselift
