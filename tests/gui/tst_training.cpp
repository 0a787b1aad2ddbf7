// Fine-tuning through the window with a worker that only pretends to train: from the correction to the
// model in use, cancelled and resumed, and after the worker or the application was gone.

#include "core/document/poseeditor.h"
#include "core/training/trainingrun.h"
#include "gui/finetunecontroller.h"
#include "gui/modelchoice.h"
#include "tests/gui/editwindow.h"
#include "widgets/charts/losschart.h"
#include "widgets/jobs/messagebar.h"

#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QTableView>

using namespace poselift;
using poselift::test::EditWindow;

namespace {

constexpr int kWaitMs = EditWindow::kWaitMs;
constexpr int kWrist = 4;

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestTraining : public QObject
{
    Q_OBJECT

private:
    EditWindow m_edit;

    MainWindow *window() const { return m_edit.window(); }
    FinetuneController *finetune() const { return window()->finetune(); }
    QString projectPath() const { return m_edit.document()->path(); }
    std::vector<TrainingRun> runs() const { return trainingRunsIn(runsFolderBeside(projectPath().toStdString())); }
    template <typename Widget>
    Widget *find(const char *name) const
    {
        auto *widget = window()->findChild<Widget *>(QString::fromLatin1(name));
        if (widget == nullptr)
            qFatal("no %s", name);
        return widget;
    }
    QString firstState() const
    {
        const QAbstractItemModel *model = find<QTableView>("runsTable")->model();
        return model->rowCount() > 0 ? model->index(0, RunTableModel::StateColumn).data().toString() : QString();
    }
    void click(const char *button) const
    {
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>(button)->isEnabled() && find<QPushButton>(button)->isVisible(),
                                 kWaitMs);
        QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton);
    }
    void open()
    {
        m_edit.open();
        QTRY_VERIFY_WITH_TIMEOUT(m_edit.action("finetuneAction")->isEnabled(), kWaitMs); // the models are known
    }
    /// A correction, so that there is something to learn from.
    void correct(double x = 200) const { PoseEditor(m_edit.document()).moveKeypoints(5, {{1, kWrist, x, 90}}); }
    void openDialog() const
    {
        QTest::keyClick(window(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(window()->findChild<QWidget *>(QStringLiteral("finetuneDialog")) != nullptr);
    }
    void startTraining() const
    {
        openDialog();
        click("finetuneStart");
        QTRY_VERIFY_WITH_TIMEOUT(!finetune()->runs()->activeFolder().empty(), kWaitMs);
    }
    void waitForStep(int step) const
    {
        QTRY_VERIFY_WITH_TIMEOUT(!finetune()->log().steps.empty() && finetune()->log().steps.back().step >= step,
                                 kWaitMs);
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_edit.makeClip();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }
    void init() { qunsetenv("FAKE_TRAINING"); }
    void cleanup() { m_edit.close(); }

    void fromACorrectionToTheModelInUse()
    {
        open();
        const QByteArray fileBefore = bytesOf(projectPath());
        m_edit.drag(m_edit.at(kWrist), m_edit.at(kWrist) + QPoint(12, 8));
        const Keypoint2D corrected = m_edit.seen(kWrist);
        QCOMPARE(corrected.origin, KeypointOrigin::Corrected);

        openDialog();
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("finetuneEstimate")->text().contains(QStringLiteral("400")),
                                 kWaitMs); // steps of the trial
        click("finetuneStart");
        QTRY_VERIFY(find<QDockWidget>("trainingDock")->isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(firstState(), QStringLiteral("finished"), kWaitMs);
        QCOMPARE(finetune()->log().steps.size(), std::size_t{40});
        QCOMPARE(find<LossChart>("lossChart")->curveNames().size(), 4);

        // It learned from a copy with the correction; the user's file was left alone.
        QCOMPARE(bytesOf(projectPath()), fileBefore);
        QCOMPARE(runs().size(), std::size_t{1});
        const Result<Project> copy = readProject(runs()[0].projectPath());
        QVERIFY(copy.ok());
        const Keypoint2D copied = copy->effectivePose(1, 5)[kWrist];
        QCOMPARE(copied.origin, KeypointOrigin::Corrected);
        QVERIFY(std::abs(copied.x - corrected.x) < 0.01);
        QCOMPARE(runs()[0].settings.at("preset").get<std::string>(), std::string("quick"));

        // The result lies open.
        QVERIFY(find<QLabel>("changeTruth")->isVisible());
        QVERIFY(find<QLabel>("changeHeadline")->text().contains(QStringLiteral("−6.5")));
        click("useModelButton");
        const QString name = QStringLiteral("fakelift-tuned-") + QString::fromStdString(runs()[0].id);
        const auto lifter = [this] { return find<QComboBox>("lifterBox")->currentData().toString(); };
        QTRY_COMPARE_WITH_TIMEOUT(lifter(), name, kWaitMs);
        QVERIFY(find<QLabel>("changeDecision")->text().contains(QStringLiteral("in use")));
        click("keepModelButton");
        QTRY_COMPARE(lifter(), QStringLiteral("fakelift"));

        click("compareModelsButton");
        QTRY_COMPARE_WITH_TIMEOUT(find<QComboBox>("primaryLayerBox")->currentData().toString(),
                                  QStringLiteral("lifted/") + name, kWaitMs);
        QCOMPARE(find<QComboBox>("secondaryLayerBox")->currentData().toString(), QStringLiteral("lifted/fakelift"));
        QCOMPARE(lifter(), QStringLiteral("fakelift")); // showing both decides nothing
    }

    void withoutCorrectionsThereIsNothingToStart()
    {
        open();
        openDialog();
        QVERIFY(!find<QPushButton>("finetuneStart")->isEnabled());
        QVERIFY(!find<QLabel>("finetuneReason")->text().isEmpty());
        QTest::keyClick(find<QWidget>("finetuneDialog"), Qt::Key_Escape);
        QVERIFY(runs().empty());
    }

    void whatTheWorkerRefusesIsSaidInTheDialog()
    {
        qputenv("FAKE_TRAINING", "nothing");
        open();
        correct();
        openDialog();
        QTRY_VERIFY_WITH_TIMEOUT(!find<QPushButton>("finetuneStart")->isEnabled(), kWaitMs);
        QVERIFY(find<QLabel>("finetuneReason")->text().contains(QStringLiteral("/no/such/file")));
    }

    void aTrainingIsCancelledAndResumed()
    {
        qputenv("FAKE_TRAINING", "long");
        open();
        correct();
        startTraining();
        waitForStep(12);
        QVERIFY(!m_edit.action("finetuneAction")->isEnabled());
        QVERIFY(find<QLabel>("trainingStatus")->text().contains(QStringLiteral("frames/s")));
        // The window can be worked in meanwhile.
        m_edit.goTo(9);
        const int steps = m_edit.steps();
        correct(210);
        QCOMPARE(m_edit.steps(), steps + 1);
        click("cancelTrainingButton");
        QTRY_COMPARE_WITH_TIMEOUT(firstState(), QStringLiteral("cancelled"), kWaitMs);
        QVERIFY(m_edit.action("finetuneAction")->isEnabled());
        QVERIFY(!find<QPushButton>("cancelTrainingButton")->isVisible());
        click("resumeTrainingButton");
        QTRY_COMPARE_WITH_TIMEOUT(firstState(), QStringLiteral("running"), kWaitMs);
        QTest::qWait(200);
        m_edit.action("cancelTrainingAction")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(firstState(), QStringLiteral("cancelled"), kWaitMs);
        QCOMPARE(runs().size(), std::size_t{1}); // it went on in the same folder
    }

    void afterARestartAnInterruptedRunIsOffered()
    {
        qputenv("FAKE_TRAINING", "dies");
        open();
        correct();
        startTraining();
        QTRY_COMPARE_WITH_TIMEOUT(firstState(), QStringLiteral("interrupted"), kWaitMs);
        auto *messages = find<MessageBar>("messageBar");
        QVERIFY(messages->isVisible()); // it says that the worker stopped

        qunsetenv("FAKE_TRAINING");
        const QString path = projectPath();
        WindowOptions options;
        QTemporaryDir folder;
        options.settingsFile = folder.filePath(QStringLiteral("settings.ini"));
        options.workerProgram = QStringLiteral(FAKE_WORKER);
        options.offerSample = false;
        m_edit.close();
        MainWindow again(options);
        again.show();
        again.openPath(path);
        auto *offer = again.findChild<MessageBar *>(QStringLiteral("messageBar"));
        const auto isOffered = [offer] {
            return offer->isVisible() && offer->text().contains(QStringLiteral("interrupted"));
        };
        QVERIFY2(QTest::qWaitFor(isOffered, kWaitMs), qPrintable(offer->text()));
        auto *resume = offer->findChild<QPushButton *>(QStringLiteral("messageButton"));
        QVERIFY(resume != nullptr);
        QTest::mouseClick(resume, Qt::LeftButton);
        const auto state = [path] { return trainingRunsIn(runsFolderBeside(path.toStdString())).at(0).state; };
        QTRY_COMPARE_WITH_TIMEOUT(state(), TrainingRunState::Finished, kWaitMs);
        // From the checkpoint of step 20 on, in the same folder.
        QTRY_VERIFY_WITH_TIMEOUT(again.finetune()->log().steps.size() == 40, kWaitMs);
        QCOMPARE(again.finetune()->log().steps[20].step, 21);
    }

    void whereTheFolderCannotBeWrittenTheRunIsKeptInTheStateFolder()
    {
        open();
        QFile inTheWay(projectPath() + QStringLiteral(".runs"));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        correct();
        startTraining();
        QTRY_COMPARE_WITH_TIMEOUT(firstState(), QStringLiteral("finished"), kWaitMs);
        QCOMPARE(trainingRunsIn(runsFolderInState(m_edit.document()->project().uuid)).size(), std::size_t{1});
        QVERIFY(runs().empty());
    }
};

QTEST_MAIN(TestTraining)
#include "tst_training.moc"
