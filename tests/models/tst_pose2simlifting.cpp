// Lifted 3D of the four views of Pose2Sim's balancing trial against its triangulated markers.
// The markers are triangulated OpenPose keypoints: a reference, not exact truth.

#include "core/io/hdf5util.h"
#include "core/io/trcfile.h"
#include "core/media/framesource.h"
#include "core/metrics/jointmetrics.h"
#include "models/detect/detectvideo.h"
#include "models/installmodel.h"
#include "models/lifter.h"
#include "tests/support/environment.h"

#include <Eigen/Geometry>
#include <nlohmann/json.hpp>

#include <array>
#include <fstream>

using namespace poselift;

namespace {

namespace fs = std::filesystem;

/// The twelve joints that OpenPose, MoveNet, the markers and BlazePose have in common.
struct JointName
{
    const char *marker;
    const char *joint;
};
constexpr std::array kJoints{
    JointName{"RShoulder", "right_shoulder"}, JointName{"LShoulder", "left_shoulder"}, JointName{"RElbow", "right_elbow"},
    JointName{"LElbow", "left_elbow"},        JointName{"RWrist", "right_wrist"},      JointName{"LWrist", "left_wrist"},
    JointName{"RHip", "right_hip"},           JointName{"LHip", "left_hip"},           JointName{"RKnee", "right_knee"},
    JointName{"LKnee", "left_knee"},          JointName{"RAnkle", "right_ankle"},      JointName{"LAnkle", "left_ankle"},
};
constexpr int kCameras = 4;
constexpr double kFramesPerSecond = 60.0;
/// P-MPJPE of BlazePose (lite) on the same views and joints, mm (SOURCES.md of the data).
constexpr std::array kBlazePose{126.0, 145.0, 137.0, 189.0};

using Poses = std::vector<std::optional<std::array<Eigen::Vector3d, kJoints.size()>>>; ///< by frame

/// Error of every joint (m) after Procrustes alignment per frame, mean over the frames that both have.
struct Errors
{
    std::array<double, kJoints.size()> joints{};
    double mean = 0;
    int frames = 0;
};

Errors compare(const Poses &found, const Poses &truth)
{
    std::vector<double> prediction;
    std::vector<double> reference;
    for (std::size_t frame = 0; frame < std::min(found.size(), truth.size()); ++frame) {
        if (!found[frame] || !truth[frame])
            continue;
        for (std::size_t joint = 0; joint < kJoints.size(); ++joint) {
            const Eigen::Vector3d &p = (*found[frame])[joint];
            const Eigen::Vector3d &q = (*truth[frame])[joint];
            prediction.insert(prediction.end(), p.data(), p.data() + 3);
            reference.insert(reference.end(), q.data(), q.data() + 3);
        }
    }
    Errors errors;
    if (prediction.empty())
        return errors;
    constexpr int joints = static_cast<int>(kJoints.size());
    const std::vector<double> each = jointErrors({prediction, joints}, {reference, joints}, PoseAlignment::Procrustes);
    errors.frames = static_cast<int>(each.size() / kJoints.size());
    for (std::size_t i = 0; i < each.size(); ++i) {
        errors.joints[i % kJoints.size()] += each[i] / errors.frames;
        errors.mean += each[i] / static_cast<double>(each.size());
    }
    return errors;
}

/// World = (Z, X, Y) of the file, metres; frame k of the video is line k of the file.
Poses markerPoses(const MarkerTrajectories &markers)
{
    Poses poses;
    for (const auto &frame : markers.positions) {
        std::array<Eigen::Vector3d, kJoints.size()> pose;
        bool complete = true;
        for (std::size_t joint = 0; joint < kJoints.size(); ++joint) {
            const int at = markers.indexOf(kJoints[joint].marker);
            complete = complete && at >= 0 && frame[static_cast<std::size_t>(at)].has_value();
            if (complete) {
                const Eigen::Vector3d p = *frame[static_cast<std::size_t>(at)];
                pose[joint] = {p.z(), p.x(), p.y()};
            }
        }
        poses.push_back(complete ? std::make_optional(pose) : std::nullopt);
    }
    return poses;
}

Poses liftedPoses(const JointTrack &track, const Skeleton &skeleton, std::size_t frames)
{
    Poses poses(frames);
    for (std::size_t frame = 0; frame < frames; ++frame) {
        const Pose3D pose = track.pose(static_cast<std::int64_t>(frame));
        if (pose.empty() || !pose.front().valid)
            continue;
        std::array<Eigen::Vector3d, kJoints.size()> joints;
        for (std::size_t i = 0; i < kJoints.size(); ++i) {
            const Joint3D &joint = pose[static_cast<std::size_t>(skeleton.indexOf(kJoints[i].joint))];
            joints[i] = {joint.x, joint.y, joint.z};
        }
        poses[frame] = joints;
    }
    return poses;
}

/// The first person of OpenPose's JSON files (BODY_25B: joints 0 to 16 are COCO's, then head joints
/// and feet), one file a frame. 2D from elsewhere tells the lifter's share of the error.
KeypointTrack openPoseTrack(const fs::path &folder, const Skeleton &coco)
{
    std::vector<fs::path> files;
    for (const auto &entry : fs::directory_iterator(folder))
        files.push_back(entry.path());
    std::ranges::sort(files);
    KeypointTrack track;
    track.id = 1;
    track.jointCount = coco.jointCount();
    for (std::size_t frame = 0; frame < files.size(); ++frame) {
        std::ifstream file(files[frame]);
        const nlohmann::json json = nlohmann::json::parse(file);
        Pose2D pose(static_cast<std::size_t>(coco.jointCount()));
        if (!json["people"].empty()) {
            const auto values = json["people"][0]["pose_keypoints_2d"].get<std::vector<double>>();
            for (std::size_t joint = 0; joint < pose.size(); ++joint) {
                if (values[3 * joint + 2] > 0)
                    pose[joint] = {values[3 * joint], values[3 * joint + 1], static_cast<float>(values[3 * joint + 2]),
                                   KeypointState::Visible, KeypointOrigin::Detected};
            }
        }
        track.setPose(static_cast<std::int64_t>(frame), pose);
    }
    return track;
}

/// The average pose of the motion capture that trains the default lifter, turned so that the hips
/// point along x: what a lifter must beat that has seen nothing of the video.
Poses meanPose(const fs::path &mocap, std::size_t frames)
{
    const hdf5::Session session;
    const Result<hdf5::Handle> file = hdf5::openFile(mocap);
    const Skeleton skeleton = *findSkeleton("h36m17");
    std::array<Eigen::Vector3d, kJoints.size()> sum;
    sum.fill(Eigen::Vector3d::Zero());
    double count = 0;
    for (const std::string &take : hdf5::childNames(*file, "train")) {
        const auto values = hdf5::readDataset<float>(*file, "train/" + take + "/h36m17", mocap.string());
        constexpr std::size_t kWidth = 17 * 3;
        for (std::size_t at = 0; values && at + kWidth <= values->size(); at += 10 * kWidth) {
            const auto joint = [&](const char *name) {
                const auto index = static_cast<std::size_t>(skeleton.indexOf(name));
                return Eigen::Vector3d(Eigen::Map<const Eigen::Vector3f>(values->data() + at + 3 * index).cast<double>());
            };
            const Eigen::Vector3d side = joint("left_hip") - joint("right_hip");
            const Eigen::AngleAxisd turn(std::atan2(side.z(), side.x()), Eigen::Vector3d::UnitY());
            for (std::size_t i = 0; i < kJoints.size(); ++i)
                sum[i] += turn * (joint(kJoints[i].joint) - joint("root"));
            ++count;
        }
    }
    for (Eigen::Vector3d &joint : sum)
        joint /= std::max(1.0, count);
    return Poses(frames, sum);
}

void printHead()
{
    std::string line = "                      ";
    for (const JointName &joint : kJoints)
        line += QStringLiteral("%1").arg(QLatin1String(joint.marker), 10).toStdString();
    qInfo("%s      mean frames", line.c_str());
}

void printRow(const std::string &name, const Errors &errors)
{
    std::string line = QStringLiteral("%1").arg(QString::fromStdString(name), -22).toStdString();
    for (const double joint : errors.joints)
        line += QStringLiteral("%1").arg(1000 * joint, 10, 'f', 1).toStdString();
    qInfo("%s%10.1f %6d", line.c_str(), 1000 * errors.mean, errors.frames);
}

} // namespace

