// Lifting while editing: what comes back must be what lifting the edited track as a whole gives.

#include "models/interactivelifter.h"

#include "core/pose/edit/trackedits.h"
#include "models/lift/adversarialmodel_torch.h"
#include "models/lift/lifterinput.h"
#include "models/lift/moduleweights_torch.h"
#include "models/lift/temporalmodel_torch.h"
#include "tests/support/movingfigure.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <filesystem>
#include <fstream>
#include <functional>

using namespace poselift;

namespace {

namespace fs = std::filesystem;

constexpr double kToleranceMetres = 1e-4;
/// Three joints that hardly fit the picture, all that a frame with hidden limbs may have, can end up
/// hundreds of metres away: rounding errors grow with the distance.
constexpr double kWellPlacedMetres = 10.0;
constexpr int kFrames = 900;
constexpr double kOutputShare = 0.3; ///< of the random weights in the networks' outputs

enum CocoJoint
{
    LeftEye = 1,
    LeftShoulder = 5,
    RightShoulder = 6,
    LeftWrist = 9,
    LeftHip = 11,
    RightHip = 12,
    LeftKnee = 13
};

struct Network
{
    const char *name;
    std::vector<int64_t> widths; ///< none: the adversarial lifter
    bool causal;
    bool dense;
    double rate;
    const char *normalisation;
};

const std::vector<Network> &networks()
{
    static const std::vector<Network> all{
        {"plain", {3, 3, 3}, false, false, 30.0, "hip-ray-v1"},
        {"fast", {3, 3, 3, 3}, false, false, 50.0, "hip-ray-v1"},
        {"causal", {3, 5}, true, false, 25.0, "hip-ray-v1"},
        {"dense", {3, 3}, false, true, 30.0, "hip-ray-v1"},
        {"anyrate", {3, 3}, false, false, 0.0, "camera-rays-v1"},
        {"adversarial", {}, false, false, 0.0, "hip-ray-v1"},
    };
    return all;
}

/// Puts random outputs around a standing figure. Joints that have nothing to do with the picture are
/// placed kilometres away, where one rounding of a float (0.24 mm at 3 km) is more than the tolerance.
void standUp(TemporalModel &model)
{
    const torch::NoGradGuard noGrad;
    const std::vector<Eigen::Vector3d> joints = MovingFigure().joints(0, *findSkeleton("h36m17"));
    std::vector<float> relative;
    for (const Eigen::Vector3d &joint : joints) {
        for (const double metres : Eigen::Vector3d(joint - joints.front()))
            relative.push_back(static_cast<float>(metres));
    }
    model->shrink->weight.mul_(kOutputShare);
    model->shrink->bias.copy_(torch::tensor(relative));
}

WeightsFile temporalWeights(const Network &network)
{
    TemporalModel model(TemporalModelOptions()
                            .num_joints_in(14)
                            .in_features(3)
                            .channels(24)
                            .filter_widths(network.widths)
                            .causal(network.causal)
                            .dense(network.dense));
    standUp(model);
    WeightsFile weights;
    weights.arrays = weightsOf(*model);
    weights.attributes = {{"architecture", "videopose3d_temporal"},
                          {"filter_widths", network.widths},
                          {"channels", 24},
                          {"causal", network.causal},
                          {"dense", network.dense},
                          {"in_features", 3},
                          {"input_joints", lifterInputJoints()},
                          {"output_skeleton", "h36m17"},
                          {"frames_per_second", network.rate},
                          {"normalisation", network.normalisation}};
    return weights;
}

/// Bodies are flat but for small random offsets.
WeightsFile adversarialWeights(const Network &network)
{
    LifterDescription description;
    description.inputJoints = lifterInputJoints();
    description.outputSkeleton = *findSkeleton("limbs14");
    description.channels = 24;
    AdversarialLifter model(description);
    WeightsFile weights;
    weights.arrays = weightsOf(*model);
    weights.attributes = {{"architecture", "drover_adversarial"},
                          {"channels", 24},
                          {"generator_blocks", description.adversarial.blocks},
                          {"depth", 10},
                          {"feature_scale", 5.0},
                          {"metres_per_unit", 0.45},
                          {"in_features", 3},
                          {"input_joints", lifterInputJoints()},
                          {"output_skeleton", "limbs14"},
                          {"frames_per_second", network.rate},
                          {"normalisation", network.normalisation}};
    return weights;
}

/// Random weights: what they are does not matter here, and every output depends on every input.
void install(const fs::path &folder, const Network &network)
{
    torch::manual_seed(7);
    const WeightsFile weights = network.widths.empty() ? adversarialWeights(network) : temporalWeights(network);
    fs::create_directories(folder);
    QVERIFY(writeWeights(weights, folder / "weights.h5").ok());
    std::ofstream(folder / "model.json") << nlohmann::json{{"kind", "lifter"},
                                                           {"title", "test"},
                                                           {"licence", "none"},
                                                           {"priority", 9},
                                                           {"files", {{{"name", "weights.h5"}, {"role", "weights"}}}}};
}

/// About 30 fps with jitter, dropped frames and one pts that goes back.
std::vector<double> variableTimes()
{
    std::vector<double> seconds;
    for (int i = 0; i < kFrames; ++i)
        seconds.push_back((i + (i > 200 ? 3 : 0)) / 30.0 + 0.008 * std::sin(7.3 * i));
    seconds[333] = seconds[331];
    return seconds;
}

std::vector<double> evenTimes()
{
    std::vector<double> seconds;
    for (int i = 0; i < kFrames; ++i)
        seconds.push_back(i / 30.0);
    return seconds;
}

/// Takes joints away from frames first … last; all of them when @p joints is empty.
void hide(KeypointTrack &track, std::int64_t first, std::int64_t last, std::vector<int> joints = {})
{
    if (joints.empty()) {
        for (int joint = 0; joint < track.jointCount; ++joint)
            joints.push_back(joint);
    }
    for (std::int64_t frame = first; frame <= last; ++frame) {
        for (const int joint : joints)
            track.setKeypoint(frame, joint, {});
    }
}

void move(KeypointTrack &track, std::int64_t frame, int joint, double dx, double dy)
{
    Keypoint2D keypoint = track.keypoint(frame, joint);
    keypoint.x += dx;
    keypoint.y += dy;
    keypoint.confidence = 1;
    keypoint.state = KeypointState::Visible;
    keypoint.origin = KeypointOrigin::Corrected;
    track.setKeypoint(frame, joint, keypoint);
}

struct Scene
{
    Skeleton skeleton = *findSkeleton("coco17");
    CameraIntrinsics camera = assumedIntrinsics(1280, 720);
    std::vector<double> seconds;
    KeypointTrack track;
    std::unique_ptr<Lifter> batch;
    std::unique_ptr<InteractiveLifter> live;

