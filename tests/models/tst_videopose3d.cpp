#include "core/geometry/camera.h"
#include "models/lift/moduleweights_torch.h"
#include "models/train/cameraprojection_torch.h"
#include "models/train/chunkedgenerator.h"
#include "models/train/semilosses_torch.h"
#include "models/train/temporaltraining_torch.h"
#include "tests/support/environment.h"
#include "tests/support/h5read.h"

#include <algorithm>
#include <cmath>
#include <set>

using namespace poselift;

namespace {

/// Golden float64 values agree to this, relative to the largest one (golden README).
constexpr double kExact = 1e-9;

template <typename T = double>
torch::Tensor tensorOf(const H5File &file, const std::string &name)
{
    const H5Array<T> array = file.array<T>(name);
    const std::vector<int64_t> shape(array.shape.begin(), array.shape.end());
    return torch::tensor(array.values, torch::CppTypeToScalarType<T>::value).reshape(shape);
}

double relativeDifference(const torch::Tensor &found, const torch::Tensor &expected)
{
    TORCH_CHECK(found.sizes() == expected.sizes(), found.sizes(), " against ", expected.sizes());
    return (found - expected).abs().max().item<double>() / expected.abs().max().item<double>();
}

std::vector<std::pair<int, int>> h36mPairs()
{
    return {{4, 1}, {5, 2}, {6, 3}, {11, 14}, {12, 15}, {13, 16}};
}

/// COCO's sides, which the golden sequences' 2D has.
std::vector<std::pair<int, int>> cocoPairs()
{
    return {{1, 2}, {3, 4}, {5, 6}, {7, 8}, {9, 10}, {11, 12}, {13, 14}, {15, 16}};
}

/// A network like the golden one in float64, with its optimiser.
TemporalModelOptions goldenArchitecture()
{
    return TemporalModelOptions().filter_widths({3, 3, 3}).channels(64).dropout(0.0);
}

CapturedSequence countingSequence(int frames)
{
    CapturedSequence sequence;
    sequence.frames = frames;
    for (int t = 0; t < frames; ++t)
        sequence.keypoints.insert(sequence.keypoints.end(), {static_cast<float>(t), 0.0F});
    return sequence;
}

/// Adam with amsgrad as Reddi et al. 2018 and PyTorch's documentation write it, in float64.
class StatedAdam
{
public:
    explicit StatedAdam(std::vector<torch::Tensor> parameters) : m_parameters(std::move(parameters))
    {
        for (const torch::Tensor &parameter : m_parameters) {
            m_first.push_back(torch::zeros_like(parameter));
            m_second.push_back(torch::zeros_like(parameter));
            m_largest.push_back(torch::zeros_like(parameter));
        }
    }

    void step(const std::vector<torch::Tensor> &gradients, double learningRate)
    {
        ++m_step;
        for (std::size_t i = 0; i < gradients.size(); ++i) {
            const torch::Tensor &g = gradients[i];
            m_first[i] = 0.9 * m_first[i] + 0.1 * g;
            m_second[i] = 0.999 * m_second[i] + 0.001 * g * g;
            m_largest[i] = torch::maximum(m_largest[i], m_second[i]);
            const torch::Tensor mean = m_first[i] / (1 - std::pow(0.9, m_step));
            const torch::Tensor size = torch::sqrt(m_largest[i] / (1 - std::pow(0.999, m_step))) + 1e-8;
            m_parameters[i] = m_parameters[i] - learningRate * mean / size;
        }
    }
    const std::vector<torch::Tensor> &parameters() const { return m_parameters; }

private:
    std::vector<torch::Tensor> m_parameters;
    std::vector<torch::Tensor> m_first;
    std::vector<torch::Tensor> m_second;
    std::vector<torch::Tensor> m_largest;
    int m_step = 0;
};

} // namespace

class TestVideoPose3d : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { torch::set_num_threads(1); }
    void goldenProjection_data();
    void goldenProjection();
    void goldenProjectionGradient();
    void brownFormEqualsTheExactCamera();
    void brownFormHasFiniteGradientsBehindTheCamera();
    void goldenSemiSupervisedLosses();
    void missingKeypointsNeitherCountNorDilute();
    void bonesOfEqualPosesCostNothing();
    void goldenChunks_data();
    void goldenChunks();
    void causalChunksSeeThePastOnly();
    void shufflingIsAPermutationOfSeedAndEpoch();
    void goldenFirstStep();
    void goldenFiveOptimiserSteps();
    void fiveOptimiserStepsAsStated();
};

