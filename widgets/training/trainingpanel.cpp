#include "widgets/training/trainingpanel.h"

#include "widgets/charts/losschart.h"
#include "widgets/jobs/jobrow.h"
#include "widgets/tables/tablesetup.h"
#include "widgets/training/changeview.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace poselift {

QString trainingProgressText(const TrainingStep &step)
{
    const QLocale locale;
    QStringList parts{TrainingPanel::tr("Step %1 of %2")
                          .arg(locale.toString(static_cast<qlonglong>(step.step)),
                               locale.toString(static_cast<qlonglong>(step.steps)))};
    if (step.framesPerSecond > 0)
        parts << TrainingPanel::tr("%1 frames/s").arg(locale.toString(step.framesPerSecond, 'f', 0));
    if (step.etaSeconds >= 0 && step.step < step.steps)
        parts << remainingText(step.etaSeconds);
    return parts.join(QStringLiteral(" · "));
}

TrainingPanel::TrainingPanel(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("trainingPanel"));
    setAccessibleName(tr("Training"));
    m_tabs = new QTabWidget(this);
    m_tabs->setObjectName(QStringLiteral("trainingTabs"));
    m_tabs->setAccessibleName(tr("Pages of the training"));
    m_tabs->setDocumentMode(true);
    m_changes = new ChangeView(m_tabs);
    m_curvesPage = makeCurves();
    m_tabs->addTab(m_curvesPage, tr("&Curves"));
    m_tabs->addTab(m_changes, tr("Before and &After"));
    m_tabs->addTab(makeRuns(), tr("&Runs"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(makeHead());
    layout->addWidget(m_tabs, 1);
    setHead({});
    setRuns({}, {});
}

QWidget *TrainingPanel::makeHead()
{
    auto *head = new QWidget(this);
    head->setObjectName(QStringLiteral("trainingHead"));
    m_title = new QLabel(head);
    m_title->setObjectName(QStringLiteral("trainingTitle"));
    m_title->setWordWrap(true);
    m_status = new QLabel(head);
    m_status->setObjectName(QStringLiteral("trainingStatus"));
    m_status->setAccessibleName(tr("State of the training"));
    m_status->setWordWrap(true);
    m_bar = new QProgressBar(head);
    m_bar->setObjectName(QStringLiteral("trainingBar"));
    m_bar->setAccessibleName(tr("Progress of the training"));
    m_bar->setRange(0, 1000);
    m_cancel = new QPushButton(tr("Cancel"), head);
    m_cancel->setObjectName(QStringLiteral("cancelTrainingButton"));
    m_cancel->setToolTip(tr("Stop at this step; the training can be resumed from here"));
    m_resume = new QPushButton(tr("Resume"), head);
    m_resume->setObjectName(QStringLiteral("resumeTrainingButton"));
    m_resume->setToolTip(tr("Go on with this run from its last checkpoint"));
    connect(m_cancel, &QPushButton::clicked, this, &TrainingPanel::cancelRequested);
    connect(m_resume, &QPushButton::clicked, this, &TrainingPanel::resumeRequested);
    auto *row = new QHBoxLayout;
    row->addWidget(m_bar, 1);
    row->addStretch();
    row->addWidget(m_resume);
    row->addWidget(m_cancel);
    auto *layout = new QVBoxLayout(head);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->addWidget(m_title);
    layout->addWidget(m_status);
    layout->addLayout(row);
    return head;
}

QWidget *TrainingPanel::makeCurves()
{
    auto *page = new QWidget(m_tabs);
    page->setObjectName(QStringLiteral("curvesPage"));
    m_losses = new LossChart(page);
    m_logScale = new QCheckBox(tr("&Logarithmic scale"), page);
    m_logScale->setObjectName(QStringLiteral("logScaleBox"));
    m_logScale->setChecked(m_losses->isLogScale());
    connect(m_logScale, &QCheckBox::toggled, m_losses, &LossChart::setLogScale);
    m_message = new QLabel(page);
    m_message->setObjectName(QStringLiteral("trainingMessage"));
    m_message->setAccessibleName(tr("What the training said last"));
    m_message->hide();
    m_message->setWordWrap(true);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->addWidget(m_losses, 1);
    layout->addWidget(m_message);
    layout->addWidget(m_logScale);
    return page;
}

QWidget *TrainingPanel::makeRuns()
{
    m_runsStack = new QStackedWidget(m_tabs);
    m_runsStack->setObjectName(QStringLiteral("runsStack"));
    m_runsStack->setAccessibleName(tr("Runs of this project"));
    m_noRuns =
        new QLabel(tr("This project has not been learned from yet. Choose Fine-Tune… in the menu Model."), m_runsStack);
    m_noRuns->setObjectName(QStringLiteral("noRunsLabel"));
    m_noRuns->setAlignment(Qt::AlignCenter);
    m_noRuns->setWordWrap(true);
    m_noRuns->setMargin(12);
    m_table = new QTableView(m_runsStack);
    m_runs = new RunTableModel(this);
    m_table->setModel(m_runs);
    setUpRowTable(m_table, QStringLiteral("runsTable"), tr("Runs of this project, the newest first"));
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &TrainingPanel::chooseRow);
    m_runsStack->addWidget(m_noRuns);
    m_runsStack->addWidget(m_table);
    return m_runsStack;
}

void TrainingPanel::chooseRow()
{
    const int row = m_table->currentIndex().row();
    if (!m_filling && row >= 0 && row < m_runs->rowCount())
        Q_EMIT runChosen(QString::fromStdString(m_runs->rows()[static_cast<std::size_t>(row)].run.id));
}

void TrainingPanel::setHead(const Head &head)
{
    m_title->setText(head.title.isEmpty() ? tr("No training yet") : head.title);
    m_status->setText(head.status);
    m_status->setVisible(!head.status.isEmpty());
    m_bar->setVisible(head.share >= 0);
    m_bar->setValue(static_cast<int>(1000 * std::clamp(head.share, 0.0, 1.0)));
    m_cancel->setVisible(head.canCancel);
    m_resume->setVisible(head.canResume);
}

void TrainingPanel::setRuns(std::vector<RunRow> rows, const std::string &shown)
{
    const QScopedValueRollback filling(m_filling, true);
    const bool isFirst = m_runs->rowCount() == 0;
    m_runs->setRows(std::move(rows));
    m_runsStack->setCurrentWidget(m_runs->rowCount() > 0 ? static_cast<QWidget *>(m_table) : m_noRuns);
    if (isFirst)
        m_table->resizeColumnsToContents();
    if (const int row = m_runs->rowOf(shown); row >= 0)
        m_table->selectRow(row);
}

void TrainingPanel::setLog(const TrainingLog &log)
{
    m_losses->setLog(log);
    m_message->setVisible(!log.messages.empty());
    m_message->setText(log.messages.empty() ? QString() : QString::fromStdString(log.messages.back().text));
}

void TrainingPanel::showCurves()
{
    m_tabs->setCurrentWidget(m_curvesPage);
}

void TrainingPanel::showChanges()
{
    m_tabs->setCurrentWidget(m_changes);
}

} // namespace poselift