    /// A figure that is unseen for 2 s, whose hips and whose legs are hidden for a while.
    static Scene make(const std::string &model, bool even = false, bool flip = true)
    {
        Scene scene;
        LifterOptions options;
        options.model = model;
        options.flipAveraging = flip;
        options.threads = 1;
        scene.batch = *createLifter(options);
        scene.live = *createInteractiveLifter(options);
        scene.seconds = even ? evenTimes() : variableTimes();
        scene.track = MovingFigure().film(scene.seconds, scene.skeleton, scene.camera);
        for (std::size_t i = 0; i < scene.track.confidence.size(); ++i)
            scene.track.confidence[i] = 0.5F + 0.4F * std::sin(0.7F * static_cast<float>(i));
        hide(scene.track, 0, 9);
        hide(scene.track, 500, 570);
        hide(scene.track, 620, 650, {LeftHip, RightHip});
        hide(scene.track, 700, 712, {LeftHip, RightHip, 13, 14, 15, 16, 7, 8, 9, 10});
        return scene;
    }

    JointTrack lift(const KeypointTrack &edited) const { return *batch->lift(edited, skeleton, seconds, camera, {}); }
    void hold() const { QVERIFY(live->setClip({skeleton, seconds, camera, {track}}).ok()); }
    /// Tells the live lifter every keypoint in which @p edited differs from the held track.
    void tell(const KeypointTrack &edited) const
    {
        for (std::int64_t frame = 0; frame < kFrames; ++frame) {
            for (int joint = 0; joint < edited.jointCount; ++joint) {
                if (!(edited.keypoint(frame, joint) == track.keypoint(frame, joint)))
                    QVERIFY(live->setKeypoint(track.id, frame, joint, edited.keypoint(frame, joint)).ok());
            }
        }
    }
};

/// Puts everything that is pending into @p layer. @return how many frames that was; −1 when it failed
std::int64_t drain(InteractiveLifter &lifter, std::vector<JointTrack> &layer, std::int64_t near = 0)
{
    std::int64_t frames = 0;
    while (true) {
        const auto piece = lifter.liftNext(near, {});
        if (!piece)
            return -1;
        if (!*piece)
            return frames;
        frames += (*piece)->frameCount();
        overlay(layer, **piece);
    }
}

/// m; of what lies farther away than kWellPlacedMetres, as if it lay there.
double largestDifference(const JointTrack &a, const JointTrack &b)
{
    double largest = 0;
    for (std::int64_t frame = 0; frame < kFrames; ++frame) {
        const Pose3D x = a.pose(frame);
        const Pose3D y = b.pose(frame);
        for (std::size_t joint = 0; joint < x.size(); ++joint) {
            if (x[joint].valid != y[joint].valid)
                return 1000.0 + static_cast<double>(frame);
            if (!x[joint].valid)
                continue;
            const double difference = std::max({std::abs(x[joint].x - y[joint].x), std::abs(x[joint].y - y[joint].y),
                                                std::abs(x[joint].z - y[joint].z)});
            largest = std::max(largest, difference / std::max(1.0, std::abs(y[joint].z) / kWellPlacedMetres));
        }
    }
    return largest;
}

using Edit = std::function<void(KeypointTrack &)>;

} // namespace

