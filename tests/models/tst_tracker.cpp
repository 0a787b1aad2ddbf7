#include "models/detect/assignment.h"
#include "models/detect/posesimilarity.h"
#include "models/detect/topdowndetector.h"
#include "models/tracker.h"

#include <QtTest/QtTest>

#include <cmath>
#include <random>

using namespace poselift;

namespace {

constexpr double kFps = 30.0;

Skeleton coco()
{
    const Result<Skeleton> skeleton = findSkeleton("coco17");
    return skeleton ? *skeleton : Skeleton();
}

/// An upright person of @p height px whose legs and arms swing, centred on (x, y).
PersonDetection personAt(double x, double y, double height, double phase, float score = 0.7F)
{
    static const double kStanding[17][2] = {
        {0, -.45}, {.02, -.47}, {-.02, -.47}, {.04, -.45}, {-.04, -.45}, {.1, -.33}, {-.1, -.33}, {.13, -.15}, {-.13, -.15},
        {.14, 0}, {-.14, 0}, {.06, .02}, {-.06, .02}, {.07, .25}, {-.07, .25}, {.07, .48}, {-.07, .48}};
    PersonDetection person;
    for (int joint = 0; joint < 17; ++joint) {
        const double swing = joint >= 7 ? 0.05 * std::sin(phase + (joint % 2 == 0 ? 3.14 : 0)) : 0;
        Keypoint2D keypoint;
        keypoint.x = x + (kStanding[joint][0] + swing) * height;
        keypoint.y = y + kStanding[joint][1] * height;
        keypoint.confidence = score;
        keypoint.state = KeypointState::Visible;
        person.pose.push_back(keypoint);
    }
    person.box = *boxOfPose(person.pose, 0.1F);
    person.score = score;
    return person;
}

/// Adds detector noise of @p share of the height to every keypoint.
void jitter(PersonDetection &person, double share, std::mt19937 &random)
{
    std::normal_distribution<double> noise(0.0, share * person.box.height);
    for (Keypoint2D &keypoint : person.pose) {
        keypoint.x += noise(random);
        keypoint.y += noise(random);
    }
    person.box = *boxOfPose(person.pose, 0.1F);
}

/// Track with the id @p id; a default one when there is none.
const KeypointTrack *trackNear(const std::vector<KeypointTrack> &tracks, std::int64_t frame, double x)
{
    for (const KeypointTrack &track : tracks)
        if (track.isPresent(frame) && std::abs(track.keypoint(frame, 0).x - x) < 25)
            return &track;
    return nullptr;
}

} // namespace

class TestTracker : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void crossingPeopleKeepTheirIds();
    void crossingWithOcclusionKeepsIds();
    void aSecondOutOfSightKeepsTheId();
    void walkingOnWhileOutOfSightKeepsTheId();
    void ghostsAreRemoved();
    void shortClipsKeepTheirPeople();
    void aLongLossEndsATrack();
    void predictionsLeadThePerson();
    void predictionsOfALostPersonStop();
    void duplicatesAreSuppressed();
    void assignmentIsOptimal();
    void assignmentLeavesForbiddenPairs();
};

void TestTracker::crossingPeopleKeepTheirIds()
{
    std::mt19937 random(1);
    const auto tracker = createTracker(coco());
    const auto leftWalker = [](int frame) { return 100.0 + 4 * frame; };
    const auto rightWalker = [](int frame) { return 500.0 - 4 * frame; };
    for (int frame = 0; frame < 100; ++frame) {
        std::vector<PersonDetection> people{personAt(leftWalker(frame), 200, 200, frame * 0.3),
                                            personAt(rightWalker(frame), 205, 190, frame * 0.35)};
        for (PersonDetection &person : people)
            jitter(person, 0.01, random);
        if (frame % 2 == 1)
            std::swap(people[0], people[1]);
        tracker->add(frame, frame / kFps, people);
    }
    const std::vector<KeypointTrack> tracks = tracker->finish();
    QCOMPARE(tracks.size(), std::size_t(2));
    QCOMPARE(tracks[0].id, 1);
    QCOMPARE(tracks[1].id, 2);
    const KeypointTrack *start = trackNear(tracks, 0, leftWalker(0));
    const KeypointTrack *end = trackNear(tracks, 99, leftWalker(99));
    QVERIFY(start != nullptr && end != nullptr);
    QCOMPARE(start->id, end->id);
    for (const KeypointTrack &track : tracks)
        for (int frame = 0; frame < 100; ++frame)
            QVERIFY(track.isPresent(frame));
}

