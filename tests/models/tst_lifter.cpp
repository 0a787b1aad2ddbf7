#include "core/base/paths.h"
#include "core/metrics/jointmetrics.h"
#include "core/pose/skeletonmapping.h"
#include "models/lift/lifterinput.h"
#include "models/lift/moduleweights_torch.h"
#include "models/lift/temporalmodel_torch.h"
#include "models/lifter.h"
#include "tests/support/movingfigure.h"

#include <QtTest/QtTest>

#include <fstream>
#include <limits>

using namespace poselift;

namespace {

namespace fs = std::filesystem;

nlohmann::json description()
{
    return {{"architecture", "videopose3d_temporal"}, {"filter_widths", {3, 3, 3}}, {"channels", 16}, {"causal", false},
            {"in_features", 3}, {"input_joints", lifterInputJoints()}, {"output_skeleton", "h36m17"},
            {"frames_per_second", 30.0}, {"normalisation", kLifterNormalisation}};
}

/// A small network with random weights, installed as a user's model.
void install(const fs::path &folder, const nlohmann::json &attributes, const std::function<void(WeightsFile &)> &spoil = {})
{
    torch::manual_seed(5);
    TemporalModel model(TemporalModelOptions().num_joints_in(14).in_features(3).channels(16).filter_widths({3, 3, 3}));
    WeightsFile weights;
    weights.arrays = weightsOf(*model);
    weights.attributes = attributes;
    if (spoil)
        spoil(weights);
    fs::create_directories(folder);
    QVERIFY(writeWeights(weights, folder / "weights.h5").ok());
    std::ofstream(folder / "model.json") << nlohmann::json{{"kind", "lifter"}, {"title", "test"}, {"licence", "none"}, {"priority", 9},
                                                           {"files", {{{"name", "weights.h5"}, {"role", "weights"}}}}};
}

Result<std::unique_ptr<Lifter>> create(const std::string &name, bool flip = true)
{
    LifterOptions options;
    options.model = name;
    options.flipAveraging = flip;
    options.threads = 1;
    return createLifter(options);
}

std::vector<double> evenTimes(double rate, double length = 4)
{
    std::vector<double> seconds;
    for (int i = 0; i / rate <= length; ++i)
        seconds.push_back(i / rate);
    return seconds;
}

/// About 30 fps with jitter and three dropped frames.
std::vector<double> variableTimes()
{
    std::vector<double> seconds = evenTimes(30);
    for (std::size_t i = 1; i < seconds.size(); ++i)
        seconds[i] += 0.011 * std::sin(7.3 * static_cast<double>(i));
    seconds.erase(seconds.begin() + 50, seconds.begin() + 53);
    return seconds;
}

/// Lifted joints, or the truth, at times 0, 1/30, … as [T, J, 3].
struct Sampled
{
    std::vector<double> lifted;
    std::vector<double> truth;
};

/// Lifts the filmed figure; every frame is compared at its own time.
Result<Sampled> liftFigure(Lifter &lifter, const std::vector<double> &seconds)
{
    const Skeleton coco = *findSkeleton("coco17");
    const CameraIntrinsics camera = assumedIntrinsics(1280, 720);
    const Result<JointTrack> lifted = lifter.lift(MovingFigure().film(seconds, coco, camera), coco, seconds, camera, {});
    if (!lifted)
        return lifted.error();
    Sampled sampled;
    for (std::size_t frame = 0; frame < seconds.size(); ++frame) {
        const Pose3D pose = lifted->pose(static_cast<std::int64_t>(frame));
        const std::vector<Eigen::Vector3d> body = MovingFigure().joints(seconds[frame], lifter.skeleton());
        for (std::size_t joint = 0; joint < body.size(); ++joint) {
            if (!pose[joint].valid)
                return Error(ErrorCode::Internal, {{"detail", "an invalid joint"}});
            sampled.lifted.insert(sampled.lifted.end(), {pose[joint].x, pose[joint].y, pose[joint].z});
            sampled.truth.insert(sampled.truth.end(), body[joint].data(), body[joint].data() + 3);
        }
    }
    return sampled;
}

Eigen::Vector3d between(const Joint3D &from, const Joint3D &to)
{
    return {to.x - from.x, to.y - from.y, to.z - from.z};
}

double pMpjpeOf(const Sampled &sampled, int joints)
{
    return procrustesMpjpe({sampled.lifted, joints}, {sampled.truth, joints});
}

} // namespace

