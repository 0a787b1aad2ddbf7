#include "models/finetune/adaptationscene.h"
#include "models/finetune/beforeafter.h"
#include "models/finetune/correctedtrack.h"
#include "models/finetune/finetune.h"
#include "models/finetune/learningblocks.h"
#include "models/finetune/poserefinement_torch.h"
#include "models/finetune/projectposes2d.h"
#include "models/finetune/seenlosses_torch.h"
#include "models/lift/liftermodel.h"
#include "tests/support/finetuneproject.h"
#include "tests/support/mocapwriter.h"

#include <QtTest/QtTest>

#include <nlohmann/json.hpp>

#include <cmath>
#include <numeric>

using namespace poselift;
using nlohmann::json;
namespace fs = std::filesystem;

/// What fine-tuning learns from, holds back and reports; the loop itself is in tst_finetuneloop.
class TestFinetune : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void optionsSurviveJson();
    void badOptionsAreNamed_data();
    void badOptionsAreNamed();
    void blocksAreContiguousAndApart_data();
    void blocksAreContiguousAndApart();
    void everyLabelServesOneThing();
    void comparisonOfHandMadeErrors();
    void intervalNarrowsWithAgreement();
    void bootstrapBlocksEndWhereFramesAreMissing();
    void correctionsSpreadToTheirNeighbours();
    void projectsGiveTheir2d();
    void heldOutCorrectionsAreNotLookedAt();
    void placedPosesAreSeenWhereTheyShould();
    void longLimbsAreFound();
    void nothingToLearnIsSaid_data();
    void nothingToLearnIsSaid();
    void trialEstimatesAndWritesNothing();
    void cancelEndsIt();
    void shortRunReportsAndInstalls_data();
    void shortRunReportsAndInstalls();
};

namespace {

FinetuneOptions optionsFor(const QTemporaryDir &dir, const Project &project)
{
    FinetuneOptions options;
    options.project = fs::path(dir.path().toStdString()) / "walk.poselift";
    options.run = fs::path(dir.path().toStdString()) / "run";
    options.model = "vp3d_cmu_rf27";
    options.device = "cpu";
    options.threads = 1;
    options.batch = 8;
    options.steps = 4;
    if (!writeProject(project, options.project))
        qFatal("the project cannot be written");
    return options;
}

QByteArray bytesOf(const fs::path &path)
{
    QFile file(QString::fromStdString(path.string()));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::vector<std::int64_t> every(std::int64_t step, std::int64_t count)
{
    std::vector<std::int64_t> frames;
    for (std::int64_t i = 0; i < count; ++i)
        frames.push_back(i * step);
    return frames;
}

} // namespace

void TestFinetune::optionsSurviveJson()
{
    FinetuneOptions options;
    options.project = "a.poselift";
    options.run = "r";
    options.model = "m";
    options.objective = FinetuneObjective::Semi;
    options.frames = {{3, 9}, {20, 30}};
    options.tracks = {2, 5};
    options.preset = "thorough";
    options.steps = 7;
    options.batch = 16;
    options.learningRate = 0.5;
    options.frozenBlocks = 1;
    options.rehearsalShare = 0.25;
    options.rehearsal = "mocap.h5";
    options.heldOutShare = 0.3;
    options.seed = 99;
    options.device = "cpu";
    options.threads = 2;
    options.resume = true;
    const Result<FinetuneOptions> read = finetuneOptionsFrom(json::parse(toJson(options).dump()));
    QVERIFY2(read.ok(), read.ok() ? "" : read.error().sentence().c_str());
    QCOMPARE(toJson(*read).dump(), toJson(options).dump());
}

void TestFinetune::badOptionsAreNamed_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("name");
    const auto row = [](const char *name, const char *arguments) {
        QTest::newRow(name) << QString::fromLatin1(arguments) << QString::fromLatin1(name);
    };
    row("project", R"({"run": "r"})");
    row("run", R"({"project": "p"})");
    row("objective", R"({"project": "p", "run": "r", "objective": "magic"})");
    row("frames", R"({"project": "p", "run": "r", "frames": [[9, 3]]})");
    row("seed", R"({"project": "p", "run": "r", "seed": -1})");
    row("preset", R"({"project": "p", "run": "r", "preset": "slow"})");
    row("held_out_share", R"({"project": "p", "run": "r", "held_out_share": 0.9})");
    row("rehearsal_share", R"({"project": "p", "run": "r", "rehearsal_share": 1})");
    row("speed", R"({"project": "p", "run": "r", "speed": 1})");
}

