#include "core/io/mocapfile.h"
#include "models/lift/moduleweights_torch.h"
#include "models/train/adversarialtask_torch.h"
#include "models/train/adversarialtrainer.h"
#include "models/train/comparedjoints.h"
#include "models/trainer.h"
#include "tests/support/mocapwriter.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <nlohmann/json.hpp>

#include <type_traits>

using namespace poselift;

namespace {

/// True where a T can be made of a U in one step.
template <typename T, typename U>
constexpr bool isMadeOf = std::is_constructible_v<T, U> || std::is_convertible_v<U, T>;

AdversarialOptions tinyRun(const std::filesystem::path &data, const std::filesystem::path &out)
{
    AdversarialOptions options;
    options.data = data;
    options.out = out;
    options.channels = 16;
    options.generatorBlocks = 1;
    options.discriminatorBlocks = 1;
    options.batch = 32;
    options.epochs = 2;
    options.stepsPerEpoch = 3;
    options.threads = 1;
    return options;
}

/// A body whose left hip is at +x when it faces the camera; its knees are bent forwards by @p bend.
torch::Tensor walker(float bend)
{
    torch::Tensor joints = torch::zeros({1, 14, 3});
    const auto set = [&](int64_t joint, float x, float y, float z) { joints[0][joint] = torch::tensor({x, y, z}); };
    set(6, 0.15F, 0, 0);
    set(7, -0.15F, 0, 0);
    set(8, 0.15F, 0.4F, -bend);
    set(9, -0.15F, 0.4F, -bend);
    set(10, 0.15F, 0.8F, 0);
    set(11, -0.15F, 0.8F, 0);
    return joints;
}

const FacingJoints kFacing{6, 7, {{6, 8, 10}, {7, 9, 11}}};

} // namespace

class TestAdversarialTraining : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void posesSurviveTheFile();
    void fileWithDepthIsRefused();
    void nothingButTwoDimensionsReachesTheTask();
    void learnsWithoutMotionCapture();
    void interruptedRunEqualsAnUninterruptedOne();
    void trainedLifterIsEvaluatedInSharedJoints();
    void largestBatchIsAccepted();
    void eachLossFormTrains_data();
    void eachLossFormTrains();
    void gateHoldsBackTheWinner();
    void kneesThatBendBackwardsCost();
    void consistencyOfATrueLifterIsPerfect();
    void nonsenseIsRefused();

private:
    QTemporaryDir m_folder;
    std::filesystem::path m_root;
    std::filesystem::path m_mocap;
    std::filesystem::path m_pack;
};

void TestAdversarialTraining::initTestCase()
{
    m_root = m_folder.path().toStdString();
    m_mocap = m_root / "mocap.h5";
    m_pack = m_root / "poses.h5";
    writeTestMocap(m_mocap, 2, 200);
    Poses2DOptions options;
    options.count = 300;
    const auto mocap = readMocap(m_mocap, options.group);
    QVERIFY(mocap.ok());
    const auto packed = poses2DOf(*mocap, options, {});
    QVERIFY2(packed.ok(), packed.ok() ? "" : packed.error().sentence().c_str());
    QCOMPARE(packed->count(), std::int64_t(300));
    QVERIFY(writePoses2D(*packed, m_pack).ok());
}

void TestAdversarialTraining::posesSurviveTheFile()
{
    const auto poses = readPoses2D(m_pack);
    QVERIFY(poses.ok());
    QCOMPARE(poses->count(), std::int64_t(300));
    QCOMPARE(poses->joints, lifterInputJoints());
    QVERIFY(writePoses2D(*poses, m_root / "again.h5").ok());
    const auto again = readPoses2D(m_root / "again.h5");
    QVERIFY(again.ok());
    QCOMPARE(again->xy, poses->xy);
    QCOMPARE(again->confidence, poses->confidence);
}

void TestAdversarialTraining::fileWithDepthIsRefused()
{
    auto file = readWeights(m_pack);
    QVERIFY(file.ok());
    WeightsFile more = *file;
    more.arrays["joints_3d"] = {{300, 14, 3}, std::vector<float>(300 * 14 * 3, 0.0F)};
    QVERIFY(writeWeights(more, m_root / "more.h5").ok());
    QCOMPARE(readPoses2D(m_root / "more.h5").error().code(), ErrorCode::WrongFormat);
    WeightsFile deep = *file;
    deep.arrays["poses"] = {{300, 14, 3}, std::vector<float>(300 * 14 * 3, 0.0F)};
    QVERIFY(writeWeights(deep, m_root / "deep.h5").ok());
    QCOMPARE(readPoses2D(m_root / "deep.h5").error().code(), ErrorCode::WrongShape);
    QVERIFY(!readPoses2D(m_mocap).ok());
}

