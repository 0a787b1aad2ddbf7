#include "core/review/reviewslice.h"

#include "core/pose/edit/keypointedits.h"
#include "core/pose/edit/trackextent.h"

#include <algorithm>
#include <limits>

namespace poselift {

namespace {

constexpr std::size_t kMostLifters = 2;
constexpr float kNone = std::numeric_limits<float>::quiet_NaN();

const KeypointTrack *detectedTrack(const Project &project, TrackId track)
{
    const KeypointLayer *detected = project.keypointLayer("detected");
    return detected != nullptr ? findTrack(detected->tracks, track) : nullptr;
}

/// For every joint of @p to its index in @p from, or −1.
std::vector<int> indicesByName(const Skeleton &from, const Skeleton &to)
{
    std::vector<int> indices;
    for (const std::string &joint : to.joints)
        indices.push_back(from.indexOf(joint));
    return indices;
}

void put(ReviewSlice &slice, std::size_t at, const Keypoint2D &keypoint, ReviewMark mark)
{
    slice.xy[2 * at] = static_cast<float>(keypoint.x);
    slice.xy[2 * at + 1] = static_cast<float>(keypoint.y);
    slice.confidence[at] = keypoint.confidence;
    slice.marks[at] = mark;
}

void copyDetections(const KeypointTrack &track, const std::vector<int> &joints, ReviewSlice &slice)
{
    for (int t = 0; t < slice.frameCount(); ++t) {
        for (int j = 0; j < slice.jointCount; ++j) {
            const Keypoint2D keypoint = track.keypoint(slice.firstFrame + t, joints[static_cast<std::size_t>(j)]);
            // What the detector itself calls absent needs nobody's decision.
            const bool isAbsent = keypoint.state == KeypointState::Absent;
            put(slice, slice.at(t, j), keypoint,
                keypoint.isKnown() ? ReviewMark::Seen
                : isAbsent         ? ReviewMark::Settled
                                   : ReviewMark::Missing);
        }
    }
}

/// Keypoints that were filled in between are settled, but do not say that somebody looked at the
/// frame.
void copyAnnotations(const KeypointTrack &track, ReviewSlice &slice)
{
    const std::int64_t begin = std::max(slice.firstFrame, track.firstFrame);
    const std::int64_t end = std::min(slice.endFrame(), track.endFrame());
    for (std::int64_t frame = begin; frame < end; ++frame) {
        const int t = static_cast<int>(frame - slice.firstFrame);
        for (int j = 0; j < slice.jointCount; ++j) {
            const Keypoint2D keypoint = track.keypoint(frame, j);
            if (keypoint.state == KeypointState::Missing && !keypoint.locked)
                continue;
            put(slice, slice.at(t, j), keypoint, ReviewMark::Settled);
            if (keypoint.origin != KeypointOrigin::Interpolated)
                slice.done[static_cast<std::size_t>(t)] = 1;
        }
    }
}

std::vector<float> copyLifted(const JointLayer &layer, const std::vector<int> &joints, const ReviewSlice &slice)
{
    std::vector<float> xyz(3 * slice.marks.size(), kNone);
    const JointTrack *track = findTrack(layer.tracks, slice.track);
    if (track == nullptr)
        return xyz;
    for (int t = 0; t < slice.frameCount(); ++t) {
        const std::int64_t frame = slice.firstFrame + t;
        if (!track->covers(frame))
            continue;
        const auto row = static_cast<std::size_t>((frame - track->firstFrame) * track->jointCount);
        for (int j = 0; j < slice.jointCount; ++j) {
            const int source = joints[static_cast<std::size_t>(j)];
            if (source < 0 || track->valid[row + static_cast<std::size_t>(source)] == 0)
                continue;
            const float *from = track->xyz.data() + 3 * (row + static_cast<std::size_t>(source));
            std::copy_n(from, 3, xyz.data() + 3 * slice.at(t, j));
        }
    }
    return xyz;
}

} // namespace

ReviewContext ReviewContext::of(const Project &project)
{
    ReviewContext context{project.skeleton, project.camera, {}};
    for (const JointLayer &layer : project.jointLayers) {
        if (layer.name.starts_with("lifted/") && context.lifters.size() < kMostLifters)
            context.lifters.push_back(layer.name);
    }
    return context;
}

FrameRange reviewExtent(const Project &project, TrackId track)
{
    FrameRange extent;
    for (const KeypointTrack *source : {detectedTrack(project, track), findTrack(project.tracks, track)}) {
        if (source == nullptr || source->frameCount() == 0)
            continue;
        const bool isFirst = extent.count() == 0;
        extent.first = isFirst ? source->firstFrame : std::min(extent.first, source->firstFrame);
        extent.last = isFirst ? source->endFrame() - 1 : std::max(extent.last, source->endFrame() - 1);
    }
    return extent;
}

ReviewSlice sliceForReview(const Project &project, const ReviewContext &context, TrackId track, FrameRange frames)
{
    const FrameRange extent = reviewExtent(project, track);
    frames = {std::max(frames.first, extent.first), std::min(frames.last, extent.last)};
    ReviewSlice slice;
    slice.track = track;
    slice.firstFrame = frames.first;
    slice.jointCount = context.skeleton.jointCount();
    const auto count = static_cast<std::size_t>(frames.count());
    const std::size_t keypoints = count * static_cast<std::size_t>(slice.jointCount);
    slice.xy.resize(2 * keypoints);
    slice.confidence.resize(keypoints);
    slice.marks.resize(keypoints, ReviewMark::Missing);
    slice.done.resize(count);
    for (std::int64_t frame = frames.first; frame <= frames.last; ++frame)
        slice.seconds.push_back(secondsOf(project, frame));
    if (const KeypointTrack *detected = detectedTrack(project, track))
        copyDetections(*detected, indicesByName(project.keypointLayer("detected")->skeleton, context.skeleton), slice);
    if (const KeypointTrack *annotated = findTrack(project.tracks, track))
        copyAnnotations(*annotated, slice);
    for (const std::string &name : context.lifters) {
        if (const JointLayer *layer = project.jointLayer(name))
            slice.lifted.push_back(copyLifted(*layer, indicesByName(layer->skeleton, context.skeleton), slice));
    }
    return slice;
}

} // namespace poselift
