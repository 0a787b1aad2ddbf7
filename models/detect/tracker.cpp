#include "models/tracker.h"

#include "models/detect/assignment.h"
#include "models/detect/boxmotion.h"
#include "models/detect/nms.h"
#include "models/detect/posesimilarity.h"

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

// A track that was not seen for this long is over, seconds.
constexpr double kLongestLoss = 2.5;
// How far a lost person may have gone grows with the time for this long only, seconds.
constexpr double kGrowingReach = 1.5;
// A track that has not shown itself this often yet is looked for only where it was just seen.
constexpr int kEstablished = 5;
constexpr double kJustSeen = 0.1; // seconds
// Only a person at least this sure begins a track.
constexpr float kStartScore = 0.25F;
constexpr float kComparedConfidence = 0.15F;
// Ghosts: fewer sightings than this, or a lower mean score, are no person.
constexpr int kFewestSightings = 8;
constexpr float kSmallestMeanScore = 0.25F;
constexpr double kForbidden = 1.0;

struct Live
{
    KeypointTrack keypoints;
    BoxMotion motion;
    Pose2D lastPose;
    Box lastBox;
    int sightings = 0;
    double scoreSum = 0.0;

    double meanScore() const { return sightings > 0 ? scoreSum / sightings : 0.0; }
};

Pose2D shifted(Pose2D pose, double dx, double dy)
{
    for (Keypoint2D &keypoint : pose) {
        keypoint.x += dx;
        keypoint.y += dy;
    }
    return pose;
}

/// Cost in [0, 1) of continuing @p track with @p person; kForbidden when it cannot be.
double costOf(const Live &track, const PersonDetection &person, double seconds, const Skeleton &skeleton)
{
    const double lost = seconds - track.motion.lastSeconds();
    if (lost > kLongestLoss)
        return kForbidden;
    const Box expected = track.motion.predicted(seconds);
    const double size = std::sqrt(std::max(expected.area(), 1.0) * std::max(person.box.area(), 1.0));
    const double sizeRatio = person.box.height / std::max(expected.height, 1.0);
    const double distance = std::hypot(expected.centreX() - person.box.centreX(), expected.centreY() - person.box.centreY())
        / std::max(expected.height, 1.0);
    // How far a person can be from where they are expected grows with the time out of sight.
    const double reach = 0.3 + 0.8 * std::min(lost, kGrowingReach);
    if (distance > reach || sizeRatio < 0.4 || sizeRatio > 2.5)
        return kForbidden;
    const Pose2D pose = shifted(track.lastPose, expected.centreX() - track.lastBox.centreX(),
                                expected.centreY() - track.lastBox.centreY());
    const double similarity = 0.4 * boxIou(expected, person.box)
        + 0.4 * poseOks(pose, person.pose, skeleton, size, kComparedConfidence) + 0.2 * (1 - distance / reach);
    return std::min(1.0 - similarity, kForbidden - 1e-6);
}

class Tracker : public PoseTracker
{
public:
    explicit Tracker(const Skeleton &skeleton) : m_skeleton(skeleton) {}

    std::vector<Box> predictedBoxes(double seconds) const override;
    void add(std::int64_t frame, double seconds, const std::vector<PersonDetection> &people) override;
    std::vector<KeypointTrack> finish() override;

private:
    std::vector<int> assign(const std::vector<PersonDetection> &people, double seconds) const;
    void extend(Live &track, std::int64_t frame, double seconds, const PersonDetection &person);
    void begin(std::int64_t frame, double seconds, const PersonDetection &person);
    void retire(double seconds);

    Skeleton m_skeleton;
    std::vector<Live> m_live;
    std::vector<Live> m_ended;
    int m_frames = 0;
};

std::vector<Box> Tracker::predictedBoxes(double seconds) const
{
    std::vector<Box> boxes;
    for (const Live &track : m_live) {
        const bool worthLooking = track.sightings >= kEstablished && track.meanScore() >= kSmallestMeanScore;
        if (seconds - track.motion.lastSeconds() <= (worthLooking ? kLongestLoss : kJustSeen))
            boxes.push_back(track.motion.predicted(seconds));
    }
    return boxes;
}

