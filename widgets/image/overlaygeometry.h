#pragma once

#include "widgets/image/frametransform.h"
#include "widgets/image/overlayperson.h"

#include <QRectF>

namespace poselift {

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

/// Weight [0.35, 1] by which a keypoint of @p confidence is drawn fainter and smaller.
double confidenceWeight(float confidence);

/// Distance in view pixels from @p viewPoint to the nearest bone of the person; infinite without one.
double distanceToBones(const OverlayPerson &person, const Skeleton &skeleton,
                       const FrameTransform &transform, QPointF viewPoint);

} // namespace poselift
