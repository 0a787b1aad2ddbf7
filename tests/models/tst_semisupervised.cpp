#include "models/lift/moduleweights_torch.h"
#include "models/semisupervisedtrainer.h"
#include "models/train/semilosses_torch.h"
#include "models/train/semisupervisedtask_torch.h"
#include "models/train/temporalprediction_torch.h"
#include "tests/support/mocapwriter.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <set>

using namespace poselift;

namespace {

MocapData named(const std::vector<std::string> &names)
{
    MocapData data;
    for (const std::string &name : names)
        data.sequences.push_back({name, "walking", "01", 60.0, 0, {}});
    return data;
}

std::set<std::string> namesOf(const MocapData &data)
{
    std::set<std::string> names;
    for (const MocapSequence &sequence : data.sequences)
        names.insert(sequence.name);
    return names;
}

struct Drawn
{
    std::vector<float> inputs, targets;
    std::vector<LiftingView> views;
};

Drawn draw(const LiftingExamples &examples, int count, bool labelled)
{
    Drawn drawn;
    drawn.inputs.resize(static_cast<std::size_t>(count * examples.inputSize()));
    drawn.targets.resize(labelled ? static_cast<std::size_t>(count * examples.targetSize()) : 0);
    drawn.views.resize(static_cast<std::size_t>(count));
    examples.drawBatch(/*seed=*/3, /*firstStream=*/0, drawn.inputs, drawn.targets, drawn.views);
    return drawn;
}

/// Exact 2D of bodies as captured, before cameras whose focal length is known.
LiftingExampleOptions exact()
{
    LiftingExampleOptions options;
    options.windowFrames = 9;
    options.cleanShare = 1.0F;
    options.camera.assumedShare = 0.0F;
    return options;
}

} // namespace

class TestSemiSupervised : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void labelsComeInWholeTakes();
    void viewsProjectTruthOntoTheKeypointsSeen();
    void rootIsWhereTheGivenCameraSeesIt();
    void withoutTargetsNo3dLeaves();
    void causalWindowsEndWithTheirFrame();
    void warmUpLeavesOutTheTermsWithout3d();
    void trainingBringsEveryTermDown();
    void stateGoesOnExactly();
    void validationStops();
    void shareMustLeaveBothKinds();
    void trainedModelIsInstallable();

private:
    std::unique_ptr<SemiSupervisedTask> task(SemiSupervisedOptions options = {});

    QTemporaryDir m_folder;
    std::filesystem::path m_mocap;
    MocapData m_data;
};

void TestSemiSupervised::initTestCase()
{
    torch::set_num_threads(1);
    m_mocap = std::filesystem::path(m_folder.path().toStdString()) / "mocap.h5";
    writeTestMocap(m_mocap, 4, 150);
    m_data = readMocap(m_mocap, "train").value();
}

std::unique_ptr<SemiSupervisedTask> TestSemiSupervised::task(SemiSupervisedOptions options)
{
    MocapData val = m_data;
    val.sequences.resize(1);
    const auto architecture = TemporalModelOptions()
                                  .num_joints_in(kLifterInputJointCount)
                                  .in_features(kLifterInputFeatures)
                                  .filter_widths({3, 3})
                                  .channels(16)
                                  .dropout(0.1);
    auto made =
        SemiSupervisedTask::create(splitByLabels(m_data, 0.5, 1), val, architecture, exact(), options, torch::kCPU);
    return std::move(made.value());
}

void TestSemiSupervised::labelsComeInWholeTakes()
{
    std::vector<std::string> names;
    for (int take = 0; take < 20; ++take)
        names.push_back("take_" + std::to_string(take));
    names.insert(names.end(), {"cut_s0", "cut_s1", "cut_s12", "walk_s", "s1"});
    const MocapData data = named(names); // 23 takes
    const LabelledTakes split = splitByLabels(data, 0.1, 5);
    QCOMPARE(split.takes, 23);
    QCOMPARE(split.labelledTakes, 3);
    QCOMPARE(split.labelled.sequences.size() + split.unlabelled.sequences.size(), names.size());
    QCOMPARE(namesOf(splitByLabels(data, 0.1, 5).labelled), namesOf(split.labelled));
    std::set<std::set<std::string>> choices;
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        const std::set<std::string> labelled = namesOf(splitByLabels(data, 0.1, seed).labelled);
        QCOMPARE(labelled.count("cut_s0"), labelled.count("cut_s1"));
        QCOMPARE(labelled.count("cut_s0"), labelled.count("cut_s12"));
        choices.insert(labelled);
    }
    QVERIFY(choices.size() > 20);
    QCOMPARE(splitByLabels(data, 0.0, 5).labelledTakes, 1);
    QVERIFY(splitByLabels(data, 1.0, 5).unlabelled.sequences.empty());
}

