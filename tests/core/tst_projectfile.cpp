#include "core/io/projectfile.h"
#include "core/io/projectsnapshot.h"
#include "core/pose/edit/effectivepose3d.h"
#include "core/pose/edit/poseedit3d.h"
#include "tests/core/edit/posedproject.h"
#include "tests/support/sampleproject.h"

#include <hdf5.h>

#include <QtTest/QtTest>

#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <random>

#include <sys/stat.h>

using namespace poselift;
namespace fs = std::filesystem;

namespace {

std::string bytesOf(const fs::path &path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::size_t filesIn(const QTemporaryDir &folder)
{
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder.path().toStdString()), {}));
}

fs::path in(const QTemporaryDir &folder, const char *name)
{
    return fs::path(folder.path().toStdString()) / name;
}

/// Opens a project with HDF5 for a change that no program of ours would make.
template <typename Change>
void changeFile(const fs::path &path, Change change)
{
    const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    QVERIFY(file >= 0);
    change(file);
    QVERIFY(H5Fclose(file) >= 0);
}

void setVersion(hid_t file, std::int64_t version)
{
    const hid_t meta = H5Gopen2(file, "meta", H5P_DEFAULT);
    const hid_t attribute = H5Aopen(meta, "format_version", H5P_DEFAULT);
    QVERIFY(H5Awrite(attribute, H5T_NATIVE_INT64, &version) >= 0);
    H5Aclose(attribute);
    H5Gclose(meta);
}

std::int64_t readVersion(hid_t file)
{
    std::int64_t version = 0;
    const hid_t meta = H5Gopen2(file, "meta", H5P_DEFAULT);
    const hid_t attribute = H5Aopen(meta, "format_version", H5P_DEFAULT);
    H5Aread(attribute, H5T_NATIVE_INT64, &version);
    H5Aclose(attribute);
    H5Gclose(meta);
    return version;
}

void replaceDataset(hid_t file, const char *name, const std::vector<hsize_t> &shape)
{
    H5Ldelete(file, name, H5P_DEFAULT);
    const hid_t space = H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr);
    const hid_t dataset = H5Dcreate2(file, name, H5T_NATIVE_FLOAT, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    hsize_t count = 1;
    for (const hsize_t size : shape)
        count *= size;
    const std::vector<float> zeros(count);
    H5Dwrite(dataset, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, zeros.data());
    H5Dclose(dataset);
    H5Sclose(space);
}

/// A person in 5,003 frames: several chunks, the last one not full.
Project makeLongProject()
{
    Project project = makeSampleProject();
    KeypointTrack track;
    track.id = 1;
    track.jointCount = 17;
    track.firstFrame = 2;
    for (int i = 0; i < 5003 * 17; ++i) {
        track.xy.insert(track.xy.end(), {static_cast<float>(i % 640), static_cast<float>(i % 479)});
        track.confidence.push_back(static_cast<float>(i % 100) / 100);
        track.state.push_back(static_cast<std::uint8_t>(i % 4));
    }
    project.tracks = {track};
    return project;
}

} // namespace

class TestProjectFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyFieldRoundTrips();
    void correctionsOfSomeJointsRoundTrip();
    void emptyProjectRoundTrips();
    void pathsWithSpacesAndUnicode();
    void h5pyReadsWhatWeWrote();
    void theLastThreeSavesAreKept();
    void savingThroughALinkChangesItsTarget();
    void permissionsOfTheOldFileStay();
    void aFailingCallLeavesTheOldFile_data();
    void aFailingCallLeavesTheOldFile();
    void aDiskThatFillsUpLeavesTheOldFile();
    void withoutHardLinksTheSaveStillSucceeds();
    void folderThatCannotBeFlushed_data();
    void folderThatCannotBeFlushed();
    void inconsistentProjectIsNotWritten();
    void folderWithoutPermission();
    void missingFolderAndOther();
    void aLockedKeypointNeedsVersion2();
    void newerVersionIsRefusedAndUntouched();
    void otherHdf5FileIsNotAProject();
    void wrongShapeIsNamed();
    void missingPartIsNamed();
    void truncatedAtEveryKilobyte();
    void changedDataByteIsFound();
    void arraysOfManyChunksRoundTrip();
    void aChangedByteInTheLastChunkIsFound();
    void aSnapshotIsThePastWhileTheProjectChanges();
    void otherLayoutsAreReadToo_data();
    void otherLayoutsAreReadToo();
    void uuidsAreVersionFourAndDiffer();
};