class TestInteractiveLifter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void editsGiveWhatLiftingTheWholeTrackGives_data();
    void editsGiveWhatLiftingTheWholeTrackGives();
    void aRandomDragThroughTheClipStaysExact();
    void oneEditTouchesItsSurroundingsOnly();
    void anEditOfAFaceChangesNothing();
    void interruptedWorkIsGoneOnWith();
    void invalidFramesAreLiftedAgain();
    void invalidFramesReachAcrossHiddenLimbs();
    void theFirstAnswerIsNearTheExactOne();
    void theFirstAnswerIsExactWhenTheNeighboursAreKnown();
    void wrongArgumentsAreRefused();

private:
    QTemporaryDir m_models;
};

Q_DECLARE_METATYPE(Edit)

void TestInteractiveLifter::initTestCase()
{
    qputenv("POSELIFT_MODELS", m_models.path().toLocal8Bit());
    for (const Network &network : networks())
        install(fs::path(m_models.path().toStdString()) / network.name, network);
}

void TestInteractiveLifter::editsGiveWhatLiftingTheWholeTrackGives_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<bool>("flip");
    QTest::addColumn<Edit>("edit");
    const std::vector<std::pair<const char *, Edit>> edits{
        {"a wrist", [](KeypointTrack &t) { move(t, 300, LeftWrist, 25, -13); }},
        {"a hip", [](KeypointTrack &t) { move(t, 120, LeftHip, 14, 9); }},
        {"the first frame", [](KeypointTrack &t) { move(t, 10, LeftWrist, 25, -13); }},
        {"the last frame", [](KeypointTrack &t) { move(t, kFrames - 1, LeftKnee, 25, -13); }},
        {"before a gap", [](KeypointTrack &t) { move(t, 499, LeftShoulder, 20, 20); }},
        {"after a gap", [](KeypointTrack &t) { move(t, 571, LeftShoulder, 20, 20); }},
        {"where hips are hidden", [](KeypointTrack &t) { move(t, 640, LeftShoulder, 20, 5); }},
        {"beside hidden limbs", [](KeypointTrack &t) { move(t, 699, LeftHip, 20, 5); }},
        {"where nearly all limbs are hidden", [](KeypointTrack &t) { move(t, 706, LeftShoulder, 20, 5); }},
        {"before a pts that goes back", [](KeypointTrack &t) { move(t, 332, LeftWrist, 40, 5); }},
        {"a joint goes", [](KeypointTrack &t) { hide(t, 210, 230, {LeftWrist}); }},
        {"a person goes for a frame", [](KeypointTrack &t) { hide(t, 400, 400); }},
        {"a person goes for 2 s", [](KeypointTrack &t) { hide(t, 250, 310); }},
        {"a person goes at the end", [](KeypointTrack &t) { hide(t, 890, kFrames - 1); }},
        {"a person comes in a gap",
         [](KeypointTrack &t) {
             for (int joint = 0; joint < 17; ++joint)
                 t.setKeypoint(535, joint, t.keypoint(499, joint));
         }},
        {"a person comes earlier",
         [](KeypointTrack &t) {
             for (int joint = 0; joint < 17; ++joint)
                 t.setKeypoint(4, joint, t.keypoint(10, joint));
         }},
        {"limbs come back",
         [](KeypointTrack &t) {
             for (const int joint : {int(LeftHip), int(RightHip), 13, 14})
                 move(t, 706, joint, 600, 300 + 10 * joint);
         }},
        {"many frames",
         [](KeypointTrack &t) {
             for (std::int64_t frame = 60; frame < 480; ++frame)
                 move(t, frame, LeftWrist, 8, 0.01 * static_cast<double>(frame));
         }},
    };
    for (const Network &network : networks()) {
        for (const auto &[name, edit] : edits) {
            // One frame that is missing becomes what lies between its neighbours, and to a network that
            // sees one frame at a time that makes next to no difference.
            if (network.widths.empty() && std::string_view(name) == "a person goes for a frame")
                continue;
            QTest::addRow("%s, %s", network.name, name) << QString::fromLatin1(network.name) << true << edit;
        }
    }
    QTest::addRow("no flip averaging") << QStringLiteral("plain") << false << edits[0].second;
}

