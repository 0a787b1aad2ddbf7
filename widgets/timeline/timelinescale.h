#pragma once

#include <cstdint>

namespace poselift {

/// Which frames a strip of screen shows: frame ↔ x. Frame f occupies [x(f), x(f + 1)).
class TimelineScale
{
public:
    /// All frames over @p width pixels; keeps the zoom when it still makes sense.
    void setExtent(std::int64_t frameCount, double width);
    std::int64_t frameCount() const { return m_frameCount; }
    double width() const { return m_width; }

    double x(double frame) const { return (frame - m_first) * m_pixelsPerFrame; }
    /// The frame drawn at @p x, kept within 0 … frameCount − 1; -1 without frames.
    std::int64_t frameAt(double x) const;
    double firstVisible() const { return m_first; }
    double lastVisible() const { return m_first + visibleFrames(); }
    double visibleFrames() const { return m_width / m_pixelsPerFrame; }
    double pixelsPerFrame() const { return m_pixelsPerFrame; }
    bool isZoomed() const;

    /// Zooms by @p factor (> 1: closer), the frame under @p x stays there.
    void zoom(double factor, double x);
    void scroll(double pixels);
    void showAll();
    /// Scrolls so that @p frame is in sight; true when that moved something.
    bool ensureVisible(std::int64_t frame);
    /// Frames between two labelled ticks that are at least @p minPixels apart: 1, 2 or 5 times 10^k.
    std::int64_t tickStep(double minPixels) const;

private:
    void clamp();
    double fittingPixelsPerFrame() const;

    std::int64_t m_frameCount = 0;
    double m_width = 1;
    double m_first = 0;
    double m_pixelsPerFrame = 1;
};

} // namespace poselift
