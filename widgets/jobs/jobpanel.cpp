#include "widgets/jobs/jobpanel.h"

#include "widgets/jobs/jobrow.h"

#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace poselift {

namespace {

/// Rows of ended jobs that are kept.
constexpr int kKeptRows = 20;

} // namespace

JobPanel::JobPanel(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("jobPanel"));
    setAccessibleName(tr("Background jobs"));
    auto *area = new QScrollArea(this);
    area->setObjectName(QStringLiteral("jobScrollArea"));
    area->setAccessibleName(tr("List of background jobs"));
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    auto *content = new QWidget(area);
    content->setObjectName(QStringLiteral("jobList"));
    m_rows = new QVBoxLayout(content);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_empty = new QLabel(tr("No background jobs"), content);
    m_empty->setObjectName(QStringLiteral("noJobsLabel"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setEnabled(false);
    m_rows->addWidget(m_empty);
    m_rows->addStretch();
    area->setWidget(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(area);
}

JobPanel::~JobPanel() = default;

int JobPanel::runningJobCount() const
{
    return static_cast<int>(std::count_if(m_byJob.begin(), m_byJob.end(),
                                          [](const auto &entry) { return !entry.second->hasEnded(); }));
}

void JobPanel::addJob(qint64 job, const QString &title)
{
    if (m_byJob.contains(job))
        return;
    if (static_cast<int>(m_byJob.size()) >= kKeptRows) {
        const auto oldest = std::find_if(m_byJob.begin(), m_byJob.end(),
                                         [](const auto &entry) { return entry.second->hasEnded(); });
        if (oldest != m_byJob.end())
            removeJob(oldest->first);
    }
    auto *added = new JobRow(job, title, m_rows->parentWidget());
    connect(added, &JobRow::cancelRequested, this, &JobPanel::cancelRequested);
    connect(added, &JobRow::dismissRequested, this, &JobPanel::removeJob);
    m_rows->insertWidget(0, added);
    m_byJob[job] = added;
    updateEmptyLabel();
    Q_EMIT runningJobCountChanged(runningJobCount());
}

void JobPanel::setProgress(qint64 job, const JobProgress &progress)
{
    if (JobRow *found = row(job))
        found->setProgress(progress);
}

void JobPanel::setCancelling(qint64 job)
{
    if (JobRow *found = row(job))
        found->setCancelling();
}

void JobPanel::endJob(qint64 job, const QString &outcome)
{
    JobRow *found = row(job);
    if (found == nullptr || found->hasEnded())
        return;
    found->setEnded(outcome);
    Q_EMIT runningJobCountChanged(runningJobCount());
}

void JobPanel::removeJob(qint64 job)
{
    const auto found = m_byJob.find(job);
    if (found == m_byJob.end())
        return;
    const bool wasRunning = !found->second->hasEnded();
    found->second->hide();
    found->second->deleteLater();
    m_byJob.erase(found);
    updateEmptyLabel();
    if (wasRunning)
        Q_EMIT runningJobCountChanged(runningJobCount());
}

JobRow *JobPanel::row(qint64 job) const
{
    const auto found = m_byJob.find(job);
    return found != m_byJob.end() ? found->second : nullptr;
}

void JobPanel::updateEmptyLabel()
{
    m_empty->setVisible(m_byJob.empty());
}

} // namespace poselift
