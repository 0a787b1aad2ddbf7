#pragma once

#include "core/pose/edit/framerange.h"
#include "widgets/timeline/timelinescale.h"

class QPainter;
class QPalette;
class QRectF;

namespace poselift {

/// The chosen frames on a timeline: how they are drawn, and what a mouse that drags does to them.
/// Knows no widget; every x is in pixels of the scale.
class RangeBand
{
public:
    enum class Part
    {
        Outside,
        Inside,
        FirstHandle,
        LastHandle
    };

    const FrameRange &range() const { return m_range; }
    void setRange(const FrameRange &range) { m_range = range; }

    /// @param onHandles  true at the height of the handles, which reach out of the band
    Part partAt(const TimelineScale &scale, double x, bool onHandles) const;

    /// A drag that makes a new range begins in @p frame.
    void beginAt(std::int64_t frame);
    /// A drag of one end begins; the other end stays.
    void grab(Part handle);
    /// The range when the drag has come to @p frame: the ends may change places.
    FrameRange draggedTo(std::int64_t frame) const;
    bool isDragging() const { return m_dragging; }
    void release() { m_dragging = false; }

    /// @param ruler  where the handles are, from x = 0 of the scale on
    /// @param below  the rest of the band's height
    void paint(QPainter *painter, const TimelineScale &scale, const QRectF &ruler, const QRectF &below,
               const QPalette &palette) const;

private:
    FrameRange m_range;
    std::int64_t m_anchor = 0; ///< the end that stays
    bool m_dragging = false;
};

} // namespace poselift