void TestFinetune::badOptionsAreNamed()
{
    QFETCH(QString, arguments);
    QFETCH(QString, name);
    const Result<FinetuneOptions> read = finetuneOptionsFrom(json::parse(arguments.toStdString()));
    QVERIFY(!read.ok());
    QCOMPARE(read.error().code(), ErrorCode::BadArgument);
    QCOMPARE(read.error().arguments().front().second, name.toStdString());
}

void TestFinetune::blocksAreContiguousAndApart_data()
{
    QTest::addColumn<int>("step");
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("gap");
    QTest::addColumn<int>("keptGap");
    QTest::newRow("corrections far apart") << 10 << 90 << 81 << -1;
    QTest::newRow("several rounds") << 1 << 6000 << 81 << 81;
    QTest::newRow("small clip, a smaller gap") << 1 << 60 << 81 << -1;
    QTest::newRow("hardly anything") << 1 << 8 << 243 << -1;
}

void TestFinetune::blocksAreContiguousAndApart()
{
    QFETCH(int, step);
    QFETCH(int, count);
    QFETCH(int, gap);
    QFETCH(int, keptGap);
    const std::vector<std::int64_t> labelled = every(step, count);
    const LearningBlocks blocks = chooseLearningBlocks(labelled, 0.25, gap);
    QCOMPARE(blocks.train.size(), blocks.report.size());
    QVERIFY(blocks.report.size() <= 4);
    if (keptGap >= 0)
        QCOMPARE(blocks.gap, std::int64_t(keptGap));
    else
        QVERIFY(blocks.gap < gap);
    std::vector<FrameSpan> all = blocks.train;
    all.insert(all.end(), blocks.validation.begin(), blocks.validation.end());
    all.insert(all.end(), blocks.report.begin(), blocks.report.end());
    std::ranges::sort(all);
    for (std::size_t i = 0; i < all.size(); ++i) {
        QVERIFY(all[i].first < all[i].second);
        if (i > 0)
            QVERIFY2(all[i].first - all[i - 1].second >= blocks.gap, qPrintable(QString::number(i)));
    }
}

void TestFinetune::everyLabelServesOneThing()
{
    const std::vector<std::int64_t> labelled = every(7, 120);
    const LearningBlocks blocks = chooseLearningBlocks(labelled, 0.25, 27);
    int reported = 0;
    int trained = 0;
    for (const std::int64_t frame : labelled) {
        const int uses =
            contains(blocks.train, frame) + contains(blocks.validation, frame) + contains(blocks.report, frame);
        QVERIFY(uses <= 1);
        reported += contains(blocks.report, frame) ? 1 : 0;
        trained += contains(blocks.train, frame) ? 1 : 0;
    }
    QCOMPARE(reported, 30);
    QVERIFY(trained >= 50);
    const std::vector<FrameSpan> wanted{{100, 400}};
    for (const FrameSpan &span : intersected(blocks.train, wanted))
        QVERIFY(span.first >= 100 && span.second <= 400);
}

void TestFinetune::comparisonOfHandMadeErrors()
{
    const double nan = std::nan("");
    const ErrorTable table{"mpjpe_mm", {10, 20, 30, 40, nan, 60}, {5, 20, 25, 30, nan, 45}}; // 3 frames, 2 joints
    const json report = compareErrors({table}, {"hip", "wrist"}, {{0, 1}, {1, 2}, {2, 3}}, 1);
    const json &all = report.at("overall").at("mpjpe_mm");
    QCOMPARE(all.at("before").get<double>(), 32.0);
    QCOMPARE(all.at("after").get<double>(), 25.0);
    QCOMPARE(all.at("difference").get<double>(), -7.0);
    const json &hip = report.at("joints")[0].at("mpjpe_mm"); // known in two frames, better by 5 in both
    QCOMPARE(hip.at("before").get<double>(), 20.0);
    QVERIFY(hip.at("low").is_null() && hip.at("high").is_null()); // two blocks say nothing about the spread
    const json &wrist = report.at("joints")[1].at("mpjpe_mm");    // 0, −10, −15
    QVERIFY(std::abs(wrist.at("difference").get<double>() + 25.0 / 3) < 1e-12);
    QCOMPARE(wrist.at("low").get<double>(), -15.0);
    QCOMPARE(wrist.at("high").get<double>(), 0.0);
}

