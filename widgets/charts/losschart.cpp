#include "widgets/charts/losschart.h"

#include "widgets/charts/chartstyle.h"
#include "widgets/charts/trainingtext.h"

#include <qcustomplot.h>

#include <QEvent>
#include <QHelpEvent>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

namespace poselift {

namespace {

constexpr int kLegendColumns = 3;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Smallest and largest of the drawn values of @p graphs; false when there is none.
bool extentOf(const QList<QCPGraph *> &graphs, bool positiveOnly, double &low, double &high)
{
    low = std::numeric_limits<double>::infinity();
    high = -low;
    for (const QCPGraph *graph : graphs) {
        for (const QCPGraphData &point : *graph->data()) {
            if (!std::isfinite(point.value) || (positiveOnly && point.value <= 0))
                continue;
            low = std::min(low, point.value);
            high = std::max(high, point.value);
        }
    }
    return low <= high;
}

constexpr double kFewestSteps = 10.0; // on the axis: whole numbers at its ticks

void setRange(QCPAxis *axis, double low, double high, bool logScale)
{
    if (logScale) {
        const double margin = std::max(1.05, std::pow(high / low, 0.06));
        axis->setRange(low / margin, high * margin);
        return;
    }
    const double margin = high > low ? 0.06 * (high - low) : std::max(1e-9, 0.05 * std::abs(high));
    axis->setRange(low - margin, high + margin);
}

} // namespace

LossChart::LossChart(QWidget *parent) : QWidget(parent), m_plot(new QCustomPlot(this))
{
    setObjectName(QStringLiteral("lossChart"));
    setAccessibleName(tr("Loss curves"));
    makePlot();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    showCurves();
}

void LossChart::makePlot()
{
    m_plot->setObjectName(QStringLiteral("lossPlot"));
    m_plot->setAccessibleName(accessibleName());
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->installEventFilter(this);
    m_plot->setMinimumSize(180, 140);
    m_plot->xAxis->setLabel(tr("Step"));
    m_plot->xAxis->setNumberFormat(QStringLiteral("f"));
    m_plot->xAxis->setNumberPrecision(0);
    m_plot->yAxis->setLabel(tr("Loss"));
    m_plot->yAxis2->setLabel(tr("Score on held-out frames"));
    m_plot->axisRect()->setAutoMargins(QCP::msAll);
    // Below the curves, where it hides none of them.
    m_plot->plotLayout()->addElement(1, 0, m_plot->legend);
    m_plot->plotLayout()->setRowStretchFactor(1, 0.001);
    m_plot->legend->setFillOrder(QCPLegend::foColumnsFirst);
    m_plot->legend->setWrap(kLegendColumns);
    m_plot->legend->setMargins({4, 0, 4, 4});
    m_plot->legend->setIconSize(34, 12);
    m_plot->legend->setVisible(true);
    m_best = new QCPItemTracer(m_plot);
    m_best->setStyle(QCPItemTracer::tsCrosshair);
    m_bestText = new QCPItemText(m_plot);
    m_bestText->setPadding({3, 1, 3, 1});
}

void LossChart::setLog(const TrainingLog &log)
{
    m_log = log;
    showCurves();
}

void LossChart::setLogScale(bool on)
{
    m_logScale = on;
    showCurves();
}

QStringList LossChart::curveNames() const
{
    QStringList names;
    for (int i = 0; i < m_plot->graphCount(); ++i)
        names << m_plot->graph(i)->name();
    return names;
}

std::vector<std::string> LossChart::termNames() const
{
    std::vector<std::string> names;
    for (const TrainingStep &step : m_log.steps) {
        for (const auto &[name, value] : step.terms) {
            if (std::find(names.begin(), names.end(), name) == names.end())
                names.push_back(name);
        }
    }
    return names;
}

/// Of every step; NaN where it has no such term.
std::vector<double> LossChart::valuesOf(const std::string &term) const
{
    std::vector<double> values;
    values.reserve(m_log.steps.size());
    for (const TrainingStep &step : m_log.steps) {
        const auto found = std::find_if(step.terms.begin(), step.terms.end(),
                                        [&term](const auto &candidate) { return candidate.first == term; });
        values.push_back(found != step.terms.end() ? found->second : kNaN);
    }
    return values;
}

void LossChart::showCurves()
{
    m_plot->clearGraphs();
    applyPalette(m_plot, palette());
    applyScale();
    std::vector<double> losses;
    losses.reserve(m_log.steps.size());
    for (const TrainingStep &step : m_log.steps)
        losses.push_back(step.loss);
    addCurve(lossTermText("loss"), losses);
    for (const std::string &term : termNames())
        addCurve(lossTermText(term), valuesOf(term));
    showScores();
    scaleAxes();
    markBest();
    describe();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void LossChart::addCurve(const QString &name, const std::vector<double> &values)
{
    const QPen pen = curvePen(m_plot->graphCount(), palette());
    QCPGraph *graph = m_plot->addGraph();
    graph->setName(name);
    graph->setPen(pen);
    QVector<QCPGraphData> points;
    points.reserve(static_cast<qsizetype>(values.size()));
    for (std::size_t i = 0; i < values.size(); ++i) {
        const bool isDrawn = !m_logScale || values[i] > 0;
        points.append({static_cast<double>(m_log.steps[i].step), isDrawn ? values[i] : kNaN});
    }
    if (points.size() == 1) // a line needs two
        graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, 5));
    graph->data()->set(points, true);
}

