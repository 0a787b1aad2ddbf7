// What is kept of a network's layers must never be seen in its outputs.

#include "models/lift/temporalactivations_torch.h"

#include <QtTest/QtTest>

#include <random>

using namespace poselift;

namespace {

constexpr double kTolerance = 1e-5;
constexpr int64_t kJoints = 4;
constexpr int64_t kFrames = 900; ///< more outputs than are kept

struct Subject
{
    TemporalModel model;
    FusedTemporalModel network;
    std::optional<MirroredJoints> flip;
    torch::Tensor sequence; ///< [kFrames + rf − 1, kJoints, 3]

    static Subject make(const std::vector<int64_t> &widths, bool causal, bool flip)
    {
        torch::manual_seed(3);
        TemporalModel model(TemporalModelOptions()
                                .num_joints_in(kJoints)
                                .in_features(3)
                                .num_joints_out(kJoints)
                                .channels(16)
                                .filter_widths(widths)
                                .causal(causal));
        model->eval();
        const FusedTemporalModel network(model);
        const torch::Tensor sequence = torch::randn({kFrames + network.receptiveField() - 1, kJoints, 3});
        const std::vector<int64_t> otherSide{1, 0, 2, 3};
        return {model, network, flip ? std::optional(MirroredJoints{otherSide, otherSide}) : std::nullopt, sequence};
    }
    torch::Tensor padded(int64_t first, int64_t count) const
    {
        return sequence.narrow(0, first, count + network.receptiveField() - 1);
    }
    torch::Tensor expected(int64_t first, int64_t count) const
    {
        return liftPadded(network, padded(first, count), flip);
    }
};

double largestDifference(const torch::Tensor &a, const torch::Tensor &b)
{
    return a.sizes() == b.sizes() ? (a - b).abs().max().item<double>() : 1e9;
}

} // namespace

class TestTemporalActivations : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void editsGiveWhatTheWholeSequenceGives_data();
    void editsGiveWhatTheWholeSequenceGives();
    void anotherSequenceIsNotedAsOne();
    void stoppedWorkIsGoneOnWith();
    void oneOutputIsAPartOfMany();
};

void TestTemporalActivations::editsGiveWhatTheWholeSequenceGives_data()
{
    QTest::addColumn<std::vector<int64_t>>("widths");
    QTest::addColumn<bool>("causal");
    QTest::addColumn<bool>("flip");
    QTest::newRow("27 frames") << std::vector<int64_t>{3, 3, 3} << false << true;
    QTest::newRow("not averaged") << std::vector<int64_t>{3, 3, 3} << false << false;
    QTest::newRow("wide kernels") << std::vector<int64_t>{3, 5, 3} << false << true;
    QTest::newRow("causal") << std::vector<int64_t>{3, 5, 3} << true << true;
    QTest::newRow("no blocks") << std::vector<int64_t>{3} << false << true;
    QTest::newRow("single frames") << std::vector<int64_t>{1} << false << true;
}

/// Frames change one by one and in stretches; ranges of any length are asked for, so that what is kept
/// moves to and fro.
void TestTemporalActivations::editsGiveWhatTheWholeSequenceGives()
{
    QFETCH(std::vector<int64_t>, widths);
    QFETCH(bool, causal);
    QFETCH(bool, flip);
    Subject subject = Subject::make(widths, causal, flip);
    TemporalActivations activations(subject.network, subject.flip);
    std::mt19937 random(5);
    const auto below = [&random](int64_t end) { return static_cast<int64_t>(random() % static_cast<unsigned>(end)); };
    for (int step = 0; step < 80; ++step) {
        const int64_t changed = below(kFrames - 40);
        subject.sequence.narrow(0, changed, step % 3 == 0 ? 1 + below(40) : 1).mul_(1.1).add_(0.1);
        const int64_t count = step % 10 == 9 ? kFrames : 1 + below(step % 2 == 0 ? 4 : 200);
        const int64_t first = std::clamp<int64_t>(changed - below(count), 0, kFrames - count);
        const torch::Tensor found = activations.outputs(first - 7, subject.padded(first, count));
        const double difference = largestDifference(found, subject.expected(first, count));
        QVERIFY2(difference < kTolerance, qPrintable(QStringLiteral("step %1: %2").arg(step).arg(difference)));
    }
}

void TestTemporalActivations::anotherSequenceIsNotedAsOne()
{
    Subject subject = Subject::make({3, 3, 3}, false, true);
    TemporalActivations activations(subject.network, subject.flip);
    activations.outputs(100, subject.padded(0, 100));
    subject.sequence = torch::randn_like(subject.sequence);
    QVERIFY(largestDifference(activations.outputs(100, subject.padded(0, 100)), subject.expected(0, 100)) < kTolerance);
}

void TestTemporalActivations::stoppedWorkIsGoneOnWith()
{
    Subject subject = Subject::make({3, 3, 3}, false, true);
    TemporalActivations activations(subject.network, subject.flip);
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(!activations.outputs(0, subject.padded(0, 100), stop.get_token()).defined());
    activations.outputs(0, subject.padded(0, 100));
    subject.sequence.narrow(0, 50, 1).add_(1);
    QVERIFY(!activations.outputs(0, subject.padded(0, 100), stop.get_token()).defined());
    QVERIFY(largestDifference(activations.outputs(0, subject.padded(0, 100)), subject.expected(0, 100)) < kTolerance);
}

/// What was computed for one frame first is kept for all.
void TestTemporalActivations::oneOutputIsAPartOfMany()
{
    Subject subject = Subject::make({3, 3, 3}, false, true);
    TemporalActivations activations(subject.network, subject.flip);
    for (int round = 0; round < 2; ++round) {
        const torch::Tensor one = activations.outputs(40, subject.padded(40, 1));
        QVERIFY(largestDifference(one, subject.expected(40, 1)) < kTolerance);
        const torch::Tensor all = activations.outputs(0, subject.padded(0, 100));
        QVERIFY(largestDifference(all, subject.expected(0, 100)) < kTolerance);
        QVERIFY(largestDifference(all.narrow(0, 40, 1), one) < kTolerance);
        subject.sequence.narrow(0, 53, 1).add_(1);
    }
}

QTEST_APPLESS_MAIN(TestTemporalActivations)
#include "tst_temporalactivations.moc"
