#include "core/base/paths.h"
#include "core/io/weightsfile.h"
#include "models/lift/adversarialmodel_torch.h"
#include "models/lift/inferencenetwork_torch.h"
#include "models/lift/lifterinput.h"
#include "models/lift/lifternetwork_torch.h"
#include "models/lift/missingjoints.h"
#include "models/lift/moduleweights_torch.h"
#include "tests/support/environment.h"
#include "tests/support/h5read.h"

#include <QtTest/QtTest>

#include <nlohmann/json.hpp>

using namespace poselift;

namespace {

double largestDifference(const torch::Tensor &a, const torch::Tensor &b)
{
    TORCH_CHECK(a.sizes() == b.sizes(), a.sizes(), " against ", b.sizes());
    return (a - b).abs().max().item<double>();
}

WeightsFile golden(const std::filesystem::path &path)
{
    Result<WeightsFile> file = readWeights(path);
    return file ? *std::move(file) : WeightsFile{};
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

torch::Tensor array(const WeightsFile &file, const char *name)
{
    return toTensor(file.arrays.at(name));
}

/// float64, as the reference has it: some joints of its random bodies are close to the camera, where
/// the perspective division magnifies roundings.
torch::Tensor exact(const H5File &file, const std::string &name)
{
    const H5Array<double> array = file.array<double>(name);
    torch::Tensor tensor = torch::empty(std::vector<int64_t>(array.shape.begin(), array.shape.end()), torch::kFloat64);
    std::ranges::copy(array.values, tensor.data_ptr<double>());
    return tensor;
}

double scalar(const WeightsFile &file, const char *name)
{
    return file.arrays.at(name).values.at(0);
}

ResidualNetOptions small(int64_t outputs, int64_t blocks)
{
    return ResidualNetOptions().channels(64).outputs(outputs).blocks(blocks);
}

LifterModel untrainedLifter()
{
    LifterModel model;
    model.description.name = "adversarial";
    model.description.architecture = LifterArchitecture::Adversarial;
    model.description.inputJoints = lifterInputJoints();
    model.description.outputSkeleton = *findSkeleton("limbs14");
    model.description.channels = 16;
    model.description.adversarial = {2, 0.0, 10.0, 5.0, 0.5};
    torch::manual_seed(1);
    AdversarialLifter lifter(model.description);
    {
        const torch::NoGradGuard noGrad;
        lifter->mean_pose.copy_(0.05 * torch::randn({14, 2}));
    }
    model.weights.arrays = weightsOf(*lifter);
    return model;
}

} // namespace

class TestAdversarial : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void networksEqualTheGoldenOnes();
    void lossesEqualTheGoldenOnes();
    void poseNormalisationEqualsTheGoldenOne();
    void liftingEqualsTheGoldenOne();
    void projectionsEqualTheGoldenOnes();
    void gradientOfAProjectionEqualsTheGoldenOne();
    void parametersAreAsMany();
    void flatBodyKeepsItsSizeAtTheConsistentDistance();
    void trainingAndInferenceAreOneNetwork();
    void missingJointsAreThoseOfTheMeanPose();
    void gapsAreFilledFromTheNearestFrame();
    void descriptionIsRead();
};

void TestAdversarial::networksEqualTheGoldenOnes()
{
    POSELIFT_REQUIRE_DATA(folder, "POSELIFT_GOLDEN");
    const WeightsFile file = golden(folder / "drover_nets_small.h5");
    ResidualNet generator(small(14, 4));
    ResidualNet discriminator(small(2, 3));
    const auto g = loadWeights(*generator, below(file, "G"), "G");
    const auto d = loadWeights(*discriminator, below(file, "D"), "D");
    QVERIFY2(g.ok() && d.ok(), (g.ok() ? "" : g.error().sentence() + (d.ok() ? "" : d.error().sentence())).c_str());
    generator->eval();
    discriminator->eval();
    const torch::Tensor x = array(file, "x");
    QVERIFY(largestDifference(generator->forward(x), array(file, "offsets")) < 1e-5);
    const torch::Tensor logits = discriminator->forward(x);
    QVERIFY(largestDifference(logits, array(file, "logits")) < 1e-5);
    QVERIFY(largestDifference(torch::softmax(logits, 1).select(1, kRealClass), array(file, "p_real")) < 1e-6);
}

