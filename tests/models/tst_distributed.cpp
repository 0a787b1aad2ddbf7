#include "core/io/weightsfile.h"
#include "models/semisupervisedtrainer.h"
#include "models/train/baselinetrainer.h"
#include "models/train/distributed/joinranks_torch.h"
#include "models/train/temporaltraining_torch.h"
#include "models/trainer.h"
#include "tests/support/mocapwriter.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <nlohmann/json.hpp>

#include <array>
#include <cmath>
#include <csignal>
#include <fstream>
#include <iostream>
#include <memory>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace poselift;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

constexpr const char *kJob = "POSELIFT_TEST_RANK_JOB"; ///< set: this process is one of several

struct Problem
{
    TemporalModel model{nullptr};
    torch::Tensor inputs;
    torch::Tensor targets;
};

/// The same in every process.
Problem makeProblem()
{
    torch::manual_seed(3);
    Problem problem;
    problem.model = TemporalModel(
        TemporalModelOptions().num_joints_in(14).in_features(3).filter_widths({3, 3}).channels(8).dropout(0.0));
    problem.model->to(torch::kFloat64);
    problem.inputs = torch::randn({12, 9, 14, 3}, torch::kFloat64) + 0.3;
    problem.inputs.slice(0, 6) *= 2; // the halves differ in their statistics
    problem.targets = torch::randn({12, 1, 17, 3}, torch::kFloat64);
    return problem;
}

/// Gradients, then running means and variances, by name.
std::map<std::string, torch::Tensor> resultsOf(const TemporalModel &model)
{
    std::map<std::string, torch::Tensor> results;
    for (const auto &item : model->named_parameters())
        results["gradient of " + item.key()] = item.value().grad();
    for (const auto &item : model->named_buffers())
        results[item.key()] = item.value().to(torch::kFloat64);
    return results;
}

void computeGradients(Problem &problem, const TemporalStepOptions &how)
{
    problem.model->train();
    mpjpeLoss(forwardWindows(*problem.model, problem.inputs, how), problem.targets).backward();
    if (how.ranks)
        averageGradients(*how.ranks, problem.model->parameters());
}

int gradientsJob(Ranks &ranks, const json &job)
{
    Problem problem = makeProblem();
    const int64_t share = problem.inputs.size(0) / ranks.size();
    problem.inputs = problem.inputs.slice(0, ranks.rank() * share, (ranks.rank() + 1) * share);
    problem.targets = problem.targets.slice(0, ranks.rank() * share, (ranks.rank() + 1) * share);
    TemporalStepOptions how;
    how.ranks = &ranks;
    how.syncBatchNorm = job.at("sync");
    computeGradients(problem, how);
    std::vector<torch::Tensor> values;
    for (const auto &[name, value] : resultsOf(problem.model))
        values.push_back(value);
    torch::save(values, job.at("out").get<std::string>() + std::to_string(ranks.rank()));
    return 0;
}

TemporalTrainOptions trainOptions(const json &job)
{
    TemporalTrainOptions options;
    options.data = job.at("data").get<std::string>();
    options.out = job.at("out").get<std::string>();
    options.filterWidths = {3, 3};
    options.channels = 8;
    options.dropout = 0;
    options.epochs = job.at("epochs");
    options.stepsPerEpoch = 3;
    options.batch = job.value("batch", 16);
    options.threads = 1;
    options.device = "cpu";
    options.checkpointSeconds = 3600;
    options.rankTimeout = job.value("timeout", 60.0);
    options.validateEvery = 1000000;
    return options;
}

SemiSupervisedTrainOptions semiOptions(const json &job)
{
    SemiSupervisedTrainOptions options;
    options.base = trainOptions(job);
    options.base.labelledShare = 0.5;
    options.warmupEpochs = job.at("warmup");
    return options;
}

int trainJob(const json &job)
{
    std::stop_source stop;
    JobContext context{stop.get_token(), {}};
    if (job.value("stop", false))
        context.progress = [&](const JobProgress &) { stop.request_stop(); };
    const auto report = job.contains("warmup") ? trainSemiSupervised(semiOptions(job), context)
                                               : trainTemporalModel(trainOptions(job), context);
    std::cout << (report ? "Ok" : errorName(report.error().code())) << '\n'
              << (report ? "" : report.error().sentence()) << std::endl;
    return report ? 0 : 1;
}

int runRank()
{
    const json job = json::parse(std::getenv(kJob));
    if (job.at("kind") == "train")
        return trainJob(job);
    const auto ranks = joinRanks(60);
    return ranks && *ranks ? gradientsJob(**ranks, job) : 1;
}

