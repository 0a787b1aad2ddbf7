#include "models/lift/fusedtemporalmodel_torch.h"
#include "models/lift/moduleweights_torch.h"
#include "models/lift/sequencelifting_torch.h"
#include "models/lift/temporalmodel_torch.h"
#include "tests/support/environment.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <numeric>

using namespace poselift;

namespace {

/// The published model and this one differ only in the order of float32 sums.
constexpr double kTolerance = 2e-5;

double largestDifference(const torch::Tensor &a, const torch::Tensor &b)
{
    TORCH_CHECK(a.sizes() == b.sizes(), a.sizes(), " against ", b.sizes());
    return (a - b).abs().max().item<double>();
}

/// Arrays of @p file below "prefix/", with the prefix removed.
WeightsFile below(const WeightsFile &file, const std::string &prefix)
{
    WeightsFile part;
    for (const auto &[name, array] : file.arrays) {
        if (name.starts_with(prefix + "/"))
            part.arrays.emplace(name.substr(prefix.size() + 1), array);
    }
    return part;
}

TemporalModel small(int blocks, bool causal = false)
{
    return TemporalModel(TemporalModelOptions()
                             .channels(blocks == 5 ? 128 : 64)
                             .filter_widths(std::vector<int64_t>(static_cast<std::size_t>(blocks), 3))
                             .causal(causal)
                             .dropout(blocks == 5 ? 0.25 : 0));
}

/// Random weights and batch-norm statistics; @p seed makes them repeatable.
void randomise(TemporalModel &model, uint64_t seed)
{
    torch::manual_seed(seed);
    const torch::NoGradGuard noGrad;
    for (auto &item : model->named_buffers()) {
        if (item.key().ends_with("running_var"))
            item.value().uniform_(0.5, 1.5);
        else if (item.key().ends_with("running_mean"))
            item.value().uniform_(-0.2, 0.2);
    }
}

/// Weights of the golden integer hash (golden README, temporal_full_ch1024_rf243_hash).
torch::Tensor hashed(uint64_t tensorId, at::IntArrayRef shape)
{
    torch::Tensor tensor = torch::empty(shape, torch::kFloat32);
    float *values = tensor.data_ptr<float>();
    for (int64_t i = 0; i < tensor.numel(); ++i) {
        uint64_t z = (tensorId << 32) + static_cast<uint64_t>(i) + 0x9E3779B97F4A7C15ULL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        z ^= z >> 31;
        values[i] = static_cast<float>(z >> 40) * 0x1p-23F - 1.0F;
    }
    return tensor;
}

/// Parameter and buffer names in the order of PyTorch's state_dict: module by module as the
/// published constructor makes them, parameters before buffers.
std::vector<std::string> stateDictOrder(std::size_t layers)
{
    std::vector<std::string> names;
    const auto norm = [&](const std::string &prefix) {
        for (const char *part : {"weight", "bias", "running_mean", "running_var", "num_batches_tracked"})
            names.push_back(prefix + "." + part);
    };
    norm("expand_bn");
    names.insert(names.end(), {"shrink.weight", "shrink.bias", "expand_conv.weight"});
    for (std::size_t i = 0; i < layers; ++i)
        names.push_back("layers_conv." + std::to_string(i) + ".weight");
    for (std::size_t i = 0; i < layers; ++i)
        norm("layers_bn." + std::to_string(i));
    return names;
}

void fillByHash(TemporalModel &model, const torch::Tensor &sums)
{
    const torch::NoGradGuard noGrad;
    auto tensors = model->named_parameters();
    tensors.update(model->named_buffers());
    const std::vector<std::string> order = stateDictOrder(model->layers_conv->size());
    int64_t checked = 0;
    for (std::size_t id = 0; id < order.size(); ++id) {
        const std::string &name = order[id];
        if (name.ends_with("num_batches_tracked"))
            continue;
        torch::Tensor target = tensors[name];
        torch::Tensor u = hashed(id, target.sizes());
        if (target.dim() == 3)
            u = u * static_cast<float>(1.7 / std::sqrt(static_cast<double>(target.size(1) * target.size(2))));
        else if (name.ends_with("running_var"))
            u = 1 + 0.5F * u;
        else if (name.find("bn") != std::string::npos && name.ends_with("weight"))
            u = 1 + 0.25F * u;
        else
            u = 0.1F * u;
        target.copy_(u);
        const double sum = u.to(torch::kFloat64).sum().item<double>();
        TORCH_CHECK(std::abs(sum - sums[checked].item<double>()) < 1e-3, name, ": checksum ", sum);
        ++checked;
    }
}

} // namespace

class TestTemporalModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(2); }
    void receptiveFieldIsTheProductOfWidths();
    void stridedEqualsDilated_data();
    void stridedEqualsDilated();
    void productsEqualConvolutions_data();
    void productsEqualConvolutions();
    void denseSpansTheSameFrames();
    void weightsOfAnotherShapeAreRefused();
    void goldenParameterCounts();
    void goldenSmallOutputs();
    void goldenCausalOutputs();
    void goldenFlipAveraging();
    void chunksMakeNoDifference();
    void goldenFullOutputs();
};

void TestTemporalModel::receptiveFieldIsTheProductOfWidths()
{
    const TemporalModel model(TemporalModelOptions().filter_widths({3, 5, 1}).channels(8).causal(true));
    QCOMPARE(model->receptiveField(), 15);
    QCOMPARE(model->paddingBefore(), 14);
    QCOMPARE(model->paddingAfter(), 0);
    QCOMPARE(small(5)->receptiveField(), 243);
    QCOMPARE(small(5)->paddingBefore(), 121);
}

void TestTemporalModel::stridedEqualsDilated_data()
{
    QTest::addColumn<std::vector<int64_t>>("widths");
    QTest::addColumn<bool>("causal");
    QTest::newRow("27") << std::vector<int64_t>{3, 3, 3} << false;
    QTest::newRow("27 causal") << std::vector<int64_t>{3, 3, 3} << true;
    QTest::newRow("mixed widths") << std::vector<int64_t>{1, 5, 3} << false;
    QTest::newRow("mixed widths causal") << std::vector<int64_t>{5, 3, 1} << true;
}

void TestTemporalModel::stridedEqualsDilated()
{
    QFETCH(std::vector<int64_t>, widths);
    QFETCH(bool, causal);
    TemporalModel model(TemporalModelOptions().filter_widths(widths).causal(causal).channels(32).in_features(3).num_joints_in(14));
    randomise(model, 1);
    model->eval();
    const torch::NoGradGuard noGrad;
    const int64_t field = model->receptiveField();
    const torch::Tensor x = torch::randn({2, field + 4, 14, 3});
    const torch::Tensor dilated = model->forward(x);
    QCOMPARE(dilated.sizes(), (at::IntArrayRef{2, 5, 17, 3}));
    for (int64_t frame = 0; frame < 5; ++frame) {
        const torch::Tensor strided = model->forwardStrided(x.slice(1, frame, frame + field));
        QVERIFY(largestDifference(strided, dilated.slice(1, frame, frame + 1)) < 1e-5);
    }
}

void TestTemporalModel::productsEqualConvolutions_data()
{
    stridedEqualsDilated_data();
    QTest::newRow("single frame") << std::vector<int64_t>{1} << false;
}

void TestTemporalModel::productsEqualConvolutions()
{
    QFETCH(std::vector<int64_t>, widths);
    QFETCH(bool, causal);
    TemporalModel model(TemporalModelOptions().filter_widths(widths).causal(causal).channels(32).in_features(3).num_joints_in(14));
    randomise(model, 2);
    model->eval();
    const torch::NoGradGuard noGrad;
    const FusedTemporalModel fused(model);
    const torch::Tensor x = torch::randn({fused.receptiveField() + 9, 14, 3});
    QVERIFY(largestDifference(fused.forward(x), model->forward(x.unsqueeze(0))[0]) < 1e-5);
    QCOMPARE(fused.paddingBefore(), model->paddingBefore());
}

void TestTemporalModel::denseSpansTheSameFrames()
{
    TemporalModel model(TemporalModelOptions().filter_widths({3, 3, 3}).channels(8).dense(true));
    model->eval();
    QCOMPARE(model->layers_conv->ptr<torch::nn::Conv1dImpl>(2)->weight.size(2), 19);
    const torch::Tensor y = model->forward(torch::zeros({1, 30, 17, 2}));
    QCOMPARE(y.size(1), 4);
}

