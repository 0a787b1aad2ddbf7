#include "widgets/charts/changeskeleton.h"

#include "core/pose/skeleton.h"
#include "widgets/charts/chartstyle.h"
#include "widgets/charts/trainingtext.h"
#include "widgets/style/jointnames.h"

#include <QHelpEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <map>

namespace poselift {

namespace {

constexpr double kLargestMark = 11; // px
constexpr double kSmallestMark = 5;
constexpr double kReach = 16; // px around a joint in which its tool tip is shown

/// A person of height 1, feet down, the left side on the right as seen from the front.
const std::map<std::string, QPointF> &standingPose()
{
    static const std::map<std::string, QPointF> pose = [] {
        std::map<std::string, QPointF> places{
            {"head", {0, 0.03}},      {"head_top", {0, 0.0}}, {"nose", {0, 0.085}},       {"neck", {0, 0.165}},
            {"neck_base", {0, 0.15}}, {"thorax", {0, 0.215}}, {"mid_shoulder", {0, 0.2}}, {"spine", {0, 0.36}},
            {"spine1", {0, 0.44}},    {"spine2", {0, 0.37}},  {"spine3", {0, 0.29}},      {"root", {0, 0.51}},
            {"pelvis", {0, 0.51}},    {"mid_hip", {0, 0.51}}, {"hip", {0, 0.51}}};
        const std::map<std::string, QPointF> left{
            {"eye", {0.03, 0.065}},      {"ear", {0.055, 0.08}},     {"shoulder", {0.125, 0.205}},
            {"collar", {0.06, 0.2}},     {"elbow", {0.2, 0.345}},    {"wrist", {0.25, 0.485}},
            {"hand", {0.265, 0.53}},     {"hip", {0.075, 0.525}},    {"knee", {0.09, 0.74}},
            {"ankle", {0.1, 0.945}},     {"heel", {0.085, 0.975}},   {"foot", {0.12, 0.99}},
            {"big_toe", {0.125, 0.995}}, {"small_toe", {0.15, 0.99}}};
        for (const auto &[name, at] : left) {
            places["left_" + name] = at;
            places["right_" + name] = {-at.x(), at.y()};
        }
        return places;
    }();
    return pose;
}

/// Lines of the figure; drawn whatever joints the report has.
const std::vector<std::pair<std::string, std::string>> &figureBones()
{
    static const std::vector<std::pair<std::string, std::string>> bones = [] {
        std::vector<std::pair<std::string, std::string>> all{{"head_top", "neck"}, {"neck", "root"}};
        for (const std::string side : {"left_", "right_"}) {
            for (const auto &[from, to] : {std::pair("shoulder", "elbow"), std::pair("elbow", "wrist"),
                                           std::pair("hip", "knee"), std::pair("knee", "ankle")})
                all.emplace_back(side + from, side + to);
            all.emplace_back("neck", side + "shoulder");
            all.emplace_back("root", side + "hip");
        }
        return all;
    }();
    return bones;
}

QPainterPath triangle(QPointF middle, double radius, bool pointsUp)
{
    const double up = pointsUp ? -1 : 1;
    QPainterPath path(middle + QPointF(0, up * radius));
    path.lineTo(middle + QPointF(radius, -up * radius * 0.75));
    path.lineTo(middle + QPointF(-radius, -up * radius * 0.75));
    path.closeSubpath();
    return path;
}

void drawMark(QPainter &painter, const ErrorChange &change, QPointF at, double radius, const QPalette &palette)
{
    painter.setPen(QPen(palette.color(QPalette::Text), 1.2));
    if (change.isBetter() || change.isWorse()) {
        painter.setBrush(change.isBetter() ? betterColour(palette) : worseColour(palette));
        painter.drawPath(triangle(at, radius, change.isWorse()));
        return;
    }
    painter.setBrush(palette.color(QPalette::Base));
    painter.drawEllipse(at, kSmallestMark, kSmallestMark);
}

} // namespace

ChangeSkeleton::ChangeSkeleton(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("changeSkeleton"));
    setAccessibleName(tr("Change of every joint on a figure"));
}

void ChangeSkeleton::setReport(const TrainingReport &report, const std::string &metric)
{
    m_report = report;
    m_metric = metric;
    QStringList words;
    std::erase_if(m_report.joints, [&metric](const JointChange &joint) { return !joint.metrics.contains(metric); });
    for (const JointChange &joint : m_report.joints)
        words << tr("%1: %2", "joint, change")
                     .arg(displayJointName(joint.joint), changeText(joint.metrics.at(metric), metric));
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    update();
}

