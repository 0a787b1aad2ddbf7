#include "widgets/timeline/timelineview.h"

#include "widgets/style/posepalette.h"
#include "widgets/timeline/rangetext.h"
#include "widgets/timeline/timecode.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

constexpr int kStripHeight = 18;
constexpr int kStripGap = 3;
constexpr double kZoomStep = 1.25;
constexpr int kPageFrames = 10;

} // namespace

TimelineView::TimelineView(QWidget *parent) : QWidget(parent), m_scrollBar(new QScrollBar(Qt::Vertical, this))
{
    setObjectName(QStringLiteral("timelineView"));
    setAccessibleName(tr("Timeline"));
    describe();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true); // for the cursor over the ends of the range
    m_scrollBar->setObjectName(QStringLiteral("timelineScrollBar"));
    m_scrollBar->setAccessibleName(tr("Scroll through the people"));
    m_scrollBar->hide();
    connect(m_scrollBar, &QScrollBar::valueChanged, this, &TimelineView::invalidate);
}

TimelineView::~TimelineView() = default;

void TimelineView::setFrameTimes(std::vector<double> seconds)
{
    m_seconds = std::move(seconds);
    m_scale.setExtent(static_cast<qint64>(m_seconds.size()), m_scale.width());
    updateScale();
}

void TimelineView::setEstimatedFrameCount(qint64 frameCount)
{
    m_seconds.clear();
    m_scale.setExtent(frameCount, m_scale.width());
    updateScale();
}

void TimelineView::setStrips(std::vector<TrackStrip> strips)
{
    if (m_strips == strips)
        return;
    m_strips = std::move(strips);
    m_summaries.clear();
    for (const TrackStrip &strip : m_strips)
        m_summaries.emplace_back(strip);
    updateGeometry();
    updateScale();
}

void TimelineView::setFrame(qint64 frame)
{
    if (m_frame == frame)
        return;
    const double before = xOfFrame(m_frame);
    m_frame = frame;
    if (m_scale.ensureVisible(frame)) {
        invalidate();
        return;
    }
    // Only the two places of the playhead.
    const double after = xOfFrame(frame);
    const int margin = static_cast<int>(m_scale.pixelsPerFrame()) + 8;
    update(static_cast<int>(before) - margin, 0, 2 * margin, height());
    update(static_cast<int>(after) - margin, 0, 2 * margin, height());
}

void TimelineView::setSelectedTrack(TrackId track)
{
    if (m_selectedTrack == track)
        return;
    m_selectedTrack = track;
    invalidate();
}

void TimelineView::setRange(const FrameRange &range)
{
    if (m_band.range() == range)
        return;
    m_band.setRange(range);
    describe();
    update();
}

void TimelineView::describe()
{
    const QString description = tr("Frames of the video, with a strip of confidence for each person");
    setAccessibleDescription(
        m_band.range().count() > 0 ? tr("%1. Chosen: %2").arg(description, rangeText(m_band.range(), m_seconds)) : description);
}

void TimelineView::zoomIn()
{
    m_scale.zoom(kZoomStep, m_scale.x(static_cast<double>(m_frame)));
    invalidate();
}

void TimelineView::zoomOut()
{
    m_scale.zoom(1 / kZoomStep, m_scale.x(static_cast<double>(m_frame)));
    invalidate();
}

void TimelineView::showAll()
{
    m_scale.showAll();
    invalidate();
}

double TimelineView::xOfFrame(qint64 frame) const
{
    return gutterWidth() + m_scale.x(static_cast<double>(frame));
}

QSize TimelineView::sizeHint() const
{
    const int rows = std::clamp(static_cast<int>(m_strips.size()), 2, 5);
    return {600, rulerHeight() + rows * (kStripHeight + kStripGap) + kStripGap};
}

QSize TimelineView::minimumSizeHint() const
{
    return {200, rulerHeight() + kStripHeight + 2 * kStripGap};
}

int TimelineView::rulerHeight() const
{
    return 2 * fontMetrics().height() + 8;
}

int TimelineView::gutterWidth() const
{
    return fontMetrics().horizontalAdvance(QStringLiteral("#0000")) + 12;
}

QRect TimelineView::stripRect(int row) const
{
    const int top = rulerHeight() + kStripGap + row * (kStripHeight + kStripGap) - m_scrollBar->value();
    return {gutterWidth(), top, static_cast<int>(m_scale.width()), kStripHeight};
}

