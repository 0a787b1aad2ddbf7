#include "models/keypoints/calibration.h"
#include "models/keypoints/mapdecode.h"
#include "models/keypoints/torsosize.h"

#include <QtTest/QtTest>

#include <nlohmann/json.hpp>

#include <cmath>
#include <vector>

using namespace poselift;

namespace {

constexpr int kRows = 24;
constexpr int kColumns = 32;
constexpr int kStride = 4;

/// Logits whose softmax is a Gaussian at (u, v) px with the spread @p sigma px.
std::vector<float> gaussianMap(double u, double v, double sigma)
{
    std::vector<float> map;
    for (int row = 0; row < kRows; ++row) {
        for (int column = 0; column < kColumns; ++column) {
            const double distance = std::hypot((column + 0.5) * kStride - u, (row + 0.5) * kStride - v);
            map.push_back(static_cast<float>(-0.5 * distance * distance / (sigma * sigma)));
        }
    }
    return map;
}

std::vector<ConfidenceSample> samplesThatAreRightAs(double (*share)(double score))
{
    std::vector<ConfidenceSample> samples;
    for (int i = 0; i < 100000; ++i) {
        const double score = (i % 1000 + 0.5) / 1000;
        const double lot = std::fmod(i * 0.6180339887498949, 1.0); // evenly spread, independent of the score
        samples.push_back({static_cast<float>(score), lot < share(score)});
    }
    return samples;
}

} // namespace

class TestMapDecode : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void peakIsFoundToATenthOfAPixel_data();
    void peakIsFoundToATenthOfAPixel();
    void massSaysHowSureTheMapIs();
    void highestPeakWins();
    void flatMapGivesAFinitePlace();
    void mirroredMapsAreTurnedBackAndSwapped();
    void calibrationFollowsTheShareThatIsRight();
    void calibrationNeverFalls();
    void calibrationSurvivesJson();
    void brokenCalibrationsAreRefused_data();
    void brokenCalibrationsAreRefused();
    void torsoIsTheMeanDiagonal();
};

void TestMapDecode::peakIsFoundToATenthOfAPixel_data()
{
    QTest::addColumn<double>("sigma");
    QTest::newRow("narrow") << 3.0;
    QTest::newRow("as trained") << 4.0;
    QTest::newRow("wide") << 6.0;
}

void TestMapDecode::peakIsFoundToATenthOfAPixel()
{
    QFETCH(double, sigma);
    double worst = 0;
    for (double u = 50; u < 58; u += 0.37) {
        for (double v = 40; v < 48; v += 0.41) {
            const MapPeak peak = decodeMaps(gaussianMap(u, v, sigma), 1, kRows, kColumns, kStride).front();
            worst = std::max(worst, std::hypot(peak.u - u, peak.v - v));
        }
    }
    QVERIFY2(worst < 0.1, qPrintable(QString::number(worst)));
}

void TestMapDecode::massSaysHowSureTheMapIs()
{
    for (const double sigma : {3.0, 8.0, 15.0}) {
        const double halfWindow = kWindowRadius * kStride;
        const double expected = std::pow(std::erf(halfWindow / (sigma * std::sqrt(2.0))), 2);
        const float mass = decodeMaps(gaussianMap(50, 50, sigma), 1, kRows, kColumns, kStride).front().mass;
        QVERIFY2(std::abs(mass - expected) < 0.02, qPrintable(QString::number(mass)));
    }
}

void TestMapDecode::highestPeakWins()
{
    std::vector<float> map = gaussianMap(30, 30, 4);
    const std::vector<float> other = gaussianMap(100, 70, 4);
    for (std::size_t i = 0; i < map.size(); ++i)
        map[i] = std::log(0.4F * std::exp(map[i]) + 0.6F * std::exp(other[i]));
    const MapPeak peak = decodeMaps(map, 1, kRows, kColumns, kStride).front();
    QVERIFY(std::hypot(peak.u - 100, peak.v - 70) < 0.2);
    QVERIFY(std::abs(peak.mass - 0.6F) < 0.05F);
}

void TestMapDecode::flatMapGivesAFinitePlace()
{
    const std::vector<float> map(static_cast<std::size_t>(kRows) * kColumns, -7.0F);
    const MapPeak peak = decodeMaps(map, 1, kRows, kColumns, kStride).front();
    QVERIFY(peak.u >= 0 && peak.u <= kColumns * kStride && peak.v >= 0 && peak.v <= kRows * kStride);
    QVERIFY(peak.mass < 0.05F);
}