void TestAdversarial::lossesEqualTheGoldenOnes()
{
    POSELIFT_REQUIRE_DATA(folder, "POSELIFT_GOLDEN");
    const WeightsFile file = golden(folder / "drover_nets_small.h5");
    const torch::Tensor logits = array(file, "logits");
    const auto isNear = [&](const torch::Tensor &loss, const char *name) {
        return std::abs(loss.item<double>() - scalar(file, name)) < 1e-6;
    };
    QVERIFY(isNear(discriminatorLoss(logits, true), "loss_D_real"));
    QVERIFY(isNear(discriminatorLoss(logits, false), "loss_D_fake"));
    QVERIFY(isNear(generatorLoss(logits, /*minimax=*/false), "loss_G_nonsaturating"));
    QVERIFY(isNear(generatorLoss(logits, /*minimax=*/true), "loss_G_minimax"));
}

void TestAdversarial::poseNormalisationEqualsTheGoldenOne()
{
    POSELIFT_REQUIRE_DATA(folder, "POSELIFT_GOLDEN");
    const H5File file(folder / "drover_projection.h5");
    const torch::Tensor raw = exact(file, "norm/raw_pixels");
    const double scale = headRootScale(raw, /*root=*/0, /*head=*/1, /*depth=*/10.0);
    QVERIFY(std::abs(scale / (10.0 * file.scalar("norm/mean_head_root_px")) - 1) < 1e-10);
    QVERIFY(largestDifference((raw - raw.slice(1, 0, 1)) / scale, exact(file, "norm/x")) < 1e-10);
}

void TestAdversarial::liftingEqualsTheGoldenOne()
{
    POSELIFT_REQUIRE_DATA(folder, "POSELIFT_GOLDEN");
    const H5File file(folder / "drover_projection.h5");
    const torch::Tensor lifted = liftByOffsets(exact(file, "norm/x"), exact(file, "lift/offsets"), 10.0);
    QVERIFY(largestDifference(lifted, exact(file, "lift/X")) < 1e-10);
    QVERIFY(largestDifference(lifted.select(2, 2), exact(file, "lift/z")) < 1e-10);
}

void TestAdversarial::projectionsEqualTheGoldenOnes()
{
    POSELIFT_REQUIRE_DATA(folder, "POSELIFT_GOLDEN");
    const H5File file(folder / "drover_projection.h5");
    const torch::Tensor views = viewRotations(exact(file, "proj/azimuth_rad"), exact(file, "proj/elevation_rad"));
    QVERIFY(largestDifference(views, exact(file, "proj/R")) < 1e-10);
    for (const auto &[name, distance] : {std::pair{"proj/T_d", 10.0}, std::pair{"proj/T_d_plus_1", 11.0}}) {
        const torch::Tensor turned = turnedAboutRoot(exact(file, "lift/X"), views, /*root=*/0, distance);
        QVERIFY(largestDifference(turned, exact(file, std::string(name) + "/P")) < 1e-10);
        QVERIFY(largestDifference(perspective(turned), exact(file, std::string(name) + "/p")) < 1e-10);
    }
}

void TestAdversarial::gradientOfAProjectionEqualsTheGoldenOne()
{
    POSELIFT_REQUIRE_DATA(folder, "POSELIFT_GOLDEN");
    const H5File file(folder / "drover_projection.h5");
    const torch::Tensor offsets = exact(file, "lift/offsets").requires_grad_();
    const torch::Tensor views = viewRotations(exact(file, "proj/azimuth_rad"), exact(file, "proj/elevation_rad"));
    const torch::Tensor lifted = liftByOffsets(exact(file, "norm/x"), offsets, 10.0);
    const torch::Tensor p = perspective(turnedAboutRoot(lifted, views, /*root=*/0, 10.0));
    (p * p).sum().backward();
    const torch::Tensor expected = exact(file, "proj/T_d/grad_offsets_of_sum_p2");
    const double error = largestDifference(offsets.grad(), expected) / expected.abs().max().item<double>();
    QVERIFY2(error < 1e-10, std::to_string(error).c_str());
}

void TestAdversarial::parametersAreAsMany()
{
    const auto count = [](const ResidualNet &net) {
        int64_t sum = 0;
        for (const torch::Tensor &parameter : net->parameters())
            sum += parameter.numel();
        return sum;
    };
    QCOMPARE(count(ResidualNet(ResidualNetOptions())), int64_t(8457230)); // FIELD notes, counted there by hand
    QCOMPARE(count(ResidualNet(ResidualNetOptions().outputs(2).blocks(3))), int64_t(6341634));
}

void TestAdversarial::flatBodyKeepsItsSizeAtTheConsistentDistance()
{
    torch::manual_seed(3);
    torch::Tensor poses = 0.1 * torch::randn({5, 14, 2});
    poses = poses - poses.slice(1, 12, 13);
    const torch::Tensor lifted = liftByOffsets(poses, torch::zeros({5, 14}), 10.0);
    const torch::Tensor straight = viewRotations(torch::zeros({5}), torch::zeros({5}));
    QVERIFY(largestDifference(perspective(turnedAboutRoot(lifted, straight, 12, 11.0)), poses) < 1e-6);
    const torch::Tensor published = perspective(turnedAboutRoot(lifted, straight, 12, 10.0));
    QVERIFY(largestDifference(published, 1.1 * poses) < 1e-6);
}

