#include "core/pose/skeletonmapping.h"
#include "tests/support/syntheticclip.h"

#include <QtTest/QtTest>

using namespace poselift;

class TestFigure : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void skeletonServesHuman36mAndCoco();
    void boneLengthsAreConstant_data();
    void boneLengthsAreConstant();
    void theStandingFootDoesNotSlide();
    void feetStayAboveTheGround();
    void kneesBendForward();
    void motionIsSmooth();
    void walksAlongItsPath();
    void truthProjectsOntoTruth();
    void sameSeedSameScene();
    void theFirstFigureStaysInThePicture();
    void noiseHasTheSizeAskedFor();
};

namespace {

std::vector<FigureMotion> motions()
{
    return {{.speed = 1.2},
            {.heading = 1.0, .speed = 0.9, .turnRate = -0.3, .waveBegin = 1.0, .waveEnd = 3.0},
            {.waveBegin = 0.5, .waveEnd = 2.0, .crouchDepth = 0.3}};
}

std::size_t indexOf(const char *joint)
{
    return static_cast<std::size_t>(Figure::skeleton().indexOf(joint));
}

} // namespace

void TestFigure::skeletonServesHuman36mAndCoco()
{
    for (const char *name : {"h36m17", "coco17", "lsp14"}) {
        const Skeleton skeleton = *findSkeleton(name);
        const auto mapping = SkeletonMapping::create(Figure::skeleton(), skeleton.joints);
        QVERIFY2(mapping.ok(), mapping.ok() ? "" : mapping.error().sentence().c_str());
    }
}

void TestFigure::boneLengthsAreConstant_data()
{
    QTest::addColumn<int>("motion");
    for (int i = 0; i < static_cast<int>(motions().size()); ++i)
        QTest::addRow("motion %d", i) << i;
}

void TestFigure::boneLengthsAreConstant()
{
    QFETCH(int, motion);
    const Figure figure(FigureShape::ofHeight(1.8), motions()[static_cast<std::size_t>(motion)]);
    const auto first = figure.jointsAt(0);
    for (double seconds = 0; seconds < 6; seconds += 0.05) {
        const auto joints = figure.jointsAt(seconds);
        for (const auto &[parent, child] : Figure::skeleton().bones) {
            const auto length = [parent = static_cast<std::size_t>(parent), child = static_cast<std::size_t>(child)](
                                    const auto &pose) { return (pose[parent] - pose[child]).norm(); };
            QVERIFY2(std::abs(length(joints) - length(first)) < 1e-9,
                     Figure::skeleton().joints[static_cast<std::size_t>(child)].c_str());
        }
    }
}

void TestFigure::theStandingFootDoesNotSlide()
{
    const Figure figure({}, {.speed = 1.0, .strideSeconds = 1.2});
    // The left foot is planted in the first 62 % of a stride; its heel rises towards the end.
    const Eigen::Vector3d planted = figure.jointsAt(0.36)[indexOf("left_ankle")];
    for (double seconds = 0.24; seconds < 0.5; seconds += 0.02)
        QVERIFY((figure.jointsAt(seconds)[indexOf("left_ankle")] - planted).norm() < 1e-6);
}

void TestFigure::feetStayAboveTheGround()
{
    for (const FigureMotion &motion : motions()) {
        const Figure figure({}, motion);
        for (double seconds = 0; seconds < 6; seconds += 0.03) {
            for (const Eigen::Vector3d &joint : figure.jointsAt(seconds))
                QVERIFY(joint.y() > 0.0);
        }
    }
}

void TestFigure::kneesBendForward()
{
    std::vector<Pose3D> poses;
    const Figure figure({}, {.speed = 1.1, .turnRate = 0.2, .crouchDepth = 0.2});
    for (double seconds = 0; seconds < 5; seconds += 0.1) {
        Pose3D pose;
        for (const Eigen::Vector3d &joint : figure.jointsAt(seconds))
            pose.push_back({joint.x(), joint.y(), joint.z(), true});
        poses.push_back(pose);
    }
    QCOMPARE(flippedShare(Figure::skeleton(), poses), 0.0);
}

void TestFigure::motionIsSmooth()
{
    for (const FigureMotion &motion : motions()) {
        const Figure figure({}, motion);
        auto before = figure.jointsAt(0);
        for (double seconds = 0.01; seconds < 6; seconds += 0.01) {
            const auto now = figure.jointsAt(seconds);
            for (std::size_t joint = 0; joint < now.size(); ++joint) {
                const double speed = (now[joint] - before[joint]).norm() / 0.01;
                QVERIFY2(speed < 8.0, qPrintable(QStringLiteral("joint %1 at %2 s: %3 m/s").arg(joint).arg(seconds).arg(speed)));
            }
            before = now;
        }
    }
}

