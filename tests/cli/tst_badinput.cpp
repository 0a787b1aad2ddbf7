#include "clisandbox.h"

#include "core/io/projectfile.h"
#include "models/cli/exitcodes.h"

#include <hdf5.h>

#include <QtTest/QtTest>

#include <linux/capability.h>
#include <sys/prctl.h>

using namespace poselift;

/// Whatever is wrong with an input or output, the program says one sentence that names it, returns
/// the documented exit code, and leaves every file as it was.
class TestBadInput : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void badVideoIsNamed_data();
    void badVideoIsNamed();
    void runWithoutDetectorNamesTheInstallStep();
    void badProjectIsNamedAndLeftAlone_data();
    void badProjectIsNamedAndLeftAlone();
    void badWeightsAreNamed_data();
    void badWeightsAreNamed();
    void badPackIsNamed_data();
    void badPackIsNamed();
    void badModelIsNamed_data();
    void badModelIsNamed();
    void permissionsAreObeyed_data();
    void permissionsAreObeyed();
    void outputThatCannotBeWritten_data();
    void outputThatCannotBeWritten();
    void wrongUsageExitsWithTwo_data();
    void wrongUsageExitsWithTwo();
    void jsonErrorsHaveACode();

private:
    void makeVideos();
    void makeProjects();
    void makeWeights();
    void makeModel(const QString &name, const QByteArray &manifest, const QByteArray &network);
    /// One line on standard error (the library's own complaints must not add to it).
    static bool isOneSentence(const QString &text);
    static QStringList words(std::initializer_list<const char *> words);

    CliSandbox m_sandbox;
};

