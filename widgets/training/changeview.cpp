#include "widgets/training/changeview.h"

#include "widgets/charts/changebarchart.h"
#include "widgets/charts/changeskeleton.h"
#include "widgets/charts/trainingtext.h"
#include "widgets/tables/changetablemodel.h"
#include "widgets/tables/tablesetup.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace poselift {

namespace {

QLabel *addLabel(QWidget *parent, QVBoxLayout *layout, const char *objectName)
{
    auto *label = new QLabel(parent);
    label->setObjectName(QString::fromLatin1(objectName));
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(label);
    return label;
}

} // namespace

ChangeView::ChangeView(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("changeView"));
    setAccessibleName(tr("Before and after"));
    m_tabs = new QTabWidget(this);
    m_tabs->setObjectName(QStringLiteral("changeTabs"));
    m_tabs->setAccessibleName(tr("Ways to show the joints"));
    m_tabs->setTabPosition(QTabWidget::South);
    m_tabs->setDocumentMode(true);
    m_bars = new ChangeBarChart(m_tabs);
    m_figure = new ChangeSkeleton(m_tabs);
    m_tabs->addTab(makeTable(), tr("&Table"));
    m_tabs->addTab(m_bars, tr("&Bars"));
    m_tabs->addTab(m_figure, tr("F&igure"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->addWidget(makeHead());
    layout->addWidget(m_tabs, 1);
    layout->addWidget(makeButtons());
    setReport(std::nullopt);
}

QWidget *ChangeView::makeHead()
{
    auto *head = new QWidget(this);
    head->setObjectName(QStringLiteral("changeHead"));
    auto *layout = new QVBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    m_headline = addLabel(head, layout, "changeHeadline");
    m_truth = addLabel(head, layout, "changeTruth");
    m_rehearsal = addLabel(head, layout, "changeRehearsal");
    m_rehearsal->setAccessibleName(tr("What it could do before"));
    m_metrics = new QComboBox(head);
    m_metrics->setObjectName(QStringLiteral("changeMetricBox"));
    m_metrics->setAccessibleName(tr("Kind of error"));
    m_metrics->setToolTip(tr("P-MPJPE compares poses after the best turn, shift and size, MPJPE as they stand"));
    layout->addWidget(m_metrics, 0, Qt::AlignLeft);
    connect(m_metrics, &QComboBox::currentIndexChanged, this, &ChangeView::showMetric);
    return head;
}

QWidget *ChangeView::makeTable()
{
    m_table = new QTableView(m_tabs);
    m_model = new ChangeTableModel(this);
    m_sorted = new QSortFilterProxyModel(this);
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(ChangeTableModel::SortRole);
    m_table->setModel(m_sorted);
    setUpRowTable(m_table, QStringLiteral("changeTable"), tr("Error of every joint before and after"));
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(ChangeTableModel::JointColumn, Qt::AscendingOrder);
    // The figures are always to be seen whole; in a narrow dock the names give way.
    QHeaderView *header = m_table->horizontalHeader();
    header->setStretchLastSection(false);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(ChangeTableModel::JointColumn, QHeaderView::Stretch);
    return m_table;
}

QWidget *ChangeView::makeButtons()
{
    auto *row = new QWidget(this);
    row->setObjectName(QStringLiteral("changeButtons"));
    auto *layout = new QVBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    m_decision = addLabel(row, layout, "changeDecision");
    m_decision->setAccessibleName(tr("Which model is in use"));
    m_decision->hide();
    auto *buttons = new QHBoxLayout;
    layout->addLayout(buttons);
    m_use = addButton(row, "useModelButton", tr("&Use This Model"),
                      tr("Install the trained model and choose it as the lifter"));
    m_keep = addButton(row, "keepModelButton", tr("&Keep the Old One"), tr("Go on with the model from before"));
    m_compare = addButton(row, "compareModelsButton", tr("Show Both in &3D"),
                          tr("Lift with the old and the new model and show both results in the 3D view"));
    for (QPushButton *button : {m_use, m_keep, m_compare})
        buttons->addWidget(button);
    connect(m_use, &QPushButton::clicked, this, &ChangeView::useRequested);
    connect(m_keep, &QPushButton::clicked, this, &ChangeView::keepRequested);
    connect(m_compare, &QPushButton::clicked, this, &ChangeView::compareRequested);
    return row;
}

QPushButton *ChangeView::addButton(QWidget *row, const char *objectName, const QString &text,
                                   const QString &explanation)
{
    auto *button = new QPushButton(text, row);
    button->setObjectName(QString::fromLatin1(objectName));
    button->setToolTip(explanation);
    return button;
}

void ChangeView::setReport(const std::optional<TrainingReport> &report)
{
    m_report = report;
    m_truth->setVisible(report && !report->isTruth3d);
    m_truth->setText(tr("⚠ 2D only, depth unverified: compared with corrected keypoints, not with 3D truth."));
    m_rehearsal->setText(rehearsalText());
    m_rehearsal->setVisible(!m_rehearsal->text().isEmpty());
    m_tabs->setVisible(report.has_value());
    m_metrics->setVisible(report && report->metrics.size() > 1);
    if (!report)
        setChoicesEnabled(false, false);
    fillMetrics();
}

void ChangeView::fillMetrics()
{
    const std::string before = metric();
    {
        const QSignalBlocker blocker(m_metrics);
        m_metrics->clear();
        for (const std::string &name : m_report ? m_report->metrics : std::vector<std::string>())
            m_metrics->addItem(tr("%1 (%2)", "metric, unit").arg(metricText(name), metricUnit(name)),
                               QString::fromStdString(name));
        // Without the placing in space it says most about the pose.
        const QString wanted = before.empty() ? QStringLiteral("p_mpjpe_mm") : QString::fromStdString(before);
        m_metrics->setCurrentIndex(std::max(0, m_metrics->findData(wanted)));
    }
    showMetric();
}

std::string ChangeView::metric() const
{
    return m_metrics->currentData().toString().toStdString();
}

void ChangeView::showMetric()
{
    const auto overall = m_report ? m_report->overall.find(metric()) : MetricChanges::const_iterator();
    if (!m_report || overall == m_report->overall.end()) {
        m_headline->setText(
            tr("No result yet. When the training is finished, it is compared here with the model from before."));
        return;
    }
    m_headline->setText(headline(overall->second));
    m_model->setReport(*m_report, metric());
    m_bars->setReport(*m_report, metric());
    m_figure->setReport(*m_report, metric());
}

QString ChangeView::headline(const ErrorChange &error) const
{
    const QString unit = metricUnit(metric());
    const QString frames = tr("%n held-out frame(s)", nullptr, static_cast<int>(m_report->heldOutFrames));
    const QString text =
        tr("<b>%1 %2 %3</b> %4 on %5: %6 before, %7 after", "symbol, difference, unit, metric, frames, before, after")
            .arg(changeSymbol(error), signedText(error.difference), unit, metricText(metric()), frames,
                 locale().toString(error.before, 'f', 1), locale().toString(error.after, 'f', 1));
    if (!error.hasInterval())
        return tr("%1. Too few frames to say how sure that is.", "change").arg(text);
    return tr("%1 (95 % interval %2 to %3).", "change, low, high")
        .arg(text, signedText(error.low), signedText(error.high));
}

QString ChangeView::rehearsalText() const
{
    if (!m_report || m_report->rehearsal.empty())
        return {};
    const TrainingReport::Rehearsal &rehearsal = m_report->rehearsal.front();
    return tr("What it could do before (%1): P-MPJPE %2 mm before, %3 mm after (%4 mm).")
        .arg(QString::fromStdString(rehearsal.data), locale().toString(rehearsal.beforeMm, 'f', 1),
             locale().toString(rehearsal.afterMm, 'f', 1), signedText(rehearsal.afterMm - rehearsal.beforeMm));
}

void ChangeView::setChoicesEnabled(bool canUse, bool canCompare)
{
    m_use->setEnabled(canUse);
    m_keep->setEnabled(canUse);
    m_compare->setEnabled(canCompare);
}

void ChangeView::setDecision(const QString &text)
{
    m_decision->setText(text);
    m_decision->setVisible(!text.isEmpty());
}

} // namespace poselift
