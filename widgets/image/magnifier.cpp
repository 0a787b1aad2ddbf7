#include "widgets/image/magnifier.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>

namespace poselift {

namespace {

constexpr double kGapPx = 26.0;      ///< from the point to the lens' rim
constexpr double kLeastGapPx = 14.0; ///< the same where the view's edge pushes the lens
constexpr double kCrossGapPx = 5.0;  ///< free around the point in the lens
constexpr double kCrossLengthPx = 26.0;
constexpr double kShowPixelsFromScale = 4.0;

/// The part of the frame that the lens shows, whole pixels.
QRect shownPart(const QImage &frame, QPointF imagePoint, double reachX, double reachY)
{
    return QRectF(imagePoint.x() - reachX, imagePoint.y() - reachY, 2 * reachX, 2 * reachY)
        .toAlignedRect()
        .adjusted(-1, -1, 1, 1)
        .intersected(frame.rect());
}

void drawCross(QPainter *painter, QPointF centre)
{
    const std::array<QPointF, 4> directions{QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)};
    for (const auto &[colour, width] : {std::pair(QColor(0, 0, 0, 190), 3.0), std::pair(QColor(Qt::white), 1.0)}) {
        painter->setPen(QPen(colour, width, Qt::SolidLine, Qt::FlatCap));
        for (const QPointF &direction : directions)
            painter->drawLine(centre + direction * kCrossGapPx, centre + direction * kCrossLengthPx);
        painter->drawEllipse(centre, 1.2, 1.2);
    }
}

void drawRim(QPainter *painter, QPointF centre)
{
    painter->setPen(QPen(QColor(0, 0, 0, 200), 5.0));
    painter->drawEllipse(centre, Magnifier::kRadius, Magnifier::kRadius);
    painter->setPen(QPen(QColor(235, 235, 235), 2.0));
    painter->drawEllipse(centre, Magnifier::kRadius, Magnifier::kRadius);
}

} // namespace

QPointF Magnifier::centreFor(QPointF point, QSizeF viewSize)
{
    const double away = (kRadius + kGapPx) / std::sqrt(2.0);
    const QRectF room = QRectF(QPointF(0, 0), viewSize).adjusted(kRadius, kRadius, -kRadius, -kRadius);
    for (const QPointF &side :
         {QPointF(away, -away), QPointF(-away, -away), QPointF(away, away), QPointF(-away, away)}) {
        if (room.isEmpty())
            break;
        const QPointF inside(std::clamp(point.x() + side.x(), room.left(), room.right()),
                             std::clamp(point.y() + side.y(), room.top(), room.bottom()));
        if (std::hypot(inside.x() - point.x(), inside.y() - point.y()) >= kRadius + kLeastGapPx)
            return inside;
    }
    // In a very small view, or with the mouse outside of it: at least not over the point.
    return point + QPointF(away, point.y() > viewSize.height() / 2 ? -away : away);
}

void Magnifier::draw(QPainter *painter, QSizeF viewSize, const FrameTransform &transform, const QImage &frame,
                     const PictureAdjustment &adjustment, QPointF imagePoint)
{
    const double scaleY = kMagnification * transform.scale();
    const double scaleX = scaleY * transform.sampleAspect();
    const QPointF centre = centreFor(transform.viewFromImage(imagePoint), viewSize);
    const QRect part = shownPart(frame, imagePoint, kRadius / scaleX, kRadius / scaleY);
    QImage picture = frame.copy(part);
    if (!picture.isNull())
        adjustPicture(picture, picture.rect(), adjustment);

    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QPainterPath round;
    round.addEllipse(centre, kRadius, kRadius);
    painter->setClipPath(round);
    painter->fillPath(round, QColor(0x1b, 0x1c, 0x1f));
    painter->save();
    painter->setRenderHint(QPainter::SmoothPixmapTransform, scaleY < kShowPixelsFromScale);
    painter->translate(centre);
    painter->scale(scaleX, scaleY);
    painter->translate(-imagePoint);
    painter->drawImage(part.topLeft(), picture);
    painter->restore();
    painter->setClipping(false);
    painter->setBrush(Qt::NoBrush);
    drawCross(painter, centre);
    drawRim(painter, centre);
    painter->restore();
}

} // namespace poselift
