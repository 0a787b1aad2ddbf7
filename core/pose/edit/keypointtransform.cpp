#include "core/pose/edit/keypointtransform.h"

#include <cmath>
#include <numbers>

namespace poselift {

namespace {

const Keypoint2D *knownKeypoint(const Pose2D &pose, int joint)
{
    if (joint < 0 || joint >= static_cast<int>(pose.size()))
        return nullptr;
    const Keypoint2D &keypoint = pose[static_cast<std::size_t>(joint)];
    return keypoint.isKnown() ? &keypoint : nullptr;
}

} // namespace

PicturePoint KeypointTransform::applied(PicturePoint point) const
{
    const double angle = turnDegrees * std::numbers::pi / 180.0;
    // In square pixels, in which a turn keeps lengths.
    const double dx = (point.x - centre.x) * pixelAspect;
    const double dy = point.y - centre.y;
    const double turnedX = scale * (std::cos(angle) * dx - std::sin(angle) * dy);
    const double turnedY = scale * (std::sin(angle) * dx + std::cos(angle) * dy);
    return {centre.x + turnedX / pixelAspect + shift.x, centre.y + turnedY + shift.y};
}

std::optional<PicturePoint> centreOf(const Pose2D &pose, const std::vector<int> &joints)
{
    PicturePoint sum;
    int count = 0;
    for (const int joint : joints) {
        const Keypoint2D *keypoint = knownKeypoint(pose, joint);
        if (keypoint == nullptr)
            continue;
        sum.x += keypoint->x;
        sum.y += keypoint->y;
        ++count;
    }
    if (count == 0)
        return std::nullopt;
    return PicturePoint{sum.x / count, sum.y / count};
}

std::vector<KeypointTarget> transformed(TrackId track, const Pose2D &pose, const std::vector<int> &joints,
                                        const KeypointTransform &transform)
{
    std::vector<KeypointTarget> targets;
    for (const int joint : joints) {
        const Keypoint2D *keypoint = knownKeypoint(pose, joint);
        if (keypoint == nullptr)
            continue;
        const PicturePoint moved = transform.applied({keypoint->x, keypoint->y});
        targets.push_back({track, joint, moved.x, moved.y});
    }
    return targets;
}

} // namespace poselift
