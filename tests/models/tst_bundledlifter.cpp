#include "core/metrics/jointmetrics.h"
#include "models/lifter.h"
#include "models/train/comparedjoints.h"
#include "tests/support/syntheticclip.h"

#include <QtTest/QtTest>

using namespace poselift;

namespace {

std::vector<double> jointsOf(const JointTrack &track)
{
    return {track.xyz.begin(), track.xyz.end()};
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
    QTest::addColumn<QString>("model");
    QTest::addColumn<double>("noisePx");
    QTest::addColumn<double>("missingShare");
    QTest::addColumn<double>("largestMpjpe");          // m
    QTest::addColumn<double>("largestProcrustesMpjpe"); // m
    // Errors on val are a third lower; the figure's body is none of those the model has seen.
    QTest::newRow("exact") << QString() << 0.0 << 0.0 << 0.12 << 0.08;
    QTest::newRow("noisy") << QString() << 3.0 << 0.02 << 0.14 << 0.10;
    QTest::newRow("243 frames") << QStringLiteral("vp3d_cmu_rf243") << 0.0 << 0.0 << 0.12 << 0.08;
    QTest::newRow("baseline") << QStringLiteral("baseline_cmu") << 0.0 << 0.0 << 0.14 << 0.10;
    QTest::newRow("adversarial") << QStringLiteral("adversarial_cmu") << 0.0 << 0.0 << 0.20 << 0.12;
}

void TestBundledLifter::liftsASyntheticWalk()
{
    QFETCH(QString, model);
    QFETCH(double, noisePx);
    QFETCH(double, missingShare);
    QFETCH(double, largestMpjpe);
    QFETCH(double, largestProcrustesMpjpe);
    SyntheticClipOptions options;
    options.noisePx = noisePx;
    options.missingShare = missingShare;
    const SyntheticClip clip = makeSyntheticClip(options);
    LifterOptions lifting;
    lifting.model = model.toStdString();
    const Result<std::unique_ptr<Lifter>> lifter = createLifter(lifting);
    QVERIFY2(lifter.ok(), lifter.ok() ? "" : lifter.error().sentence().c_str());
    const Result<JointTrack> lifted
        = (*lifter)->lift(clip.keypoints.front(), clip.skeleton2d, clip.seconds, clip.camera, {});
    QVERIFY2(lifted.ok(), lifted.ok() ? "" : lifted.error().sentence().c_str());
    QCOMPARE(lifted->frameCount(), clip.joints.front().frameCount());
    const ComparedJoints joints(*findSkeleton("h36m17"), (*lifter)->skeleton());
    const int count = static_cast<int>(joints.names().size());
    const std::vector<double> prediction = joints.ofPrediction(jointsOf(*lifted));
    const std::vector<double> truth = joints.ofTruth(jointsOf(clip.joints.front()));
    const double error = mpjpe({prediction, count}, {truth, count});
    const double procrustes = procrustesMpjpe({prediction, count}, {truth, count});
    qInfo("MPJPE %.1f mm, P-MPJPE %.1f mm", 1000 * error, 1000 * procrustes);
    QVERIFY(error > 0.001 && error < largestMpjpe);
    QVERIFY(procrustes < largestProcrustesMpjpe);
}

QTEST_APPLESS_MAIN(TestBundledLifter)
#include "tst_bundledlifter.moc"
