#include "core/review/ranking.h"

#include <QElapsedTimer>
#include <QtTest/QtTest>

#include <random>

using namespace poselift;

namespace {

/// A track with the given scores, in percent, all of one reason.
RankedTrack trackOf(TrackId id, std::int64_t firstFrame, const std::vector<float> &scores,
                    ReviewReason reason = ReviewReason::Motion)
{
    auto sums = std::make_shared<FrameSums>();
    for (std::vector<std::uint16_t> &values : sums->values)
        values.resize(scores.size());
    for (std::size_t t = 0; t < scores.size(); ++t)
        sums->values[static_cast<std::size_t>(reason)][t] =
            static_cast<std::uint16_t>(std::lround(scores[t] / kScoreStep));
    return {id, firstFrame, std::move(sums)};
}

RankingOptions unweighted(int radius = 0)
{
    RankingOptions options;
    options.weights.values.fill(1.0F);
    options.radius = radius;
    return options;
}

std::vector<std::pair<TrackId, std::int64_t>> places(const Ranking &ranking)
{
    std::vector<std::pair<TrackId, std::int64_t>> places;
    for (const RankedFrame &frame : ranking.frames)
        places.emplace_back(frame.track, frame.frame);
    return places;
}

using Places = std::vector<std::pair<TrackId, std::int64_t>>;

} // namespace

