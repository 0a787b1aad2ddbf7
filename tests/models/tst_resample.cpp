#include "models/lift/resample.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace poselift;

namespace {

double wave(double seconds)
{
    return 500 + 100 * std::sin(2 * M_PI * 0.8 * seconds);
}

std::vector<double> evenTimes(int count, double rate, double start = 0)
{
    std::vector<double> seconds;
    for (int i = 0; i < count; ++i)
        seconds.push_back(start + i / rate);
    return seconds;
}

KeypointTrack waveTrack(const std::vector<double> &seconds)
{
    KeypointTrack track;
    track.id = 1;
    track.jointCount = 2;
    for (std::size_t i = 0; i < seconds.size(); ++i) {
        const Keypoint2D first{wave(seconds[i]), 2 * wave(seconds[i]), 0.5F, KeypointState::Visible, KeypointOrigin::Detected};
        const Keypoint2D second{10, 20, 0.9F, KeypointState::Visible, KeypointOrigin::Detected};
        track.setPose(static_cast<std::int64_t>(i), {first, second});
    }
    return track;
}

/// Up to the last frame of the video: one more sample, which holds its keypoints, may follow.
double worstError(const EvenClip &clip, double end)
{
    double worst = 0;
    for (std::size_t i = 0; i < clip.poses.size() && clip.secondsOf(i) <= end; ++i) {
        if (clip.poses[i][0].isKnown())
            worst = std::max(worst, std::abs(clip.poses[i][0].x - wave(clip.secondsOf(i))));
    }
    return worst;
}

} // namespace

class TestResample : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sameRateCopiesTheSamples();
    void otherRatesFollowTheMotion_data();
    void otherRatesFollowTheMotion();
    void longGapsSplitTheTrack();
    void aJointMissingForLongIsMissing();
    void framesWithoutGrowingTimeAreLeftOut();
    void thereAndBackAgain();
    void emptyTracksGiveNothing();
};

void TestResample::sameRateCopiesTheSamples()
{
    const std::vector<double> seconds = evenTimes(40, 30, 5.0);
    const std::vector<EvenClip> clips = resampleTrack(waveTrack(seconds), seconds, {});
    QCOMPARE(clips.size(), std::size_t{1});
    QCOMPARE(clips[0].poses.size(), std::size_t{40});
    QCOMPARE(clips[0].start, 5.0);
    QVERIFY(worstError(clips[0], seconds.back()) < 1e-4 /* tracks are float32 */);
    QCOMPARE(clips[0].poses[7][0].confidence, 0.5F);
    QCOMPARE(clips[0].lastFrame, 39);
}

void TestResample::otherRatesFollowTheMotion_data()
{
    QTest::addColumn<QList<double>>("times");
    const auto row = [](const char *name, const std::vector<double> &times) {
        QTest::newRow(name) << QList<double>(times.begin(), times.end());
    };
    row("25", evenTimes(100, 25));
    row("60", evenTimes(240, 60));
    row("120", evenTimes(480, 120));
    std::vector<double> uneven = evenTimes(110, 27);
    for (std::size_t i = 0; i < uneven.size(); ++i)
        uneven[i] += 0.012 * std::sin(12.9 * static_cast<double>(i));
    row("uneven", uneven);
}

void TestResample::otherRatesFollowTheMotion()
{
    QFETCH(QList<double>, times);
    const std::vector<double> seconds(times.begin(), times.end());
    const std::vector<EvenClip> clips = resampleTrack(waveTrack(seconds), seconds, {});
    QCOMPARE(clips.size(), std::size_t{1});
    // 100 px of swing; straight lines between frames at 25 fps would be 0.5 % off.
    QVERIFY2(worstError(clips[0], seconds.back()) < 0.45, qPrintable(QString::number(worstError(clips[0], seconds.back()))));
}

void TestResample::longGapsSplitTheTrack()
{
    std::vector<double> seconds = evenTimes(60, 30);
    for (std::size_t i = 30; i < 60; ++i)
        seconds[i] += 3.0;
    const std::vector<EvenClip> clips = resampleTrack(waveTrack(seconds), seconds, {});
    QCOMPARE(clips.size(), std::size_t{2});
    QCOMPARE(clips[0].lastFrame, 29);
    QCOMPARE(clips[1].firstFrame, 30);
    QCOMPARE(clips[1].start, seconds[30]);
}

void TestResample::aJointMissingForLongIsMissing()
{
    const std::vector<double> seconds = evenTimes(60, 30);
    KeypointTrack track = waveTrack(seconds);
    for (std::int64_t frame = 20; frame < 40; ++frame)
        track.setKeypoint(frame, 0, {});
    track.setKeypoint(50, 0, {}); // one frame: filled
    const std::vector<EvenClip> clips = resampleTrack(track, seconds, {});
    QCOMPARE(clips.size(), std::size_t{1});
    QVERIFY(!clips[0].poses[30][0].isKnown());
    QVERIFY(clips[0].poses[30][1].isKnown());
    QVERIFY(clips[0].poses[50][0].isKnown());
    QVERIFY(std::abs(clips[0].poses[50][0].x - wave(seconds[50])) < 0.5);
}

void TestResample::framesWithoutGrowingTimeAreLeftOut()
{
    std::vector<double> seconds = evenTimes(30, 30);
    seconds[10] = seconds[9];
    const std::vector<EvenClip> clips = resampleTrack(waveTrack(seconds), seconds, {});
    QCOMPARE(clips.size(), std::size_t{1});
    for (const Pose2D &pose : clips[0].poses)
        QVERIFY(std::isfinite(pose[0].x));
}

void TestResample::thereAndBackAgain()
{
    std::vector<float> joints;
    for (int sample = 0; sample < 50; ++sample)
        joints.insert(joints.end(), {static_cast<float>(wave(sample / 30.0)), 1.0F, 2.0F});
    float back[3];
    for (double at = 0.05; at < 1.6; at += 0.013) {
        interpolateJoints(joints, 1, 0, 30, at, back);
        QVERIFY(std::abs(back[0] - wave(at)) < 0.3);
        QCOMPARE(back[2], 2.0F);
    }
    interpolateJoints(joints, 1, 0, 30, 99, back); // clamped
    QCOMPARE(back[0], joints[49 * 3]);
    interpolateJoints(std::span(joints).first(3), 1, 0, 30, 0, back); // a single sample
    QCOMPARE(back[0], joints[0]);
}

void TestResample::emptyTracksGiveNothing()
{
    QVERIFY(resampleTrack(KeypointTrack(), {}, {}).empty());
    KeypointTrack unseen;
    unseen.jointCount = 2;
    unseen.setPose(0, Pose2D(2));
    QVERIFY(resampleTrack(unseen, evenTimes(1, 30), {}).empty());
}

QTEST_APPLESS_MAIN(TestResample)
#include "tst_resample.moc"
