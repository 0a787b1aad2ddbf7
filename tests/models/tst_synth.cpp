#include "core/base/paths.h"
#include "core/io/projectfile.h"
#include "core/media/framesource.h"
#include "models/synth/renderer.h"
#include "models/synth/synthesize.h"

#include <QtTest/QtTest>

#include <cmath>
#include <fstream>

using namespace poselift;
namespace fs = std::filesystem;

namespace {

fs::path in(const QTemporaryDir &folder, const char *name)
{
    return fs::path(folder.path().toStdString()) / name;
}

SynthOptions smallClip(const fs::path &video)
{
    SynthOptions options;
    options.video = video;
    options.seconds = 1.0;
    options.framesPerSecond = 25;
    options.width = 320;
    options.height = 240;
    return options;
}

/// Squared distance of two pixels' colours.
int difference(const std::uint8_t *a, const std::uint8_t *b)
{
    int sum = 0;
    for (int i = 0; i < 3; ++i)
        sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sum;
}

} // namespace

class TestSynth : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void videoAndTruthBelongTogether();
    void truthProjectsExactly();
    void sameSeedSameFiles();
    void anotherLookHasTheSameTruth();
    void figureIsDrawnWhereItsJointsAre();
    void hiddenKeypointsAreOccluded();
    void bundledSampleIsWhole();
    void badOptionsAreNamed();
    void cancelLeavesNothing();
    void unwritableFolderSaysSo();
};

void TestSynth::videoAndTruthBelongTogether()
{
    QTemporaryDir folder;
    const Result<SynthResult> made = synthesize(smallClip(in(folder, "a b ü.mp4")));
    QVERIFY2(made.ok(), made.ok() ? "" : made.error().sentence().c_str());
    QCOMPARE(made->frames, std::int64_t(25));
    const Result<Project> project = readProject(made->project);
    QVERIFY2(project.ok(), project.ok() ? "" : project.error().sentence().c_str());
    auto source = openFrameSource(made->video);
    QVERIFY(source.ok());
    const Result<FrameIndex> index = (*source)->buildIndex();
    QVERIFY(index.ok());
    QCOMPARE(index->frameCount(), std::int64_t(25));
    QCOMPARE(project->media.frameCount, std::int64_t(25));
    QCOMPARE(project->media.ptsHash, ptsHash(*index));
    QCOMPARE(project->media.sizeBytes, static_cast<std::int64_t>(fs::file_size(made->video)));
    QCOMPARE(project->media.path, std::string("a b ü.mp4"));
    for (std::size_t i = 0; i < 25; ++i)
        QVERIFY(std::abs(project->media.seconds[i] - static_cast<double>(i) / 25) < 1e-4);
    QVERIFY(!project->camera.assumed);
    QCOMPARE(project->camera.width, 320);
    QCOMPARE(project->keypointLayer("groundtruth2d")->tracks.size(), std::size_t(2));
    QVERIFY(project->keypointLayer("detected")->tracks == project->keypointLayer("groundtruth2d")->tracks);
    QCOMPARE(project->trackIds(), (std::vector<TrackId>{1, 2}));
    QCOMPARE(project->jointLayer("groundtruth")->tracks[0].frameCount(), std::int64_t(25));
}

void TestSynth::truthProjectsExactly()
{
    QTemporaryDir folder;
    const Result<SynthResult> made = synthesize(smallClip(in(folder, "a.mp4")));
    QVERIFY(made.ok());
    const Result<Project> truth = readProject(made->project);
    const KeypointLayer &keypoints = *truth->keypointLayer("groundtruth2d");
    const JointLayer &joints = *truth->jointLayer("groundtruth");
    int compared = 0;
    for (std::size_t person = 0; person < joints.tracks.size(); ++person) {
        const JointTrack &track = joints.tracks[person];
        const Pose3D first = track.pose(track.firstFrame);
        for (std::int64_t frame = track.firstFrame; frame < track.endFrame(); ++frame) {
            const Pose3D pose = track.pose(frame);
            for (int joint = 0; joint < track.jointCount; ++joint) {
                const int index = keypoints.skeleton.indexOf(joints.skeleton.joints[static_cast<std::size_t>(joint)]);
                if (index < 0)
                    continue;
                const Joint3D &point = pose[static_cast<std::size_t>(joint)];
                const Eigen::Vector2d pixel = project(truth->camera, {point.x, point.y, point.z});
                const Keypoint2D keypoint = keypoints.tracks[person].keypoint(frame, index);
                QVERIFY(std::hypot(pixel.x() - keypoint.x, pixel.y() - keypoint.y) < 0.01);
                ++compared;
            }
            for (const auto &[parent, child] : joints.skeleton.bones) {
                const auto length = [parent = static_cast<std::size_t>(parent), child = static_cast<std::size_t>(child)](const Pose3D &p) {
                    return std::hypot(p[parent].x - p[child].x, p[parent].y - p[child].y, p[parent].z - p[child].z);
                };
                QVERIFY(std::abs(length(pose) - length(first)) < 1e-5);
            }
        }
    }
    QVERIFY(compared >= 12 * 30);
}

void TestSynth::anotherLookHasTheSameTruth()
{
    QTemporaryDir folder;
    SynthOptions options = smallClip(in(folder, "usual.mp4"));
    options.seconds = 0.2;
    const Result<SynthResult> usual = synthesize(options);
    options.video = in(folder, "other.mp4");
    options.look = 5;
    const Result<SynthResult> other = synthesize(options);
    QVERIFY(usual.ok() && other.ok());
    const Result<Project> before = readProject(usual->project);
    const Result<Project> after = readProject(other->project);
    QVERIFY(before->jointLayers == after->jointLayers);
    const Result<VideoFrame> a = (*openFrameSource(usual->video))->frame(0);
    const Result<VideoFrame> b = (*openFrameSource(other->video))->frame(0);
    QVERIFY(a.ok() && b.ok());
    double difference = 0;
    for (std::size_t i = 0; i < a->pixels->size(); ++i)
        difference += std::abs(int((*a->pixels)[i]) - int((*b->pixels)[i]));
    difference /= 0.75 * static_cast<double>(a->pixels->size());
    QVERIFY2(difference > 20, qPrintable(QString::number(difference)));
}

