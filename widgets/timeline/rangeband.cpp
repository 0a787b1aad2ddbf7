#include "widgets/timeline/rangeband.h"

#include <QPainter>
#include <QPalette>

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

constexpr double kHandleWidth = 9.0; ///< px, outside the band, so that both can be had on one frame
constexpr double kEdgeReach = 3.0;   ///< px to both sides of an end

QColor faded(QColor colour, float alpha)
{
    colour.setAlphaF(alpha);
    return colour;
}

/// @p outwards  -1 at the first frame, 1 at the last
void paintHandle(QPainter *painter, double edge, const QRectF &ruler, double outwards, const QPalette &palette)
{
    const double left = outwards < 0 ? edge - kHandleWidth : edge;
    const QRectF handle(left, ruler.top() + 1, kHandleWidth, ruler.height() - 2);
    painter->setPen(Qt::NoPen);
    painter->setBrush(palette.color(QPalette::WindowText));
    painter->drawRoundedRect(handle, 3, 3);
    painter->setPen(QPen(palette.color(QPalette::Window), 1));
    for (const double offset : {-1.5, 1.5}) {
        const double x = handle.center().x() + offset;
        painter->drawLine(QPointF(x, handle.top() + 6), QPointF(x, handle.bottom() - 6));
    }
}

} // namespace

RangeBand::Part RangeBand::partAt(const TimelineScale &scale, double x, bool onHandles) const
{
    if (m_range.count() == 0)
        return Part::Outside;
    const double first = scale.x(static_cast<double>(m_range.first));
    const double last = scale.x(static_cast<double>(m_range.last + 1));
    const double outside = onHandles ? kHandleWidth : kEdgeReach;
    // Inwards at most a third of the band, so that a narrow one still has an inside.
    const double inside = std::min(kEdgeReach, (last - first) / 3);
    if (x >= first - outside && x <= first + inside)
        return Part::FirstHandle;
    if (x >= last - inside && x <= last + outside)
        return Part::LastHandle;
    return x > first && x < last ? Part::Inside : Part::Outside;
}

void RangeBand::beginAt(std::int64_t frame)
{
    m_anchor = frame;
    m_dragging = true;
}

void RangeBand::grab(Part handle)
{
    beginAt(handle == Part::FirstHandle ? m_range.last : m_range.first);
}

FrameRange RangeBand::draggedTo(std::int64_t frame) const
{
    return {std::min(m_anchor, frame), std::max(m_anchor, frame)};
}

void RangeBand::paint(QPainter *painter, const TimelineScale &scale, const QRectF &ruler, const QRectF &below,
                      const QPalette &palette) const
{
    if (m_range.count() == 0)
        return;
    const double first = ruler.left() + scale.x(static_cast<double>(m_range.first));
    const double last = ruler.left() + scale.x(static_cast<double>(m_range.last + 1));
    const QRectF visible = ruler.united(below);
    const QRectF band = QRectF(first, visible.top(), std::max(1.0, last - first), visible.height()) & visible;
    const QColor ink = palette.color(QPalette::WindowText);
    painter->save();
    painter->setClipRect(visible.adjusted(-kHandleWidth, 0, kHandleWidth, 0));
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillRect(band, faded(palette.color(QPalette::Highlight), 0.14F));
    painter->fillRect(band, QBrush(faded(ink, 0.22F), Qt::BDiagPattern));
    painter->setPen(QPen(ink, 1.5));
    for (const double x : {first, last})
        painter->drawLine(QPointF(x, visible.top()), QPointF(x, visible.bottom()));
    painter->drawLine(QPointF(band.left(), visible.top() + 0.75), QPointF(band.right(), visible.top() + 0.75));
    painter->drawLine(QPointF(band.left(), visible.bottom() - 0.75), QPointF(band.right(), visible.bottom() - 0.75));
    paintHandle(painter, first, ruler, -1, palette);
    paintHandle(painter, last, ruler, 1, palette);
    painter->restore();
}

} // namespace poselift