void TestVideoPose3d::goldenProjection_data()
{
    QTest::addColumn<QString>("block");
    QTest::newRow("in view") << QStringLiteral("in_view");
    QTest::newRow("clamped") << QStringLiteral("clamped");
}

void TestVideoPose3d::goldenProjection()
{
    POSELIFT_REQUIRE_DATA(folder, "POSELIFT_GOLDEN");
    QFETCH(QString, block);
    const H5File file(folder / "cameras_videopose3d.h5");
    const std::string at = block.toStdString() + "/";
    const torch::Tensor points = tensorOf<float>(file, at + "points_cam");
    const torch::Tensor cameras = tensorOf<float>(file, "intrinsic");
    const torch::Tensor full = projectToScreen(points, cameras, LensForm::VideoPose3d);
    const torch::Tensor linear = projectToScreen(points, cameras, LensForm::Linear);
    QVERIFY((full - tensorOf<float>(file, at + "project_to_2d")).abs().max().item<double>() < 2e-6);
    QVERIFY((linear - tensorOf<float>(file, at + "project_to_2d_linear")).abs().max().item<double>() < 2e-6);
}

void TestVideoPose3d::goldenProjectionGradient()
{
    POSELIFT_REQUIRE_DATA(folder, "POSELIFT_GOLDEN");
    const H5File file(folder / "cameras_videopose3d.h5");
    const torch::Tensor points = tensorOf(file, "in_view/points_cam").requires_grad_();
    projectToScreen(points, tensorOf(file, "intrinsic")).square().sum().backward();
    QVERIFY(relativeDifference(points.grad(), tensorOf(file, "in_view/grad_sumsq_project_to_2d_f64")) < kExact);
}

void TestVideoPose3d::brownFormEqualsTheExactCamera()
{
    CameraIntrinsics camera = assumedIntrinsics(1280, 720);
    camera.radial = {-0.2, 0.1, -0.01};
    camera.tangential = {0.002, -0.001};
    const torch::Tensor parameters = torch::tensor(
        {{camera.fx, camera.fy, camera.cx, camera.cy, -0.2, 0.1, -0.01, camera.tangential[1], camera.tangential[0]}},
        torch::kFloat64);
    const std::vector<Eigen::Vector3d> places{{0.4, -0.5, 2.0}, {-1.0, 0.8, 3.0}, {4.0, 1.0, 3.0}};
    for (const Eigen::Vector3d &place : places) {
        const torch::Tensor point = torch::tensor({{place.x(), place.y(), place.z()}}, torch::kFloat64);
        const torch::Tensor pixel = projectToScreen(point, parameters, LensForm::Brown);
        const Eigen::Vector2d expected = project(camera, place);
        QVERIFY(std::abs(pixel[0][0].item<double>() - expected.x()) < 1e-9);
        QVERIFY(std::abs(pixel[0][1].item<double>() - expected.y()) < 1e-9);
    }
}

void TestVideoPose3d::brownFormHasFiniteGradientsBehindTheCamera()
{
    const torch::Tensor camera = torch::tensor({{1.0, 1.0, 0.0, 0.0, 0.1, 0.0, 0.0, 0.0, 0.0}});
    const torch::Tensor points = torch::tensor({{{0.1, 0.2, 0.0}, {0.1, 0.2, -1.0}}}).requires_grad_();
    projectToScreen(points, camera, LensForm::Brown).sum().backward();
    QVERIFY(torch::isfinite(points.grad()).all().item<bool>());
    QVERIFY(points.grad().abs().max().item<double>() > 0);
}

