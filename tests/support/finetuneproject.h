#pragma once

#include "core/io/projectfile.h"
#include "core/io/weightsfile.h"
#include "models/synth/syntheticclip.h"
#include "tests/support/movingfigure.h"

#include <filesystem>
#include <fstream>

/// A walking figure of which a detector sees every joint 6 px too low, and @p corrections frames,
/// evenly spread, in which somebody put the limbs right.
inline poselift::Project finetuneProject(int frames, int corrections, bool truth = true)
{
    using namespace poselift;
    const MovingFigure figure;
    Project project;
    project.uuid = newUuid();
    project.skeleton = *findSkeleton("coco17");
    project.camera = assumedIntrinsics(1280, 720);
    project.camera.assumed = false;
    project.media.width = 1280;
    project.media.height = 720;
    project.media.frameCount = frames;
    project.media.seconds = constantRate(frames, 30);
    const KeypointTrack exact = figure.film(project.media.seconds, project.skeleton, project.camera);
    KeypointTrack detected = exact;
    for (std::size_t i = 1; i < detected.xy.size(); i += 2)
        detected.xy[i] += 6;
    project.keypointLayers.push_back({"detected", project.skeleton, "test", {detected}});
    KeypointTrack corrected;
    corrected.id = exact.id;
    corrected.jointCount = exact.jointCount;
    for (int i = 0; i < corrections; ++i) {
        const std::int64_t frame = static_cast<std::int64_t>(frames) * i / corrections;
        Pose2D pose = exact.pose(frame);
        for (Keypoint2D &keypoint : pose)
            keypoint.origin = KeypointOrigin::Corrected;
        corrected.setPose(frame, pose);
    }
    if (corrections > 0)
        project.tracks = {corrected};
    if (truth) {
        const Skeleton body = *findSkeleton("h36m17");
        JointTrack joints;
        joints.id = exact.id;
        joints.jointCount = body.jointCount();
        for (int frame = 0; frame < frames; ++frame) {
            Pose3D pose;
            for (const Eigen::Vector3d &at :
                 figure.joints(project.media.seconds[static_cast<std::size_t>(frame)], body))
                pose.push_back({at.x(), at.y(), at.z(), true});
            joints.setPose(frame, pose);
        }
        project.jointLayers.push_back({kTruth3D, body, "test", {joints}});
    }
    return project;
}
