#include "widgets/timeline/timelinescale.h"

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

/// A frame is never drawn wider than this.
constexpr double kMaxPixelsPerFrame = 40;

} // namespace

double TimelineScale::fittingPixelsPerFrame() const
{
    return m_width / static_cast<double>(std::max<std::int64_t>(1, m_frameCount));
}

bool TimelineScale::isZoomed() const
{
    return m_pixelsPerFrame > fittingPixelsPerFrame() * 1.001;
}

void TimelineScale::setExtent(std::int64_t frameCount, double width)
{
    const bool keepZoom = isZoomed() && frameCount == m_frameCount;
    m_frameCount = std::max<std::int64_t>(0, frameCount);
    m_width = std::max(1.0, width);
    if (!keepZoom)
        m_pixelsPerFrame = fittingPixelsPerFrame();
    clamp();
}

std::int64_t TimelineScale::frameAt(double x) const
{
    if (m_frameCount == 0)
        return -1;
    const auto frame = static_cast<std::int64_t>(std::floor(m_first + x / m_pixelsPerFrame));
    return std::clamp<std::int64_t>(frame, 0, m_frameCount - 1);
}

void TimelineScale::zoom(double factor, double x)
{
    const double frame = m_first + x / m_pixelsPerFrame;
    m_pixelsPerFrame *= factor;
    clamp();
    m_first = frame - x / m_pixelsPerFrame;
    clamp();
}

void TimelineScale::scroll(double pixels)
{
    m_first += pixels / m_pixelsPerFrame;
    clamp();
}

void TimelineScale::showAll()
{
    m_pixelsPerFrame = fittingPixelsPerFrame();
    clamp();
}

bool TimelineScale::ensureVisible(std::int64_t frame)
{
    const double before = m_first;
    const auto at = static_cast<double>(frame);
    // A page at a time, so that a playing head does not drag the whole strip along.
    if (at < m_first || at + 1 > lastVisible())
        m_first = at - 0.1 * visibleFrames();
    clamp();
    return m_first != before;
}

std::int64_t TimelineScale::tickStep(double minPixels) const
{
    for (std::int64_t power = 1;; power *= 10) {
        for (const std::int64_t digit : {1, 2, 5}) {
            if (static_cast<double>(digit * power) * m_pixelsPerFrame >= minPixels || power > m_frameCount)
                return digit * power;
        }
    }
}

void TimelineScale::clamp()
{
    const double fitting = fittingPixelsPerFrame();
    m_pixelsPerFrame = std::clamp(m_pixelsPerFrame, fitting, std::max(fitting, kMaxPixelsPerFrame));
    m_first = std::clamp(m_first, 0.0, std::max(0.0, static_cast<double>(m_frameCount) - visibleFrames()));
}

} // namespace poselift
