// What `poselift --bench scale` opens, in small: 3,600 frames instead of a million.

#include "core/document/poseeditor.h"
#include "core/io/projectfile.h"
#include "gui/documentcontroller.h"
#include "gui/mainwindow.h"
#include "gui/playbackcontroller.h"
#include "gui/scaleproject.h"
#include "widgets/timeline/timelineview.h"

#include <QAction>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace poselift;

namespace {

constexpr int kWaitMs = 60000;
constexpr qint64 kFrames = 3600;

} // namespace

class TestScale : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_project;

    WindowOptions options() const
    {
        WindowOptions options;
        options.settingsFile = m_folder.filePath(QStringLiteral("settings.ini"));
        options.workerProgram = QStringLiteral(FAKE_WORKER);
        options.offerSample = false;
        return options;
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("POSELIFT_STATE", m_folder.filePath(QStringLiteral("state")).toUtf8());
        const Result<QString> made = makeScaleFiles(m_folder.path(), kFrames);
        QVERIFY2(made.ok(), made.ok() ? "" : made.error().sentence().c_str());
        m_project = *made;
    }

    void theFilesAreWhatTheySay()
    {
        const Project project = *readProject(m_project.toStdString());
        QCOMPARE(project.media.frameCount, kFrames);
        QCOMPARE(project.media.seconds.size(), std::size_t(kFrames));
        QCOMPARE(project.trackIds(), (std::vector<TrackId>{1, 2}));
        QCOMPARE(project.keypointLayers.at(0).tracks.at(1).frameCount(), kFrames);
        QCOMPARE(project.jointLayers.at(0).tracks.at(1).frameCount(), kFrames);
        int corrected = 0;
        for (const KeypointTrack &track : project.tracks) {
            for (qint64 frame = 0; frame < kFrames; ++frame)
                corrected += track.isPresent(frame) ? 1 : 0;
        }
        QVERIFY2(corrected >= 2 * kFrames / 300, qPrintable(QString::number(corrected)));
        const Pose2D pose = project.effectivePose(1, 1000); // one of the corrected frames
        QVERIFY(std::any_of(pose.begin(), pose.end(),
                            [](const Keypoint2D &k) { return k.origin == KeypointOrigin::Corrected; }));
    }

    void theLastFrameIsShownEditedAndSaved()
    {
        MainWindow window(options());
        window.show();
        QSignalSpy differs(window.findChild<DocumentController *>(), &DocumentController::mediaDiffers);
        QSignalSpy indexed(window.playback(), &PlaybackController::indexed);
        window.openPath(m_project);
        QTRY_COMPARE_WITH_TIMEOUT(indexed.count(), 1, kWaitMs);
        QVERIFY2(differs.isEmpty(), "the project's time stamps are those of its video");
        auto *timeline = window.findChild<TimelineView *>();
        QCOMPARE(timeline->frameCount(), kFrames);
        QCOMPARE(timeline->strips().size(), std::size_t(2));
        window.playback()->goToLast();
        QTRY_COMPARE_WITH_TIMEOUT(window.playback()->shownFrame().index, kFrames - 1, kWaitMs);

        QVERIFY(PoseEditor(window.document()).moveKeypoints(kFrames - 1, {{2, 9, 40, 50}}));
        window.findChild<QAction *>(QStringLiteral("saveAction"))->trigger();
        // While it is being written:
        QVERIFY(PoseEditor(window.document()).moveKeypoints(kFrames - 1, {{2, 9, 60, 70}}));
        QSignalSpy saved(window.findChild<DocumentController *>(), &DocumentController::saved);
        QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kWaitMs);
        QCOMPARE(readProject(m_project.toStdString())->effectivePose(2, kFrames - 1)[9].x, 40.0);
        QVERIFY(window.isWindowModified());
    }
};

QTEST_MAIN(TestScale)
#include "tst_scale.moc"
