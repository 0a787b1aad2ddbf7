// The edits of keypointedits.h that interpolate.

#include "core/pose/edit/keyframes.h"
#include "core/pose/edit/keypointedits.h"

#include <algorithm>

namespace poselift {

namespace {

/// Fills the gaps of one joint, in one column of a block.
class GapFiller
{
public:
    GapFiller(const Project &project, const EffectiveKeypoints &effective, Interpolation method)
        : m_project(project), m_effective(effective), m_method(method)
    {
    }

    /// @p keys: known keypoints, ascending. Those before the first and after the last shape the ends
    /// of a cubic curve.
    void fill(KeypointBlock &block, std::size_t column, const std::vector<std::int64_t> &keys) const
    {
        const int joint = block.joints[column];
        for (std::size_t i = 1; i < keys.size(); ++i) {
            if (keys[i] == keys[i - 1] + 1)
                continue;
            const std::int64_t before = i > 1 ? keys[i - 2] : keys[i - 1] - 1;
            const std::int64_t after = i + 1 < keys.size() ? keys[i + 1] : keys[i] + 1;
            const InterpolationSupport support{*pointAt(keys[i - 1], joint), *pointAt(keys[i], joint),
                                               pointAt(before, joint), pointAt(after, joint)};
            fillGap(block, column, {keys[i - 1], keys[i]}, support);
        }
    }

private:
    std::optional<TimedPoint> pointAt(std::int64_t frame, int joint) const
    {
        const Keypoint2D keypoint = m_effective.at(frame, joint);
        if (frame < 0 || !keypoint.isKnown())
            return std::nullopt;
        return TimedPoint{secondsOf(m_project, frame), keypoint.x, keypoint.y};
    }

    void fillGap(KeypointBlock &block, std::size_t column, FrameRange gap, const InterpolationSupport &support) const
    {
        const int joint = block.joints[column];
        const Keypoint2D begin = m_effective.at(gap.first, joint);
        const Keypoint2D end = m_effective.at(gap.last, joint);
        Keypoint2D keypoint;
        keypoint.confidence = std::min(begin.confidence, end.confidence);
        keypoint.state = begin.state == end.state ? begin.state : KeypointState::Occluded;
        keypoint.origin = KeypointOrigin::Interpolated;
        for (std::int64_t frame = gap.first + 1; frame < gap.last; ++frame) {
            if (m_effective.at(frame, joint).locked)
                continue;
            const TimedPoint point = interpolated(support, secondsOf(m_project, frame), m_method);
            keypoint.x = point.x;
            keypoint.y = point.y;
            block.setKeypoint(frame, column, keypoint);
        }
    }

    const Project &m_project;
    const EffectiveKeypoints &m_effective;
    Interpolation m_method;
};

KeypointPatch finished(const Project &project, KeypointPatch patch)
{
    dropUnchanged(project.tracks, patch);
    return patch;
}

/// The ends of @p frames and the keyframes between them; nothing when the joint is not known at an
/// end.
std::vector<std::int64_t> supportsIn(const EffectiveKeypoints &effective, int joint, FrameRange frames)
{
    if (!effective.at(frames.first, joint).isKnown() || !effective.at(frames.last, joint).isKnown())
        return {};
    std::vector<std::int64_t> supports = keyframesIn(effective, joint, {frames.first + 1, frames.last - 1});
    supports.insert(supports.begin(), frames.first);
    supports.push_back(frames.last);
    return supports;
}

} // namespace

KeypointPatch interpolateKeypoints(const Project &project, const KeypointSelection &selection, Interpolation method)
{
    if (selection.frames.count() < 3)
        return {};
    const EffectiveKeypoints effective(project, selection.track);
    const GapFiller filler(project, effective, method);
    KeypointBlock block = readBlock(project.tracks, selection.track, selection.frames, selection.joints);
    for (std::size_t column = 0; column < selection.joints.size(); ++column)
        filler.fill(block, column, supportsIn(effective, selection.joints[column], selection.frames));
    return finished(project, {{std::move(block)}, {}});
}

KeypointPatch interpolateAround(const Project &project, TrackId track, std::int64_t frame,
                                const std::vector<int> &joints, Interpolation method)
{
    const EffectiveKeypoints effective(project, track);
    const GapFiller filler(project, effective, method);
    // Only corrections are keyframes: they all lie in the annotation track, but for detections that
    // someone locked, which lie there as well.
    const TrackExtent extent = extentOf(project.tracks, track);
    const FrameRange annotated{extent.firstFrame, extent.firstFrame + extent.frameCount - 1};
    KeypointPatch patch;
    for (const int joint : joints) {
        const std::optional<FrameRange> frames = keyframesAround(effective, joint, frame, annotated);
        if (!frames)
            continue;
        KeypointBlock block = readBlock(project.tracks, track, *frames, {joint});
        filler.fill(block, 0, supportsIn(effective, joint, *frames));
        patch.blocks.push_back(std::move(block));
    }
    return finished(project, std::move(patch));
}

} // namespace poselift
