// Sets of frames, the note of outdated 3D that is made of them, and the arrays of messages.

#include "core/jobs/base64.h"
#include "core/pose/edit/stale3d.h"
#include "core/pose/edit/trackedits.h"

#include <QtTest/QtTest>

#include <random>
#include <set>

using namespace poselift;

namespace {

constexpr std::int64_t kFrames = 60;

std::set<std::int64_t> framesIn(const FrameRanges &ranges)
{
    std::set<std::int64_t> frames;
    for (const FrameRange &range : ranges.ranges()) {
        for (std::int64_t frame = range.first; frame <= range.last; ++frame)
            frames.insert(frame);
    }
    return frames;
}

JointTrack poses(TrackId id, std::int64_t first, const std::vector<double> &depths)
{
    JointTrack track;
    track.id = id;
    track.jointCount = 1;
    track.firstFrame = first;
    for (const double depth : depths) {
        track.xyz.insert(track.xyz.end(), {0, 0, static_cast<float>(depth)});
        track.valid.push_back(depth > 0 ? 1 : 0);
    }
    return track;
}

} // namespace

class TestStale3d : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rangesAreASetOfFrames()
    {
        std::mt19937 random(3);
        FrameRanges ranges;
        std::set<std::int64_t> frames;
        for (int step = 0; step < 2000; ++step) {
            const FrameRange range{static_cast<std::int64_t>(random() % kFrames),
                                   static_cast<std::int64_t>(random() % kFrames)};
            const bool add = random() % 2 == 0;
            add ? ranges.add(range) : ranges.remove(range);
            for (std::int64_t frame = range.first; frame <= range.last; ++frame)
                add ? void(frames.insert(frame)) : void(frames.erase(frame));
            QCOMPARE(framesIn(ranges), frames);
            for (std::size_t i = 1; i < ranges.ranges().size(); ++i)
                QVERIFY(ranges.ranges()[i - 1].last + 1 < ranges.ranges()[i].first);
        }
    }

    void piecesComeNearestFirst()
    {
        FrameRanges ranges;
        ranges.add({0, 99});
        ranges.add({200, 1199});
        QCOMPARE(*ranges.pieceNear(150, 300), (FrameRange{200, 499}));
        QCOMPARE(*ranges.pieceNear(140, 300), (FrameRange{0, 99}));
        QCOMPARE(*ranges.pieceNear(700, 300), (FrameRange{550, 849}));
        QCOMPARE(*ranges.pieceNear(5000, 300), (FrameRange{900, 1199}));
        QVERIFY(!FrameRanges().pieceNear(0, 300));
    }

    void theNoteIsReadAsItWasWritten()
    {
        TrackFrames frames;
        frames[1].add({10, 20});
        frames[1].add({35, 35});
        frames[7].add({0, 5});
        frames[9];
        QCOMPARE(toText(frames), std::string("1:10-20,35-35;7:0-5"));
        frames.erase(9);
        QCOMPARE(trackFramesFromText(toText(frames)), frames);
        QVERIFY(trackFramesFromText("").empty());
    }

    void aDamagedNoteLosesOnlyWhatIsDamaged()
    {
        const TrackFrames frames = trackFramesFromText("x:1-2;3:5-9,a-4,11;;4:2-3");
        QCOMPARE(frames.size(), 2U);
        QCOMPARE(frames.at(3).ranges(), (std::vector<FrameRange>{{5, 9}}));
        QCOMPARE(frames.at(4).ranges(), (std::vector<FrameRange>{{2, 3}}));
    }

    void aFileWithoutANoteHasItsCorrectionsOutdated()
    {
        Project project;
        KeypointTrack track;
        track.id = 2;
        track.jointCount = 2;
        track.setKeypoint(10, 0, {1, 1, 1, KeypointState::Visible});
        track.setKeypoint(11, 1, {1, 1, 1, KeypointState::Absent});
        track.setKeypoint(15, 1, {1, 1, 1, KeypointState::Occluded});
        track.setKeypoint(20, 1, {});
        project.tracks = {track};
        QCOMPARE(stale3d(project).at(2).ranges(), (std::vector<FrameRange>{{10, 11}, {15, 15}}));
        project.meta[kStale3d] = "";
        QVERIFY(stale3d(project).empty());
        QCOMPARE(framesOf(project, 2), (FrameRange{10, 20}));
        QCOMPARE(framesOf(project, 3).count(), 0);
    }

    void overlaidPosesReplaceThoseOfTheirFrames()
    {
        std::vector<JointTrack> tracks{poses(1, 10, {1, 1, 1})};
        overlay(tracks, poses(1, 11, {2, 0, 2, 0}));
        QCOMPARE(tracks[0].firstFrame, 10);
        QCOMPARE(tracks[0].frameCount(), 4); // not longer than what is seen
        QCOMPARE(tracks[0].pose(10)[0].z, 1.0);
        QCOMPARE(tracks[0].pose(11)[0].z, 2.0);
        QVERIFY(!tracks[0].pose(12)[0].valid);
        QCOMPARE(tracks[0].pose(13)[0].z, 2.0);
        overlay(tracks, poses(5, 0, {0, 0}));
        QCOMPARE(tracks.size(), 1U);
        overlay(tracks, poses(5, 0, {3}));
        QCOMPARE(tracks.size(), 2U);
        QCOMPARE(tracks[1].id, 5);
    }

    void base64IsThatOfTheStandard()
    {
        QCOMPARE(toBase64({}), std::string());
        for (const std::size_t count : {1U, 2U, 3U, 100U}) {
            std::vector<float> values(count);
            for (std::size_t i = 0; i < count; ++i)
                values[i] = 0.37F * static_cast<float>(i) - 1;
            const QByteArray bytes(reinterpret_cast<const char *>(values.data()),
                                   static_cast<qsizetype>(count * sizeof(float)));
            QCOMPARE(QByteArray::fromStdString(toBase64(values)), bytes.toBase64());
            QCOMPARE(floatsFromBase64(toBase64(values)).value(), values);
        }
    }

    void whatIsNotBase64IsRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("cut short") << QByteArray("AACAPw=");
        QTest::newRow("other characters") << QByteArray("AAC*Pw==");
        QTest::newRow("padding within") << QByteArray("AA==AACA");
        QTest::newRow("half a float") << QByteArray("AAA=");
    }
    void whatIsNotBase64IsRefused()
    {
        QFETCH(QByteArray, text);
        const auto read = floatsFromBase64(text.toStdString());
        QVERIFY(!read);
        QCOMPARE(read.error().code(), ErrorCode::ProtocolMessage);
    }
};

QTEST_APPLESS_MAIN(TestStale3d)
#include "tst_stale3d.moc"
