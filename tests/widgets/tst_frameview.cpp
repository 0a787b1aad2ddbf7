#include "testpeople.h"

#include "widgets/image/frameview.h"
#include "widgets/image/overlaygeometry.h"

#include <QSignalSpy>
#include <QWheelEvent>
#include <QtTest/QtTest>

using namespace poselift;
using namespace poselift::test;

namespace {

/// A view of 400 × 300 with a frame of 200 × 150 (so the fitted scale is 2) and one person.
std::unique_ptr<FrameView> makeView()
{
    auto view = std::make_unique<FrameView>();
    view->resize(400, 300);
    view->setSkeleton(smallSkeleton());
    view->setFrame(greyFrame(200, 150, 10, 20));
    view->setPeople({{7, QString(), smallPose(100, 65)}});
    view->show();
    return view;
}

void wheel(QWidget *widget, QPointF position, int delta)
{
    QWheelEvent event(position, widget->mapToGlobal(position), QPoint(), QPoint(0, delta),
                      Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(widget, &event);
}

QColor colourAt(FrameView *view, QPointF imagePoint)
{
    const QImage picture = view->grab().toImage();
    const QPointF p = view->transform().viewFromImage(imagePoint) * picture.devicePixelRatio();
    return picture.pixelColor(static_cast<int>(p.x()), static_cast<int>(p.y()));
}

int colourDistance(QColor a, QColor b)
{
    return std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) + std::abs(a.blue() - b.blue());
}

} // namespace

class TestFrameView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fitsTheFrameAndKeepsFittingOnResize();
    void pixelOfTheFrameIsDrawnWhereTheTransformSays();
    void frameIsSharedNotCopied();
    void wheelZoomKeepsThePointUnderTheCursor();
    void middleDragPans();
    void spaceDragPansAndSpaceTapIsReported();
    void frameCannotBePannedAway();
    void keysZoomFitAndPan();
    void everyKeyCanBeAnotherOne();
    void sampleAspectWidensThePicture();
    void overlayIsDrawnExactlyAtTheKeypoint();
    void overlayCanBeHidden();
    void missingAndAbsentJointsAreNotDrawn();
    void lowConfidenceIsFainter();
    void occludedIsARing();
    void secondLayerIsSquares();
    void jointIsFoundByPosition();
    void clickReportsPersonAndJoint();
    void dragReportsWhereTheJointIsToBe();
    void nothingIsDraggedUnlessEditable();
    void lockedAndCorrectedJointsAreMarked();
    void hoverReportsJoint();
    void namesAreDrawnWhenWanted();
    void messageIsShownWithoutFrame();
    void isNamedForAccessibility();
};

void TestFrameView::fitsTheFrameAndKeepsFittingOnResize()
{
    auto view = makeView();
    QCOMPARE(view->transform().scale(), 2.0);
    QCOMPARE(view->transform().viewFromImage({0, 0}), QPointF(0, 0));
    view->resize(800, 300);
    QCOMPARE(view->transform().scale(), 2.0);
    QCOMPARE(view->transform().viewFromImage({0, 0}), QPointF(200, 0));
}

void TestFrameView::pixelOfTheFrameIsDrawnWhereTheTransformSays()
{
    auto view = makeView();
    view->setPeople({});
    // From 4 view pixels on, single pixels of the frame are drawn as squares.
    wheel(view.get(), view->transform().viewFromImage({10.5, 20.5}), 120 * 5);
    QVERIFY(view->transform().scale() > 4.0);
    QCOMPARE(colourAt(view.get(), {10.5, 20.5}), QColor(255, 255, 255));
    QCOMPARE(colourAt(view.get(), {10.25, 20.25}), QColor(255, 255, 255));
    QCOMPARE(colourAt(view.get(), {9.7, 20.5}), QColor(90, 90, 90));
    QCOMPARE(colourAt(view.get(), {11.3, 20.5}), QColor(90, 90, 90));
}

void TestFrameView::frameIsSharedNotCopied()
{
    FrameView view;
    VideoFrame frame = greyFrame(64, 48, 1, 1);
    std::weak_ptr<const std::vector<std::uint8_t>> pixels = frame.pixels;
    view.setFrame(frame);
    QCOMPARE(frame.pixels.use_count(), 2L);
    frame = {};
    QVERIFY(!pixels.expired());
    view.setFrame({});
    QVERIFY(pixels.expired());
}

