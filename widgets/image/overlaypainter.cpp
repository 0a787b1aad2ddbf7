#include "widgets/image/overlaypainter.h"

#include "widgets/image/jointmark.h"
#include "widgets/style/jointnames.h"

#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <array>

namespace poselift {

namespace {

constexpr int kHaloAlpha = 150;
constexpr double kHaloPx = 1.2; ///< dark rim on each side, for contrast on bright pictures

QColor withAlpha(QColor colour, double weight)
{
    colour.setAlphaF(static_cast<float>(std::clamp(weight, 0.0, 1.0)));
    return colour;
}

} // namespace

QString trackTitle(const OverlayPerson &person)
{
    return person.label.isEmpty() ? QStringLiteral("#%1").arg(QLocale().toString(person.track))
                                  : person.label;
}

OverlayPainter::OverlayPainter(QPainter *painter, const FrameTransform &transform, const Look &look)
    : m_painter(painter), m_transform(transform), m_look(look)
{
    m_painter->setRenderHint(QPainter::Antialiasing);
    m_painter->setFont(look.font);
}

void OverlayPainter::drawPeople(const std::vector<OverlayPerson> &people, const Skeleton &skeleton,
                                PoseLayer layer)
{
    // The selected person comes last, on top of the others.
    for (const OverlayPerson &person : people) {
        if (!isSelected(person))
            drawPerson(person, skeleton, layer);
    }
    for (const OverlayPerson &person : people) {
        if (isSelected(person))
            drawPerson(person, skeleton, layer);
    }
}

bool OverlayPainter::isSelected(const OverlayPerson &person) const
{
    return m_look.selectedTrack != 0 && person.track == m_look.selectedTrack;
}

QPointF OverlayPainter::viewPoint(const Keypoint2D &keypoint) const
{
    return m_transform.viewFromImage({keypoint.x, keypoint.y});
}

void OverlayPainter::drawPerson(const OverlayPerson &person, const Skeleton &skeleton, PoseLayer layer)
{
    const OverlaySizes sizes = overlaySizes(person, m_transform, isSelected(person));
    drawBones(person, skeleton, layer, sizes);
    drawJoints(person, skeleton, layer, sizes);
    if (m_look.trackLabels && layer == PoseLayer::Primary)
        drawTrackLabel(person, layer);
    const bool nobodySelected = m_look.selectedTrack == 0;
    if (m_look.jointNames && layer == PoseLayer::Primary && (nobodySelected || isSelected(person)))
        drawJointNames(person, skeleton, sizes.jointRadius);
}

void OverlayPainter::drawJoints(const OverlayPerson &person, const Skeleton &skeleton, PoseLayer layer,
                                const OverlaySizes &sizes)
{
    const bool canBeChosen = isSelected(person) && layer == PoseLayer::Primary;
    const std::vector<int> &chosen = m_look.selectedJoints;
    for (int joint = 0; joint < static_cast<int>(person.pose.size()); ++joint) {
        const Keypoint2D &keypoint = person.pose[static_cast<std::size_t>(joint)];
        if (!hasMark(keypoint, canBeChosen))
            continue;
        JointMark mark{keypoint, m_look.palette.style(jointSide(skeleton, joint), layer).colour, layer};
        mark.selected = canBeChosen && std::find(chosen.begin(), chosen.end(), joint) != chosen.end();
        mark.current = mark.selected && chosen.back() == joint;
        drawJointMark(m_painter, viewPoint(keypoint), sizes.jointRadius, mark);
    }
}

void OverlayPainter::drawBones(const OverlayPerson &person, const Skeleton &skeleton, PoseLayer layer,
                               const OverlaySizes &sizes)
{
    const double width = layer == PoseLayer::Primary ? sizes.boneWidth : sizes.boneWidth * 0.7;
    const int count = static_cast<int>(person.pose.size());
    for (const std::pair<int, int> &bone : skeleton.bones) {
        if (bone.first >= count || bone.second >= count)
            continue;
        const Keypoint2D &a = person.pose[static_cast<std::size_t>(bone.first)];
        const Keypoint2D &b = person.pose[static_cast<std::size_t>(bone.second)];
        if (!a.isKnown() || !b.isKnown())
            continue;
        const double weight = confidenceWeight(std::min(a.confidence, b.confidence));
        const PoseStyle style = m_look.palette.style(boneSide(skeleton, bone), layer);
        const QLineF line(viewPoint(a), viewPoint(b));
        m_painter->setPen(QPen(QColor(0, 0, 0, static_cast<int>(kHaloAlpha * weight)),
                               width + 2 * kHaloPx, Qt::SolidLine, Qt::RoundCap));
        m_painter->drawLine(line);
        QPen pen(withAlpha(style.colour, weight), width, Qt::SolidLine, Qt::RoundCap);
        if (style.dashed) {
            pen.setCapStyle(Qt::FlatCap);
            pen.setDashPattern({3.0, 1.6});
        }
        m_painter->setPen(pen);
        m_painter->drawLine(line);
    }
}

void OverlayPainter::drawTrackLabel(const OverlayPerson &person, PoseLayer)
{
    const QRectF bounds = overlayBounds(person, m_transform);
    const bool selected = isSelected(person);
    QFont font = m_look.font;
    font.setBold(selected);
    const QFontMetricsF metrics(font);
    const QString text = trackTitle(person);
    const QSizeF size(metrics.horizontalAdvance(text) + 12.0, metrics.height() + 4.0);
    const QRectF badge(QPointF(bounds.center().x() - size.width() / 2,
                               bounds.top() - size.height() - 10.0), size);
    m_painter->setFont(font);
    m_painter->setPen(selected ? QPen(Qt::white, 2.0) : QPen(QColor(255, 255, 255, 110), 1.0));
    m_painter->setBrush(QColor(20, 20, 24, selected ? 230 : 170));
    m_painter->drawRoundedRect(badge, 4.0, 4.0);
    m_painter->setPen(Qt::white);
    m_painter->drawText(badge, Qt::AlignCenter, text);
    m_painter->setFont(m_look.font);
    m_takenByText.push_back(badge);
}

void OverlayPainter::drawJointNames(const OverlayPerson &person, const Skeleton &skeleton, double radius)
{
    const QFontMetricsF metrics(m_look.font);
    const double gap = radius + 4.0;
    for (std::size_t j = 0; j < person.pose.size() && j < skeleton.joints.size(); ++j) {
        if (!person.pose[j].isKnown())
            continue;
        const QPointF p = viewPoint(person.pose[j]);
        const QString name = displayJointName(skeleton.joints[j]);
        const double w = metrics.horizontalAdvance(name);
        const double h = metrics.height();
        // Right of the joint, else left, below, above; where all are taken the name is left out.
        const std::array<QPointF, 4> corners{QPointF(p.x() + gap, p.y() - h / 2),
                                             QPointF(p.x() - gap - w, p.y() - h / 2),
                                             QPointF(p.x() - w / 2, p.y() + gap),
                                             QPointF(p.x() - w / 2, p.y() - gap - h)};
        for (const QPointF &corner : corners) {
            const QRectF box(corner, QSizeF(w, h));
            if (std::any_of(m_takenByText.begin(), m_takenByText.end(),
                            [&](const QRectF &taken) { return taken.intersects(box); }))
                continue;
            m_takenByText.push_back(box);
            drawHaloText({box.left(), box.top() + metrics.ascent()}, name, Qt::white);
            break;
        }
    }
}

void OverlayPainter::drawHaloText(QPointF baseline, const QString &text, const QColor &colour)
{
    // Shifted copies come from the glyph cache: a stroked outline of a hundred names costs 80 ms.
    m_painter->setPen(QColor(0, 0, 0, 200));
    for (const QPointF &shift : {QPointF(-1, -1), QPointF(1, -1), QPointF(-1, 1), QPointF(1, 1)})
        m_painter->drawText(baseline + shift, text);
    m_painter->setPen(colour);
    m_painter->drawText(baseline, text);
}

} // namespace poselift
