#include "core/training/traininglog.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <fstream>

using namespace poselift;

namespace {

std::string stepLine(int step)
{
    return R"({"step": )" + std::to_string(step)
           + R"(, "steps": 2400, "epoch": 3, "epochs": 40, "loss": 0.5, "terms": {"mpjpe": 0.25, "bone_length": 0.125},
 "learning_rate": 0.0004, "frames_per_second": 713.0, "eta_s": 812.0, "memory_mib": 950.0, "batch": 512, "seconds": 130.5})";
}

/// On one line, as a log has it.
std::string oneLine(std::string text)
{
    std::erase(text, '\n');
    return text + '\n';
}

} // namespace

class TestTrainingLog : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::filesystem::path path() const { return m_folder.filePath(QStringLiteral("log.jsonl")).toStdString(); }
    void write(const std::string &text, std::ios::openmode mode = std::ios::trunc) const
    {
        std::ofstream(path(), std::ios::binary | std::ios::out | mode) << text;
    }

private Q_SLOTS:
    void readsStepsValidationsAndMessages()
    {
        write(oneLine(stepLine(120))
              + R"({"validation": {"epoch": 3, "step": 180, "score": 0.0431, "best": true, "figures": {}}})"
                "\n"
                R"({"validation": {"epoch": 4, "step": 240, "score": 0.0462, "best": false}})"
                "\n"
                R"({"message": "memory ran out: the batch is 512 from here on", "step": 12})"
                "\n");
        TrainingLog log;
        TrainingLogReader reader(path());
        QCOMPARE(reader.read(log), TrainingLogReader::Outcome::Grown);
        QCOMPARE(log.steps.size(), std::size_t{1});
        const TrainingStep &step = log.steps[0];
        QCOMPARE(step.step, 120);
        QCOMPARE(step.steps, 2400);
        QCOMPARE(step.epoch, 3);
        QCOMPARE(step.epochs, 40);
        QCOMPARE(step.loss, 0.5);
        QCOMPARE(step.terms.size(), std::size_t{2});
        QCOMPARE(step.learningRate, 0.0004);
        QCOMPARE(step.framesPerSecond, 713.0);
        QCOMPARE(step.etaSeconds, 812.0);
        QCOMPARE(step.batch, 512);
        QCOMPARE(log.validations.size(), std::size_t{2});
        QVERIFY(log.best() != nullptr);
        QCOMPARE(log.best()->score, 0.0431);
        QCOMPARE(log.best()->step, 180);
        QCOMPARE(log.messages.size(), std::size_t{1});
        QCOMPARE(log.messages[0].step, 12);
    }

    void readsOnlyWhatIsNew()
    {
        write(oneLine(stepLine(1)));
        TrainingLog log;
        TrainingLogReader reader(path());
        reader.read(log);
        QCOMPARE(reader.read(log), TrainingLogReader::Outcome::Nothing);
        write(oneLine(stepLine(2)) + oneLine(stepLine(3)), std::ios::app);
        QCOMPARE(reader.read(log), TrainingLogReader::Outcome::Grown);
        QCOMPARE(log.steps.size(), std::size_t{3});
        QCOMPARE(log.steps[2].step, 3);
    }

    void aTornLastLineIsLeftUntilItIsWhole()
    {
        const std::string whole = oneLine(stepLine(2));
        write(oneLine(stepLine(1)) + whole.substr(0, 40));
        TrainingLog log;
        TrainingLogReader reader(path());
        reader.read(log);
        QCOMPARE(log.steps.size(), std::size_t{1});
        QCOMPARE(reader.read(log), TrainingLogReader::Outcome::Nothing);
        write(whole.substr(40), std::ios::app);
        QCOMPARE(reader.read(log), TrainingLogReader::Outcome::Grown);
        QCOMPARE(log.steps.size(), std::size_t{2});
        QCOMPARE(log.steps[1].step, 2);
    }

    void aResumedRunThatDroppedLinesIsReadAnew()
    {
        write(oneLine(stepLine(1)) + oneLine(stepLine(2)) + oneLine(stepLine(3)));
        TrainingLog log;
        TrainingLogReader reader(path());
        reader.read(log);
        // Back to the checkpoint at step 1 and past the old length already.
        write(oneLine(stepLine(1)) + oneLine(stepLine(12)) + oneLine(stepLine(13)) + oneLine(stepLine(14)));
        QCOMPARE(reader.read(log), TrainingLogReader::Outcome::StartedAnew);
        QCOMPARE(log.steps.size(), std::size_t{4});
        QCOMPARE(log.steps.back().step, 14);
    }

    void linesOfOtherKindsAreLeftOut()
    {
        write("not json\n[1, 2]\n{\"settings\": {\"batch\": 3}}\n" + oneLine(stepLine(7)) + "{\"loss\": \"much\"}\n");
        TrainingLog log;
        TrainingLogReader(path()).read(log);
        QCOMPARE(log.steps.size(), std::size_t{1});
        QVERIFY(log.validations.empty());
        QVERIFY(log.best() == nullptr);
    }

    void aMissingFileHasNothing()
    {
        TrainingLog log;
        TrainingLogReader reader(path().parent_path() / "no such file");
        QCOMPARE(reader.read(log), TrainingLogReader::Outcome::Nothing);
    }
};

QTEST_APPLESS_MAIN(TestTrainingLog)
#include "tst_traininglog.moc"