void TestFrameView::wheelZoomKeepsThePointUnderTheCursor()
{
    auto view = makeView();
    QSignalSpy zoomed(view.get(), &FrameView::zoomChanged);
    const QPointF cursor(310, 77);
    const QPointF before = view->transform().imageFromView(cursor);
    wheel(view.get(), cursor, 240);
    QVERIFY(view->transform().scale() > 2.5);
    const QPointF after = view->transform().imageFromView(cursor);
    QVERIFY(QLineF(before, after).length() < 1e-9);
    QCOMPARE(zoomed.count(), 1);
    QVERIFY(!view->transform().isFitted());
}

void TestFrameView::middleDragPans()
{
    auto view = makeView();
    const QPointF before = view->transform().viewFromImage({0, 0});
    QTest::mousePress(view.get(), Qt::MiddleButton, {}, QPoint(100, 100));
    QTest::mouseMove(view.get(), QPoint(130, 80));
    QTest::mouseRelease(view.get(), Qt::MiddleButton, {}, QPoint(130, 80));
    QCOMPARE(view->transform().viewFromImage({0, 0}) - before, QPointF(30, -20));
}

void TestFrameView::spaceDragPansAndSpaceTapIsReported()
{
    auto view = makeView();
    QSignalSpy tapped(view.get(), &FrameView::panKeyTapped);
    QSignalSpy clicked(view.get(), &FrameView::personClicked);
    const QPointF before = view->transform().viewFromImage({0, 0});
    QTest::keyPress(view.get(), Qt::Key_Space);
    QTest::mousePress(view.get(), Qt::LeftButton, {}, QPoint(200, 130));
    QTest::mouseMove(view.get(), QPoint(190, 150));
    QTest::mouseRelease(view.get(), Qt::LeftButton, {}, QPoint(190, 150));
    QTest::keyRelease(view.get(), Qt::Key_Space);
    QCOMPARE(view->transform().viewFromImage({0, 0}) - before, QPointF(-10, 20));
    QCOMPARE(tapped.count(), 0);
    QCOMPARE(clicked.count(), 0);
    QTest::keyClick(view.get(), Qt::Key_Space);
    QCOMPARE(tapped.count(), 1);
    QCOMPARE(tapped[0][0].value<QKeySequence>(), QKeySequence(Qt::Key_Space));
}

void TestFrameView::frameCannotBePannedAway()
{
    FrameTransform transform;
    transform.setViewSize({400, 300});
    transform.setImage({200, 150}, 1.0);
    transform.panBy({10000, -10000});
    QVERIFY(transform.imageRectInView().intersects(QRectF(0, 0, 400, 300)));
}

void TestFrameView::keysZoomFitAndPan()
{
    auto view = makeView();
    QTest::keyClick(view.get(), Qt::Key_1);
    QCOMPARE(view->transform().scale() * view->devicePixelRatioF(), 1.0);
    QTest::keyClick(view.get(), Qt::Key_Plus);
    QVERIFY(view->transform().scale() > 1.2);
    QTest::keyClick(view.get(), Qt::Key_Minus);
    QVERIFY(std::abs(view->transform().scale() - 1.0) < 1e-9);
    const QPointF before = view->transform().viewFromImage({0, 0});
    QTest::keyClick(view.get(), Qt::Key_Right, Qt::ControlModifier);
    QVERIFY(view->transform().viewFromImage({0, 0}).x() < before.x());
    QTest::keyClick(view.get(), Qt::Key_F);
    QVERIFY(view->transform().isFitted());
    QCOMPARE(view->transform().scale(), 2.0);
}