int TimelineView::rowAt(QPoint position) const
{
    if (position.y() < rulerHeight())
        return -1;
    for (int row = 0; row < static_cast<int>(m_strips.size()); ++row) {
        const QRect rect = stripRect(row);
        if (position.y() >= rect.top() && position.y() <= rect.bottom())
            return row;
    }
    return -1;
}

void TimelineView::updateScale()
{
    updateScrollBar();
    const int bar = m_scrollBar->isVisibleTo(this) ? m_scrollBar->sizeHint().width() : 0;
    m_scale.setExtent(m_scale.frameCount(), width() - gutterWidth() - bar - 8);
    invalidate();
}

void TimelineView::updateScrollBar()
{
    const int content = static_cast<int>(m_strips.size()) * (kStripHeight + kStripGap) + kStripGap;
    const int page = std::max(1, height() - rulerHeight());
    m_scrollBar->setGeometry(width() - m_scrollBar->sizeHint().width(), rulerHeight(),
                             m_scrollBar->sizeHint().width(), page);
    m_scrollBar->setPageStep(page);
    m_scrollBar->setSingleStep(kStripHeight + kStripGap);
    m_scrollBar->setRange(0, std::max(0, content - page));
    m_scrollBar->setVisible(content > page);
}

void TimelineView::invalidate()
{
    m_backgroundValid = false;
    update();
}

void TimelineView::request(qint64 frame)
{
    if (m_scale.frameCount() == 0)
        return;
    const qint64 wanted = std::clamp<qint64>(frame, 0, m_scale.frameCount() - 1);
    if (wanted != m_frame)
        Q_EMIT frameRequested(wanted);
}

QString TimelineView::toolTipAt(QPoint position) const
{
    const qint64 frame = m_scale.frameAt(xInScale(position));
    const bool isOnRange = bandPartAt(position) != RangeBand::Part::Outside;
    if (frame < 0 || (position.x() < gutterWidth() && !isOnRange))
        return {};
    const QString text = frameTextAt(position, frame);
    return isOnRange ? text + u'\n' + tr("Chosen: %1").arg(rangeText(m_band.range(), m_seconds)) : text;
}

QString TimelineView::frameTextAt(QPoint position, qint64 frame) const
{
    QString text = tr("Frame %1").arg(locale().toString(frame));
    if (frame < static_cast<qint64>(m_seconds.size()))
        text = tr("Frame %1, %2").arg(locale().toString(frame), formatTime(m_seconds[static_cast<std::size_t>(frame)]));
    const int row = rowAt(position);
    if (row < 0)
        return text;
    const TrackStrip &strip = m_strips[static_cast<std::size_t>(row)];
    const QString name = strip.label.isEmpty() ? QStringLiteral("#%1").arg(strip.track) : strip.label;
    const float confidence = strip.mean(frame, frame + 1);
    if (confidence < 0)
        return tr("%1 — %2: not seen").arg(text, name);
    return tr("%1 — %2: confidence %3").arg(text, name, locale().toString(confidence, 'f', 2));
}

void TimelineView::drawRuler(QPainter *painter) const
{
    const qint64 step = m_scale.tickStep(80);
    const qint64 minor = std::max<qint64>(1, step / 5);
    const int bottom = rulerHeight();
    const int line = fontMetrics().height();
    const auto first = static_cast<qint64>(m_scale.firstVisible()) / step * step;
    const auto last = std::min<qint64>(m_scale.frameCount() - 1, static_cast<qint64>(m_scale.lastVisible()) + 1);
    QColor faint = palette().color(QPalette::WindowText);
    faint.setAlphaF(0.45F);
    for (qint64 frame = first; frame <= last; frame += minor) {
        const double x = xOfFrame(frame);
        if (x < gutterWidth() - 1)
            continue;
        const bool labelled = frame % step == 0;
        painter->setPen(faint);
        painter->drawLine(QPointF(x, bottom - (labelled ? 8 : 4)), QPointF(x, bottom));
        if (!labelled)
            continue;
        painter->setPen(palette().color(QPalette::WindowText));
        painter->drawText(QPointF(x + 3, line - 2), locale().toString(frame));
        if (frame < static_cast<qint64>(m_seconds.size())) {
            painter->setPen(faint);
            painter->drawText(QPointF(x + 3, 2 * line - 1), formatTime(m_seconds[static_cast<std::size_t>(frame)]));
        }
    }
    painter->setPen(faint);
    painter->drawLine(QPointF(gutterWidth(), bottom), QPointF(gutterWidth() + m_scale.width(), bottom));
}

