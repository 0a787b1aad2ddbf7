#include "models/evaluate/evaluationpicture.h"
#include "models/detect/personfreestrip.h"
#include "models/evaluate/keypointaccuracy.h"
#include "models/evaluate/reporttable.h"

#include <nlohmann/json.hpp>

#include <QtTest/QtTest>

#include <cmath>

using namespace poselift;

namespace {

Keypoint2D at(double x, double y, float confidence = 1.0F)
{
    return {x, y, confidence, KeypointState::Visible, KeypointOrigin::Detected};
}

Skeleton skeletonOf(std::vector<std::string> joints)
{
    Skeleton skeleton;
    skeleton.name = "test";
    skeleton.joints = std::move(joints);
    return skeleton;
}

/// A 100 × 100 picture, black but for one red pixel under its only joint.
EvaluationPicture markedPicture(int x, int y)
{
    auto pixels = std::make_shared<std::vector<std::uint8_t>>(std::size_t(100) * 100 * 4, 0);
    (*pixels)[std::size_t(4) * (y * 100 + x) + 2] = 255;
    EvaluationPicture picture;
    picture.frame = {100, 100, 400, 0, 0.0, pixels};
    picture.truth = {at(x + 0.5, y + 0.5), at(30, 20), at(70, 80)};
    picture.box = {20, 10, 60, 80};
    picture.torso = 20;
    return picture;
}

/// Centre of the red in @p frame, px.
std::pair<double, double> redCentre(const VideoFrame &frame)
{
    double sum = 0, x = 0, y = 0;
    for (int row = 0; row < frame.height; ++row)
        for (int column = 0; column < frame.width; ++column) {
            const double red =
                (*frame.pixels)[std::size_t(4) * (std::size_t(row) * frame.width + column) + 2];
            sum += red;
            x += red * (column + 0.5);
            y += red * (row + 0.5);
        }
    return {x / sum, y / sum};
}

} // namespace

class TestEvaluation : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void pckCountsByHand();
    void jointsThatAModelLacksAreNotCounted();
    void exchangedSidesCountEitherWay();
    void reliabilityBinsByHand();
    void effectsMoveTruthWithThePicture_data();
    void effectsMoveTruthWithThePicture();
    void cutOffJointsAreMissing();
    void stripsAvoidEverybody();
    void tablesAreMarkdownAndJson();
};

void TestEvaluation::pckCountsByHand()
{
    const Skeleton skeleton = skeletonOf({"left_hip", "right_hip"});
    KeypointAccuracy accuracy(skeleton, skeleton);
    accuracy.add({at(0, 0), at(10, 0)}, {at(1.9, 0), at(12.1, 0)}, 10); // right, wrong
    accuracy.add({at(0, 0), Keypoint2D()}, {at(0, 0), at(10, 0)}, 10);  // right, not found
    accuracy.add({at(0, 0), at(10, 0)}, {at(5, 0), Keypoint2D()}, 10);  // wrong, not marked
    const PckResult pck = accuracy.pck(0.2);
    QCOMPARE(pck.perKeypoint, (std::vector<double>{2.0 / 3, 0.0}));
    QCOMPARE(pck.count, (std::vector<std::int64_t>{3, 2}));
    QCOMPARE(accuracy.limbPck(0.2), 1.0 / 3);
    QCOMPARE(accuracy.people(), 3);
}

void TestEvaluation::jointsThatAModelLacksAreNotCounted()
{
    KeypointAccuracy accuracy(skeletonOf({"neck", "left_hip"}), skeletonOf({"left_hip", "nose"}));
    accuracy.add({at(5, 5), at(0, 0)}, {at(1, 1), at(5, 5)}, 10);
    const PckResult pck = accuracy.pck(0.2);
    QCOMPARE(pck.perKeypoint, (std::vector<double>{-1.0, 1.0}));
}

void TestEvaluation::exchangedSidesCountEitherWay()
{
    Skeleton skeleton = skeletonOf({"left_hip", "right_hip"});
    skeleton.pairs = {{0, 1}};
    KeypointAccuracy accuracy(skeleton, skeleton);
    accuracy.add({at(0, 0), at(10, 0)}, {at(10, 0), at(0, 0)}, 10); // exchanged
    accuracy.add({at(0, 0), at(10, 0)}, {at(0, 0), at(0, 0)}, 10);  // one right either way
    QCOMPARE(accuracy.limbPck(0.2), 0.25);
    QCOMPARE(accuracy.limbPckEitherSide(0.2), 0.75);
}