void TestFinetune::intervalNarrowsWithAgreement()
{
    ErrorTable table{"pixels", std::vector<double>(400, 10.0), {}};
    std::vector<ErrorBlock> blocks;
    for (std::size_t i = 0; i < 400; ++i) {
        table.after.push_back(i % 20 < 10 ? 6.0 : 8.0);
        if (i % 10 == 0)
            blocks.push_back({i, i + 10});
    }
    const json all = compareErrors({table}, {"nose"}, blocks, 3).at("overall").at("pixels");
    // 40 blocks of −4 or −2: standard error 1/√40 = 0.158, ±1.96 of it.
    QVERIFY(std::abs(all.at("low").get<double>() + 3.31) < 0.06);
    QVERIFY(std::abs(all.at("high").get<double>() + 2.69) < 0.06);
}

void TestFinetune::bootstrapBlocksEndWhereFramesAreMissing()
{
    std::vector<std::pair<int, std::int64_t>> frames;
    for (std::int64_t frame = 0; frame < 75; ++frame)
        frames.emplace_back(1, frame);
    frames.emplace_back(1, 200);
    frames.emplace_back(2, 10);
    const std::vector<ErrorBlock> blocks = bootstrapBlocks(frames, 30);
    QCOMPARE(blocks.size(), std::size_t(5));
    QCOMPARE(blocks[0].end, std::size_t(30));
    QCOMPARE(blocks[1].end, std::size_t(60));
    QCOMPARE(blocks[2].end, std::size_t(75));
    QCOMPARE(blocks[3].end, std::size_t(76));
    QCOMPARE(blocks[4].end, std::size_t(77));
    // Of ten frames blocks of a second would be one, and no spread could be seen.
    QCOMPARE(bootstrapBlocks({frames.begin(), frames.begin() + 10}, 30).size(), std::size_t(10));
}

namespace {

PersonLabels personOf(const Project &project)
{
    const Result<std::vector<PersonLabels>> people = personLabels(project, {}, *findSkeleton("h36m17"), "lifted/none");
    if (!people || people->size() != 1)
        qFatal("one person was expected");
    return people->front();
}

} // namespace

void TestFinetune::projectsGiveTheir2d()
{
    const QTemporaryDir dir;
    const fs::path as = fs::path(dir.path().toStdString()) / "as.poselift";
    const fs::path corrected = fs::path(dir.path().toStdString()) / "corrected.poselift";
    QVERIFY(writeProject(finetuneProject(60, 1), as).ok());
    QVERIFY(writeProject(finetuneProject(60, 60), corrected).ok());
    const Result<Poses2D> poses = poses2DOfProjects({as, corrected}, {});
    QVERIFY2(poses.ok(), poses.ok() ? "" : poses.error().sentence().c_str());
    QCOMPARE(poses->joints, lifterInputJoints());
    QCOMPARE(poses->count(), std::int64_t(120));
    QCOMPARE(poses->source.at("projects"), (json{"as.poselift", "corrected.poselift"}));
    QVERIFY(std::ranges::all_of(poses->confidence, [](float confidence) { return confidence > 0; }));
    // A correction moves every joint up by as much, which only a tilt of the camera undoes; the first frame
    // was corrected in both.
    const auto pose = [&](std::size_t frame) {
        const auto from = poses->xy.begin() + static_cast<std::ptrdiff_t>(frame * 2 * lifterInputJoints().size());
        return std::vector<float>(from, from + static_cast<std::ptrdiff_t>(2 * lifterInputJoints().size()));
    };
    const auto farthest = [&](std::size_t a, std::size_t b) {
        const std::vector<float> one = pose(a);
        const std::vector<float> other = pose(b);
        float most = 0;
        for (std::size_t i = 0; i < one.size(); ++i)
            most = std::max(most, std::abs(one[i] - other[i]));
        return most;
    };
    QVERIFY(farthest(0, 60) < 0.005F);
    QVERIFY(farthest(30, 90) < 0.02F);
    QVERIFY(farthest(30, 45) > 0.05F); // it walks

    Project nobody = finetuneProject(60, 1);
    nobody.tracks.clear();
    nobody.keypointLayers.clear();
    QVERIFY(writeProject(nobody, as).ok());
    const Result<Poses2D> none = poses2DOfProjects({as}, {});
    QCOMPARE(none.error().code(), ErrorCode::NothingToLearn);
    QVERIFY(none.error().sentence().find("as.poselift") != std::string::npos);

    Project unseen = finetuneProject(60, 1);
    unseen.camera = {};
    QVERIFY(writeProject(unseen, as).ok());
    QVERIFY(poses2DOfProjects({as}, {}).error().sentence().find("as.poselift: expected a camera") != std::string::npos);
}