/// One column of pixels at a time: its height is the mean confidence of the frames under it.
void TimelineView::drawStrip(QPainter *painter, int row) const
{
    const TrackStrip &strip = m_strips[static_cast<std::size_t>(row)];
    const StripSummary &summary = m_summaries[static_cast<std::size_t>(row)];
    const QRect rect = stripRect(row);
    const bool selected = strip.track == m_selectedTrack;
    QColor ground = palette().color(QPalette::WindowText);
    ground.setAlphaF(selected ? 0.16F : 0.07F);
    painter->fillRect(rect, ground);
    const QColor colour = PosePalette::trackColour(strip.track);
    QColor weak = colour;
    weak.setAlphaF(0.35F);
    for (int column = 0; column < rect.width(); ++column) {
        const double from = m_scale.firstVisible() + column / m_scale.pixelsPerFrame();
        const double to = m_scale.firstVisible() + (column + 1) / m_scale.pixelsPerFrame();
        const auto begin = static_cast<std::int64_t>(from);
        const float value = summary.mean(strip, begin, std::max<std::int64_t>(begin + 1, static_cast<std::int64_t>(to)));
        if (value < 0)
            continue;
        const double barHeight = std::max(2.0, std::clamp(value, 0.0F, 1.0F) * (rect.height() - 2.0));
        painter->fillRect(QRectF(rect.left() + column, rect.top() + 1, 1, rect.height() - 2), weak);
        painter->fillRect(QRectF(rect.left() + column, rect.bottom() - barHeight, 1, barHeight), colour);
    }
    const QString name = strip.label.isEmpty() ? QStringLiteral("#%1").arg(strip.track) : strip.label;
    const QRect gutter(4, rect.top(), gutterWidth() - 8, rect.height());
    QFont font = painter->font();
    font.setBold(selected);
    painter->setFont(font);
    painter->setPen(palette().color(QPalette::WindowText));
    painter->drawText(gutter, Qt::AlignVCenter | Qt::AlignLeft,
                      QFontMetrics(font).elidedText(name, Qt::ElideRight, gutter.width()));
    font.setBold(false);
    painter->setFont(font);
}

void TimelineView::drawBackground()
{
    if (m_backgroundValid && m_background.deviceIndependentSize().toSize() == size())
        return;
    m_background = QPixmap(size() * devicePixelRatioF());
    m_background.setDevicePixelRatio(devicePixelRatioF());
    m_background.fill(palette().color(QPalette::Window));
    QPainter painter(&m_background);
    painter.setFont(font());
    if (m_scale.frameCount() > 0)
        drawRuler(&painter);
    painter.setClipRect(0, rulerHeight() + 1, width(), height());
    for (int row = 0; row < static_cast<int>(m_strips.size()); ++row) {
        const QRect rect = stripRect(row);
        if (rect.bottom() >= rulerHeight() && rect.top() < height())
            drawStrip(&painter, row);
    }
    m_backgroundValid = true;
}

void TimelineView::drawRange(QPainter *painter) const
{
    if (m_scale.frameCount() == 0)
        return;
    const QRectF ruler(gutterWidth(), 0, m_scale.width(), rulerHeight());
    const QRectF below(gutterWidth(), rulerHeight(), m_scale.width(), height() - rulerHeight());
    m_band.paint(painter, m_scale, ruler, below, palette());
}

void TimelineView::drawPlayhead(QPainter *painter) const
{
    if (m_scale.frameCount() == 0 || m_frame < 0 || m_frame >= m_scale.frameCount())
        return;
    const double x = xOfFrame(m_frame);
    const double wide = std::max(1.0, m_scale.pixelsPerFrame());
    QColor colour = palette().color(QPalette::Highlight);
    QColor veil = colour;
    veil.setAlphaF(0.30F);
    painter->fillRect(QRectF(x, 0, wide, height()), veil);
    painter->setPen(QPen(colour, 2));
    painter->drawLine(QPointF(x + wide / 2, 0), QPointF(x + wide / 2, height()));
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(colour);
    painter->setPen(Qt::NoPen);
    const QPointF tip(x + wide / 2, rulerHeight());
    painter->drawPolygon(QPolygonF{tip, tip + QPointF(-6, -9), tip + QPointF(6, -9)});
}

