#include "core/geometry/camera.h"
#include "core/geometry/h36mcamera.h"
#include "tests/support/environment.h"
#include "tests/support/h5read.h"

#include <algorithm>

using namespace poselift;

namespace {

H36mCamera cameraAt(const std::vector<double> &intrinsic, std::size_t index)
{
    std::array<double, 9> parameters{};
    std::copy_n(intrinsic.begin() + static_cast<std::ptrdiff_t>(index * 9), 9, parameters.begin());
    return H36mCamera::fromParameters(parameters);
}

} // namespace

class TestH36mCamera : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goldenProjection_data();
    void goldenProjection();
    void goldenWorldToCamera();
    void goldenScreenCoordinates();
    void exactBrownUndoesItself();
};

void TestH36mCamera::goldenProjection_data()
{
    QTest::addColumn<QString>("block");
    QTest::newRow("in_view") << QStringLiteral("in_view");
    QTest::newRow("clamped") << QStringLiteral("clamped");
}

void TestH36mCamera::goldenProjection()
{
    POSELIFT_REQUIRE_DATA(folder, "POSELIFT_GOLDEN");
    QFETCH(QString, block);
    const H5File file(folder / "cameras_videopose3d.h5");
    const std::string at = block.toStdString();
    const auto intrinsic = file.values("intrinsic");
    const auto points = file.values(at + "/points_cam");
    const auto expected = file.values(at + "/project_to_2d");
    const auto linear = file.values(at + "/project_to_2d_linear");
    const std::size_t perCamera = points.size() / 3 / 4;
    double worst = 0;
    for (std::size_t i = 0; i < points.size() / 3; ++i) {
        const H36mCamera camera = cameraAt(intrinsic, i / perCamera);
        const Eigen::Vector3d point(points[3 * i], points[3 * i + 1], points[3 * i + 2]);
        const Eigen::Vector2d full = projectLikeVideoPose3D(camera, point);
        const Eigen::Vector2d plain = projectLinearLikeVideoPose3D(camera, point);
        worst = std::max({worst, (full - Eigen::Vector2d(expected[2 * i], expected[2 * i + 1])).norm(),
                          (plain - Eigen::Vector2d(linear[2 * i], linear[2 * i + 1])).norm()});
    }
    QVERIFY2(worst < 5e-6, qPrintable(QString::number(worst))); // the reference is float32
}

void TestH36mCamera::goldenWorldToCamera()
{
    POSELIFT_REQUIRE_DATA(folder, "POSELIFT_GOLDEN");
    const H5File file(folder / "cameras_videopose3d.h5");
    const auto orientation = file.values("extr/orientation_wxyz");
    const auto centre = file.values("extr/translation_m");
    const auto world = file.values("extr/points_world");
    const auto expected = file.values("extr/world_to_camera");
    const std::size_t points = world.size() / 3;
    double worst = 0;
    for (std::size_t c = 0; c < orientation.size() / 4; ++c) {
        const RigidTransform cameraFromWorld
            = cameraFromWorldOf(Eigen::Map<const Eigen::Vector4d>(&orientation[4 * c]),
                                Eigen::Map<const Eigen::Vector3d>(&centre[3 * c]));
        for (std::size_t i = 0; i < points; ++i) {
            const Eigen::Map<const Eigen::Vector3d> inWorld(&world[3 * i]);
            const Eigen::Map<const Eigen::Vector3d> inCamera(&expected[3 * (c * points + i)]);
            worst = std::max(worst, (cameraFromWorld * inWorld - inCamera).norm());
            worst = std::max(worst, (cameraFromWorld.inverse() * (cameraFromWorld * inWorld) - inWorld).norm());
        }
    }
    QVERIFY2(worst < 1e-5, qPrintable(QString::number(worst)));
}

void TestH36mCamera::goldenScreenCoordinates()
{
    POSELIFT_REQUIRE_DATA(folder, "POSELIFT_GOLDEN");
    const H5File file(folder / "cameras_videopose3d.h5");
    const auto pixels = file.values("screen/pixels");
    const auto expected = file.values("screen/normalize_w1000_h1002");
    for (std::size_t i = 0; i < pixels.size(); i += 2) {
        const Eigen::Vector2d pixel(pixels[i], pixels[i + 1]);
        const Eigen::Vector2d normalised = normalizeScreenCoordinates(pixel, 1000, 1002);
        QVERIFY((normalised - Eigen::Vector2d(expected[i], expected[i + 1])).norm() < 1e-12);
        QVERIFY((imageCoordinates(normalised, 1000, 1002) - pixel).norm() < 1e-9);
    }
}

void TestH36mCamera::exactBrownUndoesItself()
{
    CameraIntrinsics camera = assumedIntrinsics(1280, 720);
    camera.radial = {-0.2, 0.1, -0.01};
    camera.tangential = {0.002, -0.001};
    for (double x : {-0.4, 0.0, 0.3}) {
        const Eigen::Vector2d pixel = project(camera, {2 * x, -0.5, 2.0});
        QVERIFY((unproject(camera, pixel) - Eigen::Vector2d(x, -0.25)).norm() < 1e-9);
    }
}

QTEST_APPLESS_MAIN(TestH36mCamera)
#include "tst_h36mcamera.moc"
