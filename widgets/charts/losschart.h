#pragma once

#include "core/training/traininglog.h"

#include <QWidget>

class QCPAxis;
class QCPGraph;
class QCPItemText;
class QCPItemTracer;
class QCustomPlot;

namespace poselift {

/// The curves of a training run over its steps: the loss and each of its terms on the left axis, the
/// score on held-out frames on the right one, and a mark at the best score so far. Curves differ in
/// dash pattern and colour.
class LossChart : public QWidget
{
    Q_OBJECT
public:
    explicit LossChart(QWidget *parent = nullptr);

    /// Some ms for ten thousand lines.
    void setLog(const TrainingLog &log);
    /// Values that are not positive are left out on a logarithmic scale.
    void setLogScale(bool on);
    bool isLogScale() const { return m_logScale; }

    /// Names of the curves in the legend, for tests and screen readers.
    QStringList curveNames() const;

    QSize sizeHint() const override { return {380, 320}; }

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makePlot();
    void showCurves();
    void addCurve(const QString &name, const std::vector<double> &values);
    void showScores();
    void markBest();
    void scaleAxes();
    void applyScale();
    void describe();
    QString textAt(double step) const;
    std::vector<double> valuesOf(const std::string &term) const;
    std::vector<std::string> termNames() const;

    QCustomPlot *m_plot;
    QCPItemTracer *m_best = nullptr;
    QCPItemText *m_bestText = nullptr;
    TrainingLog m_log;
    bool m_logScale = true;
};

} // namespace poselift
