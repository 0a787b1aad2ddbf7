#include "models/keypoints/keypointweights_torch.h"
#include "models/keypoints/personkeypoints.h"
#include "models/keypoints/pixels.h"
#include "models/keypointtrainer.h"
#include "models/lift/moduleweights_torch.h"
#include "models/train/keypointtraining_torch.h"
#include "tests/support/syntheticpeople.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <fstream>

using namespace poselift;

namespace {

PoseNetOptions tinyNetwork()
{
    return PoseNetOptions().outputs(3).widths({16, 16, 16, 16}).blocks({1, 0, 1, 0}).neck(16);
}

KeypointTrainOptions tinyRun(const std::filesystem::path &data, const std::filesystem::path &out)
{
    KeypointTrainOptions options;
    options.data = {data};
    options.out = out;
    options.widths = {16, 16, 32, 32};
    options.blocks = {0, 1, 1, 1};
    options.neck = 16;
    options.examples.inputSize = 64;
    options.epochs = 2;
    options.stepsPerEpoch = 3;
    options.batch = 4;
    options.warmupSteps = 2;
    options.threads = 1;
    return options;
}

double largestDifference(const torch::Tensor &a, const torch::Tensor &b)
{
    TORCH_CHECK(a.sizes() == b.sizes(), a.sizes(), " against ", b.sizes());
    return (a - b).abs().max().item<double>();
}

/// The loss of one joint as the definition says it, cell by cell.
double lossByDefinition(const torch::Tensor &map, double u, double v, int stride, double sigma)
{
    const int rows = static_cast<int>(map.size(0));
    const int columns = static_cast<int>(map.size(1));
    const auto gaussian = [&](int cell, double centre) {
        const double distance = ((cell + 0.5) * stride - centre) / sigma;
        return std::abs(distance) < 3 ? std::exp(-0.5 * distance * distance) : 0.0;
    };
    double weights = 0, sum = 0, partition = 0;
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            const double weight = gaussian(row, v) * gaussian(column, u);
            const auto logit = map[row][column].item<double>();
            weights += weight;
            sum += weight * logit;
            partition += std::exp(logit);
        }
    }
    return std::log(partition) - sum / weights;
}

/// Mean distance between poses and labels of the training figures, px.
double meanError(PersonKeypoints &network, const KeypointPack &pack)
{
    double sum = 0;
    int count = 0;
    for (const PackedPerson &person : pack.people) {
        const RgbPicture rgb = *decodePicture(person.jpeg, person.source);
        std::vector<std::uint8_t> bgrx;
        for (std::size_t i = 0; i < rgb.pixels.size(); i += 3)
            bgrx.insert(bgrx.end(), {rgb.pixels[i + 2], rgb.pixels[i + 1], rgb.pixels[i], 255});
        const std::vector<Crop> crops{network.cropAround(person.box)};
        const auto poses = network.estimate({bgrx.data(), rgb.width, rgb.height, 4 * rgb.width}, crops);
        if (!poses)
            qFatal("%s", poses.error().sentence().c_str());
        for (std::size_t j = 0; j < person.labels.size(); ++j, ++count)
            sum += std::hypot(poses->front()[j].x - person.labels[j].x, poses->front()[j].y - person.labels[j].y);
    }
    return sum / count;
}

} // namespace

class TestKeypointTraining : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void networkHasTheStatedShapeAndSize();
    void networkOptionsSurviveJson();
    void impossibleNetworksAreRefused_data();
    void impossibleNetworksAreRefused();
    void fusedNetworkEqualsTheTrainedOne();
    void bfloat16IsCloseToFloat32();
    void lossFollowsItsDefinition();
    void unknownJointsDoNotCount();
    void jointsThatAreNowhereWantAnEvenMap();
    void trimmingLeavesOutTheWorst();
    void restoredStateGoesOnExactly();
    void interruptedRunEqualsAnUninterruptedOne();
    void interruptedRunOnTwoPacksEqualsAnUninterruptedOne();
    void packsOfOtherJointsAreRefused();
    void divergenceNamesTheStep();
    void sixteenPicturesAreLearntByHeart();
    void trainingStartsFromGivenWeights();
    void halfPrecisionWeightsGiveTheSamePoses();
    void badEstimatorInputIsRefused();
    void brokenWeightsAreRefused_data();
    void brokenWeightsAreRefused();
    void badOptionsAreRefused_data();
    void badOptionsAreRefused();

