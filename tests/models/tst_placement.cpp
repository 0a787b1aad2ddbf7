#include "models/lift/placement.h"

#include <QtTest/QtTest>

#include <random>

using namespace poselift;

namespace {

constexpr int kPoints = 12;

/// A body of random joints within half a metre of its root, seen from roots along a straight walk.
struct Scene
{
    std::vector<Eigen::Vector3d> roots;
    std::vector<PlacementPoint> points;
};

Scene walk(int frames, double noise, unsigned seed = 1)
{
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> uniform(-0.5, 0.5);
    std::normal_distribution<double> gauss(0, noise > 0 ? noise : 1);
    Scene scene;
    for (int frame = 0; frame < frames; ++frame) {
        const Eigen::Vector3d root(-1 + 0.02 * frame, 0.3, 3 + 0.04 * frame);
        scene.roots.push_back(root);
        for (int i = 0; i < kPoints; ++i) {
            PlacementPoint point;
            point.relative = {uniform(random), 1.6 * uniform(random), uniform(random)};
            const Eigen::Vector3d joint = point.relative + root;
            point.ray = joint.head<2>() / joint.z();
            if (noise > 0)
                point.ray += Eigen::Vector2d(gauss(random), gauss(random));
            point.confidence = 0.3 + 0.7 * std::abs(uniform(random));
            scene.points.push_back(point);
        }
    }
    return scene;
}

double worst(const std::vector<Eigen::Vector3d> &found, const std::vector<Eigen::Vector3d> &expected)
{
    double largest = found.size() == expected.size() ? 0 : 1e9;
    for (std::size_t i = 0; i < std::min(found.size(), expected.size()); ++i)
        largest = std::max(largest, (found[i] - expected[i]).norm());
    return largest;
}

double depthRms(const std::vector<Eigen::Vector3d> &found, const std::vector<Eigen::Vector3d> &expected)
{
    double sum = 0;
    for (std::size_t i = 0; i < found.size(); ++i)
        sum += (found[i].z() - expected[i].z()) * (found[i].z() - expected[i].z());
    return std::sqrt(sum / static_cast<double>(found.size()));
}

} // namespace

class TestPlacement : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void exactOnNoiseFreeProjections();
    void straightWalksStayExactWhenSmoothed();
    void smoothingSteadiesTheDepth();
    void oneWildKeypointCountsLittle();
    void framesWithoutKeypointsFollowTheirNeighbours();
    void depthStaysPositive();
};

void TestPlacement::exactOnNoiseFreeProjections()
{
    const Scene scene = walk(60, 0);
    PlacementOptions options;
    options.depthSmoothingSeconds = 0;
    QVERIFY(worst(placeInCamera(scene.points, kPoints, options), scene.roots) < 1e-7);
}

void TestPlacement::straightWalksStayExactWhenSmoothed()
{
    const Scene scene = walk(60, 0);
    QVERIFY(worst(placeInCamera(scene.points, kPoints, {}), scene.roots) < 1e-6);
}

void TestPlacement::smoothingSteadiesTheDepth()
{
    const Scene scene = walk(100, 0.004); // 5 px at f = 1200
    PlacementOptions rough;
    rough.depthSmoothingSeconds = 0;
    const double before = depthRms(placeInCamera(scene.points, kPoints, rough), scene.roots);
    const double after = depthRms(placeInCamera(scene.points, kPoints, {}), scene.roots);
    QVERIFY2(after < 0.6 * before && after < 0.05, qPrintable(QStringLiteral("%1 → %2").arg(before).arg(after)));
}

void TestPlacement::oneWildKeypointCountsLittle()
{
    Scene scene = walk(30, 0);
    for (std::size_t frame = 0; frame < 30; ++frame)
        scene.points[frame * kPoints + 3].ray += Eigen::Vector2d(0.3, -0.2);
    QVERIFY(worst(placeInCamera(scene.points, kPoints, {}), scene.roots) < 0.15);
}

void TestPlacement::framesWithoutKeypointsFollowTheirNeighbours()
{
    Scene scene = walk(30, 0);
    for (std::size_t i = 10 * kPoints; i < 15 * kPoints; ++i)
        scene.points[i].confidence = 0;
    QVERIFY(worst(placeInCamera(scene.points, kPoints, {}), scene.roots) < 1e-6);
    for (PlacementPoint &point : scene.points)
        point.confidence = 0;
    for (const Eigen::Vector3d &root : placeInCamera(scene.points, kPoints, {}))
        QVERIFY(root.allFinite() && root.z() > 0);
    QVERIFY(placeInCamera({}, kPoints, {}).empty());
}

void TestPlacement::depthStaysPositive()
{
    Scene scene = walk(20, 0);
    for (PlacementPoint &point : scene.points)
        point.ray = -point.ray; // a picture that no body makes
    for (std::size_t frame = 0; frame < 20; ++frame) {
        const std::vector<Eigen::Vector3d> roots = placeInCamera(scene.points, kPoints, {});
        for (int i = 0; i < kPoints; ++i)
            QVERIFY(roots[frame].z() + scene.points[frame * kPoints + static_cast<std::size_t>(i)].relative.z() > 0);
    }
}

QTEST_APPLESS_MAIN(TestPlacement)
#include "tst_placement.moc"
