#include "widgets/image/overlaylegend.h"

#include "widgets/image/jointmark.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QPixmap>

namespace poselift {

namespace {

constexpr int kSamplePx = 40;
constexpr double kRadius = 6.75; ///< as of the selected person

JointMark markOf(KeypointState state, KeypointOrigin origin, bool locked = false)
{
    JointMark mark;
    mark.keypoint.confidence = 1.0F;
    mark.keypoint.state = state;
    mark.keypoint.origin = origin;
    mark.keypoint.locked = locked;
    mark.colour = PosePalette().style(BodySide::Left).colour;
    return mark;
}

QPixmap sample(const JointMark &mark, double ratio)
{
    QPixmap picture(QSize(kSamplePx, kSamplePx) * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(QColor(0x5a, 0x5c, 0x60)); // as a picture below: white and black must both be seen
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    drawJointMark(&painter, QPointF(kSamplePx, kSamplePx) / 2.0, kRadius, mark);
    return picture;
}

} // namespace

OverlayLegend::OverlayLegend(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    setObjectName(QStringLiteral("overlayLegend"));
    setAccessibleName(tr("Signs of joints in the picture"));
    m_grid->setColumnStretch(1, 1);
    m_grid->setHorizontalSpacing(12);
    addStates();
    addOrigins();
    addOthers();
}

void OverlayLegend::addStates()
{
    addHeading(tr("State"));
    addRow(markOf(KeypointState::Visible, KeypointOrigin::Detected), tr("Filled: visible"));
    addRow(markOf(KeypointState::Occluded, KeypointOrigin::Detected), tr("Hollow: occluded"));
    addRow(markOf(KeypointState::Absent, KeypointOrigin::Corrected),
           tr("Cross: absent, at its last place (chosen person only)"));
}

void OverlayLegend::addOrigins()
{
    addHeading(tr("Origin"));
    addRow(markOf(KeypointState::Visible, KeypointOrigin::Detected), tr("Disc: detected"));
    addRow(markOf(KeypointState::Visible, KeypointOrigin::Corrected), tr("Disc with a white rim: corrected by hand"));
    addRow(markOf(KeypointState::Visible, KeypointOrigin::Interpolated), tr("Diamond: interpolated or smoothed"));
    addRow(markOf(KeypointState::Visible, KeypointOrigin::From3d), tr("Triangle pointing down: from 3D"));
    addRow(markOf(KeypointState::Visible, KeypointOrigin::Triangulated), tr("Triangle pointing up: triangulated"));
}

void OverlayLegend::addOthers()
{
    addHeading(tr("Others"));
    addRow(markOf(KeypointState::Visible, KeypointOrigin::Detected, /*locked=*/true), tr("Bar below: locked"));
    JointMark selected = markOf(KeypointState::Visible, KeypointOrigin::Detected);
    selected.selected = true;
    addRow(selected, tr("White ring: chosen"));
    selected.current = true;
    addRow(selected, tr("Ring with ticks: the current joint"));
    JointMark doubtful = markOf(KeypointState::Visible, KeypointOrigin::Detected);
    doubtful.keypoint.confidence = 0.0F;
    addRow(doubtful, tr("Small and faint: low confidence"));
}

void OverlayLegend::addHeading(const QString &text)
{
    auto *heading = new QLabel(text, this);
    QFont bold = heading->font();
    bold.setBold(true);
    heading->setFont(bold);
    m_grid->addWidget(heading, m_grid->rowCount(), 0, 1, 2);
}

void OverlayLegend::addRow(const JointMark &mark, const QString &text)
{
    auto *picture = new QLabel(this);
    picture->setPixmap(sample(mark, devicePixelRatioF()));
    picture->setAccessibleName(text);
    const int row = m_grid->rowCount();
    m_grid->addWidget(picture, row, 0);
    m_grid->addWidget(new QLabel(text, this), row, 1);
}

} // namespace poselift
