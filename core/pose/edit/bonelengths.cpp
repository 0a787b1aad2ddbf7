#include "core/pose/edit/bonelengths.h"

#include "core/pose/edit/effectivepose3d.h"
#include "core/pose/edit/framerange.h"
#include "core/pose/edit/trackextent.h"

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

constexpr std::int64_t kMostFrames = 1000;

double distance(const Joint3D &a, const Joint3D &b)
{
    return std::hypot(a.x - b.x, a.y - b.y, a.z - b.z);
}

double medianOf(std::vector<double> &values)
{
    if (values.empty())
        return 0.0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1)
        return *middle;
    return (*middle + *std::max_element(values.begin(), middle)) / 2.0;
}

/// Frames that the base layer or the corrections have of the track.
FrameRange framesOf(const Project &project, const JointLayer &base, TrackId track)
{
    FrameRange frames;
    for (const JointLayer *layer : {&base, project.jointLayer(kCorrectedLayer)}) {
        const JointTrack *found = layer != nullptr ? findTrack(layer->tracks, track) : nullptr;
        if (found == nullptr || found->frameCount() == 0)
            continue;
        const bool isFirst = frames.count() == 0;
        frames = {isFirst ? found->firstFrame : std::min(frames.first, found->firstFrame),
                  isFirst ? found->endFrame() - 1 : std::max(frames.last, found->endFrame() - 1)};
    }
    return frames;
}

} // namespace

BoneLengths boneLengths(const KinematicTree &tree, const Pose3D &pose)
{
    BoneLengths lengths(pose.size());
    for (const int joint : tree.order()) {
        const int parent = tree.parent(joint);
        if (parent < 0)
            continue;
        const Joint3D &a = pose[static_cast<std::size_t>(joint)], &b = pose[static_cast<std::size_t>(parent)];
        if (a.valid && b.valid)
            lengths[static_cast<std::size_t>(joint)] = distance(a, b);
    }
    return lengths;
}

BoneLengths boneLengths(const Project &project, const JointLayer &base, const KinematicTree &tree, TrackId track)
{
    std::vector<std::vector<double>> seen(base.skeleton.joints.size());
    const FrameRange frames = framesOf(project, base, track);
    const std::int64_t step = std::max<std::int64_t>(1, (frames.count() + kMostFrames - 1) / kMostFrames);
    for (std::int64_t frame = frames.first; frame <= frames.last; frame += step) {
        const BoneLengths now = boneLengths(tree, effectivePose3d(project, base, track, frame).pose);
        for (std::size_t joint = 0; joint < now.size(); ++joint) {
            if (now[joint] > 0.0)
                seen[joint].push_back(now[joint]);
        }
    }
    BoneLengths lengths;
    for (std::vector<double> &values : seen)
        lengths.push_back(medianOf(values));
    return lengths;
}

} // namespace poselift