namespace {

/// A dataset of a project, made anew with another shape.
void reshape(const std::filesystem::path &file, const char *dataset, std::vector<hsize_t> shape)
{
    const hid_t handle = ::H5Fopen(file.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    QVERIFY(handle >= 0);
    QVERIFY(::H5Ldelete(handle, dataset, H5P_DEFAULT) >= 0);
    const hid_t space = ::H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr);
    const hid_t made = ::H5Dcreate2(handle, dataset, H5T_IEEE_F32LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    QVERIFY(made >= 0);
    ::H5Dclose(made);
    ::H5Sclose(space);
    ::H5Fclose(handle);
}

/// For CliSandbox::run(): in the program that starts next, root too is bound by permissions. Without
/// effect (and need) for other users.
void giveUpRootsPowers()
{
    for (const int capability : {CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH})
        ::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
}

void makeWeightsFile(const std::filesystem::path &file, float value)
{
    const hid_t handle = ::H5Fcreate(file.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    const hsize_t count = 4;
    const std::array<float, 4> values{1, 2, 3, value};
    const hid_t space = ::H5Screate_simple(1, &count, nullptr);
    const hid_t made = ::H5Dcreate2(handle, "layer.weight", H5T_IEEE_F32LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    ::H5Dwrite(made, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    ::H5Dclose(made);
    ::H5Sclose(space);
    ::H5Fclose(handle);
}

Project smallProject()
{
    Project project;
    project.uuid = newUuid();
    project.skeleton = *findSkeleton("coco17");
    project.media.path = "good.mp4";
    project.media.frameCount = 2;
    project.media.width = 160;
    project.media.height = 120;
    project.media.seconds = {0.0, 0.1};
    project.camera = assumedIntrinsics(160, 120);
    KeypointTrack track;
    track.id = 1;
    track.jointCount = 17;
    track.setPose(0, Pose2D(17, {10, 10, 0.9F, KeypointState::Visible, KeypointOrigin::Corrected}));
    track.setPose(1, Pose2D(17, {11, 10, 0.9F, KeypointState::Visible, KeypointOrigin::Corrected}));
    project.tracks = {track};
    return project;
}

} // namespace

bool TestBadInput::isOneSentence(const QString &text)
{
    return text.endsWith(u'\n') && text.count(u'\n') == 1 && text.size() > 10;
}

QStringList TestBadInput::words(std::initializer_list<const char *> words)
{
    QStringList list;
    for (const char *word : words)
        list << QString::fromLatin1(word);
    return list;
}

void TestBadInput::initTestCase()
{
    makeVideos();
    makeProjects();
    makeWeights();
}

void TestBadInput::makeVideos()
{
    const auto q = [](const char *text) { return QString::fromLatin1(text); };
    QVERIFY(m_sandbox.ffmpeg({q("-f"), q("lavfi"), q("-i"), q("testsrc2=size=160x120:rate=10"), q("-t"), q("2"), q("-c:v"), q("libx264"), q("-pix_fmt"), q("yuv420p"), q("good.mp4")}));
    QVERIFY(m_sandbox.ffmpeg({q("-f"), q("lavfi"), q("-i"), q("sine"), q("-t"), q("1"), q("-c:a"), q("aac"), q("sound.mp4")}));
    const QByteArray good = m_sandbox.read(q("good.mp4"));
    m_sandbox.write(q("text.mp4"), "This is a letter, not a video.\n");
    m_sandbox.write(q("empty.mp4"), {});
    m_sandbox.write(q("noise.mp4"), QByteArray(5000, '\x55'));
    // The table of frames is at the end of an mp4 file: half of one cannot be read.
    m_sandbox.write(q("half.mp4"), good.left(good.size() / 2));
    QByteArray otherCodec = good;
    otherCodec.replace(otherCodec.lastIndexOf("avc1"), 4, "zzz1");
    m_sandbox.write(q("codec.mp4"), otherCodec);
    // A picture container without a single frame.
    QVERIFY(m_sandbox.ffmpeg({q("-i"), q("good.mp4"), q("-c"), q("copy"), q("-frames:v"), q("0"), q("-f"), q("avi"), q("frameless.avi")})
            || m_sandbox.ffmpeg({q("-i"), q("good.mp4"), q("-t"), q("0"), q("-c"), q("copy"), q("-f"), q("avi"), q("frameless.avi")}));
    QDir(m_sandbox.path({})).mkpath(q("folder"));
}

void TestBadInput::makeProjects()
{
    QVERIFY(writeProject(smallProject(), m_sandbox.file(QStringLiteral("good.poselift"))).ok());
    const QByteArray good = m_sandbox.read(QStringLiteral("good.poselift"));
    m_sandbox.write(QStringLiteral("truncated.poselift"), good.left(good.size() * 2 / 3));
    m_sandbox.write(QStringLiteral("text.poselift"), "not HDF5\n");
    m_sandbox.write(QStringLiteral("shape.poselift"), good);
    reshape(m_sandbox.file(QStringLiteral("shape.poselift")), "/tracks/1/xy", {2, 17, 3});
    m_sandbox.write(QStringLiteral("newer.poselift"), good);
    const hid_t file = ::H5Fopen(m_sandbox.file(QStringLiteral("newer.poselift")).c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    QVERIFY(file >= 0);
    const std::int64_t newer = kProjectFormatVersion + 41;
    QVERIFY(::H5Adelete_by_name(file, "/meta", "format_version", H5P_DEFAULT) >= 0);
    const hid_t space = ::H5Screate(H5S_SCALAR);
    const hid_t version = ::H5Acreate_by_name(file, "/meta", "format_version", H5T_STD_I64LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    QVERIFY(version >= 0);
    QVERIFY(::H5Awrite(version, H5T_NATIVE_INT64, &newer) >= 0);
    ::H5Aclose(version);
    ::H5Sclose(space);
    ::H5Fclose(file);
}

void TestBadInput::makeWeights()
{
    makeWeightsFile(m_sandbox.file(QStringLiteral("nan.h5")), std::numeric_limits<float>::quiet_NaN());
    makeWeightsFile(m_sandbox.file(QStringLiteral("bare.h5")), 4.0F);
    const QByteArray bare = m_sandbox.read(QStringLiteral("bare.h5"));
    m_sandbox.write(QStringLiteral("cut.h5"), bare.left(bare.size() - 200));
}

void TestBadInput::badVideoIsNamed_data()
{
    QTest::addColumn<QString>("video");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const char *video, const char *says) {
        QTest::newRow(name) << QString::fromLatin1(video) << QString::fromLatin1(says);
    };
    row("missing file", "nowhere.mp4", "does not exist");
    row("directory without pictures", "folder", "folder");
    row("text", "text.mp4", "expected a video");
    row("empty file", "empty.mp4", "");
    row("noise", "noise.mp4", "");
    row("audio only", "sound.mp4", "expected a video stream");
    row("truncated", "half.mp4", "cut short");
    row("unsupported codec", "codec.mp4", "no decoder for the codec");
    row("zero frames", "frameless.avi", "frame");
}

void TestBadInput::badVideoIsNamed()
{
    QFETCH(QString, video);
    QFETCH(QString, says);
    const QStringList before = m_sandbox.files();
    for (const QString &command : words({"info", "run"})) {
        const CliSandbox::Outcome outcome = m_sandbox.run({command, video});
        QVERIFY2(outcome.exitCode == kExitBadInput, qPrintable(QString::number(outcome.exitCode) + outcome.err));
        QVERIFY2(isOneSentence(outcome.err), qPrintable(outcome.err));
        QVERIFY2(outcome.err.contains(video), qPrintable(outcome.err));
        QVERIFY2(outcome.err.contains(says), qPrintable(outcome.err));
        QVERIFY(outcome.out.isEmpty());
    }
    QStringList after = m_sandbox.files();
    after.erase(std::remove_if(after.begin(), after.end(), [](const QString &name) { return name.endsWith(QStringLiteral(".lock")); }), after.end());
    QCOMPARE(after, before);
}

void TestBadInput::runWithoutDetectorNamesTheInstallStep()
{
    const CliSandbox::Outcome outcome = m_sandbox.run({QStringLiteral("run"), QStringLiteral("good.mp4"), QStringLiteral("-o"), QStringLiteral("none.poselift")});
    QCOMPARE(outcome.exitCode, static_cast<int>(kExitNoDetector));
    QVERIFY2(isOneSentence(outcome.err), qPrintable(outcome.err));
    QVERIFY(outcome.err.contains(QStringLiteral("poselift-cli models install")));
    QVERIFY(!m_sandbox.files().contains(QStringLiteral("none.poselift")));
}

void TestBadInput::badProjectIsNamedAndLeftAlone_data()
{
    QTest::addColumn<QString>("project");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const char *project, const char *says) {
        QTest::newRow(name) << QString::fromLatin1(project) << QString::fromLatin1(says);
    };
    row("truncated", "truncated.poselift", "cut short");
    row("not HDF5", "text.poselift", "expected");
    row("wrong shape", "shape.poselift", "tracks/1/xy");
    row("newer version", "newer.poselift", "newer version");
    row("of another video", "good.poselift", "");
}

void TestBadInput::badProjectIsNamedAndLeftAlone()
{
    QFETCH(QString, project);
    QFETCH(QString, says);
    const bool readable = says.isEmpty();
    const QByteArray before = m_sandbox.read(project);
    const CliSandbox::Outcome info = m_sandbox.run({QStringLiteral("info"), project});
    QCOMPARE(info.exitCode, static_cast<int>(readable ? kExitOk : kExitBadInput));
    if (!readable) {
        QVERIFY2(isOneSentence(info.err), qPrintable(info.err));
        QVERIFY2(info.err.contains(project) && info.err.contains(says), qPrintable(info.err));
        const CliSandbox::Outcome run = m_sandbox.run({QStringLiteral("run"), QStringLiteral("good.mp4"), QStringLiteral("-o"), project});
        QCOMPARE(run.exitCode, static_cast<int>(kExitBadInput));
        QVERIFY2(isOneSentence(run.err) && run.err.contains(says), qPrintable(run.err));
    }
    QVERIFY(m_sandbox.read(project) == before);
}

void TestBadInput::badWeightsAreNamed_data()
{
    QTest::addColumn<QString>("weights");
    QTest::addColumn<QString>("says");
    QTest::newRow("not a number") << QStringLiteral("nan.h5") << QStringLiteral("layer.weight");
    QTest::newRow("truncated") << QStringLiteral("cut.h5") << QStringLiteral("cut");
}

void TestBadInput::badWeightsAreNamed()
{
    QFETCH(QString, weights);
    QFETCH(QString, says);
    const CliSandbox::Outcome outcome = m_sandbox.run({QStringLiteral("info"), weights});
    QCOMPARE(outcome.exitCode, static_cast<int>(kExitBadInput));
    QVERIFY2(isOneSentence(outcome.err), qPrintable(outcome.err));
    QVERIFY2(outcome.err.contains(weights) && outcome.err.contains(says), qPrintable(outcome.err));
}

void TestBadInput::badPackIsNamed_data()
{
    QTest::addColumn<QString>("pack");
    QTest::addColumn<QString>("says");
    QTest::newRow("weights") << QStringLiteral("nan.h5") << QStringLiteral("a training pack of keypoints");
    QTest::newRow("truncated") << QStringLiteral("cut.h5") << QStringLiteral("cut short");
    QTest::newRow("missing") << QStringLiteral("nowhere.h5") << QStringLiteral("does not exist");
}

void TestBadInput::badPackIsNamed()
{
    QFETCH(QString, pack);
    QFETCH(QString, says);
    const QStringList before = m_sandbox.files();
    const CliSandbox::Outcome outcome =
        m_sandbox.run(words({"train", "detector", "--out", "trained", "--data"}) + QStringList{pack});
    QCOMPARE(outcome.exitCode, static_cast<int>(kExitBadInput));
    QVERIFY2(isOneSentence(outcome.err), qPrintable(outcome.err));
    QVERIFY2(outcome.err.contains(pack) && outcome.err.contains(says), qPrintable(outcome.err));
    QCOMPARE(m_sandbox.files(), before);
}

void TestBadInput::makeModel(const QString &name, const QByteArray &manifest, const QByteArray &network)
{
    QDir(m_sandbox.path({})).mkpath(name);
    m_sandbox.write(name + QStringLiteral("/model.json"), manifest);
    m_sandbox.write(name + QStringLiteral("/net.onnx"), network);
}

void TestBadInput::badModelIsNamed_data()
{
    QTest::addColumn<QByteArray>("manifest");
    QTest::addColumn<QString>("says");
    const QByteArray zeros(64, '0');
    const QByteArray body = R"("title":"T","licence":"CC0","source":"test","format":"onnx","skeleton":"coco17",
        "input":{"width":64,"height":64,"colour":"RGB","scale":1,"resize":"stretch"},
        "decoder":{"type":"yolopose","score_threshold":0.5,"nms_iou":0.5},
        "files":[{"name":"net.onnx","role":"network","sha256":")" + zeros + R"("}]})";
    QTest::newRow("sha256 mismatch") << QByteArray(R"({"kind":"keypoints",)" + body) << QStringLiteral("sha256");
    QTest::newRow("without a field") << QByteArray("{" + body) << QStringLiteral("kind");
    QTest::newRow("not JSON") << QByteArray("kind: keypoints") << QStringLiteral("model.json");
}

void TestBadInput::badModelIsNamed()
{
    QFETCH(QByteArray, manifest);
    QFETCH(QString, says);
    makeModel(QStringLiteral("badmodel"), manifest, "network");
    const CliSandbox::Outcome outcome = m_sandbox.run({QStringLiteral("models"), QStringLiteral("install"), QStringLiteral("badmodel")});
    QCOMPARE(outcome.exitCode, static_cast<int>(kExitBadInput));
    QVERIFY2(isOneSentence(outcome.err), qPrintable(outcome.err));
    QVERIFY2(outcome.err.contains(QStringLiteral("badmodel")) && outcome.err.contains(says), qPrintable(outcome.err));
    QVERIFY(m_sandbox.files(QStringLiteral("installed")).isEmpty());
}

void TestBadInput::permissionsAreObeyed_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("names");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("video without read permission") << words({"info", "secret/video.mp4"}) << QStringLiteral("secret/video.mp4") << int(kExitBadInput);
    QTest::newRow("project without read permission") << words({"info", "secret/p.poselift"}) << QStringLiteral("secret/p.poselift") << int(kExitBadInput);
    QTest::newRow("result in a read-only folder") << words({"run", "good.mp4", "-o", "readonly/new.poselift"}) << QStringLiteral("readonly/new.poselift") << int(kExitCannotWrite);
    QTest::newRow("result over a project in a read-only folder") << words({"run", "good.mp4", "-o", "readonly/p.poselift"}) << QStringLiteral("readonly/p.poselift") << int(kExitCannotWrite);
    QTest::newRow("overlay in a read-only folder") << words({"run", "good.mp4", "-o", "fine.poselift", "--overlay", "readonly/o.mp4"}) << QStringLiteral("readonly/o.mp4") << int(kExitCannotWrite);
}

void TestBadInput::permissionsAreObeyed()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, names);
    QFETCH(int, exitCode);
    const QByteArray project = m_sandbox.read(QStringLiteral("good.poselift"));
    QDir(m_sandbox.path({})).mkpath(QStringLiteral("secret"));
    QDir(m_sandbox.path({})).mkpath(QStringLiteral("readonly"));
    const QStringList secrets = words({"secret/video.mp4", "secret/p.poselift"});
    for (const QString &secret : secrets) {
        m_sandbox.write(secret, project);
        QVERIFY(QFile::setPermissions(m_sandbox.path(secret), {}));
    }
    if (!m_sandbox.files(QStringLiteral("readonly")).contains(QStringLiteral("p.poselift")))
        m_sandbox.write(QStringLiteral("readonly/p.poselift"), project);
    QVERIFY(QFile::setPermissions(m_sandbox.path(QStringLiteral("readonly")), QFileDevice::ReadOwner | QFileDevice::ExeOwner));

    const CliSandbox::Outcome outcome = m_sandbox.run(arguments, giveUpRootsPowers);
    QVERIFY(QFile::setPermissions(m_sandbox.path(QStringLiteral("readonly")), QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner));
    for (const QString &secret : secrets)
        QVERIFY(QFile::remove(m_sandbox.path(secret)));
    QVERIFY2(outcome.exitCode == exitCode, qPrintable(QString::number(outcome.exitCode) + outcome.err));
    QVERIFY2(isOneSentence(outcome.err), qPrintable(outcome.err));
    QVERIFY2(outcome.err.contains(names) && outcome.err.contains(QStringLiteral("ermission")), qPrintable(outcome.err));
    QCOMPARE(m_sandbox.files(QStringLiteral("readonly")), words({"p.poselift"}));
    QVERIFY(m_sandbox.read(QStringLiteral("readonly/p.poselift")) == project);
}