/// The task is made of a Poses2D, which holds two numbers a joint and a confidence, and of nothing that
/// motion capture could be turned into.
void TestAdversarialTraining::nothingButTwoDimensionsReachesTheTask()
{
    static_assert(std::is_same_v<decltype(&AdversarialTask::create),
                                 Result<std::unique_ptr<AdversarialTask>> (*)(
                                     const Poses2D &, const AdversarialOptions &, AdversarialTask::Figures)>);
    static_assert(!isMadeOf<Poses2D, MocapData> && !isMadeOf<Poses2D, MocapSequence>);
    const auto poses = readPoses2D(m_pack);
    QVERIFY(poses.ok());
    const auto joints = static_cast<std::size_t>(poses->count() * poses->jointCount());
    QCOMPARE(poses->xy.size(), 2 * joints);
    QCOMPARE(poses->confidence.size(), joints);
}

/// The file that the poses came from is gone: there is no 3D that training could read.
void TestAdversarialTraining::learnsWithoutMotionCapture()
{
    const std::filesystem::path folder = m_root / "two_dimensions_only";
    std::filesystem::create_directories(folder);
    std::filesystem::copy_file(m_pack, folder / "poses.h5");
    std::filesystem::rename(m_mocap, m_root / "hidden");
    AdversarialOptions options = tinyRun(folder / "poses.h5", folder / "run");
    const auto report = trainAdversarialLifter(options, {});
    std::filesystem::rename(m_root / "hidden", m_mocap);
    QVERIFY2(report.ok(), report.ok() ? "" : report.error().sentence().c_str());
    QVERIFY(report->bestEpoch > 0);
    QVERIFY(report->figures.contains("self_consistency"));
    QVERIFY(!report->figures.contains("val_mpjpe_mm"));
    const auto model = readLifterModel(folder / "run");
    QVERIFY2(model.ok(), model.ok() ? "" : model.error().sentence().c_str());
    QCOMPARE(model->description.architecture, LifterArchitecture::Adversarial);
    QCOMPARE(model->description.outputSkeleton.name, std::string("limbs14"));
}

void TestAdversarialTraining::interruptedRunEqualsAnUninterruptedOne()
{
    const auto whole = trainAdversarialLifter(tinyRun(m_pack, m_root / "whole"), {});
    QVERIFY2(whole.ok(), whole.ok() ? "" : whole.error().sentence().c_str());
    AdversarialOptions options = tinyRun(m_pack, m_root / "parts");
    std::stop_source stop;
    const auto cut =
        trainAdversarialLifter(options, {stop.get_token(), [&](const JobProgress &) { stop.request_stop(); }});
    QVERIFY(!cut.ok() && cut.error().isCancelled());
    options.resume = true;
    const auto rest = trainAdversarialLifter(options, {});
    QVERIFY2(rest.ok(), rest.ok() ? "" : rest.error().sentence().c_str());
    const auto a = readWeights(m_root / "whole" / "checkpoint.h5");
    const auto b = readWeights(m_root / "parts" / "checkpoint.h5");
    QVERIFY(a.ok() && b.ok());
    QVERIFY(a->arrays == b->arrays);
    options.depth = 8;
    QCOMPARE(trainAdversarialLifter(options, {}).error().code(), ErrorCode::BadArgument);
}

void TestAdversarialTraining::trainedLifterIsEvaluatedInSharedJoints()
{
    LifterEvaluationOptions options;
    options.model = m_root / "whole"; // made by the test above
    options.data = m_mocap;
    options.baselineExamples = 2000;
    const auto reports = evaluateLifter(options, {});
    QVERIFY2(reports.ok(), reports.ok() ? "" : reports.error().sentence().c_str());
    for (const NamedReport &report : *reports) {
        QCOMPARE(report.report.jointNames().size(), std::size_t(13)); // twelve limb joints and mid_hip
        QCOMPARE(report.report.jointNames().back(), std::string("mid_hip"));
        QVERIFY(report.report.overall().procrustesMpjpe.mean() > 0);
    }
}

void TestAdversarialTraining::largestBatchIsAccepted()
{
    AdversarialOptions options = tinyRun(m_pack, m_root / "large");
    options.channels = 4;
    options.batch = 65536;
    options.epochs = options.stepsPerEpoch = 1;
    const auto report = trainAdversarialLifter(options, {});
    QVERIFY2(report.ok(), report.ok() ? "" : report.error().sentence().c_str());
    QCOMPARE(report->batch, 65536);
    options.batch = 65537;
    QCOMPARE(trainAdversarialLifter(options, {}).error().code(), ErrorCode::BadArgument);
}

void TestAdversarialTraining::eachLossFormTrains_data()
{
    QTest::addColumn<int>("form");
    QTest::newRow("minimax") << 0;
    QTest::newRow("published translation") << 1;
    QTest::newRow("Kudo") << 2;
    QTest::newRow("Chen") << 3;
    QTest::newRow("more steps") << 4;
}