private:
    QTemporaryDir m_folder;
    std::filesystem::path m_root;
    std::filesystem::path m_pack;
};

void TestKeypointTraining::initTestCase()
{
    m_root = m_folder.path().toStdString();
    m_pack = m_root / "pack.h5";
    QVERIFY(writeKeypointPack(syntheticPeople(16, 11), m_pack).ok());
}

void TestKeypointTraining::networkHasTheStatedShapeAndSize()
{
    PoseNet network(PoseNetOptions{});
    QCOMPARE(network->forward(torch::zeros({2, 3, 128, 96})).sizes().vec(), (std::vector<int64_t>{2, 19, 32, 24}));
    int64_t parameters = 0;
    for (const torch::Tensor &parameter : network->parameters())
        parameters += parameter.numel();
    QVERIFY2(parameters < 5'000'000, qPrintable(QString::number(parameters)));
    PoseNet coarse(PoseNetOptions().outputs(3).stride(8));
    QCOMPARE(coarse->forward(torch::zeros({1, 3, 64, 96})).sizes().vec(), (std::vector<int64_t>{1, 3, 8, 12}));
}

void TestKeypointTraining::networkOptionsSurviveJson()
{
    const Result<PoseNetOptions> back = poseNetOptionsFrom(toJson(tinyNetwork().stride(16)), "memory");
    QVERIFY(back.ok());
    QVERIFY(toJson(*back) == toJson(tinyNetwork().stride(16)));
}

void TestKeypointTraining::impossibleNetworksAreRefused_data()
{
    QTest::addColumn<QByteArray>("patch");
    for (const char *patch :
         {R"({"stride": 5})", R"({"widths": [16, 16]})", R"({"widths": [0, 16, 16, 16]})",
          R"({"blocks": [-1, 0, 0, 0]})", R"({"outputs": 0})", R"({"neck": "wide"})", R"({"neck": 100000})"})
        QTest::newRow(patch) << QByteArray(patch);
}

void TestKeypointTraining::impossibleNetworksAreRefused()
{
    QFETCH(QByteArray, patch);
    nlohmann::json json = toJson(tinyNetwork());
    json.merge_patch(nlohmann::json::parse(patch.toStdString()));
    const Result<PoseNetOptions> options = poseNetOptionsFrom(json, "weights.h5");
    QVERIFY(!options.ok());
    QCOMPARE(options.error().code(), ErrorCode::WrongFormat);
}

void TestKeypointTraining::fusedNetworkEqualsTheTrainedOne()
{
    torch::manual_seed(3);
    KeypointTraining training(tinyNetwork(), {}, torch::kCPU);
    const torch::Tensor x = torch::randn({4, 3, 64, 64});
    torch::Tensor targets = torch::zeros({4, 3, 7});
    targets.slice(2, 0, 2).fill_(30);
    targets.select(2, 2).fill_(1);
    for (int i = 0; i < 5; ++i)
        training.step(x, targets); // statistics that are not 0 and 1
    training.model()->eval();
    const torch::NoGradGuard noGrad;
    const torch::Tensor plain = training.model()->forward(x);
    training.model()->fuse();
    QVERIFY(largestDifference(training.model()->forward(x), plain) < 1e-3 * plain.abs().max().item<double>());
}

void TestKeypointTraining::bfloat16IsCloseToFloat32()
{
    torch::manual_seed(4);
    PoseNet network(tinyNetwork());
    network->eval();
    const torch::NoGradGuard noGrad;
    const torch::Tensor x = torch::randn({2, 3, 64, 64});
    const torch::Tensor exact = network->forward(x);
    network->setComputeType(torch::kBFloat16);
    const torch::Tensor rough = network->forward(x);
    QVERIFY(rough.scalar_type() == torch::kFloat32);
    QVERIFY(largestDifference(rough, exact) < 0.05 * exact.abs().max().item<double>());
}

