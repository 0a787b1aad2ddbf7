#include "widgets/jobs/jobrow.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QToolButton>

#include <cmath>

namespace poselift {

QString stageName(const std::string &stage)
{
    if (stage == "index")
        return JobRow::tr("Reading the video's index");
    if (stage == "detect")
        return JobRow::tr("Detecting people");
    if (stage == "track")
        return JobRow::tr("Following people");
    if (stage == "lift")
        return JobRow::tr("Lifting to 3D");
    if (stage == "write")
        return JobRow::tr("Writing the result");
    if (stage == "load")
        return JobRow::tr("Loading the model");
    if (stage == "overlay")
        return JobRow::tr("Drawing the overlay video");
    if (stage == "synth")
        return JobRow::tr("Making the sample");
    if (stage == "train")
        return JobRow::tr("Training");
    return QString::fromStdString(stage);
}

QString remainingText(std::optional<double> seconds)
{
    if (!seconds)
        return {};
    if (*seconds < 60)
        return JobRow::tr("about %n second(s) left", nullptr, std::max(1, static_cast<int>(std::lround(*seconds))));
    if (*seconds < 3600)
        return JobRow::tr("about %n minute(s) left", nullptr, static_cast<int>(std::lround(*seconds / 60)));
    return JobRow::tr("about %n hour(s) left", nullptr, static_cast<int>(std::lround(*seconds / 3600)));
}

JobRow::JobRow(qint64 job, const QString &title, QWidget *parent)
    : QWidget(parent), m_job(job), m_title(new QLabel(title, this)), m_detail(new QLabel(this)),
      m_bar(new QProgressBar(this)), m_button(new QToolButton(this))
{
    const QString suffix = QString::number(job);
    setObjectName(QStringLiteral("jobRow%1").arg(suffix));
    setAccessibleName(title);
    m_title->setObjectName(QStringLiteral("jobTitle%1").arg(suffix));
    m_detail->setObjectName(QStringLiteral("jobDetail%1").arg(suffix));
    m_detail->setWordWrap(true);
    m_bar->setObjectName(QStringLiteral("jobBar%1").arg(suffix));
    m_bar->setAccessibleName(tr("Progress of: %1").arg(title));
    m_bar->setRange(0, 0);
    m_button->setObjectName(QStringLiteral("jobCancel%1").arg(suffix));
    m_button->setText(tr("Cancel"));
    m_button->setAccessibleName(tr("Cancel: %1").arg(title));
    m_clock.start();

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(6, 4, 6, 4);
    grid->addWidget(m_title, 0, 0);
    grid->addWidget(m_bar, 1, 0);
    grid->addWidget(m_button, 0, 1, 2, 1);
    grid->addWidget(m_detail, 2, 0, 1, 2);
    grid->setColumnStretch(0, 1);
    m_detail->setText(tr("Waiting for the worker"));
    connect(m_button, &QToolButton::clicked, this, &JobRow::press);
}

void JobRow::setProgress(const JobProgress &progress)
{
    if (m_ended)
        return;
    m_eta.add(progress.stage, progress.done, progress.total, static_cast<double>(m_clock.elapsed()) / 1000);
    // Per mille, because a count may be larger than the bar's int.
    if (progress.total > 0) {
        m_bar->setRange(0, 1000);
        m_bar->setValue(static_cast<int>(1000 * progress.done / progress.total));
    } else {
        m_bar->setRange(0, 0);
    }
    QString text = stageName(progress.stage);
    if (progress.total > 0)
        text = tr("%1: %2 of %3").arg(text, locale().toString(static_cast<qlonglong>(progress.done)),
                                      locale().toString(static_cast<qlonglong>(progress.total)));
    if (const QString remaining = remainingText(m_eta.remainingSeconds()); !remaining.isEmpty())
        text += QStringLiteral(" · ") + remaining;
    if (!progress.note.empty())
        text += QStringLiteral(" · ") + QString::fromStdString(progress.note);
    if (!m_cancelling)
        m_detail->setText(text);
}

void JobRow::setCancelling()
{
    m_cancelling = true;
    m_button->setEnabled(false);
    m_detail->setText(tr("Cancelling…"));
}

void JobRow::setEnded(const QString &outcome)
{
    m_ended = true;
    m_bar->hide();
    m_detail->setText(outcome);
    m_button->setEnabled(true);
    m_button->setText(tr("Dismiss"));
    m_button->setAccessibleName(tr("Dismiss: %1").arg(m_title->text()));
}

void JobRow::press()
{
    if (m_ended)
        Q_EMIT dismissRequested(m_job);
    else
        Q_EMIT cancelRequested(m_job);
}

} // namespace poselift
