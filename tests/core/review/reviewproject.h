#pragma once

#include "core/pose/project.h"

#include <array>
#include <cmath>

/// A walking stick person of 12 limb joints, seen from the side and a little from the front, exactly:
/// 120 frames of 30 fps, about 500 px tall, with 3D ("lifted/a", and "lifted/b" the same) that
/// projects exactly onto the keypoints. Confidence is 0.8. Tests spoil single keypoints.
namespace reviewproject {

using namespace poselift;

inline constexpr int kFrames = 120;

enum Joint
{
    LeftShoulder,
    RightShoulder,
    LeftElbow,
    RightElbow,
    LeftWrist,
    RightWrist,
    LeftHip,
    RightHip,
    LeftKnee,
    RightKnee,
    LeftAnkle,
    RightAnkle,
    JointCount
};

inline Skeleton skeleton()
{
    Skeleton skeleton;
    skeleton.name = "limbs";
    skeleton.joints = {"left_shoulder", "right_shoulder", "left_elbow", "right_elbow", "left_wrist", "right_wrist",
                       "left_hip",      "right_hip",      "left_knee",  "right_knee",  "left_ankle", "right_ankle"};
    skeleton.bones = {{0, 1}, {6, 7}, {0, 6}, {1, 7}, {0, 2}, {2, 4}, {1, 3}, {3, 5}, {6, 8}, {8, 10}, {7, 9}, {9, 11}};
    skeleton.pairs = {{0, 1}, {2, 3}, {4, 5}, {6, 7}, {8, 9}, {10, 11}};
    skeleton.root = "mid_hip";
    return skeleton;
}

/// Metres, camera frame, 4 m away.
inline std::array<Joint3D, JointCount> pose(int frame)
{
    const double swing = 0.5 * std::sin(2 * 3.14159265 * frame / 36.0); // rad
    std::array<Joint3D, JointCount> joints;
    for (const int side : {0, 1}) {
        const double sign = side == 0 ? 1 : -1;
        const double across = sign * 0.16;
        const double leg = sign * swing;
        const double arm = -sign * swing;
        const auto put = [&](int joint, double x, double y) {
            joints[static_cast<std::size_t>(joint + side)] = {x + 0.6 * across, y, 4 + 0.8 * across, true};
        };
        put(LeftShoulder, 0, -0.5);
        put(LeftElbow, 0.3 * std::sin(arm), -0.5 + 0.3 * std::cos(arm));
        put(LeftWrist, 0.55 * std::sin(arm), -0.5 + 0.55 * std::cos(arm));
        put(LeftHip, 0, 0);
        put(LeftKnee, 0.43 * std::sin(leg), 0.43 * std::cos(leg));
        put(LeftAnkle, 0.86 * std::sin(leg), 0.86 * std::cos(leg));
    }
    return joints;
}

inline Project make()
{
    Project project;
    project.uuid = "3f2b6c1e-0000-4000-8000-000000000007";
    project.skeleton = skeleton();
    project.camera = assumedIntrinsics(1280, 960);
    project.media.frameCount = kFrames;
    KeypointTrack keypoints;
    JointTrack joints;
    keypoints.id = joints.id = 1;
    keypoints.jointCount = joints.jointCount = JointCount;
    for (int frame = 0; frame < kFrames; ++frame) {
        project.media.seconds.push_back(frame / 30.0);
        Pose2D seen;
        Pose3D lifted;
        for (const Joint3D &joint : pose(frame)) {
            const Eigen::Vector2d pixel = poselift::project(project.camera, {joint.x, joint.y, joint.z});
            seen.push_back({pixel.x(), pixel.y(), 0.8F, KeypointState::Visible});
            lifted.push_back(joint);
        }
        keypoints.setPose(frame, seen);
        joints.setPose(frame, lifted);
    }
    project.keypointLayers = {{"detected", project.skeleton, "exact", {keypoints}}};
    project.jointLayers = {{"lifted/a", project.skeleton, "exact", {joints}},
                           {"lifted/b", project.skeleton, "exact", {joints}}};
    return project;
}

inline KeypointTrack &detected(Project &project)
{
    return project.keypointLayers.front().tracks.front();
}

inline void move(Project &project, int frame, int joint, double dx, double dy)
{
    Keypoint2D keypoint = detected(project).keypoint(frame, joint);
    keypoint.x += dx;
    keypoint.y += dy;
    detected(project).setKeypoint(frame, joint, keypoint);
}

} // namespace reviewproject