void TimelineView::paintEvent(QPaintEvent *)
{
    drawBackground();
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_background);
    drawRange(&painter);
    drawPlayhead(&painter);
    if (!hasFocus())
        return;
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(palette().color(QPalette::Highlight), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

bool TimelineView::event(QEvent *event)
{
    // Esc clears the range first, whatever else it is a shortcut for in the window.
    const bool isOverride = event->type() == QEvent::ShortcutOverride;
    if (isOverride && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape && m_band.range().count() > 0) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), toolTipAt(help->pos()), this);
        return true;
    }
    // With the focus here, the view's own keys go before shortcuts of the window.
    if (event->type() == QEvent::ShortcutOverride && m_keys.find(static_cast<QKeyEvent *>(event)) >= 0) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        update();
    return QWidget::event(event);
}

void TimelineView::resizeEvent(QResizeEvent *)
{
    updateScale();
}

void TimelineView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        updateScale();
    QWidget::changeEvent(event);
}

void TimelineView::wheelEvent(QWheelEvent *event)
{
    const QPoint delta = event->angleDelta();
    if (event->modifiers().testFlag(Qt::ShiftModifier) || std::abs(delta.x()) > std::abs(delta.y()))
        m_scale.scroll(-(delta.x() != 0 ? delta.x() : delta.y()));
    else
        m_scale.zoom(std::pow(kZoomStep, delta.y() / 120.0), xInScale(event->position()));
    event->accept();
    invalidate();
}

RangeBand::Part TimelineView::bandPartAt(QPointF position) const
{
    return m_band.partAt(m_scale, xInScale(position), position.y() < rulerHeight());
}

/// True when @p event takes hold of an end of the range or begins a new one.
bool TimelineView::beginRangeDrag(const QMouseEvent *event)
{
    const RangeBand::Part part = bandPartAt(event->position());
    if (part == RangeBand::Part::FirstHandle || part == RangeBand::Part::LastHandle) {
        m_band.grab(part);
        return true;
    }
    if (!event->modifiers().testFlag(Qt::ShiftModifier) || event->pos().x() < gutterWidth() || m_scale.frameCount() == 0)
        return false;
    m_band.beginAt(m_scale.frameAt(xInScale(event->position())));
    dragRange(event->position());
    return true;
}

/// The current frame goes along, so that the picture shows where the range ends.
void TimelineView::dragRange(QPointF position)
{
    const qint64 frame = m_scale.frameAt(xInScale(position));
    Q_EMIT rangeRequested(m_band.draggedTo(frame));
    request(frame);
}

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || beginRangeDrag(event))
        return;
    if (const int row = rowAt(event->pos()); row >= 0)
        Q_EMIT trackClicked(m_strips[static_cast<std::size_t>(row)].track);
    if (event->pos().x() >= gutterWidth())
        request(m_scale.frameAt(xInScale(event->position())));
}

void TimelineView::mouseMoveEvent(QMouseEvent *event)
{
    if (m_band.isDragging())
        return dragRange(event->position());
    if (event->buttons().testFlag(Qt::LeftButton))
        return request(m_scale.frameAt(xInScale(event->position())));
    const RangeBand::Part part = bandPartAt(event->position());
    const bool isHandle = part == RangeBand::Part::FirstHandle || part == RangeBand::Part::LastHandle;
    setCursor(isHandle ? Qt::SizeHorCursor : Qt::ArrowCursor);
}

void TimelineView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        m_band.release();
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (bandPartAt(event->position()) != RangeBand::Part::Outside)
        Q_EMIT rangeRequested({});
    else
        showAll();
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_band.range().count() > 0) {
        m_band.release();
        Q_EMIT rangeRequested({});
        return;
    }
    const int key = m_keys.find(event);
    if (key < 0)
        return QWidget::keyPressEvent(event);
    switch (static_cast<TimelineKey>(key)) {
    case TimelineKey::Previous:
        return request(m_frame - 1);
    case TimelineKey::Next:
        return request(m_frame + 1);
    case TimelineKey::PageBack:
        return request(m_frame - kPageFrames);
    case TimelineKey::PageForward:
        return request(m_frame + kPageFrames);
    case TimelineKey::First:
        return request(0);
    case TimelineKey::Last:
        return request(m_scale.frameCount() - 1);
    case TimelineKey::ZoomIn:
        return zoomIn();
    case TimelineKey::ZoomOut:
        return zoomOut();
    case TimelineKey::ShowAll:
        return showAll();
    }
}

} // namespace poselift
