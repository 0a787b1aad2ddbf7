#include "widgets/scene3d/sceneperson.h"

#include <Eigen/Core>

#include <algorithm>

namespace poselift {

namespace {

constexpr int kSamplesPerPerson = 9;
constexpr std::int64_t kFramesLookedAt = 20000; ///< of a clip, evenly spread
constexpr double kShareOfLongest = 0.25; ///< of the frames of the person who is there longest
constexpr double kFarMetres = 3.0;       ///< nobody is far who is nearer to the middle than this,
constexpr double kFarOfMedian = 4.0;     ///< or than so many median distances

/// Every @p step-th frame in which the person is there.
std::vector<std::int64_t> framesOf(const JointTrack &track, std::int64_t step)
{
    std::vector<std::int64_t> frames;
    for (std::int64_t t = 0; t < track.frameCount(); t += step) {
        const auto row = track.valid.begin() + t * track.jointCount;
        if (std::any_of(row, row + track.jointCount, [](std::uint8_t valid) { return valid != 0; }))
            frames.push_back(track.firstFrame + t);
    }
    return frames;
}

void appendSamples(const JointTrack &track, const std::vector<std::int64_t> &frames,
                   std::vector<ScenePerson> *samples)
{
    const auto last = static_cast<std::int64_t>(frames.size()) - 1;
    const std::int64_t count = std::min<std::int64_t>(kSamplesPerPerson, last + 1);
    for (std::int64_t i = 0; i < count; ++i)
        samples->push_back(
            {track.id,
             track.pose(frames[static_cast<std::size_t>(count > 1 ? last * i / (count - 1) : 0)])});
}

Eigen::Vector3d centreOf(const Pose3D &pose)
{
    Eigen::Vector3d sum = Eigen::Vector3d::Zero();
    int count = 0;
    for (const Joint3D &joint : pose) {
        if (!joint.valid)
            continue;
        sum += Eigen::Vector3d(joint.x, joint.y, joint.z);
        ++count;
    }
    return sum / std::max(1, count);
}

double median(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

Eigen::Vector3d medianCentre(const std::vector<Eigen::Vector3d> &centres)
{
    Eigen::Vector3d middle;
    for (int axis = 0; axis < 3; ++axis) {
        std::vector<double> values;
        for (const Eigen::Vector3d &centre : centres)
            values.push_back(centre[axis]);
        middle[axis] = median(std::move(values));
    }
    return middle;
}

void dropFarPoses(std::vector<ScenePerson> *samples)
{
    if (samples->empty())
        return;
    std::vector<Eigen::Vector3d> centres;
    for (const ScenePerson &sample : *samples)
        centres.push_back(centreOf(sample.pose));
    const Eigen::Vector3d middle = medianCentre(centres);
    std::vector<double> distances;
    for (const Eigen::Vector3d &centre : centres)
        distances.push_back((centre - middle).norm());
    const double far = std::max(kFarMetres, kFarOfMedian * median(distances));
    std::erase_if(*samples, [&](const ScenePerson &sample) {
        return (centreOf(sample.pose) - middle).norm() > far;
    });
}

} // namespace

std::vector<ScenePerson> peopleOfWholeClip(const JointLayer &layer)
{
    std::int64_t frameCount = 0;
    for (const JointTrack &track : layer.tracks)
        frameCount = std::max(frameCount, track.frameCount());
    const std::int64_t step = std::max<std::int64_t>(1, frameCount / kFramesLookedAt);
    std::vector<std::vector<std::int64_t>> frames;
    std::size_t longest = 0;
    for (const JointTrack &track : layer.tracks) {
        frames.push_back(framesOf(track, step));
        longest = std::max(longest, frames.back().size());
    }
    std::vector<ScenePerson> samples;
    for (std::size_t i = 0; i < frames.size(); ++i) {
        if (static_cast<double>(frames[i].size()) >= kShareOfLongest * static_cast<double>(longest))
            appendSamples(layer.tracks[i], frames[i], &samples);
    }
    dropFarPoses(&samples);
    return samples;
}

} // namespace poselift