/// A TCP port that nobody uses at the moment.
int freePort()
{
    const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(descriptor, reinterpret_cast<sockaddr *>(&address), size);
    ::getsockname(descriptor, reinterpret_cast<sockaddr *>(&address), &size);
    ::close(descriptor);
    return ntohs(address.sin_port);
}

/// This program twice, as the two processes of one job.
class TwoRanks
{
public:
    explicit TwoRanks(const json &job)
    {
        const QString port = QString::number(freePort());
        for (int rank = 0; rank < 2; ++rank) {
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert(QString::fromLatin1(kJob), QString::fromStdString(job.dump()));
            environment.insert(QStringLiteral("RANK"), QString::number(rank));
            environment.insert(QStringLiteral("WORLD_SIZE"), QStringLiteral("2"));
            environment.insert(QStringLiteral("MASTER_ADDR"), QStringLiteral("127.0.0.1"));
            environment.insert(QStringLiteral("MASTER_PORT"), port);
            environment.insert(QStringLiteral("GLOO_SOCKET_IFNAME"), QStringLiteral("lo"));
            m_processes[rank].setProcessEnvironment(environment);
            m_processes[rank].start(QCoreApplication::applicationFilePath(), {});
        }
    }
    ~TwoRanks()
    {
        for (QProcess &process : m_processes) {
            process.kill();
            process.waitForFinished();
        }
    }
    QProcess &operator[](int rank) { return m_processes[rank]; }
    bool finish() { return m_processes[0].waitForFinished(120000) && m_processes[1].waitForFinished(120000); }
    std::string output(int rank)
    {
        m_output[rank] += m_processes[rank].readAllStandardOutput().toStdString();
        return m_output[rank];
    }

private:
    std::array<QProcess, 2> m_processes;
    std::array<std::string, 2> m_output;
};

/// Lines of the log that are of a step.
std::vector<json> loggedSteps(const fs::path &folder)
{
    std::ifstream file(folder / "log.jsonl");
    std::vector<json> steps;
    for (std::string text; std::getline(file, text);) {
        json line = json::parse(text, nullptr, /*allow_exceptions=*/false);
        if (line.contains("loss"))
            steps.push_back(std::move(line));
    }
    return steps;
}

std::vector<double> loggedLosses(const fs::path &folder)
{
    std::vector<double> losses;
    for (const json &step : loggedSteps(folder))
        losses.push_back(step.at("loss"));
    return losses;
}

int lastLoggedStep(const fs::path &folder)
{
    const std::vector<json> steps = loggedSteps(folder);
    return steps.empty() ? 0 : steps.back().at("step").get<int>();
}

} // namespace

class TestDistributed : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void gradientsEqualThoseOfTheJoinedBatch();
    void statisticsOfEachProcessAloneGiveOtherGradients();
    void twoProcessesTrainAsOneOnTheSameBatches();
    void semiSupervisedToo_data();
    void semiSupervisedToo();
    void trainingsOfOneProcessRefuseMore();
    void stoppingOneStopsBothWithACheckpoint();
    void lostProcessEndsTheOther_data();
    void lostProcessEndsTheOther();
    void batchMustBeDivisible();
    void wrongVariablesAreNamed_data();
    void wrongVariablesAreNamed();

private:
    double largestRelativeError(bool syncBatchNorm);

    QTemporaryDir m_folder;
    fs::path m_root;
};

void TestDistributed::initTestCase()
{
    m_root = m_folder.path().toStdString();
    writeTestMocap(m_root / "mocap.h5", 2, 200);
}

/// Of both processes against the joined batch in one; −1 when they fail.
double TestDistributed::largestRelativeError(bool syncBatchNorm)
{
    const fs::path out = m_root / "gradients";
    TwoRanks ranks({{"kind", "gradients"}, {"out", out.string()}, {"sync", syncBatchNorm}});
    if (!ranks.finish() || ranks[0].exitCode() != 0 || ranks[1].exitCode() != 0)
        return -1;
    Problem joined = makeProblem();
    computeGradients(joined, {});
    double largest = 0;
    for (const char *rank : {"0", "1"}) {
        std::vector<torch::Tensor> values;
        torch::load(values, out.string() + rank);
        std::size_t i = 0;
        for (const auto &[name, expected] : resultsOf(joined.model)) {
            // With one statistic for both halves, its running mean is that of process 0 or 1.
            const bool ofProcess = !syncBatchNorm && name.find("running") != std::string::npos;
            const torch::Tensor difference = (values.at(i++) - expected).abs().max();
            if (!ofProcess)
                largest = std::max(largest, (difference / expected.abs().max()).item<double>());
        }
    }
    return largest;
}