class TestLifter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void frameRateDoesNotMatter_data();
    void frameRateDoesNotMatter();
    void liftedJointsReprojectOntoTheKeypoints();
    void mirroredFigureGivesMirroredJoints();
    void unseenFramesAreInvalid();
    void stopGivesCancelled();
    void lifterWithoutFilesIsRefused_data();
    void lifterWithoutFilesIsRefused();
    void keypointsWithoutLimbsAreRefused();

private:
    QTemporaryDir m_models;
    fs::path folder(const char *name) const { return fs::path(m_models.path().toStdString()) / name; }
};

void TestLifter::initTestCase()
{
    qputenv("POSELIFT_MODELS", m_models.path().toLocal8Bit());
    install(folder("random"), description());
}

void TestLifter::frameRateDoesNotMatter_data()
{
    QTest::addColumn<QString>("model");
    QTest::newRow("random weights") << QStringLiteral("random");
    // Folder names of the bundled lifters, whatever they are.
    const fs::path bundled = resourceDirectory() / "models";
    if (fs::is_directory(bundled)) {
        for (const auto &entry : fs::directory_iterator(bundled)) {
            std::ifstream manifest(entry.path() / "model.json");
            if (nlohmann::json::parse(manifest).value("kind", "") == "lifter")
                QTest::newRow(entry.path().filename().c_str()) << QString::fromStdString(entry.path().filename());
        }
    }
}

// One motion at five samplings: within 5 % of the same P-MPJPE (issue 2, "From keypoints to 3D").
void TestLifter::frameRateDoesNotMatter()
{
    QFETCH(QString, model);
    const auto lifter = create(model.toStdString());
    QVERIFY2(lifter.ok(), lifter.ok() ? "" : lifter.error().sentence().c_str());
    const int joints = (*lifter)->skeleton().jointCount();
    const Result<Sampled> reference = liftFigure(**lifter, evenTimes(30));
    QVERIFY(reference.ok());
    const double expected = pMpjpeOf(*reference, joints);
    qInfo("P-MPJPE at 30 fps: %.1f mm", 1000 * expected);
    for (const auto &seconds : {evenTimes(25), evenTimes(60), evenTimes(120), variableTimes()}) {
        const Result<Sampled> sampled = liftFigure(**lifter, seconds);
        QVERIFY(sampled.ok());
        const double found = pMpjpeOf(*sampled, joints);
        qInfo("%zu frames: %.1f mm", seconds.size(), 1000 * found);
        QVERIFY(std::abs(found / expected - 1) < 0.05);
    }
}

void TestLifter::liftedJointsReprojectOntoTheKeypoints()
{
    const auto lifter = create("random");
    QVERIFY(lifter.ok());
    const std::vector<double> seconds = evenTimes(30);
    const Result<Sampled> sampled = liftFigure(**lifter, seconds);
    QVERIFY(sampled.ok());
    const int joints = (*lifter)->skeleton().jointCount();
    const auto centre = [&](const std::vector<double> &values, std::size_t frame) {
        Eigen::Vector3d sum = Eigen::Vector3d::Zero();
        for (int joint = 0; joint < joints; ++joint)
            sum += Eigen::Map<const Eigen::Vector3d>(&values[(frame * static_cast<std::size_t>(joints) + static_cast<std::size_t>(joint)) * 3]);
        return Eigen::Vector3d(sum / joints);
    };
    for (std::size_t frame = 0; frame < seconds.size(); ++frame) {
        const Eigen::Vector3d found = centre(sampled->lifted, frame);
        const Eigen::Vector3d expected = centre(sampled->truth, frame);
        QVERIFY(found.z() > 0);
        // A network without training makes a shapeless body, but it stands where the figure is seen.
        QVERIFY((found.hnormalized() - expected.hnormalized()).norm() < 0.05);
    }
}

