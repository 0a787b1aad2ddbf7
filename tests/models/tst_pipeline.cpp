#include "models/pipeline/liftproject.h"
#include "models/pipeline/mediareference.h"
#include "models/pipeline/outputcheck.h"
#include "models/pipeline/overlay.h"
#include "models/pipeline/trackids.h"

#include <QtTest/QtTest>

#include <cmath>
#include <fstream>

using namespace poselift;

/// The parts of models/pipeline that need neither a video nor a network.
class TestPipeline : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void samePersonKeepsTheId();
    void samePersonKeepsTheIdInAnotherSkeleton();
    void swappedDetectionsFollowThePerson();
    void newPersonGetsAnUnusedId();
    void correctionsAloneKeepTheId();
    void effectiveTrackJoinsCorrectionAndDetection();
    void liftsEveryTrackIntoItsLayer();
    void liftingSomeTracksLeavesTheOthers();
    void liftingLeavesCorrected3dAlone();
    void cancelKeepsTheTracksThatWereReady();
    void trackThatFailsIsAWarning();
    void overlayColoursTellSidesApart();
    void unsureBonesAreThinner();
    void drawingOutsideThePictureIsHarmless();
    void mediaPathComesBackRelative();
    void outputCheckLeavesNothing();
};

namespace {

Skeleton coco()
{
    return *findSkeleton("coco17");
}

/// A person of 20 × 80 px whose left top corner moves.
Pose2D personAt(double x, double y, const Skeleton &skeleton, float confidence = 0.9F)
{
    Pose2D pose;
    for (int j = 0; j < skeleton.jointCount(); ++j) {
        const double down = double(j) / (skeleton.jointCount() - 1);
        pose.push_back({x + (j % 2) * 20.0, y + 80 * down, confidence, KeypointState::Visible, KeypointOrigin::Detected});
    }
    return pose;
}

KeypointTrack walkingTrack(TrackId id, double x, double speed, std::int64_t first, std::int64_t end, const Skeleton &skeleton)
{
    KeypointTrack track;
    track.id = id;
    track.jointCount = skeleton.jointCount();
    track.firstFrame = first;
    for (std::int64_t frame = first; frame < end; ++frame)
        track.setPose(frame, personAt(x + speed * double(frame), 20, skeleton));
    return track;
}

Project projectWith(std::vector<KeypointTrack> detected)
{
    Project project;
    project.skeleton = coco();
    project.media.frameCount = 40;
    for (int i = 0; i < 40; ++i)
        project.media.seconds.push_back(i / 30.0);
    project.camera = assumedIntrinsics(640, 480);
    KeypointLayer layer;
    layer.name = "detected";
    layer.skeleton = project.skeleton;
    layer.tracks = std::move(detected);
    project.keypointLayers.push_back(std::move(layer));
    return project;
}

/// "Lifts" by copying pixels as metres; fails on the track it is told to, cancels after a number.
class FakeLifter : public Lifter
{
public:
    const std::string &name() const override { return m_name; }
    const Skeleton &skeleton() const override { return m_skeleton; }
    double framesPerSecond() const override { return 30; }
    Result<JointTrack> lift(const KeypointTrack &track, const Skeleton &, std::span<const double>, const CameraIntrinsics &,
                            const JobContext &job) override
    {
        lifted.push_back(track.id);
        if (cancelAt == track.id)
            return Error(ErrorCode::Cancelled);
        if (failAt == track.id)
            return Error(ErrorCode::MissingJoints, {{"name", "x"}, {"expected", "a"}, {"found", "b"}});
        job.report("network", 1, 2);
        JointTrack result;
        result.jointCount = m_skeleton.jointCount();
        result.firstFrame = track.firstFrame;
        for (std::int64_t frame = track.firstFrame; frame < track.endFrame(); ++frame)
            result.setPose(frame, Pose3D(static_cast<std::size_t>(m_skeleton.jointCount()), {track.keypoint(frame, 0).x, 0, 3, true}));
        return result;
    }

