// The Qt3D view on a real screen (or xvfb): what QRenderCapture shows, roughly.
#include "testpeople.h"

#include "widgets/scene3d/openglcheck.h"
#include "widgets/scene3d/sceneframe.h"
#include "widgets/scene3d/scenery.h"
#include "widgets/scene3d/sceneview.h"
#include "widgets/scene3d/screenshot.h"

#include <QLabel>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QVBoxLayout>
#include <QWindow>
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
    void jointsAreDraggedInTheNativeWindow();
    void chosenAndCorrectedJointsAreMarkedByShape();

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

void TestSceneDisplay::jointsAreDraggedInTheNativeWindow()
{
    const auto view = makeView(0.0);
    view->setSelectedTrack(3);
    view->setEditable(true);
    QWindow *window = nullptr;
    for (QWindow *each : QGuiApplication::allWindows()) {
        if (each->inherits("Qt3DExtras::Qt3DWindow"))
            window = each;
    }
    QVERIFY(window != nullptr);
    const Pose3D pose = smallPose3D(0.0, 0.5, 4.0);
    const QPoint from = view->eye().project(sceneFromCamera(pose[4]), view->captureRect().size())->toPoint();
    QSignalSpy dragged(view.get(), &SceneView::jointDragged);
    QSignalSpy ended(view.get(), &SceneView::jointDragEnded);
    const auto send = [&](QEvent::Type type, QPoint at, Qt::MouseButton button, Qt::MouseButtons buttons) {
        QMouseEvent event(type, QPointF(at), window->mapToGlobal(QPointF(at)), button, buttons, Qt::ControlModifier);
        QCoreApplication::sendEvent(window, &event);
    };
    send(QEvent::MouseMove, from, Qt::NoButton, Qt::NoButton);
    QCOMPARE(view->content().hoveredJoint, 4);
    send(QEvent::MouseButtonPress, from, Qt::LeftButton, Qt::LeftButton);
    send(QEvent::MouseMove, from + QPoint(20, 0), Qt::NoButton, Qt::LeftButton);
    send(QEvent::MouseButtonRelease, from + QPoint(20, 0), Qt::LeftButton, Qt::NoButton);
    QCOMPARE(dragged.count(), 1);
    QCOMPARE(ended.count(), 1);
    const Joint3D target = dragged.at(0).at(0).value<Joint3D>();
    QVERIFY(std::abs(target.x / target.z - pose[4].x / pose[4].z) < 1e-4);
    QVERIFY(std::abs(target.z - 4.0) > 0.02);
}

void TestSceneDisplay::chosenAndCorrectedJointsAreMarkedByShape()
{
    const auto view = makeView(0.0);
    view->setSelectedTrack(3);
    const Pose3D pose = smallPose3D(0.0, 0.5, 4.0);
    const auto differs = [&](const QImage &a, const QImage &b, QPointF radii) {
        const QSizeF size = view->captureRect().size();
        const QVector3D place = sceneFromCamera(pose[4]);
        const double radius = figureSizes(false, true).joint * view->eye().pixelsPerMetre(place, size);
        const QPointF beside = *view->eye().project(place, size) + radius * radii;
        const QPoint pixel = (beside * a.width() / size.width()).toPoint();
        return a.pixelColor(pixel) != b.pixelColor(pixel);
    };
    const QImage plain = capture(view.get());
    view->setSelectedJoint(4);
    const QImage chosen = capture(view.get());
    QVERIFY(differs(plain, chosen, {kSelectedRingFactor, 0.0}));
    view->setSelectedJoint(-1);
    std::vector<bool> corrected(pose.size());
    corrected[4] = true;
    view->setPeople({{3, pose, corrected}});
    const QImage diamond = capture(view.get());
    const QPointF corner(1.25, 0.0); // beyond the ball, within the octahedron also where it is seen aslant
    QVERIFY(differs(plain, diamond, corner));
    view->setPeople({{3, pose}});
    const QImage again = capture(view.get());
    QVERIFY(!differs(plain, again, corner) && !differs(plain, again, {kSelectedRingFactor, 0.0}));
}

QTEST_MAIN(TestSceneDisplay)
#include "tst_scenedisplay.moc"
