#include "models/lift/moduleweights_torch.h"
#include "models/train/adamstate_torch.h"
#include "models/train/trainingloop.h"
#include "models/train/trainingtask_torch.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <nlohmann/json.hpp>

#include <chrono>
#include <cmath>
#include <fstream>
#include <limits>
#include <map>
#include <new>

using namespace poselift;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

/// Learns a random linear map behind dropout; every way to fail can be put in at a step.
class LinearTask : public TrainingTask
{
public:
    LinearTask()
        : m_layer((torch::manual_seed(5), torch::nn::Linear(4, 2))),
          m_adam(m_layer->parameters(), torch::optim::AdamOptions(0.1))
    {
    }

    double beginEpoch(int epoch, int epochs) override
    {
        const double rate = 0.1 * (1.0 - 0.5 * epoch / epochs);
        static_cast<torch::optim::AdamOptions &>(m_adam.param_groups()[0].options()).lr(rate);
        return rate;
    }

    Result<StepOutcome> step(std::int64_t step, int batch) override
    {
        m_adam.zero_grad();
        const torch::Tensor mask = torch::dropout(torch::ones({batch, 4}), 0.25, /*train=*/true);
        if (beforeStep)
            beforeStep(step, batch);
        auto generator = torch::make_generator<torch::CPUGeneratorImpl>(std::uint64_t(1000 + step));
        const torch::Tensor x = torch::randn({batch, 4}, generator);
        const torch::Tensor error = m_layer->forward(x * mask) - x.slice(1, 0, 2) * 3;
        const torch::Tensor squares = error.square().mean();
        const torch::Tensor weights = 0.01 * m_layer->weight.square().mean();
        const torch::Tensor loss = squares + weights;
        StepOutcome outcome{
            loss.item<double>(), {{"squares", squares.item<double>()}, {"size", weights.item<double>()}}, 0.0};
        if (step == nanAt) {
            outcome.loss = std::numeric_limits<double>::quiet_NaN();
            return outcome;
        }
        loss.backward();
        m_adam.step();
        losses[step] = outcome.loss;
        batches[step] = batch;
        return outcome;
    }

    std::string batchName(std::int64_t step, int batch) const override
    {
        return "numbers " + std::to_string(step) + " of " + std::to_string(batch);
    }

    Result<ValidationOutcome> validate(const std::stop_token &stop) override
    {
        if (beforeValidation)
            beforeValidation();
        if (stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        ++validations;
        const double size = scores.empty() ? m_layer->weight.norm().item<double>() : scores.at(validations - 1);
        return ValidationOutcome{size, {{"size", size}}};
    }

    WeightsFile state() override
    {
        WeightsFile file;
        file.arrays = weightsOf(*m_layer);
        appendAdamState<torch::optim::AdamParamState>(m_adam, *m_layer, file);
        return file;
    }

    Result<void> restore(const WeightsFile &state, const std::string &path) override
    {
        WeightsFile layer;
        for (const char *name : {"weight", "bias"})
            layer.arrays[name] = state.arrays.at(name);
        if (Result<void> loaded = loadWeights(*m_layer, layer, path); !loaded)
            return loaded;
        return restoreAdamState<torch::optim::AdamParamState>(m_adam, *m_layer, state, /*amsgrad=*/false, path);
    }

    json fixedOptions() const override { return {{"task", "linear"}}; }

    Result<void> saveModel(const fs::path &folder, const json &training) override
    {
        WeightsFile file;
        file.arrays = weightsOf(*m_layer);
        file.attributes = training;
        return writeWeights(file, folder / "weights.h5");
    }

    std::map<std::int64_t, double> losses;
    std::map<std::int64_t, int> batches;
    std::function<void(std::int64_t step, int batch)> beforeStep;
    std::function<void()> beforeValidation;
    std::int64_t nanAt = -1;
    std::vector<double> scores; ///< of the validations; empty: measured
    int validations = 0;

private:
    torch::nn::Linear m_layer;
    torch::optim::Adam m_adam;
};

json readJson(const fs::path &path)
{
    std::ifstream file(path);
    return json::parse(file, nullptr, /*allow_exceptions=*/false);
}

std::vector<json> readLog(const fs::path &folder)
{
    std::ifstream file(folder / "log.jsonl");
    std::vector<json> lines;
    for (std::string text; std::getline(file, text);)
        lines.push_back(json::parse(text));
    return lines;
}

/// Values at @p pointer of all lines of the log that have it.
std::vector<json> logged(const fs::path &folder, const char *pointer)
{
    std::vector<json> values;
    for (const json &line : readLog(folder)) {
        if (line.contains(json::json_pointer(pointer)))
            values.push_back(line.at(json::json_pointer(pointer)));
    }
    return values;
}

void requireSameLosses(const std::map<std::int64_t, double> &found, const std::map<std::int64_t, double> &expected)
{
    for (const auto &[step, loss] : found)
        QVERIFY2(std::abs(loss - expected.at(step)) <= 1e-6, qPrintable(QString::number(step)));
}

} // namespace