void TestEvaluation::reliabilityBinsByHand()
{
    const Skeleton skeleton = skeletonOf({"left_hip", "neck"});
    KeypointAccuracy accuracy(skeleton, skeleton);
    accuracy.add({at(0, 0, 0.95F), at(0, 0, 0.95F)}, {at(0, 0), at(9, 9)},
                 10); // the neck is no limb
    accuracy.add({at(0, 0, 1.0F), at(0, 0)}, {at(9, 0), at(0, 0)}, 10);
    accuracy.add({at(0, 0, 0.2F), at(0, 0)}, {at(0, 0), at(0, 0)}, 10);
    const std::vector<ReliabilityBin> bins = accuracy.reliability(10, 0.2);
    QCOMPARE(bins[9].count, std::int64_t(2));
    QCOMPARE(bins[9].right, 0.5);
    QVERIFY(std::abs(bins[9].meanConfidence - 0.975) < 1e-6);
    QCOMPARE(bins[2].count, std::int64_t(1));
    QCOMPARE(bins[2].right, 1.0);
}

void TestEvaluation::effectsMoveTruthWithThePicture_data()
{
    QTest::addColumn<double>("degrees");
    QTest::addColumn<double>("scale");
    QTest::addColumn<double>("cut");
    QTest::newRow("turned by 40") << 40.0 << 1.0 << 0.0;
    QTest::newRow("turned by -90") << -90.0 << 1.0 << 0.0;
    QTest::newRow("half size") << 0.0 << 0.5 << 0.0;
    QTest::newRow("quarter size, turned") << 20.0 << 0.25 << 0.0;
    QTest::newRow("cut") << 0.0 << 1.0 << 0.5;
}

void TestEvaluation::effectsMoveTruthWithThePicture()
{
    QFETCH(double, degrees);
    QFETCH(double, scale);
    QFETCH(double, cut);
    const EvaluationPicture made = withEffect(markedPicture(41, 27), {degrees, scale, cut});
    const auto [x, y] = redCentre(made.frame);
    QVERIFY2(std::hypot(x - made.truth[0].x, y - made.truth[0].y) < 0.6,
             qPrintable(QString::number(x) + u' ' + QString::number(made.truth[0].x)));
    QVERIFY(std::abs(made.torso - 20 * scale) < 0.1); // sides are whole pixels
}

void TestEvaluation::cutOffJointsAreMissing()
{
    const EvaluationPicture made = withEffect(markedPicture(41, 27), {0, 1, 0.5});
    QCOMPARE(made.frame.height, 50);
    QVERIFY(made.truth[0].isKnown());
    QVERIFY(!made.truth[2].isKnown());
    QCOMPARE(made.box, (Box{20, 10, 60, 40}));
}

void TestEvaluation::stripsAvoidEverybody()
{
    const std::vector<Box> people{{50, 60, 40, 100}, {20, 80, 50, 50}};
    QCOMPARE(personFreeStrips(300, 200, people, 64), std::vector<Box>({Box{90, 0, 210, 200}}));
    QVERIFY(personFreeStrips(150, 200, people, 64).empty());
    QCOMPARE(personFreeStrips(80, 90, {}, 64), std::vector<Box>({Box{0, 0, 80, 90}}));
    const std::vector<Box> tall{{100, 10, 50, 180}};
    QCOMPARE(personFreeStrips(300, 200, tall, 64), std::vector<Box>({Box{150, 0, 150, 200}, Box{0, 0, 100, 200}}));
}

void TestEvaluation::tablesAreMarkdownAndJson()
{
    ReportTable table("t", "A table", {"model", "value", "other"});
    table.beginRow("one");
    table.addNumber(0.12345, 2);
    table.addNothing();
    QCOMPARE(
        table.markdown(),
        std::string("A table\n\n| model | value | other |\n|---|---|---|\n| one | 0.12 | – |\n"));
    const nlohmann::json row = table.toJson()["rows"][0];
    QCOMPARE(row["value"].get<double>(), 0.12345);
    QVERIFY(row["other"].is_null());
}

QTEST_GUILESS_MAIN(TestEvaluation)
#include "tst_evaluation.moc"
