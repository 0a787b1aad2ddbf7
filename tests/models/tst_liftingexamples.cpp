#include "core/io/mocapfile.h"
#include "models/train/liftingbaselines.h"
#include "models/train/liftingevaluation.h"
#include "models/train/liftingexamples.h"
#include "tests/support/environment.h"
#include "tests/support/mocapwriter.h"

#include <QTemporaryDir>

#include <Eigen/LU>

using namespace poselift;

class TestLiftingExamples : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void readsNamesAndAttributes();
    void refusesAnotherFile();
    void cameraIsUprightAndSeesItsAnchor();
    void bodyKeepsDirectionsAndSymmetry();
    void noiseHasTheStatedSizeAndRates();
    void examplesDependOnSeedAndStreamOnly();
    void mirroringHalvesGivesBothSides();
    void truthScoresZeroAndBothConditionsShareCameras();
    void linearMapBeatsTheMeanPose();
    void realMocapIsReadWhole();

private:
    QTemporaryDir m_folder;
    MocapData m_data;
};

void TestLiftingExamples::initTestCase()
{
    const std::filesystem::path path = std::filesystem::path(m_folder.path().toStdString()) / "mocap.h5";
    writeTestMocap(path, 4, 240);
    Result<MocapData> data = readMocap(path, "train");
    QVERIFY2(data.ok(), data.ok() ? "" : data.error().sentence().c_str());
    m_data = *std::move(data);
}

void TestLiftingExamples::readsNamesAndAttributes()
{
    QCOMPARE(m_data.skeleton.name, std::string("h36m17"));
    QCOMPARE(m_data.sequences.size(), std::size_t(4));
    QCOMPARE(m_data.frameCount(), std::int64_t(960));
    QCOMPARE(m_data.sequences[1].action, std::string("running"));
    QCOMPARE(m_data.sequences[1].subject, std::string("01"));
    QCOMPARE(m_data.sequences[1].framesPerSecond, 60.0);
    QCOMPARE(m_data.sequences[0].frame(0, 17)[3 * 10 + 1], 1.68F);
}

void TestLiftingExamples::refusesAnotherFile()
{
    const std::filesystem::path folder(m_folder.path().toStdString());
    QCOMPARE(readMocap(folder / "none.h5", "train").error().code(), ErrorCode::FileNotFound);
    QCOMPARE(readMocap(folder / "mocap.h5", "heldout").error().code(), ErrorCode::MissingDataset);
}

void TestLiftingExamples::cameraIsUprightAndSeesItsAnchor()
{
    const Eigen::Matrix3f level = cameraRotation(/*azimuth=*/0.7F, /*elevation=*/0.2F, /*roll=*/0.0F);
    QVERIFY(std::abs(level.determinant() - 1) < 1e-5F);
    QVERIFY((level * Eigen::Vector3f::UnitY()).y() < -0.9F); // up in the world is up (−y) in the picture
    QVERIFY((level * Eigen::Vector3f::UnitY()).z() < 0);     // a camera that looks down sees the top nearer

    Random random(5);
    const VirtualCameraOptions options;
    for (int i = 0; i < 500; ++i) {
        const VirtualCamera camera = randomCamera(options, random);
        const Eigen::Vector3f point(1, 2, 3);
        const Eigen::Vector3f seen = camera.toCamera(point, point);
        QVERIFY(seen.z() >= options.minDistance && seen.z() <= options.maxDistance);
        const float u = camera.truth.focal * seen.x() / seen.z() + camera.truth.cx;
        const float v = camera.truth.focal * seen.y() / seen.z() + camera.truth.cy;
        QVERIFY(u > 0 && u < camera.width && v > 0 && v < camera.height);
    }
}

void TestLiftingExamples::bodyKeepsDirectionsAndSymmetry()
{
    const BodyVariation body(m_data.skeleton);
    std::vector<Eigen::Vector3f> from(17);
    std::vector<Eigen::Vector3f> to(17);
    for (int j = 0; j < 17; ++j)
        from[static_cast<std::size_t>(j)] = Eigen::Map<const Eigen::Vector3f>(m_data.sequences[0].frame(0, 17) + 3 * j);
    Random random(3);
    body.apply(body.draw({}, random), from.data(), to.data());
    const auto at = [&](const std::vector<Eigen::Vector3f> &pose, const char *name) {
        return pose[static_cast<std::size_t>(m_data.skeleton.indexOf(name))];
    };
    const auto ratio = [&](const char *a, const char *b) { return (at(to, b) - at(to, a)).norm() / (at(from, b) - at(from, a)).norm(); };
    QVERIFY(std::abs(ratio("left_elbow", "left_wrist") - ratio("right_elbow", "right_wrist")) < 1e-4F);
    QVERIFY(std::abs(ratio("left_elbow", "left_wrist") - ratio("left_hip", "left_knee")) > 1e-3F);
    const Eigen::Vector3f before = (at(from, "left_knee") - at(from, "left_hip")).normalized();
    const Eigen::Vector3f after = (at(to, "left_knee") - at(to, "left_hip")).normalized();
    QVERIFY((before - after).norm() < 1e-5F);
}