class TestTrainingLoop : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void finishedRunLeavesItsFolderAsDescribed();
    void progressTellsWhatPeopleWantToKnow();
    void cancelledRunEqualsAnUninterruptedOne();
    void cancelledValidationIsDoneWhenTheRunGoesOn();
    void killedRunGoesOnFromItsLastCheckpoint();
    void otherOptionsCannotGoOn();
    void nanNamesItsBatchAndKeepsTheCheckpoint();
    void parametersThatAreNotFiniteAreADivergence();
    void outOfMemoryHalvesTheBatch_data();
    void outOfMemoryHalvesTheBatch();
    void halvedBatchStaysWhenTheRunGoesOn();
    void smallestBatchThatDoesNotFitEndsTheRun();
    void otherExceptionsAreInternal();
    void bestWeightsAreKeptAndPatienceEnds();
    void validationEveryFewEpochsAndAtTheEnd();
    void folderThatCannotBeMadeIsNamed();

private:
    TrainingLoopOptions options(const std::string &name) const;
    std::map<std::int64_t, double> uninterruptedLosses();

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestTrainingLoop::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

TrainingLoopOptions TestTrainingLoop::options(const std::string &name) const
{
    TrainingLoopOptions options;
    options.out = fs::path(m_folder->path().toStdString()) / name;
    options.epochs = 3;
    options.stepsPerEpoch = 5;
    options.batch = 16;
    options.settings = {{"lr", 0.1}};
    return options;
}

std::map<std::int64_t, double> TestTrainingLoop::uninterruptedLosses()
{
    LinearTask task;
    const auto report = runTrainingLoop(task, options("uninterrupted"), {});
    return report ? task.losses : std::map<std::int64_t, double>();
}

void TestTrainingLoop::finishedRunLeavesItsFolderAsDescribed()
{
    LinearTask task;
    const TrainingLoopOptions run = options("run");
    const auto report = runTrainingLoop(task, run, {});
    QVERIFY2(report.ok(), report.ok() ? "" : report.error().sentence().c_str());
    QCOMPARE(report->steps, 15);
    QCOMPARE(report->batch, 16);
    QCOMPARE(task.losses.size(), std::size_t(15));
    QVERIFY(task.losses.at(14) < 0.95 * task.losses.at(0));
    QCOMPARE(readJson(run.out / "settings.json"), run.settings);
    QCOMPARE(readJson(run.out / "status.json").at("state"), json("finished"));
    QVERIFY(!readJson(run.out / "status.json").contains("error"));
    QVERIFY(fs::exists(run.out / "weights.h5"));

    QCOMPARE(logged(run.out, "/step").back(), json(15));
    QCOMPARE(logged(run.out, "/validation/epoch"), (std::vector<json>{1, 2, 3}));
    double steps = 0;
    double mean = 0; // from lines that stand for different numbers of steps
    for (const json &line : readLog(run.out)) {
        if (!line.contains("loss"))
            continue;
        const double now = line.at("step");
        mean += line.at("loss").get<double>() * (now - steps) / 15;
        steps = now;
        QVERIFY(std::abs(line.at("terms").at("squares").get<double>() + line.at("terms").at("size").get<double>()
                         - line.at("loss").get<double>())
                < 1e-6);
        QVERIFY(line.at("memory_mib").get<double>() > 1);
        QVERIFY(line.at("frames_per_second").get<double>() > 0);
        QVERIFY(line.at("eta_s").get<double>() >= 0);
        QCOMPARE(line.at("batch"), json(16));
        QCOMPARE(line.at("epoch").get<int>(), (line.at("step").get<int>() - 1) / 5 + 1);
    }
    double expected = 0;
    for (const auto &[step, loss] : task.losses)
        expected += loss / 15;
    QVERIFY(std::abs(mean - expected) < 1e-9);
}

