// What the dialog says is learned from, when it refuses to start, and what it makes of the trial.

#include "core/base/error.h"
#include "gui/dialogs/finetunedialog.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QToolButton>
#include <QtTest/QtTest>

#include <nlohmann/json.hpp>

using namespace poselift;

namespace {

FinetuneSubject subject()
{
    FinetuneSubject subject;
    subject.corrections = {40, 410, {1, 3}, false};
    subject.frameCount = 900;
    subject.range = {120, 239};
    subject.people = {{1, QStringLiteral("#1")}, {3, QStringLiteral("Anna (#3)")}};
    subject.models = {{QString(), QStringLiteral("Automatic")},
                      {QStringLiteral("rf81"), QStringLiteral("VideoPose3D 81")}};
    subject.model = QStringLiteral("rf81");
    return subject;
}

} // namespace

class TestFinetuneDialog : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<FinetuneDialog> m_dialog;

    template <typename Widget>
    Widget *find(const char *name) const
    {
        auto *widget = m_dialog->findChild<Widget *>(QString::fromLatin1(name));
        if (widget == nullptr)
            qFatal("no %s", name);
        return widget;
    }
    QLabel *reason() const { return find<QLabel>("finetuneReason"); }
    QPushButton *start() const { return find<QPushButton>("finetuneStart"); }
    void open(FinetuneSubject of = subject())
    {
        m_dialog = std::make_unique<FinetuneDialog>(std::move(of), nullptr);
        m_dialog->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
    }
    void choose(const char *box, const QString &text) const
    {
        auto *combo = find<QComboBox>(box);
        const int index = combo->findText(text, Qt::MatchStartsWith);
        QVERIFY2(index >= 0, qPrintable(text));
        combo->setFocus();
        while (combo->currentIndex() < index)
            QTest::keyClick(combo, Qt::Key_Down);
        while (combo->currentIndex() > index)
            QTest::keyClick(combo, Qt::Key_Up);
    }
    void picture(const char *name) const
    {
        const QString folder = qEnvironmentVariable("POSELIFT_PICTURES");
        if (!folder.isEmpty())
            QVERIFY(m_dialog->grab().save(QDir(folder).filePath(QString::fromLatin1(name))));
    }

