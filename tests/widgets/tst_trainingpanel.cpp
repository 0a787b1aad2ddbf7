// The dock's panel: curves, before and after, runs. With POSELIFT_PICTURES set to a folder, pictures of the
// pages are written there.

#include "tests/support/trainingfiles.h"
#include "widgets/charts/changebarchart.h"
#include "widgets/charts/changeskeleton.h"
#include "widgets/charts/losschart.h"
#include "widgets/charts/trainingtext.h"
#include "widgets/training/changeview.h"
#include "widgets/training/trainingpanel.h"

#include <QAccessible>
#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QtTest/QtTest>

using namespace poselift;

namespace {

constexpr int kLines = 200;

TrainingLog sampleLog()
{
    TrainingLog log;
    double best = 1;
    for (int step = 10; step <= 10 * kLines; step += 10) {
        log.add(test::trainingStepLine(step, 2400));
        if (step % 200 == 0) {
            const double score = 0.06 * std::exp(-step / 900.0) + (step > 1400 ? 0.00002 * (step - 1400) : 0.0) + 0.02;
            log.add(test::trainingValidationLine(step, score, score < best));
            best = std::min(best, score);
        }
    }
    log.add(R"({"message": "memory ran out: the batch is 512 from here on", "step": 12})");
    return log;
}

TrainingReport sampleReport(bool isTruth3d)
{
    return *parseTrainingReport(test::trainingReport(isTruth3d), "report.json");
}

RunRow row(const char *id, TrainingRunState state, bool active = false)
{
    RunRow row;
    row.run.id = id;
    row.run.state = state;
    row.run.settings = {{"model", "vp3d_cmu_rf81"}, {"objective", "reprojection"}, {"preset", "quick"}, {"steps", 0}};
    row.isActive = active;
    return row;
}

} // namespace

class TestTrainingPanel : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<TrainingPanel> m_panel;

    template <typename Widget>
    Widget *find(const char *name) const
    {
        auto *widget = m_panel->findChild<Widget *>(QString::fromLatin1(name));
        if (widget == nullptr)
            qFatal("no %s", name);
        return widget;
    }
    void openPage(const char *tabs, int page) const
    {
        auto *bar = find<QTabWidget>(tabs)->tabBar();
        QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(page).center());
    }
    QString cell(const char *table, int row, int column) const
    {
        return find<QTableView>(table)->model()->index(row, column).data().toString();
    }
    void picture(const char *name) const
    {
        const QString folder = qEnvironmentVariable("POSELIFT_PICTURES");
        if (folder.isEmpty())
            return;
        QTest::qWait(100);
        QVERIFY(m_panel->grab().save(QDir(folder).filePath(QString::fromLatin1(name))));
    }

