#pragma once

#include "core/pose/project.h"

/// Joints: nose, left/right shoulder, left/right wrist. Person 1 is detected in frames 0 … 19 at
/// x = 100 + 10·joint + frame, y = 50 + frame, person 2 in frames 10 … 29 at x + 300. There are 3D
/// poses of both, and times of 25 frames a second.
inline poselift::Project makeEditProject()
{
    using namespace poselift;
    Project project;
    project.uuid = "3f2b6c1e-0000-4000-8000-000000000004";
    project.media.frameCount = 30;
    for (int frame = 0; frame < 30; ++frame)
        project.media.seconds.push_back(frame / 25.0);
    Skeleton skeleton;
    skeleton.name = "five";
    skeleton.joints = {"nose", "left_shoulder", "right_shoulder", "left_wrist", "right_wrist"};
    skeleton.bones = {{0, 1}, {0, 2}, {1, 3}, {2, 4}};
    skeleton.pairs = {{1, 2}, {3, 4}};
    skeleton.root = "nose";
    project.skeleton = skeleton;
    KeypointLayer detected{"detected", skeleton, "test", {}};
    JointLayer lifted{"lifted/test", skeleton, "test", {}};
    for (const TrackId id : {1, 2}) {
        KeypointTrack track;
        JointTrack joints;
        track.id = joints.id = id;
        track.jointCount = joints.jointCount = 5;
        for (int frame = 10 * (id - 1); frame < 10 * (id + 1); ++frame) {
            Pose2D pose;
            Pose3D pose3d;
            for (int joint = 0; joint < 5; ++joint) {
                pose.push_back({100.0 + 10 * joint + frame + 300 * (id - 1), 50.0 + frame, 0.5F,
                                KeypointState::Visible});
                pose3d.push_back({double(id), double(frame), double(joint), true});
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