void TestSemiSupervised::viewsProjectTruthOntoTheKeypointsSeen()
{
    const LiftingExamples examples = LiftingExamples::create(m_data, exact()).value();
    const Drawn drawn = draw(examples, 64, true);
    const auto &limbs = examples.limbs().index;
    for (std::size_t i = 0; i < drawn.views.size(); ++i) {
        const LiftingView &view = drawn.views[i];
        const Eigen::Map<const Eigen::Matrix<float, 3, 3, Eigen::RowMajor>> virtualFromCamera(view.virtualFromCamera);
        const Eigen::Map<const Eigen::Vector3f> root(view.root);
        QVERIFY(std::abs(root.z() * view.scale - 1) < 0.5F);
        for (std::size_t j = 0; j < limbs.size(); ++j) {
            const float *joint = drawn.targets.data() + i * 51 + static_cast<std::size_t>(3 * limbs[j]);
            const Eigen::Vector3f inCamera =
                virtualFromCamera.transpose() * (root + Eigen::Map<const Eigen::Vector3f>(joint));
            const Eigen::Vector2f projected(view.camera[0] * inCamera.x() / inCamera.z() + view.camera[2],
                                            view.camera[1] * inCamera.y() / inCamera.z() + view.camera[3]);
            QVERIFY((projected - Eigen::Map<const Eigen::Vector2f>(view.seen + 2 * j)).norm() < 2e-4F);
            QCOMPARE(view.confidence[j], 1.0F);
        }
    }
}

void TestSemiSupervised::rootIsWhereTheGivenCameraSeesIt()
{
    LiftingExampleOptions options = exact();
    options.camera.assumedShare = 1.0F;
    const Drawn drawn = draw(LiftingExamples::create(m_data, options).value(), 64, true);
    for (const LiftingView &view : drawn.views) {
        // The hips are about the root, and about in the middle of the virtual camera.
        QVERIFY(std::abs(view.root[0]) + std::abs(view.root[1]) < 0.2F);
        // Seen from there, the body is as large as adults are: whatever the true focal length was.
        QVERIFY(std::abs(view.root[2] * view.scale - 1) < 0.6F);
    }
}

void TestSemiSupervised::withoutTargetsNo3dLeaves()
{
    const LiftingExamples examples = LiftingExamples::create(m_data, exact()).value();
    const Drawn labelled = draw(examples, 8, true);
    const Drawn unlabelled = draw(examples, 8, false);
    QVERIFY(unlabelled.inputs == labelled.inputs);
    for (std::size_t i = 0; i < 8; ++i) {
        QVERIFY(labelled.views[i].root[2] > 1.0F);
        for (const float coordinate : unlabelled.views[i].root)
            QCOMPARE(coordinate, 0.0F);
        QCOMPARE(unlabelled.views[i].seen[5], labelled.views[i].seen[5]);
    }
}

void TestSemiSupervised::causalWindowsEndWithTheirFrame()
{
    LiftingExampleOptions options = exact();
    const Drawn centred = draw(LiftingExamples::create(m_data, options).value(), 8, true);
    options.causal = true;
    const Drawn causal = draw(LiftingExamples::create(m_data, options).value(), 8, true);
    QVERIFY(causal.targets == centred.targets);
    constexpr std::ptrdiff_t kFrame = kLifterInputJointCount * kLifterInputFeatures;
    for (std::ptrdiff_t i = 0; i < 8; ++i) {
        const auto last = causal.inputs.begin() + (9 * i + 8) * kFrame;
        QVERIFY(std::equal(last, last + kFrame, centred.inputs.begin() + (9 * i + 4) * kFrame));
    }
    QVERIFY(causal.inputs != centred.inputs);
}

void TestSemiSupervised::warmUpLeavesOutTheTermsWithout3d()
{
    SemiSupervisedOptions options;
    options.warmupEpochs = 1;
    const auto training = task(options);
    QVERIFY(std::abs(training->beginEpoch(0, 4) - 1e-3) < 1e-12);
    const StepOutcome warm = training->step(0, 8).value();
    QVERIFY(std::abs(training->beginEpoch(1, 4) - 0.98e-3) < 1e-12);
    const StepOutcome full = training->step(1, 8).value();
    const std::vector<std::string> names{"mpjpe", "trajectory", "reprojection", "bone_length"};
    for (const StepOutcome *outcome : {&warm, &full}) {
        double sum = 0;
        for (std::size_t i = 0; i < names.size(); ++i) {
            QCOMPARE(outcome->terms.at(i).name, names[i]);
            sum += outcome->terms.at(i).value;
        }
        QVERIFY(std::abs(sum - outcome->loss) < 1e-5);
    }
    QCOMPARE(warm.terms[2].value + warm.terms[3].value, 0.0);
    QVERIFY(full.terms[2].value > 0 && full.terms[3].value > 0);
}