void TestFrameView::everyKeyCanBeAnotherOne()
{
    auto view = makeView();
    view->setEditable(true);
    view->setSelectedTrack(1);
    view->setSelectedJoints({0});
    QSignalSpy nudged(view.get(), &FrameView::nudgeRequested);
    QSignalSpy stepped(view.get(), &FrameView::jointStepRequested);
    QSignalSpy tapped(view.get(), &FrameView::panKeyTapped);
    view->keys()->setKeys(QStringLiteral("frameView.nudgeUpFar"), {Qt::CTRL | Qt::Key_W});
    view->keys()->setKeys(QStringLiteral("frameView.previousJoint"), {Qt::Key_Q, Qt::Key_Less});
    view->keys()->setKeys(QStringLiteral("frameView.panTool"), {Qt::Key_M});
    QTest::keyClick(view.get(), Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(nudged.count(), 1);
    QCOMPARE(nudged[0][0].toPointF(), QPointF(0, -10));
    QTest::keyClick(view.get(), Qt::Key_Up, Qt::ShiftModifier);
    QCOMPARE(nudged.count(), 1);
    QTest::keyClick(view.get(), Qt::Key_Q);
    QTest::keyClick(view.get(), Qt::Key_Less, Qt::ShiftModifier); // as some keyboards send it
    QTest::keyClick(view.get(), Qt::Key_Q, Qt::ShiftModifier);
    QCOMPARE(stepped.count(), 2);
    QCOMPARE(stepped[1][0].toInt(), -1);
    QTest::keyClick(view.get(), Qt::Key_M);
    QTest::keyClick(view.get(), Qt::Key_Space);
    QCOMPARE(tapped.count(), 1);
    QCOMPARE(tapped[0][0].value<QKeySequence>(), QKeySequence(Qt::Key_M));
}

void TestFrameView::sampleAspectWidensThePicture()
{
    auto view = makeView();
    view->setSampleAspect(2.0);
    QCOMPARE(view->transform().scale(), 1.0);
    QCOMPARE(view->transform().viewFromImage({100, 75}) - view->transform().viewFromImage({0, 0}),
             QPointF(200, 75));
}

void TestFrameView::overlayIsDrawnExactlyAtTheKeypoint()
{
    auto view = makeView();
    const PosePalette palette;
    Pose2D alone(6);
    alone[2] = visibleKeypoint(50.5, 60.5); // centre of pixel (50, 60), a left joint
    view->setPeople({{7, QString(), alone}});
    view->setTrackLabelsVisible(false);
    const QColor left = palette.style(BodySide::Left).colour;
    QVERIFY(colourDistance(colourAt(view.get(), {50.5, 60.5}), left) < 12);

    // The disc's centre of gravity is the keypoint, to a tenth of a pixel of the view.
    const QImage picture = view->grab().toImage();
    double weight = 0.0, sumX = 0.0, sumY = 0.0;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            if (colourDistance(picture.pixelColor(x, y), left) < 12) {
                weight += 1.0;
                sumX += x + 0.5;
                sumY += y + 0.5;
            }
        }
    }
    QVERIFY(weight > 4.0);
    const QPointF expected = view->transform().viewFromImage({50.5, 60.5}) * picture.devicePixelRatio();
    QVERIFY2(std::abs(sumX / weight - expected.x()) < 0.1, qPrintable(QString::number(sumX / weight)));
    QVERIFY2(std::abs(sumY / weight - expected.y()) < 0.1, qPrintable(QString::number(sumY / weight)));
}

void TestFrameView::overlayCanBeHidden()
{
    auto view = makeView();
    const QImage with = view->grab().toImage();
    view->setOverlayVisible(false);
    QVERIFY(with != view->grab().toImage());
    QCOMPARE(colourAt(view.get(), {100, 65}), QColor(90, 90, 90));
    QVERIFY(!view->jointAt(view->transform().viewFromImage({100, 65})));
}

void TestFrameView::missingAndAbsentJointsAreNotDrawn()
{
    auto view = makeView();
    Pose2D pose = smallPose(100, 65);
    pose[4].state = KeypointState::Missing;
    pose[5].state = KeypointState::Absent;
    view->setPeople({{7, QString(), pose}});
    QCOMPARE(colourAt(view.get(), {120, 145}), QColor(90, 90, 90));
    QCOMPARE(colourAt(view.get(), {80, 145}), QColor(90, 90, 90));
    QVERIFY(colourAt(view.get(), {120, 105}) != QColor(90, 90, 90));
    // Of the chosen person an absent joint shows where it was last, so that it can be brought back.
    view->setSelectedTrack(7);
    QCOMPARE(colourAt(view.get(), {120, 145}), QColor(90, 90, 90));
    QVERIFY(colourAt(view.get(), {80, 145}) != QColor(90, 90, 90));
    QCOMPARE(view->jointAt(view->transform().viewFromImage({80, 145})), (JointHit{PoseLayer::Primary, 7, 5}));
}

