#pragma once

#include "core/geometry/camera.h"
#include "core/pose/keypoint.h"
#include "core/pose/skeleton.h"

#include <Eigen/Core>

#include <vector>

namespace poselift {

/// Lengths of a procedural body, metres; the defaults are those of a person 1.75 m tall
/// (segment lengths after Winter, Biomechanics and Motor Control of Human Movement, 2009, fig. 4.1).
struct FigureShape
{
    double hipWidth = 0.26;      ///< left to right hip joint
    double thigh = 0.43;
    double shank = 0.43;
    double ankleHeight = 0.07;
    double foot = 0.17;          ///< ankle to big toe
    double trunk = 0.50;         ///< root to thorax; the spine joint is half-way
    double neck = 0.11;          ///< thorax to neck base
    double head = 0.13;          ///< neck base to head
    double shoulderWidth = 0.36; ///< left to right shoulder joint
    double upperArm = 0.31;
    double forearm = 0.26;

    /// The same proportions for another height.
    static FigureShape ofHeight(double metres);
};

/// What the figure does. World frame: metres, y up, the ground is y = 0; a figure of heading 0 faces
/// +z with its left at +x (right-handed).
struct FigureMotion
{
    Eigen::Vector2d start = Eigen::Vector2d::Zero(); ///< x, z at time 0, m
    double heading = 0.0;       ///< rad about y: 0 faces +z, positive turns to +x (the figure's left)
    double speed = 0.0;         ///< m/s along the heading; 0 stands
    double turnRate = 0.0;      ///< rad/s: walks on a circle
    double strideSeconds = 1.2; ///< two steps
    double phase = 0.0;         ///< share of a stride [0, 1) at time 0
    double waveBegin = 0.0;     ///< s; waves with the left hand from here …
    double waveEnd = 0.0;       ///< … to here
    double crouchDepth = 0.0;   ///< m that the hips go down …
    double crouchSeconds = 3.0; ///< … and up again in this time
};

/// A walking, waving, crouching body. The same motion always gives the same joints; bone lengths are
/// constant; a foot on the ground does not slide. Eigen only, no networks, no pictures.
class Figure
{
public:
    Figure(FigureShape shape, FigureMotion motion) : m_shape(shape), m_motion(motion) {}

    const FigureShape &shape() const { return m_shape; }
    /// Joints of skeleton() at @p seconds, world frame.
    std::vector<Eigen::Vector3d> jointsAt(double seconds) const;

    /// The joints of a figure: those of Human3.6M and COCO, the top of the head and the big toes.
    static const Skeleton &skeleton();

private:
    Eigen::Vector2d positionAt(double seconds) const;
    double headingAt(double seconds) const;
    Eigen::Vector3d soleAt(double seconds, double side, double &footHeading) const;

    FigureShape m_shape;
    FigureMotion m_motion;
};

/// A camera at @p eye that looks at @p target with the horizon level (world: y up; camera: x right,
/// y down, z forward).
RigidTransform lookAt(const Eigen::Vector3d &eye, const Eigen::Vector3d &target);

} // namespace poselift
