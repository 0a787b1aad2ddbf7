#include "clisandbox.h"
#include "workerprocess.h"

#include "core/io/projectfile.h"
#include "core/media/framesource.h"
#include "models/cli/exitcodes.h"
#include "tests/support/twopeople.h"

#include <QtTest/QtTest>

#include <signal.h>
#include <sys/resource.h>

#include <limits>

using namespace poselift;
using nlohmann::json;

/// The whole way through the real program: video → detector → tracks → project and overlay. The
/// detector is a tiny network that sees the same two people in every picture.
class TestRun : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void writesProjectAndOverlay();
    void summaryIsJson();
    void quietSaysNothing();
    void secondRunKeepsCorrections();
    void projectOfAnotherVideoIsRefused();
    void interruptLeavesALoadablePart();
    void fullDiskKeepsTheOldProject();
    void brokenNetworkIsNamed();
    void workerRunsTheSameJob();
    void workerCancelsWithinTwoSeconds();
    void workerSaysWhatFailed();

private:
    CliSandbox::Outcome run(const QStringList &more, std::function<void()> inChild = {}) const
    {
        return m_sandbox.run(QStringList{QStringLiteral("run"), QStringLiteral("clip.mp4")} + more, std::move(inChild));
    }
    Project project(const QString &name) const { return readProject(m_sandbox.file(name)).value(); }

    CliSandbox m_sandbox;
};

