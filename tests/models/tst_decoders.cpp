#include "models/detect/fastestdet.h"
#include "models/detect/heatmaps.h"
#include "models/detect/landmarks.h"
#include "models/detect/movenet.h"
#include "models/detect/nms.h"
#include "models/detect/simcc.h"
#include "models/detect/yolopose.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace poselift;

namespace {

/// Gaussian of standard deviation @p sigma cells around (x, y), cell indices.
std::vector<float> gaussianMap(int rows, int columns, double x, double y, double sigma, double noise = 0)
{
    std::vector<float> map;
    unsigned state = 1;
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column) {
            state = state * 1664525U + 1013904223U;
            const double random = (state >> 8) / double(1U << 24) - 0.5;
            const double squared = (column - x) * (column - x) + (row - y) * (row - y);
            map.push_back(static_cast<float>(std::exp(-squared / (2 * sigma * sigma)) + noise * random));
        }
    return map;
}

Tensor tensorOf(const char *name, std::vector<int> shape, const std::vector<float> &values)
{
    return {name, std::move(shape), values.data()};
}

} // namespace

class TestDecoders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void taylorFindsGaussiansToATenthOfAPixel();
    void quarterMovesTowardsTheHigherNeighbour();
    void alignmentsDifferByTheirConvention();
    void heatmapPeakAtTheBorderStaysInside();
    void moveNetFollowsCentreRegressionAndOffset();
    void moveNetPriorChoosesTheMiddlePerson();
    void moveNetRefusesHeadsOfOtherShapes();
    void simccTakesTheHighestBins();
    void simccRefusesOtherBinCounts();
    void landmarksAreReadWithTheirStride();
    void yoloPoseReadsBothLayoutsAndSuppresses();
    void fastestDetFindsOnlyPersons();
    void nmsKeepsSeparateBoxes();
};

void TestDecoders::taylorFindsGaussiansToATenthOfAPixel()
{
    NetworkDecoder decoder;
    decoder.refinement = HeatmapRefinement::Taylor;
    double worst = 0;
    for (double fraction = -0.5; fraction < 0.5; fraction += 0.07) {
        for (const double blur : {0.0, 1.0}) {
            decoder.blurSigma = blur;
            const double x = 20 + fraction, y = 31 - fraction / 2;
            const std::vector<float> map = gaussianMap(64, 48, x, y, 2.0, blur > 0 ? 0.02 : 0);
            const auto found = decodeHeatmaps(tensorOf("h", {1, 1, 64, 48}, map), decoder, 192, 256);
            // Heatmap pixels: 4 input pixels each, cell 0 is centred at input 2.
            worst = std::max({worst, std::abs(found[0].u / 4 - 0.5 - x), std::abs(found[0].v / 4 - 0.5 - y)});
        }
    }
    QVERIFY2(worst < 0.1, qPrintable(QString::number(worst)));
}

void TestDecoders::quarterMovesTowardsTheHigherNeighbour()
{
    NetworkDecoder decoder;
    decoder.refinement = HeatmapRefinement::Quarter;
    const std::vector<float> map = gaussianMap(32, 32, 10.3, 7.8, 2.0);
    const auto found = decodeHeatmaps(tensorOf("h", {1, 1, 32, 32}, map), decoder, 32, 32);
    QCOMPARE(found[0].u, 10.25 + 0.5);
    QCOMPARE(found[0].v, 7.75 + 0.5);
}

void TestDecoders::alignmentsDifferByTheirConvention()
{
    NetworkDecoder decoder;
    decoder.refinement = HeatmapRefinement::None;
    const std::vector<float> map = gaussianMap(32, 32, 10, 7, 2.0);
    const Tensor heatmap = tensorOf("h", {1, 1, 32, 32}, map);
    QCOMPARE(decodeHeatmaps(heatmap, decoder, 128, 128)[0].u, 10.5 * 4);
    decoder.cornerAligned = true;
    QCOMPARE(decodeHeatmaps(heatmap, decoder, 128, 128)[0].u, 10 * 4 + 0.5);
}

void TestDecoders::heatmapPeakAtTheBorderStaysInside()
{
    NetworkDecoder decoder;
    const std::vector<float> map = gaussianMap(32, 32, 0, 31, 2.0);
    const auto found = decodeHeatmaps(tensorOf("h", {1, 1, 32, 32}, map), decoder, 32, 32);
    QVERIFY(found[0].u >= 0 && found[0].u <= 1.0);
    QVERIFY(found[0].v >= 31 && found[0].v <= 32);
}

