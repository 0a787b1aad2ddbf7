#pragma once

#include "core/base/job.h"
#include "widgets/jobs/etaestimate.h"

#include <QElapsedTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;

namespace poselift {

/// One job in the job panel: what it is, how far, how long still, and a button that cancels it.
class JobRow : public QWidget
{
    Q_OBJECT
public:
    JobRow(qint64 job, const QString &title, QWidget *parent = nullptr);

    void setProgress(const JobProgress &progress);
    /// The cancel was asked for and may take a moment.
    void setCancelling();
    /// Shows how it ended instead of the bar; the button now removes the row.
    void setEnded(const QString &outcome);
    bool hasEnded() const { return m_ended; }

Q_SIGNALS:
    void cancelRequested(qint64 job);
    void dismissRequested(qint64 job);

private:
    void press();

    qint64 m_job;
    QLabel *m_title;
    QLabel *m_detail;
    QProgressBar *m_bar;
    QToolButton *m_button;
    EtaEstimate m_eta;
    QElapsedTimer m_clock;
    bool m_cancelling = false;
    bool m_ended = false;
};

/// Name of a job's stage for people: "detect" → "Detecting".
QString stageName(const std::string &stage);
/// "about 2 min left"; empty without a guess.
QString remainingText(std::optional<double> seconds);

} // namespace poselift