class TestPose2SimLifting : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void openPoseKeypointsLifted();
    void detectedKeypointsLifted();

private:
    void printErrors(int camera, const Errors &errors) const { printRow("cam0" + std::to_string(camera), errors); }

    QTemporaryDir m_models;
    fs::path m_data;
    fs::path m_trial;
    Poses m_truth;
};

void TestPose2SimLifting::initTestCase()
{
    POSELIFT_REQUIRE_DATA(data, "POSELIFT_REAL_DATA");
    m_data = data;
    m_trial = data / "multiview_pose2sim/S00_P00_T01_BalancingTrial";
    const auto markers = readTrc(m_trial / "pose-3d/S00_P00_T01_BalancingTrial_0-100_filt_butterworth.trc");
    QVERIFY(markers.ok());
    m_truth = markerPoses(*markers);
    QCOMPARE(m_truth.size(), std::size_t{100});
}

/// Where 2D comes from OpenPose: the lifter's share of the error.
void TestPose2SimLifting::openPoseKeypointsLifted()
{
    const auto lifter = createLifter({});
    QVERIFY2(lifter.ok(), lifter.ok() ? "" : lifter.error().sentence().c_str());
    const Skeleton coco = *findSkeleton("coco17");
    std::vector<double> seconds;
    for (std::size_t frame = 0; frame < m_truth.size(); ++frame)
        seconds.push_back(static_cast<double>(frame) / kFramesPerSecond);
    qInfo("P-MPJPE, mm: OpenPose's keypoints lifted by %s", (*lifter)->name().c_str());
    printHead();
    for (int camera = 1; camera <= kCameras; ++camera) {
        const KeypointTrack track = openPoseTrack(m_trial / "pose" / ("cam0" + std::to_string(camera) + "_json"), coco);
        const auto lifted = (*lifter)->lift(track, coco, seconds, assumedIntrinsics(1088, 1920), {});
        QVERIFY(lifted.ok());
        const Errors errors = compare(liftedPoses(*lifted, (*lifter)->skeleton(), m_truth.size()), m_truth);
        printErrors(camera, errors);
        QVERIFY(errors.frames >= 95);
        QVERIFY(1000 * errors.mean < kBlazePose[static_cast<std::size_t>(camera - 1)]);
    }
    printRow("mean pose of mocap", compare(meanPose(m_data / "mocap/cmu_mocap.h5", m_truth.size()), m_truth));
}