void TestMapDecode::mirroredMapsAreTurnedBackAndSwapped()
{
    const double width = kColumns * kStride;
    std::vector<float> maps = gaussianMap(40, 30, 4); // joint 0, left
    const std::vector<float> right = gaussianMap(80, 60, 4);
    maps.insert(maps.end(), right.begin(), right.end());
    // In the mirrored picture the left joint's place is the right joint's, seen from the other side.
    std::vector<float> mirrored = gaussianMap(width - 80, 60, 4);
    const std::vector<float> mirroredRight = gaussianMap(width - 44, 30, 4); // 4 px off: the mean is 2 px off
    mirrored.insert(mirrored.end(), mirroredRight.begin(), mirroredRight.end());
    averageWithMirrored(maps, mirrored, std::vector<int>{1, 0}, kRows, kColumns);
    const std::vector<MapPeak> peaks = decodeMaps(maps, 2, kRows, kColumns, kStride);
    QVERIFY(std::hypot(peaks[0].u - 42, peaks[0].v - 30) < 0.1);
    QVERIFY(std::hypot(peaks[1].u - 80, peaks[1].v - 60) < 0.1);
}

void TestMapDecode::calibrationFollowsTheShareThatIsRight()
{
    const Calibration calibration = fitCalibration(samplesThatAreRightAs([](double score) { return score * score; }));
    for (const float score : {0.1F, 0.3F, 0.5F, 0.7F, 0.9F})
        QVERIFY2(std::abs(calibration(score) - score * score) < 0.02F, qPrintable(QString::number(calibration(score))));
    std::vector<ConfidenceSample> calibrated = samplesThatAreRightAs([](double score) { return score * score; });
    for (ConfidenceSample &sample : calibrated)
        sample.score = calibration(sample.score);
    int counted = 0;
    for (const ReliabilityBin &bin : reliability(calibrated)) {
        counted += bin.count;
        if (bin.count > 0)
            QVERIFY(std::abs(bin.confidence - bin.correct) < 0.03);
    }
    QCOMPARE(counted, 100000);
}

void TestMapDecode::calibrationNeverFalls()
{
    const Calibration calibration =
        fitCalibration(samplesThatAreRightAs([](double score) { return score < 0.5 ? 0.8 : 0.4 + score / 2; }));
    float before = 0;
    for (float score = 0; score <= 1; score += 0.01F) {
        QVERIFY(calibration(score) >= before);
        before = calibration(score);
    }
    QCOMPARE(Calibration()(0.3F), 0.3F);
    QVERIFY(fitCalibration(std::vector<ConfidenceSample>(5)).scores.empty());
}

void TestMapDecode::calibrationSurvivesJson()
{
    const Calibration calibration{{0.1F, 0.5F}, {0.2F, 0.9F}};
    const Result<Calibration> back = calibrationFrom(toJson(calibration), "memory");
    QVERIFY(back.ok());
    QVERIFY(*back == calibration);
}

void TestMapDecode::brokenCalibrationsAreRefused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("nothing") << QByteArray("null");
    QTest::newRow("other lengths") << QByteArray(R"({"scores": [0.1], "probabilities": [0.1, 0.2]})");
    QTest::newRow("falling scores") << QByteArray(R"({"scores": [0.5, 0.1], "probabilities": [0.1, 0.2]})");
    QTest::newRow("falling probabilities") << QByteArray(R"({"scores": [0.1, 0.5], "probabilities": [0.3, 0.2]})");
    QTest::newRow("above one") << QByteArray(R"({"scores": [0.1, 0.5], "probabilities": [0.3, 1.2]})");
    QTest::newRow("texts") << QByteArray(R"({"scores": ["a"], "probabilities": ["b"]})");
}

void TestMapDecode::brokenCalibrationsAreRefused()
{
    QFETCH(QByteArray, json);
    const Result<Calibration> calibration = calibrationFrom(nlohmann::json::parse(json.toStdString()), "weights.h5");
    QVERIFY(!calibration.ok());
    QCOMPARE(calibration.error().code(), ErrorCode::WrongFormat);
}

void TestMapDecode::torsoIsTheMeanDiagonal()
{
    const Skeleton skeleton = *findSkeleton("lsp14");
    Pose2D pose(14);
    const auto put = [&](const char *joint, double x, double y) {
        pose[static_cast<std::size_t>(skeleton.indexOf(joint))] = {x, y, 1, KeypointState::Visible, {}};
    };
    put("left_shoulder", 0, 0);
    QVERIFY(!torsoSize(pose, skeleton));
    put("right_hip", 3, 4);
    QCOMPARE(*torsoSize(pose, skeleton), 5.0);
    put("right_shoulder", 0, 0);
    put("left_hip", 0, 7);
    QCOMPARE(*torsoSize(pose, skeleton), 6.0);
}

QTEST_APPLESS_MAIN(TestMapDecode)
#include "tst_mapdecode.moc"
