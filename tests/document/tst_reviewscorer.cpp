#include "core/document/poseeditor.h"
#include "core/document/reviewscorer.h"
#include "core/review/skippedframes.h"
#include "tests/core/review/reviewproject.h"

#include <QSignalSpy>
#include <QtTest/QtTest>

using namespace poselift;
using namespace reviewproject;

namespace {

constexpr int kWaitMs = 30000;

/// An open project and its scorer.
struct Desk
{
    explicit Desk(Project project) { document.reset(std::move(project), {}, false); }
    bool scoreAll()
    {
        scorer.setActive(true);
        return QTest::qWaitFor([this] { return scorer.isComplete() && !scorer.isScoring(); }, kWaitMs);
    }
    bool settle()
    {
        QCoreApplication::processEvents();
        return QTest::qWaitFor([this] { return !scorer.isScoring(); }, kWaitMs);
    }
    float motion(int frame, int joint) const
    {
        return scorer.scores(1)->frames().score(ReviewReason::Motion, frame, joint);
    }

    PoseDocument document;
    PoseEditor editor{&document};
    ReviewScorer scorer{&document};
};

/// What scoring everything anew, with the same norms, gives.
ScoredFrames anew(const Desk &desk)
{
    const Project &project = desk.document.project();
    const FrameRange whole = reviewExtent(project, 1);
    return scoreFrames(sliceForReview(project, desk.scorer.context(), 1, whole), whole, desk.scorer.context(),
                       *desk.scorer.norms(1));
}

Project spoiled()
{
    Project project = make();
    move(project, 40, LeftWrist, 60, 0);
    move(project, 80, RightKnee, 0, 60);
    return project;
}

/// Much longer than one piece.
Project longProject()
{
    Project project = make();
    KeypointTrack &track = detected(project);
    for (int frame = kFrames; frame < 12000; ++frame) {
        track.setPose(frame, track.pose(frame % kFrames));
        project.media.seconds.push_back(frame / 30.0);
    }
    project.jointLayers.clear();
    return project;
}

} // namespace

