#include "models/lift/lifternetwork_torch.h"
#include "models/lift/moduleweights_torch.h"
#include "models/train/temporaltraining_torch.h"
#include "models/train/trainingdevice_torch.h"
#include "models/trainer.h"
#include "tests/support/mocapwriter.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <nlohmann/json.hpp>

using namespace poselift;

namespace {

double largestDifference(const torch::Tensor &a, const torch::Tensor &b)
{
    TORCH_CHECK(a.sizes() == b.sizes(), a.sizes(), " against ", b.sizes());
    return (a - b).abs().max().item<double>();
}

TemporalModelOptions small()
{
    return TemporalModelOptions().num_joints_in(14).in_features(3).filter_widths({3, 3, 3}).channels(16).dropout(0.0);
}

TemporalTrainOptions tinyRun(const std::filesystem::path &data, const std::filesystem::path &out)
{
    TemporalTrainOptions options;
    options.data = data;
    options.out = out;
    options.channels = 8;
    options.epochs = 2;
    options.stepsPerEpoch = 3;
    options.batch = 16;
    options.threads = 1;
    return options;
}

} // namespace

class TestTemporalTraining : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void windowsEqualStridedConvolutions();
    void lifterNetworkIsTheModelWithItsWeights();
    void restoredStateGoesOnExactly();
    void startingFromASmallerNetworkKeepsWhatItCan();
    void momentumFollowsThePublishedSchedule();
    void interruptedRunEqualsAnUninterruptedOne();
    void divergenceNamesTheStep();
    void bfloat16StaysCloseToFloat32();
    void devicesThatAreNotThereAreNamed_data();
    void devicesThatAreNotThereAreNamed();
    void trainedModelIsEvaluatedBesideBaselines();

private:
    QTemporaryDir m_folder;
    std::filesystem::path m_root;
    std::filesystem::path m_mocap;
};

void TestTemporalTraining::initTestCase()
{
    m_root = m_folder.path().toStdString();
    m_mocap = m_root / "mocap.h5";
    writeTestMocap(m_mocap, 2, 200);
}

void TestTemporalTraining::windowsEqualStridedConvolutions()
{
    torch::manual_seed(1);
    for (const bool causal : {false, true}) {
        TemporalModel model(small().causal(causal));
        const torch::Tensor x = torch::randn({6, 27, 14, 3});
        for (const bool training : {true, false}) {
            model->train(training);
            QVERIFY(largestDifference(forwardWindows(*model, x), model->forwardStrided(x)) < 2e-6);
        }
    }
}

void TestTemporalTraining::lifterNetworkIsTheModelWithItsWeights()
{
    torch::manual_seed(4);
    for (const bool dense : {false, true}) {
        TemporalModel model(small().causal(!dense).dense(dense));
        LifterModel lifter;
        lifter.description.inputJoints.resize(14);
        lifter.description.outputSkeleton.joints.resize(17);
        lifter.description.filterWidths = {3, 3, 3};
        lifter.description.channels = 16;
        lifter.description.causal = !dense;
        lifter.description.dense = dense;
        lifter.weights.arrays = weightsOf(*model);
        const auto network = createLifterNetwork(lifter);
        QVERIFY2(network.ok(), network.ok() ? "" : network.error().sentence().c_str());
        QCOMPARE((*network)->receptiveField(), int64_t(27));
        QCOMPARE((*network)->paddingBefore(), int64_t(dense ? 13 : 26));
        const torch::Tensor x = torch::randn({5, 27, 14, 3});
        (*network)->module().train();
        (*network)->setDropout(1.0 - 1e-9);
        const torch::Tensor dropped = (*network)->forward(x); // all but the last layer's bias is gone
        QVERIFY(largestDifference(dropped[0], dropped[1]) < 1e-6);
        QVERIFY(dropped.requires_grad());
        QVERIFY(loadWeights((*network)->module(), lifter.weights, "memory").ok()); // statistics have moved
        (*network)->module().eval();
        model->eval();
        QCOMPARE((*network)->forward(x).sizes(), torch::IntArrayRef({5, 17, 3}));
        QVERIFY(largestDifference((*network)->forward(x), model->forward(x).squeeze(1)) < 2e-6);
        lifter.weights.arrays.erase("shrink.bias");
        QCOMPARE(createLifterNetwork(lifter).error().code(), ErrorCode::MissingDataset);
    }
}

void TestTemporalTraining::restoredStateGoesOnExactly()
{
    torch::manual_seed(2);
    const torch::Tensor x = torch::randn({8, 27, 14, 3});
    const torch::Tensor y = torch::randn({8, 1, 17, 3});
    TemporalTraining first(small(), 1e-3);
    for (int i = 0; i < 3; ++i)
        first.step(x, y);
    TemporalTraining second(small(), 1e-3);
    QVERIFY(second.restore(first.state(), "memory").ok());
    for (int i = 0; i < 2; ++i)
        QCOMPARE(second.step(x, y), first.step(x, y));
    QVERIFY(second.state().arrays == first.state().arrays);
}

