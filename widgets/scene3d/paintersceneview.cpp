#include "widgets/scene3d/paintersceneview.h"

#include "widgets/scene3d/cameracontroller.h"
#include "widgets/scene3d/sceneframe.h"

#include <QLabel>
#include <QPainter>
#include <QResizeEvent>
#include <QTimer>

#include <algorithm>
#include <array>
#include <cmath>

namespace poselift {

namespace {

void drawDiamond(QPainter *painter, QPointF centre, double radius)
{
    const QPointF across(radius, 0.0), down(0.0, radius);
    painter->drawPolygon(QPolygonF({centre - down, centre + across, centre + down, centre - across}));
}

} // namespace

PainterSceneView::PainterSceneView(const QString &reason, QWidget *parent)
    : SceneView(parent), m_reason(reason), m_label(new QLabel(this)), m_axes(axisLines(kAxisLengthMetres))
{
    setAttribute(Qt::WA_OpaquePaintEvent);
    m_label->setObjectName(QStringLiteral("fallbackLabel"));
    m_label->setAccessibleName(tr("Why the 3D view is simplified"));
    m_label->setText(tr("Simplified 3D view without OpenGL"));
    m_label->setToolTip(reason);
    m_label->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_label->setContentsMargins(6, 2, 6, 2);
    controller()->watch(this);
    setMouseTracking(true); // joints light up under the mouse
    PainterSceneView::sceneryChanged();
}

void PainterSceneView::resizeEvent(QResizeEvent *event)
{
    SceneView::resizeEvent(event);
    m_label->adjustSize();
    m_label->move(8, height() - m_label->height() - 8);
    viewResized(event->size());
}

void PainterSceneView::sceneryChanged()
{
    const SceneColours colours = sceneColours(content().dark);
    m_grid = gridLines(kGridRadiusMetres, colours);
    m_frustum = frustumLines(content().camera, kFrustumDepthMetres, colours.frustum);
    QPalette palette = m_label->palette();
    palette.setColor(QPalette::WindowText, colours.highlight);
    m_label->setPalette(palette);
    update();
}

void PainterSceneView::eyeMoved()
{
    update();
}

void PainterSceneView::captureImage(std::function<void(const QImage &)> done)
{
    QTimer::singleShot(0, this, [this, done = std::move(done)] { done(grab().toImage()); });
}

void PainterSceneView::drawLines(QPainter *painter, const std::vector<LineVertex> &lines,
                                 const QVector3D &offset, double width)
{
    const QSizeF viewSize = controller()->viewSize();
    for (std::size_t i = 0; i + 1 < lines.size(); i += 2) {
        const auto from = eye().project(lines[i].position + offset, viewSize);
        const auto to = eye().project(lines[i + 1].position + offset, viewSize);
        if (!from || !to)
            continue;
        painter->setPen(QPen(lines[i].colour, width));
        painter->drawLine(*from, *to);
    }
}

void PainterSceneView::drawSelectionRing(QPainter *painter)
{
    const ScenePerson *person = content().person(content().selectedTrack);
    const std::optional<QVector3D> centre = person ? sceneCentre(person->pose) : std::nullopt;
    if (!centre)
        return;
    constexpr int kSteps = 36;
    constexpr double kRadius = 0.35;
    std::vector<LineVertex> ring;
    const QColor colour = sceneColours(content().dark).highlight;
    for (int i = 0; i < kSteps; ++i) {
        for (const int end : {i, i + 1}) {
            const double angle = 2.0 * M_PI * end / kSteps;
            ring.push_back({QVector3D(static_cast<float>(kRadius * std::cos(angle)), 0.0F,
                                      static_cast<float>(kRadius * std::sin(angle))), colour});
        }
    }
    drawLines(painter, ring, {centre->x(), static_cast<float>(-content().groundHeight), centre->z()}, 2.0);
}

/// A ring around a joint of the chosen person, over everything.
void PainterSceneView::drawJointRing(QPainter *painter, int joint, double factor, double width)
{
    const std::optional<QVector3D> place = content().jointPlace(joint);
    const auto centre = place ? eye().project(*place, controller()->viewSize()) : std::nullopt;
    if (!centre)
        return;
    const double drawn = figureSizes(false, true).joint * eye().pixelsPerMetre(*place, controller()->viewSize());
    const double radius = std::max(5.0, factor * drawn);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(sceneColours(content().dark).background, width + 2.0));
    painter->drawEllipse(*centre, radius, radius);
    painter->setPen(QPen(sceneColours(content().dark).highlight, width));
    painter->drawEllipse(*centre, radius, radius);
}

