#include "models/synth/figure.h"

#include <Eigen/Geometry>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace poselift {

namespace {

using Eigen::AngleAxisd;
using Eigen::Matrix3d;
using Eigen::Vector2d;
using Eigen::Vector3d;

constexpr double kTurn = 2 * std::numbers::pi;
constexpr double kStanceShare = 0.62; ///< of a stride that a foot is on the ground (Winter 2009)

enum Joint {
    Root, RightHip, RightKnee, RightAnkle, LeftHip, LeftKnee, LeftAnkle, Spine, Thorax, NeckBase, Head,
    LeftShoulder, LeftElbow, LeftWrist, RightShoulder, RightElbow, RightWrist,
    Nose, LeftEye, RightEye, LeftEar, RightEar, HeadTop, LeftBigToe, RightBigToe, JointCount
};

double smoothStep(double x)
{
    const double t = std::clamp(x, 0.0, 1.0);
    return t * t * (3 - 2 * t);
}

Matrix3d about(const Vector3d &axis, double angle)
{
    return AngleAxisd(angle, axis).toRotationMatrix();
}

Skeleton makeSkeleton()
{
    Skeleton skeleton;
    skeleton.name = "figure";
    skeleton.title = "Procedural figure";
    skeleton.joints = {"root", "right_hip", "right_knee", "right_ankle", "left_hip", "left_knee", "left_ankle",
                       "spine", "thorax", "neck_base", "head", "left_shoulder", "left_elbow", "left_wrist",
                       "right_shoulder", "right_elbow", "right_wrist", "nose", "left_eye", "right_eye",
                       "left_ear", "right_ear", "head_top", "left_big_toe", "right_big_toe"};
    skeleton.bones = {{Root, RightHip}, {RightHip, RightKnee}, {RightKnee, RightAnkle}, {RightAnkle, RightBigToe},
                      {Root, LeftHip}, {LeftHip, LeftKnee}, {LeftKnee, LeftAnkle}, {LeftAnkle, LeftBigToe},
                      {Root, Spine}, {Spine, Thorax}, {Thorax, NeckBase}, {NeckBase, Head}, {Head, HeadTop},
                      {Thorax, LeftShoulder}, {LeftShoulder, LeftElbow}, {LeftElbow, LeftWrist},
                      {Thorax, RightShoulder}, {RightShoulder, RightElbow}, {RightElbow, RightWrist},
                      {Head, Nose}, {Nose, LeftEye}, {LeftEye, LeftEar}, {Nose, RightEye}, {RightEye, RightEar}};
    skeleton.pairs = {{LeftHip, RightHip}, {LeftKnee, RightKnee}, {LeftAnkle, RightAnkle}, {LeftShoulder, RightShoulder},
                      {LeftElbow, RightElbow}, {LeftWrist, RightWrist}, {LeftEye, RightEye}, {LeftEar, RightEar},
                      {LeftBigToe, RightBigToe}};
    skeleton.root = "root";
    skeleton.source = "models/synth/figure.cpp";
    return skeleton;
}

/// Knee and ankle of a leg from @p hip whose ankle should be at @p ankle, the knee pointing to
/// @p forward. An ankle out of reach is drawn towards the hip, as a heel that rises.
std::pair<Vector3d, Vector3d> bentLeg(const FigureShape &shape, const Vector3d &hip, const Vector3d &ankle,
                                      const Vector3d &forward)
{
    const Vector3d towards = (ankle - hip).normalized();
    const double reach = 0.995 * (shape.thigh + shape.shank);
    const double distance = std::min((ankle - hip).norm(), reach);
    // Law of cosines in the triangle hip, knee, ankle.
    const double along = (shape.thigh * shape.thigh - shape.shank * shape.shank + distance * distance) / (2 * distance);
    const double out = std::sqrt(std::max(0.0, shape.thigh * shape.thigh - along * along));
    const Vector3d sideways = (forward - forward.dot(towards) * towards).normalized();
    return {hip + along * towards + out * sideways, hip + distance * towards};
}

/// A unit vector between @p a and @p b on their great circle.
Vector3d between(const Vector3d &a, const Vector3d &b, double share)
{
    const Eigen::Quaterniond turn = Eigen::Quaterniond::FromTwoVectors(a, b);
    return Eigen::Quaterniond::Identity().slerp(share, turn) * a;
}

} // namespace

