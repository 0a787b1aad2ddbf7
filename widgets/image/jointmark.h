#pragma once

#include "core/pose/keypoint.h"
#include "widgets/style/posepalette.h"

#include <QColor>
#include <QPointF>

class QPainter;

namespace poselift {

/// The sign by which a joint is drawn. Everything is told by shape and outline, hue only says the
/// side of the body:
///
/// - filled: visible; hollow: occluded; a small cross at its last place: absent;
/// - disc: seen by a detector; disc with a white rim: corrected by hand; diamond: interpolated;
///   triangle pointing down: projected from 3D; triangle pointing up: triangulated; square: of the
///   second layer, whatever its origin;
/// - a bar below: locked; a white ring around: selected; a ring with four ticks: the current one;
/// - faint and small: low confidence.
struct JointMark
{
    Keypoint2D keypoint; ///< all but the position is drawn
    QColor colour;
    PoseLayer layer = PoseLayer::Primary;
    bool selected = false;
    bool current = false; ///< of the selected ones
};

/// @param radius  of the disc at full confidence, view pixels
void drawJointMark(QPainter *painter, QPointF centre, double radius, const JointMark &mark);

} // namespace poselift
