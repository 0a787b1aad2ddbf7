#pragma once

#include "core/geometry/camera.h"
#include "core/pose/project.h"

#include <cmath>

// Joints: nose, neck, hips, left and right shoulder, elbow, wrist; arms of 0.3 and 0.25 m.
inline poselift::Skeleton makePosedSkeleton()
{
    poselift::Skeleton skeleton;
    skeleton.name = "nine";
    skeleton.joints = {"hips",       "neck",       "nose",        "left_shoulder", "right_shoulder",
                       "left_elbow", "left_wrist", "right_elbow", "right_wrist"};
    skeleton.bones = {{0, 1}, {1, 2}, {1, 3}, {1, 4}, {3, 5}, {5, 6}, {4, 7}, {7, 8}};
    skeleton.pairs = {{3, 4}, {5, 7}, {6, 8}};
    skeleton.root = "hips";
    return skeleton;
}

/// A person of makePosedSkeleton() 4 m before the camera who sways a little from frame to frame;
/// person 2 stands 1.2 m to the right.
inline poselift::Pose3D makePosedPose(std::int64_t frame, poselift::TrackId track = 1)
{
    const double x = 0.01 * static_cast<double>(frame % 10) + 1.2 * (track - 1);
    const auto at = [x](double dx, double y, double z) {
        // As the arrays of a track hold it.
        return poselift::Joint3D{static_cast<float>(x + dx), static_cast<float>(y), static_cast<float>(z), true};
    };
    return {at(0, 0.2, 4),       at(0, -0.4, 4),     at(0, -0.6, 3.9),     at(0.2, -0.4, 4),   at(-0.2, -0.4, 4),
            at(0.2, -0.12, 3.9), at(0.2, 0.11, 4.0), at(-0.2, -0.12, 3.9), at(-0.2, 0.11, 4.0)};
}

/// Person 1 in frames 0 … 19, person 2 in 10 … 29, seen by a camera of 640 × 480: detections are
/// exact projections of the layer "lifted/test".
inline poselift::Project makePosedProject()
{
    using namespace poselift;
    Project project;
    project.uuid = "3f2b6c1e-0000-4000-8000-000000000005";
    project.media.frameCount = 30;
    project.media.width = 640;
    project.media.height = 480;
    for (int frame = 0; frame < 30; ++frame)
        project.media.seconds.push_back(frame / 25.0);
    project.camera = assumedIntrinsics(640, 480);
    project.skeleton = makePosedSkeleton();
    KeypointLayer detected{"detected", project.skeleton, "test", {}};
    JointLayer lifted{"lifted/test", project.skeleton, "test", {}};
    for (const TrackId id : {1, 2}) {
        KeypointTrack track;
        JointTrack joints;
        track.id = joints.id = id;
        track.jointCount = joints.jointCount = project.skeleton.jointCount();
        for (int frame = 10 * (id - 1); frame < 10 * (id + 1); ++frame) {
            const Pose3D pose3d = makePosedPose(frame, id);
            Pose2D pose;
            for (const Joint3D &joint : pose3d) {
                const Eigen::Vector2d pixel = poselift::project(project.camera, {joint.x, joint.y, joint.z});
                pose.push_back({pixel.x(), pixel.y(), 0.8F, KeypointState::Visible});
            }
            track.setPose(frame, pose);
            joints.setPose(frame, pose3d);
        }
        detected.tracks.push_back(track);
        lifted.tracks.push_back(joints);
    }
    project.keypointLayers = {detected};
    project.jointLayers = {lifted};
    return project;
}
