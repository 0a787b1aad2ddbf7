#pragma once

#include "widgets/timeline/rangeband.h"
#include "widgets/timeline/stripsummary.h"
#include "widgets/timeline/timelinekeys.h"
#include "widgets/timeline/timelinescale.h"
#include "widgets/timeline/trackstrip.h"

#include <QPixmap>
#include <QWidget>

#include <vector>

class QScrollBar;

namespace poselift {

/// Ruler with frame numbers and times, one strip of confidence for each track, and the current
/// frame.
///
///     TimelineView timeline;
///     timeline.setFrameTimes({0.0, 0.04, 0.08});
///     timeline.setStrips({makeTrackStrip(track)});
///
/// Mouse: click and drag scrub, wheel zooms at the cursor, Shift+wheel or a sideways wheel scrolls,
/// double-click shows everything; a click on a strip chooses its track too. Shift+drag chooses a
/// range of frames, whose ends can be dragged; double-click or Esc clears it. Keys (when focused): see
/// timelineKeys(); all can be set through keys().
class TimelineView : public QWidget
{
    Q_OBJECT
public:
    explicit TimelineView(QWidget *parent = nullptr);
    ~TimelineView() override;

    /// Time stamps of all frames, seconds, increasing.
    void setFrameTimes(std::vector<double> seconds);
    /// While there is no index yet: the number of frames guessed from the container, no times.
    void setEstimatedFrameCount(qint64 frameCount);
    qint64 frameCount() const { return m_scale.frameCount(); }
    void setStrips(std::vector<TrackStrip> strips);
    const std::vector<TrackStrip> &strips() const { return m_strips; }
    qint64 frame() const { return m_frame; }
    const FrameRange &range() const { return m_band.range(); }
    ViewKeys *keys() { return &m_keys; }
    const TimelineScale &scale() const { return m_scale; }
    /// Where frame @p frame is drawn, in this widget's pixels.
    double xOfFrame(qint64 frame) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

public Q_SLOTS:
    void setFrame(qint64 frame);
    void setSelectedTrack(poselift::TrackId track);
    /// The chosen frames; none when empty.
    void setRange(const poselift::FrameRange &range);
    void zoomIn();
    void zoomOut();
    void showAll();

Q_SIGNALS:
    /// The user asks for this frame. The view shows it only when setFrame() is called.
    void frameRequested(qint64 frame);
    void trackClicked(poselift::TrackId track);
    /// The user wants this range, none when empty. Shown only when setRange() is called.
    void rangeRequested(const poselift::FrameRange &range);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void updateScale();
    void updateScrollBar();
    void invalidate();
    void request(qint64 frame);
    int rulerHeight() const;
    int gutterWidth() const;
    QRect stripRect(int row) const;
    int rowAt(QPoint position) const;
    double xInScale(QPointF position) const { return position.x() - gutterWidth(); }
    QString toolTipAt(QPoint position) const;
    QString frameTextAt(QPoint position, qint64 frame) const;
    RangeBand::Part bandPartAt(QPointF position) const;
    bool beginRangeDrag(const QMouseEvent *event);
    void dragRange(QPointF position);
    void describe();
    void drawRuler(QPainter *painter) const;
    void drawStrip(QPainter *painter, int row) const;
    void drawBackground();
    void drawRange(QPainter *painter) const;
    void drawPlayhead(QPainter *painter) const;

    TimelineScale m_scale;
    RangeBand m_band;
    std::vector<double> m_seconds;
    std::vector<TrackStrip> m_strips;
    std::vector<StripSummary> m_summaries; ///< of m_strips
    ViewKeys m_keys = timelineKeys();
    qint64 m_frame = 0;
    TrackId m_selectedTrack = 0;
    QScrollBar *m_scrollBar;
    QPixmap m_background; ///< everything but the playhead
    bool m_backgroundValid = false;
};

} // namespace poselift