void TestKeypointTraining::lossFollowsItsDefinition()
{
    torch::manual_seed(5);
    const torch::Tensor logits = torch::randn({1, 2, 16, 16});
    torch::Tensor targets =
        torch::tensor({21.3F, 33.8F, 0.7F, 40.1F, 12.4F, 0.3F, 0.0F, 9.5F, 50.5F, 1.0F, 0.0F, 0.0F, 0.0F, 0.0F})
            .reshape({1, 2, 7});
    const double first =
        0.7 * lossByDefinition(logits[0][0], 21.3, 33.8, 4, 4) + 0.3 * lossByDefinition(logits[0][0], 40.1, 12.4, 4, 4);
    const double second = lossByDefinition(logits[0][1], 9.5, 50.5, 4, 4);
    QVERIFY(std::abs(keypointLoss(logits, targets, 4, {}).item<double>() - (first + second) / 2) < 1e-4);
}

void TestKeypointTraining::unknownJointsDoNotCount()
{
    torch::Tensor logits = torch::randn({1, 2, 16, 16}).requires_grad_();
    torch::Tensor targets = torch::zeros({1, 2, 7});
    targets[0][0] = torch::tensor({20.0F, 20.0F, 1.0F, 0.0F, 0.0F, 0.0F, 0.0F});
    keypointLoss(logits, targets, 4, {}).backward();
    QVERIFY(logits.grad()[0][0].abs().max().item<double>() > 0);
    QCOMPARE(logits.grad()[0][1].abs().max().item<double>(), 0.0);
    QCOMPARE(keypointLoss(logits, torch::zeros({1, 2, 7}), 4, {}).item<double>(), 0.0);
}

void TestKeypointTraining::jointsThatAreNowhereWantAnEvenMap()
{
    torch::Tensor targets = torch::zeros({1, 1, 7});
    targets.select(2, 6).fill_(0.5);
    torch::Tensor even = torch::full({1, 1, 16, 16}, 3.0).requires_grad_();
    const torch::Tensor loss = keypointLoss(even, targets, 4, {});
    QVERIFY(std::abs(loss.item<double>()) < 1e-5);
    loss.backward();
    QVERIFY(even.grad().abs().max().item<double>() < 1e-6);
    torch::Tensor peaked = torch::zeros({1, 1, 16, 16});
    peaked[0][0][5][5] = 10;
    const double expected = std::log(255 + std::exp(10.0)) - 10.0 / 256 - std::log(256.0);
    KeypointLossOptions options;
    options.trim = 0.5; // labelled joints only
    QVERIFY(std::abs(keypointLoss(peaked, targets, 4, options).item<double>() - expected) < 1e-4);
}

void TestKeypointTraining::trimmingLeavesOutTheWorst()
{
    torch::Tensor logits = torch::zeros({1, 10, 16, 16});
    torch::Tensor targets = torch::zeros({1, 10, 7});
    targets.slice(2, 0, 2).fill_(34);
    targets.select(2, 2).fill_(1);
    logits[0][7].slice(0, 0, 4).fill_(30); // sure of another place
    KeypointLossOptions options;
    const double untrimmed = keypointLoss(logits, targets, 4, options).item<double>();
    options.trim = 0.1;
    const double trimmed = keypointLoss(logits, targets, 4, options).item<double>();
    QVERIFY(std::abs(trimmed - std::log(256.0)) < 1e-4); // what a flat map costs
    QVERIFY(untrimmed > trimmed + 1);
}

void TestKeypointTraining::restoredStateGoesOnExactly()
{
    torch::manual_seed(6);
    const torch::Tensor x = torch::randn({4, 3, 64, 64});
    torch::Tensor targets = torch::zeros({4, 3, 7});
    targets.slice(2, 0, 2).fill_(30);
    targets.select(2, 2).fill_(1);
    KeypointTraining first(tinyNetwork(), {}, torch::kCPU);
    for (int i = 0; i < 3; ++i)
        first.step(x, targets);
    KeypointTraining second(tinyNetwork(), {}, torch::kCPU);
    const Result<void> restored = second.restore(first.state(), "memory");
    QVERIFY2(restored.ok(), restored.ok() ? "" : restored.error().sentence().c_str());
    for (int i = 0; i < 2; ++i)
        QCOMPARE(second.step(x, targets), first.step(x, targets));
    QVERIFY(second.state().arrays == first.state().arrays);
    WeightsFile weightsOnly;
    weightsOnly.arrays = weightsOf(*first.model());
    QVERIFY(!second.restore(weightsOnly, "memory").ok());
}

