#pragma once

#include "core/geometry/camera.h"
#include "core/pose/skeleton.h"
#include "core/pose/track.h"

#include <Eigen/Geometry>

#include <cmath>
#include <map>
#include <string>
#include <vector>

/// A figure of fixed limb lengths that walks in a gentle arc before a camera at the origin and swings
/// its limbs: smooth, articulated, exactly known at any time. Metres, x right, y down, z forward.
class MovingFigure
{
public:
    /// Joints in the order of @p skeleton; every name of coco17, h36m17 and limbs14 is known.
    std::vector<Eigen::Vector3d> joints(double seconds, const poselift::Skeleton &skeleton) const
    {
        const std::map<std::string, Eigen::Vector3d> named = namedJoints(seconds);
        std::vector<Eigen::Vector3d> joints;
        for (const std::string &name : skeleton.joints)
            joints.push_back(named.at(name));
        return joints;
    }

    /// Exact keypoints of every frame, confidence 1.
    poselift::KeypointTrack film(const std::vector<double> &seconds, const poselift::Skeleton &skeleton,
                                 const poselift::CameraIntrinsics &camera) const
    {
        using namespace poselift;
        KeypointTrack track;
        track.id = 1;
        track.jointCount = skeleton.jointCount();
        for (std::size_t frame = 0; frame < seconds.size(); ++frame) {
            Pose2D pose;
            for (const Eigen::Vector3d &joint : joints(seconds[frame], skeleton)) {
                const Eigen::Vector2d pixel = project(camera, joint);
                pose.push_back({pixel.x(), pixel.y(), 1.0F, KeypointState::Visible, KeypointOrigin::Detected});
            }
            track.setPose(static_cast<std::int64_t>(frame), pose);
        }
        return track;
    }

private:
    using Vector = Eigen::Vector3d;

    /// @p length below @p from, swung forward (about x) by @p forward and outward (about z) by @p outward.
    static Vector hanging(const Vector &from, double length, double forward, double outward)
    {
        return from + length * Vector(std::sin(outward), std::cos(outward) * std::cos(forward), -std::cos(outward) * std::sin(forward));
    }

    static std::map<std::string, Vector> namedJoints(double seconds)
    {
        const double phase = 2 * M_PI * 0.9 * seconds;
        std::map<std::string, Vector> body;
        body["root"] = Vector::Zero();
        body["spine"] = {0, -0.24, 0};
        body["thorax"] = {0, -0.49, 0.02};
        body["neck_base"] = {0, -0.60, -0.03};
        body["head"] = {0, -0.75, 0};
        body["nose"] = {0, -0.62, -0.10};
        for (const double side : {1.0, -1.0}) {
            const std::string name = side > 0 ? "left_" : "right_";
            const double swing = side * std::sin(phase);
            body[name + "eye"] = {0.03 * side, -0.66, -0.08};
            body[name + "ear"] = {0.07 * side, -0.65, 0};
            body[name + "shoulder"] = body["thorax"] + Vector(0.18 * side, 0.02, 0);
            body[name + "elbow"] = hanging(body[name + "shoulder"], 0.29, -0.5 * swing, side * (0.35 + 0.2 * std::sin(0.7 * phase)));
            body[name + "wrist"] = hanging(body[name + "elbow"], 0.25, 0.6 - 0.6 * swing, side * 0.2);
            body[name + "hip"] = {0.11 * side, 0, 0};
            body[name + "knee"] = hanging(body[name + "hip"], 0.43, 0.45 * swing, 0.05 * side);
            body[name + "ankle"] = hanging(body[name + "knee"], 0.43, 0.45 * swing - 0.35 * (1 + std::cos(phase)) / 2, 0);
        }
        for (const char *joint : {"hip", "shoulder"})
            body[std::string("mid_") + joint] = (body[std::string("left_") + joint] + body[std::string("right_") + joint]) / 2;
        const Eigen::AngleAxisd turn(0.5 + 0.6 * std::sin(0.4 * seconds), Vector::UnitY());
        const Vector place(-0.8 + 0.35 * seconds, 0.1 + 0.03 * std::sin(2 * phase), 4.5 + 0.5 * std::sin(0.5 * seconds));
        for (auto &[name, joint] : body)
            joint = turn * joint + place;
        return body;
    }
};
