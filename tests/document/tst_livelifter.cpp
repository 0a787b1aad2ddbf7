// Live lifting without a window: document, worker and journal.

#include "core/document/livelifter.h"
#include "core/document/selection.h"
#include "editsession.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <signal.h>

using namespace poselift;
using nlohmann::json;

namespace {

constexpr int kWaitMs = 120000;
constexpr double kToleranceMetres = 1e-4;
constexpr int kWrist = 9; // of coco17
constexpr int kHip = 11;

QString realWorker()
{
    return qEnvironmentVariable("POSELIFT_CLI");
}

/// The sample's 2D lifted by the worker's batch job, as "Re-Lift to 3D" does.
Project liftedByBatch(const Project &project, const QTemporaryDir &folder)
{
    const std::string path = folder.filePath(QStringLiteral("batch.poselift")).toStdString();
    if (!writeProject(project, path).ok())
        return {};
    const int exitCode =
        QProcess::execute(realWorker(), {QStringLiteral("lift"), QString::fromStdString(path), QStringLiteral("-o"),
                                         QString::fromStdString(path), QStringLiteral("--quiet")});
    Result<Project> lifted = readProject(path);
    return exitCode == 0 && lifted ? std::move(*lifted) : Project();
}

const JointLayer &liftedLayer(const Project &project)
{
    static const JointLayer none;
    for (const JointLayer &layer : project.jointLayers) {
        if (layer.name.starts_with("lifted/"))
            return layer;
    }
    return none;
}

double largestDifference(const Project &a, const Project &b)
{
    const JointLayer &x = liftedLayer(a);
    const JointLayer &y = liftedLayer(b);
    if (x.name != y.name || x.tracks.empty() || x.tracks.size() != y.tracks.size())
        return 1e9;
    double largest = 0;
    for (std::size_t i = 0; i < x.tracks.size(); ++i) {
        for (std::int64_t frame = 0; frame < a.media.frameCount; ++frame) {
            const Pose3D p = x.tracks[i].pose(frame);
            const Pose3D q = y.tracks[i].pose(frame);
            for (std::size_t joint = 0; joint < p.size(); ++joint) {
                if (p[joint].valid != q[joint].valid)
                    return 1000.0 + static_cast<double>(frame);
                largest = std::max({largest, std::abs(p[joint].x - q[joint].x), std::abs(p[joint].y - q[joint].y),
                                    std::abs(p[joint].z - q[joint].z)});
            }
        }
    }
    return largest;
}

/// The longest time that the event loop did not come round while this lived.
class LoopGap : public QObject
{
public:
    LoopGap()
    {
        m_sinceTick.start();
        connect(&m_ticks, &QTimer::timeout, this,
                [this] { m_longestMs = std::max(m_longestMs, m_sinceTick.restart()); });
        m_ticks.start(5);
    }
    qint64 longestMs() const { return m_longestMs; }

private:
    QTimer m_ticks;
    QElapsedTimer m_sinceTick;
    qint64 m_longestMs = 0;
};

/// A worker program that runs the fake worker in @p mode whatever it is asked for.
QString fakeWorker(const QTemporaryDir &folder, const char *mode)
{
    const QString path = folder.filePath(QStringLiteral("worker-%1").arg(QString::fromLatin1(mode)));
    QFile script(path);
    script.open(QIODevice::WriteOnly);
    script.write(QStringLiteral("#!/bin/sh\nexec '%1' %2\n")
                     .arg(QStringLiteral(FAKE_WORKER), QString::fromLatin1(mode))
                     .toUtf8());
    script.close();
    script.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
    return path;
}

/// An open project that is lifted live.
struct LiveSession : EditSession
{
    explicit LiveSession(const QString &program) : lifter(&document, &selection, program)
    {
        lifter.setPatience(20000, 20);
    }

