#include "widgets/timeline/playbackbar.h"
#include "widgets/timeline/rangetext.h"
#include "widgets/timeline/stripsummary.h"
#include "widgets/timeline/timecode.h"
#include "widgets/timeline/timelineview.h"

#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QToolButton>
#include <QWheelEvent>
#include <QtTest/QtTest>

#include <random>

using namespace poselift;

namespace {

std::vector<double> steadyTimes(int frames, double fps)
{
    std::vector<double> seconds;
    for (int i = 0; i < frames; ++i)
        seconds.push_back(i / fps);
    return seconds;
}

TrackStrip strip(TrackId track, std::int64_t first, std::vector<float> confidence)
{
    return {track, {}, first, std::move(confidence)};
}

QPoint pointOf(const TimelineView &view, qint64 frame)
{
    const double middle = (view.xOfFrame(frame) + view.xOfFrame(frame + 1)) / 2;
    return {static_cast<int>(middle), 10};
}

} // namespace

class TestTimeline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timesAreWrittenAndReadBack_data()
    {
        QTest::addColumn<double>("seconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("zero") << 0.0 << QStringLiteral("0:00.000");
        QTest::newRow("minute") << 83.5 << QStringLiteral("1:23.500");
        QTest::newRow("rounding") << 59.9996 << QStringLiteral("1:00.000");
        QTest::newRow("hours") << 3723.25 << QStringLiteral("1:02:03.250");
        QTest::newRow("negative") << -1.5 << QStringLiteral("-0:01.500");
    }
    void timesAreWrittenAndReadBack()
    {
        QFETCH(double, seconds);
        QFETCH(QString, text);
        QCOMPARE(formatTime(seconds), text);
        if (seconds >= 0)
            QVERIFY(std::abs(*parseTime(text) - seconds) < 0.001);
    }

    void nonsenseIsNoTime()
    {
        QCOMPARE(*parseTime(QStringLiteral("90")), 90.0);
        for (const char *text : {"", "a", "1:61", "1:2:3:4", "1::2", "1:-2"})
            QVERIFY2(!parseTime(QString::fromLatin1(text)), text);
    }

    void aStripsMeanLeavesOutAbsentFrames()
    {
        const TrackStrip s = strip(1, 10, {0.5F, TrackStrip::kAbsent, 1.0F});
        QCOMPARE(s.mean(0, 100), 0.75F);
        QCOMPARE(s.mean(11, 12), TrackStrip::kAbsent);
        QCOMPARE(s.mean(0, 10), TrackStrip::kAbsent);
        QCOMPARE(s.mean(12, 100), 1.0F);
    }

    void aStripComesFromATrack()
    {
        KeypointTrack track;
        track.id = 4;
        track.jointCount = 2;
        track.setKeypoint(5, 0, {1, 1, 0.4F, KeypointState::Visible});
        track.setKeypoint(5, 1, {1, 1, 0.6F, KeypointState::Occluded});
        track.setKeypoint(7, 0, {1, 1, 0.8F, KeypointState::Visible});
        const TrackStrip s = makeTrackStrip(track);
        QCOMPARE(s.track, 4);
        QCOMPARE(s.firstFrame, 5);
        QCOMPARE(s.confidence.size(), 3U);
        QVERIFY(std::abs(s.confidence[0] - 0.5F) < 1e-6F);
        QCOMPARE(s.confidence[1], TrackStrip::kAbsent);
        QVERIFY(std::abs(s.confidence[2] - 0.8F) < 1e-6F);
    }

    void zoomKeepsTheFrameUnderTheCursor()
    {
        TimelineScale scale;
        scale.setExtent(10000, 500);
        const double before = scale.firstVisible() + 200 / scale.pixelsPerFrame();
        scale.zoom(4, 200);
        QVERIFY(scale.isZoomed());
        QVERIFY(std::abs(scale.firstVisible() + 200 / scale.pixelsPerFrame() - before) < 1e-6);
        scale.scroll(-1e9);
        QCOMPARE(scale.firstVisible(), 0.0);
        scale.zoom(1e-9, 10);
        QVERIFY2(!scale.isZoomed(), "never smaller than everything");
        QCOMPARE(scale.frameAt(-50), 0);
        QCOMPARE(scale.frameAt(1e6), 9999);
        scale.zoom(1e9, 10);
        QVERIFY(scale.pixelsPerFrame() <= 40);
        scale.setExtent(0, 500);
        QCOMPARE(scale.frameAt(3), -1);
    }

    void ticksAreOneTwoOrFiveTimesAPowerOfTen()
    {
        TimelineScale scale;
        scale.setExtent(1000, 1000);
        QCOMPARE(scale.tickStep(80), 100);
        scale.setExtent(100000, 1000);
        QCOMPARE(scale.tickStep(80), 10000);
        scale.setExtent(230, 1000);
        QCOMPARE(scale.tickStep(80), 20);
    }

    void clickAndDragScrub()
    {
        TimelineView view;
        view.resize(800, 120);
        view.setFrameTimes(steadyTimes(100, 25));
        view.show();
        QSignalSpy requested(&view, &TimelineView::frameRequested);
        connect(&view, &TimelineView::frameRequested, &view, &TimelineView::setFrame);
        QTest::mousePress(&view, Qt::LeftButton, {}, pointOf(view, 30));
        QCOMPARE(view.frame(), 30);
        QTest::mouseMove(&view, pointOf(view, 60));
        QTRY_COMPARE(view.frame(), 60);
        QTest::mouseMove(&view, QPoint(5000, 10));
        QTRY_COMPARE(view.frame(), 99);
        QTest::mouseRelease(&view, Qt::LeftButton, {}, pointOf(view, 99));
        const qsizetype said = requested.count();
        QTest::mouseMove(&view, pointOf(view, 10));
        QCOMPARE(requested.count(), said);
    }

    void aClickOnAStripChoosesItsTrack()
    {
        TimelineView view;
        view.resize(800, 160);
        view.setFrameTimes(steadyTimes(100, 25));
        view.setStrips({strip(3, 0, std::vector<float>(100, 0.5F)), strip(8, 10, std::vector<float>(10, 0.9F))});
        view.show();
        QSignalSpy clicked(&view, &TimelineView::trackClicked);
        for (int y = 0; y < 160 && clicked.count() < 2; ++y) {
            QTest::mouseClick(&view, Qt::LeftButton, {}, QPoint(400, y));
            if (clicked.count() == 1 && clicked.at(0).at(0).toInt() == 3 && y < 100)
                y += 18;
        }
        QCOMPARE(clicked.at(0).at(0).toInt(), 3);
        QCOMPARE(clicked.at(1).at(0).toInt(), 8);
    }

    void aRangeIsSaidInFramesAndSeconds()
    {
        const std::vector<double> times = steadyTimes(100, 25);
        QCOMPARE(rangeText({10, 34}, times), QStringLiteral("Frames 10–34: 25 frame(s), 1.000 s"));
        QCOMPARE(rangeText({99, 99}, times), QStringLiteral("Frame 99: 1 frame(s), 0.040 s"));
        QCOMPARE(rangeText({10, 34}, {}), QStringLiteral("Frames 10–34: 25 frame(s)"));
        QCOMPARE(rangeText({10, 10}, {}), QStringLiteral("Frame 10"));
    }

    /// On one narrow frame both ends can still be had.
    void theHandlesLieOutsideTheBand()
    {
        TimelineScale scale;
        scale.setExtent(1000, 500);
        RangeBand band;
        QCOMPARE(band.partAt(scale, 100, true), RangeBand::Part::Outside);
        band.setRange({200, 200});
        const double first = scale.x(200);
        QCOMPARE(band.partAt(scale, first - 5, true), RangeBand::Part::FirstHandle);
        QCOMPARE(band.partAt(scale, scale.x(201) + 5, true), RangeBand::Part::LastHandle);
        QCOMPARE(band.partAt(scale, first - 5, false), RangeBand::Part::Outside);
        QCOMPARE(band.partAt(scale, first + 0.25, true), RangeBand::Part::Inside);
        band.grab(RangeBand::Part::FirstHandle);
        QCOMPARE(band.draggedTo(300), (FrameRange{200, 300}));
        QCOMPARE(band.draggedTo(100), (FrameRange{100, 200}));
    }

    void theViewAsksForARangeAndShowsWhatItIsTold()
    {
        TimelineView view;
        view.resize(800, 120);
        view.setFrameTimes(steadyTimes(100, 25));
        const QImage before = view.grab().toImage();
        QSignalSpy requested(&view, &TimelineView::rangeRequested);
        QTest::mousePress(&view, Qt::LeftButton, Qt::ShiftModifier, pointOf(view, 30));
        QTest::mouseMove(&view, pointOf(view, 60));
        QTest::mouseRelease(&view, Qt::LeftButton, Qt::ShiftModifier, pointOf(view, 60));
        QCOMPARE(requested.last().at(0).value<FrameRange>(), (FrameRange{30, 60}));
        QCOMPARE(view.range().count(), 0);
        view.setRange({30, 60});
        QVERIFY(view.grab().toImage() != before);
        view.setRange({});
        QCOMPARE(view.grab().toImage(), before);
        const qsizetype said = requested.count();
        QTest::keyClick(&view, Qt::Key_Escape); // nothing to clear
        QCOMPARE(requested.count(), said);
    }

    void keysMoveAndStayInside()
    {
        TimelineView view;
        view.setFrameTimes(steadyTimes(50, 25));
        connect(&view, &TimelineView::frameRequested, &view, &TimelineView::setFrame);
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(view.frame(), 1);
        QTest::keyClick(&view, Qt::Key_PageDown);
        QCOMPARE(view.frame(), 11);
        QTest::keyClick(&view, Qt::Key_End);
        QCOMPARE(view.frame(), 49);
        QSignalSpy requested(&view, &TimelineView::frameRequested);
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(requested.count(), 0);
        QTest::keyClick(&view, Qt::Key_Home);
        QTest::keyClick(&view, Qt::Key_Left);
        QCOMPARE(view.frame(), 0);
    }

    void theWheelZoomsAndAPlayingHeadTurnsThePage()
    {
        TimelineView view;
        view.resize(800, 120);
        view.setFrameTimes(steadyTimes(2000, 25));
        for (int i = 0; i < 10; ++i) {
            QWheelEvent wheel(QPointF(100, 20), view.mapToGlobal(QPointF(100, 20)), {}, {0, 120}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(&view, &wheel);
        }
        QVERIFY(view.scale().isZoomed());
        QVERIFY(view.scale().lastVisible() < 1999);
        view.setFrame(1999);
        QVERIFY(view.scale().lastVisible() >= 2000);
        view.showAll();
        QVERIFY(!view.scale().isZoomed());
    }

    void stripsArePainted()
    {
        TimelineView view;
        view.resize(400, 120);
        view.setFrameTimes(steadyTimes(10, 25));
        const QImage empty = view.grab().toImage();
        view.setStrips({strip(1, 0, std::vector<float>(10, 1.0F))});
        const QImage full = view.grab().toImage();
        QVERIFY(empty != full);
        view.setStrips({strip(1, 0, std::vector<float>(10, 0.2F))});
        QVERIFY(view.grab().toImage() != full);
    }

    void aSummaryKnowsTheMeanOfAnyFrames()
    {
        std::mt19937 random(7);
        std::vector<float> confidence;
        for (int frame = 0; frame < 1000; ++frame) // with long and short gaps
            confidence.push_back(frame / 150 % 2 == 1 || random() % 9 == 0 ? TrackStrip::kAbsent
                                                                          : static_cast<float>(random() % 1000) / 1000);
        const TrackStrip whole = strip(1, 37, confidence);
        const StripSummary summary(whole);
        for (int i = 0; i < 2000; ++i) {
            const auto begin = static_cast<std::int64_t>(random() % 1200) - 50;
            const auto end = begin + static_cast<std::int64_t>(random() % (i % 2 == 0 ? 20 : 900));
            const float expected = whole.mean(begin, end);
            const float found = summary.mean(whole, begin, end);
            QVERIFY2(std::abs(found - expected) < 1e-5F,
                     qPrintable(QStringLiteral("%1 to %2: %3, not %4").arg(begin).arg(end).arg(found).arg(expected)));
        }
        QCOMPARE(StripSummary(strip(1, 0, {})).mean(strip(1, 0, {}), 0, 10), TrackStrip::kAbsent);
    }

    void aStripIsMadeFromATrack()
    {
        KeypointTrack track;
        track.id = 4;
        track.jointCount = 3;
        track.label = "Anna";
        track.setPose(10, {{1, 1, 0.5F, KeypointState::Visible}, {2, 2, 0.25F, KeypointState::Occluded}, {}});
        track.setPose(12, {{}, {3, 3, 0.9F, KeypointState::Absent}, {}});
        track.setPose(13, {{}, {3, 3, 0.75F, KeypointState::Visible}, {}});
        const TrackStrip made = makeTrackStrip(track);
        QCOMPARE(made.track, 4);
        QCOMPARE(made.label, QStringLiteral("Anna"));
        QCOMPARE(made.firstFrame, 10);
        QCOMPARE(made.confidence, (std::vector<float>{0.375F, TrackStrip::kAbsent, TrackStrip::kAbsent, 0.75F}));
    }

    void theBarSaysWhatTheUserWants()
    {
        PlaybackBar bar;
        QVERIFY2(!bar.isEnabled(), "nothing to play");
        bar.setExtent(100, 4.0);
        bar.setPosition(10, 0.4);
        QSignalSpy play(&bar, &PlaybackBar::playRequested);
        QSignalSpy step(&bar, &PlaybackBar::stepRequested);
        QSignalSpy frame(&bar, &PlaybackBar::frameEntered);
        QSignalSpy time(&bar, &PlaybackBar::timeEntered);
        QSignalSpy speed(&bar, &PlaybackBar::speedChosen);
        auto *playButton = bar.findChild<QToolButton *>(QStringLiteral("playButton"));
        QTest::mouseClick(playButton, Qt::LeftButton);
        QCOMPARE(play.at(0).at(0).toBool(), true);
        bar.setPlaying(true);
        QTest::mouseClick(playButton, Qt::LeftButton);
        QCOMPARE(play.at(1).at(0).toBool(), false);
        QTest::mouseClick(bar.findChild<QToolButton *>(QStringLiteral("previousFrameButton")), Qt::LeftButton);
        QCOMPARE(step.at(0).at(0).toInt(), -1);
        QCOMPARE(frame.count(), 0); // telling it the position is not entering one
        auto *frameField = bar.findChild<QSpinBox *>(QStringLiteral("frameField"));
        QCOMPARE(frameField->value(), 10);
        frameField->setValue(42);
        QCOMPARE(frame.at(0).at(0).toLongLong(), 42);
        auto *timeField = bar.findChild<QLineEdit *>(QStringLiteral("timeField"));
        QCOMPARE(timeField->text(), QStringLiteral("0:00.400"));
        timeField->selectAll();
        QTest::keyClicks(timeField, QStringLiteral("0:02"));
        QTest::keyClick(timeField, Qt::Key_Return);
        QCOMPARE(time.count(), 1);
        QCOMPARE(time.at(0).at(0).toDouble(), 2.0);
        auto *speedBox = bar.findChild<QComboBox *>(QStringLiteral("speedBox"));
        QTest::keyClick(speedBox, Qt::Key_Down);
        QCOMPARE(speed.at(0).at(0).toDouble(), 1.5);
    }
};

QTEST_MAIN(TestTimeline)
#include "tst_timeline.moc"
