#include "clisandbox.h"

#include "core/io/weightsfile.h"
#include "models/cli/exitcodes.h"
#include "tests/support/mocapwriter.h"

#include <nlohmann/json.hpp>

#include <QtTest/QtTest>

using namespace poselift;
using nlohmann::json;

/// `poselift-cli train … --config FILE`.
class TestTrainConfig : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void optionsComeFromTheFileAndTheCommandLineWins();
    void settingsOfARunRepeatIt();
    void settingsOfOtherTrainersRepeatThem_data();
    void settingsOfOtherTrainersRepeatThem();
    void excludedOptionOfTheFileGivesWay();
    void semiSupervisedRefusesWeightsToStartFrom();
    void badFilesAreNamed_data();
    void badFilesAreNamed();

private:
    CliSandbox::Outcome train(const QStringList &arguments) const;
    json settings(const QString &run) const
    {
        return json::parse(m_sandbox->read(run + QStringLiteral("/settings.json")).toStdString());
    }

    /// Run "two" had the settings of run "one", and came to the same weights.
    void compareRuns() const
    {
        json expected = settings(QStringLiteral("one"));
        expected["out"] = "two";
        QCOMPARE(settings(QStringLiteral("two")), expected);
        const auto first = readWeights(m_sandbox->file(QStringLiteral("one/weights.h5")));
        const auto second = readWeights(m_sandbox->file(QStringLiteral("two/weights.h5")));
        QVERIFY(first.ok() && second.ok());
        QVERIFY(first->arrays == second->arrays);
    }

    std::unique_ptr<CliSandbox> m_sandbox;
};

void TestTrainConfig::init()
{
    m_sandbox = std::make_unique<CliSandbox>();
    writeTestMocap(m_sandbox->file(QStringLiteral("mocap.h5")), 2, 120);
    m_sandbox->write(QStringLiteral("config.json"),
                     R"({"data": "mocap.h5", "filter-widths": [3, 3], "channels": 4, "epochs": 1, "steps_per_epoch": 2,
                         "batch": 8, "threads": 1, "sync-bn": false, "lr": 0.002, "device": "cpu"})");
}

CliSandbox::Outcome TestTrainConfig::train(const QStringList &arguments) const
{
    return m_sandbox->run(QStringList{QStringLiteral("train"), QStringLiteral("videopose3d")} + arguments);
}

void TestTrainConfig::optionsComeFromTheFileAndTheCommandLineWins()
{
    const CliSandbox::Outcome outcome =
        train({QStringLiteral("--config"), QStringLiteral("config.json"), QStringLiteral("--lr=0.01"),
               QStringLiteral("--batch"), QStringLiteral("6"), QStringLiteral("--out"), QStringLiteral("run")});
    QVERIFY2(outcome.exitCode == kExitOk, qPrintable(outcome.err));
    const json found = settings(QStringLiteral("run"));
    QCOMPARE(found.at("filter-widths"), (json{3, 3}));
    QCOMPARE(found.at("channels"), json(4));
    QCOMPARE(found.at("steps-per-epoch"), json(2));
    QCOMPARE(found.at("sync-bn"), json(false));
    QCOMPARE(found.at("lr"), json(0.01));
    QCOMPARE(found.at("batch"), json(6));
    QCOMPARE(found.at("bf16"), json(false)); // a default
}

void TestTrainConfig::settingsOfARunRepeatIt()
{
    QCOMPARE(train({QStringLiteral("--config"), QStringLiteral("config.json"), QStringLiteral("--out"),
                    QStringLiteral("one")})
                 .exitCode,
             int(kExitOk));
    const CliSandbox::Outcome again =
        train({QStringLiteral("--config=one/settings.json"), QStringLiteral("--out"), QStringLiteral("two")});
    QVERIFY2(again.exitCode == kExitOk, qPrintable(again.err));
    compareRuns();
}

void TestTrainConfig::settingsOfOtherTrainersRepeatThem_data()
{
    QTest::addColumn<QStringList>("arguments");
    const QStringList shortRun{QStringLiteral("--epochs=1"),   QStringLiteral("--steps-per-epoch=2"),
                               QStringLiteral("--batch=8"),    QStringLiteral("--channels=4"),
                               QStringLiteral("--device=cpu"), QStringLiteral("--threads=1")};
    QTest::newRow("semi-supervised") << QStringList{QStringLiteral("videopose3d"),
                                                    QStringLiteral("--data=mocap.h5"),
                                                    QStringLiteral("--semi"),
                                                    QStringLiteral("--labelled-share=0.5"),
                                                    QStringLiteral("--filter-widths=3,3"),
                                                    QStringLiteral("--bone-weight=0.5"),
                                                    QStringLiteral("--confidence-weights")}
                                            + shortRun;
    QTest::newRow("baseline") << QStringList{QStringLiteral("baseline"), QStringLiteral("--data=mocap.h5"),
                                             QStringLiteral("--no-z-score"), QStringLiteral("--lr=0.002")}
                                     + shortRun;
    QTest::newRow("adversarial") << QStringList{QStringLiteral("adversarial"), QStringLiteral("--data=poses.h5"),
                                                QStringLiteral("--published-translation"),
                                                QStringLiteral("--no-discriminator-batch-norm"),
                                                QStringLiteral("--lr=0.0003")}
                                        + shortRun;
}