void TestTracker::crossingWithOcclusionKeepsIds()
{
    std::mt19937 random(2);
    const auto tracker = createTracker(coco());
    const auto front = [](int frame) { return 100.0 + 5 * frame; };
    const auto behind = [](int frame) { return 600.0 - 5 * frame; };
    for (int frame = 0; frame < 100; ++frame) {
        std::vector<PersonDetection> people{personAt(front(frame), 200, 200, frame * 0.3)};
        if (std::abs(front(frame) - behind(frame)) > 60) // the one behind is hidden while they meet
            people.push_back(personAt(behind(frame), 200, 180, frame * 0.3));
        for (PersonDetection &person : people)
            jitter(person, 0.01, random);
        tracker->add(frame, frame / kFps, people);
    }
    const std::vector<KeypointTrack> tracks = tracker->finish();
    QCOMPARE(tracks.size(), std::size_t(2));
    QCOMPARE(trackNear(tracks, 0, front(0))->id, trackNear(tracks, 99, front(99))->id);
    QCOMPARE(trackNear(tracks, 0, behind(0))->id, trackNear(tracks, 99, behind(99))->id);
}

void TestTracker::aSecondOutOfSightKeepsTheId()
{
    const auto tracker = createTracker(coco());
    for (int frame = 0; frame < 120; ++frame) {
        std::vector<PersonDetection> people{personAt(600, 200, 150, frame * 0.2)};
        if (frame < 40 || frame >= 70)
            people.push_back(personAt(200 + 0.3 * frame, 200, 200, frame * 0.2));
        tracker->add(frame, frame / kFps, people);
    }
    const std::vector<KeypointTrack> tracks = tracker->finish();
    QCOMPARE(tracks.size(), std::size_t(2));
    const KeypointTrack *before = trackNear(tracks, 39, 200 + 0.3 * 39);
    const KeypointTrack *after = trackNear(tracks, 70, 200 + 0.3 * 70);
    QVERIFY(before != nullptr && after != nullptr);
    QCOMPARE(before->id, after->id);
    QVERIFY(!before->isPresent(50));
}

void TestTracker::walkingOnWhileOutOfSightKeepsTheId()
{
    const auto tracker = createTracker(coco());
    // Normal walking: 1.4 m/s of a 1.7 m person of 200 px, hidden for 0.8 s.
    const auto walker = [](int frame) { return 100.0 + 1.4 / 1.7 * 200 / kFps * frame; };
    for (int frame = 0; frame < 90; ++frame) {
        std::vector<PersonDetection> people;
        if (frame < 40 || frame >= 64)
            people.push_back(personAt(walker(frame), 200, 200, frame * 0.3));
        tracker->add(frame, frame / kFps, people);
    }
    QCOMPARE(tracker->finish().size(), std::size_t(1));
}

void TestTracker::ghostsAreRemoved()
{
    const auto tracker = createTracker(coco());
    for (int frame = 0; frame < 60; ++frame) {
        std::vector<PersonDetection> people{personAt(200, 200, 200, frame * 0.2)};
        if (frame >= 10 && frame < 14) // seen for four frames only
            people.push_back(personAt(500, 200, 200, 0));
        if (frame >= 5 && frame < 30) // never sure
            people.push_back(personAt(800, 200, 100, 0, frame == 5 ? 0.3F : 0.15F));
        tracker->add(frame, frame / kFps, people);
    }
    const std::vector<KeypointTrack> tracks = tracker->finish();
    QCOMPARE(tracks.size(), std::size_t(1));
    QCOMPARE(tracks[0].id, 1);
    QCOMPARE(tracks[0].frameCount(), std::int64_t(60));
}

