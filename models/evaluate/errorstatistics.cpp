#include "models/evaluate/errorstatistics.h"

#include "core/pose/posebox.h"
#include "models/evaluate/keypointaccuracy.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace poselift {

namespace {

constexpr float kReferenceConfidence = 0.3F;
constexpr double kBoxShare = 0.9;    // of the stature, nose to ankles (core/review/slicemeasures.h)
constexpr double kOutlier = 0.06;    // heights away from the joint's usual error
constexpr double kSwapApart = 0.04;  // heights between left and right, below which nobody can tell
constexpr double kSlowSeconds = 0.5; // to either side: what lasts longer is an offset
constexpr double kModelRate = 30.0;  // fps of the noise model
constexpr std::array kErrorEdges{0.0F, 0.01F, 0.02F, 0.03F, 0.05F, 0.08F};
constexpr std::size_t kLeastInBin = 20;

double median(std::vector<double> values)
{
    if (values.empty())
        return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

double heightOf(const PoseByFrame &reference)
{
    std::vector<double> heights;
    for (const auto &[frame, pose] : reference) {
        if (const std::optional<Box> box = boxOfPose(pose, kReferenceConfidence))
            heights.push_back(std::hypot(box->width, box->height) / kBoxShare);
    }
    return median(std::move(heights));
}

template <typename Offset>
double rms(const std::vector<Offset> &offsets)
{
    double sum = 0;
    for (const Offset &offset : offsets)
        sum += offset.x * offset.x + offset.y * offset.y;
    return offsets.empty() ? 0.0 : std::sqrt(sum / (2.0 * static_cast<double>(offsets.size()))); // per axis
}

/// Standard deviation per axis that outliers do not move: the length of a 2D normal vector has the
/// median 1.1774 σ (Rayleigh distribution).
template <typename Offset>
double robustSigma(const std::vector<Offset> &offsets)
{
    std::vector<double> lengths;
    for (const Offset &offset : offsets)
        lengths.push_back(std::hypot(offset.x, offset.y));
    return median(std::move(lengths)) / 1.1774;
}

} // namespace

/// One joint over the frames of the reference.
struct ErrorStatistics::JointSeries
{
    std::vector<bool> compared; ///< the reference knows it, and the person was found
    std::vector<bool> missing;
    std::vector<bool> swapped;
    std::vector<Offset> errors;
    std::vector<float> confidence;

    bool counts(int t) const { return compared[static_cast<std::size_t>(t)] && !swapped[static_cast<std::size_t>(t)]; }
};

void ErrorStatistics::Runs::add(const std::vector<bool> &condition, double per30)
{
    bool before = false;
    for (const bool now : condition) {
        count += now && !before ? 1 : 0;
        frames += now ? 1 : 0;
        length += now ? per30 : 0.0;
        before = now;
    }
}

/// Frames of one clip as the statistics see them: found and wanted poses in one skeleton.
struct ErrorStatistics::Frames
{
    const Skeleton &skeleton;
    double height = 0; ///< px
    std::vector<Pose2D> found;
    std::vector<Pose2D> wanted;
    std::vector<bool> unseen; ///< the person was not found