void TestTrainConfig::settingsOfOtherTrainersRepeatThem()
{
    QFETCH(QStringList, arguments);
    QCOMPARE(m_sandbox
                 ->run({QStringLiteral("pack"), QStringLiteral("poses2d"), QStringLiteral("--data=mocap.h5"),
                        QStringLiteral("--count=200"), QStringLiteral("-o"), QStringLiteral("poses.h5")})
                 .exitCode,
             int(kExitOk));
    const QStringList command{QStringLiteral("train")};
    const CliSandbox::Outcome one = m_sandbox->run(command + arguments + QStringList{QStringLiteral("--out=one")});
    QVERIFY2(one.exitCode == kExitOk, qPrintable(one.err));
    const CliSandbox::Outcome two =
        m_sandbox->run({QStringLiteral("train"), arguments.front(), QStringLiteral("--config=one/settings.json"),
                        QStringLiteral("--out=two")});
    QVERIFY2(two.exitCode == kExitOk, qPrintable(two.err));
    compareRuns();
}

void TestTrainConfig::excludedOptionOfTheFileGivesWay()
{
    QCOMPARE(train({QStringLiteral("--config"), QStringLiteral("config.json"), QStringLiteral("--out"),
                    QStringLiteral("one")})
                 .exitCode,
             int(kExitOk));
    QCOMPARE(train({QStringLiteral("--config"), QStringLiteral("one/settings.json"), QStringLiteral("--out"),
                    QStringLiteral("two"), QStringLiteral("--init"), QStringLiteral("one/weights.h5")})
                 .exitCode,
             int(kExitOk));
    QCOMPARE(settings(QStringLiteral("two")).at("init"), json("one/weights.h5"));
    const CliSandbox::Outcome resumed =
        train({QStringLiteral("--config"), QStringLiteral("two/settings.json"), QStringLiteral("--resume")});
    QVERIFY2(resumed.exitCode == kExitOk, qPrintable(resumed.err));
}

void TestTrainConfig::semiSupervisedRefusesWeightsToStartFrom()
{
    const CliSandbox::Outcome outcome =
        train({QStringLiteral("--config=config.json"), QStringLiteral("--semi"), QStringLiteral("--labelled-share=0.5"),
               QStringLiteral("--init=other.h5"), QStringLiteral("--out=run")});
    QCOMPARE(outcome.exitCode, int(kExitUsage));
    QVERIFY2(outcome.err.contains(QStringLiteral("--init")), qPrintable(outcome.err));
}

void TestTrainConfig::badFilesAreNamed_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("message");
    QTest::newRow("unknown name") << QByteArray(R"({"chanels": 4})") << int(kExitUsage)
                                  << QStringLiteral("'chanels' in bad.json");
    QTest::newRow("itself") << QByteArray(R"({"config": "a.json"})") << int(kExitUsage)
                            << QStringLiteral("'config' in bad.json");
    QTest::newRow("list for one") << QByteArray(R"({"channels": [4, 5]})") << int(kExitUsage)
                                  << QStringLiteral("one value");
    QTest::newRow("null") << QByteArray(R"({"channels": null})") << int(kExitUsage)
                          << QStringLiteral("'channels' in bad.json");
    QTest::newRow("no number") << QByteArray(R"({"channels": "many"})") << int(kExitUsage)
                               << QStringLiteral("channels");
    QTest::newRow("no object") << QByteArray("[1, 2]") << int(kExitBadInput) << QStringLiteral("bad.json");
    QTest::newRow("no JSON") << QByteArray("channels = 4") << int(kExitBadInput) << QStringLiteral("no JSON");
}

void TestTrainConfig::badFilesAreNamed()
{
    QFETCH(QByteArray, content);
    QFETCH(int, exitCode);
    QFETCH(QString, message);
    m_sandbox->write(QStringLiteral("bad.json"), content);
    const CliSandbox::Outcome outcome =
        train({QStringLiteral("--data"), QStringLiteral("mocap.h5"), QStringLiteral("--out"), QStringLiteral("run"),
               QStringLiteral("--config"), QStringLiteral("bad.json")});
    QCOMPARE(outcome.exitCode, exitCode);
    QVERIFY2(outcome.err.contains(message), qPrintable(outcome.err));
    QVERIFY(!QFile::exists(m_sandbox->path(QStringLiteral("run"))));
}

QTEST_APPLESS_MAIN(TestTrainConfig)
#include "tst_trainconfig.moc"