void TestTrainingLoop::progressTellsWhatPeopleWantToKnow()
{
    LinearTask task;
    std::vector<JobProgress> reports;
    const JobContext job{{}, [&](const JobProgress &progress) { reports.push_back(progress); }};
    QVERIFY(runTrainingLoop(task, options("run"), job).ok());
    QVERIFY(reports.size() >= 6);
    QCOMPARE(reports.front().stage, std::string("train"));
    QCOMPARE(reports.front().done, 1);
    QCOMPARE(reports.front().total, 15);
    for (const char *part :
         {"epoch 1/3", "step 1/15", "loss ", "(squares ", ", size ", "learning rate 0.1", " frames/s", " left", " MiB"})
        QVERIFY2(reports.front().note.find(part) != std::string::npos, part);
    QVERIFY(reports.back().note.starts_with("epoch 3/3 done: score "));
}

void TestTrainingLoop::cancelledRunEqualsAnUninterruptedOne()
{
    const auto expected = uninterruptedLosses();
    QCOMPARE(expected.size(), std::size_t(15));
    TrainingLoopOptions run = options("cut");
    LinearTask task;
    std::stop_source stop;
    std::chrono::steady_clock::time_point asked;
    task.beforeStep = [&](std::int64_t step, int) {
        if (step == 6) {
            stop.request_stop();
            asked = std::chrono::steady_clock::now();
        }
    };
    const auto cut = runTrainingLoop(task, run, {stop.get_token(), {}});
    QVERIFY(!cut.ok() && cut.error().isCancelled());
    QVERIFY(std::chrono::steady_clock::now() - asked < std::chrono::seconds(2));
    QCOMPARE(task.losses.size(), std::size_t(7)); // up to and with step 6
    QCOMPARE(readJson(run.out / "status.json").at("state"), json("cancelled"));

    run.resume = true;
    LinearTask rest;
    const auto report = runTrainingLoop(rest, run, {});
    QVERIFY2(report.ok(), report.ok() ? "" : report.error().sentence().c_str());
    QCOMPARE(rest.losses.begin()->first, 7);
    requireSameLosses(task.losses, expected);
    requireSameLosses(rest.losses, expected);
    const auto a = readWeights(run.out / "checkpoint.h5");
    const auto b = readWeights(options("uninterrupted").out / "checkpoint.h5");
    QVERIFY(a.ok() && b.ok());
    QVERIFY(a->arrays == b->arrays);
    QCOMPARE(logged(run.out, "/validation"), logged(options("uninterrupted").out, "/validation"));
    QCOMPARE(readJson(run.out / "status.json").at("state"), json("finished"));
}

void TestTrainingLoop::cancelledValidationIsDoneWhenTheRunGoesOn()
{
    TrainingLoopOptions run = options("cut");
    LinearTask task;
    std::stop_source stop;
    task.beforeValidation = [&] {
        if (task.validations == 1)
            stop.request_stop();
    };
    const auto cut = runTrainingLoop(task, run, {stop.get_token(), {}});
    QVERIFY(!cut.ok() && cut.error().isCancelled());
    QCOMPARE(logged(run.out, "/validation/epoch"), (std::vector<json>{1}));
    run.resume = true;
    LinearTask rest;
    QVERIFY(runTrainingLoop(rest, run, {}).ok());
    QCOMPARE(rest.losses.begin()->first, 10);
    QCOMPARE(logged(run.out, "/validation/epoch"), (std::vector<json>{1, 2, 3}));
}

void TestTrainingLoop::killedRunGoesOnFromItsLastCheckpoint()
{
    const auto expected = uninterruptedLosses();
    TrainingLoopOptions run = options("running");
    run.checkpointSeconds = 0; // after every step
    TrainingLoopOptions killed = options("killed");
    LinearTask task;
    // What a killed process leaves: steps in the log that are newer than the checkpoint, half a line.
    task.beforeStep = [&](std::int64_t step, int) {
        if (step == 8)
            fs::copy(run.out, killed.out);
    };
    QVERIFY(runTrainingLoop(task, run, {}).ok());
    std::ofstream(killed.out / "log.jsonl", std::ios::app) << R"({"step": 9, "loss": 7.0})" << '\n'
                                                           << R"({"validation": {"epoch": 2, "step": 10}})" << '\n'
                                                           << R"({"step": 11, "lo)";
    QCOMPARE(readJson(killed.out / "status.json").at("state"), json("running"));

    killed.resume = true;
    LinearTask rest;
    QVERIFY(runTrainingLoop(rest, killed, {}).ok());
    QCOMPARE(rest.losses.begin()->first, 8);
    QCOMPARE(rest.losses.size(), std::size_t(7));
    requireSameLosses(rest.losses, expected);
    const std::vector<json> steps = logged(killed.out, "/step"); // every line parses
    QVERIFY(std::ranges::is_sorted(steps));
    QVERIFY(std::ranges::adjacent_find(steps) == steps.end());
    QCOMPARE(logged(killed.out, "/validation"), logged(run.out, "/validation"));
}

