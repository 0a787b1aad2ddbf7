#include "models/review/queueworth.h"

#include "core/review/trackscores.h"
#include "models/train/random.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace poselift {

namespace {

constexpr int kRandomOrders = 20;

/// The keypoint, or where its neighbours in time would put it; nothing when there are none.
std::optional<Keypoint2D> filledIn(const KeypointTrack &track, std::int64_t frame, int joint)
{
    const Keypoint2D now = track.keypoint(frame, joint);
    if (now.isKnown())
        return now;
    std::int64_t before = frame - 1;
    std::int64_t after = frame + 1;
    while (before >= track.firstFrame && !track.keypoint(before, joint).isKnown())
        --before;
    while (after < track.endFrame() && !track.keypoint(after, joint).isKnown())
        ++after;
    if (before < track.firstFrame && after >= track.endFrame())
        return std::nullopt;
    if (before < track.firstFrame)
        return track.keypoint(after, joint);
    const Keypoint2D a = track.keypoint(before, joint);
    if (after >= track.endFrame())
        return a;
    const Keypoint2D b = track.keypoint(after, joint);
    const double share = static_cast<double>(frame - before) / static_cast<double>(after - before);
    Keypoint2D between = a;
    between.x = std::lerp(a.x, b.x, share);
    between.y = std::lerp(a.y, b.y, share);
    return between;
}

RemovedShares removedInOrder(const FrameErrors &errors, const std::vector<std::size_t> &order)
{
    const double total = std::accumulate(errors.all.begin(), errors.all.end(), 0.0);
    RemovedShares shares{};
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const std::size_t count = order.size() * static_cast<std::size_t>(kCorrectedPercents[i]) / 100;
        for (std::size_t k = 0; k < count; ++k)
            shares[i] += errors.wrong[order[k]] / total;
    }
    return shares;
}

std::vector<std::size_t> inTime(std::size_t count)
{
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    return order;
}

} // namespace

FrameErrors frameErrors(const std::vector<QueueClip> &clips)
{
    FrameErrors errors;
    for (const QueueClip &clip : clips) {
        const KeypointTrack &detected = clip.project.keypointLayers.front().tracks.front();
        for (std::int64_t frame = 0; frame < clip.truth.endFrame(); ++frame) {
            float all = 0;
            float wrong = 0;
            for (int joint = 0; joint < clip.truth.jointCount; ++joint) {
                const Keypoint2D truth = clip.truth.keypoint(frame, joint);
                if (truth.state != KeypointState::Visible)
                    continue;
                const std::optional<Keypoint2D> seen = filledIn(detected, frame, joint);
                if (!seen)
                    continue;
                const auto off = static_cast<float>(std::hypot(seen->x - truth.x, seen->y - truth.y))
                                 / clip.heightPx[static_cast<std::size_t>(frame)];
                all += 100 * off;
                wrong += off > kWrongShare ? 100 * off : 0.0F;
            }
            errors.all.push_back(all);
            errors.wrong.push_back(wrong);
        }
    }
    return errors;
}

ClipScores scoreClips(const std::vector<QueueClip> &clips, const ReviewWeights &weights)
{
    ClipScores result;
    for (const QueueClip &clip : clips) {
        const ReviewContext context = ReviewContext::of(clip.project);
        const FrameRange whole{0, clip.truth.endFrame() - 1};
        std::vector<ReviewSlice> samples;
        for (const FrameRange &piece : normSamples(whole))
            samples.push_back(sliceForReview(clip.project, context, 1, piece));
        const TrackNorms norms = measureNorms(samples, context);
        TrackScores scores(1, context.skeleton.jointCount());
        scores.cover(whole);
        scores.assign(scoreFrames(sliceForReview(clip.project, context, 1, whole), whole, context, norms));
        for (std::size_t reason = 0; reason < result.sums.values.size(); ++reason) {
            const std::vector<std::uint16_t> &values = scores.sums()->values[reason];
            result.sums.values[reason].insert(result.sums.values[reason].end(), values.begin(), values.end());
        }
    }
    RankingOptions options;
    options.weights = weights;
    result.scores = frameScores(result.sums, options);
    return result;
}

RemovedShares removedInQueueOrder(const FrameErrors &errors, const std::vector<float> &scores)
{
    std::vector<std::size_t> order = inTime(scores.size());
    std::stable_sort(order.begin(), order.end(),
                     [&scores](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
    return removedInOrder(errors, order);
}

RemovedShares removedUniformly(const FrameErrors &errors)
{
    RemovedShares shares{};
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const auto step = static_cast<std::size_t>(100 / kCorrectedPercents[i]);
        std::vector<std::size_t> order;
        for (std::size_t frame = step / 2; frame < errors.all.size(); frame += step)
            order.push_back(frame);
        for (std::size_t frame = 0; frame < errors.all.size(); ++frame) {
            if (frame % step != step / 2)
                order.push_back(frame);
        }
        shares[i] = removedInOrder(errors, order)[i];
    }
    return shares;
}

RemovedShares removedAtRandom(const FrameErrors &errors, std::uint64_t seed)
{
    RemovedShares mean{};
    for (int i = 0; i < kRandomOrders; ++i) {
        Random random(seed, static_cast<std::uint64_t>(i));
        std::vector<std::size_t> order = inTime(errors.all.size());
        for (std::size_t k = order.size(); k > 1; --k) // Fisher and Yates
            std::swap(order[k - 1], order[static_cast<std::size_t>(random.below(static_cast<int>(k)))]);
        const RemovedShares shares = removedInOrder(errors, order);
        for (std::size_t k = 0; k < mean.size(); ++k)
            mean[k] += shares[k] / kRandomOrders;
    }
    return mean;
}

} // namespace poselift
