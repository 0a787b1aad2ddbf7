#pragma once

#include "core/media/videoframe.h"
#include "core/pose/keypoint.h"
#include "core/pose/skeleton.h"

namespace poselift::test {

/// A small skeleton with a middle, a left and a right part: pelvis–head, pelvis–knees.
inline Skeleton smallSkeleton()
{
    Skeleton skeleton;
    skeleton.name = "small";
    skeleton.joints = {"pelvis", "head", "left_knee", "right_knee", "left_ankle", "right_ankle"};
    skeleton.bones = {{0, 1}, {0, 2}, {0, 3}, {2, 4}, {3, 5}};
    skeleton.pairs = {{2, 3}, {4, 5}};
    skeleton.root = "pelvis";
    return skeleton;
}

inline Keypoint2D visibleKeypoint(double x, double y, float confidence = 1.0F)
{
    return {x, y, confidence, KeypointState::Visible, KeypointOrigin::Detected};
}

/// A person in the small skeleton with the pelvis at (x, y), px.
inline Pose2D smallPose(double x, double y)
{
    return {visibleKeypoint(x, y),           visibleKeypoint(x, y - 60),
            visibleKeypoint(x + 20, y + 40), visibleKeypoint(x - 20, y + 40),
            visibleKeypoint(x + 20, y + 80), visibleKeypoint(x - 20, y + 80)};
}

/// A person in the small skeleton with the pelvis at (x, y, z), camera frame, m.
inline Pose3D smallPose3D(double x, double y, double z)
{
    return {{x, y, z, true},           {x, y - 0.7, z, true},       {x + 0.2, y + 0.45, z, true},
            {x - 0.2, y + 0.45, z, true}, {x + 0.2, y + 0.9, z, true}, {x - 0.2, y + 0.9, z, true}};
}

/// A grey frame with one white pixel at (markX, markY).
inline VideoFrame greyFrame(int width, int height, int markX, int markY)
{
    auto pixels = std::make_shared<std::vector<std::uint8_t>>(
        static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4, std::uint8_t{90});
    for (std::size_t i = 3; i < pixels->size(); i += 4)
        (*pixels)[i] = 255;
    const std::size_t mark = (static_cast<std::size_t>(markY) * width + markX) * 4;
    for (std::size_t c = 0; c < 3; ++c)
        (*pixels)[mark + c] = 255;
    return {width, height, width * 4, 0, 0.0, std::move(pixels)};
}

} // namespace poselift::test
