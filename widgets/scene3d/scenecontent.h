#pragma once

#include "core/geometry/camera.h"
#include "widgets/scene3d/sceneperson.h"
#include "widgets/style/posepalette.h"

#include <QVector3D>

#include <array>
#include <optional>
#include <vector>

namespace poselift {

/// Everything that a scene view shows, whichever way it draws.
struct SceneContent
{
    struct Layer
    {
        Skeleton skeleton;
        std::vector<ScenePerson> people;
    };

    std::array<Layer, kPoseLayerCount> layers;
    TrackId selectedTrack = 0;
    int selectedJoint = -1; ///< of the selected person, first layer; −1: none
    int hoveredJoint = -1;  ///< the same
    CameraIntrinsics camera;
    double groundHeight = 1.5; ///< m below the camera
    ColourScheme scheme = ColourScheme::ColourBlindSafe;
    bool dark = true;

    const Layer &layer(PoseLayer which) const { return layers[static_cast<std::size_t>(which)]; }
    Layer &layer(PoseLayer which) { return layers[static_cast<std::size_t>(which)]; }
    PosePalette palette() const { return PosePalette(scheme, dark); }
    const ScenePerson *person(TrackId track, PoseLayer which = PoseLayer::Primary) const;
    /// Place of a joint of the selected person in scene coordinates; nothing when it has none.
    std::optional<QVector3D> jointPlace(int joint) const;
    /// All valid joints of both layers in scene coordinates.
    std::vector<QVector3D> points() const;
    /// Middle of the ground grid: under the people, on whole metres so that lines never jump.
    QVector3D gridCentre() const;
};

inline constexpr double kGridRadiusMetres = 8.0;
inline constexpr double kFrustumDepthMetres = 0.5;
inline constexpr double kAxisLengthMetres = 0.3;

} // namespace poselift
