#include "models/lift/moduleweights_torch.h"
#include "models/train/baselinetask_torch.h"
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

BaselineOptions tinyRun(const std::filesystem::path &data, const std::filesystem::path &out)
{
    BaselineOptions options;
    options.data = data;
    options.out = out;
    options.channels = 16;
    options.batch = 16;
    options.epochs = 2;
    options.stepsPerEpoch = 3;
    options.threads = 1;
    return options;
}

/// y = W x + b, the published layer.
torch::Tensor linear(const WeightsFile &weights, const std::string &name, const torch::Tensor &x)
{
    return torch::mm(x, toTensor(weights.arrays.at(name)).squeeze(2).t());
}

torch::Tensor normalised(const WeightsFile &weights, const std::string &name, const torch::Tensor &x)
{
    const auto part = [&](const char *kind) { return toTensor(weights.arrays.at(name + kind)); };
    const torch::Tensor y =
        (x - part(".running_mean")) / torch::sqrt(part(".running_var") + 1e-5) * part(".weight") + part(".bias");
    return torch::relu(y);
}

} // namespace

class TestBaselineTraining : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void networkIsThePublishedOne();
    void zScoresFoldIntoTheWeights();
    void numberThatDoesNotVaryKeepsItsSize();
    void weightsStayWithinTheNorm();
    void mpjpeLossIsInMetres();
    void interruptedRunEqualsAnUninterruptedOne();
    void trainedModelIsALifter();

private:
    Result<std::unique_ptr<BaselineTask>> task(const BaselineOptions &options) const;

    QTemporaryDir m_folder;
    std::filesystem::path m_root;
    std::filesystem::path m_mocap;
};

void TestBaselineTraining::initTestCase()
{
    m_root = m_folder.path().toStdString();
    m_mocap = m_root / "mocap.h5";
    writeTestMocap(m_mocap, 2, 200);
}

Result<std::unique_ptr<BaselineTask>> TestBaselineTraining::task(const BaselineOptions &options) const
{
    return BaselineTask::create(*readMocap(m_mocap, "train"), *readMocap(m_mocap, "val"), options);
}

/// Martinez et al. 2017, figure 1: linear, batch norm, ReLU; two blocks of two such layers with what
/// goes in added to what comes out; linear.
void TestBaselineTraining::networkIsThePublishedOne()
{
    torch::manual_seed(1);
    TemporalModel model(TemporalModelOptions().num_joints_in(14).in_features(3).filter_widths({1, 1, 1}).channels(16));
    for (int i = 0; i < 5; ++i) // moves the statistics
        model->forward(torch::randn({8, 4, 14, 3}));
    model->eval();
    WeightsFile weights;
    weights.arrays = weightsOf(*model);
    const torch::Tensor x = torch::randn({9, 14, 3});
    torch::Tensor y = normalised(weights, "expand_bn", linear(weights, "expand_conv.weight", x.flatten(1)));
    for (int block = 0; block < 2; ++block) {
        const torch::Tensor residual = y;
        for (const int layer : {2 * block, 2 * block + 1})
            y = normalised(weights, "layers_bn." + std::to_string(layer),
                           linear(weights, "layers_conv." + std::to_string(layer) + ".weight", y));
        y = residual + y;
    }
    y = linear(weights, "shrink.weight", y) + toTensor(weights.arrays.at("shrink.bias"));
    QVERIFY(largestDifference(model->forward(x.unsqueeze(1)).view({9, 51}), y) < 1e-5);
}

void TestBaselineTraining::zScoresFoldIntoTheWeights()
{
    torch::manual_seed(2);
    TemporalModel model(TemporalModelOptions().num_joints_in(14).in_features(3).filter_widths({1, 1, 1}).channels(16));
    model->eval();
    const torch::Tensor x = 3 * torch::rand({50, 42}) + torch::rand({42});
    const torch::Tensor y = 2 * torch::rand({50, 51}) + 5;
    const ZScores input = ZScores::of(x);
    const ZScores target = ZScores::of(y);
    const torch::Tensor scored = (x - input.mean) / input.deviation;
    const torch::Tensor expected =
        model->forward(scored.view({50, 1, 14, 3})).view({50, 51}) * target.deviation + target.mean;
    TemporalModel plain = withoutZScores(model, input, target);
    QVERIFY(largestDifference(plain->forward(x.view({50, 1, 14, 3})).view({50, 51}), expected) < 2e-5);
}

