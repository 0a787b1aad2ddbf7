#pragma once

#include "widgets/image/frametransform.h"
#include "widgets/image/pictureadjustment.h"

#include <QImage>

class QPainter;

namespace poselift {

/// A round lens beside a point of the picture, with a cross at exactly that point, a fraction of a
/// pixel included. It shows the picture without the overlay, and never covers the point itself.
class Magnifier
{
public:
    static constexpr double kMagnification = 4.0; ///< of what the view shows
    static constexpr double kRadius = 74.0;       ///< view pixels

    /// The lens' centre for a point of a view of that size, both in view pixels: above and to the
    /// right where there is room.
    static QPointF centreFor(QPointF point, QSizeF viewSize);

    /// @param frame  the picture in its own pixels
    static void draw(QPainter *painter, QSizeF viewSize, const FrameTransform &transform, const QImage &frame,
                     const PictureAdjustment &adjustment, QPointF imagePoint);
};

} // namespace poselift