void TestInteractiveLifter::editsGiveWhatLiftingTheWholeTrackGives()
{
    QFETCH(QString, model);
    QFETCH(bool, flip);
    QFETCH(Edit, edit);
    const Scene scene = Scene::make(model.toStdString(), /*even=*/false, flip);
    scene.hold();
    KeypointTrack edited = scene.track;
    edit(edited);
    std::vector<JointTrack> layer{scene.lift(scene.track)};
    const JointTrack expected = scene.lift(edited);
    QVERIFY(largestDifference(layer[0], expected) > 10 * kToleranceMetres); // or nothing is tested
    scene.tell(edited);
    QVERIFY(drain(*scene.live, layer, 300) > 0);
    const double difference = largestDifference(layer[0], expected);
    QVERIFY2(difference < kToleranceMetres, qPrintable(QString::number(difference)));
}

void TestInteractiveLifter::aRandomDragThroughTheClipStaysExact()
{
    for (const Network &network : networks()) {
        const Scene scene = Scene::make(network.name);
        scene.hold();
        KeypointTrack edited = scene.track;
        std::vector<JointTrack> layer{scene.lift(scene.track)};
        std::mt19937 random(11);
        for (int step = 0; step < 60; ++step) {
            const auto frame = static_cast<std::int64_t>(random() % kFrames);
            const int joint = static_cast<int>(random() % 17);
            if (random() % 4 == 0)
                edited.setKeypoint(frame, joint, {});
            else
                move(edited, frame, joint, static_cast<double>(random() % 40), static_cast<double>(random() % 30));
            QVERIFY(scene.live->setKeypoint(1, frame, joint, edited.keypoint(frame, joint)).ok());
            std::stop_source stop;
            if (random() % 3 == 0)
                stop.request_stop();
            if (random() % 2 == 0) {
                const auto quick = scene.live->liftFrame(1, frame);
                QVERIFY(quick.ok());
                if (*quick)
                    overlay(layer, **quick);
            }
            if (const auto piece = scene.live->liftNext(frame, stop.get_token()); piece && *piece)
                overlay(layer, **piece);
        }
        QVERIFY(drain(*scene.live, layer) >= 0);
        const double difference = largestDifference(layer[0], scene.lift(edited));
        QVERIFY2(difference < kToleranceMetres,
                 qPrintable(QStringLiteral("%1: %2").arg(QLatin1String(network.name)).arg(difference)));
    }
}