void TestFigure::walksAlongItsPath()
{
    const Figure straight({}, {.start = {1, 2}, .heading = 0.5, .speed = 1.0});
    const Eigen::Vector3d root = straight.jointsAt(4)[indexOf("root")];
    QVERIFY(std::abs(root.x() - (1 + 4 * std::sin(0.5))) < 1e-9);
    QVERIFY(std::abs(root.z() - (2 + 4 * std::cos(0.5))) < 1e-9);
    // A full circle ends where it began.
    const double turnRate = 0.5;
    const Figure circle({}, {.start = {1, 2}, .speed = 1.0, .turnRate = turnRate});
    const Eigen::Vector3d end = circle.jointsAt(2 * M_PI / turnRate)[indexOf("root")];
    QVERIFY(std::hypot(end.x() - 1, end.z() - 2) < 1e-9);
}

// 3D truth through the camera is the 2D truth: float storage is all that differs.
void TestFigure::truthProjectsOntoTruth()
{
    const SyntheticClip clip = makeSyntheticClip({.frames = 200, .people = 2});
    QCOMPARE(clip.joints.size(), std::size_t(2));
    int compared = 0;
    for (std::size_t person = 0; person < clip.joints.size(); ++person) {
        const JointTrack &joints = clip.joints[person];
        QCOMPARE(clip.keypoints[person].id, joints.id);
        for (std::int64_t frame = joints.firstFrame; frame < joints.endFrame(); ++frame) {
            const Pose3D pose = joints.pose(frame);
            for (int joint = 0; joint < joints.jointCount; ++joint) {
                const int keypointIndex = clip.skeleton2d.indexOf(clip.skeleton3d.joints[static_cast<std::size_t>(joint)]);
                if (keypointIndex < 0)
                    continue;
                const Joint3D &point = pose[static_cast<std::size_t>(joint)];
                QVERIFY(point.valid);
                const Eigen::Vector2d pixel = project(clip.camera, {point.x, point.y, point.z});
                const Keypoint2D keypoint = clip.keypoints[person].keypoint(frame, keypointIndex);
                QVERIFY(std::hypot(pixel.x() - keypoint.x, pixel.y() - keypoint.y) < 0.01);
                ++compared;
            }
        }
    }
    QVERIFY(compared > 200 * 12);
}

void TestFigure::sameSeedSameScene()
{
    const SyntheticClip one = makeSyntheticClip({.people = 2, .seed = 5, .noisePx = 2.0});
    const SyntheticClip same = makeSyntheticClip({.people = 2, .seed = 5, .noisePx = 2.0});
    const SyntheticClip other = makeSyntheticClip({.people = 2, .seed = 6, .noisePx = 2.0});
    QVERIFY(one.joints == same.joints && one.keypoints == same.keypoints);
    QVERIFY(one.joints != other.joints);
}

void TestFigure::theFirstFigureStaysInThePicture()
{
    for (std::uint32_t seed = 1; seed <= 5; ++seed) {
        const SyntheticClip clip = makeSyntheticClip({.frames = 210, .people = 2, .seed = seed});
        const KeypointTrack &track = clip.exactKeypoints[0];
        QCOMPARE(track.frameCount(), std::int64_t(210));
        for (std::int64_t frame = 0; frame < 210; ++frame) {
            for (const Keypoint2D &keypoint : track.pose(frame))
                QCOMPARE(keypoint.state, KeypointState::Visible);
        }
    }
}

void TestFigure::noiseHasTheSizeAskedFor()
{
    const SyntheticClip clip = makeSyntheticClip({.frames = 300, .noisePx = 3.0, .missingShare = 0.1});
    double squares = 0;
    int known = 0;
    int missing = 0;
    for (std::int64_t frame = 0; frame < 300; ++frame) {
        for (int joint = 0; joint < 17; ++joint) {
            const Keypoint2D noisy = clip.keypoints[0].keypoint(frame, joint);
            const Keypoint2D exact = clip.exactKeypoints[0].keypoint(frame, joint);
            if (!noisy.isKnown()) {
                ++missing;
                continue;
            }
            squares += std::pow(noisy.x - exact.x, 2) + std::pow(noisy.y - exact.y, 2);
            ++known;
        }
    }
    QVERIFY(std::abs(std::sqrt(squares / (2 * known)) - 3.0) < 0.15);
    QVERIFY(std::abs(missing / 5100.0 - 0.1) < 0.02);
}

QTEST_APPLESS_MAIN(TestFigure)
#include "tst_figure.moc"