void TestFinetune::correctionsSpreadToTheirNeighbours()
{
    const PersonLabels person = personOf(finetuneProject(100, 20));
    const std::vector<FrameSpan> train{{0, 100}};
    const KeypointTrack everywhere = correctedEverywhere(person, train);
    for (std::int64_t frame = 0; frame < 100; ++frame) {
        for (int joint = 0; joint < kLifterLimbJoints; ++joint)
            QVERIFY(std::abs(everywhere.keypoint(frame, joint).y - (person.detected.keypoint(frame, joint).y - 6))
                    < 1e-3);
    }
}

void TestFinetune::heldOutCorrectionsAreNotLookedAt()
{
    PersonLabels person = personOf(finetuneProject(100, 20));
    const std::vector<FrameSpan> train{{0, 40}};
    const KeypointTrack before = correctedEverywhere(person, train);
    for (std::int64_t frame = 40; frame < 100; ++frame) {
        Pose2D pose = person.corrected.pose(frame);
        for (Keypoint2D &keypoint : pose)
            keypoint.x += 500;
        person.corrected.setPose(frame, pose);
    }
    QVERIFY(correctedEverywhere(person, train) == before);
}

void TestFinetune::placedPosesAreSeenWhereTheyShould()
{
    torch::manual_seed(3);
    const torch::Tensor limbs = torch::randn({5, 12, 3}) * 0.4;
    const torch::Tensor roots = torch::tensor({{0.3F, -0.2F, 4.0F}}).expand({5, 3});
    const torch::Tensor placed = limbs + roots.unsqueeze(1);
    const torch::Tensor rays = placed.slice(2, 0, 2) / placed.slice(2, 2, 3);
    const torch::Tensor weight = torch::ones({5, 12});
    QVERIFY((placedRoots(limbs, rays, weight) - roots).abs().max().item<double>() < 0.02);
    QVERIFY(reprojectionErrors(limbs, rays, weight, torch::full({5}, 0.25F)).max().item<double>() < 2e-3);
    // A joint that counts for nothing changes nothing.
    torch::Tensor wild = rays.clone();
    wild.select(1, 4) += 1;
    torch::Tensor without = weight.clone();
    without.select(1, 4) = 0;
    QVERIFY((placedRoots(limbs, wild, without) - roots).abs().max().item<double>() < 0.02);
}