void TestInteractiveLifter::oneEditTouchesItsSurroundingsOnly()
{
    const Scene scene = Scene::make("plain", /*even=*/true);
    scene.hold();
    KeypointTrack edited = scene.track;
    move(edited, 300, LeftWrist, 25, -13);
    scene.tell(edited);
    std::vector<JointTrack> layer;
    const std::int64_t frames = drain(*scene.live, layer, 300);
    // 27 samples, the running scale (15 to each side), the depth's smoothing (14), cubics (a few).
    QVERIFY2(frames >= 27 && frames <= 27 + 2 * (15 + 14 + 6), qPrintable(QString::number(frames)));
}

void TestInteractiveLifter::anEditOfAFaceChangesNothing()
{
    const Scene scene = Scene::make("plain");
    scene.hold();
    KeypointTrack edited = scene.track;
    move(edited, 300, LeftEye, 25, -13);
    scene.tell(edited);
    std::vector<JointTrack> layer;
    QCOMPARE(drain(*scene.live, layer, 300), 0);
}

void TestInteractiveLifter::interruptedWorkIsGoneOnWith()
{
    const Scene scene = Scene::make("plain");
    scene.hold();
    KeypointTrack edited = scene.track;
    move(edited, 300, LeftWrist, 25, -13);
    move(edited, 800, LeftWrist, 25, -13);
    scene.tell(edited);
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = scene.live->liftNext(300, stop.get_token());
    QVERIFY(!stopped);
    QVERIFY(stopped.error().isCancelled());
    std::vector<JointTrack> layer{scene.lift(scene.track)};
    QVERIFY(drain(*scene.live, layer, 300) > 0);
    QVERIFY(largestDifference(layer[0], scene.lift(edited)) < kToleranceMetres);
}

void TestInteractiveLifter::invalidFramesAreLiftedAgain()
{
    Scene scene = Scene::make("plain");
    std::vector<JointTrack> layer{scene.lift(scene.track)};
    move(scene.track, 300, LeftWrist, 25, -13);
    move(scene.track, 600, LeftHip, 5, -3);
    scene.hold(); // it knows only the edited track
    scene.live->invalidate(1, {300, 300});
    scene.live->invalidate(1, {600, 600});
    scene.live->invalidate(77, {0, 10});
    QVERIFY(drain(*scene.live, layer, 300) > 0);
    QVERIFY(largestDifference(layer[0], scene.lift(scene.track)) < kToleranceMetres);
    scene.live->invalidate(1, {0, 1'000'000});
    layer.clear();
    QVERIFY(drain(*scene.live, layer) > 0);
    QVERIFY(largestDifference(layer[0], scene.lift(scene.track)) < kToleranceMetres);
}