    double distance(const Keypoint2D &a, const Keypoint2D &b) const
    {
        return std::hypot(a.x - b.x, a.y - b.y) / height;
    }
    JointSeries seriesOf(int joint) const;
    bool isSwapped(std::size_t t, std::size_t joint, std::size_t other) const;
};

/// Clearly nearer to each other's places than to their own.
bool ErrorStatistics::Frames::isSwapped(std::size_t t, std::size_t joint, std::size_t other) const
{
    for (const std::size_t side : {joint, other}) {
        if (wanted[t][side].confidence < kReferenceConfidence || !found[t][side].isKnown())
            return false;
    }
    const double asItIs = distance(found[t][joint], wanted[t][joint]) + distance(found[t][other], wanted[t][other]);
    const double exchanged = distance(found[t][joint], wanted[t][other]) + distance(found[t][other], wanted[t][joint]);
    return distance(wanted[t][joint], wanted[t][other]) > kSwapApart && exchanged < asItIs / 2;
}

ErrorStatistics::JointSeries ErrorStatistics::Frames::seriesOf(int joint) const
{
    const auto at = static_cast<std::size_t>(joint);
    const auto other = static_cast<std::size_t>(skeleton.mirrored(joint));
    JointSeries series;
    for (std::size_t t = 0; t < found.size(); ++t) {
        const Keypoint2D &seen = found[t][at];
        const Keypoint2D &truth = wanted[t][at];
        const bool wantedHere = truth.confidence >= kReferenceConfidence && !unseen[t];
        series.compared.push_back(wantedHere && seen.isKnown());
        series.missing.push_back(wantedHere && !seen.isKnown());
        series.swapped.push_back(!unseen[t] && isSwapped(t, at, other));
        series.errors.push_back({(seen.x - truth.x) / height, (seen.y - truth.y) / height});
        series.confidence.push_back(seen.confidence);
    }
    return series;
}

void ErrorStatistics::add(const KeypointTrack &found, const Skeleton &foundSkeleton, const PoseByFrame &reference,
                          const Skeleton &referenceSkeleton, double framesPerSecond)
{
    Frames frames{referenceSkeleton, heightOf(reference), {}, {}, {}};
    for (const auto &[frame, wanted] : reference) {
        frames.found.push_back(poseByName(found.pose(frame), foundSkeleton, referenceSkeleton));
        frames.wanted.push_back(wanted);
        frames.unseen.push_back(!found.isPresent(frame));
    }
    const double per30 = kModelRate / framesPerSecond;
    const int lag = std::max(1, static_cast<int>(std::lround(1 / per30)));
    std::vector<bool> anySwap(frames.found.size());
    for (std::size_t i = 0; i < limbJoints().size(); ++i) {
        const JointSeries series = frames.seriesOf(referenceSkeleton.indexOf(limbJoints()[i]));
        for (std::size_t t = 0; t < anySwap.size(); ++t)
            anySwap[t] = anySwap[t] || series.swapped[t];
        for (std::size_t t = 0; t < anySwap.size(); ++t)
            m_jointFrames30 += series.compared[t] || series.missing[t] ? per30 : 0.0;
        m_drops.add(series.missing, per30);
        addJoint(series, static_cast<int>(i / 2), framesPerSecond);
        addConfidence(series, lag);
    }
    m_frames30 += per30 * static_cast<double>(frames.found.size());
    m_frameDrops.add(frames.unseen, per30);
    m_swaps.add(anySwap, per30);
}

/// Median error around frame @p t, of the frames that count.
ErrorStatistics::Offset ErrorStatistics::usualError(const JointSeries &series, int t, int reach)
{
    std::vector<double> x, y;
    const int end = std::min(static_cast<int>(series.errors.size()), t + reach + 1);
    for (int near = std::max(0, t - reach); near < end; ++near) {
        if (!series.counts(near))
            continue;
        x.push_back(series.errors[static_cast<std::size_t>(near)].x);
        y.push_back(series.errors[static_cast<std::size_t>(near)].y);
    }
    return {median(std::move(x)), median(std::move(y))};
}

void ErrorStatistics::addJoint(const JointSeries &series, int kind, double framesPerSecond)
{
    const std::size_t frames = series.errors.size();
    const int reach = static_cast<int>(kSlowSeconds * framesPerSecond);
    std::vector<std::optional<Offset>> slow(frames);
    std::vector<std::optional<Offset>> quick(frames);
    std::vector<bool> outlying(frames);
    const auto at = static_cast<std::size_t>(kind);
    std::vector<Offset> ordinary;
    for (std::size_t t = 0; t < frames; ++t) {
        if (!series.counts(static_cast<int>(t)))
            continue;
        ++m_keypoints;
        slow[t] = usualError(series, static_cast<int>(t), reach);
        m_slow[at].push_back(*slow[t]);
        const Offset rest{series.errors[t].x - slow[t]->x, series.errors[t].y - slow[t]->y};
        outlying[t] = std::hypot(rest.x, rest.y) > kOutlier;
        if (outlying[t]) {
            m_outlierSizes.push_back(std::hypot(rest.x, rest.y));
            continue;
        }
        quick[t] = rest;
        ordinary.push_back(rest);
    }
    const auto lag = static_cast<std::size_t>(std::max(1L, std::lround(framesPerSecond / kModelRate)));
    m_jitterCorrelation.add(quick, lag);
    m_slowCorrelation.add(slow, lag);
    m_jitter[at].insert(m_jitter[at].end(), ordinary.begin(), ordinary.end());
    m_series[at].push_back(std::move(ordinary));
    m_outliers.add(outlying, kModelRate / framesPerSecond);
}

void ErrorStatistics::Correlation::add(const std::vector<std::optional<Offset>> &values, std::size_t lag)
{
    for (std::size_t t = lag; t < values.size(); ++t) {
        const std::optional<Offset> &now = values[t];
        const std::optional<Offset> &before = values[t - lag];
        if (!now || !before)
            continue;
        products += now->x * before->x + now->y * before->y;
        squares += (now->x * now->x + now->y * now->y + before->x * before->x + before->y * before->y) / 2;
    }
}

void ErrorStatistics::addConfidence(const JointSeries &series, int lag)
{
    double sum = 0;
    int count = 0;
    for (std::size_t t = 0; t < series.compared.size(); ++t) {
        if (!series.compared[t])
            continue;
        m_sure.push_back({std::hypot(series.errors[t].x, series.errors[t].y), series.confidence[t]});
        sum += series.confidence[t];
        ++count;
    }
    std::vector<std::optional<Offset>> aroundMean(series.compared.size());
    for (std::size_t t = 0; t < aroundMean.size(); ++t) {
        if (series.compared[t])
            aroundMean[t] = Offset{series.confidence[t] - sum / count, 0};
    }
    m_sureCorrelation.add(aroundMean, static_cast<std::size_t>(lag));
}

std::vector<ConfidenceBin> ErrorStatistics::confidenceBins() const
{
    std::vector<ConfidenceBin> bins;
    std::vector<float> values;
    // From the largest errors down, so that a bin with too few keypoints joins the next smaller one.
    for (std::size_t i = kErrorEdges.size(); i-- > 0;) {
        const double end = i + 1 < kErrorEdges.size() ? kErrorEdges[i + 1] : 1e9;
        for (const Sure &keypoint : m_sure) {
            if (keypoint.error >= kErrorEdges[i] && keypoint.error < end)
                values.push_back(keypoint.confidence);
        }
        if (values.empty() || (values.size() < kLeastInBin && i > 0))
            continue;
        std::sort(values.begin(), values.end());
        ConfidenceBin bin;
        bin.leastError = kErrorEdges[i];
        bin.count = static_cast<std::int64_t>(values.size());
        for (std::size_t d = 0; d < bin.deciles.size(); ++d)
            bin.deciles[d] = values[d * (values.size() - 1) / (bin.deciles.size() - 1)];
        bins.insert(bins.begin(), bin);
        values.clear();
    }
    return bins;
}

/// Standard deviation of the logarithm of the error's size over clips and joints of one kind.
double ErrorStatistics::difficultySpread() const
{
    std::vector<double> logs;
    for (std::size_t kind = 0; kind < m_series.size(); ++kind) {
        const double sigma = robustSigma(m_jitter[kind]);
        for (const std::vector<Offset> &series : m_series[kind]) {
            if (!series.empty() && sigma > 0)
                logs.push_back(std::log(std::max(robustSigma(series), 1e-6) / sigma));
        }
    }
    if (logs.empty())
        return 0;
    const double mean = std::accumulate(logs.begin(), logs.end(), 0.0) / static_cast<double>(logs.size());
    double squares = 0;
    for (const double value : logs)
        squares += (value - mean) * (value - mean);
    return std::sqrt(squares / static_cast<double>(logs.size()));
}

/// Root mean square of the outliers, per axis.
double ErrorStatistics::outlierSize() const
{
    double squares = 0;
    for (const double size : m_outlierSizes)
        squares += size * size / 2;
    return m_outlierSizes.empty() ? 0.0 : std::sqrt(squares / static_cast<double>(m_outlierSizes.size()));
}

MeasuredNoise ErrorStatistics::noise() const
{
    const auto share = [](double part, double whole) { return static_cast<float>(whole > 0 ? part / whole : 0.0); };
    MeasuredNoise noise;
    KeypointNoiseOptions &options = noise.options;
    double typical = 0;
    for (std::size_t kind = 0; kind < m_jitter.size(); ++kind) {
        const double sigma = robustSigma(m_jitter[kind]);
        options.jointSigma[kind] = static_cast<float>(sigma);
        options.offsetSigma[kind] = static_cast<float>(rms(m_slow[kind]));
        typical += sigma / static_cast<double>(m_jitter.size());
    }
    options.difficultySigma = static_cast<float>(difficultySpread());
    options.jointCorrelation = m_jitterCorrelation.value();
    options.offsetCorrelation = m_slowCorrelation.value();
    options.outlierRate = share(static_cast<double>(m_outliers.count), m_jointFrames30);
    options.outlierFactor = share(outlierSize(), typical);
    options.dropRate = share(static_cast<double>(m_drops.count), m_jointFrames30);
    options.frameDropRate = share(static_cast<double>(m_frameDrops.count), m_frames30);
    options.swapRate = share(static_cast<double>(m_swaps.count), m_frames30);
    const double runs = static_cast<double>(m_outliers.count + m_swaps.count + m_drops.count + m_frameDrops.count);
    const double length = m_outliers.length + m_swaps.length + m_drops.length + m_frameDrops.length;
    // Runs are uniform in 1 … longest, so their mean is (1 + longest) / 2.
    options.longestRun = std::max(1, static_cast<int>(std::lround(2 * length / std::max(1.0, runs) - 1)));
    noise.confidence = confidenceBins();
    noise.confidenceCorrelation = m_sureCorrelation.value();
    return noise;
}

} // namespace poselift