void TestTemporalTraining::startingFromASmallerNetworkKeepsWhatItCan()
{
    torch::manual_seed(3);
    TemporalTraining shorter(small(), 1e-3);
    const torch::Tensor x = torch::randn({8, 81, 14, 3});
    for (int i = 0; i < 3; ++i)
        shorter.step(x.slice(1, 27, 54), torch::randn({8, 1, 17, 3}));
    TemporalTraining longer(small().filter_widths({3, 3, 3, 3}), 1e-3);
    WeightsFile weights;
    weights.arrays = weightsOf(*shorter.model());
    QVERIFY(longer.start(weights, "memory").ok());
    shorter.model()->eval();
    longer.model()->eval();
    const torch::NoGradGuard noGrad;
    const torch::Tensor before = shorter.model()->forwardStrided(x.slice(1, 27, 54));
    const torch::Tensor after = longer.model()->forwardStrided(x);
    QVERIFY(largestDifference(before, after) < 0.3 * before.abs().max().item<double>());
    QVERIFY(largestDifference(before, after) > 0);

    weights.arrays.erase("expand_conv.weight");
    const auto incomplete = longer.start(weights, "memory");
    QCOMPARE(incomplete.error().code(), ErrorCode::MissingDataset);
}

void TestTemporalTraining::momentumFollowsThePublishedSchedule()
{
    QVERIFY(std::abs(batchNormMomentumAt(0) - 0.1) < 1e-12);
    QVERIFY(std::abs(batchNormMomentumAt(0.5) - 0.01) < 1e-12);
    QVERIFY(std::abs(batchNormMomentumAt(1) - 0.001) < 1e-12);
}

void TestTemporalTraining::interruptedRunEqualsAnUninterruptedOne()
{
    const auto whole = trainTemporalModel(tinyRun(m_mocap, m_root / "whole"), {});
    QVERIFY2(whole.ok(), whole.ok() ? "" : whole.error().sentence().c_str());

    TemporalTrainOptions options = tinyRun(m_mocap, m_root / "parts");
    std::stop_source stop;
    const auto cut = trainTemporalModel(options, {stop.get_token(), [&](const JobProgress &) { stop.request_stop(); }});
    QVERIFY(!cut.ok() && cut.error().isCancelled());
    options.resume = true;
    const auto rest = trainTemporalModel(options, {});
    QVERIFY2(rest.ok(), rest.ok() ? "" : rest.error().sentence().c_str());
    QCOMPARE(rest->noisyMpjpe, whole->noisyMpjpe);
    const auto a = readWeights(m_root / "whole" / "checkpoint.h5");
    const auto b = readWeights(m_root / "parts" / "checkpoint.h5");
    QVERIFY(a.ok() && b.ok());
    QVERIFY(a->arrays == b->arrays);
    options.batch = 32;
    const auto other = trainTemporalModel(options, {});
    QCOMPARE(other.error().code(), ErrorCode::BadArgument);
}

void TestTemporalTraining::divergenceNamesTheStep()
{
    TemporalTrainOptions options = tinyRun(m_mocap, m_root / "diverged");
    options.learningRate = 1e37;
    const auto result = trainTemporalModel(options, {});
    QVERIFY(!result.ok());
    QCOMPARE(result.error().code(), ErrorCode::TrainingDiverged);
    QVERIFY(result.error().sentence().find("step 1") != std::string::npos);
}

void TestTemporalTraining::bfloat16StaysCloseToFloat32()
{
    torch::manual_seed(4);
    TemporalModel model(small());
    const torch::Tensor x = torch::randn({16, 27, 14, 3});
    const torch::Tensor exact = forwardWindows(*model, x);
    TemporalStepOptions how;
    how.bfloat16 = true;
    const torch::Tensor rough = forwardWindows(*model, x, how);
    QCOMPARE(rough.scalar_type(), torch::kFloat32);
    const double error = (rough - exact).norm().item<double>() / exact.norm().item<double>();
    QVERIFY2(error > 1e-5 && error < 2e-2, qPrintable(QString::number(error)));
    rough.square().mean().backward();
    QCOMPARE(model->expand_conv->weight.grad().scalar_type(), torch::kFloat32);

    TemporalTrainOptions options = tinyRun(m_mocap, m_root / "bf16");
    options.bfloat16 = true;
    const auto report = trainTemporalModel(options, {});
    QVERIFY2(report.ok(), report.ok() ? "" : report.error().sentence().c_str());
    options.resume = true;
    options.bfloat16 = false;
    QCOMPARE(trainTemporalModel(options, {}).error().code(), ErrorCode::BadArgument);
}

void TestTemporalTraining::devicesThatAreNotThereAreNamed_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"cuda:120", "cuda:", "cuda:x", "cuda:0x", "cuda:-1", "cudas", "gpu", ""})
        QTest::newRow(name) << name;
}

void TestTemporalTraining::devicesThatAreNotThereAreNamed()
{
    QFETCH(QString, name);
    const auto device = chooseDevice(name.toStdString());
    QVERIFY(!device.ok());
    QCOMPARE(device.error().code(), ErrorCode::BadArgument);
    QVERIFY(device.error().sentence().find("--device") != std::string::npos);
    QVERIFY(chooseDevice("cpu").ok());
    QVERIFY(chooseDevice("auto").ok());
}

void TestTemporalTraining::trainedModelIsEvaluatedBesideBaselines()
{
    LifterEvaluationOptions options;
    options.model = m_root / "whole"; // made by the test above
    options.data = m_mocap;
    options.baselineExamples = 2000;
    const auto reports = evaluateLifter(options, {});
    QVERIFY2(reports.ok(), reports.ok() ? "" : reports.error().sentence().c_str());
    QCOMPARE(reports->size(), std::size_t(9));
    QCOMPARE(reports->at(2).lifter, std::string("whole"));
    for (const NamedReport &report : *reports)
        QVERIFY(report.report.overall().mpjpe.mean() > 0);
}

QTEST_APPLESS_MAIN(TestTemporalTraining)
#include "tst_temporaltraining.moc"
