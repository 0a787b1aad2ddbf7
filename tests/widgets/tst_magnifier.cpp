#include "testpeople.h"

#include "widgets/image/magnifier.h"

#include <QPainter>
#include <QtTest/QtTest>

using namespace poselift;

namespace {

const QSizeF kView(600, 450);

FrameTransform transformOf(double sampleAspect = 1.0)
{
    FrameTransform transform;
    transform.setViewSize(kView);
    transform.setImage({300, 225}, sampleAspect);
    return transform;
}

QImage frameWithMark(int x, int y)
{
    QImage frame(300, 225, QImage::Format_RGB32);
    frame.fill(QColor(90, 90, 90));
    frame.setPixelColor(x, y, Qt::red);
    return frame;
}

QImage lensOver(const QImage &frame, QPointF point, const PictureAdjustment &adjustment = {}, double sampleAspect = 1.0)
{
    QImage view(kView.toSize(), QImage::Format_RGB32);
    view.fill(Qt::black);
    QPainter painter(&view);
    Magnifier::draw(&painter, kView, transformOf(sampleAspect), frame, adjustment, point);
    return view;
}

QPointF lensCentre(QPointF imagePoint, double sampleAspect = 1.0)
{
    return Magnifier::centreFor(transformOf(sampleAspect).viewFromImage(imagePoint), kView);
}

} // namespace

class TestMagnifier : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theLensNeverCoversThePoint()
    {
        for (const QSizeF &size : {kView, QSizeF(160, 120)}) {
            for (double x = -20; x <= size.width() + 20; x += 7) {
                for (double y = -20; y <= size.height() + 20; y += 7) {
                    const QPointF away = Magnifier::centreFor({x, y}, size) - QPointF(x, y);
                    QVERIFY(std::hypot(away.x(), away.y()) > Magnifier::kRadius + 10);
                }
            }
        }
    }

    void theLensIsInsideTheViewWhereThereIsRoom()
    {
        const QRectF room(QPointF(0, 0), kView);
        for (double x = 0; x <= kView.width(); x += 10) {
            for (double y = 0; y <= kView.height(); y += 10) {
                const QPointF centre = Magnifier::centreFor({x, y}, kView);
                const QPointF reach(Magnifier::kRadius, Magnifier::kRadius);
                QVERIFY(room.contains(QRectF(centre - reach, centre + reach)));
            }
        }
    }

    void pixelsAreFourTimesAsLargeAroundTheExactPoint()
    {
        // The view shows 2 px per pixel, the lens 8: the mark is 3.25 px right of and 2 px below the
        // point.
        const QPointF point(150.25, 100.5);
        const QImage view = lensOver(frameWithMark(153, 102), point);
        const QPointF mark = lensCentre(point) + QPointF(3.25, 2.0) * 8.0;
        QCOMPARE(view.pixelColor(mark.toPoint()), QColor(Qt::red));
        QCOMPARE(view.pixelColor((mark + QPointF(6, 0)).toPoint()), QColor(90, 90, 90));
        QCOMPARE(view.pixelColor((mark + QPointF(0, 6)).toPoint()), QColor(90, 90, 90));
    }

    void theCrossIsAtThePoint()
    {
        const QPointF point(150.25, 100.5);
        const QImage view = lensOver(frameWithMark(0, 0), point);
        const QPointF centre = lensCentre(point);
        for (const QPointF &arm : {QPointF(15, 0), QPointF(-15, 0), QPointF(0, 15), QPointF(0, -15)}) {
            double brightest = 0;
            for (int dx = -1; dx <= 1; ++dx) {
                for (int dy = -1; dy <= 1; ++dy)
                    brightest =
                        std::max<double>(brightest, qGray(view.pixel((centre + arm + QPointF(dx, dy)).toPoint())));
            }
            QVERIFY(brightest > 150);
        }
    }

    void theLensShowsTheLightOfThePicture()
    {
        PictureAdjustment bright;
        bright.brightness = 50;
        const QPointF point(150, 100);
        const QPoint beside = (lensCentre(point) + QPointF(40, 20)).toPoint();
        QCOMPARE(lensOver(frameWithMark(0, 0), point).pixelColor(beside), QColor(90, 90, 90));
        QVERIFY(lensOver(frameWithMark(0, 0), point, bright).pixelColor(beside).red() > 140);
    }

    void widePixelsAreWideInTheLensToo()
    {
        const QPointF point(150.5, 100.5);
        const QImage view = lensOver(frameWithMark(155, 100), point, {}, 2.0);
        // Fitted to the width: 1 px per pixel high, 2 wide; in the lens 4 and 8.
        const QPointF mark = lensCentre(point, 2.0) + QPointF(5 * 8, 0);
        QCOMPARE(view.pixelColor((mark + QPointF(2, 1)).toPoint()), QColor(Qt::red));
        QCOMPARE(view.pixelColor((mark + QPointF(0, 4)).toPoint()), QColor(90, 90, 90));
    }

    void atTheEdgeOfThePictureTheLensIsDarkBeyondIt()
    {
        const QPointF point(0, 112);
        const QImage view = lensOver(frameWithMark(299, 0), point);
        const QPointF centre = lensCentre(point);
        QVERIFY(qGray(view.pixel((centre + QPointF(-40, 20)).toPoint())) < 40);
        QCOMPARE(view.pixelColor((centre + QPointF(40, 20)).toPoint()), QColor(90, 90, 90));
    }
};

QTEST_MAIN(TestMagnifier)
#include "tst_magnifier.moc"