void TestAdversarial::trainingAndInferenceAreOneNetwork()
{
    const LifterModel model = untrainedLifter();
    const auto training = createLifterNetwork(model);
    const auto inference = createInferenceNetwork(model);
    QVERIFY(training.ok() && inference.ok());
    QCOMPARE((*inference)->receptiveField(), int64_t(1));
    QCOMPARE((*training)->receptiveField(), int64_t(1));
    torch::Tensor features = 0.4 * torch::randn({200, 14, 3});
    features.select(2, 2).fill_(0.9);
    (*training)->module().eval();
    const torch::Tensor expected = (*training)->forward(features.unsqueeze(1));
    QCOMPARE(expected.sizes(), torch::IntArrayRef({200, 14, 3}));
    QVERIFY(largestDifference((*inference)->forward(features, {}), expected) < 1e-6);
    QVERIFY(largestDifference((*inference)->forwardWindows(features.unsqueeze(1)), expected) < 1e-6);
    QVERIFY(expected.select(1, 12).abs().max().item<double>() < 1e-6); // mid_hip is the root
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(!(*inference)->forward(features, stop.get_token()).defined());
}

void TestAdversarial::missingJointsAreThoseOfTheMeanPose()
{
    const LifterModel model = untrainedLifter();
    const auto inference = createInferenceNetwork(model);
    QVERIFY(inference.ok());
    torch::Tensor complete = 0.4 * torch::randn({1, 14, 3});
    complete.select(2, 2).fill_(1.0);
    const torch::Tensor mean =
        toTensor(model.weights.arrays.at("mean_pose")) * model.description.adversarial.featureScale;
    complete[0][4].slice(0, 0, 2).copy_(mean[4]);
    torch::Tensor missing = complete.clone();
    missing[0][4].zero_();
    QVERIFY(largestDifference((*inference)->forward(missing, {}), (*inference)->forward(complete, {})) < 1e-6);
}

void TestAdversarial::gapsAreFilledFromTheNearestFrame()
{
    // One joint, 20 frames a second: known in frames 2 and 6 of 30.
    std::vector<float> features(30 * 3, 0.0F);
    for (const std::size_t frame : {2, 6}) {
        features[3 * frame] = static_cast<float>(frame);
        features[3 * frame + 2] = 0.5F;
    }
    fillFromNearestFrames(features, 1, 20.0);
    const auto x = [&](std::size_t frame) { return features[3 * frame]; };
    QCOMPARE(x(0), 2.0F);
    QCOMPARE(x(4), 2.0F); // as far from both: the earlier
    QCOMPARE(x(5), 6.0F);
    QCOMPARE(x(16), 6.0F); // half a second
    QCOMPARE(features[3 * 16 + 2], 0.5F);
    QCOMPARE(features[3 * 17 + 2], 0.0F);
}

void TestAdversarial::descriptionIsRead()
{
    nlohmann::json fields{{"architecture", "drover_adversarial"},
                          {"channels", 256},
                          {"generator_blocks", 3},
                          {"depth", 10},
                          {"feature_scale", 5.2},
                          {"metres_per_unit", 0.45},
                          {"in_features", 3},
                          {"input_joints", lifterInputJoints()},
                          {"normalisation", "hip-ray-v1"},
                          {"output_skeleton", "limbs14"},
                          {"frames_per_second", 0}};
    const auto description = parseLifterDescription(fields, "model.json");
    QVERIFY2(description.ok(), description.ok() ? "" : description.error().sentence().c_str());
    QCOMPARE(description->architecture, LifterArchitecture::Adversarial);
    QCOMPARE(description->adversarial.blocks, std::int64_t(3));
    QCOMPARE(description->adversarial.metresPerUnit, 0.45);
    for (const auto &[name, value] :
         {std::pair{"depth", nlohmann::json(-1)}, std::pair{"generator_blocks", nlohmann::json(0)},
          std::pair{"output_skeleton", nlohmann::json("h36m17")}, std::pair{"architecture", nlohmann::json("other")}}) {
        nlohmann::json wrong = fields;
        wrong[name] = value;
        const auto refused = parseLifterDescription(wrong, "model.json");
        QVERIFY(!refused.ok());
        QVERIFY2(refused.error().sentence().find(name) != std::string::npos, refused.error().sentence().c_str());
    }
}

QTEST_APPLESS_MAIN(TestAdversarial)
#include "tst_adversarial.moc"