/// The whole way: video, person boxes, keypoints, track, 3D.
void TestPose2SimLifting::detectedKeypointsLifted()
{
    qputenv("POSELIFT_MODELS", m_models.path().toLocal8Bit());
    QVERIFY(installModel(m_data / "detectors").ok());
    const auto detector = createDetector({"movenet-lightning", "fastestdet-coco", 0});
    QVERIFY2(detector.ok(), detector.ok() ? "" : detector.error().sentence().c_str());
    const auto lifter = createLifter({});
    QVERIFY(lifter.ok());
    qInfo("P-MPJPE, mm: keypoints of %s lifted by %s", (*detector)->name().c_str(), (*lifter)->name().c_str());
    printHead();
    for (int camera = 1; camera <= kCameras; ++camera) {
        const auto source = openFrameSource(m_trial / "videos" / ("cam0" + std::to_string(camera) + ".mp4"));
        QVERIFY(source.ok());
        const auto detected = detectVideo(**source, **detector, {});
        QVERIFY(detected.ok() && detected->complete);
        const auto longest = std::ranges::max_element(detected->layer.tracks, {}, &KeypointTrack::frameCount);
        QVERIFY(longest != detected->layer.tracks.end());
        const MediaInfo &info = (*source)->info();
        const auto lifted = (*lifter)->lift(*longest, detected->layer.skeleton, detected->index.seconds,
                                            assumedIntrinsics(info.width, info.height), {});
        QVERIFY(lifted.ok());
        const Errors errors = compare(liftedPoses(*lifted, (*lifter)->skeleton(), m_truth.size()), m_truth);
        printErrors(camera, errors);
        QVERIFY(errors.frames >= 90);
        QVERIFY(1000 * errors.mean < kBlazePose[static_cast<std::size_t>(camera - 1)]);
    }
    printRow("mean pose of mocap", compare(meanPose(m_data / "mocap/cmu_mocap.h5", m_truth.size()), m_truth));
}

QTEST_APPLESS_MAIN(TestPose2SimLifting)
#include "tst_pose2simlifting.moc"
