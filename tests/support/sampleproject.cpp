#include "tests/support/sampleproject.h"

using namespace poselift;

namespace {

KeypointTrack makeTrack(TrackId id, int joints, std::int64_t firstFrame, int frames)
{
    KeypointTrack track;
    track.id = id;
    track.jointCount = joints;
    track.firstFrame = firstFrame;
    for (int frame = 0; frame < frames; ++frame) {
        Pose2D pose(static_cast<std::size_t>(joints));
        for (int joint = 0; joint < joints; ++joint) {
            pose[static_cast<std::size_t>(joint)] = {id * 100 + joint + 0.25, frame + 0.5, 0.125F * static_cast<float>(joint % 8),
                                                     static_cast<KeypointState>(joint % 4),
                                                     static_cast<KeypointOrigin>(joint % 5)};
        }
        track.setPose(firstFrame + frame, pose);
    }
    return track;
}

JointTrack makeJointTrack(TrackId id, int joints, std::int64_t firstFrame, int frames)
{
    JointTrack track;
    track.id = id;
    track.jointCount = joints;
    track.firstFrame = firstFrame;
    for (int frame = 0; frame < frames; ++frame) {
        Pose3D pose(static_cast<std::size_t>(joints));
        for (int joint = 0; joint < joints; ++joint)
            pose[static_cast<std::size_t>(joint)] = {joint * 0.5, frame * 0.25, 4.0 + id, joint % 3 != 0};
        track.setPose(firstFrame + frame, pose);
    }
    return track;
}

} // namespace

Project makeSampleProject()
{
    Project project;
    project.uuid = "0f0e0d0c-0b0a-4900-8807-060504030201";
    project.saveGeneration = 7;
    project.media = {"video/köln 北京.mp4", 123456789012, 5, 640, 480, std::string(64, 'a'), {0.0, 0.04, 0.08, 0.13, 0.16}};
    project.skeleton = *findSkeleton("coco17");
    project.camera = {700.5, 701.5, 320.25, 240.75, {0.1, -0.2, 0.03}, {0.001, -0.002}, 640, 480, false};
    project.tracks = {makeTrack(4, 17, 0, 5), makeTrack(2, 17, 3, 2)};
    project.tracks[0].label = "Änne";
    project.keypointLayers.push_back({"detected", *findSkeleton("halpe26"), "a detector 1.0", {makeTrack(4, 26, 0, 5)}});
    project.keypointLayers.push_back({"groundtruth", project.skeleton, "", {}});
    project.jointLayers.push_back({"lifted/50 %", *findSkeleton("h36m17"), "a lifter", {makeJointTrack(4, 17, 1, 3)}});
    project.jointLayers.push_back({"groundtruth", *findSkeleton("smpl24"), "made", {makeJointTrack(2, 24, 0, 5)}});
    project.splits["train"] = {{0, 2}, {4, 5}};
    project.splits["a/b"] = {};
    project.meta = {{"program", "poselift 0.1.0"}, {"note", "line one\nline two: 東京"}, {"empty", ""}};
    return project;
}