void TestProjectFile::everyFieldRoundTrips()
{
    QTemporaryDir folder;
    const Project project = makeSampleProject();
    const Result<void> written = writeProject(project, in(folder, "a.poselift"));
    QVERIFY2(written.ok(), written.ok() ? "" : written.error().sentence().c_str());
    const Result<Project> read = readProject(in(folder, "a.poselift"));
    QVERIFY2(read.ok(), read.ok() ? "" : read.error().sentence().c_str());
    QCOMPARE(read->media, project.media);
    QCOMPARE(read->skeleton, project.skeleton);
    QCOMPARE(read->camera, project.camera);
    QCOMPARE(read->tracks, project.tracks);
    QCOMPARE(read->keypointLayers, project.keypointLayers);
    QCOMPARE(read->jointLayers, project.jointLayers);
    QCOMPARE(read->splits, project.splits);
    QCOMPARE(read->meta, project.meta);
    QVERIFY(*read == project);
    QCOMPARE(filesIn(folder), std::size_t(1));
}

void TestProjectFile::correctionsOfSomeJointsRoundTrip()
{
    Project project = makePosedProject();
    const PoseEditStart start = beginPoseEdit(project, project.jointLayers[0], 1, 5);
    const int wrist = project.skeleton.indexOf("left_wrist");
    Result<PosePatch> patch = editedPose(project, start, jointMovedAlone(start.figure, wrist, {0.5, 0.1, 3.5, true}));
    QVERIFY(patch.ok());
    exchange(project, *patch);
    QTemporaryDir folder;
    const fs::path path = in(folder, "corrected.poselift");
    QVERIFY(writeProject(project, path).ok());
    const Result<Project> read = readProject(path);
    QVERIFY2(read.ok(), read ? "" : read.error().sentence().c_str());
    QCOMPARE(read->jointLayers, project.jointLayers);
    QCOMPARE(read->tracks, project.tracks);
    QVERIFY(isCorrected3d(*read, 1, 5, "left_wrist"));
    QVERIFY(!isCorrected3d(*read, 1, 5, "right_wrist") && !isCorrected3d(*read, 1, 4, "left_wrist"));
    const JointTrack &track = read->jointLayer(kCorrectedLayer)->tracks.at(0);
    QCOMPARE(track.firstFrame, 5);
    QCOMPARE(track.frameCount(), 1);
    QCOMPARE(std::count(track.valid.begin(), track.valid.end(), 1), 1);
}

void TestProjectFile::emptyProjectRoundTrips()
{
    QTemporaryDir folder;
    Project project;
    project.uuid = newUuid();
    project.skeleton = *findSkeleton("h36m17");
    project.tracks.resize(1);
    project.tracks[0].id = 1;
    project.tracks[0].jointCount = 17;
    QVERIFY(writeProject(project, in(folder, "a.poselift")).ok());
    const Result<Project> read = readProject(in(folder, "a.poselift"));
    QVERIFY2(read.ok(), read.ok() ? "" : read.error().sentence().c_str());
    QVERIFY(*read == project);
}

void TestProjectFile::pathsWithSpacesAndUnicode()
{
    QTemporaryDir folder;
    const fs::path path = in(folder, "Übung 3 – 走る.d");
    fs::create_directory(path);
    const fs::path file = path / "my « project » 🤸.poselift";
    QVERIFY(writeProject(makeSampleProject(), file).ok());
    QVERIFY(*readProject(file) == makeSampleProject());
}

