#include "widgets/image/frameview.h"

#include "widgets/image/magnifier.h"
#include "widgets/image/overlaypainter.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QResizeEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace poselift {

namespace {

constexpr QRgb kBackground = 0xff1b1c1f; ///< neutral dark: pictures are judged against it
constexpr double kShowPixelsFromScale = 4.0; ///< from here on single pixels are drawn as squares
constexpr double kJointHitPx = 7.0;

QImage sharedImage(const VideoFrame &frame)
{
    if (frame.isNull())
        return {};
    // Read-only constructor: QImage never writes to or frees the frame's pixels.
    return QImage(frame.pixels->data(), frame.width, frame.height, frame.strideBytes,
                  QImage::Format_RGB32);
}

} // namespace

FrameView::FrameView(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("frameView"));
    setAccessibleName(tr("Video frame with 2D overlay"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    grabGesture(Qt::PinchGesture);
    m_message = tr("No video is open");
}

FrameView::~FrameView() = default;

QSize FrameView::sizeHint() const
{
    return {640, 480};
}

QSize FrameView::minimumSizeHint() const
{
    return {160, 120};
}

void FrameView::setFrame(const VideoFrame &frame)
{
    // The image goes first: it borrows the pixels that the frame keeps alive.
    m_image = QImage();
    m_frame = frame;
    m_image = sharedImage(m_frame);
    m_scaledValid = false;
    updateTransform();
}

void FrameView::setSampleAspect(double sampleAspect)
{
    if (m_sampleAspect == sampleAspect)
        return;
    m_sampleAspect = sampleAspect;
    updateTransform();
}

void FrameView::updateTransform()
{
    const double before = m_transform.scale();
    if (!m_image.isNull())
        m_transform.setImage(m_image.size(), m_sampleAspect);
    if (m_transform.scale() != before)
        transformChanged();
    else
        update();
}

void FrameView::transformChanged()
{
    m_scaledValid = false;
    update();
    Q_EMIT zoomChanged(m_transform.scale());
}

void FrameView::setMessage(const QString &message)
{
    if (m_message == message)
        return;
    m_message = message;
    update();
}

void FrameView::setSkeleton(const Skeleton &skeleton, PoseLayer which)
{
    layer(which).skeleton = skeleton;
    update();
}

void FrameView::setPeople(std::vector<OverlayPerson> people, PoseLayer which)
{
    layer(which).people = std::move(people);
    update();
}

void FrameView::setSelectedTrack(TrackId track)
{
    if (m_selectedTrack == track)
        return;
    m_selectedTrack = track;
    update();
}

void FrameView::setSelectedJoints(std::vector<int> joints)
{
    if (m_selectedJoints == joints)
        return;
    m_selectedJoints = std::move(joints);
    m_selectedJoint = m_selectedJoints.empty() ? -1 : m_selectedJoints.back();
    update();
}

void FrameView::setPlacing(bool placing)
{
    if (m_placing == placing)
        return;
    m_placing = placing;
    updateCursor();
}

void FrameView::setHint(const QString &hint)
{
    if (m_hint == hint)
        return;
    m_hint = hint;
    setAccessibleDescription(hint);
    update();
}

void FrameView::setAdjustment(const PictureAdjustment &adjustment)
{
    if (m_adjustment == adjustment)
        return;
    m_adjustment = adjustment;
    m_adjusted = QImage();
    update();
}

void FrameView::setColourScheme(ColourScheme scheme)
{
    if (m_scheme == scheme)
        return;
    m_scheme = scheme;
    update();
}

void FrameView::setOverlayVisible(bool visible)
{
    if (m_overlayVisible == visible)
        return;
    m_overlayVisible = visible;
    update();
}

void FrameView::setJointNamesVisible(bool visible)
{
    if (m_jointNames == visible)
        return;
    m_jointNames = visible;
    update();
}

void FrameView::setTrackLabelsVisible(bool visible)
{
    if (m_trackLabels == visible)
        return;
    m_trackLabels = visible;
    update();
}

const OverlayPerson *FrameView::findPerson(PoseLayer which, TrackId track) const
{
    const auto &people = layer(which).people;
    const auto found = std::find_if(people.begin(), people.end(),
                                    [track](const OverlayPerson &p) { return p.track == track; });
    return found != people.end() ? &*found : nullptr;
}

std::optional<JointHit> FrameView::jointAt(QPointF position) const
{
    if (!m_overlayVisible)
        return std::nullopt;
    std::optional<JointHit> best;
    double bestDistance = 0.0;
    for (const PoseLayer which : {PoseLayer::Primary, PoseLayer::Secondary}) {
        for (const OverlayPerson &person : layer(which).people) {
            const bool selected = m_selectedTrack != 0 && person.track == m_selectedTrack;
            const double reach
                = std::max(kJointHitPx, overlaySizes(person, m_transform, selected).jointRadius + 2.0);
            for (std::size_t j = 0; j < person.pose.size(); ++j) {
                if (!hasMark(person.pose[j], selected && which == PoseLayer::Primary))
                    continue;
                const QPointF d
                    = m_transform.viewFromImage({person.pose[j].x, person.pose[j].y}) - position;
                const double distance = std::hypot(d.x(), d.y());
                if (distance > reach)
                    continue;
                // The selected person's joints win over nearer ones of others below or beside them.
                const double rank = distance - (selected ? kJointHitPx : 0.0);
                if (!best || rank < bestDistance) {
                    best = JointHit{which, person.track, static_cast<int>(j)};
                    bestDistance = rank;
                }
            }
        }
    }
    return best;
}

TrackId FrameView::personAt(QPointF position) const
{
    if (!m_overlayVisible)
        return 0;
    if (const std::optional<JointHit> hit = jointAt(position))
        return hit->track;
    const Layer &primary = layer(PoseLayer::Primary);
    for (const OverlayPerson &person : primary.people) {
        if (nearestBone(person, primary.skeleton, m_transform, position, kOverlayBoneReachPx))
            return person.track;
    }
    // Inside several boxes: the smallest, which is the one that the others cannot be meant instead of.
    TrackId track = 0;
    double smallest = 0.0;
    for (const OverlayPerson &person : primary.people) {
        const QRectF box = overlayBounds(person, m_transform);
        const double area = box.width() * box.height();
        if (box.contains(position) && (track == 0 || area < smallest)) {
            track = person.track;
            smallest = area;
        }
    }
    return track;
}

void FrameView::fitToView()
{
    m_transform.fit();
    transformChanged();
}

void FrameView::zoomToPixels()
{
    m_transform.setScale(1.0 / devicePixelRatioF(), QRectF(rect()).center());
    transformChanged();
}

void FrameView::zoomIn()
{
    m_transform.zoomBy(1.25, QRectF(rect()).center());
    transformChanged();
}

void FrameView::zoomOut()
{
    m_transform.zoomBy(1.0 / 1.25, QRectF(rect()).center());
    transformChanged();
}

void FrameView::resizeEvent(QResizeEvent *event)
{
    m_transform.setViewSize(event->size());
    transformChanged();
}

const QImage &FrameView::scaledFrame()
{
    const double ratio = devicePixelRatioF();
    const QSize deviceSize = (QSizeF(size()) * ratio).toSize();
    if (m_scaledValid && m_scaled.size() == deviceSize)
        return m_scaled;
    if (m_scaled.size() != deviceSize)
        m_scaled = QImage(deviceSize, QImage::Format_RGB32);
    m_scaled.setDevicePixelRatio(1.0);
    m_scaled.fill(kBackground);
    QPainter painter(&m_scaled);
    painter.scale(ratio, ratio);
    painter.setRenderHint(QPainter::SmoothPixmapTransform,
                          m_transform.scale() * ratio < kShowPixelsFromScale);
    painter.setTransform(m_transform.viewFromImage(), true);
    painter.drawImage(QPointF(0, 0), m_image);
    painter.end();
    m_scaled.setDevicePixelRatio(ratio);
    m_scaledValid = true;
    m_adjusted = QImage();
    return m_scaled;
}

/// scaledFrame() in the light that the user wants. Moving a slider only redoes the look-up, which is
/// quick, and not the scaling.
const QImage &FrameView::shownFrame()
{
    const QImage &scaled = scaledFrame();
    if (m_adjustment.isNeutral())
        return scaled;
    if (m_adjusted.isNull()) {
        m_adjusted = scaled.copy();
        const QRectF picture = m_transform.imageRectInView();
        const double ratio = devicePixelRatioF();
        adjustPicture(m_adjusted, QRectF(picture.topLeft() * ratio, picture.size() * ratio).toAlignedRect(),
                      m_adjustment);
    }
    return m_adjusted;
}

void FrameView::drawFrame(QPainter *painter)
{
    // Scaling a 4K frame costs more than the overlay: it is done once per frame and zoom, so that
    // hovering and selecting repaint the overlay only.
    painter->drawImage(QPointF(0, 0), shownFrame());
}

void FrameView::drawMessage(QPainter *painter)
{
    if (m_message.isEmpty())
        return;
    if (m_image.isNull()) {
        painter->setPen(QColor(0xd8, 0xd8, 0xd8));
        painter->drawText(rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap, m_message);
        return;
    }
    const QFontMetricsF metrics(font());
    const QRectF badge(8, 8, metrics.horizontalAdvance(m_message) + 16, metrics.height() + 8);
    painter->setPen(Qt::NoPen);
    painter->setBrush(QColor(20, 20, 24, 190));
    painter->drawRoundedRect(badge, 4, 4);
    painter->setPen(Qt::white);
    painter->drawText(badge, Qt::AlignCenter, m_message);
}

void FrameView::drawHint(QPainter *painter)
{
    if (m_hint.isEmpty() || m_image.isNull())
        return;
    const QFontMetricsF metrics(font());
    const QRectF room = QRectF(rect()).adjusted(12, 12, -12, -12);
    const QSizeF text = metrics.boundingRect(room, Qt::AlignCenter | Qt::TextWordWrap, m_hint).size();
    QRectF badge(QPointF(0, 0), text + QSizeF(20, 10));
    badge.moveCenter({room.center().x(), room.bottom() - badge.height() / 2});
    painter->setPen(QPen(QColor(255, 255, 255, 160), 1.0));
    painter->setBrush(QColor(20, 20, 24, 220));
    painter->drawRoundedRect(badge, 5, 5);
    painter->setPen(Qt::white);
    painter->drawText(badge, Qt::AlignCenter | Qt::TextWordWrap, m_hint);
}

void FrameView::drawOverlay(QPainter *painter)
{
    // While a rectangle is drawn, what it would choose is shown as chosen.
    const bool choosing = m_dragging && m_gesture == Gesture::ChooseInBand;
    const JointSelection selection = choosing ? bandSelection() : JointSelection{m_selectedTrack, m_selectedJoints};
    OverlayPainter::Look look;
    look.palette = PosePalette(m_scheme, /*dark=*/true);
    look.jointNames = m_jointNames;
    look.trackLabels = m_trackLabels;
    look.selectedTrack = selection.track;
    look.selectedJoints = selection.joints;
    look.font = font();
    OverlayPainter overlay(painter, m_transform, look);
    for (const PoseLayer which : {PoseLayer::Secondary, PoseLayer::Primary})
        overlay.drawPeople(layer(which).people, layer(which).skeleton, which);
    if (choosing)
        drawBand(painter);
}

void FrameView::drawBand(QPainter *painter)
{
    painter->setBrush(QColor(255, 255, 255, 28));
    painter->setPen(QPen(QColor(0, 0, 0, 200), 1.0));
    painter->drawRect(band());
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(Qt::white, 1.0, Qt::DashLine));
    painter->drawRect(band());
}

void FrameView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (m_image.isNull())
        painter.fillRect(rect(), QColor(kBackground));
    else
        drawFrame(&painter);
    if (m_overlayVisible && !m_image.isNull())
        drawOverlay(&painter);
    if (const std::optional<QPointF> point = magnifiedPoint())
        Magnifier::draw(&painter, size(), m_transform, m_image, m_adjustment, *point);
    drawMessage(&painter);
    drawHint(&painter);
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(palette().color(QPalette::Highlight));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

} // namespace poselift
