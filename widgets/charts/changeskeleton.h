#pragma once

#include "core/training/trainingreport.h"

#include <QPointF>
#include <QWidget>

#include <optional>

namespace poselift {

/// A standing person, seen from the front, whose joints show what training changed: ▼ where the error
/// fell, ▲ where it grew, a ring where nothing is clear; larger for larger changes, with the number
/// beside the joint. Joints are placed by name; those of unknown names are left out.
class ChangeSkeleton : public QWidget
{
    Q_OBJECT
public:
    explicit ChangeSkeleton(QWidget *parent = nullptr);

    /// @param metric  one of report.metrics
    void setReport(const TrainingReport &report, const std::string &metric);
    /// Where the joint is drawn, in this widget; nothing for a joint that is not.
    std::optional<QPointF> placeOf(const std::string &joint) const;

    QSize sizeHint() const override { return {380, 440}; }
    QSize minimumSizeHint() const override { return {220, 260}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QRectF bodyRect() const;
    const JointChange *jointNear(QPointF position) const;
    void drawBones(QPainter &painter) const;
    void drawJoint(QPainter &painter, const JointChange &joint, double largest) const;
    void drawNumber(QPainter &painter, const JointChange &joint, QPointF at, double radius) const;
    void drawKey(QPainter &painter) const;

    TrainingReport m_report;
    std::string m_metric;
};

} // namespace poselift