std::vector<PainterSceneView::Stroke> PainterSceneView::peopleStrokes() const
{
    std::vector<Stroke> strokes;
    for (const PoseLayer which : {PoseLayer::Primary, PoseLayer::Secondary}) {
        for (const ScenePerson &person : content().layer(which).people)
            addPersonStrokes(person, which, &strokes);
    }
    std::stable_sort(strokes.begin(), strokes.end(),
                     [](const Stroke &a, const Stroke &b) { return a.depth > b.depth; });
    return strokes;
}

void PainterSceneView::addPersonStrokes(const ScenePerson &person, PoseLayer which,
                                        std::vector<Stroke> *strokes) const
{
    const Skeleton &skeleton = content().layer(which).skeleton;
    const QSizeF viewSize = controller()->viewSize();
    const QMatrix4x4 viewFromScene = eye().viewFromScene();
    const bool selected = content().selectedTrack != 0 && person.track == content().selectedTrack;
    const FigureSizes sizes = figureSizes(which == PoseLayer::Secondary, selected);
    const PosePalette palette = content().palette();
    const auto add = [&](const Joint3D &a, const Joint3D &b, double radius, const PoseStyle &style, bool joint,
                         bool corrected = false) {
        const QVector3D from = sceneFromCamera(a), to = sceneFromCamera(b), middle = (from + to) / 2.0F;
        const auto p = eye().project(from, viewSize), q = eye().project(to, viewSize);
        if (!p || !q)
            return;
        const double width = std::max(1.5, 2.0 * radius * eye().pixelsPerMetre(middle, viewSize));
        // Joints lie on top of the bones that end in them.
        const float depth = -viewFromScene.map(middle).z() - (joint ? 0.04F : 0.0F);
        strokes->push_back({depth, *p, *q, width, style.colour, style.dashed && !joint,
                            joint && which == PoseLayer::Secondary, corrected});
    };
    const int count = std::min(skeleton.jointCount(), static_cast<int>(person.pose.size()));
    const auto at = [&](int joint) -> const Joint3D & { return person.pose[static_cast<std::size_t>(joint)]; };
    for (const std::pair<int, int> &bone : skeleton.bones) {
        if (std::max(bone.first, bone.second) < count && at(bone.first).valid && at(bone.second).valid)
            add(at(bone.first), at(bone.second), sizes.bone, palette.style(boneSide(skeleton, bone), which), false);
    }
    for (int j = 0; j < count; ++j) {
        if (at(j).valid)
            add(at(j), at(j), sizes.joint, palette.style(jointSide(skeleton, j), which), true,
                person.isCorrected(static_cast<std::size_t>(j)));
    }
}

void PainterSceneView::drawStroke(QPainter *painter, const Stroke &stroke)
{
    const double r = stroke.width / 2.0;
    if (stroke.from == stroke.to) {
        painter->setPen(QPen(stroke.colour.darker(160), 1.0));
        painter->setBrush(stroke.colour);
        const QRectF box(stroke.from.x() - r, stroke.from.y() - r, 2 * r, 2 * r);
        if (stroke.corrected)
            drawDiamond(painter, stroke.from, r * kCorrectedJointFactor);
        else if (stroke.square)
            painter->drawRect(box);
        else
            painter->drawEllipse(box);
        return;
    }
    QPen pen(stroke.colour, stroke.width, Qt::SolidLine, Qt::FlatCap);
    if (stroke.dashed)
        pen.setDashPattern({2.0, 0.9});
    painter->setPen(pen);
    painter->drawLine(stroke.from, stroke.to);
}

void PainterSceneView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), sceneColours(content().dark).background);
    painter.setRenderHint(QPainter::Antialiasing);
    drawLines(&painter, m_grid, ground(), 1.0);
    drawLines(&painter, m_frustum, {}, 1.5);
    drawLines(&painter, m_axes, {}, 2.0);
    drawSelectionRing(&painter);
    for (const Stroke &stroke : peopleStrokes())
        drawStroke(&painter, stroke);
    drawJointRing(&painter, content().hoveredJoint, kHoveredRingFactor, 1.5);
    drawJointRing(&painter, content().selectedJoint, kSelectedRingFactor, 2.5);
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(palette().color(QPalette::Highlight));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

} // namespace poselift
