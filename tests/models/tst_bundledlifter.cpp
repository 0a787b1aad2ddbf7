#include "core/metrics/jointmetrics.h"
#include "models/lifter.h"
#include "tests/support/syntheticclip.h"

#include <QtTest/QtTest>

using namespace poselift;

namespace {

/// Joints of all frames, [T, J, 3], relative to the root joint (index 0 of Human3.6M-17).
std::vector<double> relativeJoints(const JointTrack &track)
{
    const std::vector<double> joints(track.xyz.begin(), track.xyz.end());
    return rootRelative({joints, track.jointCount}, 0);
}

} // namespace

class TestBundledLifter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void bundledModelIsTheDefault();
    void liftsASyntheticWalk_data();
    void liftsASyntheticWalk();
};

void TestBundledLifter::initTestCase()
{
    qputenv("POSELIFT_MODELS", "/nonexistent"); // a user's own models must not take part
}

void TestBundledLifter::bundledModelIsTheDefault()
{
    const Result<std::unique_ptr<Lifter>> lifter = createLifter({});
    QVERIFY2(lifter.ok(), lifter.ok() ? "" : lifter.error().sentence().c_str());
    QCOMPARE((*lifter)->name(), std::string("vp3d_cmu_rf81"));
    QCOMPARE((*lifter)->skeleton().name, std::string("h36m17"));
    QCOMPARE((*lifter)->framesPerSecond(), 30.0);
}

void TestBundledLifter::liftsASyntheticWalk_data()
{
    QTest::addColumn<double>("noisePx");
    QTest::addColumn<double>("missingShare");
    QTest::addColumn<double>("largestMpjpe");          // m
    QTest::addColumn<double>("largestProcrustesMpjpe"); // m
    // Errors on val are a third lower; the figure's body is none of those the model has seen.
    QTest::newRow("exact") << 0.0 << 0.0 << 0.12 << 0.08;
    QTest::newRow("noisy") << 3.0 << 0.02 << 0.14 << 0.10;
}

void TestBundledLifter::liftsASyntheticWalk()
{
    QFETCH(double, noisePx);
    QFETCH(double, missingShare);
    QFETCH(double, largestMpjpe);
    QFETCH(double, largestProcrustesMpjpe);
    SyntheticClipOptions options;
    options.noisePx = noisePx;
    options.missingShare = missingShare;
    const SyntheticClip clip = makeSyntheticClip(options);
    const Result<std::unique_ptr<Lifter>> lifter = createLifter({});
    QVERIFY(lifter.ok());
    const Result<JointTrack> lifted
        = (*lifter)->lift(clip.keypoints.front(), clip.skeleton2d, clip.seconds, clip.camera, {});
    QVERIFY2(lifted.ok(), lifted.ok() ? "" : lifted.error().sentence().c_str());
    QCOMPARE(lifted->frameCount(), clip.joints.front().frameCount());
    const std::vector<double> prediction = relativeJoints(*lifted);
    const std::vector<double> truth = relativeJoints(clip.joints.front());
    const double error = mpjpe({prediction, 17}, {truth, 17});
    const double procrustes = procrustesMpjpe({prediction, 17}, {truth, 17});
    qInfo("MPJPE %.1f mm, P-MPJPE %.1f mm", 1000 * error, 1000 * procrustes);
    QVERIFY(error > 0.001 && error < largestMpjpe);
    QVERIFY(procrustes < largestProcrustesMpjpe);
}

QTEST_APPLESS_MAIN(TestBundledLifter)
#include "tst_bundledlifter.moc"
