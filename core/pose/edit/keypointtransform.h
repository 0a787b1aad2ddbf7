#pragma once

#include "core/pose/edit/keypointedits.h"

#include <optional>
#include <vector>

namespace poselift {

/// A position in the picture, px.
struct PicturePoint
{
    double x = 0.0;
    double y = 0.0;
    friend bool operator==(const PicturePoint &, const PicturePoint &) = default;
};

/// A movement in the plane of the picture: points are scaled and turned about a centre, then
/// shifted. Where pixels are not square, shapes keep their form as they are seen on the screen.
struct KeypointTransform
{
    PicturePoint centre;      ///< px
    double turnDegrees = 0.0; ///< clockwise as seen in the picture (y down)
    double scale = 1.0;       ///< > 0
    PicturePoint shift;       ///< px
    double pixelAspect = 1.0; ///< width / height of one pixel at display, > 0

    PicturePoint applied(PicturePoint point) const;
    friend bool operator==(const KeypointTransform &, const KeypointTransform &) = default;
};

/// The mean of the known keypoints of @p joints (indices in @p pose); nothing without any.
std::optional<PicturePoint> centreOf(const Pose2D &pose, const std::vector<int> &joints);

/// Where the known keypoints of @p joints go. Joints without a position stay out.
std::vector<KeypointTarget> transformed(TrackId track, const Pose2D &pose, const std::vector<int> &joints,
                                        const KeypointTransform &transform);

} // namespace poselift