void TestVideoPose3d::goldenSemiSupervisedLosses()
{
    POSELIFT_REQUIRE_DATA(folder, "POSELIFT_GOLDEN");
    const H5File file(folder / "semisup_losses.h5");
    const torch::Tensor poses = tensorOf(file, "pred_pos").requires_grad_();
    const torch::Tensor roots = tensorOf(file, "pred_traj").requires_grad_();
    const torch::Tensor truth = tensorOf(file, "gt_3d_with_traj_in_joint0");
    const torch::Tensor rootTruth = truth.narrow(2, 0, 1);
    const torch::Tensor poseTruth = torch::cat({torch::zeros_like(rootTruth), truth.narrow(2, 1, 16)}, 2);
    const int64_t half = truth.size(0);

    const torch::Tensor pos = mpjpeLoss(poses.narrow(0, 0, half), poseTruth);
    const torch::Tensor trajectory =
        weightedMpjpeLoss(roots.narrow(0, 0, half), rootTruth, 1 / rootTruth.select(-1, 2));
    const torch::Tensor placed = (poses + roots).narrow(0, half, half);
    const torch::Tensor projected = projectToScreen(placed, tensorOf(file, "intrinsic")).squeeze(1);
    const torch::Tensor projection =
        reprojectionLoss(projected, tensorOf(file, "target_2d").squeeze(1), torch::ones({half, 17}, torch::kFloat64));
    const std::vector<std::int64_t> parents = file.values<std::int64_t>("parents");
    const torch::Tensor bones = boneLengthLoss(poses.narrow(0, 0, half), poses.narrow(0, half, half), parents);

    QVERIFY(relativeDifference(pos.view(1), tensorOf(file, "loss_pos")) < kExact);
    QVERIFY(relativeDifference(trajectory.view(1), tensorOf(file, "loss_traj_wmpjpe")) < kExact);
    QVERIFY(relativeDifference(projection.view(1), tensorOf(file, "loss_proj")) < kExact);
    QVERIFY(relativeDifference(bones.view(1), tensorOf(file, "loss_bone")) < kExact);
    (pos + trajectory + projection + bones).backward();
    QVERIFY(relativeDifference(poses.grad(), tensorOf(file, "grad_pos")) < kExact);
    QVERIFY(relativeDifference(roots.grad(), tensorOf(file, "grad_traj")) < kExact);
}

void TestVideoPose3d::missingKeypointsNeitherCountNorDilute()
{
    const torch::Tensor projected = torch::tensor({{{0.0, 0.0}, {3.0, 4.0}, {50.0, 0.0}}}).requires_grad_();
    const torch::Tensor seen = torch::tensor({{{0.0, 1.0}, {0.0, 0.0}, {0.0, 0.0}}});
    const torch::Tensor loss = reprojectionLoss(projected, seen, torch::tensor({{1.0, 0.5, 0.0}}));
    QVERIFY(std::abs(loss.item<double>() - (1.0 + 0.5 * 5.0) / 2) < 1e-6);
    loss.backward();
    QCOMPARE(projected.grad()[0][2].abs().sum().item<double>(), 0.0);
    QCOMPARE(reprojectionLoss(projected, seen, torch::zeros({1, 3})).item<double>(), 0.0);
}

void TestVideoPose3d::bonesOfEqualPosesCostNothing()
{
    torch::manual_seed(3);
    const std::vector<std::int64_t> parents{-1, 0, 1, 0};
    const torch::Tensor poses = torch::randn({6, 1, 4, 3});
    QCOMPARE(boneLengthLoss(poses, poses.flip({0}) + 2.0, parents).item<double>() < 1e-6, true);
    const torch::Tensor doubled = boneLengthLoss(poses, 2 * poses, parents);
    const torch::Tensor ends = torch::tensor(std::vector<int64_t>{1, 2, 3});
    const torch::Tensor starts = torch::tensor(std::vector<int64_t>{0, 1, 0});
    const torch::Tensor lengths = torch::norm(poses.index_select(2, ends) - poses.index_select(2, starts), 2, -1);
    QVERIFY(std::abs(doubled.item<double>() - lengths.mean().item<double>()) < 1e-5);
}

void TestVideoPose3d::goldenChunks_data()
{
    QTest::addColumn<int>("stride");
    QTest::newRow("stride 1") << 1;
    QTest::newRow("stride 4") << 4;
}

