#include "widgets/image/overlaygeometry.h"

#include <QLineF>

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

double distanceToSegment(QPointF point, QPointF a, QPointF b)
{
    const QPointF along = b - a;
    const double lengthSquared = QPointF::dotProduct(along, along);
    const double t = lengthSquared > 0.0
        ? std::clamp(QPointF::dotProduct(point - a, along) / lengthSquared, 0.0, 1.0)
        : 0.0;
    return QLineF(point, a + along * t).length();
}

} // namespace

OverlaySizes overlaySizes(const OverlayPerson &person, const FrameTransform &transform, bool emphasised)
{
    const QRectF bounds = overlayBounds(person, transform);
    // A lone joint has no extent to go by.
    const double extent = bounds.isNull() ? 1000.0 : std::hypot(bounds.width(), bounds.height());
    const double factor = emphasised ? 1.5 : 1.0;
    return {std::clamp(extent / 70.0, 2.0, 4.5) * factor, std::clamp(extent / 120.0, 1.3, 2.8) * factor};
}

QRectF overlayBounds(const OverlayPerson &person, const FrameTransform &transform)
{
    QRectF bounds;
    bool any = false;
    for (const Keypoint2D &keypoint : person.pose) {
        if (!keypoint.isKnown())
            continue;
        const QPointF p = transform.viewFromImage({keypoint.x, keypoint.y});
        if (!any)
            bounds = QRectF(p, QSizeF(0, 0));
        any = true;
        bounds.setLeft(std::min(bounds.left(), p.x()));
        bounds.setRight(std::max(bounds.right(), p.x()));
        bounds.setTop(std::min(bounds.top(), p.y()));
        bounds.setBottom(std::max(bounds.bottom(), p.y()));
    }
    return bounds;
}

bool hasMark(const Keypoint2D &keypoint, bool withAbsent)
{
    const bool hasPlace = keypoint.x != 0.0 || keypoint.y != 0.0;
    return keypoint.isKnown() || (withAbsent && hasPlace && keypoint.state == KeypointState::Absent);
}

double confidenceWeight(float confidence)
{
    return 0.35 + 0.65 * std::clamp(static_cast<double>(confidence) / 0.6, 0.0, 1.0);
}

std::optional<std::pair<int, int>> nearestBone(const OverlayPerson &person, const Skeleton &skeleton,
                                               const FrameTransform &transform, QPointF viewPoint, double reachPx)
{
    std::optional<std::pair<int, int>> nearest;
    const int count = static_cast<int>(person.pose.size());
    for (const auto &[parent, child] : skeleton.bones) {
        if (parent >= count || child >= count)
            continue;
        const Keypoint2D &a = person.pose[static_cast<std::size_t>(parent)];
        const Keypoint2D &b = person.pose[static_cast<std::size_t>(child)];
        if (!a.isKnown() || !b.isKnown())
            continue;
        const double distance
            = distanceToSegment(viewPoint, transform.viewFromImage({a.x, a.y}), transform.viewFromImage({b.x, b.y}));
        if (distance > reachPx)
            continue;
        reachPx = distance;
        nearest = {parent, child};
    }
    return nearest;
}

} // namespace poselift