    std::vector<TrackId> lifted;
    TrackId cancelAt = 0;
    TrackId failAt = 0;

private:
    std::string m_name = "fake";
    Skeleton m_skeleton = *findSkeleton("h36m17");
};

struct Picture
{
    std::vector<std::uint8_t> pixels = std::vector<std::uint8_t>(200 * 200 * 4, 128);
    EditableImage image{pixels.data(), 200, 200, 800};

    /// Pixels whose colour is within 12 of (b, g, r).
    int count(int b, int g, int r) const
    {
        int found = 0;
        for (std::size_t i = 0; i < pixels.size(); i += 4)
            found += std::abs(pixels[i] - b) < 12 && std::abs(pixels[i + 1] - g) < 12 && std::abs(pixels[i + 2] - r) < 12 ? 1 : 0;
        return found;
    }
};

Skeleton twoLimbs()
{
    Skeleton skeleton;
    skeleton.joints = {"left_hip", "left_knee", "right_hip", "right_knee"};
    skeleton.bones = {{0, 1}, {2, 3}};
    skeleton.pairs = {{0, 2}, {1, 3}};
    return skeleton;
}

PersonDrawing twoLimbsPerson(float confidence)
{
    const auto at = [confidence](double x, double y) { return Keypoint2D{x, y, confidence, KeypointState::Visible, KeypointOrigin::Detected}; };
    return {3, "", {at(60, 30), at(60, 180), at(140, 30), at(140, 180)}};
}

} // namespace

void TestPipeline::samePersonKeepsTheId()
{
    const Project project = projectWith({walkingTrack(1, 100, 1, 0, 40, coco()), walkingTrack(4, 400, -1, 5, 40, coco())});
    std::vector<KeypointTrack> fresh{walkingTrack(1, 401, -1, 0, 40, coco()), walkingTrack(2, 101, 1, 10, 40, coco())};
    keepTrackIds(project, fresh);
    QCOMPARE(fresh[0].id, 1);
    QCOMPARE(fresh[0].firstFrame, std::int64_t(10));
    QCOMPARE(fresh[1].id, 4);
}

void TestPipeline::samePersonKeepsTheIdInAnotherSkeleton()
{
    const Project project = projectWith({walkingTrack(7, 100, 1, 0, 40, coco())});
    std::vector<KeypointTrack> fresh{walkingTrack(1, 100, 1, 0, 40, *findSkeleton("mpii16"))};
    keepTrackIds(project, fresh);
    QCOMPARE(fresh[0].id, 7);
}

void TestPipeline::swappedDetectionsFollowThePerson()
{
    Project project = projectWith({walkingTrack(1, 100, 0, 0, 40, coco()), walkingTrack(2, 300, 0, 0, 40, coco())});
    project.keypointLayers[0].tracks[1].label = "Ann";
    std::vector<KeypointTrack> fresh{walkingTrack(1, 300, 0, 0, 40, coco()), walkingTrack(2, 100, 0, 0, 40, coco())};
    keepTrackIds(project, fresh);
    QCOMPARE(fresh[0].id, 1);
    QCOMPARE(fresh[0].keypoint(0, 0).x, 100.0);
    QCOMPARE(fresh[1].label, std::string("Ann"));
}

void TestPipeline::newPersonGetsAnUnusedId()
{
    const Project project = projectWith({walkingTrack(5, 100, 0, 0, 40, coco())});
    std::vector<KeypointTrack> fresh{walkingTrack(5, 300, 0, 0, 40, coco())};
    keepTrackIds(project, fresh);
    QCOMPARE(fresh[0].id, 6);
}

void TestPipeline::correctionsAloneKeepTheId()
{
    Project project = projectWith({});
    project.tracks = {walkingTrack(9, 100, 0, 0, 3, coco())};
    std::vector<KeypointTrack> fresh{walkingTrack(1, 100, 0, 0, 40, coco())};
    keepTrackIds(project, fresh);
    QCOMPARE(fresh[0].id, 9);
}

