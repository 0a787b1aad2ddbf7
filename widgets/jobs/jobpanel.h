#pragma once

#include "core/base/job.h"

#include <QWidget>

#include <map>

class QLabel;
class QVBoxLayout;

namespace poselift {

class JobRow;

/// All background jobs: progress, time left, cancel. Shows what it is told.
class JobPanel : public QWidget
{
    Q_OBJECT
public:
    explicit JobPanel(QWidget *parent = nullptr);
    ~JobPanel() override;

    int runningJobCount() const;

public Q_SLOTS:
    void addJob(qint64 job, const QString &title);
    void setProgress(qint64 job, const poselift::JobProgress &progress);
    void setCancelling(qint64 job);
    /// Keeps the row with one sentence about how the job ended, until it is dismissed.
    void endJob(qint64 job, const QString &outcome);
    void removeJob(qint64 job);

Q_SIGNALS:
    void cancelRequested(qint64 job);
    void runningJobCountChanged(int count);

private:
    JobRow *row(qint64 job) const;
    void updateEmptyLabel();

    QVBoxLayout *m_rows;
    QLabel *m_empty;
    std::map<qint64, JobRow *> m_byJob;
};

} // namespace poselift