void TestLifter::mirroredFigureGivesMirroredJoints()
{
    const auto lifter = create("random");
    QVERIFY(lifter.ok());
    const Skeleton coco = *findSkeleton("coco17");
    const CameraIntrinsics camera = assumedIntrinsics(1280, 720);
    const std::vector<double> seconds = evenTimes(30, 1);
    const KeypointTrack track = MovingFigure().film(seconds, coco, camera);
    KeypointTrack mirrored = track;
    for (std::int64_t frame = 0; frame < track.endFrame(); ++frame) {
        for (int joint = 0; joint < coco.jointCount(); ++joint) {
            Keypoint2D keypoint = track.keypoint(frame, joint);
            keypoint.x = 1280 - keypoint.x;
            mirrored.setKeypoint(frame, coco.mirrored(joint), keypoint);
        }
    }
    const Result<JointTrack> a = (*lifter)->lift(track, coco, seconds, camera, {});
    const Result<JointTrack> b = (*lifter)->lift(mirrored, coco, seconds, camera, {});
    QVERIFY(a.ok() && b.ok());
    const Skeleton &output = (*lifter)->skeleton();
    for (std::int64_t frame = 0; frame < track.endFrame(); ++frame) {
        const Pose3D first = a->pose(frame);
        const Pose3D second = b->pose(frame);
        for (int joint = 0; joint < output.jointCount(); ++joint) {
            // Relative to the root: the depth of a shapeless body magnifies the rounding of keypoints.
            const Eigen::Vector3d p = between(first[0], first[static_cast<std::size_t>(joint)]);
            const Eigen::Vector3d q = between(second[0], second[static_cast<std::size_t>(output.mirrored(joint))]);
            QVERIFY((p - q.cwiseProduct(Eigen::Vector3d(-1, 1, 1))).norm() < 1e-3);
        }
    }
}

void TestLifter::unseenFramesAreInvalid()
{
    const auto lifter = create("random", false);
    QVERIFY(lifter.ok());
    const Skeleton coco = *findSkeleton("coco17");
    const CameraIntrinsics camera = assumedIntrinsics(1280, 720);
    const std::vector<double> seconds = evenTimes(30);
    KeypointTrack track = MovingFigure().film(seconds, coco, camera);
    for (std::int64_t frame = 30; frame < 80; ++frame)
        track.setPose(frame, Pose2D(17));
    track.setPose(100, Pose2D(17)); // one frame: bridged
    const Result<JointTrack> lifted = (*lifter)->lift(track, coco, seconds, camera, {});
    QVERIFY(lifted.ok());
    QCOMPARE(lifted->frameCount(), track.frameCount());
    QVERIFY(lifted->pose(29)[0].valid);
    QVERIFY(!lifted->pose(50)[0].valid);
    QVERIFY(lifted->pose(80)[0].valid);
    QVERIFY(lifted->pose(100)[0].valid);
}

void TestLifter::stopGivesCancelled()
{
    const auto lifter = create("random");
    QVERIFY(lifter.ok());
    const Skeleton coco = *findSkeleton("coco17");
    const CameraIntrinsics camera = assumedIntrinsics(1280, 720);
    const std::vector<double> seconds = evenTimes(30);
    std::stop_source stop;
    stop.request_stop();
    const Result<JointTrack> lifted = (*lifter)->lift(MovingFigure().film(seconds, coco, camera), coco, seconds, camera, {stop.get_token(), {}});
    QVERIFY(!lifted.ok());
    QVERIFY(lifted.error().isCancelled());
}