void TestBadInput::outputThatCannotBeWritten_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("names");
    QTest::addColumn<int>("exitCode");
    // Root may write anywhere, but not below a file and not in /proc.
    QTest::newRow("below a file") << words({"-o", "text.mp4/out.poselift"}) << QStringLiteral("text.mp4/out.poselift") << int(kExitCannotWrite);
    QTest::newRow("in /proc") << words({"-o", "/proc/out.poselift"}) << QStringLiteral("/proc/out.poselift") << int(kExitCannotWrite);
    QTest::newRow("folder that is not there") << words({"-o", "no/such/out.poselift"}) << QStringLiteral("no/such/out.poselift") << int(kExitCannotWrite);
    QTest::newRow("a folder") << words({"-o", "folder"}) << QStringLiteral("folder") << int(kExitBadInput);
    QTest::newRow("overlay in /proc") << words({"-o", "fine.poselift", "--overlay", "/proc/o.mp4"}) << QStringLiteral("/proc/o.mp4") << int(kExitCannotWrite);
}

void TestBadInput::outputThatCannotBeWritten()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, names);
    QFETCH(int, exitCode);
    const CliSandbox::Outcome outcome = m_sandbox.run(words({"run", "good.mp4"}) + arguments);
    QVERIFY2(outcome.exitCode == exitCode, qPrintable(QString::number(outcome.exitCode) + outcome.err));
    QVERIFY2(isOneSentence(outcome.err), qPrintable(outcome.err));
    QVERIFY2(outcome.err.contains(names), qPrintable(outcome.err));
    QVERIFY(!m_sandbox.files().contains(QStringLiteral("fine.poselift")));
}

