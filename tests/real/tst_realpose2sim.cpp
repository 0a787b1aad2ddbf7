#include "core/io/openposefile.h"
#include "core/metrics/trackcoverage.h"
#include "core/pose/posebox.h"
#include "tests/real/realmodels.h"
#include "tests/support/environment.h"

#include <cmath>
#include <map>

using namespace poselift;
namespace fs = std::filesystem;

namespace {

/// Errors of the 12 limb joints as shares of the height of the person's keypoint box.
struct Noise
{
    std::map<int, std::vector<double>> perJoint;
    std::map<int, std::vector<double>> perConfidence; ///< tenths
    int counted = 0;
    int dropped = 0;  ///< confidence below 0.2
    int swapped = 0;  ///< nearer to the other side's joint
    double products = 0.0;
    double squares = 0.0;
    std::map<int, std::pair<double, double>> previous;

    void add(const Pose2D &found, const Pose2D &truth, const Skeleton &skeleton);
    void print(const Skeleton &skeleton) const;
};

double quantile(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0.0 : values[std::min(values.size() - 1, static_cast<std::size_t>(share * values.size()))];
}

void Noise::add(const Pose2D &found, const Pose2D &truth, const Skeleton &skeleton)
{
    const double height = boxOfPose(truth, 0.1F)->height;
    std::map<int, std::pair<double, double>> current;
    for (int joint = skeleton.indexOf("left_shoulder"); joint < skeleton.jointCount(); ++joint) {
        const Keypoint2D &reference = truth[joint];
        if (reference.confidence < 0.3F)
            continue;
        const double dx = (found[joint].x - reference.x) / height, dy = (found[joint].y - reference.y) / height;
        const double error = std::hypot(dx, dy);
        const Keypoint2D &other = truth[skeleton.mirrored(joint)];
        const double toOther = std::hypot(found[joint].x - other.x, found[joint].y - other.y) / height;
        const double apart = std::hypot(reference.x - other.x, reference.y - other.y) / height;
        ++counted;
        dropped += found[joint].confidence < 0.2F ? 1 : 0;
        swapped += other.confidence >= 0.3F && apart > 0.04 && toOther < error / 2 ? 1 : 0;
        perJoint[joint].push_back(error);
        perConfidence[static_cast<int>(found[joint].confidence * 10)].push_back(error);
        if (error < 0.1)
            current[joint] = {dx, dy};
        if (error < 0.1 && previous.contains(joint)) {
            products += dx * previous[joint].first + dy * previous[joint].second;
            squares += dx * dx + dy * dy;
        }
    }
    previous = current;
}

void Noise::print(const Skeleton &skeleton) const
{
    qInfo("keypoint error against OpenPose, share of the person's height: median, 90 %%");
    for (const auto &[joint, errors] : perJoint)
        qInfo("  %-15s %.4f %.4f", skeleton.joints[joint].c_str(), quantile(errors, 0.5), quantile(errors, 0.9));
    for (const auto &[tenth, errors] : perConfidence)
        qInfo("  confidence %.1f   %.4f %.4f (%zu)", tenth / 10.0, quantile(errors, 0.5), quantile(errors, 0.9), errors.size());
    qInfo("  confidence < 0.2: %.2f %%, sides swapped: %.2f %%, correlation from frame to frame: %.2f",
          100.0 * dropped / counted, 100.0 * swapped / counted, products / squares);
}

} // namespace

class TestRealPose2sim : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void oneTrackFollowsThePerson_data();
    void oneTrackFollowsThePerson();
    void cleanupTestCase();

private:
    Noise m_noise;
};

void TestRealPose2sim::oneTrackFollowsThePerson_data()
{
    QTest::addColumn<QString>("camera");
    for (const char *camera : {"cam01", "cam02", "cam03", "cam04"})
        QTest::newRow(camera) << QString::fromLatin1(camera);
}

// cam01 and cam02 are 1080 px wide while calibration and JSON may mean 1088 px: tst_pose2simframing shows
// that they are scaled by 1088 / 1080. That moves a joint by at most 8 px of a person about 650 px tall;
// nothing is corrected here.
void TestRealPose2sim::oneTrackFollowsThePerson()
{
    POSELIFT_REQUIRE_DATA(data, "POSELIFT_REAL_DATA");
    QFETCH(QString, camera);
    RealModels models(data);
    const fs::path take = data / "multiview_pose2sim" / "S00_P00_T01_BalancingTrial";
    const Result<PoseByFrame> reference = readOpenPoseFolder(take / "pose-associated" / (camera.toStdString() + "_json"));
    QVERIFY2(reference.ok(), reference ? "" : reference.error().sentence().c_str());
    QVERIFY(reference->size() >= 99);
    const Result<DetectedVideo> detected = models.detect(take / "videos" / (camera.toStdString() + ".mp4"));
    QVERIFY2(detected.ok(), detected ? "" : detected.error().sentence().c_str());

    const Skeleton &skeleton = detected->layer.skeleton;
    const FollowingTrack followed = trackNearPoses(detected->layer.tracks, *reference, skeleton.oksSigmas);
    qInfo("%s: one track in %.1f %% of %zu frames with OKS >= 0.5", qPrintable(camera), 100 * followed.share, reference->size());
    QVERIFY2(followed.share >= 0.95, qPrintable(QString::number(followed.share)));
    m_noise.previous.clear();
    for (const auto &[frame, truth] : *reference) {
        if (followed.track->isPresent(frame))
            m_noise.add(followed.track->pose(frame), truth, skeleton);
    }
}

void TestRealPose2sim::cleanupTestCase()
{
    const Result<Skeleton> skeleton = findSkeleton("coco17");
    if (skeleton && m_noise.counted > 0)
        m_noise.print(*skeleton);
}

QTEST_GUILESS_MAIN(TestRealPose2sim)
#include "tst_realpose2sim.moc"