void TestDistributed::gradientsEqualThoseOfTheJoinedBatch()
{
    const double error = largestRelativeError(/*syncBatchNorm=*/true);
    QVERIFY2(error >= 0 && error < 1e-6, qPrintable(QString::number(error)));
}

void TestDistributed::statisticsOfEachProcessAloneGiveOtherGradients()
{
    QVERIFY(largestRelativeError(/*syncBatchNorm=*/false) > 1e-3);
}

void TestDistributed::twoProcessesTrainAsOneOnTheSameBatches()
{
    json job{
        {"kind", "train"}, {"data", (m_root / "mocap.h5").string()}, {"out", (m_root / "two").string()}, {"epochs", 3}};
    TwoRanks ranks(job);
    QVERIFY(ranks.finish());
    QVERIFY2(ranks[0].exitCode() == 0, ranks.output(0).c_str());
    QVERIFY2(ranks[1].exitCode() == 0, ranks.output(1).c_str());
    job["out"] = (m_root / "one").string();
    QVERIFY(trainTemporalModel(trainOptions(job), {}).ok());
    const std::vector<double> two = loggedLosses(m_root / "two");
    const std::vector<double> one = loggedLosses(m_root / "one");
    QCOMPARE(two.size(), one.size());
    QVERIFY(two.size() >= 3);
    for (std::size_t i = 0; i < two.size(); ++i)
        QVERIFY2(std::abs(two[i] - one[i]) < 1e-4 * one[i], qPrintable(QString::number(two[i] - one[i])));
    QVERIFY(fs::exists(m_root / "two" / "weights.h5"));
}

void TestDistributed::semiSupervisedToo_data()
{
    QTest::addColumn<int>("warmup"); // epochs without the terms whose means are those of each part
    QTest::addColumn<double>("tolerance");
    QTest::newRow("warm-up: the joined batch") << 3 << 1e-4;
    QTest::newRow("all terms: nearly so") << 0 << 0.1;
}

void TestDistributed::semiSupervisedToo()
{
    QFETCH(int, warmup);
    QFETCH(double, tolerance);
    const std::string name = "semi" + std::to_string(warmup);
    json job{{"kind", "train"},
             {"data", (m_root / "mocap.h5").string()},
             {"epochs", 3},
             {"warmup", warmup},
             {"out", (m_root / (name + "two")).string()}};
    TwoRanks ranks(job);
    QVERIFY(ranks.finish());
    for (int rank = 0; rank < 2; ++rank)
        QVERIFY2(ranks[rank].exitCode() == 0, ranks.output(rank).c_str());
    job["out"] = (m_root / (name + "one")).string();
    QVERIFY(trainSemiSupervised(semiOptions(job), {}).ok());
    const std::vector<double> two = loggedLosses(m_root / (name + "two"));
    const std::vector<double> one = loggedLosses(m_root / (name + "one"));
    QCOMPARE(two.size(), one.size());
    QVERIFY(two.size() >= 3);
    for (std::size_t i = 0; i < two.size(); ++i)
        QVERIFY2(std::abs(two[i] - one[i]) < tolerance * one[i], qPrintable(QString::number(two[i] / one[i] - 1)));
}

void TestDistributed::trainingsOfOneProcessRefuseMore()
{
    qputenv("WORLD_SIZE", "2");
    qputenv("RANK", "1");
    qputenv("MASTER_ADDR", "127.0.0.1");
    qputenv("MASTER_PORT", "29500");
    BaselineOptions options;
    options.data = m_root / "mocap.h5";
    options.out = m_root / "baseline";
    const auto report = trainBaseline(options, {});
    for (const char *name : {"WORLD_SIZE", "RANK", "MASTER_ADDR", "MASTER_PORT"})
        qunsetenv(name);
    QVERIFY(!report.ok());
    QVERIFY(report.error().sentence().find("WORLD_SIZE") != std::string::npos);
    QVERIFY(!fs::exists(options.out));
}

void TestDistributed::stoppingOneStopsBothWithACheckpoint()
{
    const fs::path out = m_root / "stopped";
    TwoRanks ranks({{"kind", "train"},
                    {"data", (m_root / "mocap.h5").string()},
                    {"out", out.string()},
                    {"epochs", 3000},
                    {"stop", true}}); // process 0 alone has progress
    QVERIFY(ranks.finish());
    for (int rank = 0; rank < 2; ++rank)
        QVERIFY2(ranks.output(rank).starts_with("Cancelled"), ranks.output(rank).c_str());
    const auto checkpoint = readWeights(out / "checkpoint.h5");
    QVERIFY(checkpoint.ok());
    QVERIFY(checkpoint->attributes.at("step").get<int>() > 0);
}