private Q_SLOTS:
    void cleanup() { m_dialog.reset(); }

    void itSaysWhatIsLearnedFrom()
    {
        open();
        const QString text = find<QLabel>("finetuneSubject")->text();
        for (const char *count : {"40", "410", "2"})
            QVERIFY2(text.contains(QString::fromLatin1(count)), qPrintable(text));
        QVERIFY(start()->isEnabled());
        QVERIFY(!reason()->isVisible());
        const FinetuneSettings settings = m_dialog->settings();
        QCOMPARE(settings.model, QStringLiteral("rf81"));
        QCOMPARE(settings.objective, QStringLiteral("auto"));
        QVERIFY(settings.frames.empty());
        QVERIFY(settings.people.empty());
        QCOMPARE(settings.preset, QStringLiteral("quick"));
    }

    void withoutCorrectionsItSaysWhyItCannotStart()
    {
        FinetuneSubject nothing = subject();
        nothing.corrections = {};
        open(nothing);
        QVERIFY(!start()->isEnabled());
        QVERIFY(reason()->isVisible());
        QVERIFY(!reason()->text().isEmpty());
        QCOMPARE(start()->toolTip(), reason()->text());
        QSignalSpy trials(m_dialog.get(), &FinetuneDialog::trialWanted);
        QTest::qWait(600);
        QCOMPARE(trials.count(), 0); // nothing to measure
        choose("finetuneFramesBox", QStringLiteral("All frames"));
        QVERIFY(start()->isEnabled());
        QVERIFY(!reason()->isVisible());
        QCOMPARE(m_dialog->settings().frames.at(0).second, 900);
        picture("finetune_all_frames.png");
    }

    void objectivesThatNeedTruthAreRefusedWithoutIt()
    {
        open();
        choose("finetuneObjectiveBox", QStringLiteral("3D truth (supervised)"));
        QVERIFY(!start()->isEnabled());
        QVERIFY(reason()->text().contains(QStringLiteral("3D")));
        choose("finetuneObjectiveBox", QStringLiteral("2D corrections"));
        QVERIFY(start()->isEnabled());
        FinetuneSubject withTruth = subject();
        withTruth.corrections.hasTruth3d = true;
        open(withTruth);
        choose("finetuneObjectiveBox", QStringLiteral("3D truth (supervised)"));
        QVERIFY(start()->isEnabled());
        QCOMPARE(m_dialog->settings().objective, QStringLiteral("supervised"));
    }

    void everySettingReachesTheWorkersArguments()
    {
        open();
        choose("finetuneFramesBox", QStringLiteral("Frames 120"));
        choose("finetunePeopleBox", QStringLiteral("Anna"));
        QTest::mouseClick(find<QRadioButton>("finetuneThorough"), Qt::LeftButton, {}, {8, 8});
        QVERIFY(!find<QWidget>("finetuneAdvancedPage")->isVisible());
        QTest::mouseClick(find<QToolButton>("finetuneAdvancedButton"), Qt::LeftButton);
        QVERIFY(find<QWidget>("finetuneAdvancedPage")->isVisible());
        const auto type = [](QWidget *field, const char *text) {
            field->setFocus();
            QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
            QTest::keyClicks(field, QString::fromLatin1(text));
            QTest::keyClick(field, Qt::Key_Tab);
        };
        type(find<QSpinBox>("finetuneSteps"), "600");
        type(find<QSpinBox>("finetuneBatch"), "48");
        type(find<QDoubleSpinBox>("finetuneLearningRate"), "0.0005");
        type(find<QSpinBox>("finetuneFrozen"), "2");
        QVERIFY(!find<QDoubleSpinBox>("finetuneRehearsalShare")->isEnabled());
        type(find<QLineEdit>("finetuneRehearsal"), "/data/mocap.h5");
        QVERIFY(find<QDoubleSpinBox>("finetuneRehearsalShare")->isEnabled());
        type(find<QDoubleSpinBox>("finetuneRehearsalShare"), "0.3");
        type(find<QDoubleSpinBox>("finetuneHeldOut"), "0.4");
        type(find<QSpinBox>("finetuneSeed"), "7");
        picture("finetune_dialog_advanced.png");
        const nlohmann::json arguments = toJson(m_dialog->settings());
        const nlohmann::json expected{{"model", "rf81"},
                                      {"objective", "auto"},
                                      {"frames", {{120, 240}}},
                                      {"tracks", {3}},
                                      {"preset", "thorough"},
                                      {"steps", 600},
                                      {"batch", 48},
                                      {"learning_rate", 0.0005},
                                      {"frozen_blocks", 2},
                                      {"rehearsal", "/data/mocap.h5"},
                                      {"rehearsal_share", 0.3},
                                      {"held_out_share", 0.4},
                                      {"seed", 7},
                                      {"device", "auto"}};
        QVERIFY2(arguments == expected, arguments.dump(1).c_str());
    }

    void theTimeIsMeasuredOnceTheSettingsRest()
    {
        open();
        QSignalSpy trials(m_dialog.get(), &FinetuneDialog::trialWanted);
        auto *estimate = find<QLabel>("finetuneEstimate");
        const QString measuring = estimate->text();
        QVERIFY(estimate->isVisible() && !measuring.isEmpty());
        QTest::mouseClick(find<QRadioButton>("finetuneThorough"), Qt::LeftButton, {}, {8, 8});
        QTest::mouseClick(find<QRadioButton>("finetuneQuick"), Qt::LeftButton, {}, {8, 8});
        QTRY_COMPARE(trials.count(), 1); // not one for every change
        m_dialog->showEstimate({{"seconds_per_step", 0.5}, {"steps", 1200}, {"estimated_s", 600.0}});
        QVERIFY2(estimate->text().contains(QStringLiteral("10 minute")), qPrintable(estimate->text()));
        QVERIFY(estimate->text().contains(QStringLiteral("1,200")));
        QVERIFY(start()->isEnabled());
        picture("finetune_dialog.png");
        QTest::mouseClick(find<QRadioButton>("finetuneThorough"), Qt::LeftButton, {}, {8, 8});
        QCOMPARE(estimate->text(), measuring); // the old figure is not shown for other settings
        QTRY_COMPARE(trials.count(), 2);
    }

    void whatTheTrialRefusesCannotBeStartedUntilTheSettingsChange()
    {
        open();
        const Error error(ErrorCode::BadArgument,
                          {{"name", "device"}, {"expected", "one that is here"}, {"found", "cuda:9"}});
        m_dialog->showTrialError(error);
        QVERIFY(!start()->isEnabled());
        QVERIFY(reason()->text().contains(QStringLiteral("cuda:9")));
        choose("finetunePeopleBox", QStringLiteral("#1"));
        QVERIFY(start()->isEnabled());
    }

    void startAndCancelEndIt()
    {
        open();
        QSignalSpy accepted(m_dialog.get(), &QDialog::accepted);
        QTest::mouseClick(start(), Qt::LeftButton);
        QCOMPARE(accepted.count(), 1);
        open();
        QSignalSpy rejected(m_dialog.get(), &QDialog::rejected);
        QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
        QCOMPARE(rejected.count(), 1);
    }
};

QTEST_MAIN(TestFinetuneDialog)
#include "tst_finetunedialog.moc"