/// Person of each live track, or −1. Tracks that were seen in the frame before choose first, so
/// that one that comes back does not take a steady one's person.
std::vector<int> Tracker::assign(const std::vector<PersonDetection> &people, double seconds) const
{
    std::vector<int> personOf(m_live.size(), -1);
    std::vector<bool> taken(people.size(), false);
    double newest = 0;
    for (const Live &track : m_live)
        newest = std::max(newest, track.motion.lastSeconds());
    for (const bool steady : {true, false}) {
        std::vector<int> rows, columns;
        for (std::size_t i = 0; i < m_live.size(); ++i)
            if ((m_live[i].motion.lastSeconds() >= newest - kJustSeen) == steady)
                rows.push_back(static_cast<int>(i));
        for (std::size_t i = 0; i < people.size(); ++i)
            if (!taken[i])
                columns.push_back(static_cast<int>(i));
        std::vector<double> cost;
        for (const int row : rows)
            for (const int column : columns)
                cost.push_back(costOf(m_live[row], people[column], seconds, m_skeleton));
        const std::vector<int> chosen =
            assignMinimumCost(cost, static_cast<int>(rows.size()), static_cast<int>(columns.size()), kForbidden);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (chosen[i] < 0)
                continue;
            personOf[rows[i]] = columns[chosen[i]];
            taken[columns[chosen[i]]] = true;
        }
    }
    return personOf;
}

void Tracker::add(std::int64_t frame, double seconds, const std::vector<PersonDetection> &people)
{
    ++m_frames;
    retire(seconds);
    const std::vector<int> personOf = assign(people, seconds);
    std::vector<bool> used(people.size(), false);
    for (std::size_t i = 0; i < personOf.size(); ++i) {
        if (personOf[i] < 0)
            continue;
        extend(m_live[i], frame, seconds, people[personOf[i]]);
        used[personOf[i]] = true;
    }
    for (std::size_t i = 0; i < people.size(); ++i) {
        if (!used[i] && people[i].score >= kStartScore)
            begin(frame, seconds, people[i]);
    }
}

void Tracker::extend(Live &track, std::int64_t frame, double seconds, const PersonDetection &person)
{
    track.keypoints.setPose(frame, person.pose);
    track.motion.update(person.box, seconds);
    track.lastPose = person.pose;
    track.lastBox = person.box;
    track.scoreSum += person.score;
    ++track.sightings;
}

void Tracker::begin(std::int64_t frame, double seconds, const PersonDetection &person)
{
    Live track{KeypointTrack(), BoxMotion(person.box, seconds), person.pose, person.box, 0, 0.0};
    track.keypoints.jointCount = m_skeleton.jointCount();
    track.keypoints.firstFrame = frame;
    track.keypoints.setPose(frame, person.pose);
    track.scoreSum = person.score;
    track.sightings = 1;
    m_live.push_back(std::move(track));
}

void Tracker::retire(double seconds)
{
    const auto over = std::stable_partition(m_live.begin(), m_live.end(), [&](const Live &track) {
        return seconds - track.motion.lastSeconds() <= kLongestLoss;
    });
    std::move(over, m_live.end(), std::back_inserter(m_ended));
    m_live.erase(over, m_live.end());
}

std::vector<KeypointTrack> Tracker::finish()
{
    std::vector<Live> all = m_ended;
    all.insert(all.end(), m_live.begin(), m_live.end());
    std::stable_sort(all.begin(), all.end(), [](const Live &a, const Live &b) {
        return a.keypoints.firstFrame < b.keypoints.firstFrame;
    });
    // A clip of a few frames cannot show anybody for long.
    const int fewest = std::min(kFewestSightings, std::max(1, m_frames / 2));
    std::vector<KeypointTrack> tracks;
    for (const Live &track : all) {
        if (track.sightings < fewest || track.meanScore() < kSmallestMeanScore)
            continue;
        tracks.push_back(track.keypoints);
        tracks.back().id = static_cast<TrackId>(tracks.size());
    }
    return tracks;
}

} // namespace

std::unique_ptr<PoseTracker> createTracker(const Skeleton &skeleton)
{
    return std::make_unique<Tracker>(skeleton);
}

} // namespace poselift