void TestPipeline::effectiveTrackJoinsCorrectionAndDetection()
{
    Project project = projectWith({walkingTrack(1, 100, 1, 10, 20, coco())});
    KeypointTrack correction;
    correction.id = 1;
    correction.jointCount = 17;
    correction.label = "Bob";
    correction.firstFrame = 25;
    correction.setKeypoint(25, 3, {7, 8, 1, KeypointState::Visible, KeypointOrigin::Corrected});
    project.tracks = {correction};
    const KeypointTrack track = effectiveTrack(project, 1);
    QCOMPARE(track.firstFrame, std::int64_t(10));
    QCOMPARE(track.endFrame(), std::int64_t(26));
    QCOMPARE(track.label, std::string("Bob"));
    QCOMPARE(track.keypoint(12, 0).x, 112.0);
    QCOMPARE(track.keypoint(25, 3).x, 7.0);
    QVERIFY(!track.keypoint(22, 3).isKnown());
    QCOMPARE(effectiveTrack(project, 99).frameCount(), std::int64_t(0));
}

void TestPipeline::liftsEveryTrackIntoItsLayer()
{
    Project project = projectWith({walkingTrack(1, 100, 1, 0, 40, coco()), walkingTrack(2, 300, 1, 5, 15, coco())});
    FakeLifter lifter;
    std::vector<JobProgress> reports;
    const JobContext job{{}, [&reports](const JobProgress &progress) { reports.push_back(progress); }};
    const LiftedProject result = liftProject(project, lifter, job);
    QCOMPARE(result.tracks, 2);
    const JointLayer *layer = project.jointLayer("lifted/fake");
    QVERIFY(layer != nullptr);
    QCOMPARE(layer->skeleton.name, std::string("h36m17"));
    QCOMPARE(layer->tracks.size(), std::size_t(2));
    QCOMPARE(layer->tracks[1].id, 2);
    QCOMPARE(layer->tracks[1].firstFrame, std::int64_t(5));
    QCOMPARE(layer->tracks[1].pose(6)[0].x, 306.0);
    for (std::size_t i = 1; i < reports.size(); ++i)
        QVERIFY(reports[i].done >= reports[i - 1].done);
    QCOMPARE(reports.back().done, std::int64_t(50));
    QCOMPARE(reports.back().total, std::int64_t(50));
}

void TestPipeline::liftingSomeTracksLeavesTheOthers()
{
    Project project = projectWith({walkingTrack(1, 100, 1, 0, 40, coco()), walkingTrack(2, 300, 1, 0, 40, coco())});
    FakeLifter lifter;
    liftProject(project, lifter, {});
    project.keypointLayers[0].tracks[0] = walkingTrack(1, 50, 1, 0, 40, coco());
    project.keypointLayers[0].tracks[1] = walkingTrack(2, 50, 1, 0, 40, coco());
    QCOMPARE(liftProject(project, lifter, {}, {2}).tracks, 1);
    const JointLayer *layer = project.jointLayer("lifted/fake");
    QCOMPARE(layer->tracks.size(), std::size_t(2));
    QCOMPARE(layer->tracks[0].pose(0)[0].x, 100.0);
    QCOMPARE(layer->tracks[1].pose(0)[0].x, 50.0);
}

void TestPipeline::liftingLeavesCorrected3dAlone()
{
    Project project = projectWith({walkingTrack(1, 100, 1, 0, 40, coco())});
    JointLayer corrected;
    corrected.name = "corrected3d";
    corrected.skeleton = *findSkeleton("h36m17");
    corrected.tracks.resize(1);
    corrected.tracks[0].id = 1;
    corrected.tracks[0].jointCount = 17;
    corrected.tracks[0].setPose(3, Pose3D(17, {1, 2, 3, true}));
    project.jointLayers.push_back(corrected);
    FakeLifter lifter;
    liftProject(project, lifter, {});
    QVERIFY(*project.jointLayer("corrected3d") == corrected);
}