namespace {

constexpr int kFrames = 40;

/// What a full disk does: writing past 8 kB fails.
void limitFileSize()
{
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{8000, 8000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
}

} // namespace

void TestRun::initTestCase()
{
    const auto clip = [this](const char *name, const QString &source) {
        return m_sandbox.ffmpeg({QStringLiteral("-f"), QStringLiteral("lavfi"), QStringLiteral("-i"), source, QStringLiteral("-c:v"), QStringLiteral("libx264"),
                                 QStringLiteral("-pix_fmt"), QStringLiteral("yuv420p"), QString::fromLatin1(name)});
    };
    QVERIFY(clip("clip.mp4", QStringLiteral("testsrc2=size=320x256:rate=20:duration=2")));
    QVERIFY(clip("other.mp4", QStringLiteral("testsrc2=size=320x256:rate=25:duration=1")));
    QVERIFY(clip("long.mp4", QStringLiteral("color=size=64x64:rate=100:duration=100")));
    writeModel(m_sandbox.models(), "twopeople", twopeople::manifest(), twopeople::network());
}

void TestRun::writesProjectAndOverlay()
{
    const CliSandbox::Outcome outcome = run({QStringLiteral("-o"), QStringLiteral("a.poselift"), QStringLiteral("--overlay"), QStringLiteral("a.mp4")});
    QVERIFY2(outcome.exitCode == kExitOk, qPrintable(outcome.err));
    QVERIFY2(outcome.out.contains(QStringLiteral("40 of 40 frames")), qPrintable(outcome.out));
    QVERIFY2(outcome.err.contains(QStringLiteral("No lifting model")), qPrintable(outcome.err));

    const Project project = this->project(QStringLiteral("a.poselift"));
    QCOMPARE(project.media.path, std::string("clip.mp4"));
    QCOMPARE(project.media.frameCount, std::int64_t(kFrames));
    QCOMPARE(project.media.width, 320);
    QVERIFY(project.camera.assumed);
    QCOMPARE(project.saveGeneration, std::int64_t(1));
    QVERIFY(!project.meta.contains("partial"));
    const KeypointLayer *layer = project.keypointLayer("detected");
    QVERIFY(layer != nullptr);
    QCOMPARE(layer->producer, std::string("twopeople"));
    QCOMPARE(layer->tracks.size(), std::size_t(2));
    for (const KeypointTrack &track : layer->tracks) {
        QCOMPARE(track.frameCount(), std::int64_t(kFrames));
        const bool left = track.keypoint(0, 0).x < 150;
        const auto [x, y] = twopeople::keypointAt(left ? twopeople::kLeft : twopeople::kRight, 16);
        QVERIFY(std::abs(track.keypoint(20, 16).x - x * 320 / 64) < 1.0);
        QVERIFY(std::abs(track.keypoint(20, 16).y - y * 256 / 64) < 1.0);
    }

    const auto overlay = openFrameSource(m_sandbox.file(QStringLiteral("a.mp4")));
    QVERIFY(overlay.ok());
    const auto original = openFrameSource(m_sandbox.file(QStringLiteral("clip.mp4")));
    QCOMPARE((*overlay)->buildIndex()->frameCount(), std::int64_t(kFrames));
    const VideoFrame drawn = (*overlay)->frame(10).value();
    const VideoFrame plain = (*original)->frame(10).value();
    QCOMPARE(drawn.width, plain.width);
    // On the left hip (joint 11) a joint is drawn in the left side's blue: green and red fall.
    const auto [x, y] = twopeople::keypointAt(twopeople::kLeft, 11);
    const std::size_t at = std::size_t(y * 4) * std::size_t(drawn.strideBytes) + std::size_t(x * 5) * 4;
    const std::vector<std::uint8_t> &pixels = *drawn.pixels;
    QVERIFY2(pixels[at] > 180 && pixels[at + 2] < 140, qPrintable(QStringLiteral("%1 %2 %3").arg(pixels[at]).arg(pixels[at + 1]).arg(pixels[at + 2])));
}

void TestRun::summaryIsJson()
{
    const CliSandbox::Outcome outcome = run({QStringLiteral("-o"), QStringLiteral("json.poselift"), QStringLiteral("--json"), QStringLiteral("--no-lift")});
    QCOMPARE(outcome.exitCode, static_cast<int>(kExitOk));
    const json summary = json::parse(outcome.out.toStdString());
    QCOMPARE(summary["frames_detected"].get<int>(), kFrames);
    QCOMPARE(summary["tracks"].size(), std::size_t(2));
    QCOMPARE(summary["tracks"][0]["frames_present"].get<int>(), kFrames);
    QVERIFY(summary["partial"].is_null());
    QVERIFY(summary["warnings"].empty());
    // Not a terminal: lines, no cursor movements.
    QVERIFY(outcome.err.contains(QStringLiteral("detect")));
    QVERIFY(!outcome.err.contains(u'\r') && !outcome.err.contains(u'\x1b'));
}

void TestRun::quietSaysNothing()
{
    const CliSandbox::Outcome outcome = run({QStringLiteral("-o"), QStringLiteral("quiet.poselift"), QStringLiteral("--quiet"), QStringLiteral("--no-lift")});
    QCOMPARE(outcome.exitCode, static_cast<int>(kExitOk));
    QVERIFY2(outcome.out.isEmpty() && outcome.err.isEmpty(), qPrintable(outcome.out + outcome.err));
}

void TestRun::secondRunKeepsCorrections()
{
    const QString name = QStringLiteral("corrected.poselift");
    QCOMPARE(run({QStringLiteral("-o"), name, QStringLiteral("--quiet")}).exitCode, 0);
    Project before = project(name);
    const TrackId person = before.trackIds().back();
    KeypointTrack correction;
    correction.id = person;
    correction.jointCount = 17;
    correction.firstFrame = 5;
    correction.setKeypoint(5, 9, {33, 44, 1, KeypointState::Visible, KeypointOrigin::Corrected});
    before.tracks = {correction};
    before.camera.fx = before.camera.fy = 777;
    before.camera.assumed = false;
    JointLayer corrected;
    corrected.name = "corrected3d";
    corrected.skeleton = before.skeleton;
    JointLayer stale;
    stale.name = "lifted/old";
    stale.skeleton = before.skeleton;
    before.jointLayers = {corrected, stale};
    QVERIFY(writeProject(before, m_sandbox.file(name)).ok());

    QCOMPARE(run({QStringLiteral("-o"), name, QStringLiteral("--quiet")}).exitCode, 0);
    const Project after = project(name);
    QCOMPARE(after.uuid, before.uuid);
    QCOMPARE(after.saveGeneration, before.saveGeneration + 1);
    QVERIFY(after.tracks == before.tracks);
    QVERIFY(after.camera == before.camera);
    QVERIFY(after.jointLayer("corrected3d") != nullptr);
    QVERIFY(after.jointLayer("lifted/old") == nullptr);
    QVERIFY(after.trackIds() == before.trackIds());
    QCOMPARE(after.effectivePose(person, 5)[9].x, 33.0);
}

void TestRun::projectOfAnotherVideoIsRefused()
{
    const QString name = QStringLiteral("mine.poselift");
    QCOMPARE(run({QStringLiteral("-o"), name, QStringLiteral("--quiet")}).exitCode, 0);
    const QByteArray before = m_sandbox.read(name);
    const CliSandbox::Outcome outcome = m_sandbox.run({QStringLiteral("run"), QStringLiteral("other.mp4"), QStringLiteral("-o"), name, QStringLiteral("--quiet")});
    QCOMPARE(outcome.exitCode, static_cast<int>(kExitBadInput));
    QVERIFY2(outcome.err.contains(QStringLiteral("clip.mp4")) && outcome.err.contains(QStringLiteral("other.mp4")), qPrintable(outcome.err));
    QVERIFY(m_sandbox.read(name) == before);
}

void TestRun::interruptLeavesALoadablePart()
{
    QProcess process;
    process.setProcessEnvironment(m_sandbox.environment());
    process.setWorkingDirectory(m_sandbox.path({}));
    process.setReadChannel(QProcess::StandardError);
    process.start(qEnvironmentVariable("POSELIFT_CLI"), {QStringLiteral("run"), QStringLiteral("long.mp4"), QStringLiteral("-o"), QStringLiteral("part.poselift")});
    QByteArray log;
    // The first line of the stage comes with its first frame.
    while (!log.contains("detect ") && process.waitForReadyRead(60000))
        log += process.readAllStandardError();
    QVERIFY2(log.contains("detect "), log.constData());
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(20000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), static_cast<int>(kExitCancelled));
    const Project part = project(QStringLiteral("part.poselift"));
    QVERIFY(part.meta.contains("partial"));
    const KeypointLayer *layer = part.keypointLayer("detected");
    QVERIFY(layer != nullptr);
    QCOMPARE(part.media.frameCount, std::int64_t(10000));
    for (const KeypointTrack &track : layer->tracks)
        QVERIFY(track.endFrame() < 10000);
}

