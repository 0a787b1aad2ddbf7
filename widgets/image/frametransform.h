#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QTransform>

namespace poselift {

/// Where a frame lies in a view: zoom, pan and the frame's sample aspect. Image coordinates are
/// pixels of the decoded frame with the top-left corner of the first pixel at (0, 0), its centre at
/// (0.5, 0.5); view coordinates are logical pixels.
class FrameTransform
{
public:
    /// @param sampleAspect  width / height of one pixel; the picture is widened by it.
    void setImage(QSizeF sizePx, double sampleAspect);
    void setViewSize(QSizeF size);

    bool isFitted() const { return m_fitted; } ///< stays fitted when the view is resized
    double scale() const { return m_scale; }   ///< view pixels per image pixel, vertically
    double sampleAspect() const { return m_sampleAspect; }

    void fit();
    /// Sets the scale so that the image point under @p anchor (view) stays there.
    void setScale(double scale, QPointF anchor);
    void zoomBy(double factor, QPointF anchor) { setScale(m_scale * factor, anchor); }
    void panBy(QPointF delta);
    /// Pans just so far that @p imagePoint lies inside the view, @p margin from its edge.
    void ensureVisible(QPointF imagePoint, double margin);

    QPointF viewFromImage(QPointF imagePoint) const;
    QPointF imageFromView(QPointF viewPoint) const;
    QTransform viewFromImage() const;
    QRectF imageRectInView() const;

private:
    double fitScale() const;
    void keepReachable();

    QSizeF m_imageSize;
    QSizeF m_viewSize;
    double m_sampleAspect = 1.0;
    double m_scale = 1.0;
    QPointF m_offset; ///< view position of the image's top-left corner
    bool m_fitted = true;
};

} // namespace poselift