class TestRanking : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theWorstComesFirst()
    {
        const std::vector<RankedTrack> tracks{trackOf(1, 100, {5, 0, 9}), trackOf(2, 0, {7, 1, 9})};
        const Ranking ranking = rankFrames(tracks, {}, unweighted());
        QCOMPARE(places(ranking), (Places{{1, 102}, {2, 2}, {2, 0}, {1, 100}})); // 1 is too little to list
        QCOMPARE(ranking.found, 4);
        QVERIFY(std::abs(ranking.frames.front().score - 9.0F) < 1e-4F);
    }

    void onlyTheWantedNumberIsListed()
    {
        RankingOptions options = unweighted();
        options.count = 2;
        const Ranking ranking = rankFrames(std::vector{trackOf(1, 0, {5, 6, 7, 8})}, {}, options);
        QCOMPARE(places(ranking), (Places{{1, 3}, {1, 2}}));
        QCOMPARE(ranking.found, 4);
    }

    void oneMistakeIsListedOnce()
    {
        //                              a mistake of five frames   another one, smaller, farther away
        const std::vector<float> scores{0, 4, 6, 9, 8, 5, 0, 0, 0, 0, 0, 3, 0};
        const Ranking ranking = rankFrames(std::vector{trackOf(1, 0, scores)}, {}, unweighted(3));
        QCOMPARE(places(ranking), (Places{{1, 3}, {1, 11}}));
        // When the worst has been corrected, the worst of what is left comes up.
        std::vector<float> corrected = scores;
        corrected[3] = 0;
        QCOMPARE(places(rankFrames(std::vector{trackOf(1, 0, corrected)}, {}, unweighted(3))),
                 (Places{{1, 4}, {1, 11}}));
    }

    void equallyBadFramesAreListedByTheirFirst()
    {
        QCOMPARE(places(rankFrames(std::vector{trackOf(1, 0, {4, 4, 4, 4, 4})}, {}, unweighted(2))), (Places{{1, 0}}));
    }

    void peopleDoNotSuppressEachOther()
    {
        const std::vector<RankedTrack> tracks{trackOf(1, 0, {0, 9, 0}), trackOf(2, 0, {0, 8, 0})};
        QCOMPARE(places(rankFrames(tracks, {}, unweighted(5))), (Places{{1, 1}, {2, 1}}));
    }

    void weightsDecide()
    {
        const std::vector<RankedTrack> tracks{trackOf(1, 0, {6}, ReviewReason::Motion),
                                              trackOf(2, 0, {5}, ReviewReason::SideSwap)};
        QCOMPARE(rankFrames(tracks, {}, unweighted()).frames.front().track, 1);
        RankingOptions options = unweighted();
        options.weights.values[static_cast<std::size_t>(ReviewReason::SideSwap)] = 2.0F;
        QCOMPARE(rankFrames(tracks, {}, options).frames.front().track, 2);
        options.weights.values[static_cast<std::size_t>(ReviewReason::Motion)] = 0.0F;
        QCOMPARE(places(rankFrames(tracks, {}, options)), (Places{{2, 0}}));
    }

    void filtersByPersonAndReason()
    {
        const std::vector<RankedTrack> tracks{trackOf(1, 0, {6}, ReviewReason::Motion),
                                              trackOf(2, 0, {5}, ReviewReason::SideSwap)};
        RankingOptions options = unweighted();
        options.onlyTrack = 2;
        QCOMPARE(places(rankFrames(tracks, {}, options)), (Places{{2, 0}}));
        options.onlyTrack = 0;
        options.onlyReason = ReviewReason::Motion;
        QCOMPARE(places(rankFrames(tracks, {}, options)), (Places{{1, 0}}));
    }

    void skippedPlacesAreNotListed()
    {
        std::vector<float> scores(30, 0.0F);
        scores[10] = 9;
        scores[25] = 4;
        SkippedFrames skipped;
        skipped.add(1, 12); // near enough to be the same mistake
        skipped.add(2, 25); // somebody else's
        QCOMPARE(places(rankFrames(std::vector{trackOf(1, 0, scores)}, skipped, unweighted(3))), (Places{{1, 25}}));
    }

    void skippedFramesSurviveTheirNote()
    {
        SkippedFrames skipped;
        skipped.add(2, 7);
        skipped.add(1, 1'000'000'000'000);
        skipped.add(1, 3);
        QCOMPARE(skipped.toNote(), std::string("1:3 1:1000000000000 2:7"));
        QVERIFY(SkippedFrames::fromNote(skipped.toNote()) == skipped);
        QVERIFY(SkippedFrames::fromNote("x 1:3 1:y :: 4: 1:1000000000000 2:7") == skipped);
        QCOMPARE(SkippedFrames::fromNote("").count(), 0);
    }

    void stopsWhenAsked()
    {
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(rankFrames(std::vector{trackOf(1, 0, {9})}, {}, unweighted(), stop.get_token()).found, 0);
    }

    void scoresMayChangeWhileTheyAreRanked()
    {
        TrackScores scores(1, 1);
        scores.cover({0, 2});
        ScoredFrames one;
        one.track = 1;
        one.jointCount = 1;
        one.done = {0, 0, 0};
        for (std::vector<std::uint8_t> &values : one.values)
            values = {10, 20, 30};
        scores.assign(one);
        const std::shared_ptr<const FrameSums> before = scores.sums();
        scores.clear({1, 1});
        QCOMPARE(int(before->values[0][1]), 20);
        QCOMPARE(int(scores.sums()->values[0][1]), 0);
        QCOMPARE(int(scores.sums()->values[0][2]), 30);
        scores.cover({-2, 4});
        QCOMPARE(scores.firstFrame(), -2);
        QCOMPARE(int(scores.sums()->values[0][4]), 30);
        QCOMPARE(scores.frames().frameCount(), 7);
    }

    /// The bound of the task is 2 s on a quiet machine; this one may be busy.
    void aMillionFramesOfTwoPeopleAreRankedQuickly()
    {
        std::mt19937 random(1);
        std::vector<RankedTrack> tracks;
        for (const TrackId id : {1, 2}) {
            auto sums = std::make_shared<FrameSums>();
            for (std::vector<std::uint16_t> &values : sums->values) {
                values.resize(1'000'000);
                for (std::uint16_t &value : values)
                    value = static_cast<std::uint16_t>(random() % 2000);
            }
            tracks.push_back({id, 0, std::move(sums)});
        }
        QElapsedTimer timer;
        timer.start();
        const Ranking ranking = rankFrames(tracks, {}, {});
        qInfo("ranked %lld places in %lld ms", static_cast<long long>(ranking.found),
              static_cast<long long>(timer.elapsed()));
        QVERIFY(timer.elapsed() < 10'000);
        QCOMPARE(int(ranking.frames.size()), RankingOptions{}.count);
        QVERIFY(std::is_sorted(ranking.frames.begin(), ranking.frames.end(),
                               [](const RankedFrame &a, const RankedFrame &b) { return a.score > b.score; }));
    }
};

QTEST_GUILESS_MAIN(TestRanking)
#include "tst_ranking.moc"
