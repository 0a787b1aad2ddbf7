#include "widgets/image/jointmark.h"

#include "widgets/image/overlaygeometry.h"

#include <QPainter>

#include <algorithm>
#include <array>

namespace poselift {

namespace {

constexpr int kHaloAlpha = 150;
constexpr double kHaloPx = 1.2;    ///< dark rim on each side, for contrast on bright pictures
constexpr double kRingGapPx = 6.0; ///< outside the rim of corrected joints
constexpr double kTickPx = 4.0;

QColor withAlpha(QColor colour, double weight)
{
    colour.setAlphaF(static_cast<float>(std::clamp(weight, 0.0, 1.0)));
    return colour;
}

QPolygonF diamond(QPointF centre, double extent)
{
    return QPolygonF({centre + QPointF(0, -extent), centre + QPointF(extent, 0), centre + QPointF(0, extent),
                      centre + QPointF(-extent, 0)});
}

/// @param up  1: points up, -1: points down
QPolygonF triangle(QPointF centre, double extent, double up)
{
    return QPolygonF({centre + QPointF(0, -up * extent), centre + QPointF(0.92 * extent, up * 0.65 * extent),
                      centre + QPointF(-0.92 * extent, up * 0.65 * extent)});
}

void drawShape(QPainter *painter, QPointF c, double extent, const JointMark &mark)
{
    if (mark.layer == PoseLayer::Secondary) {
        painter->drawRect(QRectF(c.x() - extent, c.y() - extent, 2 * extent, 2 * extent));
        return;
    }
    switch (mark.keypoint.origin) {
    case KeypointOrigin::Interpolated:
        painter->drawPolygon(diamond(c, 1.45 * extent));
        break;
    case KeypointOrigin::From3d:
        painter->drawPolygon(triangle(c, 1.5 * extent, -1.0));
        break;
    case KeypointOrigin::Triangulated:
        painter->drawPolygon(triangle(c, 1.5 * extent, 1.0));
        break;
    default:
        painter->drawEllipse(c, extent, extent);
    }
}

double outlineWidth(double radius)
{
    return std::max(1.2, 0.45 * radius);
}

/// A white rim outside the dark one: this joint was put here by hand.
void drawCorrectedRim(QPainter *painter, QPointF centre, double radius, bool hollow)
{
    const double outside = radius + (hollow ? outlineWidth(radius) / 2.0 : 0.0);
    const double rim = outside + kHaloPx + 0.8;
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(QColor(255, 255, 255, 230), 1.4));
    painter->drawEllipse(centre, rim, rim);
}

/// @param below  distance from the centre
void drawLock(QPainter *painter, QPointF centre, double radius, double below)
{
    const double y = centre.y() + below;
    const QLineF bar(centre.x() - radius - 1.0, y, centre.x() + radius + 1.0, y);
    painter->setPen(QPen(QColor(0, 0, 0, 200), 4.5));
    painter->drawLine(bar);
    painter->setPen(QPen(Qt::white, 2.2));
    painter->drawLine(bar);
}

/// Strokes what @p draw draws, white on a darker and wider line.
template <typename Draw>
void strokeWithHalo(QPainter *painter, double width, const Draw &draw)
{
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(QColor(0, 0, 0, 200), width + 2.2, Qt::SolidLine, Qt::FlatCap));
    draw();
    painter->setPen(QPen(Qt::white, width, Qt::SolidLine, Qt::FlatCap));
    draw();
}

void drawSelectionRing(QPainter *painter, QPointF centre, double radius, bool current)
{
    const double ring = radius + kRingGapPx;
    strokeWithHalo(painter, current ? 2.0 : 1.5, [&] {
        painter->drawEllipse(centre, ring, ring);
        if (!current)
            return;
        for (const QPointF &way : std::array{QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)})
            painter->drawLine(centre + way * ring, centre + way * (ring + kTickPx));
    });
}

/// Where the joint was before it was said to be absent.
void drawAbsent(QPainter *painter, QPointF c, double radius, const QColor &colour)
{
    const double arm = std::max(2.5, 0.75 * radius);
    const std::array lines{QLineF(c + QPointF(-arm, -arm), c + QPointF(arm, arm)),
                           QLineF(c + QPointF(-arm, arm), c + QPointF(arm, -arm))};
    for (const auto &[pen, width] : {std::pair(QColor(0, 0, 0, 190), 3.8), std::pair(colour.lighter(120), 1.6)}) {
        painter->setPen(QPen(pen, width, Qt::SolidLine, Qt::RoundCap));
        painter->drawLines(lines.data(), static_cast<int>(lines.size()));
    }
}

void drawKnown(QPainter *painter, QPointF c, double r, double weight, const JointMark &mark)
{
    const QColor halo(0, 0, 0, static_cast<int>(kHaloAlpha * weight));
    if (mark.keypoint.state == KeypointState::Occluded) {
        const double line = outlineWidth(r);
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(halo, line + 2 * kHaloPx));
        drawShape(painter, c, r, mark);
        painter->setPen(QPen(withAlpha(mark.colour, weight), line));
        drawShape(painter, c, r, mark);
        return;
    }
    painter->setPen(Qt::NoPen);
    painter->setBrush(halo);
    drawShape(painter, c, r + kHaloPx, mark);
    painter->setBrush(withAlpha(mark.colour, weight));
    drawShape(painter, c, r, mark);
}

} // namespace

void drawJointMark(QPainter *painter, QPointF centre, double radius, const JointMark &mark)
{
    const double weight = confidenceWeight(mark.keypoint.confidence);
    const double r = radius * (0.55 + 0.45 * weight);
    if (mark.keypoint.state == KeypointState::Absent) {
        drawAbsent(painter, centre, radius, mark.colour);
    } else {
        if (mark.keypoint.origin == KeypointOrigin::Corrected)
            drawCorrectedRim(painter, centre, r, mark.keypoint.state == KeypointState::Occluded);
        drawKnown(painter, centre, r, weight, mark);
    }
    if (mark.selected)
        drawSelectionRing(painter, centre, radius, mark.current);
    if (mark.keypoint.locked)
        drawLock(painter, centre, radius, radius + 4.5 + (mark.selected ? kRingGapPx : 0.0));
}

} // namespace poselift