class TestReviewScorer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void nothingIsScoredBeforeItIsAskedFor()
    {
        Desk desk(spoiled());
        QVERIFY(desk.settle());
        QVERIFY(desk.scorer.rankedTracks().empty());
        QVERIFY(desk.scoreAll());
        QCOMPARE(desk.scorer.rankedTracks().size(), std::size_t(1));
        QVERIFY(desk.motion(40, LeftWrist) > 5);
    }

    void progressGrowsAndEndsOnce()
    {
        Desk desk(longProject());
        QSignalSpy progressed(&desk.scorer, &ReviewScorer::progressed);
        QSignalSpy finished(&desk.scorer, &ReviewScorer::finished);
        QVERIFY(desk.scoreAll());
        QVERIFY(progressed.count() >= 3);
        qint64 before = -1;
        for (const QList<QVariant> &report : progressed) {
            QVERIFY(report[0].toLongLong() > before);
            before = report[0].toLongLong();
            QCOMPARE(report[1].toLongLong(), 12000);
        }
        QCOMPARE(before, 12000);
        QCOMPARE(finished.count(), 1);
        QVERIFY(finished.first().first().toBool());
        QVERIFY(desk.scorer.scores(1)->frames() == anew(desk)); // the pieces fit
    }

    void anEditScoresTheFramesAroundItOnly()
    {
        Desk desk(spoiled());
        QVERIFY(desk.scoreAll());
        const TrackNorms norms = *desk.scorer.norms(1);
        QSignalSpy progressed(&desk.scorer, &ReviewScorer::progressed);
        QVERIFY(desk.editor.moveKeypoints(40, {{1, LeftWrist, 600, 500}}));
        QVERIFY(desk.settle());
        QCOMPARE(desk.motion(40, LeftWrist), 0.0F);
        QCOMPARE(desk.scorer.doneCount(), 1);
        QVERIFY(desk.motion(80, RightKnee) > 5);
        QVERIFY(*desk.scorer.norms(1) == norms); // not measured again
        QCOMPARE(progressed.count(), 0);
        QVERIFY(desk.scorer.scores(1)->frames() == anew(desk));
        desk.document.undoStack()->undo();
        QVERIFY(desk.settle());
        QVERIFY(desk.motion(40, LeftWrist) > 5);
        QCOMPARE(desk.scorer.doneCount(), 0);
        QVERIFY(desk.scorer.scores(1)->frames() == anew(desk));
    }

    void manyQuickEditsEndInTheRightScores()
    {
        Desk desk(spoiled());
        QVERIFY(desk.scoreAll());
        for (int i = 0; i < 40; ++i) {
            QVERIFY(desk.editor.moveKeypoints(20 + 2 * i, {{1, LeftAnkle, 500.0 + i, 700}}));
            if (i % 5 == 0)
                QCoreApplication::processEvents();
        }
        QVERIFY(desk.settle());
        QVERIFY(desk.scorer.scores(1)->frames() == anew(desk));
        QCOMPARE(desk.scorer.doneCount(), 40);
    }

    void framesBeyondTheTrackComeAndGo()
    {
        Desk desk(spoiled());
        QVERIFY(desk.scoreAll());
        QVERIFY(desk.editor.placeKeypoint(kFrames + 30, {1, LeftWrist, 5, 5}));
        QVERIFY(desk.settle());
        QCOMPARE(desk.scorer.scores(1)->frames().frames().last, kFrames + 30);
        QCOMPARE(desk.scorer.doneCount(), 1);
        desk.document.undoStack()->undo();
        QVERIFY(desk.settle());
        QCOMPARE(desk.scorer.doneCount(), 0);
    }

    void newLayersScoreEverything()
    {
        Desk desk(spoiled());
        QVERIFY(desk.scoreAll());
        QCOMPARE(desk.scorer.context().lifters.size(), std::size_t(2));
        KeypointLayer layer = desk.document.project().keypointLayers.front();
        for (std::size_t at = 0; at < layer.tracks[0].xy.size(); ++at)
            layer.tracks[0].xy[at] = desk.document.project().keypointLayers[0].tracks[0].xy[at % (2 * JointCount)];
        QSignalSpy finished(&desk.scorer, &ReviewScorer::finished);
        desk.document.acceptLayers(QStringLiteral("again"), {layer}, {});
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kWaitMs);
        QCOMPARE(desk.motion(40, LeftWrist), 0.0F); // stands still now
    }

    void notesScoreNothing()
    {
        Desk desk(spoiled());
        QVERIFY(desk.scoreAll());
        QSignalSpy changed(&desk.scorer, &ReviewScorer::scoresChanged);
        QVERIFY(desk.editor.setNote(QStringLiteral("skip"), SkippedFrames::kNote, "1:40"));
        QVERIFY(!desk.scorer.isScoring());
        QVERIFY(desk.settle());
        QCOMPARE(changed.count(), 0);
    }

    void cancelStopsAndRescoreGoesOn()
    {
        Desk desk(longProject());
        QSignalSpy finished(&desk.scorer, &ReviewScorer::finished);
        QSignalSpy changed(&desk.scorer, &ReviewScorer::scoresChanged);
        // In the first piece's own signal: a quick machine has done all of them a moment later.
        connect(
            &desk.scorer, &ReviewScorer::scoresChanged, &desk.scorer, [&desk] { desk.scorer.cancel(); },
            Qt::SingleShotConnection);
        desk.scorer.setActive(true);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kWaitMs);
        QVERIFY(!finished.first().first().toBool());
        QVERIFY(!desk.scorer.isScoring() && !desk.scorer.isComplete());
        const auto before = changed.count();
        QTest::qWait(200);
        QCOMPARE(changed.count(), before); // what was under way is dropped
        desk.scorer.rescore();
        QTRY_VERIFY_WITH_TIMEOUT(desk.scorer.isComplete(), kWaitMs);
        QVERIFY(desk.scorer.scores(1)->frames() == anew(desk));
    }

    void resultsForAnotherDocumentAreDropped()
    {
        Desk desk(longProject());
        desk.scorer.setActive(true);
        QCoreApplication::processEvents();
        desk.document.reset(spoiled(), {}, false);
        QTRY_VERIFY_WITH_TIMEOUT(desk.scorer.isComplete(), kWaitMs);
        QVERIFY(desk.settle());
        QCOMPARE(desk.scorer.scores(1)->frames().frameCount(), kFrames);
        QVERIFY(desk.scorer.scores(1)->frames() == anew(desk));
    }
};

QTEST_GUILESS_MAIN(TestReviewScorer)
#include "tst_reviewscorer.moc"