void TestTrainingLoop::otherOptionsCannotGoOn()
{
    TrainingLoopOptions run = options("run");
    LinearTask task;
    QVERIFY(runTrainingLoop(task, run, {}).ok());
    run.resume = true;
    run.stepsPerEpoch = 6;
    LinearTask other;
    const auto result = runTrainingLoop(other, run, {});
    QVERIFY(!result.ok());
    QCOMPARE(result.error().code(), ErrorCode::BadArgument);
    QVERIFY(result.error().sentence().find("steps_per_epoch") != std::string::npos);
}

void TestTrainingLoop::nanNamesItsBatchAndKeepsTheCheckpoint()
{
    TrainingLoopOptions run = options("run");
    LinearTask task;
    task.nanAt = 7;
    const auto result = runTrainingLoop(task, run, {});
    QVERIFY(!result.ok());
    QCOMPARE(result.error().code(), ErrorCode::TrainingDiverged);
    QVERIFY(result.error().sentence().find("step 7") != std::string::npos);
    QVERIFY(result.error().sentence().find("numbers 7 of 16") != std::string::npos);
    const json status = readJson(run.out / "status.json");
    QCOMPARE(status.at("state"), json("failed"));
    QCOMPARE(status.at("error").at("code"), json("TrainingDiverged"));

    run.resume = true; // from the end of the first epoch, before the batch that failed
    LinearTask rest;
    QVERIFY(runTrainingLoop(rest, run, {}).ok());
    QCOMPARE(rest.losses.begin()->first, 5);
    requireSameLosses(rest.losses, uninterruptedLosses());
}

void TestTrainingLoop::parametersThatAreNotFiniteAreADivergence()
{
    class BrokenTask : public LinearTask
    {
    public:
        WeightsFile state() override
        {
            WeightsFile file = LinearTask::state();
            if (losses.size() > 2)
                file.arrays.at("bias").values[0] = std::numeric_limits<float>::quiet_NaN();
            return file;
        }
    } task;
    const TrainingLoopOptions run = options("run");
    const auto result = runTrainingLoop(task, run, {});
    QVERIFY(!result.ok());
    QCOMPARE(result.error().code(), ErrorCode::TrainingDiverged);
    QVERIFY(result.error().sentence().find("numbers 4 of 16") != std::string::npos);
    QVERIFY(readWeights(run.out / "checkpoint.h5").ok()); // the one from before the first step
}

void TestTrainingLoop::outOfMemoryHalvesTheBatch_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"cpu", "cuda", "standard", "returned"})
        QTest::newRow(kind) << kind;
}

void TestTrainingLoop::outOfMemoryHalvesTheBatch()
{
    QFETCH(QString, kind);
    class GreedyTask : public LinearTask
    {
    public:
        Result<StepOutcome> step(std::int64_t step, int batch) override
        {
            if (step >= 3 && batch > 4 && kind == QLatin1String("returned"))
                return Error(ErrorCode::OutOfMemory, {{"batch", std::to_string(batch)}});
            return LinearTask::step(step, batch);
        }
        QString kind;
    } task;
    task.kind = kind;
    task.beforeStep = [&](std::int64_t step, int batch) {
        if (step < 3 || batch <= 4)
            return;
        if (kind == QLatin1String("cpu"))
            TORCH_CHECK(false, "DefaultCPUAllocator: can't allocate memory: you tried to allocate 99 bytes.");
        if (kind == QLatin1String("cuda"))
            C10_THROW_ERROR(OutOfMemoryError, "CUDA out of memory.");
        if (kind == QLatin1String("standard"))
            throw std::bad_alloc();
    };
    std::vector<std::string> notes;
    const TrainingLoopOptions run = options("run");
    const auto report =
        runTrainingLoop(task, run, {{}, [&](const JobProgress &progress) { notes.push_back(progress.note); }});
    QVERIFY2(report.ok(), report.ok() ? "" : report.error().sentence().c_str());
    QCOMPARE(report->batch, 4);
    QCOMPARE(report->steps, 15);
    QCOMPARE(task.losses.size(), std::size_t(15)); // no step is left out
    QCOMPARE(task.batches.at(2), 16);
    QCOMPARE(task.batches.at(3), 4);
    QCOMPARE(logged(run.out, "/message"), (std::vector<json>{"memory ran out: the batch is 8 from here on",
                                                             "memory ran out: the batch is 4 from here on"}));
    QCOMPARE(logged(run.out, "/batch").back(), json(4));
    QVERIFY(std::ranges::find(notes, "memory ran out: the batch is 4 from here on") != notes.end());
}