void TestTracker::shortClipsKeepTheirPeople()
{
    const auto tracker = createTracker(coco());
    for (int frame = 0; frame < 3; ++frame)
        tracker->add(frame, frame / kFps, {personAt(200, 200, 200, 0), personAt(500, 200, 200, 0)});
    QCOMPARE(tracker->finish().size(), std::size_t(2));
}

void TestTracker::aLongLossEndsATrack()
{
    const auto tracker = createTracker(coco());
    for (int frame = 0; frame < 200; ++frame) {
        std::vector<PersonDetection> people;
        if (frame < 40 || frame >= 160)
            people.push_back(personAt(200, 200, 200, 0));
        tracker->add(frame, frame / kFps, people);
    }
    QCOMPARE(tracker->finish().size(), std::size_t(2));
}

void TestTracker::predictionsLeadThePerson()
{
    const auto tracker = createTracker(coco());
    for (int frame = 0; frame < 30; ++frame)
        tracker->add(frame, frame / kFps, {personAt(100 + 6 * frame, 200, 200, 0)});
    const std::vector<Box> boxes = tracker->predictedBoxes(30 / kFps);
    QCOMPARE(boxes.size(), std::size_t(1));
    const Box truth = personAt(100 + 6 * 30, 200, 200, 0).box;
    QVERIFY(std::abs(boxes[0].centreX() - truth.centreX()) < 3);
    QVERIFY(std::abs(boxes[0].height - truth.height) < 5);
}

void TestTracker::predictionsOfALostPersonStop()
{
    const auto tracker = createTracker(coco());
    for (int frame = 0; frame < 30; ++frame)
        tracker->add(frame, frame / kFps, {personAt(100, 200, 200, 0)});
    QCOMPARE(tracker->predictedBoxes(1.5).size(), std::size_t(1));
    QCOMPARE(tracker->predictedBoxes(4.0).size(), std::size_t(0));
}

void TestTracker::duplicatesAreSuppressed()
{
    PersonDetection weak = personAt(203, 201, 200, 0, 0.5F);
    const PersonDetection strong = personAt(200, 200, 200, 0, 0.8F);
    const PersonDetection other = personAt(300, 200, 200, 0, 0.6F);
    const std::vector<PersonDetection> kept = withoutDuplicates({weak, strong, other}, coco());
    QCOMPARE(kept.size(), std::size_t(2));
    QCOMPARE(kept[0].score, 0.8F);
    QCOMPARE(kept[1].score, 0.6F);
}

void TestTracker::assignmentIsOptimal()
{
    // Against all permutations.
    std::mt19937 random(3);
    std::uniform_real_distribution<double> uniform(0, 1);
    for (int round = 0; round < 50; ++round) {
        std::vector<double> cost(25);
        for (double &value : cost)
            value = uniform(random);
        std::vector<int> order{0, 1, 2, 3, 4};
        double best = 100;
        do {
            double sum = 0;
            for (int row = 0; row < 5; ++row)
                sum += cost[row * 5 + order[row]];
            best = std::min(best, sum);
        } while (std::next_permutation(order.begin(), order.end()));
        const std::vector<int> columns = assignMinimumCost(cost, 5, 5, 10.0);
        double sum = 0;
        for (int row = 0; row < 5; ++row)
            sum += cost[row * 5 + columns[row]];
        QVERIFY(std::abs(sum - best) < 1e-9);
    }
}

void TestTracker::assignmentLeavesForbiddenPairs()
{
    QCOMPARE(assignMinimumCost({0.2, 1.0, 1.0, 1.0}, 2, 2, 1.0), (std::vector<int>{0, -1}));
    QCOMPARE(assignMinimumCost({0.9, 0.2, 0.5}, 1, 3, 1.0), (std::vector<int>{1}));
    QCOMPARE(assignMinimumCost({0.9, 0.2, 0.5}, 3, 1, 1.0), (std::vector<int>{-1, 0, -1}));
    QCOMPARE(assignMinimumCost({}, 0, 3, 1.0), std::vector<int>());
}

QTEST_APPLESS_MAIN(TestTracker)
#include "tst_tracker.moc"