void TestVideoPose3d::goldenChunks()
{
    POSELIFT_REQUIRE_DATA(folder, "POSELIFT_GOLDEN");
    QFETCH(int, stride);
    const H5File file(folder / "generators_videopose3d.h5");
    const auto cameras = file.values<float>("cam");
    std::vector<CapturedSequence> sequences(2);
    for (std::size_t i = 0; i < sequences.size(); ++i) {
        const std::string name = "seq" + std::to_string(i);
        const H5Array<float> keypoints = file.array<float>(name + "_2d");
        sequences[i].frames = static_cast<int>(keypoints.shape[0]);
        sequences[i].keypoints = keypoints.values;
        sequences[i].poses = file.values<float>(name + "_3d");
        std::copy_n(cameras.begin() + static_cast<std::ptrdiff_t>(9 * i), 9, sequences[i].camera.begin());
    }
    ChunkOptions options;
    options.batch = 6;
    options.chunkFrames = stride;
    options.pad = 4;
    options.flip = true;
    options.keypointPairs = cocoPairs();
    options.jointPairs = h36mPairs();
    const ChunkedGenerator generator(sequences, options);

    const std::string group = "stride" + std::to_string(stride) + "/";
    const auto pairs = file.values<std::int64_t>(group + "pairs");
    QCOMPARE(generator.chunks().size() * 4, pairs.size());
    for (std::size_t i = 0; i < generator.chunks().size(); ++i) {
        const ChunkedGenerator::Chunk expected{static_cast<int>(pairs[4 * i]), static_cast<int>(pairs[4 * i + 1]),
                                               static_cast<int>(pairs[4 * i + 2]), pairs[4 * i + 3] != 0};
        QVERIFY(generator.chunks()[i] == expected);
    }
    QVERIFY(generator.batchesPerEpoch() > 1);
    for (std::int64_t b = 0; b < generator.batchesPerEpoch(); ++b) {
        const ChunkedGenerator::Batch batch = generator.batch(generator.chunks(), b);
        const std::string name = group + "b0" + std::to_string(b) + "_";
        QVERIFY(batch.keypoints == file.values<float>(name + "2d"));
        QVERIFY(batch.poses == file.values<float>(name + "3d"));
        QVERIFY(batch.cameras == file.values<float>(name + "cam"));
    }
}

void TestVideoPose3d::causalChunksSeeThePastOnly()
{
    const std::vector<CapturedSequence> sequences{countingSequence(5)};
    ChunkOptions options;
    options.keypointCount = 1;
    options.batch = 8;
    options.pad = 1;
    options.causalShift = 1;
    const ChunkedGenerator generator(sequences, options);
    const ChunkedGenerator::Batch batch = generator.batch(generator.chunks(), 0);
    QCOMPARE(batch.size, 5);
    QVERIFY(batch.poses.empty());
    for (int chunk = 0; chunk < 5; ++chunk) {
        for (int k = 0; k < 3; ++k)
            QCOMPARE(batch.keypoints[static_cast<std::size_t>(2 * (3 * chunk + k))],
                     static_cast<float>(std::max(0, chunk - 2 + k)));
    }
}

void TestVideoPose3d::shufflingIsAPermutationOfSeedAndEpoch()
{
    const std::vector<CapturedSequence> sequences{countingSequence(40)};
    ChunkOptions options;
    options.keypointCount = 1;
    const ChunkedGenerator generator(sequences, options);
    const auto order = generator.shuffled(7, 1);
    std::set<int> starts;
    for (const ChunkedGenerator::Chunk &chunk : order)
        starts.insert(chunk.start);
    QCOMPARE(starts.size(), generator.chunks().size());
    QVERIFY(order == generator.shuffled(7, 1));
    QVERIFY(order != generator.shuffled(7, 2));
    QVERIFY(order != generator.shuffled(8, 1));
    QVERIFY(order != generator.chunks());
}

/// The file's group "init" shares its memory with "after5" and so holds the weights after five steps.
/// The initial weights are PyTorch's for this seed: out0 tells that they are the same ones.
constexpr uint64_t kGoldenSeed = 7;