void TestTrainingLoop::halvedBatchStaysWhenTheRunGoesOn()
{
    TrainingLoopOptions run = options("run");
    LinearTask task;
    std::stop_source stop;
    task.beforeStep = [&](std::int64_t step, int batch) {
        if (step == 2 && batch > 8)
            throw std::bad_alloc();
        if (step == 3)
            stop.request_stop();
    };
    QVERIFY(!runTrainingLoop(task, run, {stop.get_token(), {}}).ok());
    run.resume = true;
    LinearTask rest;
    QVERIFY(runTrainingLoop(rest, run, {}).ok());
    QCOMPARE(rest.batches.begin()->first, 4);
    QCOMPARE(rest.batches.begin()->second, 8);
    QCOMPARE(logged(run.out, "/message").size(), std::size_t(1));
}

void TestTrainingLoop::smallestBatchThatDoesNotFitEndsTheRun()
{
    TrainingLoopOptions run = options("run");
    run.smallestBatch = 3;
    LinearTask task;
    std::vector<int> tried;
    task.beforeStep = [&](std::int64_t step, int batch) {
        if (step < 5)
            return;
        tried.push_back(batch);
        throw std::bad_alloc();
    };
    const auto result = runTrainingLoop(task, run, {});
    QVERIFY(!result.ok());
    QCOMPARE(result.error().code(), ErrorCode::OutOfMemory);
    QVERIFY(result.error().sentence().find("batch of 3") != std::string::npos);
    QCOMPARE(tried, (std::vector<int>{16, 8, 4, 3}));
    QVERIFY(readWeights(run.out / "checkpoint.h5").ok());
}

void TestTrainingLoop::otherExceptionsAreInternal()
{
    LinearTask task;
    task.beforeStep = [](std::int64_t, int) { torch::ones({2, 3}).mm(torch::ones({2, 3})); };
    const auto result = runTrainingLoop(task, options("run"), {});
    QVERIFY(!result.ok());
    QCOMPARE(result.error().code(), ErrorCode::Internal);
    QVERIFY(result.error().sentence().find("shapes cannot be multiplied") != std::string::npos);
}

void TestTrainingLoop::bestWeightsAreKeptAndPatienceEnds()
{
    TrainingLoopOptions run = options("run");
    run.epochs = 10;
    run.patience = 2;
    LinearTask task;
    task.scores = {5, 3, 4, 2, 2, 7};
    const auto report = runTrainingLoop(task, run, {});
    QVERIFY2(report.ok(), report.ok() ? "" : report.error().sentence().c_str());
    QVERIFY(report->stoppedEarly);
    QCOMPARE(report->steps, 30);
    QCOMPARE(report->bestEpoch, 4);
    QCOMPARE(report->bestScore, 2.0);
    QCOMPARE(report->figures, (json{{"size", 2.0}}));
    const auto weights = readWeights(run.out / "weights.h5");
    QVERIFY(weights.ok());
    QCOMPARE(weights->attributes.at("epoch"), json(4));
    QCOMPARE(weights->attributes.at("step"), json(20));
    QCOMPARE(logged(run.out, "/validation/best"), (std::vector<json>{true, true, false, true, false, false}));

    run.resume = true; // it is over: nothing more is done
    LinearTask again;
    const auto same = runTrainingLoop(again, run, {});
    QVERIFY(same.ok());
    QVERIFY(again.losses.empty());
    QCOMPARE(same->bestEpoch, 4);
    QVERIFY(same->stoppedEarly);
}

void TestTrainingLoop::validationEveryFewEpochsAndAtTheEnd()
{
    TrainingLoopOptions run = options("run");
    run.epochs = 5;
    run.validateEvery = 2;
    LinearTask task;
    QVERIFY(runTrainingLoop(task, run, {}).ok());
    QCOMPARE(logged(run.out, "/validation/epoch"), (std::vector<json>{2, 4, 5}));
}

void TestTrainingLoop::folderThatCannotBeMadeIsNamed()
{
    TrainingLoopOptions run = options("file");
    std::ofstream(run.out) << "no folder";
    run.out /= "run";
    LinearTask task;
    const auto result = runTrainingLoop(task, run, {});
    QVERIFY(!result.ok());
    QCOMPARE(result.error().code(), ErrorCode::CannotWrite);
    QVERIFY(result.error().sentence().find(run.out.string()) != std::string::npos);
}

QTEST_APPLESS_MAIN(TestTrainingLoop)
#include "tst_trainingloop.moc"