/// Room for the numbers on both sides and the key below.
QRectF ChangeSkeleton::bodyRect() const
{
    const double below = 2.2 * fontMetrics().height();
    const double height = std::max(60.0, this->height() - below - 2.5 * kLargestMark);
    const double scale = std::min(height, width() / 0.95);
    return {width() / 2.0, 1.2 * kLargestMark + (height - scale) / 2, scale, scale};
}

std::optional<QPointF> ChangeSkeleton::placeOf(const std::string &joint) const
{
    const auto found = standingPose().find(joint);
    if (found == standingPose().end())
        return std::nullopt;
    const QRectF body = bodyRect();
    return QPointF(body.x() + found->second.x() * body.width(), body.y() + found->second.y() * body.height());
}

void ChangeSkeleton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    drawBones(painter);
    double largest = 1e-9;
    for (const JointChange &joint : m_report.joints)
        largest = std::max(largest, std::abs(joint.metrics.at(m_metric).difference));
    for (const JointChange &joint : m_report.joints)
        drawJoint(painter, joint, largest);
    drawKey(painter);
}

void ChangeSkeleton::drawBones(QPainter &painter) const
{
    QColor colour = palette().color(QPalette::Text);
    colour.setAlphaF(0.3F);
    painter.setPen(QPen(colour, 4, Qt::SolidLine, Qt::RoundCap));
    for (const auto &[from, to] : figureBones())
        painter.drawLine(*placeOf(from), *placeOf(to));
}

void ChangeSkeleton::drawJoint(QPainter &painter, const JointChange &joint, double largest) const
{
    const std::optional<QPointF> at = placeOf(joint.joint);
    if (!at)
        return;
    const ErrorChange &change = joint.metrics.at(m_metric);
    const double radius = kSmallestMark + (kLargestMark - kSmallestMark) * std::abs(change.difference) / largest;
    drawMark(painter, change, *at, radius, palette());
    drawNumber(painter, joint, *at, radius);
}

/// Outside the figure; those of the middle, which would lie on each other, to the left and right in turn.
void ChangeSkeleton::drawNumber(QPainter &painter, const JointChange &joint, QPointF at, double radius) const
{
    const QString text = signedText(joint.metrics.at(m_metric).difference);
    BodySide side = sideOf(joint.joint);
    if (side == BodySide::Middle)
        side = static_cast<int>(std::lround(standingPose().at(joint.joint).y() * 100)) % 2 == 0 ? BodySide::Left
                                                                                                : BodySide::Right;
    const double width = fontMetrics().horizontalAdvance(text);
    const double x = side == BodySide::Left ? at.x() + radius + 4 : at.x() - radius - 4 - width;
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(QPointF(x, at.y() + fontMetrics().ascent() / 2.0 - 1), text);
}

void ChangeSkeleton::drawKey(QPainter &painter) const
{
    const std::pair<ErrorChange, QString> entries[] = {{{0, 0, -1, -1, -1}, tr("smaller error")},
                                                       {{0, 0, 0, -1, 1}, tr("no clear change")},
                                                       {{0, 0, 1, 1, 1}, tr("larger error")}};
    double width = 0;
    for (const auto &[change, text] : entries)
        width += fontMetrics().horizontalAdvance(text) + 36;
    double x = std::max(8.0, (this->width() - width) / 2);
    const double y = height() - fontMetrics().height();
    for (const auto &[change, text] : entries) {
        drawMark(painter, change, {x + 8, y}, 7, palette());
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(QPointF(x + 20, y + fontMetrics().ascent() / 2.0 - 1), text);
        x += fontMetrics().horizontalAdvance(text) + 36;
    }
}

const JointChange *ChangeSkeleton::jointNear(QPointF position) const
{
    const JointChange *nearest = nullptr;
    double reach = kReach;
    for (const JointChange &joint : m_report.joints) {
        const std::optional<QPointF> at = placeOf(joint.joint);
        const double distance = at ? std::hypot(at->x() - position.x(), at->y() - position.y()) : reach;
        if (distance < reach) {
            nearest = &joint;
            reach = distance;
        }
    }
    return nearest;
}

bool ChangeSkeleton::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const JointChange *joint = jointNear(help->pos());
    QToolTip::showText(
        help->globalPos(),
        joint == nullptr ? QString()
                         : tr("%1: %2", "joint, change")
                               .arg(displayJointName(joint->joint), changeText(joint->metrics.at(m_metric), m_metric)),
        this);
    return true;
}

} // namespace poselift
