// The Qt3D view on a real screen (or xvfb): what QRenderCapture shows, roughly.
#include "testpeople.h"

#include "widgets/scene3d/openglcheck.h"
#include "widgets/scene3d/sceneframe.h"
#include "widgets/scene3d/scenery.h"
#include "widgets/scene3d/sceneview.h"
#include "widgets/scene3d/screenshot.h"

#include <QLabel>
#include <QVBoxLayout>
#include <QtTest/QtTest>

#include <cmath>

using namespace poselift;
using namespace poselift::test;

namespace {

QImage capture(SceneView *view)
{
    QImage image;
    bool finished = false;
    view->captureImage([&](const QImage &captured) {
        image = captured;
        finished = true;
    });
    QElapsedTimer timer;
    timer.start();
    while (!finished && timer.elapsed() < 20000)
        QTest::qWait(10);
    return image;
}

/// Difference of hue in degrees: lighting changes brightness, not hue.
int hueDistance(QColor a, QColor b)
{
    const int d = std::abs(a.hsvHue() - b.hsvHue());
    return std::min(d, 360 - d);
}

QColor colourAt(const QImage &image, const SceneView &view, const Joint3D &joint)
{
    const QSizeF size = view.captureRect().size();
    const QPointF p = *view.eye().project(sceneFromCamera(joint), size) * image.width() / size.width();
    return image.pixelColor(p.toPoint());
}

void compareSides(const QImage &image, const SceneView &view, const Pose3D &pose)
{
    const PosePalette palette;
    const QColor left = colourAt(image, view, pose[4]), right = colourAt(image, view, pose[5]);
    QVERIFY2(hueDistance(left, palette.style(BodySide::Left).colour) < 15, qPrintable(left.name()));
    QVERIFY2(hueDistance(right, palette.style(BodySide::Right).colour) < 15, qPrintable(right.name()));
}

} // namespace

class TestSceneDisplay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void jointsAreDrawnWhereTheEyeProjectsThem();
    void frameChangeMovesThePicture();
    void cameraPresetMatchesTheVideo();
    void lightBackgroundIsLight();
    void screenshotContainsThe3dView();

private:
    std::unique_ptr<SceneView> makeView(double x);
};

void TestSceneDisplay::initTestCase()
{
    if (!openGlProblem().isEmpty())
        QSKIP(qPrintable(openGlProblem()));
}

std::unique_ptr<SceneView> TestSceneDisplay::makeView(double x)
{
    std::unique_ptr<SceneView> view(createSceneView());
    view->resize(400, 300);
    view->setSkeleton(smallSkeleton());
    view->setCamera(assumedIntrinsics(1920, 1080));
    view->setPeople({{3, smallPose3D(x, 0.5, 4.0)}});
    view->show();
    if (!QTest::qWaitForWindowExposed(view.get()))
        return {};
    return view;
}

void TestSceneDisplay::jointsAreDrawnWhereTheEyeProjectsThem()
{
    const auto view = makeView(0.0);
    QVERIFY(view && !view->isPaintedByWidget());
    const QImage image = capture(view.get());
    QVERIFY(!image.isNull());
    compareSides(image, *view, smallPose3D(0.0, 0.5, 4.0));
    QCOMPARE(image.pixelColor(2, 2), sceneColours(true).background);
}

void TestSceneDisplay::frameChangeMovesThePicture()
{
    const auto view = makeView(0.0);
    QVERIFY(!capture(view.get()).isNull());
    view->setPeople({{3, smallPose3D(0.4, 0.5, 4.0)}});
    compareSides(capture(view.get()), *view, smallPose3D(0.4, 0.5, 4.0));
    view->setPeople({});
    const QImage empty = capture(view.get());
    const QColor gone = colourAt(empty, *view, smallPose3D(0.4, 0.5, 4.0)[1]);
    QVERIFY2(gone.lightness() < 110, qPrintable(gone.name()));
}

void TestSceneDisplay::cameraPresetMatchesTheVideo()
{
    const auto view = makeView(0.3);
    const Pose3D pose = smallPose3D(0.3, -0.3, 4.0);
    view->setPeople({{3, pose}});
    view->showPreset(ViewPreset::Camera);
    const QImage image = capture(view.get());
    compareSides(image, *view, pose);
    // 1920 × 1080 in 400 × 300: scale 400/1920, bars of (300 − 225)/2 above and below.
    const Eigen::Vector2d pixel = project(assumedIntrinsics(1920, 1080), {pose[4].x, pose[4].y, pose[4].z});
    const QPointF p(pixel.x() * 400 / 1920, pixel.y() * 400 / 1920 + 37.5);
    const QColor colour = image.pixelColor((p * image.width() / 400.0).toPoint());
    QVERIFY(hueDistance(colour, PosePalette().style(BodySide::Left).colour) < 15);
}

void TestSceneDisplay::lightBackgroundIsLight()
{
    const auto view = makeView(0.0);
    view->setDarkBackground(false);
    QCOMPARE(capture(view.get()).pixelColor(2, 2), sceneColours(false).background);
}

void TestSceneDisplay::screenshotContainsThe3dView()
{
    QWidget window;
    auto *layout = new QVBoxLayout(&window);
    layout->addWidget(new QLabel(QStringLiteral("above"), &window));
    SceneView *view = createSceneView(&window);
    layout->addWidget(view, 1);
    view->setSkeleton(smallSkeleton());
    const Pose3D pose = smallPose3D(0.0, 0.5, 4.0);
    view->setPeople({{3, pose}});
    window.resize(500, 400);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    view->fitPeople();
    QImage picture;
    bool complete = false;
    takeScreenshot(&window, [&](const QImage &image, bool all) {
        picture = image;
        complete = all;
    });
    QTRY_VERIFY_WITH_TIMEOUT(!picture.isNull(), 20000);
    QVERIFY(complete);
    QCOMPARE(picture.size(), window.size() * window.devicePixelRatioF());
    const QRect place(view->mapTo(&window, view->captureRect().topLeft()), view->captureRect().size());
    const double ratio = picture.devicePixelRatio();
    const QImage part = picture.copy(QRect(place.topLeft() * ratio, place.size() * ratio));
    compareSides(part, *view, pose);
}

QTEST_MAIN(TestSceneDisplay)
#include "tst_scenedisplay.moc"