FigureShape FigureShape::ofHeight(double metres)
{
    FigureShape shape;
    const double scale = metres / 1.75;
    for (double *length : {&shape.hipWidth, &shape.thigh, &shape.shank, &shape.ankleHeight, &shape.foot, &shape.trunk,
                           &shape.neck, &shape.head, &shape.shoulderWidth, &shape.upperArm, &shape.forearm})
        *length *= scale;
    return shape;
}

const Skeleton &Figure::skeleton()
{
    static const Skeleton skeleton = makeSkeleton();
    return skeleton;
}

double Figure::headingAt(double seconds) const
{
    return m_motion.heading + m_motion.turnRate * seconds;
}

/// Where the root is above the ground (x, z): a line or, when turning, a circle.
Vector2d Figure::positionAt(double seconds) const
{
    const double heading = m_motion.heading;
    if (std::abs(m_motion.turnRate) < 1e-9)
        return m_motion.start + m_motion.speed * seconds * Vector2d(std::sin(heading), std::cos(heading));
    const double radius = m_motion.speed / m_motion.turnRate;
    const double now = headingAt(seconds);
    return m_motion.start
        + radius * Vector2d(std::cos(heading) - std::cos(now), std::sin(now) - std::sin(heading));
}

/// Ankle of the foot of @p side (+1 left, -1 right): planted below the path for the stance, then
/// carried to the next plant. @p footHeading receives where the toes point.
Vector3d Figure::soleAt(double seconds, double side, double &footHeading) const
{
    const double stride = m_motion.strideSeconds;
    const double cycles = seconds / stride + m_motion.phase + (side > 0 ? 0.0 : 0.5);
    const double cycle = std::floor(cycles);
    const double share = cycles - cycle;
    const auto plant = [&](double number) {
        const double middle = (number + kStanceShare / 2 - m_motion.phase - (side > 0 ? 0.0 : 0.5)) * stride;
        const double heading = headingAt(middle);
        const Vector2d left(std::cos(heading), -std::sin(heading));
        return std::pair{Vector2d(positionAt(middle) + side * 0.4 * m_shape.hipWidth * left), heading};
    };
    const auto [from, fromHeading] = plant(cycle);
    const auto [to, toHeading] = plant(cycle + 1);
    const double swing = smoothStep((share - kStanceShare) / (1 - kStanceShare));
    footHeading = fromHeading + swing * (toHeading - fromHeading);
    const Vector2d ground = from + swing * (to - from);
    const double lift = 0.16 * std::min(1.0, (to - from).norm()) * std::sin(std::numbers::pi * swing);
    return {ground.x(), m_shape.ankleHeight + lift, ground.y()};
}