void TestFrameView::lowConfidenceIsFainter()
{
    auto view = makeView();
    const QColor left = PosePalette().style(BodySide::Left).colour;
    Pose2D pose(6);
    pose[2] = visibleKeypoint(50.5, 60.5, 0.9F);
    pose[4] = visibleKeypoint(150.5, 60.5, 0.05F);
    view->setPeople({{7, QString(), pose}});
    QVERIFY(colourDistance(colourAt(view.get(), {50.5, 60.5}), left) + 40
            < colourDistance(colourAt(view.get(), {150.5, 60.5}), left));
}

void TestFrameView::occludedIsARing()
{
    auto view = makeView();
    Pose2D pose = smallPose(100, 65);
    for (Keypoint2D &keypoint : pose)
        keypoint.state = KeypointState::Missing;
    pose[4] = visibleKeypoint(120.5, 145.5);
    pose[4].state = KeypointState::Occluded;
    pose[1] = visibleKeypoint(100, 5);
    view->setTrackLabelsVisible(false);
    view->setPeople({{7, QString(), pose}});
    view->setSelectedTrack(7);
    QCOMPARE(colourAt(view.get(), {120.5, 145.5}), QColor(90, 90, 90)); // hollow
    const OverlayPerson person{7, QString(), pose};
    const double ring = overlaySizes(person, view->transform(), true).jointRadius;
    const QColor left = PosePalette().style(BodySide::Left).colour;
    QVERIFY(colourDistance(colourAt(view.get(), {120.5 + ring / 2.0, 145.5}), left) < 120);
}

void TestFrameView::secondLayerIsSquares()
{
    auto view = makeView();
    view->setTrackLabelsVisible(false);
    view->setPeople({});
    view->setSkeleton(smallSkeleton(), PoseLayer::Secondary);
    Pose2D pose = smallPose(100, 65);
    view->setPeople({{7, QString(), pose}}, PoseLayer::Secondary);
    const QColor second = PosePalette().style(BodySide::Left, PoseLayer::Secondary).colour;
    const OverlayPerson person{7, QString(), pose};
    const double r = overlaySizes(person, view->transform(), false).jointRadius / 2.0 * 0.85;
    QVERIFY(second != PosePalette().style(BodySide::Left, PoseLayer::Primary).colour);
    // The corner of a square lies outside the disc of the same radius.
    QVERIFY(colourDistance(colourAt(view.get(), {120 + r, 145 + r}), second) < 40);
}

void TestFrameView::jointIsFoundByPosition()
{
    auto view = makeView();
    const QPointF knee = view->transform().viewFromImage({120, 105});
    QCOMPARE(view->jointAt(knee + QPointF(3, -2)), (JointHit{PoseLayer::Primary, 7, 2}));
    QVERIFY(!view->jointAt(knee + QPointF(30, 0)));
    QCOMPARE(view->personAt(view->transform().viewFromImage({110, 85})), 7); // on a bone
    QCOMPARE(view->personAt({2, 2}), 0);
}

void TestFrameView::clickReportsPersonAndJoint()
{
    auto view = makeView();
    QSignalSpy persons(view.get(), &FrameView::personClicked);
    QSignalSpy joints(view.get(), &FrameView::jointClicked);
    QTest::mouseClick(view.get(), Qt::LeftButton, {}, view->transform().viewFromImage({80, 105}).toPoint());
    QCOMPARE(persons.count(), 1);
    QCOMPARE(persons.at(0).at(0).toInt(), 7);
    QCOMPARE(joints.count(), 1);
    QCOMPARE(joints.at(0).at(1).toInt(), 3);
    QTest::mouseClick(view.get(), Qt::LeftButton, {}, QPoint(3, 3));
    QCOMPARE(persons.at(1).at(0).toInt(), 0);
    QCOMPARE(joints.count(), 1);
}