void TestRun::fullDiskKeepsTheOldProject()
{
    const QString name = QStringLiteral("full.poselift");
    QCOMPARE(run({QStringLiteral("-o"), name, QStringLiteral("--quiet")}).exitCode, 0);
    const QByteArray before = m_sandbox.read(name);
    QVERIFY2(before.size() > 8000, qPrintable(QString::number(before.size())));
    const QStringList filesBefore = m_sandbox.files();
    const CliSandbox::Outcome outcome = run({QStringLiteral("-o"), name, QStringLiteral("--quiet")}, limitFileSize);
    QVERIFY2(outcome.exitCode == kExitCannotWrite, qPrintable(QString::number(outcome.exitCode) + outcome.err));
    QVERIFY2(outcome.err.contains(name), qPrintable(outcome.err));
    QVERIFY(m_sandbox.read(name) == before);
    QCOMPARE(m_sandbox.files(), filesBefore);
}

void TestRun::brokenNetworkIsNamed()
{
    writeModel(m_sandbox.models(), "garbage", twopeople::manifest(), "this is no network");
    OnnxWriter wrongShape({1, 3, 64, 64});
    wrongShape.addConstantOutput("people", {1, 2, 7}, std::vector<float>(14, 0.5F));
    writeModel(m_sandbox.models(), "wrongshape", twopeople::manifest(), wrongShape.bytes());
    OnnxWriter notNumbers({1, 3, twopeople::kInputPx, twopeople::kInputPx});
    notNumbers.addConstantOutput("people", {1, 2, 56}, std::vector<float>(112, std::numeric_limits<float>::quiet_NaN()));
    writeModel(m_sandbox.models(), "notnumbers", twopeople::manifest(), notNumbers.bytes());
    for (const QString &model : {QStringLiteral("garbage"), QStringLiteral("wrongshape"), QStringLiteral("notnumbers")}) {
        const CliSandbox::Outcome outcome = run({QStringLiteral("-o"), QStringLiteral("broken.poselift"), QStringLiteral("--quiet"), QStringLiteral("--detector"), model});
        QVERIFY2(outcome.exitCode == kExitBadInput, qPrintable(QString::number(outcome.exitCode) + outcome.err));
        QVERIFY2(outcome.err.contains(model) && outcome.err.count(u'\n') == 1, qPrintable(outcome.err));
        QVERIFY(!m_sandbox.files().contains(QStringLiteral("broken.poselift")));
        std::filesystem::remove_all(m_sandbox.models() / model.toStdString());
    }
}