void TestTemporalModel::weightsOfAnotherShapeAreRefused()
{
    TemporalModel model = small(3);
    WeightsFile weights;
    weights.arrays = weightsOf(*model);
    QVERIFY(loadWeights(*model, weights, "a.h5").ok());

    WeightsFile missing = weights;
    missing.arrays.erase("shrink.bias");
    QCOMPARE(loadWeights(*model, missing, "a.h5").error().sentence(),
             std::string("a.h5: dataset or attribute 'shrink.bias' is missing."));

    WeightsFile wrong = weights;
    wrong.arrays["shrink.bias"] = {{3}, {1, 2, 3}};
    QCOMPARE(loadWeights(*model, wrong, "a.h5").error().sentence(),
             std::string("a.h5: dataset 'shrink.bias' has shape [3], expected [51]."));

    WeightsFile more = weights;
    more.arrays["layers_conv.9.weight"] = {{1}, {1}};
    QCOMPARE(loadWeights(*model, more, "a.h5").error().code(), ErrorCode::WrongFormat);
}

void TestTemporalModel::goldenParameterCounts()
{
    POSELIFT_REQUIRE_DATA(golden, "POSELIFT_GOLDEN");
    std::ifstream file(golden / "temporal_param_counts.json");
    const nlohmann::json counts = nlohmann::json::parse(file);
    QVERIFY(counts.size() >= 10);
    for (const auto &[key, expected] : counts.items()) {
        const std::size_t blank = key.find(" out");
        std::vector<int64_t> widths;
        for (std::size_t at = 0; at < blank; at += 2)
            widths.push_back(key[at] - '0');
        const TemporalModel model(TemporalModelOptions().filter_widths(widths).num_joints_out(std::stoi(key.substr(blank + 4))));
        int64_t parameters = 0;
        int64_t buffers = 0;
        for (const torch::Tensor &parameter : model->parameters())
            parameters += parameter.numel();
        for (const torch::Tensor &buffer : model->buffers())
            buffers += buffer.numel();
        QCOMPARE(model->receptiveField(), expected[0].get<int64_t>());
        QCOMPARE(parameters, expected[1].get<int64_t>());
        QCOMPARE(buffers, expected[2].get<int64_t>());
    }
}

void TestTemporalModel::goldenSmallOutputs()
{
    POSELIFT_REQUIRE_DATA(golden, "POSELIFT_GOLDEN");
    const Result<WeightsFile> file = readWeights(golden / "temporal_small_ch128_rf243.h5");
    QVERIFY(file.ok());
    TemporalModel model = small(5);
    QVERIFY(loadWeights(*model, below(*file, "state"), "golden").ok());
    model->eval();
    const torch::NoGradGuard noGrad;
    const auto array = [&](const char *name) { return toTensor(file->arrays.at(name)); };
    QVERIFY(largestDifference(model->forward(array("x")), array("y")) < kTolerance);
    QVERIFY(largestDifference(model->forward(array("x")), array("y_f64")) < kTolerance);
    QVERIFY(largestDifference(model->forward(array("x_243")), array("y_243")) < kTolerance);
    QVERIFY(largestDifference(model->forwardStrided(array("x_243")), array("y_243_optimized1f")) < kTolerance);
    QVERIFY(largestDifference(model->forward(array("tta/batch_2d_padded")), array("tta/raw")) < kTolerance);
    const FusedTemporalModel fused(model);
    for (const int64_t item : {0, 1}) {
        QVERIFY(largestDifference(fused.forward(array("x")[item]), array("y")[item]) < kTolerance);
        QVERIFY(largestDifference(fused.forward(array("x_243")[item]), array("y_243")[item]) < kTolerance);
        QVERIFY(largestDifference(fused.forward(array("tta/batch_2d_padded")[item]), array("tta/raw")[item]) < kTolerance);
    }
}