void TestKeypointTraining::interruptedRunEqualsAnUninterruptedOne()
{
    const auto whole = trainKeypointNetwork(tinyRun(m_pack, m_root / "whole"), {});
    QVERIFY2(whole.ok(), whole.ok() ? "" : whole.error().sentence().c_str());

    KeypointTrainOptions options = tinyRun(m_pack, m_root / "parts");
    std::stop_source stop;
    const auto cut =
        trainKeypointNetwork(options, {stop.get_token(), [&](const JobProgress &) { stop.request_stop(); }});
    QVERIFY(!cut.ok() && cut.error().isCancelled());
    options.resume = true;
    const auto rest = trainKeypointNetwork(options, {});
    QVERIFY2(rest.ok(), rest.ok() ? "" : rest.error().sentence().c_str());
    QCOMPARE(rest->pck, whole->pck);
    const auto a = readWeights(m_root / "whole" / "checkpoint.h5");
    const auto b = readWeights(m_root / "parts" / "checkpoint.h5");
    QVERIFY(a.ok() && b.ok());
    QVERIFY(a->arrays == b->arrays);
    options.batch = 8;
    QCOMPARE(trainKeypointNetwork(options, {}).error().code(), ErrorCode::BadArgument);
}

void TestKeypointTraining::interruptedRunOnTwoPacksEqualsAnUninterruptedOne()
{
    KeypointPack second = syntheticPeople(24, 12);
    std::erase_if(second.people, [](const PackedPerson &person) { return person.split == PackSplit::Validation; });
    QVERIFY(writeKeypointPack(second, m_root / "second.h5").ok());
    const auto mixed = [&](const char *out) {
        KeypointTrainOptions options = tinyRun(m_pack, m_root / out);
        options.data.push_back(m_root / "second.h5");
        options.shares = {0.3, 0.7};
        return options;
    };
    const auto whole = trainKeypointNetwork(mixed("wholemix"), {});
    QVERIFY2(whole.ok(), whole.ok() ? "" : whole.error().sentence().c_str());
    KeypointTrainOptions options = mixed("partmix");
    std::stop_source stop;
    const auto cut =
        trainKeypointNetwork(options, {stop.get_token(), [&](const JobProgress &) { stop.request_stop(); }});
    QVERIFY(!cut.ok() && cut.error().isCancelled());
    options.resume = true;
    const auto rest = trainKeypointNetwork(options, {});
    QVERIFY2(rest.ok(), rest.ok() ? "" : rest.error().sentence().c_str());
    const auto a = readWeights(m_root / "wholemix" / "checkpoint.h5");
    const auto b = readWeights(m_root / "partmix" / "checkpoint.h5");
    QVERIFY(a.ok() && b.ok());
    QVERIFY(a->arrays == b->arrays);
    const auto weights = readKeypointWeights(m_root / "wholemix" / "weights.h5");
    QVERIFY(weights.ok());
    QCOMPARE(weights->training.at("data").get<std::string>(), std::string("pack.h5, second.h5"));
    // Other shares or other people would go on with something else.
    options.shares = {0.5, 0.5};
    QCOMPARE(trainKeypointNetwork(options, {}).error().code(), ErrorCode::BadArgument);
    options.shares = {0.3, 0.7};
    options.data = {m_pack, m_pack};
    QCOMPARE(trainKeypointNetwork(options, {}).error().code(), ErrorCode::BadArgument);
}

