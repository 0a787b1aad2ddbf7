#include "core/io/weightsfile.h"
#include "models/lift/lifterinput.h"
#include "tests/support/environment.h"

#include <Eigen/Geometry>

#include <cmath>
#include <numeric>
#include <random>

using namespace poselift;

namespace {

using Body = std::vector<Eigen::Vector3d>; ///< 14 joints, metres, any frame

/// A standing figure that swings its limbs; hips at the origin, y down, facing the camera.
Body figure(double seconds)
{
    const double swing = 0.5 * std::sin(2 * M_PI * seconds);
    Body body{{0.19, -0.49, 0}, {-0.19, -0.49, 0},
              {0.22, -0.18, 0.15 * swing}, {-0.22, -0.18, -0.15 * swing},
              {0.24, 0.05, 0.4 * swing},   {-0.24, 0.05, -0.4 * swing},
              {0.1, 0, 0},                 {-0.1, 0, 0},
              {0.1, 0.41, -0.2 * swing},   {-0.1, 0.41, 0.2 * swing},
              {0.1, 0.80, -0.3 * swing},   {-0.1, 0.80, 0.3 * swing}};
    body.push_back((body[6] + body[7]) / 2);
    body.push_back((body[0] + body[1]) / 2);
    return body;
}

CameraIntrinsics camera(double focal, int width, int height)
{
    CameraIntrinsics intrinsics = assumedIntrinsics(width, height);
    intrinsics.fx = intrinsics.fy = focal;
    return intrinsics;
}

std::vector<Pose2D> filmed(const CameraIntrinsics &intrinsics, const RigidTransform &cameraFromBody, int frames = 50)
{
    std::vector<Pose2D> poses;
    for (int frame = 0; frame < frames; ++frame) {
        Pose2D pose;
        for (const Eigen::Vector3d &joint : figure(frame / 50.0)) {
            const Eigen::Vector2d pixel = project(intrinsics, cameraFromBody * joint);
            pose.push_back({pixel.x(), pixel.y(), 0.8F, KeypointState::Visible, KeypointOrigin::Detected});
        }
        poses.push_back(pose);
    }
    return poses;
}

double largestDifference(const std::vector<float> &a, const std::vector<float> &b)
{
    double largest = a.size() == b.size() ? 0 : 1e9;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        largest = std::max(largest, static_cast<double>(std::abs(a[i] - b[i])));
    return largest;
}

RigidTransform away(double metres)
{
    RigidTransform transform;
    transform.translation = {0, 0, metres};
    return transform;
}

} // namespace

class TestLifterInput : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void featuresAreRoughlyMetres();
    void focalLengthAndPictureSizeDropOut();
    void placeInThePictureDropsOut();
    void targetsOfTheVirtualCameraAgreeWithFeatures();
    void mirroringFeaturesIsMirroringThePicture();
    void missingJointsAreZero();
    void middleJointsAreDerivedFromTheirPair();
    void missingHipIsInterpolated();
    void nothingKnownGivesFiniteZeros();
    void goldenScreenNormalisation();
};

void TestLifterInput::featuresAreRoughlyMetres()
{
    const LifterInput input = makeLifterInput(filmed(camera(1200, 1000, 1000), away(5)), camera(1200, 1000, 1000), 50);
    QCOMPARE(input.frameCount(), 50);
    QVERIFY(std::abs(1 / input.scale[25] - 5) < 1);
    const float *midShoulder = &input.features[static_cast<std::size_t>(13 * 3)];
    QVERIFY(std::abs(midShoulder[0]) < 1e-5);
    QVERIFY(std::abs(midShoulder[1] + 0.49) < 0.1);
    QCOMPARE(midShoulder[2], 0.8F);
}

void TestLifterInput::focalLengthAndPictureSizeDropOut()
{
    const CameraIntrinsics wide = camera(700, 1920, 1080);
    CameraIntrinsics tele = camera(2100, 640, 480);
    tele.cx = 100;
    tele.radial = {0.05, -0.01, 0};
    const LifterInput a = makeLifterInput(filmed(wide, away(4)), wide, 50);
    const LifterInput b = makeLifterInput(filmed(tele, away(4)), tele, 50);
    QVERIFY(largestDifference(a.features, b.features) < 1e-4);
}

void TestLifterInput::placeInThePictureDropsOut()
{
    const CameraIntrinsics intrinsics = camera(900, 1920, 1080);
    // Turning the camera about its own centre moves the person to the picture's edge.
    RigidTransform turned = away(4);
    const Eigen::Matrix3d rotation = Eigen::AngleAxisd(0.5, Eigen::Vector3d::UnitY()).toRotationMatrix();
    turned = RigidTransform{rotation, Eigen::Vector3d::Zero()} * turned;
    const LifterInput a = makeLifterInput(filmed(intrinsics, away(4)), intrinsics, 50);
    const LifterInput b = makeLifterInput(filmed(intrinsics, turned), intrinsics, 50);
    QVERIFY(largestDifference(a.features, b.features) < 1e-4);
    QVERIFY((b.virtualFromCamera[0] * rotation - Eigen::Matrix3d::Identity()).norm() < 1e-6);
}