private Q_SLOTS:
    void init()
    {
        m_panel = std::make_unique<TrainingPanel>();
        m_panel->resize(440, 760);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
    }
    void cleanup() { m_panel.reset(); }

    void everyTermHasACurveOfItsOwn()
    {
        m_panel->setLog(sampleLog());
        auto *chart = find<LossChart>("lossChart");
        QStringList names = chart->curveNames();
        QCOMPARE(names.size(), 4); // loss, two terms, held-out score
        names.removeDuplicates();
        QCOMPARE(names.size(), 4);
        QVERIFY(chart->accessibleDescription().contains(QStringLiteral("2,000")));
        QVERIFY(find<QLabel>("trainingMessage")->text().contains(QStringLiteral("512")));
        m_panel->setHead({QStringLiteral("Run"), trainingProgressText(sampleLog().steps.back()), 0.4, true, false});
        picture("training_curves.png");
        m_panel->setLog({});
        QCOMPARE(chart->curveNames().size(), 1);
    }

    /// A grab with and without the scale differ; so do the curves of a log and of none.
    void theScaleCanBeChanged()
    {
        m_panel->setLog(sampleLog());
        QTest::qWait(50);
        auto *chart = find<LossChart>("lossChart");
        auto *box = find<QCheckBox>("logScaleBox");
        QVERIFY(box->isChecked() && chart->isLogScale());
        const QImage logarithmic = chart->grab().toImage();
        QTest::keyClick(box, Qt::Key_Space);
        QVERIFY(!chart->isLogScale());
        QTest::qWait(50);
        QVERIFY(chart->grab().toImage() != logarithmic);
    }

    void tenThousandLinesAreShownAtOnce()
    {
        TrainingLog log;
        for (int step = 1; step <= 10000; ++step)
            log.add(test::trainingStepLine(step, 10000));
        QElapsedTimer clock;
        clock.start();
        m_panel->setLog(log);
        find<LossChart>("lossChart")->repaint();
        QVERIFY2(clock.elapsed() < 2000, qPrintable(QString::number(clock.elapsed()))); // some 20 ms on a quiet machine
    }

    void jointsAreSortedByAClickOnTheColumn()
    {
        m_panel->changes()->setReport(sampleReport(true));
        m_panel->showChanges();
        auto *table = find<QTableView>("changeTable");
        QCOMPARE(table->model()->rowCount(), 14);
        QHeaderView *header = table->horizontalHeader();
        const int x = header->sectionViewportPosition(3) + header->sectionSize(3) / 2;
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, {x, header->height() / 2});
        // The wrists got better most; the head got worse.
        QVERIFY2(cell("changeTable", 0, 3).startsWith(QStringLiteral("▼ −29")), qPrintable(cell("changeTable", 0, 3)));
        QVERIFY2(cell("changeTable", 13, 3).startsWith(QStringLiteral("▲ +3")), qPrintable(cell("changeTable", 13, 3)));
        QCOMPARE(cell("changeTable", 13, 0), QStringLiteral("head"));
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, {x, header->height() / 2});
        QCOMPARE(cell("changeTable", 0, 0), QStringLiteral("head"));
        QVERIFY(!find<QLabel>("changeTruth")->isVisible());
        QVERIFY(find<QLabel>("changeHeadline")->text().contains(QStringLiteral("▼ −6.5")));
        QVERIFY(find<QLabel>("changeRehearsal")->text().contains(QStringLiteral("31.9")));
        picture("training_table.png");
    }

    void theOtherMetricShowsItsOwnFigures()
    {
        m_panel->changes()->setReport(sampleReport(true));
        m_panel->showChanges();
        auto *box = find<QComboBox>("changeMetricBox");
        QCOMPARE(box->currentData().toString(), QStringLiteral("p_mpjpe_mm"));
        const QString before = cell("changeTable", 0, 1);
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Up);
        QCOMPARE(box->currentData().toString(), QStringLiteral("mpjpe_mm"));
        QVERIFY(cell("changeTable", 0, 1) != before);
    }

    void withoutTruthItSaysThatTheDepthIsNotVerified()
    {
        m_panel->changes()->setReport(sampleReport(false));
        m_panel->showChanges();
        QVERIFY(find<QLabel>("changeTruth")->isVisible());
        QVERIFY(find<QLabel>("changeTruth")->text().contains(QStringLiteral("2D only, depth unverified")));
        QVERIFY(!find<QComboBox>("changeMetricBox")->isVisible());
        picture("training_2d_only.png");
    }

    void barsAndFigureShowTheSameJoints()
    {
        m_panel->changes()->setReport(sampleReport(true));
        m_panel->showChanges();
        openPage("changeTabs", 1);
        auto *bars = find<ChangeBarChart>("changeBarChart");
        QVERIFY(bars->isVisible());
        QCOMPARE(bars->jointCount(), 14);
        picture("training_bars.png");
        openPage("changeTabs", 2);
        auto *figure = find<ChangeSkeleton>("changeSkeleton");
        QVERIFY(figure->isVisible());
        picture("training_figure.png");
        // Better and worse differ in shape, not only in colour: the words say the same.
        QVERIFY(figure->accessibleDescription().contains(QStringLiteral("worse by 3.5")));
        QVERIFY(figure->accessibleDescription().contains(QStringLiteral("no clear change")));
        const QPointF left = *figure->placeOf("left_wrist");
        QVERIFY(left.x() > figure->placeOf("right_wrist")->x()); // seen from the front
        QVERIFY(figure->rect().contains(left.toPoint()));
        QVERIFY(!figure->placeOf("tail"));
        const QImage drawn = figure->grab().toImage();
        QVERIFY(drawn.pixelColor(left.toPoint()) != drawn.pixelColor(figure->placeOf("head")->toPoint()));
    }

    void buttonsSayWhatIsWanted()
    {
        ChangeView *view = m_panel->changes();
        m_panel->showChanges();
        QVERIFY(!find<QPushButton>("useModelButton")->isEnabled());
        view->setReport(sampleReport(true));
        view->setChoicesEnabled(true, true);
        QSignalSpy use(view, &ChangeView::useRequested);
        QSignalSpy keep(view, &ChangeView::keepRequested);
        QSignalSpy compare(view, &ChangeView::compareRequested);
        QTest::mouseClick(find<QPushButton>("useModelButton"), Qt::LeftButton);
        QTest::keyClick(find<QPushButton>("keepModelButton"), Qt::Key_Space);
        QTest::mouseClick(find<QPushButton>("compareModelsButton"), Qt::LeftButton);
        QCOMPARE(use.count(), 1);
        QCOMPARE(keep.count(), 1);
        QCOMPARE(compare.count(), 1);
        view->setReport(std::nullopt);
        QVERIFY(!find<QPushButton>("compareModelsButton")->isEnabled());
        QVERIFY(!find<QTabWidget>("changeTabs")->isVisible());
    }

    void runsAreListedWithStateAndResult()
    {
        std::vector<RunRow> rows{row("20250203-101500", TrainingRunState::Running, true),
                                 row("20250202-174502", TrainingRunState::Running),
                                 row("20250131-174502", TrainingRunState::Finished)};
        rows[2].report = sampleReport(false);
        QSignalSpy chosen(m_panel.get(), &TrainingPanel::runChosen);
        m_panel->setRuns(rows, "20250203-101500");
        openPage("trainingTabs", 2);
        QCOMPARE(chosen.count(), 0); // nobody chose one
        auto *table = find<QTableView>("runsTable");
        QVERIFY(table->isVisible());
        QStringList states;
        for (int i = 0; i < 3; ++i)
            states << cell("runsTable", i, RunTableModel::StateColumn);
        QCOMPARE(states,
                 QStringList({QStringLiteral("running"), QStringLiteral("interrupted"), QStringLiteral("finished")}));
        QVERIFY(cell("runsTable", 2, RunTableModel::ResultColumn).contains(QStringLiteral("▼ −6.5 px")));
        QCOMPARE(cell("runsTable", 0, RunTableModel::ModelColumn), QStringLiteral("vp3d_cmu_rf81"));
        picture("training_runs.png");
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                          table->visualRect(table->model()->index(2, 0)).center());
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][0].toString(), QStringLiteral("20250131-174502"));
        QTest::keyClick(table, Qt::Key_Up);
        QCOMPARE(chosen.last()[0].toString(), QStringLiteral("20250202-174502"));
        m_panel->setRuns({}, {});
        QVERIFY(find<QLabel>("noRunsLabel")->isVisible());
    }

    void theHeadOffersWhatCanBeDone()
    {
        QVERIFY(!find<QPushButton>("cancelTrainingButton")->isVisible());
        QVERIFY(!find<QPushButton>("resumeTrainingButton")->isVisible());
        QSignalSpy cancel(m_panel.get(), &TrainingPanel::cancelRequested);
        QSignalSpy resume(m_panel.get(), &TrainingPanel::resumeRequested);
        m_panel->setHead({QStringLiteral("Run"), QStringLiteral("Step 1 of 2"), 0.5, true, false});
        QTest::mouseClick(find<QPushButton>("cancelTrainingButton"), Qt::LeftButton);
        QCOMPARE(cancel.count(), 1);
        m_panel->setHead({QStringLiteral("Run"), QStringLiteral("cancelled"), -1, false, true});
        QTest::mouseClick(find<QPushButton>("resumeTrainingButton"), Qt::LeftButton);
        QCOMPARE(resume.count(), 1);
        TrainingStep step;
        step.step = 120;
        step.steps = 2400;
        step.framesPerSecond = 713;
        step.etaSeconds = 812;
        const QString text = trainingProgressText(step);
        QVERIFY(text.contains(QStringLiteral("120")) && text.contains(QStringLiteral("2,400"))
                && text.contains(QStringLiteral("713")));
        QVERIFY(text.contains(QStringLiteral("14 minute")));
    }
};

QTEST_MAIN(TestTrainingPanel)
#include "tst_trainingpanel.moc"