std::vector<Vector3d> Figure::jointsAt(double seconds) const
{
    const Vector3d x = Vector3d::UnitX();
    const Vector3d y = Vector3d::UnitY();
    const Vector3d z = Vector3d::UnitZ();
    // The stride's angle: the left foot comes down at 0, the right one at half a turn.
    const double stride = kTurn * (seconds / m_motion.strideSeconds + m_motion.phase);
    const double pace = std::clamp(m_motion.speed / 1.2, 0.0, 1.0);
    const double crouch =
        m_motion.crouchDepth * 0.5 * (1 - std::cos(kTurn * seconds / m_motion.crouchSeconds));
    const double bend = crouch / (m_shape.thigh + m_shape.shank);

    std::vector<Vector3d> joints(JointCount);
    const Matrix3d heading = about(y, headingAt(seconds));
    const Matrix3d pelvis = heading * about(y, -0.10 * pace * std::cos(stride)) * about(z, 0.04 * pace * std::sin(stride))
        * about(x, 0.3 * bend);
    const Vector2d ground = positionAt(seconds);
    // Lowest when both feet are down (twice a stride), less than straight so that knees bend a little.
    const double height = m_shape.ankleHeight + (0.955 - 0.015 * pace) * (m_shape.thigh + m_shape.shank)
        - 0.018 * pace * std::cos(2 * stride) - crouch;
    joints[Root] = {ground.x(), height, ground.y()};

    for (const double side : {1.0, -1.0}) {
        double footHeading = 0.0;
        const Vector3d target = soleAt(seconds, side, footHeading);
        const Vector3d hip = joints[Root] + pelvis * Vector3d(side * m_shape.hipWidth / 2, 0, 0);
        const auto [knee, ankle] = bentLeg(m_shape, hip, target, heading * Vector3d(side * 0.12, 0, 1));
        const Vector3d toeTarget = target - Vector3d(0, 0.75 * m_shape.ankleHeight, 0)
            + about(y, footHeading + side * 0.12) * Vector3d(0, 0, m_shape.foot);
        joints[side > 0 ? LeftHip : RightHip] = hip;
        joints[side > 0 ? LeftKnee : RightKnee] = knee;
        joints[side > 0 ? LeftAnkle : RightAnkle] = ankle;
        joints[side > 0 ? LeftBigToe : RightBigToe] = ankle + m_shape.foot * (toeTarget - ankle).normalized();
    }

    // The chest turns against the pelvis and leans forward with speed and crouching.
    const Matrix3d waist = heading * about(x, 0.03 + 0.05 * pace + 0.5 * bend);
    const Matrix3d chest = heading * about(y, 0.12 * pace * std::cos(stride)) * about(x, 0.05 + 0.05 * pace + 0.9 * bend);
    joints[Spine] = joints[Root] + waist * Vector3d(0, m_shape.trunk / 2, 0);
    joints[Thorax] = joints[Spine] + chest * Vector3d(0, m_shape.trunk / 2, 0);
    const Matrix3d skull = heading * about(y, 0.06 * std::sin(0.7 * seconds)) * about(x, 0.05 + 0.03 * std::sin(1.3 * seconds));
    joints[NeckBase] = joints[Thorax] + m_shape.neck * (skull * Vector3d(0, 0.93, 0.37)).normalized();
    joints[Head] = joints[NeckBase] + skull * Vector3d(0, m_shape.head, 0);
    const double size = m_shape.head / 0.13;
    const auto onHead = [&](double left, double up, double front) {
        return Vector3d(joints[NeckBase] + skull * (size * Vector3d(left, up, front)));
    };
    joints[Nose] = onHead(0, 0.045, 0.115);
    joints[LeftEye] = onHead(0.032, 0.08, 0.09);
    joints[RightEye] = onHead(-0.032, 0.08, 0.09);
    joints[LeftEar] = onHead(0.075, 0.06, 0.0);
    joints[RightEar] = onHead(-0.075, 0.06, 0.0);
    joints[HeadTop] = onHead(0, 0.19, 0.0);

    const double waveStart = smoothStep((seconds - m_motion.waveBegin) / 0.7);
    const double waveStop = smoothStep((m_motion.waveEnd - seconds) / 0.7);
    const double wave = m_motion.waveEnd > m_motion.waveBegin ? std::min(waveStart, waveStop) : 0.0;
    for (const double side : {1.0, -1.0}) {
        // An arm swings with the leg of the other side.
        const double swing = -side * 0.45 * pace * std::cos(stride) + 0.03 * std::sin(1.1 * seconds + side) + 0.8 * bend;
        Vector3d upper = about(x, -swing) * Vector3d(side * 0.16, -1, 0).normalized();
        Vector3d lower = about(x, -swing - 0.35 - 0.25 * std::max(0.0, swing)) * Vector3d(side * 0.06, -1, 0).normalized();
        if (side > 0 && wave > 0) {
            const double swayed = 0.45 * std::sin(kTurn * 1.6 * (seconds - m_motion.waveBegin));
            upper = between(upper, Vector3d(0.93, 0.25, 0.25).normalized(), wave);
            lower = between(lower, Vector3d(std::sin(swayed) + 0.1, std::cos(swayed), 0.2).normalized(), wave);
        }
        const Vector3d shoulder = joints[Thorax] + chest * Vector3d(side * m_shape.shoulderWidth / 2, -0.02, 0);
        const Vector3d elbow = shoulder + m_shape.upperArm * (chest * upper);
        joints[side > 0 ? LeftShoulder : RightShoulder] = shoulder;
        joints[side > 0 ? LeftElbow : RightElbow] = elbow;
        joints[side > 0 ? LeftWrist : RightWrist] = elbow + m_shape.forearm * (chest * lower);
    }
    return joints;
}

RigidTransform lookAt(const Vector3d &eye, const Vector3d &target)
{
    const Vector3d forward = (target - eye).normalized();
    const Vector3d right = forward.cross(Vector3d::UnitY()).normalized();
    RigidTransform cameraFromWorld;
    cameraFromWorld.rotation.row(0) = right;
    cameraFromWorld.rotation.row(1) = forward.cross(right);
    cameraFromWorld.rotation.row(2) = forward;
    cameraFromWorld.translation = -(cameraFromWorld.rotation * eye);
    return cameraFromWorld;
}

} // namespace poselift