// Fails, and does not skip, when python3-h5py is missing: ./dev installs it.
void TestProjectFile::h5pyReadsWhatWeWrote()
{
    QTemporaryDir folder;
    const fs::path path = in(folder, "a b.poselift");
    QVERIFY(writeProject(makeSampleProject(), path).ok());
    const char *script = R"(
import sys, h5py
with h5py.File(sys.argv[1], "r") as f:
    assert f["meta"].attrs["format"] == "poselift-project", f["meta"].attrs["format"]
    assert f["meta"].attrs["format_version"] == 1
    assert f["media"].attrs["path"] == "video/k\u00f6ln \u5317\u4eac.mp4"
    assert f["media/seconds"][3] == 0.13
    names = f["skeleton/joints"].asstr()[:].tolist()
    assert names[0] == "nose" and len(names) == 17, names
    t = f["tracks/4"]
    assert t.attrs["first_frame"] == 0 and t.attrs["label"] == "\u00c4nne"
    assert t["xy"].shape == (5, 17, 2) and t["xy"].dtype == "float32" and t["xy"].chunks
    assert t["xy"][2, 3].tolist() == [403.25, 2.5]
    assert t["confidence"][0, 3] == 0.375 and t["state"][0, 7] == 3 + 16 * 2
    assert sorted(f["layers"]) == ["detected", "groundtruth", "lifted%2F50 %25"], list(f["layers"])
    xyz = f["layers/lifted%2F50 %25/joints/tracks/4/xyz"]
    assert xyz.shape == (3, 17, 3) and xyz[1, 2].tolist() == [1.0, 0.25, 8.0]
    assert f["layers/groundtruth/joints/tracks/2/valid"][0, :4].tolist() == [0, 1, 1, 0]
    assert f["cameras/video/intrinsics"][:].tolist() == [700.5, 701.5, 320.25, 240.75]
    assert f["splits/train"][:].tolist() == [[0, 2], [4, 5]]
    notes = dict(zip(f["meta/keys"].asstr()[:], f["meta/values"].asstr()[:]))
    assert notes["note"] == "line one\nline two: \u6771\u4eac", notes
)";
    QProcess python;
    python.start(QStringLiteral("/usr/bin/python3"),
                 {QStringLiteral("-c"), QString::fromUtf8(script), QString::fromStdString(path.string())});
    QVERIFY2(python.waitForFinished(60'000), "python3 with python3-h5py is needed (./dev installs it)");
    const QByteArray messages = python.readAllStandardError();
    QVERIFY2(python.exitStatus() == QProcess::NormalExit && python.exitCode() == 0, messages.constData());
}

void TestProjectFile::theLastThreeSavesAreKept()
{
    QTemporaryDir folder;
    const fs::path path = in(folder, "a.poselift");
    Project project = makeSampleProject();
    for (project.saveGeneration = 1; project.saveGeneration <= 6; ++project.saveGeneration)
        QVERIFY(writeProject(project, path).ok());
    QCOMPARE(readProject(path)->saveGeneration, std::int64_t(6));
    QCOMPARE(readProject(in(folder, "a.poselift.1"))->saveGeneration, std::int64_t(5));
    QCOMPARE(readProject(in(folder, "a.poselift.2"))->saveGeneration, std::int64_t(4));
    QCOMPARE(readProject(in(folder, "a.poselift.3"))->saveGeneration, std::int64_t(3));
    QCOMPARE(filesIn(folder), std::size_t(4));
}

void TestProjectFile::savingThroughALinkChangesItsTarget()
{
    QTemporaryDir folder;
    fs::create_directory(in(folder, "real"));
    const fs::path path = in(folder, "real") / "a.poselift";
    Project project = makeSampleProject();
    QVERIFY(writeProject(project, path).ok());
    fs::create_symlink(path, in(folder, "link.poselift"));
    project.saveGeneration = 8;
    QVERIFY(writeProject(project, in(folder, "link.poselift")).ok());
    QVERIFY(fs::is_symlink(in(folder, "link.poselift")));
    QCOMPARE(readProject(path)->saveGeneration, std::int64_t(8));
}

void TestProjectFile::permissionsOfTheOldFileStay()
{
    QTemporaryDir folder;
    const fs::path path = in(folder, "a.poselift");
    QVERIFY(writeProject(makeSampleProject(), path).ok());
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
    QVERIFY(writeProject(makeSampleProject(), path).ok());
    QCOMPARE(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

void TestProjectFile::aFailingCallLeavesTheOldFile_data()
{
    QTest::addColumn<QString>("call");
    QTest::addColumn<int>("error");
    QTest::newRow("open: no permission") << "open" << EACCES;
    QTest::newRow("write: disk full") << "pwrite" << ENOSPC;
    QTest::newRow("write: quota") << "pwrite" << EDQUOT;
    QTest::newRow("truncate: I/O error") << "ftruncate" << EIO;
    QTest::newRow("fsync: disk full") << "fsync" << ENOSPC;
    QTest::newRow("fsync: I/O error") << "fsync" << EIO;
    QTest::newRow("rename: I/O error") << "rename" << EIO;
}

void TestProjectFile::aFailingCallLeavesTheOldFile()
{
    QFETCH(QString, call);
    QFETCH(int, error);
    QTemporaryDir folder;
    const fs::path path = in(folder, "a.poselift");
    QVERIFY(writeProject(makeSampleProject(), path).ok());
    const std::string before = bytesOf(path);

    FilesystemCalls calls = systemCalls();
    const auto fails = [error](auto &&...) {
        errno = error;
        return -1;
    };
    if (call == QLatin1String("open"))
        calls.open = fails;
    else if (call == QLatin1String("pwrite"))
        calls.pwrite = fails;
    else if (call == QLatin1String("ftruncate"))
        calls.ftruncate = fails;
    else if (call == QLatin1String("fsync"))
        calls.fsync = fails;
    else
        calls.rename = fails;

    Project changed = makeSampleProject();
    changed.saveGeneration = 8;
    const Result<void> written = writeProject(changed, path, calls);
    QVERIFY(!written.ok());
    QCOMPARE(written.error().code(), ErrorCode::CannotWrite);
    const std::string sentence = written.error().sentence();
    QVERIFY2(sentence.find(std::strerror(error)) != std::string::npos, sentence.c_str());
    QVERIFY(bytesOf(path) == before);
    QVERIFY(!fs::exists(in(folder, "a.poselift.saving")));
    // And the next save works as if nothing had been.
    QVERIFY(writeProject(changed, path).ok());
    QCOMPARE(readProject(path)->saveGeneration, std::int64_t(8));
}

// Wherever in the file the disk fills up, the old project stays; short writes are not errors.
void TestProjectFile::aDiskThatFillsUpLeavesTheOldFile()
{
    QTemporaryDir folder;
    const fs::path path = in(folder, "a.poselift");
    QVERIFY(writeProject(makeSampleProject(), path).ok());
    const std::string before = bytesOf(path);
    bool succeeded = false;
    int failures = 0;
    for (std::size_t space = 0; !succeeded; space += 5000) {
        std::size_t left = space;
        FilesystemCalls calls = systemCalls();
        calls.pwrite = [&left](int file, const void *bytes, std::size_t size, off_t at) -> ssize_t {
            if (left == 0) {
                errno = ENOSPC;
                return -1;
            }
            const std::size_t written = std::min({size, left, std::size_t(1000)});
            left -= written;
            return ::pwrite(file, bytes, written, at);
        };
        const Result<void> written = writeProject(makeSampleProject(), path, calls);
        succeeded = written.ok();
        failures += succeeded ? 0 : 1;
        if (!succeeded) {
            QCOMPARE(written.error().code(), ErrorCode::CannotWrite);
            QVERIFY(bytesOf(path) == before);
        }
    }
    QVERIFY(failures >= 5);
    QVERIFY(*readProject(path) == makeSampleProject());
}

void TestProjectFile::withoutHardLinksTheSaveStillSucceeds()
{
    QTemporaryDir folder;
    const fs::path path = in(folder, "a.poselift");
    FilesystemCalls calls = systemCalls();
    calls.link = [](const char *, const char *) {
        errno = EPERM;
        return -1;
    };
    QVERIFY(writeProject(makeSampleProject(), path, calls).ok());
    QVERIFY(writeProject(makeSampleProject(), path, calls).ok());
    QVERIFY(*readProject(path) == makeSampleProject());
    QCOMPARE(filesIn(folder), std::size_t(1));
}

void TestProjectFile::folderThatCannotBeFlushed_data()
{
    QTest::addColumn<int>("error");
    QTest::addColumn<bool>("isFailure");
    QTest::newRow("file system cannot") << EINVAL << false;
    QTest::newRow("disk failed") << EIO << true;
}

void TestProjectFile::folderThatCannotBeFlushed()
{
    QFETCH(int, error);
    QFETCH(bool, isFailure);
    QTemporaryDir folder;
    FilesystemCalls calls = systemCalls();
    calls.fsync = [error](int file) {
        struct stat info{};
        if (::fstat(file, &info) == 0 && S_ISDIR(info.st_mode)) {
            errno = error;
            return -1;
        }
        return ::fsync(file);
    };
    const Result<void> written = writeProject(makeSampleProject(), in(folder, "a.poselift"), calls);
    QCOMPARE(!written.ok(), isFailure);
    if (isFailure)
        QCOMPARE(written.error().code(), ErrorCode::SaveNotConfirmed);
    QVERIFY(*readProject(in(folder, "a.poselift")) == makeSampleProject());
}

void TestProjectFile::inconsistentProjectIsNotWritten()
{
    QTemporaryDir folder;
    const fs::path path = in(folder, "a.poselift");
    Project project = makeSampleProject();
    project.tracks[0].xy.pop_back();
    QCOMPARE(writeProject(project, path).error().code(), ErrorCode::BadArgument);
    project = makeSampleProject();
    project.tracks[1].id = project.tracks[0].id;
    QCOMPARE(writeProject(project, path).error().code(), ErrorCode::BadArgument);
    project = makeSampleProject();
    project.jointLayers[1].name = project.jointLayers[0].name;
    QCOMPARE(writeProject(project, path).error().code(), ErrorCode::BadArgument);
    project = makeSampleProject();
    project.keypointLayers[0].skeleton = *findSkeleton("coco17");
    QCOMPARE(writeProject(project, path).error().code(), ErrorCode::BadArgument);
    QCOMPARE(filesIn(folder), std::size_t(0));
}

void TestProjectFile::folderWithoutPermission()
{
    const fs::path path = "/proc/poselift-test.poselift";
    const Result<void> written = writeProject(makeSampleProject(), path);
    QVERIFY(!written.ok());
    QCOMPARE(written.error().code(), ErrorCode::CannotWrite);
}

void TestProjectFile::missingFolderAndOther()
{
    QTemporaryDir folder;
    const fs::path path = in(folder, "a.poselift");
    QCOMPARE(readProject(path).error().code(), ErrorCode::FileNotFound);
    QCOMPARE(readProject(folder.path().toStdString()).error().code(), ErrorCode::IsDirectory);
    QCOMPARE(writeProject(makeSampleProject(), folder.path().toStdString()).error().code(), ErrorCode::IsDirectory);
    QCOMPARE(writeProject(makeSampleProject(), in(folder, "no") / "a.poselift").error().code(), ErrorCode::CannotWrite);
    std::ofstream(path) << "this is text";
    QCOMPARE(readProject(path).error().code(), ErrorCode::WrongFormat);
    std::ofstream(path, std::ios::trunc).close();
    QCOMPARE(readProject(path).error().code(), ErrorCode::WrongFormat);
}

/// Version 1 readers know no locks: only a project that has one needs version 2.
void TestProjectFile::aLockedKeypointNeedsVersion2()
{
    QTemporaryDir folder;
    const fs::path path = in(folder, "a.poselift");
    Project project = makeSampleProject();
    Keypoint2D keypoint = project.tracks[0].keypoint(0, 3);
    keypoint.locked = true;
    project.tracks[0].setKeypoint(0, 3, keypoint);
    QVERIFY(writeProject(project, path).ok());
    QVERIFY(*readProject(path) == project);
    std::int64_t version = 0;
    changeFile(path, [&version](hid_t file) { version = readVersion(file); });
    QCOMPARE(version, std::int64_t(2));
    QVERIFY(writeProject(makeSampleProject(), path).ok());
    changeFile(path, [&version](hid_t file) { version = readVersion(file); });
    QCOMPARE(version, std::int64_t(1));
}

void TestProjectFile::newerVersionIsRefusedAndUntouched()
{
    QTemporaryDir folder;
    const fs::path path = in(folder, "a.poselift");
    QVERIFY(writeProject(makeSampleProject(), path).ok());
    changeFile(path, [](hid_t file) { setVersion(file, kProjectFormatVersion + 1); });
    const std::string before = bytesOf(path);
    const Result<Project> read = readProject(path);
    QVERIFY(!read.ok());
    QCOMPARE(read.error().code(), ErrorCode::NewerVersion);
    const std::string sentence = read.error().sentence();
    QVERIFY2(sentence.find("format 3") != std::string::npos && sentence.find("up to format 2") != std::string::npos,
             sentence.c_str());
    QVERIFY(bytesOf(path) == before);
}

void TestProjectFile::otherHdf5FileIsNotAProject()
{
    QTemporaryDir folder;
    const fs::path path = in(folder, "a.h5");
    H5Fclose(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));
    const Result<Project> read = readProject(path);
    QVERIFY(!read.ok());
    QCOMPARE(read.error().code(), ErrorCode::WrongFormat);
    QVERIFY(read.error().sentence().find("a Poselift project") != std::string::npos);
}

void TestProjectFile::wrongShapeIsNamed()
{
    QTemporaryDir folder;
    const fs::path path = in(folder, "a.poselift");
    QVERIFY(writeProject(makeSampleProject(), path).ok());
    changeFile(path, [](hid_t file) { replaceDataset(file, "tracks/4/xy", {5, 16, 2}); });
    Result<Project> read = readProject(path);
    QVERIFY(!read.ok());
    QCOMPARE(read.error().code(), ErrorCode::WrongShape);
    std::string sentence = read.error().sentence();
    QVERIFY2(sentence.find("'tracks/4/xy' has shape [5, 16, 2], expected [N, 17, 2]") != std::string::npos, sentence.c_str());

    QVERIFY(writeProject(makeSampleProject(), path).ok());
    changeFile(path, [](hid_t file) { replaceDataset(file, "media/seconds", {4}); });
    read = readProject(path);
    QVERIFY(!read.ok());
    sentence = read.error().sentence();
    QVERIFY2(sentence.find("'media/seconds' has shape [4], expected [5]") != std::string::npos, sentence.c_str());
}

void TestProjectFile::missingPartIsNamed()
{
    QTemporaryDir folder;
    const fs::path path = in(folder, "a.poselift");
    for (const char *name : {"skeleton", "tracks/2/state", "layers/detected/keypoints/skeleton/joints", "cameras/video"}) {
        QVERIFY(writeProject(makeSampleProject(), path).ok());
        changeFile(path, [name](hid_t file) { H5Ldelete(file, name, H5P_DEFAULT); });
        const Result<Project> read = readProject(path);
        QVERIFY(!read.ok());
        QCOMPARE(read.error().code(), ErrorCode::MissingDataset);
        const std::string sentence = read.error().sentence();
        QVERIFY2(sentence.find(name) != std::string::npos, sentence.c_str());
    }
}

void TestProjectFile::truncatedAtEveryKilobyte()
{
    QTemporaryDir folder;
    const fs::path path = in(folder, "a.poselift");
    QVERIFY(writeProject(makeSampleProject(), path).ok());
    const std::uintmax_t size = fs::file_size(path);
    for (std::uintmax_t cut = 1024; cut < size; cut += 1024) {
        const fs::path part = in(folder, "cut.poselift");
        fs::copy_file(path, part, fs::copy_options::overwrite_existing);
        fs::resize_file(part, cut);
        const Result<Project> read = readProject(part);
        QVERIFY(!read.ok());
        QCOMPARE(read.error().code(), ErrorCode::FileTruncated);
    }
}

void TestProjectFile::changedDataByteIsFound()
{
    QTemporaryDir folder;
    const fs::path path = in(folder, "a.poselift");
    Project project = makeSampleProject();
    project.tracks[0].confidence.assign(project.tracks[0].confidence.size(), 0.7654321F);
    QVERIFY(writeProject(project, path).ok());
    std::string bytes = bytesOf(path);
    const float pattern[] = {0.7654321F, 0.7654321F};
    const std::size_t at = bytes.find(std::string(reinterpret_cast<const char *>(pattern), sizeof pattern));
    QVERIFY(at != std::string::npos);
    bytes[at + 1] = static_cast<char>(bytes[at + 1] ^ 1);
    std::ofstream(path, std::ios::binary | std::ios::trunc).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    const Result<Project> read = readProject(path);
    QVERIFY(!read.ok());
    QCOMPARE(read.error().code(), ErrorCode::FileTruncated);
    QVERIFY(read.error().sentence().find("tracks/4/confidence") != std::string::npos);
}

void TestProjectFile::arraysOfManyChunksRoundTrip()
{
    QTemporaryDir folder;
    const fs::path path = in(folder, "a.poselift");
    const Project project = makeLongProject();
    QVERIFY(writeProject(project, path).ok());
    QVERIFY(*readProject(path) == project);
}

/// The last chunk is longer in the file than what is left of the array.
void TestProjectFile::aChangedByteInTheLastChunkIsFound()
{
    QTemporaryDir folder;
    const fs::path path = in(folder, "a.poselift");
    Project project = makeLongProject();
    project.tracks[0].xy.back() = 0.7654321F;
    QVERIFY(writeProject(project, path).ok());
    std::string bytes = bytesOf(path);
    const float pattern = 0.7654321F;
    const std::size_t at = bytes.find(std::string(reinterpret_cast<const char *>(&pattern), sizeof pattern));
    QVERIFY(at != std::string::npos);
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    std::ofstream(path, std::ios::binary | std::ios::trunc).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    const Result<Project> read = readProject(path);
    QVERIFY(!read.ok());
    QCOMPARE(read.error().code(), ErrorCode::FileTruncated);
    QVERIFY(read.error().sentence().find("tracks/1/xy") != std::string::npos);
}

void TestProjectFile::aSnapshotIsThePastWhileTheProjectChanges()
{
    QTemporaryDir folder;
    const fs::path path = in(folder, "a.poselift");
    const Project before = makeLongProject();
    Project project = before;
    ProjectSnapshot snapshot(project);
    std::mt19937 random(11);
    KeypointTrack &track = project.tracks[0];
    for (int i = 0; i < 300; ++i) {
        const std::int64_t frame = track.firstFrame + static_cast<std::int64_t>(random() % 5003);
        const std::int64_t last = std::min<std::int64_t>(track.endFrame() - 1, frame + static_cast<std::int64_t>(random() % 40));
        snapshot.keep({{}, 1, FrameRange{frame, last}});
        for (std::int64_t f = frame; f <= last; ++f)
            track.setPose(f, Pose2D(17, {-1.0, -2.0, 0.1F, KeypointState::Occluded}));
    }
    snapshot.keep({"detected", 4, std::nullopt});
    project.keypointLayers[0].tracks[0].setKeypoint(1000, 3, {1, 2, 1, KeypointState::Visible}); // its arrays move
    QVERIFY(project != before);
    // Then the annotation's arrays move too, with parts of them kept before.
    snapshot.keep({{}, 1, std::nullopt});
    track.setKeypoint(90000, 3, {1, 2, 1, KeypointState::Visible});
    QVERIFY(writeProject(snapshot, path).ok());
    QVERIFY(*readProject(path) == before);
}

void TestProjectFile::otherLayoutsAreReadToo_data()
{
    QTest::addColumn<int>("chunkRows");
    QTest::addColumn<int>("chunkJoints");
    QTest::addColumn<bool>("compressed");
    QTest::addColumn<bool>("doubles");
    QTest::newRow("not chunked") << 0 << 0 << false << false;
    QTest::newRow("no sums") << 100 << 17 << false << false;
    QTest::newRow("compressed") << 100 << 17 << true << false;
    QTest::newRow("chunks of some joints") << 100 << 5 << false << false;
    QTest::newRow("other numbers") << 100 << 17 << false << true;
}

/// As a script may write them.
void TestProjectFile::otherLayoutsAreReadToo()
{
    QFETCH(int, chunkRows);
    QFETCH(int, chunkJoints);
    QFETCH(bool, compressed);
    QFETCH(bool, doubles);
    QTemporaryDir folder;
    const fs::path path = in(folder, "a.poselift");
    const Project project = makeLongProject();
    QVERIFY(writeProject(project, path).ok());
    changeFile(path, [&](hid_t file) {
        const KeypointTrack &track = project.tracks[0];
        QVERIFY(H5Ldelete(file, "tracks/1/xy", H5P_DEFAULT) >= 0);
        const std::array<hsize_t, 3> size{static_cast<hsize_t>(track.frameCount()), 17, 2};
        const std::array<hsize_t, 3> chunk{static_cast<hsize_t>(chunkRows), static_cast<hsize_t>(chunkJoints), 2};
        const hid_t space = H5Screate_simple(3, size.data(), nullptr);
        const hid_t list = H5Pcreate(H5P_DATASET_CREATE);
        if (chunkRows > 0)
            H5Pset_chunk(list, 3, chunk.data());
        if (compressed)
            H5Pset_deflate(list, 4);
        const hid_t dataset = H5Dcreate2(file, "tracks/1/xy", doubles ? H5T_NATIVE_DOUBLE : H5T_NATIVE_FLOAT, space,
                                         H5P_DEFAULT, list, H5P_DEFAULT);
        QVERIFY(H5Dwrite(dataset, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, track.xy.data()) >= 0);
        H5Dclose(dataset);
        H5Pclose(list);
        H5Sclose(space);
    });
    QVERIFY(*readProject(path) == project);
}

void TestProjectFile::uuidsAreVersionFourAndDiffer()
{
    const QRegularExpression pattern(QStringLiteral("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"));
    const std::string one = newUuid();
    QVERIFY(pattern.match(QString::fromStdString(one)).hasMatch());
    QVERIFY(newUuid() != one);
}

QTEST_GUILESS_MAIN(TestProjectFile)
#include "tst_projectfile.moc"