/// Circles, so that the score is told from the losses without its colour.
void LossChart::showScores()
{
    m_plot->yAxis2->setVisible(!m_log.validations.empty());
    if (m_log.validations.empty())
        return;
    QCPGraph *graph = m_plot->addGraph(m_plot->xAxis, m_plot->yAxis2);
    graph->setName(tr("Held-out score"));
    const QColor text = palette().color(QPalette::Text);
    graph->setPen(QPen(text, 1, Qt::DotLine));
    graph->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(text, 1.4), palette().color(QPalette::Base), 7));
    QVector<QCPGraphData> points;
    for (const TrainingValidation &validation : m_log.validations)
        points.append(
            {static_cast<double>(validation.step), !m_logScale || validation.score > 0 ? validation.score : kNaN});
    graph->data()->set(points, true);
}

void LossChart::markBest()
{
    const TrainingValidation *best = m_log.best();
    m_best->setVisible(best != nullptr);
    m_bestText->setVisible(best != nullptr);
    if (best == nullptr)
        return;
    const QColor text = palette().color(QPalette::Text);
    m_best->setPen(QPen(text, 1, Qt::DashLine));
    m_best->setClipAxisRect(m_plot->axisRect());
    m_best->position->setAxes(m_plot->xAxis, m_plot->yAxis2);
    m_best->position->setCoords(static_cast<double>(best->step), best->score);
    const bool isRight = m_plot->xAxis->range().center() < static_cast<double>(best->step);
    m_bestText->setText(tr("★ best so far: %1").arg(locale().toString(best->score, 'g', 3)));
    m_bestText->setColor(text);
    m_bestText->setBrush(palette().color(QPalette::Base));
    m_bestText->setPositionAlignment((isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignBottom);
    m_bestText->position->setAxes(m_plot->xAxis, m_plot->yAxis2);
    m_bestText->position->setCoords(static_cast<double>(best->step), best->score);
}

void LossChart::applyScale()
{
    for (QCPAxis *axis : {m_plot->yAxis, m_plot->yAxis2}) {
        axis->setScaleType(m_logScale ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
        if (m_logScale)
            axis->setTicker(QSharedPointer<QCPAxisTickerLog>(new QCPAxisTickerLog));
        else
            axis->setTicker(QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
        axis->setNumberFormat(QStringLiteral("gb"));
        axis->setNumberPrecision(3);
    }
}

void LossChart::scaleAxes()
{
    QList<QCPGraph *> losses;
    QList<QCPGraph *> scores;
    double lastStep = 1;
    for (int i = 0; i < m_plot->graphCount(); ++i) {
        QCPGraph *graph = m_plot->graph(i);
        (graph->valueAxis() == m_plot->yAxis2 ? scores : losses).append(graph);
        if (!graph->data()->isEmpty())
            lastStep = std::max(lastStep, (graph->data()->constEnd() - 1)->key);
    }
    m_plot->xAxis->setRange(0, std::max(kFewestSteps, lastStep * 1.02));
    double low = 0;
    double high = 0;
    setRange(m_plot->yAxis, 0.01, 1, m_logScale);
    if (extentOf(losses, m_logScale, low, high))
        setRange(m_plot->yAxis, low, high, m_logScale);
    if (extentOf(scores, m_logScale, low, high))
        setRange(m_plot->yAxis2, low, high, m_logScale);
    // Ticks at powers of ten only say nothing on a range that holds none or one of them.
    for (QCPAxis *axis : {m_plot->yAxis, m_plot->yAxis2}) {
        if (m_logScale && axis->range().upper / axis->range().lower < 30)
            axis->setTicker(QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
    }
}

void LossChart::describe()
{
    QString text = tr("No step yet");
    if (!m_log.steps.empty()) {
        const TrainingStep &last = m_log.steps.back();
        text = tr("Loss %1 after %2 of %3 steps")
                   .arg(locale().toString(last.loss, 'g', 3), locale().toString(static_cast<qlonglong>(last.step)),
                        locale().toString(static_cast<qlonglong>(last.steps)));
    }
    if (const TrainingValidation *best = m_log.best())
        text +=
            QStringLiteral(". ")
            + tr("Best score so far %1, at step %2")
                  .arg(locale().toString(best->score, 'g', 3), locale().toString(static_cast<qlonglong>(best->step)));
    m_plot->setAccessibleDescription(text);
    setAccessibleDescription(text);
}

QString LossChart::textAt(double step) const
{
    if (m_log.steps.empty())
        return {};
    const auto next =
        std::lower_bound(m_log.steps.begin(), m_log.steps.end(), step,
                         [](const TrainingStep &one, double at) { return static_cast<double>(one.step) < at; });
    const TrainingStep &here = next != m_log.steps.end() ? *next : m_log.steps.back();
    QStringList lines{tr("Step %1").arg(locale().toString(static_cast<qlonglong>(here.step))),
                      tr("%1: %2").arg(lossTermText("loss"), locale().toString(here.loss, 'g', 4))};
    for (const auto &[name, value] : here.terms)
        lines << tr("%1: %2").arg(lossTermText(name), locale().toString(value, 'g', 4));
    lines << tr("Learning rate: %1").arg(locale().toString(here.learningRate, 'g', 3));
    return lines.join(u'\n');
}

bool LossChart::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::eventFilter(watched, event);
    const auto *help = static_cast<QHelpEvent *>(event);
    QToolTip::showText(help->globalPos(), textAt(m_plot->xAxis->pixelToCoord(help->pos().x())), m_plot);
    return true;
}

void LossChart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_best != nullptr)
        showCurves();
}

} // namespace poselift
