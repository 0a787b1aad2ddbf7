#include "core/base/paths.h"
#include "models/review/queueworth.h"
#include "models/review/weightsfit.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <fstream>

using namespace poselift;

namespace {

/// One person who stands still for @p frames frames, 100 px tall.
QueueClip standing(int frames)
{
    QueueClip clip;
    clip.project.skeleton = *findSkeleton("coco17");
    KeypointTrack track;
    track.id = 1;
    track.jointCount = clip.project.skeleton.jointCount();
    for (int t = 0; t < frames; ++t) {
        for (int joint = 5; joint < 17; ++joint)
            track.setKeypoint(t, joint, {10.0 * joint, 7.0 * joint, 0.9F, KeypointState::Visible});
        clip.heightPx.push_back(100.0F);
        clip.project.media.seconds.push_back(t / 30.0);
    }
    clip.truth = track;
    clip.project.keypointLayers = {{"detected", clip.project.skeleton, "test", {track}}};
    return clip;
}

KeypointTrack &detected(QueueClip &clip)
{
    return clip.project.keypointLayers[0].tracks[0];
}

void moveX(QueueClip &clip, int frame, int joint, double px)
{
    Keypoint2D keypoint = detected(clip).keypoint(frame, joint);
    keypoint.x += px;
    detected(clip).setKeypoint(frame, joint, keypoint);
}

} // namespace

class TestQueueWorth : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void errorsAreSharesOfTheHeight()
    {
        QueueClip clip = standing(10);
        moveX(clip, 3, 9, 20); // wrong
        moveX(clip, 3, 10, 2); // nobody would move it
        const FrameErrors errors = frameErrors({clip});
        QVERIFY(std::abs(errors.all[3] - 22) < 1e-3F);
        QVERIFY(std::abs(errors.wrong[3] - 20) < 1e-3F);
        QCOMPARE(errors.all[4], 0.0F);
    }

    void aMissingKeypointCountsWhereItsNeighboursPutIt()
    {
        QueueClip clip = standing(10);
        detected(clip).setKeypoint(4, 9, {});
        detected(clip).setKeypoint(5, 9, {});
        moveX(clip, 6, 9, 30);
        const FrameErrors errors = frameErrors({clip});
        QVERIFY(std::abs(errors.all[4] - 10) < 1e-3F);
        QVERIFY(std::abs(errors.all[5] - 20) < 1e-3F);
    }

    void correctingTheWorstFirstRemovesMost()
    {
        QueueClip clip = standing(100);
        for (int frame = 0; frame < 100; ++frame)
            moveX(clip, frame, 9, frame == 40 ? 50 : frame % 10 == 0 ? 5 : 0);
        const FrameErrors errors = frameErrors({clip});
        std::vector<float> scores(100, 0.0F);
        scores[40] = 2;
        for (int frame = 0; frame < 100; frame += 10)
            scores[static_cast<std::size_t>(frame)] += 1;
        const double total = 50 + 9 * 5;
        const RemovedShares queue = removedInQueueOrder(errors, scores);
        QVERIFY(std::abs(queue[0] - 50 / total) < 1e-6);
        QVERIFY(std::abs(queue[1] - 70 / total) < 1e-6);
        QVERIFY(std::abs(queue[2] - 1) < 1e-6);
        const RemovedShares random = removedAtRandom(errors, 1);
        QVERIFY(random[2] < 0.25 && random[2] > 0.02);
        QVERIFY(removedUniformly(errors)[2] < 1e-6); // every 10th frame from 5 on: none of them
    }

    void fittedWeightsPutTheErrorWhereItIs()
    {
        FrameErrors errors;
        ClipScores scores;
        Random random(5);
        for (std::vector<std::uint16_t> &values : scores.sums.values) {
            for (int frame = 0; frame < 500; ++frame)
                values.push_back(static_cast<std::uint16_t>(random.below(200)));
        }
        for (std::size_t frame = 0; frame < 500; ++frame)
            errors.wrong.push_back(kScoreStep
                                   * (2.0F * scores.sums.values[1][frame] + 0.5F * scores.sums.values[4][frame]));
        WeightsFit fit;
        fit.add(errors, scores);
        const ReviewWeights weights = fit.weights();
        QVERIFY(std::abs(weights.of(ReviewReason::Reprojection) - 2.0F) < 1e-3F);
        QVERIFY(std::abs(weights.of(ReviewReason::SideSwap) - 0.5F) < 1e-3F);
        QVERIFY(weights.of(ReviewReason::Motion) < 1e-3F);
    }

    void theBundledNoiseIsRead()
    {
        const Result<MeasuredNoise> noise = readMeasuredNoise(resourceDirectory() / "noise" / "movenet-lightning.json");
        QVERIFY2(noise.ok(), noise ? "" : noise.error().sentence().c_str());
        QVERIFY(noise->options.jointSigma[0] > 0.001F && noise->options.jointSigma[0] < 0.05F);
        QVERIFY(noise->confidence.size() >= 2);
        // The detector knows something of its errors, or the first case would be the second.
        QVERIFY(noise->confidence.front().deciles[5] > noise->confidence.back().deciles[5]);
    }

    void anotherFileIsRefused()
    {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath(QStringLiteral("noise.json")).toStdString();
        QCOMPARE(readMeasuredNoise(path).error().code(), ErrorCode::FileNotFound);
        std::ofstream(path) << R"({"joint_sigma": 3})";
        QCOMPARE(readMeasuredNoise(path).error().code(), ErrorCode::WrongFormat);
    }

    void confidenceFollowsTheMeasuredTable()
    {
        MeasuredNoise noise;
        noise.options = {};
        noise.options.dropRate = noise.options.frameDropRate = noise.options.legsHiddenShare =
            noise.options.outlierRate = 0;
        ConfidenceBin sure, unsure;
        sure.deciles.fill(0.9F);
        unsure.leastError = 0.01F;
        unsure.deciles.fill(0.2F);
        noise.confidence = {sure, unsure};
        constexpr int kFrames = 300;
        std::vector<float> xy(kFrames * kLifterLimbJoints * 2, 0.5F);
        const std::vector<float> exact = xy;
        std::vector<float> confidence(kFrames * kLifterLimbJoints, 1.0F);
        const std::vector<float> height(kFrames, 0.4F);
        Random random(3);
        addMeasuredNoise({xy.data(), confidence.data(), height.data(), kFrames, 1.0F, 1.0F}, noise, random);
        int unsureCount = 0;
        for (std::size_t at = 0; at < confidence.size(); ++at) {
            const float error = std::hypot(xy[2 * at] - exact[2 * at], xy[2 * at + 1] - exact[2 * at + 1]) / 0.4F;
            QCOMPARE(confidence[at], error < 0.01F ? 0.9F : 0.2F);
            unsureCount += error < 0.01F ? 0 : 1;
        }
        QVERIFY(unsureCount > 100 && unsureCount < int(confidence.size()) - 100);
    }
};

QTEST_GUILESS_MAIN(TestQueueWorth)
#include "tst_queueworth.moc"