void TestKeypointTraining::packsOfOtherJointsAreRefused()
{
    KeypointPack other = syntheticPeople(2, 3);
    other.skeleton = *findSkeleton("lsp14");
    for (PackedPerson &person : other.people) {
        person.labels.resize(14);
        person.teacher.resize(14);
    }
    QVERIFY(writeKeypointPack(other, m_root / "other.h5").ok());
    KeypointTrainOptions options = tinyRun(m_pack, m_root / "refusedmix");
    options.data.push_back(m_root / "other.h5");
    const auto result = trainKeypointNetwork(options, {});
    QVERIFY(!result.ok());
    QCOMPARE(result.error().code(), ErrorCode::WrongFormat);
    QVERIFY(result.error().sentence().find("other.h5") != std::string::npos);
}

void TestKeypointTraining::divergenceNamesTheStep()
{
    KeypointTrainOptions options = tinyRun(m_pack, m_root / "diverged");
    options.learningRate = 1e37;
    options.warmupSteps = 1;
    const auto result = trainKeypointNetwork(options, {});
    QVERIFY(!result.ok());
    QCOMPARE(result.error().code(), ErrorCode::TrainingDiverged);
    QVERIFY(result.error().sentence().find("step") != std::string::npos);
}

void TestKeypointTraining::sixteenPicturesAreLearntByHeart()
{
    KeypointTrainOptions options = tinyRun(m_pack, m_root / "learnt");
    options.epochs = 5;
    options.stepsPerEpoch = 60;
    options.batch = 8;
    options.learningRate = 4e-3;
    options.warmupSteps = 20;
    options.validateEvery = 5;
    options.trim = 0;
    options.examples.augmentation = {0, 0, 0.95F, 1.05F, 0, 0, 0, 0, 0, 0};
    const auto report = trainKeypointNetwork(options, {});
    QVERIFY2(report.ok(), report.ok() ? "" : report.error().sentence().c_str());
    QVERIFY2(report->pck > 0.95, qPrintable(QString::number(report->pck)));

    for (const bool flip : {false, true}) {
        auto network = PersonKeypoints::load(m_root / "learnt" / "weights.h5", {flip, 1});
        QVERIFY2(network.ok(), network.ok() ? "" : network.error().sentence().c_str());
        const double error = meanError(**network, *readKeypointPack(m_pack));
        QVERIFY2(error < 2.0, qPrintable(QString::number(error))); // px; a cell is 6.6 px of the picture
    }
}

void TestKeypointTraining::trainingStartsFromGivenWeights()
{
    KeypointTrainOptions options = tinyRun(m_pack, m_root / "tuned");
    options.init = m_root / "learnt" / "weights.h5"; // made by the test above
    options.epochs = 1;
    options.stepsPerEpoch = 1;
    options.learningRate = 1e-5;
    const auto report = trainKeypointNetwork(options, {});
    QVERIFY2(report.ok(), report.ok() ? "" : report.error().sentence().c_str());
    QVERIFY2(report->pck > 0.9, qPrintable(QString::number(report->pck)));
    options.neck = 32;
    QCOMPARE(trainKeypointNetwork(options, {}).error().code(), ErrorCode::WrongShape);
}

void TestKeypointTraining::halfPrecisionWeightsGiveTheSamePoses()
{
    Result<KeypointWeights> weights = readKeypointWeights(m_root / "learnt" / "weights.h5");
    QVERIFY(weights.ok());
    QVERIFY(!weights->calibration.scores.empty());
    QVERIFY(writeKeypointWeights(*std::move(weights), m_root / "half.h5", /*halfPrecision=*/true).ok());
    QVERIFY(std::filesystem::file_size(m_root / "half.h5")
            < std::filesystem::file_size(m_root / "learnt" / "weights.h5"));
    auto network = PersonKeypoints::load(m_root / "half.h5");
    QVERIFY(network.ok());
    QVERIFY(meanError(**network, *readKeypointPack(m_pack)) < 2.0);
}