void TestBadInput::wrongUsageExitsWithTwo_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("no command") << QStringList();
    QTest::newRow("unknown command") << words({"fly"});
    QTest::newRow("run without video") << words({"run"});
    QTest::newRow("unknown option") << words({"run", "good.mp4", "--wings"});
    QTest::newRow("threads are a word") << words({"run", "good.mp4", "--threads", "many"});
    QTest::newRow("pack of what") << words({"pack"});
    QTest::newRow("pack without pictures") << words({"pack", "keypoints", "-o", "pack.h5"});
    QTest::newRow("training without data") << words({"train", "detector", "--out", "trained"});
    QTest::newRow("unknown bench") << words({"bench", "press"});
}

void TestBadInput::wrongUsageExitsWithTwo()
{
    QFETCH(QStringList, arguments);
    const CliSandbox::Outcome outcome = m_sandbox.run(arguments);
    QCOMPARE(outcome.exitCode, static_cast<int>(kExitUsage));
    QVERIFY(!outcome.err.isEmpty());
}

void TestBadInput::jsonErrorsHaveACode()
{
    const CliSandbox::Outcome outcome = m_sandbox.run({QStringLiteral("info"), QStringLiteral("nowhere.mp4"), QStringLiteral("--json")});
    QCOMPARE(outcome.exitCode, static_cast<int>(kExitBadInput));
    const QJsonObject error = QJsonDocument::fromJson(outcome.out.toUtf8()).object()[QStringLiteral("error")].toObject();
    QCOMPARE(error[QStringLiteral("code")].toString(), QStringLiteral("FileNotFound"));
    QCOMPARE(error[QStringLiteral("sentence")].toString(), outcome.err.trimmed());
}

QTEST_GUILESS_MAIN(TestBadInput)
#include "tst_badinput.moc"
