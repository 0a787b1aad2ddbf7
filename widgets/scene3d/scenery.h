#pragma once

#include "core/geometry/camera.h"

#include <QColor>
#include <QVector3D>

#include <vector>

namespace poselift {

/// Two neighbouring entries are one line; scene coordinates, metres.
struct LineVertex
{
    QVector3D position;
    QColor colour;
};

/// Colours of everything around the people.
struct SceneColours
{
    QColor background;
    QColor grid;      ///< lines every metre
    QColor gridStrong; ///< the lines through the middle
    QColor frustum;
    QColor highlight; ///< ring under the selected person
};
SceneColours sceneColours(bool dark);

/// A grid of 1 m in the plane y = 0 about the origin; lines fade into the background towards
/// @p radiusMetres, so that the ground has no edge.
std::vector<LineVertex> gridLines(double radiusMetres, const SceneColours &colours);
/// The camera's axes in its centre, as poses use them: x right red, y down green, z forward blue.
std::vector<LineVertex> axisLines(double lengthMetres);
/// What the camera sees up to @p depthMetres, with a mark on its upper side. Empty without valid
/// intrinsics.
std::vector<LineVertex> frustumLines(const CameraIntrinsics &camera, double depthMetres, const QColor &colour);

/// Sizes of a drawn person, metres.
struct FigureSizes
{
    double joint = 0.0; ///< radius, or half the edge of a cube
    double bone = 0.0;  ///< radius
};
FigureSizes figureSizes(bool secondary, bool selected);
/// Corrected joints are octahedra, so much larger than the balls that as much of them is seen.
inline constexpr double kCorrectedJointFactor = 1.9;
/// Rings around the chosen joint and around the one under the mouse: radius in joint radii.
inline constexpr double kSelectedRingFactor = 2.1;
inline constexpr double kHoveredRingFactor = 1.7;

} // namespace poselift
