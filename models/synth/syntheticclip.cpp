#include "models/synth/syntheticclip.h"

#include "core/pose/skeletonmapping.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <random>

namespace poselift {

namespace {

using Eigen::Vector3d;

std::int64_t endOf(const SyntheticScene &scene, const SceneFigure &figure)
{
    const auto frames = static_cast<std::int64_t>(scene.seconds.size());
    return figure.endFrame < 0 ? frames : std::min(frames, figure.endFrame);
}

SkeletonMapping mappingTo(const Skeleton &skeleton)
{
    // All targets are optional, so this cannot fail.
    return *SkeletonMapping::create(Figure::skeleton(), skeleton.joints, skeleton.joints);
}

/// Joints of a figure in the camera frame.
Pose3D poseInCamera(const SyntheticScene &scene, const SceneFigure &figure, std::int64_t frame)
{
    const double seconds = scene.seconds[static_cast<std::size_t>(frame)];
    Pose3D pose;
    for (const Vector3d &joint : Figure(figure.shape, figure.motion).jointsAt(seconds)) {
        const Vector3d inCamera = scene.cameraFromWorld * joint;
        pose.push_back({inCamera.x(), inCamera.y(), inCamera.z(), true});
    }
    return pose;
}

Keypoint2D projected(const CameraIntrinsics &camera, const Joint3D &joint)
{
    if (!joint.valid || joint.z <= 0)
        return {};
    const Eigen::Vector2d pixel = project(camera, {joint.x, joint.y, joint.z});
    const bool isInside = pixel.x() >= 0 && pixel.y() >= 0 && pixel.x() < camera.width && pixel.y() < camera.height;
    return {pixel.x(), pixel.y(), 1.0F, isInside ? KeypointState::Visible : KeypointState::Absent, KeypointOrigin::Detected};
}

} // namespace

std::vector<double> constantRate(int frames, double framesPerSecond)
{
    std::vector<double> seconds(static_cast<std::size_t>(frames));
    for (std::size_t i = 0; i < seconds.size(); ++i)
        seconds[i] = static_cast<double>(i) / framesPerSecond;
    return seconds;
}

SyntheticScene makeScene(std::uint32_t seed, int people, int width, int height, std::vector<double> seconds)
{
    // std::mt19937's numbers are the same everywhere; std::uniform_real_distribution's need not be.
    std::mt19937 random(seed);
    const auto vary = [&random](double middle, double by) {
        return middle + by * (2.0 * static_cast<double>(random()) / 4294967295.0 - 1.0);
    };
    SyntheticScene scene;
    scene.seconds = std::move(seconds);
    scene.camera = assumedIntrinsics(width, height);
    scene.camera.fx = scene.camera.fy = vary(1.1, 0.02) * width;
    scene.camera.assumed = false;
    scene.cameraFromWorld = lookAt({vary(0.0, 0.3), vary(1.6, 0.1), 4.9}, {0.0, 0.9, -0.2});

    const double duration = scene.seconds.empty() ? 0.0 : scene.seconds.back();
    // Round a small circle: always in the picture, seen from all sides.
    SceneFigure walker;
    const double radius = vary(1.05, 0.05);
    const double heading = vary(1.4, 0.2);
    walker.shape = FigureShape::ofHeight(vary(1.72, 0.08));
    walker.motion = {.start = Eigen::Vector2d(0.0, -0.3) + radius * Eigen::Vector2d(std::cos(heading), -std::sin(heading)),
                     .heading = heading,
                     .speed = vary(0.8, 0.05),
                     .strideSeconds = vary(1.2, 0.05),
                     .phase = vary(0.5, 0.5),
                     .waveBegin = 0.3 * duration,
                     .waveEnd = 0.75 * duration};
    walker.motion.turnRate = -walker.motion.speed / radius;
    scene.figures.push_back(walker);
    if (people > 1) {
        // Behind the first one, so that the two cross in the picture; for the middle part only.
        SceneFigure other;
        other.shape = FigureShape::ofHeight(vary(1.82, 0.06));
        other.motion = {.start = {1.9, -2.4},
                        .heading = vary(-1.7, 0.1),
                        .speed = vary(0.55, 0.05),
                        .strideSeconds = vary(1.25, 0.05),
                        .phase = vary(0.5, 0.5),
                        .crouchDepth = 0.12,
                        .crouchSeconds = vary(4.0, 0.3)};
        const auto frames = static_cast<double>(scene.seconds.size());
        other.firstFrame = static_cast<std::int64_t>(0.15 * frames);
        other.endFrame = static_cast<std::int64_t>(0.85 * frames);
        scene.figures.push_back(other);
    }
    return scene;
}

Pose3D trueJointsAt(const SyntheticScene &scene, const SceneFigure &figure, const Skeleton &skeleton, std::int64_t frame)
{
    return mappingTo(skeleton).map(poseInCamera(scene, figure, frame));
}

JointTrack trueJoints(const SyntheticScene &scene, const SceneFigure &figure, const Skeleton &skeleton, TrackId id)
{
    const SkeletonMapping mapping = mappingTo(skeleton);
    JointTrack track;
    track.id = id;
    track.jointCount = skeleton.jointCount();
    for (std::int64_t frame = figure.firstFrame; frame < endOf(scene, figure); ++frame)
        track.setPose(frame, mapping.map(poseInCamera(scene, figure, frame)));
    return track;
}

KeypointTrack trueKeypoints(const SyntheticScene &scene, const SceneFigure &figure, const Skeleton &skeleton, TrackId id)
{
    const SkeletonMapping mapping = mappingTo(skeleton);
    KeypointTrack track;
    track.id = id;
    track.jointCount = skeleton.jointCount();
    for (std::int64_t frame = figure.firstFrame; frame < endOf(scene, figure); ++frame) {
        Pose2D keypoints;
        for (const Joint3D &joint : mapping.map(poseInCamera(scene, figure, frame)))
            keypoints.push_back(projected(scene.camera, joint));
        track.setPose(frame, keypoints);
    }
    return track;
}

Project makeTruth(const SyntheticScene &scene)
{
    const Result<Skeleton> coco = findSkeleton("coco17");
    const Result<Skeleton> h36m = findSkeleton("h36m17");
    assert(coco.ok() && h36m.ok());
    Project project;
    project.skeleton = *coco;
    project.camera = scene.camera;
    KeypointLayer keypoints{kTruth2D, *coco, "exact projection of the made scene", {}};
    JointLayer joints{kTruth3D, *h36m, "exact joints of the made scene", {}};
    TrackId id = 0;
    for (const SceneFigure &figure : scene.figures) {
        ++id;
        keypoints.tracks.push_back(trueKeypoints(scene, figure, *coco, id));
        joints.tracks.push_back(trueJoints(scene, figure, *h36m, id));
    }
    project.keypointLayers.push_back(std::move(keypoints));
    project.jointLayers.push_back(std::move(joints));
    return project;
}

} // namespace poselift