void TestSemiSupervised::trainingBringsEveryTermDown()
{
    SemiSupervisedOptions options;
    options.warmupEpochs = 0;
    options.projectionInMetres = true;
    options.learningRate = 5e-3;
    const auto training = task(options);
    training->beginEpoch(0, 10);
    std::vector<double> first(4, 0.0);
    std::vector<double> last(4, 0.0);
    constexpr int kSteps = 120;
    for (int step = 0; step < kSteps; ++step) {
        const StepOutcome outcome = training->step(step, 32).value();
        for (std::size_t term = 0; term < 4; ++term) {
            if (step < 10)
                first[term] += outcome.terms[term].value;
            if (step >= kSteps - 10)
                last[term] += outcome.terms[term].value;
        }
    }
    for (std::size_t term = 0; term < 3; ++term)
        QVERIFY2(last[term] < 0.75 * first[term], qPrintable(QString::number(term)));
    QVERIFY(last[3] < first[3]);
}

void TestSemiSupervised::stateGoesOnExactly()
{
    const auto first = task();
    const auto second = task();
    first->beginEpoch(6, 10);
    for (int step = 0; step < 3; ++step)
        first->step(step, 8).value();
    QVERIFY(second->restore(first->state(), "memory").ok());
    second->beginEpoch(6, 10);
    for (int step = 3; step < 5; ++step) {
        torch::manual_seed(static_cast<uint64_t>(step)); // as the loop does
        const double expected = first->step(step, 8).value().loss;
        torch::manual_seed(static_cast<uint64_t>(step));
        QCOMPARE(second->step(step, 8).value().loss, expected);
    }
}

void TestSemiSupervised::validationStops()
{
    const auto training = task();
    const ValidationOutcome outcome = training->validate({}).value();
    QVERIFY(outcome.score > 0);
    QVERIFY(outcome.figures.at("val_noisy_p_mpjpe_mm").get<double>() > 0);
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(training->validate(stop.get_token()).error().code(), ErrorCode::Cancelled);
}

void TestSemiSupervised::shareMustLeaveBothKinds()
{
    SemiSupervisedTrainOptions options;
    options.base.data = m_mocap;
    options.base.out = m_folder.path().toStdString() + "/none";
    options.base.labelledShare = 1.0;
    options.base.channels = 8;
    QCOMPARE(trainSemiSupervised(options, {}).error().code(), ErrorCode::BadArgument);
    options.base.labelledShare = 0.5;
    options.lens = "fisheye";
    QCOMPARE(trainSemiSupervised(options, {}).error().code(), ErrorCode::BadArgument);
}

void TestSemiSupervised::trainedModelIsInstallable()
{
    SemiSupervisedTrainOptions options;
    options.base.data = m_mocap;
    options.base.out = m_folder.path().toStdString() + "/run";
    options.base.labelledShare = 0.5;
    options.base.filterWidths = {3, 3};
    options.base.channels = 8;
    options.base.epochs = 2;
    options.base.stepsPerEpoch = 2;
    options.base.batch = 8;
    options.base.threads = 1;
    options.base.causal = true;
    options.warmupEpochs = 1;
    const auto report = trainSemiSupervised(options, {});
    QVERIFY2(report.ok(), report.ok() ? "" : report.error().sentence().c_str());
    QVERIFY(report->bestEpoch >= 1);
    const WeightsFile weights = readWeights(options.base.out / "weights.h5").value();
    const TemporalModelOptions architecture =
        temporalOptionsOf(parseLifterDescription(weights.attributes, "weights.h5").value());
    QVERIFY(architecture.causal());
    TemporalModel model(architecture);
    QVERIFY(loadWeights(*model, weights, "weights.h5").ok());
    QCOMPARE(weights.attributes.at("training").at("labelled_takes").get<int>(), 2);
    QVERIFY(std::filesystem::exists(options.base.out / "model.json"));
}

QTEST_APPLESS_MAIN(TestSemiSupervised)
#include "tst_semisupervised.moc"