/// Grabbed beside its centre, the joint keeps its distance to the mouse.
void TestFrameView::dragReportsWhereTheJointIsToBe()
{
    auto view = makeView();
    view->setEditable(true);
    QSignalSpy started(view.get(), &FrameView::jointDragStarted);
    QSignalSpy dragged(view.get(), &FrameView::jointDragged);
    QSignalSpy ended(view.get(), &FrameView::jointDragEnded);
    QSignalSpy clicked(view.get(), &FrameView::jointClicked);
    const QPoint grab = view->transform().viewFromImage({100, 65}).toPoint() + QPoint(3, 1);
    QTest::mousePress(view.get(), Qt::LeftButton, {}, grab);
    QTest::mouseMove(view.get(), grab + QPoint(2, 0));
    QCOMPARE(started.count(), 0); // a click may shake
    QTest::mouseMove(view.get(), grab + QPoint(31, -7));
    QCOMPARE(started.count(), 1);
    QCOMPARE(started.at(0).at(0).value<TrackId>(), 7);
    QCOMPARE(started.at(0).at(1).toInt(), 0);
    QCOMPARE(dragged.last().at(0).toPointF(), QPointF(100 + 31 / 2.0, 65 - 7 / 2.0));
    QTest::mouseRelease(view.get(), Qt::LeftButton, {}, grab + QPoint(31, -7));
    QCOMPARE(ended.count(), 1);
    QCOMPARE(clicked.count(), 0);
    QTest::mouseMove(view.get(), grab);
    QCOMPARE(dragged.count(), 1);
}

void TestFrameView::nothingIsDraggedUnlessEditable()
{
    auto view = makeView();
    QSignalSpy started(view.get(), &FrameView::jointDragStarted);
    QSignalSpy rightClicked(view.get(), &FrameView::jointRightClicked);
    const QPoint grab = view->transform().viewFromImage({100, 65}).toPoint();
    QTest::mousePress(view.get(), Qt::LeftButton, {}, grab);
    QTest::mouseMove(view.get(), grab + QPoint(31, -7));
    QTest::mouseRelease(view.get(), Qt::LeftButton, {}, grab + QPoint(31, -7));
    QTest::mouseClick(view.get(), Qt::RightButton, {}, grab);
    QCOMPARE(started.count() + rightClicked.count(), 0);
}

void TestFrameView::lockedAndCorrectedJointsAreMarked()
{
    auto view = makeView();
    const auto pictureWith = [&view](KeypointOrigin origin, bool locked) {
        Pose2D pose = smallPose(100, 65);
        pose[0].origin = origin;
        pose[0].locked = locked;
        view->setPeople({{7, QString(), pose}});
        return view->grab().toImage();
    };
    const QImage detected = pictureWith(KeypointOrigin::Detected, false);
    const QImage corrected = pictureWith(KeypointOrigin::Corrected, false);
    const QImage computed = pictureWith(KeypointOrigin::Interpolated, false);
    const QImage locked = pictureWith(KeypointOrigin::Detected, true);
    QVERIFY(corrected != detected);
    QVERIFY(computed != detected && computed != corrected);
    QVERIFY(locked != detected && locked != corrected);
}

void TestFrameView::hoverReportsJoint()
{
    auto view = makeView();
    QSignalSpy hovered(view.get(), &FrameView::jointHovered);
    QTest::mouseMove(view.get(), view->transform().viewFromImage({100, 5}).toPoint());
    QCOMPARE(hovered.count(), 1);
    QCOMPARE(hovered.at(0).at(1).toInt(), 1);
    QTest::mouseMove(view.get(), QPoint(3, 3));
    QCOMPARE(hovered.at(1).at(1).toInt(), -1);
}

void TestFrameView::namesAreDrawnWhenWanted()
{
    auto view = makeView();
    const QImage without = view->grab().toImage();
    view->setJointNamesVisible(true);
    QVERIFY(view->grab().toImage() != without);
    view->setJointNamesVisible(false);
    QCOMPARE(view->grab().toImage(), without);
}

void TestFrameView::messageIsShownWithoutFrame()
{
    FrameView view;
    view.resize(300, 200);
    view.setMessage({});
    const QImage empty = view.grab().toImage();
    view.setMessage(QStringLiteral("Loading"));
    QVERIFY(view.grab().toImage() != empty);
}

void TestFrameView::isNamedForAccessibility()
{
    FrameView view;
    QVERIFY(!view.objectName().isEmpty());
    QVERIFY(!view.accessibleName().isEmpty());
    QCOMPARE(view.focusPolicy(), Qt::StrongFocus);
}

QTEST_MAIN(TestFrameView)
#include "tst_frameview.moc"
