#include "widgets/image/frametransform.h"

#include <algorithm>

namespace poselift {

namespace {

constexpr double kMaximumScale = 64.0;
constexpr double kMinimumPartOfFit = 0.25;
constexpr double kAlwaysVisiblePx = 48.0; ///< so much of the picture cannot be panned away

double clampOffset(double offset, double extent, double viewExtent)
{
    const double visible = std::min({kAlwaysVisiblePx, extent, viewExtent});
    return std::clamp(offset, visible - extent, viewExtent - visible);
}

} // namespace

void FrameTransform::setImage(QSizeF sizePx, double sampleAspect)
{
    const double aspect = sampleAspect > 0.0 ? sampleAspect : 1.0;
    if (sizePx == m_imageSize && aspect == m_sampleAspect)
        return;
    m_imageSize = sizePx;
    m_sampleAspect = aspect;
    fit();
}

void FrameTransform::setViewSize(QSizeF size)
{
    const QPointF centre = imageFromView({m_viewSize.width() / 2, m_viewSize.height() / 2});
    m_viewSize = size;
    if (m_fitted) {
        fit();
        return;
    }
    // What was in the middle stays in the middle.
    m_offset += QPointF(size.width() / 2, size.height() / 2) - viewFromImage(centre);
    keepReachable();
}

double FrameTransform::fitScale() const
{
    if (m_imageSize.isEmpty() || m_viewSize.isEmpty())
        return 1.0;
    return std::min(m_viewSize.width() / (m_imageSize.width() * m_sampleAspect),
                    m_viewSize.height() / m_imageSize.height());
}

void FrameTransform::fit()
{
    m_fitted = true;
    m_scale = fitScale();
    m_offset = QPointF((m_viewSize.width() - m_imageSize.width() * m_sampleAspect * m_scale) / 2,
                       (m_viewSize.height() - m_imageSize.height() * m_scale) / 2);
}

void FrameTransform::setScale(double scale, QPointF anchor)
{
    const double minimum = std::min(1.0, fitScale()) * kMinimumPartOfFit;
    const QPointF kept = imageFromView(anchor);
    m_fitted = false;
    m_scale = std::clamp(scale, minimum, std::max(kMaximumScale, fitScale()));
    m_offset += anchor - viewFromImage(kept);
    keepReachable();
}

void FrameTransform::panBy(QPointF delta)
{
    m_fitted = false;
    m_offset += delta;
    keepReachable();
}

void FrameTransform::ensureVisible(QPointF imagePoint, double margin)
{
    const QPointF point = viewFromImage(imagePoint);
    const QPointF wanted(
        std::clamp(point.x(), margin, std::max(margin, m_viewSize.width() - margin)),
        std::clamp(point.y(), margin, std::max(margin, m_viewSize.height() - margin)));
    if (wanted != point)
        panBy(wanted - point);
}

void FrameTransform::keepReachable()
{
    m_offset.setX(clampOffset(m_offset.x(), m_imageSize.width() * m_sampleAspect * m_scale,
                              m_viewSize.width()));
    m_offset.setY(clampOffset(m_offset.y(), m_imageSize.height() * m_scale, m_viewSize.height()));
}

QPointF FrameTransform::viewFromImage(QPointF imagePoint) const
{
    return {m_offset.x() + imagePoint.x() * m_sampleAspect * m_scale,
            m_offset.y() + imagePoint.y() * m_scale};
}

QPointF FrameTransform::imageFromView(QPointF viewPoint) const
{
    return {(viewPoint.x() - m_offset.x()) / (m_sampleAspect * m_scale),
            (viewPoint.y() - m_offset.y()) / m_scale};
}

QTransform FrameTransform::viewFromImage() const
{
    return QTransform(m_sampleAspect * m_scale, 0, 0, m_scale, m_offset.x(), m_offset.y());
}

QRectF FrameTransform::imageRectInView() const
{
    return {m_offset, QSizeF(m_imageSize.width() * m_sampleAspect * m_scale,
                             m_imageSize.height() * m_scale)};
}

} // namespace poselift
