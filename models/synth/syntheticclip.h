#pragma once

#include "core/geometry/camera.h"
#include "core/pose/project.h"
#include "models/synth/figure.h"

#include <cstdint>
#include <vector>

namespace poselift {

/// One figure that is there from frame @ref firstFrame to before @ref endFrame.
struct SceneFigure
{
    FigureShape shape;
    FigureMotion motion;
    std::int64_t firstFrame = 0;
    std::int64_t endFrame = -1; ///< -1: to the end
};

/// Figures before a resting camera.
struct SyntheticScene
{
    CameraIntrinsics camera;
    RigidTransform cameraFromWorld;
    std::vector<SceneFigure> figures;
    std::vector<double> seconds; ///< pts of every frame
};

/// Frames at a constant rate: 0, 1/fps, 2/fps, …
std::vector<double> constantRate(int frames, double framesPerSecond);

/// A scene of one or two people walking past each other, waving and crouching; the same seed gives
/// the same scene. Camera: @p width × @p height px, horizontal field of view about 49°.
SyntheticScene makeScene(std::uint32_t seed, int people, int width, int height, std::vector<double> seconds);

/// The exact joints of @p figure in @p frame, camera frame, in the order of @p skeleton.
Pose3D trueJointsAt(const SyntheticScene &scene, const SceneFigure &figure, const Skeleton &skeleton, std::int64_t frame);
/// The exact truth of @p figure as track @p id: joints of @p skeleton (joints that a figure does not
/// have stay invalid) in the camera frame, metres.
JointTrack trueJoints(const SyntheticScene &scene, const SceneFigure &figure, const Skeleton &skeleton, TrackId id);
/// Their projections; a keypoint outside the picture is Absent.
KeypointTrack trueKeypoints(const SyntheticScene &scene, const SceneFigure &figure, const Skeleton &skeleton, TrackId id);

/// Names of the layers of truth in a project.
inline constexpr const char *kTruth2D = "groundtruth2d";
inline constexpr const char *kTruth3D = "groundtruth";

/// Everything but the media and the uuid: camera, annotation skeleton COCO-17, keypoint layer kTruth2D (COCO-17)
/// and joint layer kTruth3D (Human3.6M-17), track ids 1, 2, …
Project makeTruth(const SyntheticScene &scene);

} // namespace poselift
