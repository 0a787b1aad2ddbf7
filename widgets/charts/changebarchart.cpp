#include "widgets/charts/changebarchart.h"

#include "widgets/charts/chartstyle.h"
#include "widgets/charts/trainingtext.h"
#include "widgets/style/jointnames.h"

#include <qcustomplot.h>

#include <QEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace poselift {

namespace {

constexpr double kBarWidth = 0.36; // of the room of a joint

} // namespace

ChangeBarChart::ChangeBarChart(QWidget *parent) : QWidget(parent), m_plot(new QCustomPlot(this))
{
    setObjectName(QStringLiteral("changeBarChart"));
    setAccessibleName(tr("Error of every joint before and after"));
    makePlot();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
}

void ChangeBarChart::makePlot()
{
    m_plot->setObjectName(QStringLiteral("changeBarPlot"));
    m_plot->setAccessibleName(accessibleName());
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->setMinimumSize(200, 200);
    // Joints from top to bottom: their names have room on the left.
    m_plot->yAxis->setRangeReversed(true);
    auto *group = new QCPBarsGroup(m_plot);
    group->setSpacingType(QCPBarsGroup::stPlotCoords);
    group->setSpacing(0.02);
    m_before = new QCPBars(m_plot->yAxis, m_plot->xAxis);
    m_after = new QCPBars(m_plot->yAxis, m_plot->xAxis);
    m_before->setName(tr("Before"));
    m_after->setName(tr("After, with the 95 % interval"));
    for (QCPBars *bars : {m_before, m_after}) {
        bars->setBarsGroup(group);
        bars->setWidth(kBarWidth);
    }
    m_whiskers = new QCPErrorBars(m_plot->yAxis, m_plot->xAxis);
    m_whiskers->removeFromLegend();
    m_whiskers->setDataPlottable(m_after);
    m_whiskers->setErrorType(QCPErrorBars::etValueError);
    m_whiskers->setWhiskerWidth(6);
    m_plot->plotLayout()->addElement(1, 0, m_plot->legend);
    m_plot->plotLayout()->setRowStretchFactor(1, 0.001);
    m_plot->legend->setFillOrder(QCPLegend::foColumnsFirst);
    m_plot->legend->setWrap(2);
    m_plot->legend->setVisible(true);
}

void ChangeBarChart::setReport(const TrainingReport &report, const std::string &metric)
{
    m_report = report;
    std::erase_if(m_report.joints, [&metric](const JointChange &joint) { return !joint.metrics.contains(metric); });
    m_metric = metric;
    showBars();
}

void ChangeBarChart::showBars()
{
    QVector<double> places;
    QVector<double> before;
    QVector<double> after;
    QVector<double> below;
    QVector<double> above;
    double longest = 1;
    for (const JointChange &joint : m_report.joints) {
        const ErrorChange &change = joint.metrics.at(m_metric);
        places << static_cast<double>(places.size());
        before << change.before;
        after << change.after;
        below << (change.hasInterval() ? std::max(0.0, change.difference - change.low) : 0.0);
        above << (change.hasInterval() ? std::max(0.0, change.high - change.difference) : 0.0);
        longest = std::max({longest, change.before, change.after + above.back()});
    }
    m_before->setData(places, before, true);
    m_after->setData(places, after, true);
    m_whiskers->setData(below, above);
    m_plot->xAxis->setRange(0, longest * 1.12);
    m_plot->yAxis->setRange(-0.6, std::max(0.6, static_cast<double>(places.size()) - 0.4));
    m_plot->xAxis->setLabel(tr("%1, %2", "metric, unit").arg(metricText(m_metric), metricUnit(m_metric)));
    applyColours();
    labelJoints();
    markChanges(places);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void ChangeBarChart::applyColours()
{
    applyPalette(m_plot, palette());
    const QColor text = palette().color(QPalette::Text);
    const QColor colour = betterColour(palette());
    m_before->setPen(QPen(text, 1));
    m_before->setBrush(QBrush(text, Qt::BDiagPattern));
    m_after->setPen(QPen(colour, 1));
    m_after->setBrush(colour);
    m_whiskers->setPen(QPen(text, 1.2));
    m_plot->yAxis->grid()->setVisible(false);
}

void ChangeBarChart::labelJoints()
{
    const QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    double place = 0;
    for (const JointChange &joint : m_report.joints)
        ticker->addTick(place++, displayJointName(joint.joint));
    m_plot->yAxis->setTicker(ticker);
    m_plot->yAxis->setSubTicks(false);
    m_plot->yAxis->setTickLength(0);
}

/// Behind the whiskers.
void ChangeBarChart::markChanges(const QVector<double> &places)
{
    m_plot->clearItems();
    QStringList words;
    for (std::size_t i = 0; i < m_report.joints.size(); ++i) {
        const JointChange &joint = m_report.joints[i];
        const ErrorChange &change = joint.metrics.at(m_metric);
        auto *mark = new QCPItemText(m_plot);
        mark->setText(changeSymbol(change));
        mark->setColor(change.isBetter()  ? betterColour(palette())
                       : change.isWorse() ? worseColour(palette())
                                          : palette().color(QPalette::Text));
        mark->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        mark->setPadding({5, 0, 0, 0});
        const double end = change.hasInterval() ? change.before + change.high : change.after;
        mark->position->setCoords(std::max(change.before, end), places[static_cast<qsizetype>(i)]);
        words << tr("%1: %2", "joint, change").arg(displayJointName(joint.joint), changeText(change, m_metric));
    }
    m_plot->setAccessibleDescription(words.join(QStringLiteral("; ")));
}

void ChangeBarChart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_whiskers != nullptr)
        showBars();
}

} // namespace poselift