namespace {

struct Serve : WorkerProcess
{
    explicit Serve(const CliSandbox &sandbox) : WorkerProcess("POSELIFT_CLI", {QStringLiteral("serve")}, sandbox.environment()) {}
};

json runArguments(const CliSandbox &sandbox, const char *video, const char *project)
{
    return {{"video", sandbox.path(QString::fromLatin1(video)).toStdString()}, {"project", sandbox.path(QString::fromLatin1(project)).toStdString()}};
}

} // namespace

void TestRun::workerRunsTheSameJob()
{
    Serve serve(m_sandbox);
    serve.send(StartMessage{1, "probe", {{"path", m_sandbox.path(QStringLiteral("clip.mp4")).toStdString()}, {"index", true}}});
    serve.send(StartMessage{2, "run", runArguments(m_sandbox, "clip.mp4", "worker.poselift")});
    serve.send(StartMessage{3, "models", json::object()});
    for (const JobId job : {1, 2, 3}) {
        const ReplyMessage end = serve.waitForEnd(job);
        QVERIFY(std::holds_alternative<FinishedMessage>(end));
        QCOMPARE(serve.endCount(job), 1);
    }
    const json probe = std::get<FinishedMessage>(serve.waitForEnd(1)).result;
    QCOMPARE(probe["frame_count"].get<int>(), kFrames);
    const json summary = std::get<FinishedMessage>(serve.waitForEnd(2)).result;
    QCOMPARE(summary["tracks"].size(), std::size_t(2));
    QCOMPARE(project(QStringLiteral("worker.poselift")).trackIds().size(), std::size_t(2));
    const json models = std::get<FinishedMessage>(serve.waitForEnd(3)).result;
    QCOMPARE(models["models"][0]["name"].get<std::string>(), std::string("twopeople"));
    QVERIFY(serve.invalidLines().isEmpty());
}

void TestRun::workerCancelsWithinTwoSeconds()
{
    Serve serve(m_sandbox);
    serve.send(StartMessage{1, "run", runArguments(m_sandbox, "long.mp4", "cancelled.poselift")});
    const auto detecting = [&serve] {
        const auto messages = serve.ofJob(1);
        return std::any_of(messages.begin(), messages.end(), [](const WorkerProcess::Received &received) {
            const auto *progress = std::get_if<ProgressMessage>(&received.message);
            return progress != nullptr && progress->progress.stage == "detect";
        });
    };
    for (int i = 0; i < 600 && !detecting(); ++i)
        serve.readFor(50);
    QVERIFY(detecting());
    QElapsedTimer clock;
    clock.start();
    serve.send(CancelMessage{1});
    QVERIFY(std::holds_alternative<CancelledMessage>(serve.waitForEnd(1)));
    QVERIFY2(clock.elapsed() < 2000, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(serve.endCount(1), 1);
    QVERIFY(project(QStringLiteral("cancelled.poselift")).meta.contains("partial"));
}

void TestRun::workerSaysWhatFailed()
{
    Serve serve(m_sandbox);
    serve.send(StartMessage{1, "run", runArguments(m_sandbox, "nowhere.mp4", "x.poselift")});
    serve.send(StartMessage{2, "run", {{"project", "x.poselift"}}});
    serve.send(StartMessage{3, "probe", {{"path", "a"}, {"pth", "b"}}});
    const ReplyMessage missing = serve.waitForEnd(1);
    QVERIFY(std::holds_alternative<FailedMessage>(missing));
    QCOMPARE(std::get<FailedMessage>(missing).error.code(), ErrorCode::FileNotFound);
    QVERIFY(std::get<FailedMessage>(missing).error.sentence().find("nowhere.mp4") != std::string::npos);
    for (const JobId job : {2, 3}) {
        const ReplyMessage bad = serve.waitForEnd(job);
        QVERIFY(std::holds_alternative<FailedMessage>(bad));
        QCOMPARE(std::get<FailedMessage>(bad).error.code(), ErrorCode::BadArgument);
    }
}

QTEST_GUILESS_MAIN(TestRun)
#include "tst_run.moc"