void TestVideoPose3d::goldenFirstStep()
{
    POSELIFT_REQUIRE_DATA(folder, "POSELIFT_GOLDEN");
    const H5File file(folder / "temporal_train_ch64_rf27.h5");
    const torch::Tensor x = tensorOf<float>(file, "x")[0];
    const torch::Tensor y = tensorOf<float>(file, "y")[0];
    for (const bool products : {true, false}) {
        torch::manual_seed(kGoldenSeed);
        TemporalModel model(goldenArchitecture());
        const torch::Tensor out = products ? forwardWindows(*model, x) : model->forwardStrided(x);
        QVERIFY((out - tensorOf<float>(file, "out0")).abs().max().item<double>() < 2e-5);
        mpjpeLoss(out, y).backward();
        for (const auto &item : model->named_parameters()) {
            const torch::Tensor expected = tensorOf<float>(file, "grad0/" + item.key());
            QVERIFY2(relativeDifference(item.value().grad(), expected) < 2e-5, item.key().c_str());
        }
    }
}

void TestVideoPose3d::goldenFiveOptimiserSteps()
{
    POSELIFT_REQUIRE_DATA(folder, "POSELIFT_GOLDEN");
    const H5File file(folder / "temporal_train_ch64_rf27.h5");
    const torch::Tensor x = tensorOf<float>(file, "x");
    const torch::Tensor y = tensorOf<float>(file, "y");
    const std::vector<double> losses = file.values("losses");
    torch::manual_seed(kGoldenSeed);
    TemporalTraining training(goldenArchitecture(), 1e-3);
    for (int64_t step = 0; step < 5; ++step) {
        training.model()->setBatchNormMomentum(step < 2 ? 0.1 : 0.05);
        const double loss = training.step(x[step], y[step]);
        QVERIFY(std::abs(loss - losses[static_cast<std::size_t>(step)]) < 1e-5);
    }
    auto tensors = training.model()->named_parameters();
    tensors.update(training.model()->named_buffers());
    for (const auto &item : tensors) {
        const torch::Tensor expected = tensorOf<float>(file, "after5/" + item.key()).reshape(item.value().sizes());
        const double worst = (item.value() - expected).abs().max().item<double>();
        QVERIFY2(worst < 1e-5, (item.key() + ": " + std::to_string(worst)).c_str());
    }
}

/// Float64 so that nothing but the formula can differ: the same steps with the optimiser written out.
void TestVideoPose3d::fiveOptimiserStepsAsStated()
{
    torch::manual_seed(5);
    TemporalTraining training(goldenArchitecture(), 1e-3);
    training.model()->to(torch::kFloat64);
    std::vector<torch::Tensor> start;
    for (const torch::Tensor &parameter : training.model()->parameters())
        start.push_back(parameter.detach().clone());
    StatedAdam stated(start);

    TemporalModel restated(goldenArchitecture());
    restated->to(torch::kFloat64);
    for (int step = 0; step < 5; ++step) {
        const double momentum = step < 2 ? 0.1 : 0.05;
        const double learningRate = step < 2 ? 1e-3 : 0.95e-3;
        const torch::Tensor x = torch::randn({16, 27, 17, 2}, torch::kFloat64);
        const torch::Tensor y = torch::randn({16, 1, 17, 3}, torch::kFloat64);
        training.model()->setBatchNormMomentum(momentum);
        training.setLearningRate(learningRate);
        const double loss = training.step(x, y);

        restated->setBatchNormMomentum(momentum);
        {
            const torch::NoGradGuard noGrad;
            for (std::size_t i = 0; i < start.size(); ++i)
                restated->parameters()[i].copy_(stated.parameters()[i]);
        }
        restated->zero_grad();
        const torch::Tensor statedLoss = mpjpeLoss(restated->forwardStrided(x), y);
        statedLoss.backward();
        std::vector<torch::Tensor> gradients;
        for (const torch::Tensor &parameter : restated->parameters())
            gradients.push_back(parameter.grad());
        stated.step(gradients, learningRate);
        QVERIFY(std::abs(loss - statedLoss.item<double>()) < 1e-12 * loss);
    }
    const auto parameters = training.model()->parameters();
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        QVERIFY(relativeDifference(parameters[i], stated.parameters()[i]) < 1e-7);
        QVERIFY(relativeDifference(parameters[i], start[i]) > 1e-3);
    }
    QVERIFY(relativeDifference(training.model()->expand_bn->running_var, restated->expand_bn->running_var) < 1e-10);
}

QTEST_APPLESS_MAIN(TestVideoPose3d)
#include "tst_videopose3d.moc"
