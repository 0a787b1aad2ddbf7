#include "core/review/tracknorms.h"

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

constexpr std::int64_t kSampledFrames = 4096;
constexpr std::int64_t kPieceFrames = 128;

/// Values of which a quantile is wanted; NaNs are left out.
class Sample
{
public:
    void add(float value)
    {
        if (!std::isnan(value))
            m_values.push_back(value);
    }
    /// 0 without values.
    float quantile(double share)
    {
        if (m_values.empty())
            return 0;
        const auto rank = static_cast<std::ptrdiff_t>(share * static_cast<double>(m_values.size() - 1));
        std::nth_element(m_values.begin(), m_values.begin() + rank, m_values.end());
        return m_values[static_cast<std::size_t>(rank)];
    }

private:
    std::vector<float> m_values;
};

/// The quantile over all frames of measure(slice, frame, i) for i = 0 … count − 1.
template <typename Measure>
std::vector<float> quantiles(const std::vector<SliceMeasures> &measures, int count, double share,
                             const Measure &measure)
{
    std::vector<float> result;
    for (int i = 0; i < count; ++i) {
        Sample sample;
        for (const SliceMeasures &slice : measures) {
            for (int t = 0; t < slice.slice().frameCount(); ++t)
                sample.add(measure(slice, t, i));
        }
        result.push_back(sample.quantile(share));
    }
    return result;
}

float usualConfidence(std::span<const ReviewSlice> samples)
{
    Sample sample;
    for (const ReviewSlice &slice : samples) {
        for (std::size_t at = 0; at < slice.marks.size(); ++at) {
            if (slice.marks[at] == ReviewMark::Seen)
                sample.add(slice.confidence[at]);
        }
    }
    return sample.quantile(0.5);
}

} // namespace

std::vector<FrameRange> normSamples(FrameRange extent)
{
    if (extent.count() <= kSampledFrames)
        return {extent};
    std::vector<FrameRange> pieces;
    constexpr std::int64_t kPieces = kSampledFrames / kPieceFrames;
    for (std::int64_t i = 0; i < kPieces; ++i) {
        const std::int64_t first = extent.first + i * (extent.count() - kPieceFrames) / (kPieces - 1);
        pieces.push_back({first, first + kPieceFrames - 1});
    }
    return pieces;
}

TrackNorms measureNorms(std::span<const ReviewSlice> samples, const ReviewContext &context)
{
    std::vector<SliceMeasures> measures;
    for (const ReviewSlice &slice : samples)
        measures.emplace_back(slice, context);
    const int joints = context.skeleton.jointCount();
    const int bones = static_cast<int>(context.skeleton.bones.size());
    TrackNorms norms;
    norms.confidence = usualConfidence(samples);
    std::int64_t frames = 0;
    norms.knownShare.assign(static_cast<std::size_t>(joints), 0.0F);
    for (const SliceMeasures &slice : measures) {
        for (int t = 0; t < slice.slice().frameCount(); ++t, ++frames) {
            for (int j = 0; j < joints; ++j)
                norms.knownShare[static_cast<std::size_t>(j)] += slice.isKnown(t, j) ? 1.0F : 0.0F;
        }
    }
    for (float &share : norms.knownShare)
        share /= static_cast<float>(std::max<std::int64_t>(frames, 1));
    norms.reprojection =
        quantiles(measures, joints, 0.5, [](const SliceMeasures &s, int t, int j) { return s.reprojection(t, j); });
    norms.disagreement =
        quantiles(measures, joints, 0.5, [](const SliceMeasures &s, int t, int j) { return s.disagreement(t, j); });
    for (std::size_t lag = 0; lag < kMotionLags.size(); ++lag)
        norms.offPath[lag] = quantiles(measures, joints, 0.9, [lag](const SliceMeasures &s, int t, int j) {
            return s.offPath(t, j, static_cast<int>(lag));
        });
    norms.boneMetres =
        quantiles(measures, bones, 0.5, [](const SliceMeasures &s, int t, int b) { return s.boneMetres(t, b); });
    norms.boneInPicture =
        quantiles(measures, bones, 0.95, [](const SliceMeasures &s, int t, int b) { return s.boneInPicture(t, b); });
    return norms;
}

} // namespace poselift