void TestFinetune::longLimbsAreFound()
{
    // The lifter believes in a forearm of 25 cm; the person's is 33 cm.
    const Skeleton skeleton = *findSkeleton("h36m17");
    const BodyVariation body(skeleton);
    const LimbJoints limbs = *LimbJoints::of(skeleton);
    const std::vector<double> seconds = constantRate(120, 12);
    const MovingFigure figure;
    torch::Tensor lifted = torch::empty({120, 17, 3});
    torch::Tensor real = torch::empty({120, 17, 3});
    for (int t = 0; t < 120; ++t) {
        const std::vector<Eigen::Vector3d> pose = figure.joints(seconds[static_cast<std::size_t>(t)], skeleton);
        for (int j = 0; j < 17; ++j) {
            for (int k = 0; k < 3; ++k)
                lifted[t][j][k] = static_cast<float>(pose[static_cast<std::size_t>(j)][k] - pose[0][k]);
        }
    }
    real.copy_(lifted);
    for (const char *side : {"left_", "right_"}) {
        const int elbow = skeleton.indexOf(side + std::string("elbow"));
        const int wrist = skeleton.indexOf(side + std::string("wrist"));
        real.select(1, wrist) = lifted.select(1, elbow) + 1.32 * (lifted.select(1, wrist) - lifted.select(1, elbow));
    }
    const torch::Tensor index = torch::tensor(std::vector<int64_t>(limbs.index.begin(), limbs.index.end()));
    const torch::Tensor placed = real.index_select(1, index) + torch::tensor({0.0F, 0.0F, 4.0F});
    WindowTensors seen;
    seen.rays = placed.slice(2, 0, 2) / placed.slice(2, 2, 3);
    seen.weight = torch::ones({120, 12});
    seen.scale = torch::full({120}, 0.25F);
    const Result<RefinedPoses> refined = refinePoses(lifted, seen, body, limbs, {});
    QVERIFY(refined.ok());
    const int wrist = skeleton.indexOf("left_wrist");
    for (std::size_t i = 0; i < body.bones().size(); ++i) {
        if (body.bones()[i].child == wrist)
            QVERIFY2(std::abs(refined->lengths[i] - 0.33F) < 0.02F,
                     qPrintable(QString::number(double(refined->lengths[i]))));
    }
    // One view does not tell a body's size: shapes are compared.
    const auto errorOf = [&](const torch::Tensor &joints) {
        const torch::Tensor size = (joints * real).sum() / joints.square().sum();
        return (size * joints - real).norm(2, 2).mean().item<double>();
    };
    const double before = errorOf(lifted);
    const double after = errorOf(refined->joints);
    QVERIFY2(after < 0.5 * before, qPrintable(QStringLiteral("%1 → %2").arg(before).arg(after)));
}

void TestFinetune::nothingToLearnIsSaid_data()
{
    QTest::addColumn<int>("corrections");
    QTest::addColumn<QString>("found");
    QTest::newRow("no corrections") << 0 << QStringLiteral("found 0");
    QTest::newRow("too few") << 5 << QStringLiteral("found 5");
}

void TestFinetune::nothingToLearnIsSaid()
{
    QFETCH(int, corrections);
    QFETCH(QString, found);
    const QTemporaryDir dir;
    FinetuneOptions options = optionsFor(dir, finetuneProject(60, corrections, /*truth=*/false));
    const Result<json> outcome = finetuneLifter(options, {});
    QVERIFY(!outcome.ok());
    QCOMPARE(outcome.error().code(), ErrorCode::NothingToLearn);
    const QString sentence = QString::fromStdString(outcome.error().sentence());
    QVERIFY2(sentence.contains(QStringLiteral("corrected by hand")) && sentence.contains(found), qPrintable(sentence));
    std::ifstream status(options.run / "status.json");
    QCOMPARE(json::parse(status).at("state").get<std::string>(), std::string("failed"));
}

void TestFinetune::trialEstimatesAndWritesNothing()
{
    const QTemporaryDir dir;
    FinetuneOptions options = optionsFor(dir, finetuneProject(240, 40));
    options.objective = FinetuneObjective::Reprojection;
    options.trial = true;
    options.steps = 1000;
    const Result<json> outcome = finetuneLifter(options, {});
    QVERIFY2(outcome.ok(), outcome.ok() ? "" : outcome.error().sentence().c_str());
    QVERIFY(outcome->at("seconds_per_step").get<double>() > 0);
    QVERIFY(outcome->at("estimated_s").get<double>() >= 1000 * outcome->at("seconds_per_step").get<double>());
    QCOMPARE(outcome->at("steps").get<int>(), 1000);
    QVERIFY(outcome->at("trained_on").at("frames").get<int>() >= 15);
    QVERIFY(!fs::exists(options.run));
}