void TestLiftingExamples::noiseHasTheStatedSizeAndRates()
{
    constexpr int kFrames = 20000;
    std::vector<float> xy(kFrames * kLifterLimbJoints * 2, 0.5F);
    std::vector<float> confidence(kFrames * kLifterLimbJoints, 1.0F);
    const std::vector<float> height(kFrames, 0.5F);
    KeypointNoiseOptions options;
    options.difficultySigma = 0.0F;
    options.outlierRate = 0.0F;
    options.swapRate = 0.0F;
    options.legsHiddenShare = 0.0F;
    Random random(11);
    addKeypointNoise({xy.data(), confidence.data(), height.data(), kFrames, 1.0F, 1.0F}, options, 1.0F, random);
    double squares = 0;
    int missing = 0;
    for (int t = 0; t < kFrames; ++t) {
        const double error = static_cast<double>(xy[static_cast<std::size_t>(t * kLifterLimbJoints + 4) * 2]) - 0.5; // left wrist, x
        squares += error * error;
        missing += confidence[static_cast<std::size_t>(t * kLifterLimbJoints + 4)] == 0.0F ? 1 : 0;
    }
    const double expected = 0.5 * std::hypot(options.jointSigma[2], options.offsetSigma[2]);
    QVERIFY(std::abs(std::sqrt(squares / kFrames) / expected - 1) < 0.1);
    // Runs of 5.5 frames on average start in the frames between runs.
    const double rate = options.dropRate + options.frameDropRate;
    QVERIFY(std::abs(missing / (5.5 * rate * kFrames) - 1) < 0.35);
}

void TestLiftingExamples::examplesDependOnSeedAndStreamOnly()
{
    const Result<LiftingExamples> examples = LiftingExamples::create(m_data, {});
    QVERIFY(examples.ok());
    const auto draw = [&](int count, std::uint64_t stream) {
        std::vector<float> inputs(static_cast<std::size_t>(count * examples->inputSize()));
        std::vector<float> targets(static_cast<std::size_t>(count * examples->targetSize()));
        examples->drawBatch(/*seed=*/9, stream, inputs, targets);
        inputs.insert(inputs.end(), targets.begin(), targets.end());
        return inputs;
    };
    QCOMPARE(draw(32, 0), draw(32, 0));
    QVERIFY(draw(32, 0) != draw(32, examples->streamsPerBatch(32)));
    for (const float value : draw(64, 3))
        QVERIFY(std::isfinite(value));
    const std::vector<float> batch = draw(8, 2);
    const float *target = batch.data() + 8 * examples->inputSize();
    QVERIFY(std::abs(target[0]) + std::abs(target[1]) + std::abs(target[2]) < 1e-6F); // root
    QVERIFY(target[3 * 10 + 1] < -0.4F); // the head is above (−y) the root
}

void TestLiftingExamples::mirroringHalvesGivesBothSides()
{
    LiftingExampleOptions options;
    options.flipShare = 0.5F;
    const Result<LiftingExamples> examples = LiftingExamples::create(m_data, options);
    QVERIFY(examples.ok());
    std::vector<float> inputs(static_cast<std::size_t>(800 * examples->inputSize()));
    std::vector<float> targets(static_cast<std::size_t>(800 * examples->targetSize()));
    examples->drawBatch(1, 0, inputs, targets);
    double hips = 0; // left hip minus right hip, seen from all sides: no side may be preferred
    for (std::size_t i = 0; i < 800; ++i)
        hips += static_cast<double>(targets[i * 51 + 3 * 4] - targets[i * 51 + 3 * 1]);
    QVERIFY(std::abs(hips / 800) < 0.05);
}

void TestLiftingExamples::truthScoresZeroAndBothConditionsShareCameras()
{
    EvaluationOptions options;
    const auto clean = makeEvaluationClips(m_data, options);
    options.noisy = true;
    const auto noisy = makeEvaluationClips(m_data, options);
    QVERIFY(clean.ok() && noisy.ok());
    QCOMPARE(clean->size(), std::size_t(8));
    QCOMPARE(clean->front().frames, 120);
    QCOMPARE(clean->front().target, noisy->front().target);
    QVERIFY(clean->front().input.features != noisy->front().input.features);
    const ErrorReport report = evaluateLifting(*clean, m_data.skeleton, [](const EvaluationClip &clip) {
        std::vector<float> joints = clip.target; // into the virtual cameras
        for (std::size_t i = 0; i < joints.size(); i += 3) {
            Eigen::Map<Eigen::Vector3f> joint(joints.data() + i);
            joint = (clip.input.virtualFromCamera[i / 51].cast<float>() * joint).eval();
        }
        return joints;
    });
    QVERIFY(report.overall().mpjpe.mean() < 1e-5);
    QVERIFY(report.overall().mpjve.mean() < 1e-5);
}

void TestLiftingExamples::linearMapBeatsTheMeanPose()
{
    LiftingExampleOptions options;
    options.windowFrames = 1;
    const Result<LiftingExamples> examples = LiftingExamples::create(m_data, options);
    const auto clips = makeEvaluationClips(m_data, {});
    QVERIFY(examples.ok() && clips.ok());
    const LiftingBaselines baselines = LiftingBaselines::fit(*examples, 20000, 1);
    const auto score = [&](const ClipPredictor &predict) {
        return evaluateLifting(*clips, m_data.skeleton, predict).overall().mpjpe.mean();
    };
    const double mean = score([&](const EvaluationClip &clip) { return baselines.meanPose(clip); });
    const double linear = score([&](const EvaluationClip &clip) { return baselines.linearMap(clip); });
    QVERIFY2(linear < 0.95 * mean && linear > 0.01, qPrintable(QStringLiteral("%1 against %2").arg(linear).arg(mean)));
}

void TestLiftingExamples::realMocapIsReadWhole()
{
    POSELIFT_REQUIRE_DATA(folder, "POSELIFT_REAL_DATA");
    const Result<MocapData> val = readMocap(folder / "mocap" / "cmu_mocap.h5", "val");
    QVERIFY2(val.ok(), val.ok() ? "" : val.error().sentence().c_str());
    QCOMPARE(val->sequences.size(), std::size_t(37)); // README of the data
    QCOMPARE(val->frameCount(), std::int64_t(12310));
}

QTEST_APPLESS_MAIN(TestLiftingExamples)
#include "tst_liftingexamples.moc"
