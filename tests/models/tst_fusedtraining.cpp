#include "core/base/threads.h"
#include "models/lift/normdrop_torch.h"
#include "models/train/adamstate_torch.h"
#include "models/train/fusedadam_torch.h"

#include <QtTest/QtTest>

using namespace poselift;

namespace {

double largestDifference(const torch::Tensor &a, const torch::Tensor &b)
{
    TORCH_CHECK(a.sizes() == b.sizes(), a.sizes(), " against ", b.sizes());
    return (a - b).abs().max().item<double>();
}

/// A BatchNorm with a scale, a shift and statistics of its own.
torch::nn::BatchNorm1d norm(int64_t channels)
{
    torch::manual_seed(11);
    torch::nn::BatchNorm1d made(channels);
    const torch::NoGradGuard noGrad;
    made->weight.uniform_(0.5, 1.5);
    made->bias.uniform_(-0.5, 0.5);
    made->running_mean.uniform_(-1, 1);
    return made;
}

torch::nn::Linear layer(torch::ScalarType type)
{
    torch::manual_seed(12);
    torch::nn::Linear made(7, 5);
    made->to(type);
    return made;
}

} // namespace

class TestFusedTraining : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(2); }
    void normEqualsTheModules_data();
    void normEqualsTheModules();
    void normInEvaluationUsesTheStatisticsKept();
    void dropoutDropsItsShareAndScalesTheRest();
    void dropoutGradientsPassWhereValuesPassed();
    void resultsDoNotDependOnThreads();
    void whatIsNotANumberStaysSo();
    void adamEqualsTorchs_data();
    void adamEqualsTorchs();
    void weightDecayGoesThroughTorchsOwnCode();
};

void TestFusedTraining::normEqualsTheModules_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<double>("offset");
    QTest::newRow("a few rows") << 16 << 0.0; // of two rows the gradient is rounding alone
    QTest::newRow("one block") << 64 << 0.0;
    QTest::newRow("many blocks, the last one short") << 1000 << 0.0;
    QTest::newRow("far from 0") << 777 << 100.0;
}

void TestFusedTraining::normEqualsTheModules()
{
    QFETCH(int, rows);
    QFETCH(double, offset);
    torch::nn::BatchNorm1d fused = norm(33);
    torch::nn::BatchNorm1d plain = norm(33);
    torch::manual_seed(1);
    const torch::Tensor x = torch::randn({rows, 33}) + offset;
    const torch::Tensor a = x.clone().requires_grad_();
    const torch::Tensor b = x.to(torch::kFloat64).requires_grad_();
    plain->to(torch::kFloat64);
    const torch::Tensor ya = normAndDrop(*fused, a, 0.0);
    const torch::Tensor yb = torch::relu(plain->forward(b));
    const torch::Tensor weights = torch::randn_like(x);
    (ya * weights).sum().backward();
    (yb * weights).sum().backward();
    const double tolerance = offset > 0 ? 1e-4 : 5e-6;
    QVERIFY(largestDifference(ya, yb) < tolerance);
    QVERIFY(largestDifference(a.grad(), b.grad()) < tolerance);
    QVERIFY(largestDifference(fused->weight.grad(), plain->weight.grad()) < 20 * tolerance);
    QVERIFY(largestDifference(fused->bias.grad(), plain->bias.grad()) < 20 * tolerance);
    QVERIFY(largestDifference(fused->running_mean, plain->running_mean) < tolerance);
    QVERIFY(largestDifference(fused->running_var, plain->running_var) < tolerance);
    QCOMPARE(fused->num_batches_tracked.item<int64_t>(), 1);
}

void TestFusedTraining::normInEvaluationUsesTheStatisticsKept()
{
    torch::nn::BatchNorm1d module = norm(9);
    module->eval();
    const torch::Tensor x = torch::randn({5, 9});
    QVERIFY(torch::equal(normAndDrop(*module, x, 0.5), torch::relu(module->forward(x))));
}

void TestFusedTraining::dropoutDropsItsShareAndScalesTheRest()
{
    const torch::Tensor x = torch::randn({500, 64});
    torch::nn::BatchNorm1d module = norm(64);
    const torch::Tensor whole = normAndDrop(*module, x, 0.0);
    torch::manual_seed(4);
    const torch::Tensor dropped = normAndDrop(*module, x, 0.25);
    const torch::Tensor kept = dropped != 0;
    QVERIFY(largestDifference(dropped, torch::where(kept, whole / 0.75, torch::zeros_like(whole))) < 1e-5);
    const double share = kept.sum().item<double>() / (whole > 0).sum().item<double>();
    QVERIFY2(std::abs(share - 0.75) < 0.015, qPrintable(QString::number(share)));
    // Neither rows nor columns are dropped together.
    QVERIFY(kept.to(torch::kFloat32).mean(0).std().item<double>() < 0.25);
    torch::manual_seed(4);
    QVERIFY(torch::equal(normAndDrop(*module, x, 0.25), dropped));
    QVERIFY(!torch::equal(normAndDrop(*module, x, 0.25), dropped));
}

