#include "core/metrics/errorreport.h"
#include "core/metrics/jointmetrics.h"
#include "core/metrics/keypointmetrics.h"
#include "tests/support/environment.h"
#include "tests/support/h5read.h"

#include <nlohmann/json.hpp>

#include <cmath>

using namespace poselift;

namespace {

/// Golden float64 values agree to 1e-9 relative (golden README).
bool close(double found, double expected, double tolerance = 1e-9)
{
    const bool ok = std::abs(found - expected) <= tolerance * std::max(1.0, std::abs(expected));
    if (!ok)
        qWarning("found %.17g, expected %.17g", found, expected);
    return ok;
}

} // namespace

class TestMetrics : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void errorsOfAHandWorkedPose();
    void similarityIsRemovedAndReflectionIsNot();
    void velocityIgnoresAConstantOffset();
    void aucCountsTheZeroThreshold();
    void reportAveragesFramesAndActionsDifferently();
    void goldenVideoPose3d_data();
    void goldenVideoPose3d();
    void goldenMaskedMetrics();
    void golden3dpck();
    void goldenKeypointMetrics();
    void goldenOks();
};

void TestMetrics::errorsOfAHandWorkedPose()
{
    const std::vector<double> truth{0, 0, 0, 1, 0, 0};
    const std::vector<double> prediction{0, 0, 0, 1, 3, 4};
    QVERIFY(close(mpjpe({prediction, 2}, {truth, 2}), 2.5));
    // scale = <p, g>/<p, p> = 1/26, error of joint 1 = ‖(1, 3, 4)/26 − (1, 0, 0)‖ = √650/26
    QVERIFY(close(normalizedMpjpe({prediction, 2}, {truth, 2}), std::sqrt(650.0) / 26 / 2));
    QVERIFY(close(procrustesMpjpe({prediction, 2}, {truth, 2}), 0.0)); // two points always fit
    const std::vector<double> weight{0.5};
    QVERIFY(close(weightedMpjpe({prediction, 2}, {truth, 2}, weight), 1.25));
}

void TestMetrics::similarityIsRemovedAndReflectionIsNot()
{
    const std::vector<double> truth{0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3};
    std::vector<double> similar, mirrored;
    for (std::size_t i = 0; i < truth.size(); i += 3) { // turned by 90° about z, scaled, moved
        similar.insert(similar.end(), {5 - 2 * truth[i + 1], 1 + 2 * truth[i], 2 * truth[i + 2]});
        mirrored.insert(mirrored.end(), {-truth[i], truth[i + 1], truth[i + 2]});
    }
    QVERIFY(procrustesMpjpe({similar, 4}, {truth, 4}) < 1e-12);
    QVERIFY(procrustesMpjpe({mirrored, 4}, {truth, 4}) > 0.1);
}

void TestMetrics::velocityIgnoresAConstantOffset()
{
    const std::vector<double> truth{0, 0, 0, 1, 0, 0, 3, 0, 0};
    const std::vector<double> prediction{7, 0, 0, 8, 0, 0, 10, 0, 2};
    QVERIFY(close(mpjve({prediction, 1}, {truth, 1}), 1.0));
    QVERIFY(close(mpjve({std::span(prediction).first(3), 1}, {std::span(truth).first(3), 1}), 0.0));
}

void TestMetrics::aucCountsTheZeroThreshold()
{
    const std::vector<double> errors{0.0, 7.0, 500.0, 150.0};
    QVERIFY(close(pck3d(errors, 150), 0.5));
    // thresholds 0: none; 5: one; 10 … 150: two of four
    QVERIFY(close(pck3dAuc(errors, 5, 150), (0 + 0.25 + 29 * 0.5) / 31));
}

void TestMetrics::reportAveragesFramesAndActionsDifferently()
{
    const std::vector<double> truth(3 * 3, 0.0);
    const std::vector<double> prediction{1, 0, 0, 1, 0, 0, 1, 0, 0};
    ErrorReport report({"root"});
    report.add("walk", "a", {prediction, 1}, {truth, 1});
    report.add("sit", "a", {std::span(truth).first(3), 1}, {std::span(truth).first(3), 1});
    QVERIFY(close(report.overall().mpjpe.mean(), 0.75));
    QVERIFY(close(report.actionMeans().at("mpjpe"), 0.5));
    QVERIFY(close(report.bySubject().at("a").mpjpe.jointMean(0), 0.75));
    const nlohmann::json json = report.toJson(1000);
    QVERIFY(close(json["by_action"]["walk"]["mpjpe"].get<double>(), 1000));
    QCOMPARE(json["by_action"]["walk"]["frames"].get<int>(), 3);
    QCOMPARE(report.overall().mpjve.frames, std::int64_t(2));
}

void TestMetrics::goldenVideoPose3d_data()
{
    QTest::addColumn<QString>("block");
    for (const char *block : {"noisy", "random", "similar", "mirrored", "scaled", "planar"})
        QTest::newRow(block) << QString::fromLatin1(block);
}