void TestPipeline::cancelKeepsTheTracksThatWereReady()
{
    Project project = projectWith({walkingTrack(1, 100, 1, 0, 40, coco()), walkingTrack(2, 300, 1, 0, 40, coco())});
    FakeLifter lifter;
    lifter.cancelAt = 2;
    const LiftedProject result = liftProject(project, lifter, {});
    QVERIFY(result.cancelled);
    QCOMPARE(project.jointLayer("lifted/fake")->tracks.size(), std::size_t(1));
}

void TestPipeline::trackThatFailsIsAWarning()
{
    Project project = projectWith({walkingTrack(1, 100, 1, 0, 40, coco()), walkingTrack(2, 300, 1, 0, 40, coco())});
    FakeLifter lifter;
    lifter.failAt = 1;
    const LiftedProject result = liftProject(project, lifter, {});
    QCOMPARE(result.warnings.size(), std::size_t(1));
    QCOMPARE(result.tracks, 1);
    QVERIFY(!result.cancelled);
}

void TestPipeline::overlayColoursTellSidesApart()
{
    Picture picture;
    drawPeople(picture.image, {twoLimbsPerson(0.9F)}, twoLimbs());
    const int blue = picture.count(233, 180, 86);
    const int orange = picture.count(0, 159, 230);
    QVERIFY2(blue > 100, qPrintable(QString::number(blue)));
    QVERIFY2(orange > 60, qPrintable(QString::number(orange)));
    QVERIFY2(blue > 1.2 * orange, "the right side is dashed");
    if (const QString target = qEnvironmentVariable("POSELIFT_TEST_PICTURES"); !target.isEmpty()) {
        std::ofstream file(target.toStdString() + "/overlay.bgra", std::ios::binary);
        file.write(reinterpret_cast<const char *>(picture.pixels.data()), static_cast<std::streamsize>(picture.pixels.size()));
    }
}

void TestPipeline::unsureBonesAreThinner()
{
    Picture sure;
    Picture unsure;
    drawPeople(sure.image, {twoLimbsPerson(0.9F)}, twoLimbs());
    drawPeople(unsure.image, {twoLimbsPerson(0.1F)}, twoLimbs());
    QVERIFY(unsure.count(233, 180, 86) < sure.count(233, 180, 86));
}

void TestPipeline::drawingOutsideThePictureIsHarmless()
{
    Picture picture;
    PersonDrawing person = twoLimbsPerson(0.9F);
    person.pose[0].x = -1e9;
    person.pose[1].y = 1e9;
    person.pose[2].x = std::nan("");
    person.pose[3] = {};
    drawPeople(picture.image, {person}, twoLimbs());
    person.pose.pop_back();
    drawPeople(picture.image, {person}, twoLimbs()); // another skeleton's pose is left out
    QCOMPARE(picture.pixels.size(), std::size_t(200 * 200 * 4));
}

void TestPipeline::mediaPathComesBackRelative()
{
    Project project;
    project.media.path = "../videos/a.mp4";
    QCOMPARE(mediaPath(project, "/data/projects/p.poselift"), std::filesystem::path("/data/videos/a.mp4"));
}

void TestPipeline::outputCheckLeavesNothing()
{
    QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath(QStringLiteral("a.poselift")).toStdString();
    QVERIFY(checkCanWrite(path).ok());
    QVERIFY(QDir(folder.path()).isEmpty());
    QCOMPARE(checkCanWrite(folder.path().toStdString()).error().code(), ErrorCode::IsDirectory);
    QCOMPARE(checkCanWrite("/proc/a.poselift").error().code(), ErrorCode::CannotWrite);
}

QTEST_GUILESS_MAIN(TestPipeline)
#include "tst_pipeline.moc"