void TestTemporalModel::goldenCausalOutputs()
{
    POSELIFT_REQUIRE_DATA(golden, "POSELIFT_GOLDEN");
    const Result<WeightsFile> file = readWeights(golden / "temporal_small_ch128_rf243.h5");
    QVERIFY(file.ok());
    TemporalModel model = small(5, /*causal=*/true);
    QVERIFY(loadWeights(*model, below(*file, "state"), "golden").ok());
    model->eval();
    const torch::NoGradGuard noGrad;
    const auto array = [&](const char *name) { return toTensor(file->arrays.at(name)); };
    QVERIFY(largestDifference(model->forward(array("x")), array("causal/y")) < kTolerance);
    QVERIFY(largestDifference(model->forwardStrided(array("x_243")), array("causal/y_243_optimized1f")) < kTolerance);
    const FusedTemporalModel fused(model);
    QVERIFY(largestDifference(fused.forward(array("x")[1]), array("causal/y")[1]) < kTolerance);
}

void TestTemporalModel::goldenFlipAveraging()
{
    POSELIFT_REQUIRE_DATA(golden, "POSELIFT_GOLDEN");
    const Result<WeightsFile> file = readWeights(golden / "temporal_small_ch128_rf243.h5");
    QVERIFY(file.ok());
    TemporalModel model = small(5);
    QVERIFY(loadWeights(*model, below(*file, "state"), "golden").ok());
    const auto otherSide = [&](const std::string &left, const std::string &right) {
        std::vector<int64_t> other(17);
        std::iota(other.begin(), other.end(), 0);
        const std::vector<float> &a = file->arrays.at(left).values;
        const std::vector<float> &b = file->arrays.at(right).values;
        for (std::size_t i = 0; i < a.size(); ++i) {
            other[static_cast<std::size_t>(a[i])] = static_cast<int64_t>(b[i]);
            other[static_cast<std::size_t>(b[i])] = static_cast<int64_t>(a[i]);
        }
        return other;
    };
    SequenceOptions options;
    options.flipAveraging = MirroredJoints{otherSide("kps_left", "kps_right"), otherSide("joints_left", "joints_right")};
    const auto lifted = liftSequence(FusedTemporalModel(model), toTensor(file->arrays.at("tta/seq_2d")), options, {});
    QVERIFY(lifted.ok());
    QVERIFY(largestDifference(*lifted, toTensor(file->arrays.at("tta/averaged"))) < kTolerance);
}

void TestTemporalModel::chunksMakeNoDifference()
{
    TemporalModel model = small(3, /*causal=*/true);
    randomise(model, 4);
    const FusedTemporalModel network(model);
    const torch::Tensor x = torch::randn({100, 17, 2});
    SequenceOptions options;
    options.chunkFrames = 17;
    options.total = 100;
    std::int64_t done = 0;
    const auto whole = liftSequence(network, x, {}, {});
    const auto chunked = liftSequence(network, x, options, {{}, [&](const JobProgress &progress) { done = progress.done; }});
    QVERIFY(whole.ok() && chunked.ok());
    QVERIFY(largestDifference(*whole, *chunked) < 1e-5);
    QCOMPARE(done, 100);
}

void TestTemporalModel::goldenFullOutputs()
{
    POSELIFT_REQUIRE_DATA(golden, "POSELIFT_GOLDEN");
    const Result<WeightsFile> file = readWeights(golden / "temporal_full_ch1024_rf243_hash.h5");
    QVERIFY(file.ok());
    const auto array = [&](const char *name) { return toTensor(file->arrays.at(name)); };
    TemporalModel model;
    fillByHash(model, array("tensor_sums_f64"));
    model->eval();
    const torch::NoGradGuard noGrad;
    const torch::Tensor x = array("x");
    QVERIFY(torch::equal(x, 0.5F * hashed(1000, {2, 251, 17, 2})));
    QVERIFY(largestDifference(model->forward(x), array("y")) < kTolerance);
    QVERIFY(largestDifference(model->forward(x), array("y_f64")) < kTolerance);
    QVERIFY(largestDifference(model->forwardStrided(x.slice(1, 0, 243)), array("y_243_optimized1f")) < kTolerance);
    const FusedTemporalModel fused(model);
    QVERIFY(std::abs(fused.flopPerFrame() / 33.87e6 - 1) < 1e-3);
    for (const int64_t item : {0, 1})
        QVERIFY(largestDifference(fused.forward(x[item]), array("y")[item]) < kTolerance);
}

QTEST_APPLESS_MAIN(TestTemporalModel)
#include "tst_temporalmodel.moc"