void TestMetrics::goldenVideoPose3d()
{
    POSELIFT_REQUIRE_DATA(folder, "POSELIFT_GOLDEN");
    QFETCH(QString, block);
    const H5File file(folder / "metrics_videopose3d.h5");
    const std::string at = block.toStdString() + "/";
    const auto prediction = file.values(at + "pred");
    const auto truth = file.values(at + "gt");
    const PoseArrayView p{prediction, 17};
    const PoseArrayView g{truth, 17};
    QVERIFY(close(mpjpe(p, g), file.scalar(at + "mpjpe")));
    QVERIFY(close(weightedMpjpe(p, g, file.values(at + "w")), file.scalar(at + "weighted_mpjpe")));
    QVERIFY(close(procrustesMpjpe(p, g), file.scalar(at + "p_mpjpe")));
    QVERIFY(close(normalizedMpjpe(p, g), file.scalar(at + "n_mpjpe")));
    QVERIFY(close(mpjve(p, g), file.scalar(at + "mean_velocity_error")));

    ErrorReport report(std::vector<std::string>(17, "joint"));
    report.add("", "", p, g);
    const auto perJoint = file.values(at + "mpjpe_per_joint");
    for (int j = 0; j < 17; ++j)
        QVERIFY(close(report.overall().mpjpe.jointMean(j), perJoint.at(static_cast<std::size_t>(j))));
    const auto perFrame = file.values(at + "p_mpjpe_per_frame");
    for (std::size_t t = 0; t < perFrame.size(); ++t) {
        const std::size_t begin = t * 51;
        QVERIFY(close(procrustesMpjpe({std::span(prediction).subspan(begin, 51), 17},
                                      {std::span(truth).subspan(begin, 51), 17}),
                      perFrame[t]));
    }
}

void TestMetrics::goldenMaskedMetrics()
{
    POSELIFT_REQUIRE_DATA(folder, "POSELIFT_GOLDEN");
    const H5File file(folder / "metrics_other.h5");
    const auto prediction = file.values("j14/pred_mm");
    const auto truth = file.values("j14/gt_mm");
    const auto mask = file.values<std::uint8_t>("j14/mask");
    const PoseArrayView p{prediction, 14};
    const PoseArrayView g{truth, 14};
    QVERIFY(close(procrustesMpjpe(p, g), file.scalar("j14/spin_recon_error_mean")));
    const std::pair<const char *, PoseAlignment> cases[]{{"j14/mmpose_masked_mpjpe_none", PoseAlignment::None},
                                                         {"j14/mmpose_masked_mpjpe_scale", PoseAlignment::Scale},
                                                         {"j14/mmpose_masked_mpjpe_procrustes", PoseAlignment::Procrustes}};
    for (const auto &[name, alignment] : cases) {
        const auto errors = jointErrors(p, g, alignment);
        double sum = 0;
        int count = 0;
        for (std::size_t i = 0; i < errors.size(); ++i) {
            sum += mask[i] != 0 ? errors[i] : 0.0;
            count += mask[i] != 0 ? 1 : 0;
        }
        QVERIFY(close(sum / count, file.scalar(name)));
    }
}

void TestMetrics::golden3dpck()
{
    POSELIFT_REQUIRE_DATA(folder, "POSELIFT_GOLDEN");
    const H5File file(folder / "metrics_other.h5");
    const auto errors = file.values("j14/err_pelvis_aligned");
    QVERIFY(close(pck3d(errors, 150), file.scalar("j14/pck3d_150")));
    QVERIFY(close(pck3dAuc(errors, 5, 150), file.scalar("j14/auc_0_150_31thr")));
    QVERIFY(close(pck3dAuc(errors, 5, 195), file.scalar("j14/auc_0_195_40thr")));
}

void TestMetrics::goldenKeypointMetrics()
{
    POSELIFT_REQUIRE_DATA(folder, "POSELIFT_GOLDEN");
    const H5File file(folder / "metrics_other.h5");
    const auto prediction = file.values("kp2d/pred");
    const auto truth = file.values("kp2d/gt");
    const auto known = file.values<std::uint8_t>("kp2d/mask");
    const KeypointComparison data{prediction, truth, known, 16};

    const PckResult boxes = pck(data, file.values("kp2d/bbox_size_wh"), 0.05);
    const auto expected = file.values("kp2d/mmpose_pck005_bbox_per_joint");
    for (std::size_t j = 0; j < expected.size(); ++j)
        QVERIFY(close(boxes.perKeypoint[j], expected[j]));
    QVERIFY(close(boxes.mean, file.scalar("kp2d/mmpose_pck005_bbox_avg")));
    QVERIFY(close(pckAuc(data, 30, 20), file.scalar("kp2d/mmpose_auc_norm30_20thr"), 1e-7));

    const PckResult heads = pckh(data, file.values("kp2d/head_size"));
    const auto percent = file.values("kp2d/pckh05_per_joint");
    for (std::size_t j = 0; j < percent.size(); ++j)
        QVERIFY(close(100 * heads.perKeypoint[j], percent[j]));
    const int excluded[]{6, 7};
    QVERIFY(close(100 * weightedMean(heads, excluded), file.scalar("kp2d/pckh05_mean_excl_pelvis_thorax_weighted")));
}

void TestMetrics::goldenOks()
{
    POSELIFT_REQUIRE_DATA(folder, "POSELIFT_GOLDEN");
    const H5File file(folder / "metrics_other.h5");
    const auto prediction = file.values("oks/pred");
    const auto truth = file.values("oks/gt");
    const auto visibility = file.values<std::uint8_t>("oks/v");
    const auto area = file.values("oks/area");
    const auto sigmas = file.values("oks/sigmas");
    const auto expected = file.values("oks/oks");
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const double found = oks(std::span(prediction).subspan(i * 34, 34), std::span(truth).subspan(i * 34, 34),
                                 std::span(visibility).subspan(i * 17, 17), area[i], sigmas);
        QVERIFY(close(found, expected[i]));
    }
}

QTEST_APPLESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
