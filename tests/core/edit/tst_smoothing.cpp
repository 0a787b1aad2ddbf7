#include "core/pose/edit/interpolation.h"
#include "core/pose/edit/smoothing.h"

#include <QtTest/QtTest>

#include <cmath>
#include <numbers>
#include <random>

using namespace poselift;

namespace {

void compareNear(double found, double expected, double tolerance = 1e-9)
{
    QVERIFY2(
        std::abs(found - expected) <= tolerance,
        qPrintable(
            QStringLiteral("%1, expected %2").arg(found, 0, 'g', 17).arg(expected, 0, 'g', 17)));
}

std::vector<double> series(int count, double (*f)(double))
{
    std::vector<double> values;
    for (int i = 0; i < count; ++i)
        values.push_back(f(i));
    return values;
}

} // namespace

class TestSmoothing : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    /// The published weights for five points and a quadratic: (−3, 12, 17, 12, −3)/35.
    void savitzkyGolayHasThePublishedWeights()
    {
        const std::vector<double> weights{-3.0 / 35, 12.0 / 35, 17.0 / 35, 12.0 / 35, -3.0 / 35};
        for (std::size_t i = 0; i < 5; ++i) {
            std::vector<double> impulse(11, 0.0);
            impulse[3 + i] = 1.0;
            compareNear(savitzkyGolay(impulse, 5, 2)[5], weights[i]);
        }
    }

    /// A polynomial of the order passes unchanged, ends included.
    void polynomialsPassUnchanged()
    {
        const std::vector<double> values =
            series(12, [](double t) { return 3 - 2 * t + 0.5 * t * t; });
        const std::vector<double> result = savitzkyGolay(values, 7, 2);
        for (std::size_t i = 0; i < values.size(); ++i)
            compareNear(result[i], values[i], 1e-9);
    }

    void shortSeriesUseTheWindowThatFits()
    {
        const std::vector<double> four{0, 1, 0, 1};
        QVERIFY(savitzkyGolay(four, 7, 2).size() == 4); // window 3, order 2: passes through
        compareNear(savitzkyGolay(four, 7, 1)[1], 1.0 / 3);
        const std::vector<double> two{1, 5};
        QCOMPARE(savitzkyGolay(two, 7, 2), two);
        QVERIFY(savitzkyGolay({}, 7, 2).empty());
    }

    /// Two steps by hand. dt = 0.1, value 0 → 1 → 1, min cutoff 1 Hz, beta 0, speed cutoff 1 Hz:
    /// weight = 1 / (1 + 1 / (2 π 0.1)).
    void oneEuroWithoutBetaIsALowPass()
    {
        SmoothingOptions options;
        options.beta = 0.0;
        const double w = 1.0 / (1.0 + 1.0 / (2.0 * std::numbers::pi * 0.1));
        const std::vector<double> result =
            oneEuro(std::vector<double>{0, 1, 1}, std::vector<double>{0, 0.1, 0.2}, options);
        compareNear(result[0], 0.0);
        compareNear(result[1], w);
        compareNear(result[2], w + w * (1 - w));
    }

    void oneEuroFollowsFastMotionMoreClosely()
    {
        std::vector<double> ramp, seconds;
        for (int i = 0; i < 30; ++i) {
            ramp.push_back(40.0 * i);
            seconds.push_back(i / 30.0);
        }
        SmoothingOptions still;
        still.beta = 0.0;
        SmoothingOptions quick;
        quick.beta = 0.02;
        const double lagStill = ramp.back() - oneEuro(ramp, seconds, still).back();
        const double lagQuick = ramp.back() - oneEuro(ramp, seconds, quick).back();
        QVERIFY(lagQuick > 0 && lagQuick < lagStill / 4);
    }

    void bothMethodsReduceNoise()
    {
        std::vector<double> noisy, seconds;
        std::mt19937 random(1);
        for (int i = 0; i < 200; ++i) {
            noisy.push_back(100 + 3e-9 * random());
            seconds.push_back(i / 30.0);
        }
        const auto roughness = [](const std::vector<double> &v) {
            double sum = 0;
            for (std::size_t i = 1; i < v.size(); ++i)
                sum += std::abs(v[i] - v[i - 1]);
            return sum;
        };
        for (const SmoothingMethod method :
             {SmoothingMethod::SavitzkyGolay, SmoothingMethod::OneEuro}) {
            SmoothingOptions options;
            options.method = method;
            QVERIFY(roughness(smoothed(noisy, seconds, options)) < 0.5 * roughness(noisy));
        }
    }

    void linearIsTheStraightLineInTime()
    {
        const InterpolationSupport support{{1.0, 10, 20}, {3.0, 20, 0}, {}, {}};
        const TimedPoint point = interpolated(support, 1.5, Interpolation::Linear);
        compareNear(point.x, 12.5);
        compareNear(point.y, 15.0);
    }

    void cubicMeetsItsKeyframesAndFollowsAParabola()
    {
        // x = t².
        const InterpolationSupport support{
            {1, 1, 0}, {2, 4, 0}, TimedPoint{0, 0, 0}, TimedPoint{3, 9, 0}};
        compareNear(interpolated(support, 1, Interpolation::Cubic).x, 1);
        compareNear(interpolated(support, 2, Interpolation::Cubic).x, 4);
        compareNear(interpolated(support, 1.5, Interpolation::Cubic).x, 2.25);
    }

    void cubicWithoutNeighboursIsStraight()
    {
        const InterpolationSupport support{{0, 0, 0}, {4, 8, 4}, {}, {}};
        compareNear(interpolated(support, 1, Interpolation::Cubic).x, 2);
        compareNear(interpolated(support, 1, Interpolation::Cubic).y, 1);
    }

    void cubicWithOneNeighbourIsAParabola()
    {
        // Points of x = t² at 0, 1, 2: the slope at 1 is (4 − 0)/2 = 2, so the rest follows t²
        // exactly.
        const InterpolationSupport support{{1, 1, 0}, {2, 4, 0}, TimedPoint{0, 0, 0}, {}};
        compareNear(interpolated(support, 1.25, Interpolation::Cubic).x, 1.25 * 1.25);
    }
};

QTEST_APPLESS_MAIN(TestSmoothing)
#include "tst_smoothing.moc"
