#include "core/review/slicemeasures.h"

#include "core/geometry/camera.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace poselift {

namespace {

constexpr float kNone = std::numeric_limits<float>::quiet_NaN();
constexpr int kHeightReach = 8;   // frames
constexpr float kBoxShare = 0.9F; // of the stature
constexpr float kStatureMetres = 1.7F;
constexpr float kExchangeNoise = 6.0F;   // %: what two keypoints are off anyhow
constexpr std::size_t kExchangeLags = 3; // the first of kMotionLags: farther away, legs have really passed

/// Median of the positive values; 0 when there are none.
float medianOfPositive(std::vector<float> values)
{
    std::erase_if(values, [](float value) { return !(value > 0); });
    if (values.empty())
        return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace

SliceMeasures::SliceMeasures(const ReviewSlice &slice, const ReviewContext &context)
    : m_slice(slice), m_context(context)
{
    measureHeights();
    projectLifted();
    compareLifted();
}

void SliceMeasures::measureHeights()
{
    const int frames = m_slice.frameCount();
    std::vector<float> diagonals;
    for (int t = 0; t < frames; ++t) {
        float left = std::numeric_limits<float>::max(), top = left, right = -left, bottom = -left;
        for (int j = 0; j < m_slice.jointCount; ++j) {
            if (!isKnown(t, j))
                continue;
            const Point at = point(t, j);
            left = std::min(left, at.x);
            right = std::max(right, at.x);
            top = std::min(top, at.y);
            bottom = std::max(bottom, at.y);
        }
        diagonals.push_back(right > left ? std::hypot(right - left, bottom - top) : 0.0F);
    }
    for (int t = 0; t < frames; ++t) {
        const auto begin = diagonals.begin() + std::max(0, t - kHeightReach);
        const auto end = diagonals.begin() + std::min(frames, t + kHeightReach + 1);
        m_heights.push_back(medianOfPositive({begin, end}) / kBoxShare);
    }
}

void SliceMeasures::projectLifted()
{
    if (m_slice.lifted.empty() || !m_context.camera.isValid())
        return;
    const std::vector<float> &xyz = m_slice.lifted.front();
    m_projected.assign(m_slice.xy.size(), kNone);
    for (std::size_t at = 0; at < m_slice.marks.size(); ++at) {
        const float *joint = xyz.data() + 3 * at;
        if (!(joint[2] > 0))
            continue;
        const Eigen::Vector2d pixel = project(m_context.camera, {joint[0], joint[1], joint[2]});
        m_projected[2 * at] = static_cast<float>(pixel.x());
        m_projected[2 * at + 1] = static_cast<float>(pixel.y());
    }
}

SliceMeasures::Point SliceMeasures::point(int index, int joint) const
{
    const std::size_t at = m_slice.at(index, joint);
    return {m_slice.xy[2 * at], m_slice.xy[2 * at + 1]};
}

float SliceMeasures::percent(int index, float px) const
{
    const float height = heightPx(index);
    return height > 0 ? 100 * px / height : kNone;
}

/// Settled keypoints have a position unless they are absent; those are stored without confidence.
bool SliceMeasures::isKnown(int index, int joint) const
{
    const std::size_t at = m_slice.at(index, joint);
    return m_slice.marks[at] == ReviewMark::Seen
           || (m_slice.marks[at] == ReviewMark::Settled && m_slice.confidence[at] > 0);
}

float SliceMeasures::reprojection(int index, int joint) const
{
    if (m_projected.empty() || !isKnown(index, joint))
        return kNone;
    const std::size_t at = m_slice.at(index, joint);
    return percent(
        index, std::hypot(m_slice.xy[2 * at] - m_projected[2 * at], m_slice.xy[2 * at + 1] - m_projected[2 * at + 1]));
}

Eigen::Vector3f SliceMeasures::apart(int index, int joint) const
{
    const std::size_t at = 3 * m_slice.at(index, joint);
    return Eigen::Map<const Eigen::Vector3f>(m_slice.lifted[0].data() + at)
           - Eigen::Map<const Eigen::Vector3f>(m_slice.lifted[1].data() + at);
}

void SliceMeasures::compareLifted()
{
    if (m_slice.lifted.size() < 2)
        return;
    for (int t = 0; t < m_slice.frameCount(); ++t) {
        Eigen::Vector3f sum = Eigen::Vector3f::Zero();
        int count = 0;
        for (int j = 0; j < m_slice.jointCount; ++j) {
            const Eigen::Vector3f difference = apart(t, j);
            if (!std::isfinite(difference.x()))
                continue;
            sum += difference;
            ++count;
        }
        m_shifts.push_back(sum / static_cast<float>(std::max(count, 1)));
    }
}

float SliceMeasures::disagreement(int index, int joint) const
{
    if (m_shifts.empty())
        return kNone;
    return 100 * (apart(index, joint) - m_shifts[static_cast<std::size_t>(index)]).norm() / kStatureMetres;
}

float SliceMeasures::boneMetres(int index, int bone) const
{
    if (m_slice.lifted.empty())
        return kNone;
    const auto [parent, child] = m_context.skeleton.bones[static_cast<std::size_t>(bone)];
    const float *xyz = m_slice.lifted.front().data();
    return (Eigen::Map<const Eigen::Vector3f>(xyz + 3 * m_slice.at(index, parent))
            - Eigen::Map<const Eigen::Vector3f>(xyz + 3 * m_slice.at(index, child)))
        .norm();
}

float SliceMeasures::boneInPicture(int index, int bone) const
{
    const auto [parent, child] = m_context.skeleton.bones[static_cast<std::size_t>(bone)];
    return distance(index, parent, child);
}

float SliceMeasures::distance(int index, int jointA, int jointB) const
{
    if (!isKnown(index, jointA) || !isKnown(index, jointB))
        return kNone;
    const Point a = point(index, jointA);
    const Point b = point(index, jointB);
    return percent(index, std::hypot(a.x - b.x, a.y - b.y));
}

float SliceMeasures::offPath(int index, int joint, int lag) const
{
    const int before = index - kMotionLags[static_cast<std::size_t>(lag)];
    const int after = index + kMotionLags[static_cast<std::size_t>(lag)];
    if (before < 0 || after >= m_slice.frameCount() || !isKnown(index, joint) || !isKnown(before, joint)
        || !isKnown(after, joint))
        return kNone;
    const auto time = [this](int t) { return m_slice.seconds[static_cast<std::size_t>(t)]; };
    const double span = time(after) - time(before);
    const float share = span > 0 ? static_cast<float>((time(index) - time(before)) / span) : 0.5F;
    const Point a = point(before, joint);
    const Point b = point(after, joint);
    const Point now = point(index, joint);
    return percent(index, std::hypot(a.x + share * (b.x - a.x) - now.x, a.y + share * (b.y - a.y) - now.y));
}

float SliceMeasures::gainOver(int index, std::pair<int, int> pair, Point left, Point right) const
{
    const Point l = point(index, pair.first);
    const Point r = point(index, pair.second);
    const float asItIs =
        percent(index, std::hypot(l.x - left.x, l.y - left.y) + std::hypot(r.x - right.x, r.y - right.y));
    const float exchanged =
        percent(index, std::hypot(l.x - right.x, l.y - right.y) + std::hypot(r.x - left.x, r.y - left.y));
    return (asItIs - exchanged) / (asItIs + kExchangeNoise);
}

float SliceMeasures::exchangeGain(int index, std::pair<int, int> pair) const
{
    const auto bothKnown = [&](int t) {
        return t >= 0 && t < m_slice.frameCount() && isKnown(t, pair.first) && isKnown(t, pair.second);
    };
    if (!bothKnown(index) || heightPx(index) <= 0)
        return kNone;
    float gain = kNone;
    const auto consider = [&gain](float value) {
        if (!std::isnan(value))
            gain = std::isnan(gain) ? value : std::max(gain, value);
    };
    for (std::size_t lag = 0; lag < kExchangeLags; ++lag) {
        const int before = index - kMotionLags[lag];
        const int after = index + kMotionLags[lag];
        if (!bothKnown(before) || !bothKnown(after))
            continue;
        // Both sides must say so: next to a frame that is really exchanged, only one does.
        consider(std::min(gainOver(index, pair, point(before, pair.first), point(before, pair.second)),
                          gainOver(index, pair, point(after, pair.first), point(after, pair.second))));
    }
    if (!m_projected.empty()) {
        const auto projected = [&](int joint) {
            const float *xy = m_projected.data() + 2 * m_slice.at(index, joint);
            return Point{xy[0], xy[1]};
        };
        consider(gainOver(index, pair, projected(pair.first), projected(pair.second)));
    }
    return gain;
}

} // namespace poselift
