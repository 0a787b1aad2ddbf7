// Twenty keypoints of a real clip are corrected with the mouse in the real window, with the real worker. With
// POSELIFT_PICTURES set to a folder, pictures of it are written there: README shows them.

#include "gui/language.h"
#include "gui/mainwindow.h"
#include "gui/playbackcontroller.h"
#include "tests/support/environment.h"
#include "widgets/image/frameview.h"
#include "widgets/scene3d/screenshot.h"

#include <QAction>
#include <QDir>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace poselift;

namespace {

constexpr int kWaitMs = 240000;
constexpr int kCorrections = 20;
constexpr QPoint kMoved(17, -11); // view pixels

struct Place
{
    qint64 frame = 0;
    TrackId track = 0;
    int joint = -1;
};

} // namespace

class TestCorrectingClip : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;

    FrameView *view() const { return m_window->frameView(); }
    const Project &project() const { return m_window->document()->project(); }
    Keypoint2D seen(const Place &place) const
    {
        return project().effectivePose(place.track, place.frame)[static_cast<std::size_t>(place.joint)];
    }
    QPoint inView(const Keypoint2D &keypoint) const
    {
        return view()->transform().viewFromImage({keypoint.x, keypoint.y}).toPoint();
    }

    /// Wrists, elbows, knees and ankles that the detector saw well and that can be told apart in the view.
    std::vector<Place> placesToCorrect() const
    {
        std::vector<Place> places;
        for (qint64 frame = 60; frame < 200 && places.size() < kCorrections; frame += 5) {
            for (const TrackId track : project().trackIds()) {
                const Pose2D pose = project().effectivePose(track, frame);
                for (const char *name : {"left_wrist", "right_wrist", "left_knee", "right_ankle"}) {
                    const int joint = project().skeleton.indexOf(name);
                    const bool usable = joint >= 0 && static_cast<std::size_t>(joint) < pose.size()
                                        && pose[static_cast<std::size_t>(joint)].isKnown();
                    if (usable && places.size() < kCorrections)
                        places.push_back({frame, track, joint});
                }
            }
        }
        return places;
    }

    void show(const Place &place)
    {
        m_window->playback()->goToFrame(place.frame);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->playback()->shownFrame().index, place.frame, kWaitMs);
        m_window->selection()->setTrack(place.track);
    }

    void picture(const char *name)
    {
        const QString folder = qEnvironmentVariable("POSELIFT_PICTURES");
        if (folder.isEmpty())
            return;
        bool done = false;
        takeScreenshot(m_window.get(), [&](const QImage &image, bool) {
            QVERIFY(image.save(QDir(folder).filePath(QString::fromLatin1(name))));
            done = true;
        });
        QTRY_VERIFY_WITH_TIMEOUT(done, kWaitMs);
    }

    void drag(const Place &place, bool withPicture)
    {
        const QPoint from = inView(seen(place));
        QTest::mousePress(view(), Qt::LeftButton, {}, from);
        for (int i = 1; i <= 4; ++i)
            QTest::mouseMove(view(), from + kMoved * i / 4);
        if (withPicture)
            picture("correcting_drag.png");
        QTest::mouseRelease(view(), Qt::LeftButton, {}, from + kMoved);
    }

private Q_SLOTS:
    void twentyKeypointsAreCorrectedWithTheMouse()
    {
        POSELIFT_REQUIRE_DATA(data, "POSELIFT_REAL_DATA");
        installTranslations(QStringLiteral("en")); // the plurals
        qputenv("POSELIFT_STATE", m_folder.filePath(QStringLiteral("state")).toUtf8());
        const QString video = m_folder.filePath(QStringLiteral("sports2d_demo.mp4"));
        const QString path = m_folder.filePath(QStringLiteral("sports2d.poselift"));
        QVERIFY(QFile::copy(QString::fromStdString((data / "video" / "sports2d_demo.mp4").string()), video));
        QCOMPARE(QProcess::execute(qEnvironmentVariable("POSELIFT_CLI"),
                                   {QStringLiteral("run"), video, QStringLiteral("-o"), path,
                                    QStringLiteral("--detector"), QStringLiteral("person19"), QStringLiteral("--quiet")}),
                 0);
        WindowOptions options;
        options.settingsFile = m_folder.filePath(QStringLiteral("settings.ini"));
        options.offerSample = false;
        m_window = std::make_unique<MainWindow>(options);
        m_window->resize(1500, 900);
        m_window->show();
        QSignalSpy indexed(m_window->playback(), &PlaybackController::indexed);
        m_window->openPath(path);
        QTRY_COMPARE_WITH_TIMEOUT(indexed.count(), 1, kWaitMs);

        const std::vector<Place> places = placesToCorrect();
        QCOMPARE(static_cast<int>(places.size()), kCorrections);
        int corrected = 0;
        for (const Place &place : places) {
            show(place);
            const Keypoint2D before = seen(place);
            drag(place, corrected == 0);
            const Keypoint2D after = seen(place);
            QCOMPARE(after.origin, KeypointOrigin::Corrected);
            const double zoom = view()->transform().scale();
            QVERIFY(std::abs(after.x - before.x - kMoved.x() / zoom) < 1 / zoom);
            QVERIFY(std::abs(after.y - before.y - kMoved.y() / zoom) < 1 / zoom);
            QCOMPARE(m_window->document()->undoStack()->index(), ++corrected);
        }
        m_window->findChild<QAction *>(QStringLiteral("showQueueAction"))->trigger();
        QTest::qWait(3000); // the queue fills
        picture("correcting_queue.png");
        for (int i = 0; i < kCorrections; ++i)
            m_window->findChild<QAction *>(QStringLiteral("undoAction"))->trigger();
        QVERIFY(project().tracks.empty() || !project().tracks.front().isPresent(places.front().frame));
        m_window.reset();
    }
};

QTEST_MAIN(TestCorrectingClip)
#include "tst_correctingclip.moc"
