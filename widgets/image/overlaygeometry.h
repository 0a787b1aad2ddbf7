#pragma once

#include "widgets/image/frametransform.h"
#include "widgets/image/overlayperson.h"

#include <QRectF>

#include <optional>
#include <utility>

namespace poselift {

/// So near, in view pixels, the mouse means a bone.
inline constexpr double kOverlayBoneReachPx = 5.0;

/// Sizes in view pixels for one person. People who are small on the screen get thinner lines, so
/// that the overlay does not cover them.
struct OverlaySizes
{
    double jointRadius = 4.5;
    double boneWidth = 2.5;
};

/// @param emphasised  the selected person: one and a half times as large.
OverlaySizes overlaySizes(const OverlayPerson &person, const FrameTransform &transform, bool emphasised);

/// Rectangle in the view around the known joints; null when there is none.
QRectF overlayBounds(const OverlayPerson &person, const FrameTransform &transform);

/// Whether the overlay shows a joint: it is known, or it is absent with a last place.
/// @param withAbsent  as for the selected person; others show known joints only
bool hasMark(const Keypoint2D &keypoint, bool withAbsent);

/// Weight [0.35, 1] by which a keypoint of @p confidence is drawn fainter and smaller.
double confidenceWeight(float confidence);

/// The bone (parent, child) nearest to @p viewPoint and not farther from it than @p reachPx, in view
/// pixels.
std::optional<std::pair<int, int>> nearestBone(const OverlayPerson &person, const Skeleton &skeleton,
                                               const FrameTransform &transform, QPointF viewPoint, double reachPx);

} // namespace poselift
