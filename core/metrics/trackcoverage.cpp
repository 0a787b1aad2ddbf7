#include "core/metrics/trackcoverage.h"

#include "core/metrics/keypointmetrics.h"
#include "core/pose/posebox.h"

#include <algorithm>

namespace poselift {

namespace {

constexpr int kEnoughJoints = 8;
constexpr double kEnoughOks = 0.5;

bool isInside(const Keypoint2D &keypoint, const Box &box)
{
    return keypoint.isKnown() && keypoint.x >= box.x && keypoint.x <= box.x + box.width &&
           keypoint.y >= box.y && keypoint.y <= box.y + box.height;
}

/// Share of the frames of @p reference in which @p holds(frame, what the reference has there).
template <typename Reference, typename Predicate>
double shareOfFrames(const Reference &reference, Predicate holds)
{
    const auto counted = std::count_if(reference.begin(), reference.end(), [&](const auto &entry) {
        return holds(entry.first, entry.second);
    });
    return reference.empty() ? 0.0
                             : static_cast<double>(counted) / static_cast<double>(reference.size());
}

template <typename Share>
FollowingTrack best(std::span<const KeypointTrack> tracks, Share shareOf)
{
    FollowingTrack found;
    for (const KeypointTrack &track : tracks) {
        const double share = shareOf(track);
        if (share > found.share)
            found = {&track, share};
    }
    return found;
}

} // namespace

double shareInBoxes(const KeypointTrack &track, const BoxByFrame &boxes)
{
    return shareOfFrames(boxes, [&](std::int64_t frame, const Box &box) {
        const Pose2D pose = track.pose(frame);
        return std::count_if(pose.begin(), pose.end(), [&](const Keypoint2D &keypoint) {
                   return isInside(keypoint, box);
               }) >= kEnoughJoints;
    });
}

FollowingTrack trackInBoxes(std::span<const KeypointTrack> tracks, const BoxByFrame &boxes)
{
    return best(tracks, [&](const KeypointTrack &track) { return shareInBoxes(track, boxes); });
}

double oksToTruth(const Pose2D &found, const Pose2D &truth, std::span<const double> sigmas)
{
    constexpr double kFar = 1e6;
    std::vector<double> prediction, wanted;
    std::vector<std::uint8_t> known;
    for (std::size_t joint = 0; joint < truth.size(); ++joint) {
        prediction.insert(prediction.end(),
                          {found[joint].isKnown() ? found[joint].x : kFar, found[joint].y});
        wanted.insert(wanted.end(), {truth[joint].x, truth[joint].y});
        known.push_back(truth[joint].isKnown() && sigmas[joint] > 0 ? 1 : 0);
    }
    const std::optional<Box> box = boxOfPose(truth, 0.0F);
    return box ? oks(prediction, wanted, known, box->area(), sigmas) : 0.0;
}

double shareNearPoses(const KeypointTrack &track, const PoseByFrame &truth,
                      std::span<const double> sigmas)
{
    return shareOfFrames(truth, [&](std::int64_t frame, const Pose2D &pose) {
        return track.covers(frame) && oksToTruth(track.pose(frame), pose, sigmas) >= kEnoughOks;
    });
}

FollowingTrack trackNearPoses(std::span<const KeypointTrack> tracks, const PoseByFrame &truth,
                              std::span<const double> sigmas)
{
    return best(tracks,
                [&](const KeypointTrack &track) { return shareNearPoses(track, truth, sigmas); });
}

std::vector<double> oksSigmasByName(const Skeleton &skeleton, const Skeleton &coco17)
{
    std::vector<double> sigmas;
    for (const std::string &joint : skeleton.joints) {
        const int index = coco17.indexOf(joint);
        sigmas.push_back(index < 0 ? 0.0 : coco17.oksSigmas[static_cast<std::size_t>(index)]);
    }
    return sigmas;
}

Pose2D poseByName(const Pose2D &pose, const Skeleton &from, const Skeleton &to)
{
    Pose2D result;
    for (const std::string &joint : to.joints) {
        const int index = from.indexOf(joint);
        result.push_back(index < 0 ? Keypoint2D() : pose[static_cast<std::size_t>(index)]);
    }
    return result;
}

} // namespace poselift
