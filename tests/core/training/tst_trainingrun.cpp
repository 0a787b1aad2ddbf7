#include "core/training/trainingreport.h"
#include "core/training/trainingrun.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <fstream>

using namespace poselift;
namespace fs = std::filesystem;

namespace {

nlohmann::json change(double before, double after, double low, double high)
{
    return {{"before", before}, {"after", after}, {"difference", after - before}, {"low", low}, {"high", high}};
}

nlohmann::json sampleReport()
{
    return {{"model", "vp3d_cmu_rf81"},
            {"objective", "reprojection"},
            {"truth", "3d"},
            {"held_out", {{"frames", 120}, {"ranges", {{300, 420}}}}},
            {"metrics", {"mpjpe_mm", "p_mpjpe_mm"}},
            {"overall", {{"mpjpe_mm", change(61, 48, -15, -10)}, {"p_mpjpe_mm", change(40, 41, -1, 3)}}},
            {"joints", {{{"name", "left_wrist"}, {"mpjpe_mm", change(80, 90, 2, 18)}}}},
            {"rehearsal", {{"data", "cmu_mocap.h5"}, {"before_p_mpjpe_mm", 31.6}, {"after_p_mpjpe_mm", 31.9}}},
            {"trained_on", {{"frames", 40}, {"joints", 410}, {"people", {1}}}}};
}

} // namespace

class TestTrainingRun : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    fs::path folder() const { return m_folder.path().toStdString(); }
    fs::path makeRun(const std::string &id, const std::string &status) const
    {
        const fs::path run = folder() / "runs" / id;
        fs::create_directories(run);
        if (!status.empty())
            std::ofstream(run / "status.json") << status;
        return run;
    }

private Q_SLOTS:
    void cleanup() { fs::remove_all(folder() / "runs"); }

    void stateAndFilesOfARunAreKnown()
    {
        const fs::path path = makeRun(
            "20250131-174502",
            R"({"state": "failed", "error": {"code": "FileNotFound", "arguments": {"path": "/a"}, "sentence": "No."}})");
        std::ofstream(path / "settings.json") << R"({"model": "m", "steps": 3})";
        std::ofstream(path / "checkpoint.h5") << "x";
        const TrainingRun run = readTrainingRun(path);
        QCOMPARE(run.id, std::string("20250131-174502"));
        QCOMPARE(run.state, TrainingRunState::Failed);
        QVERIFY(run.error.has_value());
        QCOMPARE(run.error->code(), ErrorCode::FileNotFound);
        QCOMPARE(run.error->sentence(), Error(ErrorCode::FileNotFound, {{"path", "/a"}}).sentence());
        QCOMPARE(run.settings["steps"].get<int>(), 3);
        QVERIFY(run.hasCheckpoint);
        QVERIFY(!run.hasModel);
        QVERIFY(!run.hasReport);
    }

    void brokenFilesCountAsMissing()
    {
        const fs::path path = makeRun("20250131-174502", "{\"state\": \"runn");
        std::ofstream(path / "settings.json") << "[]";
        const TrainingRun run = readTrainingRun(path);
        QCOMPARE(run.state, TrainingRunState::Prepared);
        QVERIFY(run.settings.empty());
    }

    void theNewestRunComesFirst()
    {
        for (const char *id :
             {"20250131-174502", "20250131-174502-2", "20250131-174502-10", "20250201-000000", ".hidden"})
            makeRun(id, R"({"state": "finished"})");
        std::vector<std::string> ids;
        for (const TrainingRun &run : trainingRunsIn(folder() / "runs"))
            ids.push_back(run.id);
        const std::vector<std::string> expected{"20250201-000000", "20250131-174502-10", "20250131-174502-2",
                                                "20250131-174502"};
        QCOMPARE(ids, expected);
        QVERIFY(trainingRunsIn(folder() / "nothing").empty());
    }

    void runFoldersNeverMeet()
    {
        const fs::path runs = runsFolderBeside(folder() / "runs" / "a.poselift");
        QCOMPARE(runs.filename().string(), std::string("a.poselift.runs"));
        const fs::path first = makeRunFolder(runs);
        const fs::path second = makeRunFolder(runs);
        QVERIFY(fs::is_directory(first));
        QVERIFY(fs::is_directory(second));
        QVERIFY(first != second);
        QVERIFY(first.filename().string().size() == 15);
    }

    void aFolderThatCannotBeWrittenGivesNoRun()
    {
        fs::create_directories(folder() / "runs");
        std::ofstream(folder() / "runs" / "file") << "x";
        QVERIFY(makeRunFolder(folder() / "runs" / "file").empty());
    }

    void reportIsReadWithItsIntervals()
    {
        const Result<TrainingReport> report = parseTrainingReport(sampleReport(), "report.json");
        QVERIFY2(report.ok(), report.ok() ? "" : report.error().sentence().c_str());
        QVERIFY(report->isTruth3d);
        QCOMPARE(report->heldOutFrames, 120);
        QCOMPARE(report->heldOutRanges.at(0).second, 420);
        QVERIFY(report->overall.at("mpjpe_mm").isBetter());
        QVERIFY(!report->overall.at("p_mpjpe_mm").isBetter() && !report->overall.at("p_mpjpe_mm").isWorse());
        QVERIFY(report->joints.at(0).metrics.at("mpjpe_mm").isWorse());
        QVERIFY(!report->joints.at(0).metrics.contains("p_mpjpe_mm")); // had no frame
        QCOMPARE(report->rehearsal.at(0).afterMm, 31.9);
    }

    void intervalThatIsNotKnownDecidesNothing()
    {
        nlohmann::json report = sampleReport();
        report["overall"]["mpjpe_mm"]["low"] = nullptr;
        report["overall"]["mpjpe_mm"]["high"] = nullptr;
        const Result<TrainingReport> parsed = parseTrainingReport(report, "report.json");
        QVERIFY(parsed.ok());
        const ErrorChange &change = parsed->overall.at("mpjpe_mm");
        QVERIFY(!change.hasInterval() && !change.isBetter() && !change.isWorse());
    }

    void brokenReportsNameTheirFile_data()
    {
        QTest::addColumn<QByteArray>("text");
        nlohmann::json lacking = sampleReport();
        lacking.erase("held_out");
        nlohmann::json wrong = sampleReport();
        wrong["overall"]["mpjpe_mm"]["low"] = "small";
        QTest::newRow("no JSON") << QByteArray("{\"model\":");
        QTest::newRow("a field is missing") << QByteArray::fromStdString(lacking.dump());
        QTest::newRow("a figure is text") << QByteArray::fromStdString(wrong.dump());
    }

    void brokenReportsNameTheirFile()
    {
        QFETCH(QByteArray, text);
        const fs::path path = folder() / "report.json";
        std::ofstream(path) << text.toStdString();
        const Result<TrainingReport> report = readTrainingReport(path);
        QVERIFY(!report.ok());
        QCOMPARE(report.error().code(), ErrorCode::WrongFormat);
        QVERIFY(report.error().sentence().find("report.json") != std::string::npos);
        QCOMPARE(readTrainingReport(folder() / "none.json").error().code(), ErrorCode::FileNotFound);
    }
};

QTEST_APPLESS_MAIN(TestTrainingRun)
#include "tst_trainingrun.moc"