void TestDistributed::lostProcessEndsTheOther_data()
{
    QTest::addColumn<int>("lost");
    QTest::addColumn<int>("signal");
    QTest::newRow("killed") << 1 << SIGKILL;
    QTest::newRow("hangs") << 1 << SIGSTOP;
    QTest::newRow("first killed") << 0 << SIGKILL;
}

void TestDistributed::lostProcessEndsTheOther()
{
    QFETCH(int, lost);
    QFETCH(int, signal);
    const fs::path out = m_root / (std::string("lost ") + QTest::currentDataTag());
    json job{{"kind", "train"},
             {"data", (m_root / "mocap.h5").string()},
             {"out", out.string()},
             {"epochs", 3000},
             {"timeout", 8}};
    TwoRanks ranks(job);
    QTRY_VERIFY_WITH_TIMEOUT(lastLoggedStep(out) > 12, 60000); // in the fifth epoch
    ::kill(static_cast<pid_t>(ranks[lost].processId()), signal);
    QVERIFY(ranks[1 - lost].waitForFinished(60000));
    QVERIFY2(ranks.output(1 - lost).starts_with("RankLost"), ranks.output(1 - lost).c_str());
    QVERIFY(ranks.output(1 - lost).find("process " + std::to_string(1 - lost) + " of 2 lost contact")
            != std::string::npos);
    ::kill(static_cast<pid_t>(ranks[lost].processId()), SIGKILL);

    const auto checkpoint = readWeights(out / "checkpoint.h5");
    QVERIFY(checkpoint.ok());
    const int step = checkpoint->attributes.at("step");
    QVERIFY(step >= 9); // after at least three epochs
    if (lost == 1) {
        const json status = json::parse(std::ifstream(out / "status.json"));
        QCOMPARE(status.at("state"), json("failed"));
        QCOMPARE(status.at("error").at("code"), json("RankLost"));
    }
    job["epochs"] = step / 3 + 2; // on with what is left
    TemporalTrainOptions rest = trainOptions(job);
    rest.resume = true;
    const auto report = trainTemporalModel(rest, {});
    QVERIFY2(report.ok(), report.ok() ? "" : report.error().sentence().c_str());
}

void TestDistributed::batchMustBeDivisible()
{
    TwoRanks ranks({{"kind", "train"},
                    {"data", (m_root / "mocap.h5").string()},
                    {"out", (m_root / "odd").string()},
                    {"epochs", 1},
                    {"batch", 15}});
    QVERIFY(ranks.finish());
    QVERIFY2(ranks.output(0).starts_with("BadArgument"), ranks.output(0).c_str());
    QVERIFY(ranks.output(0).find("--batch") != std::string::npos);
}

void TestDistributed::wrongVariablesAreNamed_data()
{
    QTest::addColumn<QByteArray>("variable");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("size") << QByteArray("WORLD_SIZE") << QByteArray("many");
    QTest::newRow("rank too high") << QByteArray("RANK") << QByteArray("2");
    QTest::newRow("no rank") << QByteArray("RANK") << QByteArray();
    QTest::newRow("port") << QByteArray("MASTER_PORT") << QByteArray("99999");
    QTest::newRow("no address") << QByteArray("MASTER_ADDR") << QByteArray();
}

void TestDistributed::wrongVariablesAreNamed()
{
    QFETCH(QByteArray, variable);
    QFETCH(QByteArray, value);
    qputenv("WORLD_SIZE", "2");
    qputenv("RANK", "0");
    qputenv("MASTER_ADDR", "127.0.0.1");
    qputenv("MASTER_PORT", "29500");
    if (value.isEmpty())
        qunsetenv(variable.constData());
    else
        qputenv(variable.constData(), value);
    const auto ranks = joinRanks(1);
    for (const char *name : {"WORLD_SIZE", "RANK", "MASTER_ADDR", "MASTER_PORT"})
        qunsetenv(name);
    QVERIFY(!ranks.ok());
    QCOMPARE(ranks.error().code(), ErrorCode::BadArgument);
    QVERIFY(ranks.error().sentence().find(variable.toStdString()) != std::string::npos);
    const auto alone = joinRanks(1);
    QVERIFY(alone.ok() && !*alone);
}

int main(int argc, char **argv)
{
    if (std::getenv(kJob))
        return runRank();
    const QCoreApplication application(argc, argv);
    TestDistributed test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_distributed.moc"