void TestBaselineTraining::numberThatDoesNotVaryKeepsItsSize()
{
    const torch::Tensor rows = torch::tensor({{1.0F, 7.0F}, {3.0F, 7.0F}});
    const ZScores scores = ZScores::of(rows);
    QVERIFY(largestDifference(scores.mean, torch::tensor({2.0F, 7.0F})) == 0);
    QVERIFY(largestDifference(scores.deviation, torch::tensor({1.0F, 1.0F})) == 0);
}

void TestBaselineTraining::weightsStayWithinTheNorm()
{
    BaselineOptions options = tinyRun(m_mocap, m_root / "norm");
    for (const double limit : {0.5, 0.0}) {
        options.maxNorm = limit;
        const auto made = task(options);
        QVERIFY(made.ok());
        QVERIFY((*made)->step(0, 16).ok());
        const WeightsFile state = (*made)->state();
        const double norm = toTensor(state.arrays.at("layers_conv.0.weight")).norm().item<double>();
        QVERIFY2(limit > 0 ? std::abs(norm - limit) < 1e-5 : norm > 1, std::to_string(norm).c_str());
    }
}

void TestBaselineTraining::mpjpeLossIsInMetres()
{
    BaselineOptions options = tinyRun(m_mocap, m_root / "metres");
    options.meanDistance = true;
    const auto scored = task(options);
    options.zScore = false;
    const auto plain = task(options);
    QVERIFY(scored.ok() && plain.ok());
    for (const auto *made : {&scored, &plain}) {
        const auto outcome = (**made)->step(0, 64);
        QVERIFY(outcome.ok());
        QCOMPARE(outcome->terms.at(0).name, std::string("mpjpe"));
        QVERIFY2(outcome->loss > 0.01 && outcome->loss < 5, std::to_string(outcome->loss).c_str());
    }
}

void TestBaselineTraining::interruptedRunEqualsAnUninterruptedOne()
{
    const auto whole = trainBaseline(tinyRun(m_mocap, m_root / "whole"), {});
    QVERIFY2(whole.ok(), whole.ok() ? "" : whole.error().sentence().c_str());
    BaselineOptions options = tinyRun(m_mocap, m_root / "parts");
    std::stop_source stop;
    const auto cut = trainBaseline(options, {stop.get_token(), [&](const JobProgress &) { stop.request_stop(); }});
    QVERIFY(!cut.ok() && cut.error().isCancelled());
    options.resume = true;
    const auto rest = trainBaseline(options, {});
    QVERIFY2(rest.ok(), rest.ok() ? "" : rest.error().sentence().c_str());
    const auto a = readWeights(m_root / "whole" / "checkpoint.h5");
    const auto b = readWeights(m_root / "parts" / "checkpoint.h5");
    QVERIFY(a.ok() && b.ok());
    QVERIFY(a->arrays == b->arrays);
    options.dropout = 0.25;
    QCOMPARE(trainBaseline(options, {}).error().code(), ErrorCode::BadArgument);
}

void TestBaselineTraining::trainedModelIsALifter()
{
    LifterEvaluationOptions options;
    options.model = m_root / "whole"; // made by the test above
    options.data = m_mocap;
    options.baselineExamples = 2000;
    const auto reports = evaluateLifter(options, {});
    QVERIFY2(reports.ok(), reports.ok() ? "" : reports.error().sentence().c_str());
    QCOMPARE(reports->at(2).lifter, std::string("whole"));
    QCOMPARE(reports->at(2).report.jointNames().size(), std::size_t(17));
}

QTEST_APPLESS_MAIN(TestBaselineTraining)
#include "tst_baselinetraining.moc"