void TestAdversarialTraining::eachLossFormTrains()
{
    QFETCH(int, form);
    AdversarialOptions options = tinyRun(m_pack, m_root / ("form" + std::to_string(form)));
    std::size_t terms = 2;
    if (form == 0)
        options.minimax = true;
    if (form == 1)
        options.consistentTranslation = false;
    if (form == 2) {
        options.facingWeight = 1.0;
        options.leak = 0.2;
        options.normalInit = true;
        options.discriminatorBatchNorm = false;
        ++terms;
    }
    if (form == 3) {
        options.consistencyWeight = 1.0;
        options.dataElevation = 10.0;
        ++terms;
    }
    if (form == 4)
        options.generatorSteps = options.discriminatorSteps = 2;
    const auto poses = readPoses2D(m_pack);
    const auto task = AdversarialTask::create(*poses, options);
    QVERIFY2(task.ok(), task.ok() ? "" : task.error().sentence().c_str());
    const WeightsFile before = (*task)->state();
    const auto outcome = (*task)->step(0, 32);
    QVERIFY(outcome.ok() && std::isfinite(outcome->loss));
    QCOMPARE(outcome->terms.size(), terms);
    double sum = 0;
    for (const LossTerm &term : outcome->terms)
        sum += term.value;
    QVERIFY(std::abs(sum - outcome->loss) < 1e-5);
    const WeightsFile after = (*task)->state();
    QVERIFY(before.arrays.at("lifter.generator.out.weight") != after.arrays.at("lifter.generator.out.weight"));
    QVERIFY(before.arrays.at("discriminator.out.weight") != after.arrays.at("discriminator.out.weight"));
}

void TestAdversarialTraining::gateHoldsBackTheWinner()
{
    AdversarialOptions options = tinyRun(m_pack, m_root / "gate");
    options.accuracyGate = 1e-9; // whatever it gets right is too much; the generator is never ahead
    const auto task = AdversarialTask::create(*readPoses2D(m_pack), options);
    QVERIFY(task.ok());
    const WeightsFile before = (*task)->state();
    QVERIFY((*task)->step(0, 32).ok());
    const WeightsFile after = (*task)->state();
    QVERIFY(before.arrays.at("discriminator.out.weight") == after.arrays.at("discriminator.out.weight"));
}

void TestAdversarialTraining::kneesThatBendBackwardsCost()
{
    const auto cost = [](const torch::Tensor &joints) { return facingLoss(joints, kFacing).item<double>(); };
    QCOMPARE(cost(walker(0.1F)), 0.0);
    QVERIFY(cost(walker(-0.1F)) > 0.1);
    // Turned about the vertical it is the same body; mirrored in depth it is not.
    const torch::Tensor turn = viewRotations(torch::tensor({2.0F}), torch::tensor({0.0F}));
    QVERIFY(cost(torch::matmul(walker(0.1F), turn.transpose(1, 2))) < 1e-6);
    const torch::Tensor mirrored = walker(0.1F) * torch::tensor({1.0F, 1.0F, -1.0F});
    QVERIFY(cost(mirrored) > 0.1);
}

/// Where lifting is exact, meanDistance() of both liftings is 0 whatever the turn.
void TestAdversarialTraining::consistencyOfATrueLifterIsPerfect()
{
    torch::manual_seed(2);
    const torch::Tensor joints = torch::randn({4, 14, 3});
    const torch::Tensor moved = joints + torch::tensor({1.0F, 2.0F, 3.0F});
    QVERIFY(meanDistance(joints, moved, 12).item<double>() < 2e-3);
    torch::Tensor other = joints.clone();
    other.select(1, 3).add_(torch::tensor({3.0F, 4.0F, 0.0F}));
    QVERIFY(std::abs(meanDistance(joints, other, 12).item<double>() - 5.0 / 14) < 2e-3);
}

void TestAdversarialTraining::nonsenseIsRefused()
{
    AdversarialOptions options = tinyRun(m_pack, m_root / "nonsense");
    options.head = "nose";
    QCOMPARE(trainAdversarialLifter(options, {}).error().code(), ErrorCode::BadArgument);
    options = tinyRun(m_pack, m_root / "nonsense");
    options.depth = 0;
    QCOMPARE(trainAdversarialLifter(options, {}).error().code(), ErrorCode::BadArgument);
    options = tinyRun(m_root / "none.h5", m_root / "nonsense");
    QCOMPARE(trainAdversarialLifter(options, {}).error().code(), ErrorCode::FileNotFound);
}

QTEST_APPLESS_MAIN(TestAdversarialTraining)
#include "tst_adversarialtraining.moc"