void TestLifterInput::targetsOfTheVirtualCameraAgreeWithFeatures()
{
    const CameraIntrinsics intrinsics = camera(900, 1920, 1080);
    RigidTransform transform = away(4);
    transform.translation.x() = 2.0;
    transform.translation.y() = -0.7;
    const LifterInput input = makeLifterInput(filmed(intrinsics, transform), intrinsics, 50);
    for (int joint = 0; joint < 14; ++joint) {
        const Eigen::Vector3d inVirtual = input.virtualFromCamera[7] * (transform * figure(7 / 50.0)[static_cast<std::size_t>(joint)]);
        const float *feature = &input.features[static_cast<std::size_t>((7 * 14 + joint) * 3)];
        QVERIFY(std::abs(feature[0] - inVirtual.x() / inVirtual.z() / input.scale[7]) < 1e-5);
        QVERIFY(std::abs(feature[1] - inVirtual.y() / inVirtual.z() / input.scale[7]) < 1e-5);
    }
}

void TestLifterInput::mirroringFeaturesIsMirroringThePicture()
{
    const CameraIntrinsics intrinsics = camera(900, 1920, 1080);
    RigidTransform transform = away(4);
    transform.translation.x() = 1.0;
    std::vector<Pose2D> poses = filmed(intrinsics, transform);
    LifterInput direct = makeLifterInput(poses, intrinsics, 50);
    mirrorFeatures(direct.features);
    for (Pose2D &pose : poses) {
        for (const auto &[left, right] : lifterInputPairs())
            std::swap(pose[static_cast<std::size_t>(left)], pose[static_cast<std::size_t>(right)]);
        for (Keypoint2D &keypoint : pose)
            keypoint.x = 1920 - keypoint.x;
    }
    const LifterInput mirrored = makeLifterInput(poses, intrinsics, 50);
    QVERIFY(largestDifference(direct.features, mirrored.features) < 1e-5);
}

void TestLifterInput::missingJointsAreZero()
{
    const CameraIntrinsics intrinsics = camera(900, 1920, 1080);
    std::vector<Pose2D> poses = filmed(intrinsics, away(4));
    poses[3][4].state = KeypointState::Missing;
    const LifterInput input = makeLifterInput(poses, intrinsics, 50);
    for (std::size_t i = 0; i < 3; ++i)
        QCOMPARE(input.features[(3 * 14 + 4) * 3 + i], 0.0F);
}

void TestLifterInput::middleJointsAreDerivedFromTheirPair()
{
    std::vector<float> xy(2 * 24);
    std::iota(xy.begin(), xy.end(), 0.0F);
    std::vector<float> confidence(24, 0.9F);
    confidence[6] = 0.4F;      // frame 0: left hip unsure
    confidence[12 + 1] = 0.0F; // frame 1: right shoulder missing
    const LimbRays rays = withDerivedJoints(xy, confidence);
    QCOMPARE(rays.confidence.size(), std::size_t{28});
    QCOMPARE(rays.xy[2 * 12], (xy[12] + xy[14]) / 2);
    QCOMPARE(rays.xy[2 * 13 + 1], (xy[1] + xy[3]) / 2);
    QCOMPARE(rays.confidence[12], 0.4F);
    QCOMPARE(rays.confidence[14 + 13], 0.0F);
    QCOMPARE(rays.xy[2 * 14], xy[24]);
}

void TestLifterInput::missingHipIsInterpolated()
{
    const CameraIntrinsics intrinsics = camera(900, 1920, 1080);
    std::vector<Pose2D> poses = filmed(intrinsics, away(4));
    const LifterInput complete = makeLifterInput(poses, intrinsics, 50);
    for (std::size_t frame = 10; frame < 20; ++frame)
        poses[frame][12].state = KeypointState::Missing;
    const LifterInput input = makeLifterInput(poses, intrinsics, 50);
    for (std::size_t frame = 10; frame < 20; ++frame)
        QVERIFY((input.virtualFromCamera[frame] - complete.virtualFromCamera[frame]).norm() < 1e-6);
    // Never seen: guessed below the shoulders, within 25 cm at 4 m.
    for (Pose2D &pose : poses)
        pose[12].state = KeypointState::Missing;
    const LifterInput guessed = makeLifterInput(poses, intrinsics, 50);
    const Eigen::Vector3d hip = guessed.virtualFromCamera[0] * Eigen::Vector3d(0, 0, 4);
    QVERIFY(hip.head<2>().norm() < 0.25);
}

void TestLifterInput::nothingKnownGivesFiniteZeros()
{
    const std::vector<Pose2D> poses(5, Pose2D(14));
    const LifterInput input = makeLifterInput(poses, camera(900, 1920, 1080), 50);
    QCOMPARE(input.features, std::vector<float>(5 * 14 * 3, 0.0F));
    QVERIFY(input.scale[0] > 0);
    QCOMPARE(makeLifterInput(std::vector<Pose2D>(), camera(900, 1920, 1080), 50).frameCount(), 0);
}

void TestLifterInput::goldenScreenNormalisation()
{
    POSELIFT_REQUIRE_DATA(golden, "POSELIFT_GOLDEN");
    const Result<WeightsFile> file = readWeights(golden / "cameras_videopose3d.h5"); // as float32
    QVERIFY(file.ok());
    const std::vector<float> &pixels = file->arrays.at("screen/pixels").values;
    const std::vector<float> &normalised = file->arrays.at("screen/normalize_w1000_h1002").values;
    QCOMPARE(pixels.size(), std::size_t{100});
    for (std::size_t i = 0; i < pixels.size(); i += 2) {
        const Eigen::Vector2d pixel(pixels[i], pixels[i + 1]);
        const Eigen::Vector2d point = normaliseScreen(pixel, 1000, 1002);
        QVERIFY((point - Eigen::Vector2d(normalised[i], normalised[i + 1])).norm() < 1e-6);
        QVERIFY((denormaliseScreen(point, 1000, 1002) - pixel).norm() < 1e-9);
    }
}

QTEST_APPLESS_MAIN(TestLifterInput)
#include "tst_lifterinput.moc"
