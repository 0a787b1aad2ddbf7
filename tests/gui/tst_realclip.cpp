// A real clip in the real window: it plays, and the event loop never stands still.

#include "gui/mainwindow.h"
#include "gui/playbackcontroller.h"
#include "tests/support/environment.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace poselift;

class TestRealClip : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void openingAndPlayingNeverBlocksTheEventLoop()
    {
        POSELIFT_REQUIRE_DATA(data, "POSELIFT_REAL_DATA");
        QTemporaryDir folder;
        WindowOptions options;
        options.settingsFile = folder.filePath(QStringLiteral("settings.ini"));
        options.askForModels = false;
        options.offerSample = false;
        MainWindow window(options);
        window.resize(1400, 900);
        window.show();
        QTest::qWait(1000); // the window's own first painting is not what is measured

        QElapsedTimer sinceTick;
        qint64 longestGapMs = 0;
        QTimer ticks;
        connect(&ticks, &QTimer::timeout, this, [&] { longestGapMs = std::max(longestGapMs, sinceTick.restart()); });
        sinceTick.start();
        ticks.start(50);
        QSignalSpy indexed(window.playback(), &PlaybackController::indexed);
        window.openPath(QString::fromStdString((data / "video" / "sports2d_demo.mp4").string()));
        QTRY_COMPARE_WITH_TIMEOUT(indexed.count(), 1, 120000);
        QCOMPARE(window.playback()->frameCount(), 230);
        window.playback()->setPlaying(true);
        QTRY_VERIFY_WITH_TIMEOUT(window.selection()->frame() > 60, 120000);
        window.playback()->setPlaying(false);
        for (const qint64 frame : {229, 3, 150, 149, 148, 0}) {
            window.playback()->goToFrame(frame);
            QTRY_COMPARE_WITH_TIMEOUT(window.playback()->shownFrame().index, frame, 120000);
        }
        QVERIFY2(longestGapMs < 1000, qPrintable(QStringLiteral("%1 ms").arg(longestGapMs)));
    }
};

QTEST_MAIN(TestRealClip)
#include "tst_realclip.moc"