void TestKeypointTraining::badEstimatorInputIsRefused()
{
    auto network = PersonKeypoints::load(m_root / "learnt" / "weights.h5");
    QVERIFY(network.ok());
    const std::vector<std::uint8_t> pixel(4, 128);
    const ImageView picture{pixel.data(), 1, 1, 4};
    const std::vector<Crop> crops{(*network)->cropAround({0, 0, 1, 1}), (*network)->cropAround({-50, -50, 3000, 10})};
    const auto poses = (*network)->estimate(picture, crops);
    QVERIFY(poses.ok());
    QCOMPARE(poses->size(), std::size_t(2));
    for (const Keypoint2D &keypoint : poses->front())
        QVERIFY(std::isfinite(keypoint.x) && keypoint.confidence >= 0 && keypoint.confidence <= 1);
    QVERIFY((*network)->estimate(picture, {})->empty());
    QCOMPARE((*network)->estimate({}, crops).error().code(), ErrorCode::BadArgument);
    const std::vector<Crop> broken{{{0, 0, NAN, 10}, 64, 64}};
    QCOMPARE((*network)->estimate(picture, broken).error().code(), ErrorCode::BadArgument);
    const std::vector<Crop> other{{{0, 0, 10, 10}, 192, 192}};
    QCOMPARE((*network)->estimate(picture, other).error().code(), ErrorCode::BadArgument);
}

void TestKeypointTraining::brokenWeightsAreRefused_data()
{
    QTest::addColumn<QByteArray>("patch");
    QTest::addColumn<int>("code");
    const auto row = [](const char *patch, ErrorCode code) {
        QTest::newRow(patch) << QByteArray(patch) << static_cast<int>(code);
    };
    row(R"({"kind": "lifter"})", ErrorCode::WrongFormat);
    row(R"({"joints": null})", ErrorCode::WrongFormat);
    row(R"({"joints": ["tail"]})", ErrorCode::UnknownJointOrder);
    row(R"({"input_size": 50})", ErrorCode::WrongFormat);
    row(R"({"padding": 0})", ErrorCode::WrongFormat);
    row(R"({"network": {"outputs": 3}})", ErrorCode::WrongFormat);
    row(R"({"network": {"neck": 32}})", ErrorCode::WrongShape);
    row(R"({"calibration": null})", ErrorCode::WrongFormat);
}

void TestKeypointTraining::brokenWeightsAreRefused()
{
    QFETCH(QByteArray, patch);
    QFETCH(int, code);
    Result<WeightsFile> file = readWeights(m_root / "whole" / "weights.h5");
    QVERIFY(file.ok());
    file->attributes.merge_patch(nlohmann::json::parse(patch.toStdString()));
    QVERIFY(writeWeights(*file, m_root / "broken.h5").ok());
    const auto network = PersonKeypoints::load(m_root / "broken.h5");
    QVERIFY(!network.ok());
    QVERIFY2(static_cast<int>(network.error().code()) == code, network.error().sentence().c_str());
    QVERIFY(network.error().sentence().find("broken.h5") != std::string::npos);
}

void TestKeypointTraining::badOptionsAreRefused_data()
{
    QTest::addColumn<int>("wrong");
    for (const auto &[name, wrong] :
         {std::pair("epochs", 0), std::pair("batch", 1), std::pair("input", 2), std::pair("trim", 3),
          std::pair("sigma", 4), std::pair("widths", 5), std::pair("device", 6)})
        QTest::newRow(name) << wrong;
}

void TestKeypointTraining::badOptionsAreRefused()
{
    QFETCH(int, wrong);
    KeypointTrainOptions options = tinyRun(m_pack, m_root / "refused");
    switch (wrong) {
    case 0:
        options.epochs = 0;
        break;
    case 1:
        options.batch = 1;
        break;
    case 2:
        options.examples.inputSize = 100;
        break;
    case 3:
        options.trim = 1;
        break;
    case 4:
        options.sigma = 0;
        break;
    case 5:
        options.widths = {16};
        break;
    default:
        options.device = "abacus";
        break;
    }
    const auto report = trainKeypointNetwork(options, {});
    QVERIFY(!report.ok());
    QCOMPARE(report.error().code(), ErrorCode::BadArgument);
    QVERIFY2(report.error().sentence().find(QTest::currentDataTag()) != std::string::npos,
             report.error().sentence().c_str());
}

QTEST_APPLESS_MAIN(TestKeypointTraining)
#include "tst_keypointtraining.moc"