    void move(qint64 frame, int joint, double dx, double dy, int drag = 0)
    {
        const Pose2D pose = document.project().effectivePose(1, frame);
        const Keypoint2D &now = pose[static_cast<std::size_t>(joint)];
        editor.moveKeypoints(frame, {{1, joint, now.x + dx, now.y + dy}}, drag);
    }
    bool isUpToDate() const { return lifter.state() == LiveLifter::State::UpToDate && lifter.stale().empty(); }
    Joint3D joint(qint64 frame, int joint) const
    {
        return liftedLayer(document.project()).tracks.at(0).pose(frame).at(static_cast<std::size_t>(joint));
    }

    Selection selection;
    LiveLifter lifter;
};

} // namespace

class TestLiveLifter : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    Project m_sample; ///< lifted

    /// A file of its own for every test.
    std::filesystem::path file() const
    {
        static int count = 0;
        const std::string path = m_folder.filePath(QStringLiteral("%1.poselift").arg(++count)).toStdString();
        if (!writeProject(m_sample, path).ok())
            return {};
        return path;
    }

    void compareWithBatch(const Project &project) const
    {
        const double difference = largestDifference(project, liftedByBatch(project, m_folder));
        QVERIFY2(difference < kToleranceMetres, qPrintable(QString::number(difference)));
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("POSELIFT_STATE", m_folder.filePath(QStringLiteral("state")).toUtf8());
        const std::string resources = qgetenv("POSELIFT_RESOURCES").toStdString();
        Result<Project> sample = readProject(resources + "/sample/walk.poselift");
        QVERIFY(sample.ok());
        QVERIFY(!sample->media.seconds.empty());
        m_sample = liftedByBatch(*sample, m_folder);
        QVERIFY(!liftedLayer(m_sample).tracks.empty());
    }

    void anEditIsLiftedAsTheBatchDoes()
    {
        LiveSession session(realWorker());
        QVERIFY(session.open(file()) >= 0);
        const Project before = session.document.project();
        session.selection.setFrame(100);
        QSignalSpy current(&session.lifter, &LiveLifter::currentFrameLifted);
        QSignalSpy all(&session.lifter, &LiveLifter::allLifted);
        session.move(100, kWrist, 40, -25);
        QCOMPARE(session.lifter.state(), LiveLifter::State::Updating);
        QTRY_COMPARE_WITH_TIMEOUT(all.count(), 1, kWaitMs);
        QCOMPARE(current.count(), 1);
        QVERIFY(session.isUpToDate());
        QVERIFY(largestDifference(before, session.document.project()) > 0.01);
        QCOMPARE(session.document.undoStack()->count(), 1); // 3D that follows is no step of its own
        compareWithBatch(session.document.project());

        session.document.undoStack()->undo();
        QTRY_COMPARE_WITH_TIMEOUT(all.count(), 2, kWaitMs);
        QVERIFY(largestDifference(before, session.document.project()) < kToleranceMetres);
        session.document.undoStack()->redo();
        QTRY_COMPARE_WITH_TIMEOUT(all.count(), 3, kWaitMs);
        compareWithBatch(session.document.project());
    }

    void editsOfPeopleAndOfTheCameraAreLiftedToo()
    {
        LiveSession session(realWorker());
        QVERIFY(session.open(file()) >= 0);
        session.move(50, kHip, 15, 5);
        QTRY_VERIFY_WITH_TIMEOUT(session.isUpToDate(), kWaitMs);
        session.editor.swapPeople(1, 2, 90);
        QTRY_VERIFY_WITH_TIMEOUT(session.isUpToDate(), kWaitMs);
        compareWithBatch(session.document.project());
        session.editor.splitPerson(1, 120);
        CameraIntrinsics camera = session.document.project().camera;
        camera.fx = camera.fy = 900;
        session.document.setCamera(camera);
        session.move(60, kWrist, 15, 5);
        QTRY_VERIFY_WITH_TIMEOUT(session.isUpToDate(), kWaitMs);
        compareWithBatch(session.document.project());
        while (session.document.undoStack()->canUndo())
            session.document.undoStack()->undo();
        QTRY_VERIFY_WITH_TIMEOUT(session.isUpToDate(), kWaitMs);
        QVERIFY(largestDifference(m_sample, session.document.project()) < kToleranceMetres);
    }

    void editsOverManyFramesGoThroughAFile()
    {
        LiveSession session(realWorker());
        QVERIFY(session.open(file()) >= 0);
        session.editor.swapSides({1, {20, 199}, allJoints(session.document.project())});
        session.editor.smooth({1, {0, 209}, allJoints(session.document.project())}, {});
        QTRY_VERIFY_WITH_TIMEOUT(session.isUpToDate(), kWaitMs);
        compareWithBatch(session.document.project());
    }

    void aFloodOfEditsEndsWithTheLastOne()
    {
        LiveSession session(realWorker());
        QVERIFY(session.open(file()) >= 0);
        session.selection.setFrame(100);
        session.move(100, kWrist, 1, 0);
        QTRY_VERIFY_WITH_TIMEOUT(session.isUpToDate(), kWaitMs); // the worker runs
        QSignalSpy requested(&session.lifter, &LiveLifter::requested);
        QSignalSpy all(&session.lifter, &LiveLifter::allLifted);
        constexpr int kFlood = 500;
        const int drag = session.editor.beginDrag();
        int edits = 0;
        LoopGap gap;
        QTimer flood;
        connect(&flood, &QTimer::timeout, this, [&] {
            if (edits++ < kFlood)
                session.move(100, kWrist, 0.5, 0.25, drag);
        });
        flood.start(0);
        QTRY_VERIFY_WITH_TIMEOUT(edits > kFlood && session.isUpToDate(), kWaitMs);
        flood.stop();
        QVERIFY2(requested.count() < kFlood, qPrintable(QString::number(requested.count())));
        QVERIFY2(all.count() < requested.count() || requested.count() < kFlood / 4,
                 qPrintable(QString::number(all.count())));
        QVERIFY2(gap.longestMs() < 2000, qPrintable(QString::number(gap.longestMs())));
        compareWithBatch(session.document.project());
    }

    void aKilledWorkerComesBackAndCatchesUp()
    {
        LiveSession session(realWorker());
        QVERIFY(session.open(file()) >= 0);
        session.selection.setFrame(100);
        session.move(100, kWrist, 10, 0);
        QTRY_VERIFY_WITH_TIMEOUT(session.isUpToDate(), kWaitMs);
        QSignalSpy died(session.lifter.worker(), &WorkerClient::died);
        for (int i = 0; i < 2; ++i) {
            session.move(40 + 50 * i, kWrist, 30, 10);
            QCoreApplication::processEvents(); // the request is on its way
            auto *process = session.lifter.worker()->findChild<QProcess *>();
            QVERIFY(process != nullptr);
            QCOMPARE(::kill(static_cast<pid_t>(process->processId()), SIGKILL), 0);
            session.move(41 + 50 * i, kHip, 10, 10);
            QTRY_COMPARE_WITH_TIMEOUT(died.count(), i + 1, kWaitMs);
            QTRY_VERIFY_WITH_TIMEOUT(session.isUpToDate(), kWaitMs);
        }
        compareWithBatch(session.document.project());
    }

    void whatWasNotLiftedIsLiftedAfterOpening()
    {
        const std::filesystem::path path = file();
        {
            LiveSession session(realWorker());
            QVERIFY(session.open(path) >= 0);
            session.lifter.setEnabled(false);
            session.move(100, kWrist, 40, -25);
            QCOMPARE(session.lifter.state(), LiveLifter::State::Outdated);
            QSignalSpy saved(&session.saver, &DocumentSaver::saved);
            session.saver.save(QString::fromStdString(path.string()));
            QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kWaitMs);
        }
        QVERIFY(largestDifference(m_sample, *readProject(path)) < kToleranceMetres);
        LiveSession session(realWorker());
        QVERIFY(session.open(path) >= 0);
        QTRY_VERIFY_WITH_TIMEOUT(session.isUpToDate(), kWaitMs);
        compareWithBatch(session.document.project());
        QVERIFY(!session.document.isModified());
    }

    void whatTheJournalBringsBackIsLifted()
    {
        const std::filesystem::path path = file();
        {
            LiveSession session(realWorker());
            QVERIFY(session.open(path) >= 0);
            session.move(100, kWrist, 40, -25);
            session.move(101, kWrist, 40, -25);
            session.document.undoStack()->undo();
            QTRY_VERIFY_WITH_TIMEOUT(session.journal.isAcknowledged() && session.isUpToDate(), kWaitMs);
        } // never saved: the file has the old 2D and the old 3D
        LiveSession session(realWorker());
        QCOMPARE(session.open(path), 1);
        QVERIFY(!session.isUpToDate());
        QTRY_VERIFY_WITH_TIMEOUT(session.isUpToDate(), kWaitMs);
        compareWithBatch(session.document.project());
        session.document.undoStack()->undo();
        QTRY_VERIFY_WITH_TIMEOUT(session.isUpToDate(), kWaitMs);
        QVERIFY(largestDifference(m_sample, session.document.project()) < kToleranceMetres);
    }

    void withoutALiftedLayerNothingHappens()
    {
        Project plain = m_sample;
        std::erase_if(plain.jointLayers, [](const JointLayer &layer) { return layer.name.starts_with("lifted/"); });
        LiveSession session(realWorker());
        session.document.reset(plain, {}, false);
        session.move(100, kWrist, 40, -25);
        QTest::qWait(200);
        QCOMPARE(session.lifter.state(), LiveLifter::State::UpToDate);
        QCOMPARE(session.lifter.worker()->state(), WorkerClient::State::Stopped);
        // A run that did not know of the correction is accepted.
        session.document.acceptLayers(QStringLiteral("Lift"), {}, {liftedLayer(m_sample)});
        QVERIFY(!session.isUpToDate());
        QTRY_VERIFY_WITH_TIMEOUT(session.isUpToDate(), kWaitMs);
        compareWithBatch(session.document.project());
    }

    void switchedOffItLiftsOnlyWhenAsked()
    {
        LiveSession session(realWorker());
        QVERIFY(session.open(file()) >= 0);
        session.lifter.setEnabled(false);
        session.move(100, kWrist, 40, -25);
        QTest::qWait(200);
        QVERIFY(largestDifference(m_sample, session.document.project()) == 0);
        session.lifter.relift(2);
        QTRY_VERIFY_WITH_TIMEOUT(session.isUpToDate(), kWaitMs);
        compareWithBatch(session.document.project());
        session.move(100, kWrist, 40, -25);
        QCOMPARE(session.lifter.state(), LiveLifter::State::Outdated);
        session.lifter.setEnabled(true);
        QTRY_VERIFY_WITH_TIMEOUT(session.isUpToDate(), kWaitMs);
        compareWithBatch(session.document.project());
    }

    void correctedJointsAreLeftAlone()
    {
        Project project = m_sample;
        JointLayer corrected = liftedLayer(m_sample);
        corrected.name = "corrected3d";
        project.jointLayers.push_back(corrected);
        LiveSession session(realWorker());
        session.document.reset(project, {}, false);
        session.lifter.setShownLayer("corrected3d");
        session.move(100, kWrist, 40, -25);
        QTRY_VERIFY_WITH_TIMEOUT(session.isUpToDate(), kWaitMs);
        // The joint that was moved in the picture is released there (effectivepose3d.h); all others stay.
        const JointLayer &now = *session.document.project().jointLayer("corrected3d");
        const int wrist = corrected.skeleton.indexOf("left_wrist");
        for (const JointTrack &track : corrected.tracks) {
            const JointTrack *kept = findTrack(now.tracks, track.id);
            QVERIFY(kept != nullptr);
            for (std::int64_t frame = track.firstFrame; frame < track.endFrame(); ++frame) {
                Pose3D expected = track.pose(frame), found = kept->pose(frame);
                if (track.id == 1 && frame == 100) {
                    QVERIFY(!found[static_cast<std::size_t>(wrist)].valid);
                    found[static_cast<std::size_t>(wrist)] = expected[static_cast<std::size_t>(wrist)];
                }
                QVERIFY(found == expected);
            }
        }
        QVERIFY(largestDifference(m_sample, session.document.project()) > 0.01);
    }

    void aSlowWorkerGetsOnlyTheNewest()
    {
        const QString log = m_folder.filePath(QStringLiteral("slow.log"));
        qputenv("FAKE_WORKER_LOG", log.toUtf8());
        LiveSession session(fakeWorker(m_folder, "liveslow"));
        QVERIFY(session.open(file()) >= 0);
        const LoopGap gap;
        for (int i = 0; i < 40; ++i) {
            session.move(100, kWrist, 1, 0);
            QTest::qWait(20);
        }
        QTRY_VERIFY_WITH_TIMEOUT(session.isUpToDate(), kWaitMs);
        QVERIFY2(gap.longestMs() < 450, qPrintable(QString::number(gap.longestMs())));
        const double x = session.document.project().effectivePose(1, 100)[kWrist].x;
        QVERIFY(std::abs(session.joint(100, 0).x - x / 500) < 1e-4);
        QFile requests(log);
        QVERIFY(requests.open(QIODevice::ReadOnly));
        const qsizetype count = requests.readAll().count('\n');
        QVERIFY2(count >= 2 && count <= 8, qPrintable(QString::number(count)));
        qunsetenv("FAKE_WORKER_LOG");
    }

    void aWorkerThatMisbehavesIsGivenUp_data()
    {
        QTest::addColumn<QByteArray>("mode");
        QTest::addColumn<int>("code");
        QTest::newRow("garbage") << QByteArray("livegarbage") << static_cast<int>(ErrorCode::ProtocolMessage);
        QTest::newRow("dies") << QByteArray("livedies") << static_cast<int>(ErrorCode::WorkerDied);
        QTest::newRow("mute") << QByteArray("livemute") << static_cast<int>(ErrorCode::WorkerDied);
        QTest::newRow("dies at once") << QByteArray("diesatonce") << static_cast<int>(ErrorCode::WorkerDied);
        QTest::newRow("another version") << QByteArray("otherversion") << static_cast<int>(ErrorCode::ProtocolVersion);
        QTest::newRow("fails") << QByteArray("fails") << static_cast<int>(ErrorCode::FileNotFound);
    }
    void aWorkerThatMisbehavesIsGivenUp()
    {
        QFETCH(QByteArray, mode);
        QFETCH(int, code);
        const std::filesystem::path path = file();
        {
            LiveSession session(fakeWorker(m_folder, mode.constData()));
            session.lifter.setPatience(mode == "livemute" ? 300 : 20000, 10);
            session.lifter.worker()->setPatience(100, 100);
            QVERIFY(session.open(path) >= 0);
            session.move(100, kWrist, 40, -25);
            QTRY_COMPARE_WITH_TIMEOUT(session.lifter.state(), LiveLifter::State::Failed, kWaitMs);
            QCOMPARE(static_cast<int>(session.lifter.error()->code()), code);
            QVERIFY(!session.lifter.stale().empty()); // not forgotten
            QTRY_VERIFY_WITH_TIMEOUT(session.journal.isAcknowledged(), kWaitMs);
        }
        LiveSession session(realWorker());
        QVERIFY(session.open(path) >= 0);
        QTRY_VERIFY_WITH_TIMEOUT(session.isUpToDate(), kWaitMs);
        compareWithBatch(session.document.project());
    }
};

QTEST_GUILESS_MAIN(TestLiveLifter)
#include "tst_livelifter.moc"