void TestSynth::sameSeedSameFiles()
{
    QTemporaryDir folder;
    SynthOptions options = smallClip(in(folder, "a.mp4"));
    options.seconds = 0.4;
    QVERIFY(synthesize(options).ok());
    options.video = in(folder, "b.mp4");
    QVERIFY(synthesize(options).ok());
    const auto bytes = [](const fs::path &path) {
        std::ifstream file(path, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(file), {});
    };
    QVERIFY(bytes(in(folder, "a.mp4")) == bytes(in(folder, "b.mp4")));
    const Project a = *readProject(in(folder, "a.poselift"));
    const Project b = *readProject(in(folder, "b.poselift"));
    QVERIFY(a.keypointLayers == b.keypointLayers && a.jointLayers == b.jointLayers && a.camera == b.camera);
}

// The drawing and the truth share one camera: the wrist's pixel shows the figure, not what is there
// without it, and just beside the figure there is only the background.
void TestSynth::figureIsDrawnWhereItsJointsAre()
{
    SyntheticScene scene = makeScene(3, 1, 640, 480, constantRate(60, 10));
    const KeypointTrack truth = trueKeypoints(scene, scene.figures[0], *findSkeleton("coco17"), 1);
    SyntheticScene empty = scene;
    empty.figures.clear();
    SceneRenderer background(empty);
    SceneRenderer renderer(scene);
    const ImageView without = background.draw(0);
    int seen = 0;
    int asked = 0;
    for (std::int64_t frame = 0; frame < 60; frame += 12) {
        const ImageView with = renderer.draw(frame);
        for (const Keypoint2D &keypoint : truth.pose(frame)) {
            const int offset = static_cast<int>(keypoint.y) * with.strideBytes + static_cast<int>(keypoint.x) * 4;
            seen += difference(with.data + offset, without.data + offset) > 300 ? 1 : 0;
            ++asked;
        }
        QVERIFY(difference(with.data, without.data) == 0);
    }
    QVERIFY2(seen >= asked * 97 / 100, qPrintable(QStringLiteral("%1 of %2").arg(seen).arg(asked)));
}

void TestSynth::hiddenKeypointsAreOccluded()
{
    // Seen from behind, the nose is behind the head and the elbows are not.
    SyntheticScene scene = makeScene(3, 1, 640, 480, {0.0});
    scene.figures[0].motion = {.heading = M_PI};
    SceneRenderer renderer(scene);
    renderer.draw(0);
    const Skeleton coco = *findSkeleton("coco17");
    const Pose2D keypoints = trueKeypoints(scene, scene.figures[0], coco, 1).pose(0);
    const Pose3D joints = trueJointsAt(scene, scene.figures[0], coco, 0);
    const auto isHidden = [&](const char *name) {
        const auto index = static_cast<std::size_t>(coco.indexOf(name));
        return renderer.isHidden(keypoints[index], joints[index].z);
    };
    QVERIFY(isHidden("nose"));
    QVERIFY(!isHidden("left_elbow"));
    QVERIFY(!isHidden("right_knee"));
}

void TestSynth::bundledSampleIsWhole()
{
    const fs::path folder = resourceDirectory() / "sample";
    const Result<Project> sample = readProject(folder / "walk.poselift");
    QVERIFY2(sample.ok(), sample.ok() ? "" : sample.error().sentence().c_str());
    auto source = openFrameSource(folder / sample->media.path);
    QVERIFY(source.ok());
    const Result<FrameIndex> index = (*source)->buildIndex();
    QVERIFY(index.ok());
    QCOMPARE(index->frameCount(), sample->media.frameCount);
    QCOMPARE(ptsHash(*index), sample->media.ptsHash);
    QCOMPARE(sample->jointLayer("groundtruth")->tracks.size(), std::size_t(2));
    QVERIFY(fs::file_size(folder / "walk.mp4") < 1500 * 1024);
}

void TestSynth::badOptionsAreNamed()
{
    QTemporaryDir folder;
    SynthOptions options = smallClip(in(folder, "a.mp4"));
    options.people = 3;
    const Result<SynthResult> made = synthesize(options);
    QVERIFY(!made.ok());
    QCOMPARE(made.error().sentence(), std::string("Argument --people: expected 1 or 2, found 3."));
}

void TestSynth::cancelLeavesNothing()
{
    QTemporaryDir folder;
    std::stop_source stop;
    const JobContext job{stop.get_token(), [&stop](const JobProgress &progress) {
                             if (progress.done == 5)
                                 stop.request_stop();
                         }};
    const Result<SynthResult> made = synthesize(smallClip(in(folder, "a.mp4")), job);
    QVERIFY(!made.ok());
    QVERIFY(made.error().isCancelled());
    QCOMPARE(std::distance(fs::directory_iterator(folder.path().toStdString()), {}), std::ptrdiff_t(0));
}

void TestSynth::unwritableFolderSaysSo()
{
    const Result<SynthResult> made = synthesize(smallClip("/proc/a.mp4"));
    QVERIFY(!made.ok());
    QCOMPARE(made.error().code(), ErrorCode::CannotWrite);
}

QTEST_APPLESS_MAIN(TestSynth)
#include "tst_synth.moc"