void TestDecoders::moveNetFollowsCentreRegressionAndOffset()
{
    constexpr int kGrid = 12;
    const std::vector<float> centre = gaussianMap(kGrid, kGrid, 6, 5, 1.0);
    // The regression of keypoint 0 points to (row 5 + 2, column 6 − 3); two peaks of one height:
    // the one nearer to that place counts.
    std::vector<float> heatmap = gaussianMap(kGrid, kGrid, 4, 7, 0.7);
    const std::vector<float> far = gaussianMap(kGrid, kGrid, 10, 1, 0.7);
    for (std::size_t i = 0; i < heatmap.size(); ++i)
        heatmap[i] = std::max(heatmap[i], far[i]);
    std::vector<float> regression(2 * kGrid * kGrid, 0.0F);
    regression[5 * kGrid + 6] = 2;
    regression[kGrid * kGrid + 5 * kGrid + 6] = -3;
    std::vector<float> offset(2 * kGrid * kGrid, 0.0F);
    offset[7 * kGrid + 4] = 0.25F;
    offset[kGrid * kGrid + 7 * kGrid + 4] = 0.75F;
    const MoveNetHeads heads{tensorOf("c", {1, 1, kGrid, kGrid}, centre), tensorOf("h", {1, 1, kGrid, kGrid}, heatmap),
                             tensorOf("r", {1, 2, kGrid, kGrid}, regression), tensorOf("o", {1, 2, kGrid, kGrid}, offset)};
    QVERIFY(checkMoveNetHeads(heads, 1, "net").ok());
    const std::vector<RawKeypoint> found = decodeMoveNet(heads, {}, 4.0);
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found[0].u, 4.75 * 4);
    QCOMPARE(found[0].v, 7.25 * 4);
    QCOMPARE(found[0].score, 1.0F);
}

void TestDecoders::moveNetPriorChoosesTheMiddlePerson()
{
    constexpr int kGrid = 12;
    std::vector<float> centre = gaussianMap(kGrid, kGrid, 1, 1, 0.5);
    centre[6 * kGrid + 6] = 0.8F;
    const std::vector<float> prior = gaussianMap(kGrid, kGrid, 5.5, 5.5, 3.0);
    const std::vector<float> heatmap(kGrid * kGrid, 0.5F);
    const std::vector<float> pairs(2 * kGrid * kGrid, 0.0F);
    const MoveNetHeads heads{tensorOf("c", {1, 1, kGrid, kGrid}, centre), tensorOf("h", {1, 1, kGrid, kGrid}, heatmap),
                             tensorOf("r", {1, 2, kGrid, kGrid}, pairs), tensorOf("o", {1, 2, kGrid, kGrid}, pairs)};
    QCOMPARE(decodeMoveNet(heads, {}, 1.0)[0].u, 1.0);
    QCOMPARE(decodeMoveNet(heads, prior, 1.0)[0].u, 6.0);
}

void TestDecoders::moveNetRefusesHeadsOfOtherShapes()
{
    const std::vector<float> values(4 * 34, 0.0F);
    MoveNetHeads heads{tensorOf("c", {1, 1, 2, 2}, values), tensorOf("h", {1, 17, 2, 2}, values),
                       tensorOf("r", {1, 34, 2, 2}, values), tensorOf("o", {1, 34, 2, 2}, values)};
    QVERIFY(checkMoveNetHeads(heads, 17, "net").ok());
    heads.heatmap.shape = {1, 16, 2, 2};
    const Result<void> checked = checkMoveNetHeads(heads, 17, "net");
    QVERIFY(!checked);
    QCOMPARE(checked.error().sentence(),
             std::string("net: the network's output 'h': expected the shape 1x17x2x2, found 1x16x2x2."));
}

void TestDecoders::simccTakesTheHighestBins()
{
    NetworkDecoder decoder;
    decoder.simccRatio = 2;
    std::vector<float> x(2 * 16, 0.0F), y(2 * 24, 0.0F);
    x[5] = 0.9F;
    y[20] = 0.7F;
    x[16 + 3] = 0.2F;
    y[24 + 1] = 0.6F;
    const Tensor tx = tensorOf("x", {1, 2, 16}, x), ty = tensorOf("y", {1, 2, 24}, y);
    QVERIFY(checkSimcc(tx, ty, decoder, 2, 8, 12, "net").ok());
    const auto found = decodeSimcc(tx, ty, decoder);
    QCOMPARE(found[0].u, 3.0);
    QCOMPARE(found[0].v, 10.5);
    QCOMPARE(found[0].score, 0.7F);
    QCOMPARE(found[1].u, 2.0);
    QCOMPARE(found[1].score, 0.2F);
}

void TestDecoders::simccRefusesOtherBinCounts()
{
    const NetworkDecoder decoder;
    const std::vector<float> values(100, 0.0F);
    const Result<void> checked =
        checkSimcc(tensorOf("x", {1, 2, 16}, values), tensorOf("y", {1, 2, 20}, values), decoder, 2, 8, 12, "net");
    QVERIFY(!checked);
    QCOMPARE(checked.error().code(), ErrorCode::WrongOutput);
}

