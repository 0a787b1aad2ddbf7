#pragma once

#include "core/training/trainingreport.h"

#include <QWidget>

class QCPBars;
class QCPErrorBars;
class QCustomPlot;

namespace poselift {

/// The error of every joint before (hatched) and after (filled) training, one pair of bars a joint. The
/// whisker on the second bar is where "after" lies with the 95 % interval of the difference; behind it
/// stands the sign of changeSymbol().
class ChangeBarChart : public QWidget
{
    Q_OBJECT
public:
    explicit ChangeBarChart(QWidget *parent = nullptr);

    /// @param metric  one of report.metrics
    void setReport(const TrainingReport &report, const std::string &metric);
    int jointCount() const { return static_cast<int>(m_report.joints.size()); }

    QSize sizeHint() const override { return {380, 440}; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void makePlot();
    void showBars();
    void applyColours();
    void labelJoints();
    void markChanges(const QVector<double> &places);

    QCustomPlot *m_plot;
    QCPBars *m_before = nullptr;
    QCPBars *m_after = nullptr;
    QCPErrorBars *m_whiskers = nullptr;
    TrainingReport m_report;
    std::string m_metric;
};

} // namespace poselift
