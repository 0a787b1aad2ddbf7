#include "models/pipeline/trackids.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>

namespace poselift {

namespace {

constexpr double kSamePersonIou = 0.5;

/// Boxes of one track's known keypoints by frame, absent where nothing is known.
struct BoxTrack
{
    TrackId id = 0;
    std::int64_t firstFrame = 0;
    std::vector<std::optional<Box>> boxes;

    const std::optional<Box> &at(std::int64_t frame) const
    {
        static const std::optional<Box> none;
        const std::int64_t i = frame - firstFrame;
        return i >= 0 && i < static_cast<std::int64_t>(boxes.size()) ? boxes[static_cast<std::size_t>(i)] : none;
    }
};

std::optional<Box> boxOf(const Pose2D &pose)
{
    double left = std::numeric_limits<double>::max();
    double top = left;
    double right = std::numeric_limits<double>::lowest();
    double bottom = right;
    int known = 0;
    for (const Keypoint2D &keypoint : pose) {
        if (!keypoint.isKnown())
            continue;
        left = std::min(left, keypoint.x);
        right = std::max(right, keypoint.x);
        top = std::min(top, keypoint.y);
        bottom = std::max(bottom, keypoint.y);
        ++known;
    }
    // One point has no size to compare.
    if (known < 2)
        return std::nullopt;
    return Box{left, top, right - left, bottom - top};
}

double iou(const Box &a, const Box &b)
{
    const double width = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
    const double height = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
    if (width <= 0 || height <= 0)
        return 0.0;
    const double shared = width * height;
    return shared / (a.area() + b.area() - shared);
}

BoxTrack boxesOf(const KeypointTrack &track)
{
    BoxTrack boxes{track.id, track.firstFrame, {}};
    for (std::int64_t frame = track.firstFrame; frame < track.endFrame(); ++frame)
        boxes.boxes.push_back(boxOf(track.pose(frame)));
    return boxes;
}

std::vector<BoxTrack> boxesOf(const Project &project)
{
    std::vector<BoxTrack> all;
    for (const TrackId id : project.trackIds()) {
        BoxTrack boxes{id, 0, {}};
        for (std::int64_t frame = 0; frame < project.media.frameCount; ++frame)
            boxes.boxes.push_back(boxOf(project.effectivePose(id, frame)));
        all.push_back(std::move(boxes));
    }
    return all;
}

/// Frames in which both are the same person; 0 when those are not most of the frames that both have.
std::int64_t sharedFrames(const BoxTrack &known, const BoxTrack &fresh)
{
    std::int64_t both = 0;
    std::int64_t same = 0;
    for (std::size_t i = 0; i < fresh.boxes.size(); ++i) {
        const std::optional<Box> &there = known.at(fresh.firstFrame + static_cast<std::int64_t>(i));
        if (!fresh.boxes[i] || !there)
            continue;
        ++both;
        same += iou(*fresh.boxes[i], *there) > kSamePersonIou ? 1 : 0;
    }
    return 2 * same > both ? same : 0;
}

struct Pair
{
    std::int64_t frames = 0;
    std::size_t known = 0;
    std::size_t fresh = 0;
};

/// Index of the known track of every fresh one, one to one, most shared frames first.
std::map<std::size_t, std::size_t> matched(const std::vector<BoxTrack> &known, const std::vector<BoxTrack> &fresh)
{
    std::vector<Pair> pairs;
    for (std::size_t k = 0; k < known.size(); ++k) {
        for (std::size_t f = 0; f < fresh.size(); ++f) {
            if (const std::int64_t frames = sharedFrames(known[k], fresh[f]); frames > 0)
                pairs.push_back({frames, k, f});
        }
    }
    std::stable_sort(pairs.begin(), pairs.end(), [](const Pair &a, const Pair &b) { return a.frames > b.frames; });
    std::map<std::size_t, std::size_t> knownOfFresh;
    std::set<std::size_t> taken;
    for (const Pair &pair : pairs) {
        if (!knownOfFresh.contains(pair.fresh) && taken.insert(pair.known).second)
            knownOfFresh[pair.fresh] = pair.known;
    }
    return knownOfFresh;
}

std::map<TrackId, std::string> labelsOf(const Project &project)
{
    std::map<TrackId, std::string> labels;
    const auto collect = [&labels](const std::vector<KeypointTrack> &tracks) {
        for (const KeypointTrack &track : tracks) {
            if (!track.label.empty())
                labels[track.id] = track.label;
        }
    };
    if (const KeypointLayer *layer = project.keypointLayer("detected"))
        collect(layer->tracks);
    collect(project.tracks);
    return labels;
}

} // namespace

void keepTrackIds(const Project &project, std::vector<KeypointTrack> &detected)
{
    const std::vector<BoxTrack> known = boxesOf(project);
    std::vector<BoxTrack> fresh;
    for (const KeypointTrack &track : detected)
        fresh.push_back(boxesOf(track));
    const std::map<std::size_t, std::size_t> knownOfFresh = matched(known, fresh);
    const std::map<TrackId, std::string> labels = labelsOf(project);
    TrackId next = 1;
    for (const BoxTrack &track : known)
        next = std::max(next, track.id + 1);
    for (std::size_t i = 0; i < detected.size(); ++i) {
        const auto same = knownOfFresh.find(i);
        detected[i].id = same != knownOfFresh.end() ? known[same->second].id : next++;
        if (const auto label = labels.find(detected[i].id); label != labels.end())
            detected[i].label = label->second;
    }
    std::sort(detected.begin(), detected.end(), [](const auto &a, const auto &b) { return a.id < b.id; });
}

} // namespace poselift