void TestFusedTraining::dropoutGradientsPassWhereValuesPassed()
{
    // Of the sum over one kept element the gradient is that of the plain function times 1/0.75.
    torch::nn::BatchNorm1d module = norm(3);
    const torch::Tensor x = torch::randn({40, 3});
    const torch::Tensor a = x.clone().requires_grad_();
    torch::manual_seed(5);
    const torch::Tensor y = normAndDrop(*module, a, 0.25);
    const torch::Tensor kept = (y != 0).to(torch::kFloat32);
    y.square().sum().backward();
    const torch::Tensor b = x.clone().requires_grad_();
    (normAndDrop(*module, b, 0.0) * kept / 0.75).square().sum().backward();
    QVERIFY(largestDifference(a.grad(), b.grad()) < 1e-5);
}

void TestFusedTraining::resultsDoNotDependOnThreads()
{
    const torch::Tensor x = torch::randn({900, 40});
    std::vector<torch::Tensor> results;
    for (const int threads : {1, 2, 3}) {
        torch::set_num_threads(threads);
        torch::nn::BatchNorm1d module = norm(40);
        const torch::Tensor a = x.clone().requires_grad_();
        torch::manual_seed(6);
        normAndDrop(*module, a, 0.25).square().sum().backward();
        results.push_back(a.grad());
    }
    torch::set_num_threads(2);
    QVERIFY(torch::equal(results[0], results[1]));
    QVERIFY(torch::equal(results[0], results[2]));
}

void TestFusedTraining::whatIsNotANumberStaysSo()
{
    torch::nn::BatchNorm1d module = norm(2);
    torch::Tensor x = torch::randn({10, 2});
    x[3][1] = std::numeric_limits<float>::quiet_NaN();
    QVERIFY(!std::isfinite(normAndDrop(*module, x, 0.0).sum().item<double>()));
}

void TestFusedTraining::adamEqualsTorchs_data()
{
    QTest::addColumn<bool>("amsgrad");
    QTest::addColumn<bool>("doubles");
    for (const bool amsgrad : {false, true}) {
        for (const bool doubles : {false, true})
            QTest::addRow("amsgrad %d, float64 %d", amsgrad, doubles) << amsgrad << doubles;
    }
}

void TestFusedTraining::adamEqualsTorchs()
{
    QFETCH(bool, amsgrad);
    QFETCH(bool, doubles);
    const torch::ScalarType type = doubles ? torch::kFloat64 : torch::kFloat32;
    torch::nn::Linear ours = layer(type);
    torch::nn::Linear theirs = layer(type);
    const auto options = torch::optim::AdamOptions(1e-2).betas({0.8, 0.99}).amsgrad(amsgrad);
    FusedAdam fused(ours->parameters(), options);
    torch::optim::Adam plain(theirs->parameters(), options);
    for (int step = 0; step < 6; ++step) {
        torch::manual_seed(static_cast<uint64_t>(20 + step));
        const torch::Tensor x = torch::randn({8, 7}, type) * (step == 1 ? 10 : 1); // the largest square comes early
        for (auto *module : {&ours, &theirs}) {
            (*module)->zero_grad();
            (*module)->forward(x).square().sum().backward();
        }
        fused.step();
        plain.step();
    }
    const double tolerance = doubles ? 1e-12 : 2e-6;
    QVERIFY(largestDifference(ours->weight, theirs->weight) < tolerance);
    QVERIFY(largestDifference(ours->bias, theirs->bias) < tolerance);
    WeightsFile a, b;
    appendAdamState<torch::optim::AdamParamState>(fused, *ours, a);
    appendAdamState<torch::optim::AdamParamState>(plain, *theirs, b);
    QCOMPARE(a.arrays.size(), b.arrays.size());
    QCOMPARE(a.attributes, b.attributes);
    QVERIFY(largestDifference(ours->weight, layer(type)->weight) > 1e-2);
}

void TestFusedTraining::weightDecayGoesThroughTorchsOwnCode()
{
    torch::nn::Linear ours = layer(torch::kFloat32);
    torch::nn::Linear theirs = layer(torch::kFloat32);
    const auto options = torch::optim::AdamOptions(1e-2).weight_decay(0.1);
    FusedAdam fused(ours->parameters(), options);
    torch::optim::Adam plain(theirs->parameters(), options);
    for (auto *module : {&ours, &theirs})
        (*module)->forward(torch::ones({2, 7})).sum().backward();
    fused.step();
    plain.step();
    QVERIFY(torch::equal(ours->weight, theirs->weight));
}

QTEST_APPLESS_MAIN(TestFusedTraining)
#include "tst_fusedtraining.moc"