void TestDecoders::landmarksAreReadWithTheirStride()
{
    NetworkDecoder decoder;
    decoder.landmarkStride = 4;
    decoder.landmarkScoreAt = 3;
    const std::vector<float> values{10, 20, 99, 0, 30, 40, 99, 100};
    const Tensor output = tensorOf("l", {1, 8, 1, 1}, values);
    QVERIFY(checkLandmarks(output, decoder, 2, "net").ok());
    QVERIFY(!checkLandmarks(output, decoder, 3, "net"));
    const auto found = decodeLandmarks(output, decoder, 2);
    QCOMPARE(found[0].u, 10.0);
    QCOMPARE(found[0].score, 0.5F);
    QCOMPARE(found[1].v, 40.0);
    QVERIFY(found[1].score > 0.99F);
}

void TestDecoders::yoloPoseReadsBothLayoutsAndSuppresses()
{
    NetworkDecoder decoder;
    decoder.scoreThreshold = 0.5;
    decoder.nmsIou = 0.5;
    // Candidates: a person, the same person again with a lower score, nobody, another person.
    const std::vector<std::vector<float>> rows{{50, 60, 20, 40, 0.9F, 45, 50, 0.8F},
                                               {51, 60, 20, 40, 0.6F, 46, 50, 0.8F},
                                               {50, 10, 20, 20, 0.1F, 0, 0, 0},
                                               {100, 60, 20, 40, 0.7F, 95, 50, 0.3F}};
    std::vector<float> candidatesFirst, channelsFirst;
    for (const auto &row : rows)
        candidatesFirst.insert(candidatesFirst.end(), row.begin(), row.end());
    for (std::size_t channel = 0; channel < 8; ++channel)
        for (const auto &row : rows)
            channelsFirst.push_back(row[channel]);
    for (const Tensor &output : {tensorOf("o", {1, 4, 8}, candidatesFirst), tensorOf("o", {1, 8, 4}, channelsFirst)}) {
        QVERIFY(checkYoloPose(output, 1, "net").ok());
        const auto people = decodeYoloPose(output, decoder, 1);
        QCOMPARE(people.size(), std::size_t(2));
        QCOMPARE(people[0].box.left, 40.0);
        QCOMPARE(people[0].box.bottom, 80.0);
        QCOMPARE(people[0].keypoints[0].u, 45.0);
        QCOMPARE(people[1].box.score, 0.7F);
        QCOMPARE(people[1].keypoints[0].score, 0.3F);
    }
    QVERIFY(!checkYoloPose(tensorOf("o", {1, 4, 9}, candidatesFirst), 1, "net"));
}

void TestDecoders::fastestDetFindsOnlyPersons()
{
    constexpr int kCells = 4 * 4;
    NetworkDecoder decoder;
    decoder.scoreThreshold = 0.4;
    std::vector<float> values(7 * kCells, 0.0F); // two classes
    const auto set = [&](int channel, int cell, float value) { values[channel * kCells + cell] = value; };
    set(0, 6, 0.9F); // a person in row 1, column 2, moved by atanh
    set(1, 6, std::atanh(0.5F));
    set(2, 6, std::atanh(-0.25F));
    set(3, 6, 0.0F); // half the input's width
    set(5, 6, 0.8F);
    set(0, 9, 0.9F); // something else
    set(6, 9, 0.9F);
    const Tensor output = tensorOf("o", {1, 7, 4, 4}, values);
    QVERIFY(checkFastestDetOutput(output, decoder, "net").ok());
    const auto found = decodeFastestDet(output, decoder, 80, 80);
    QCOMPARE(found.size(), std::size_t(1));
    QVERIFY(std::abs((found[0].left + found[0].right) / 2 - 2.5 * 20) < 1e-4);
    QVERIFY(std::abs((found[0].top + found[0].bottom) / 2 - 0.75 * 20) < 1e-4);
    QVERIFY(std::abs(found[0].right - found[0].left - 40) < 1e-4);
    QVERIFY(std::abs(found[0].score - std::pow(0.9, 0.6) * std::pow(0.8, 0.4)) < 1e-5);
    decoder.personClass = 2;
    QVERIFY(!checkFastestDetOutput(output, decoder, "net"));
}

void TestDecoders::nmsKeepsSeparateBoxes()
{
    const std::vector<Box> boxes{{0, 0, 10, 10}, {1, 1, 10, 10}, {30, 0, 10, 10}};
    QCOMPARE(keptByNms(boxes, {0.5F, 0.9F, 0.7F}, 0.45), (std::vector<int>{1, 2}));
    QCOMPARE(keptByNms(boxes, {0.5F, 0.9F, 0.7F}, 0.9), (std::vector<int>{1, 2, 0}));
    QCOMPARE(boxIou(boxes[0], boxes[2]), 0.0);
    QCOMPARE(boxIou({0, 0, 10, 10}, {5, 0, 10, 10}), 50.0 / 150.0);
}

QTEST_APPLESS_MAIN(TestDecoders)
#include "tst_decoders.moc"