void TestFinetune::cancelEndsIt()
{
    const QTemporaryDir dir;
    FinetuneOptions options = optionsFor(dir, finetuneProject(240, 40));
    options.steps = 100000;
    std::stop_source stop;
    QElapsedTimer sinceAsked;
    JobContext job{stop.get_token(), [&](const JobProgress &progress) {
                       if (progress.stage == "train" && !stop.stop_requested()) {
                           sinceAsked.start();
                           stop.request_stop();
                       }
                   }};
    const Result<json> outcome = finetuneLifter(options, job);
    QVERIFY(!outcome.ok() && outcome.error().isCancelled());
    QVERIFY2(sinceAsked.elapsed() < 20000, qPrintable(QString::number(sinceAsked.elapsed())));
    QVERIFY(readWeights(options.run / "checkpoint.h5").ok());
    std::ifstream status(options.run / "status.json");
    QCOMPARE(json::parse(status).at("state").get<std::string>(), std::string("cancelled"));
}

void TestFinetune::shortRunReportsAndInstalls_data()
{
    QTest::addColumn<int>("objective");
    QTest::addColumn<bool>("truth");
    QTest::addColumn<bool>("rehearsal");
    QTest::newRow("supervised") << int(FinetuneObjective::Auto) << true << false;
    QTest::newRow("semi") << int(FinetuneObjective::Semi) << true << true;
    QTest::newRow("adversarial") << int(FinetuneObjective::Adversarial) << true << true;
    QTest::newRow("reprojection, scored in 2D") << int(FinetuneObjective::Auto) << false << false;
}

void TestFinetune::shortRunReportsAndInstalls()
{
    QFETCH(int, objective);
    QFETCH(bool, truth);
    QFETCH(bool, rehearsal);
    const QTemporaryDir dir;
    FinetuneOptions options = optionsFor(dir, finetuneProject(200, 40, truth));
    options.objective = static_cast<FinetuneObjective>(objective);
    options.frozenBlocks = 1;
    if (rehearsal) {
        options.rehearsal = fs::path(dir.path().toStdString()) / "mocap.h5";
        writeTestMocap(options.rehearsal, 2, 120);
    }
    const QByteArray project = bytesOf(options.project);
    const Result<json> outcome = finetuneLifter(options, {});
    QVERIFY2(outcome.ok(), outcome.ok() ? "" : outcome.error().sentence().c_str());
    QCOMPARE(bytesOf(options.project), project); // only read

    std::ifstream file(outcome->at("report").get<std::string>());
    const json report = json::parse(file);
    QCOMPARE(report.at("truth").get<std::string>(), std::string(truth ? "3d" : "2d"));
    QCOMPARE(report.at("model").get<std::string>(), options.model);
    QVERIFY(report.at("held_out").at("frames").get<int>() > 0);
    QCOMPARE(report.at("joints").size(), std::size_t(truth ? 17 : 12));
    QCOMPARE(report.at("rehearsal").is_null(), !rehearsal);
    QVERIFY(report.at("overall").contains(truth ? "p_mpjpe_mm" : "pixels"));
    QCOMPARE(report.at("trained_on").at("people"), json({1}));

    const fs::path tuned = outcome->at("model").get<std::string>();
    QVERIFY(QString::fromStdString(tuned.filename()).startsWith(QStringLiteral("vp3d_cmu_rf27-tuned-")));
    const Result<LifterModel> after = readLifterModel(tuned);
    QVERIFY2(after.ok(), after.ok() ? "" : after.error().sentence().c_str());
    const Result<LifterModel> before = readLifterModel(*findLifter(options.model));
    QVERIFY(before.ok());
    QVERIFY(after->weights.arrays.at("expand_conv.weight")
            == before->weights.arrays.at("expand_conv.weight")); // frozen
    QVERIFY(!(after->weights.arrays.at("shrink.bias") == before->weights.arrays.at("shrink.bias")));
}

QTEST_GUILESS_MAIN(TestFinetune)
#include "tst_finetune.moc"