void TestLifter::lifterWithoutFilesIsRefused_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<int>("code");
    install(folder("nan"), description(), [](WeightsFile &weights) { weights.arrays["shrink.bias"].values[0] = 1; });
    {
        // A NaN inside the file: written as a number, then patched where it stands.
        std::fstream file(folder("nan") / "weights.h5", std::ios::in | std::ios::out | std::ios::binary);
        std::string bytes((std::istreambuf_iterator<char>(file)), {});
        const Result<WeightsFile> weights = readWeights(folder("nan") / "weights.h5");
        const float *values = weights->arrays.at("shrink.bias").values.data();
        const std::size_t at = bytes.find(std::string(reinterpret_cast<const char *>(values), 51 * sizeof(float)));
        const float nan = std::numeric_limits<float>::quiet_NaN();
        file.clear();
        file.seekp(static_cast<std::streamoff>(at));
        file.write(reinterpret_cast<const char *>(&nan), sizeof nan);
    }
    install(folder("shape"), description(), [](WeightsFile &weights) { weights.arrays["shrink.bias"] = {{2}, {0, 0}}; });
    install(folder("short"), description(), [](WeightsFile &weights) { weights.arrays.erase("expand_conv.weight"); });
    nlohmann::json without = description();
    without.erase("filter_widths");
    install(folder("field"), without);
    nlohmann::json skeleton = description();
    skeleton["output_skeleton"] = "octopus8";
    install(folder("skeleton"), skeleton);
    install(folder("digest"), description());
    std::ofstream(folder("digest") / "model.json") << nlohmann::json{{"kind", "lifter"}, {"title", "test"}, {"licence", "none"},
        {"files", {{{"name", "weights.h5"}, {"role", "weights"}, {"sha256", std::string(64, '0')}}}}};
    install(folder("cut"), description());
    fs::resize_file(folder("cut") / "weights.h5", fs::file_size(folder("cut") / "weights.h5") / 2);
    install(folder("gone"), description());
    fs::remove(folder("gone") / "weights.h5");

    const auto row = [](const char *name, ErrorCode code) { QTest::newRow(name) << QLatin1String(name) + QString() << int(code); };
    row("nan", ErrorCode::NotFinite);
    row("shape", ErrorCode::WrongShape);
    row("short", ErrorCode::MissingDataset);
    row("field", ErrorCode::ManifestField);
    row("skeleton", ErrorCode::UnknownSkeleton);
    row("digest", ErrorCode::ChecksumMismatch);
    row("cut", ErrorCode::FileTruncated);
    row("gone", ErrorCode::FileNotFound);
    row("nobody", ErrorCode::ModelNotFound);
}

void TestLifter::lifterWithoutFilesIsRefused()
{
    QFETCH(QString, model);
    QFETCH(int, code);
    const auto lifter = create(model.toStdString());
    QVERIFY(!lifter.ok());
    QCOMPARE(errorName(lifter.error().code()), errorName(static_cast<ErrorCode>(code)));
}

void TestLifter::keypointsWithoutLimbsAreRefused()
{
    const auto lifter = create("random");
    QVERIFY(lifter.ok());
    Skeleton face;
    face.name = "face";
    face.joints = {"nose"};
    KeypointTrack track;
    track.jointCount = 1;
    track.setPose(0, {{1, 1, 1, KeypointState::Visible, KeypointOrigin::Detected}});
    const std::vector<double> seconds{0};
    const Result<JointTrack> lifted = (*lifter)->lift(track, face, seconds, assumedIntrinsics(100, 100), {});
    QVERIFY(!lifted.ok());
    QCOMPARE(lifted.error().code(), ErrorCode::MissingJoints);
}

QTEST_APPLESS_MAIN(TestLifter)
#include "tst_lifter.moc"