/// Where neither hips nor shoulders are seen for long, the nearest ones count, however far away.
void TestInteractiveLifter::invalidFramesReachAcrossHiddenLimbs()
{
    Scene scene = Scene::make("plain");
    hide(scene.track, 600, kFrames - 1, {LeftShoulder, RightShoulder, LeftHip, RightHip});
    std::vector<JointTrack> layer{scene.lift(scene.track)};
    for (const int joint : {LeftHip, RightHip})
        move(scene.track, 750, joint, 600 + 10 * joint, 300 + 15 * joint);
    scene.hold();
    scene.live->invalidate(1, {750, 750});
    QVERIFY(drain(*scene.live, layer, 750) > 0);
    const double difference = largestDifference(layer[0], scene.lift(scene.track));
    QVERIFY2(difference < kToleranceMetres, qPrintable(QString::number(difference)));
}

void TestInteractiveLifter::theFirstAnswerIsNearTheExactOne()
{
    for (const Network &network : networks()) {
        const Scene scene = Scene::make(network.name);
        scene.hold();
        KeypointTrack edited = scene.track;
        move(edited, 300, LeftWrist, 12, -6);
        scene.tell(edited);
        const auto quick = scene.live->liftFrame(1, 300);
        QVERIFY(quick.ok() && *quick);
        QCOMPARE((*quick)->frameCount(), 1);
        const Pose3D expected = scene.lift(edited).pose(300);
        const Pose3D found = (*quick)->pose(300);
        for (std::size_t joint = 0; joint < expected.size(); ++joint) {
            // Relative to the root it is exact; the root's depth lacks the neighbours' smoothing.
            QVERIFY(std::abs((found[joint].z - found[0].z) - (expected[joint].z - expected[0].z)) < kToleranceMetres);
        }
        std::vector<JointTrack> layer{scene.lift(scene.track)};
        QVERIFY(drain(*scene.live, layer, 300) > 0);
        QVERIFY(largestDifference(layer[0], scene.lift(edited)) < kToleranceMetres);
        QVERIFY(!scene.live->liftFrame(1, 300).value().has_value()); // up to date
    }
}

void TestInteractiveLifter::theFirstAnswerIsExactWhenTheNeighboursAreKnown()
{
    const Scene scene = Scene::make("plain");
    scene.hold();
    scene.live->invalidate(1, {250, 350});
    std::vector<JointTrack> layer{scene.lift(scene.track)};
    QVERIFY(drain(*scene.live, layer, 300) > 0);
    scene.live->invalidate(1, {300, 300});
    const auto quick = scene.live->liftFrame(1, 300);
    QVERIFY(quick.ok() && *quick);
    overlay(layer, **quick);
    QVERIFY(largestDifference(layer[0], scene.lift(scene.track)) < kToleranceMetres);
}

void TestInteractiveLifter::wrongArgumentsAreRefused()
{
    const Scene scene = Scene::make("plain");
    const auto noCamera = scene.live->setClip({scene.skeleton, scene.seconds, {}, {scene.track}});
    QVERIFY(!noCamera);
    QCOMPARE(noCamera.error().code(), ErrorCode::BadArgument);
    scene.hold();
    for (const auto &[frame, joint] : std::vector<std::pair<int, int>>{{-1, 0}, {kFrames, 0}, {0, -1}, {0, 17}}) {
        const auto set = scene.live->setKeypoint(1, frame, joint, {});
        QVERIFY(!set);
        QCOMPARE(set.error().code(), ErrorCode::BadArgument);
    }
    LifterOptions unknown;
    unknown.model = "nobody";
    QCOMPARE(createInteractiveLifter(unknown).error().code(), ErrorCode::ModelNotFound);
}

QTEST_APPLESS_MAIN(TestInteractiveLifter)
#include "tst_interactivelifter.moc"
