#include "widgets/jobs/etaestimate.h"
#include "widgets/jobs/jobpanel.h"
#include "widgets/jobs/jobrow.h"
#include "widgets/jobs/messagebar.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>
#include <QtTest/QtTest>

using namespace poselift;

class TestJobPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theEtaFollowsTheRate()
    {
        EtaEstimate eta;
        QVERIFY(!eta.remainingSeconds());
        for (int second = 0; second <= 10; ++second)
            eta.add("detect", second * 10, 200, second);
        QVERIFY(std::abs(*eta.remainingSeconds() - 10.0) < 0.1);
        eta.add("lift", 0, 200, 11);
        QVERIFY2(!eta.remainingSeconds(), "a new stage starts anew");
    }

    void theEtaSaysNothingWithoutATotalOrTooEarly()
    {
        EtaEstimate eta;
        eta.add("detect", 0, 0, 0);
        eta.add("detect", 50, 0, 5);
        QVERIFY(!eta.remainingSeconds());
        EtaEstimate early;
        early.add("detect", 0, 100, 0);
        early.add("detect", 1, 100, 0.2);
        QVERIFY(!early.remainingSeconds());
    }

    void aJobCanBeCancelledAndDismissed()
    {
        JobPanel panel;
        QSignalSpy cancel(&panel, &JobPanel::cancelRequested);
        panel.addJob(7, QStringLiteral("Detect people in a.mp4"));
        QCOMPARE(panel.runningJobCount(), 1);
        panel.setProgress(7, {"detect", 50, 200, ""});
        auto *bar = panel.findChild<QProgressBar *>(QStringLiteral("jobBar7"));
        QCOMPARE(bar->value(), 250);
        QVERIFY(panel.findChild<QLabel *>(QStringLiteral("jobDetail7"))->text().contains(QStringLiteral("50")));
        auto *button = panel.findChild<QToolButton *>(QStringLiteral("jobCancel7"));
        button->click();
        QCOMPARE(cancel.count(), 1);
        QCOMPARE(cancel.at(0).at(0).toLongLong(), 7);
        panel.setCancelling(7);
        button->click();
        QCOMPARE(cancel.count(), 1);
        const QString cancelling = panel.findChild<QLabel *>(QStringLiteral("jobDetail7"))->text();
        panel.setProgress(7, {"detect", 60, 200, ""}); // the worker's last words
        QCOMPARE(panel.findChild<QLabel *>(QStringLiteral("jobDetail7"))->text(), cancelling);
        panel.endJob(7, QStringLiteral("Cancelled"));
        QCOMPARE(panel.runningJobCount(), 0);
        button->click();
        QTRY_VERIFY(panel.findChild<QToolButton *>(QStringLiteral("jobCancel7")) == nullptr);
        QCOMPARE(cancel.count(), 1);
    }

    void progressWithoutATotalIsAMovingBar()
    {
        JobPanel panel;
        panel.addJob(1, QStringLiteral("x"));
        panel.setProgress(1, {"index", 5000000000, 0, ""});
        auto *bar = panel.findChild<QProgressBar *>(QStringLiteral("jobBar1"));
        QCOMPARE(bar->maximum(), 0);
        panel.setProgress(1, {"index", 5000000000, 10000000000, ""});
        QCOMPARE(bar->value(), 500);
        panel.setProgress(99, {"index", 1, 2, ""}); // unknown job: nothing happens
        QCOMPARE(panel.runningJobCount(), 1);
    }

    void theMessageBarRunsItsActionOnce()
    {
        MessageBar bar;
        QVERIFY(bar.isHidden());
        int runs = 0;
        bar.showMessage(MessageBar::Kind::Error, QStringLiteral("The worker stopped."), QStringLiteral("Restart"),
                        [&runs] { ++runs; });
        QVERIFY(!bar.isHidden());
        QCOMPARE(bar.text(), QStringLiteral("The worker stopped."));
        auto *button = bar.findChild<QPushButton *>(QStringLiteral("messageButton"));
        button->click();
        QCOMPARE(runs, 1);
        QVERIFY(bar.isHidden());
        bar.showMessage(MessageBar::Kind::Information, QStringLiteral("Read-only."));
        QVERIFY(button->isHidden());
        bar.findChild<QToolButton *>(QStringLiteral("messageClose"))->click();
        QVERIFY(bar.isHidden());
        QCOMPARE(runs, 1);
    }
};

QTEST_MAIN(TestJobPanel)
#include "tst_jobpanel.moc"
