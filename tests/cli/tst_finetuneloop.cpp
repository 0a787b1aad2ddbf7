#include "workerprocess.h"

#include "core/io/mocapfile.h"
#include "core/io/projectfile.h"
#include "core/io/weightsfile.h"
#include "models/finetune/adaptationscene.h"
#include "models/lift/liftermodel.h"
#include "models/lift/moduleweights_torch.h"
#include "models/lift/temporalmodel_torch.h"
#include "models/train/temporalprediction_torch.h"
#include "models/train/trainedmodel.h"
#include "tests/support/environment.h"
#include "tests/support/finetuneproject.h"

#include <QtTest/QtTest>

#include <random>

using namespace poselift;
using nlohmann::json;
namespace fs = std::filesystem;

/// Fine-tuning in a worker of its own, as the application starts it: what it is worth, and that nothing
/// that ends it does harm.
class TestFinetuneLoop : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void givesWay();
    void cancelIsQuickAndResumes();
    void killsNeverHarm();
    void newPersonGetsBetter();
};

namespace {

constexpr int kKills = 50;
constexpr double kCancelSeconds = 2.0;
constexpr const char *kTinyModel = "tiny";

/// A lifter that trains in no time, among the user's models.
void installTinyModel(const fs::path &models)
{
    torch::manual_seed(1);
    const Skeleton output = *findSkeleton("h36m17");
    const auto options = TemporalModelOptions()
                             .num_joints_in(14)
                             .in_features(3)
                             .num_joints_out(output.jointCount())
                             .filter_widths({3, 3})
                             .channels(16);
    const TemporalModel model(options);
    WeightsFile weights;
    weights.arrays = weightsOf(*model);
    weights.attributes = temporalAttributes(options, output, 30);
    fs::create_directories(models / kTinyModel);
    if (!writeWeights(weights, models / kTinyModel / "weights.h5")
        || !writeTrainedManifest({{"kind", "lifter"}, {"title", "test"}, {"licence", "none"}}, models / kTinyModel))
        qFatal("the model cannot be written");
}

/// A project, a place for its run and the worker's environment.
struct Workplace
{
    QTemporaryDir dir;
    fs::path root{dir.path().toStdString()};
    json arguments{{"project", (root / "walk.poselift").string()},
                   {"run", (root / "run").string()},
                   {"model", kTinyModel},
                   {"objective", "reprojection"},
                   {"batch", 8},
                   {"steps", 200000},
                   {"preset", "thorough"},
                   {"device", "cpu"},
                   {"threads", 1}};

    Workplace()
    {
        installTinyModel(root / "models");
        if (!writeProject(finetuneProject(150, 40), arguments.at("project").get<std::string>()))
            qFatal("the project cannot be written");
    }
    QProcessEnvironment environment() const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("POSELIFT_MODELS"), QString::fromStdString((root / "models").string()));
        return environment;
    }
    QByteArray project() const
    {
        QFile file(QString::fromStdString(arguments.at("project").get<std::string>()));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    fs::path run() const { return arguments.at("run").get<std::string>(); }
};

struct Worker : WorkerProcess
{
    explicit Worker(const QProcessEnvironment &environment)
        : WorkerProcess("POSELIFT_CLI", {QStringLiteral("serve")}, environment)
    {
    }
    /// Reads until the job trains, or ends.
    bool waitForTraining(int timeoutMs = 60000)
    {
        QElapsedTimer clock;
        clock.start();
        while (clock.elapsed() < timeoutMs) {
            for (const Received &one : ofJob(1)) {
                const auto *progress = std::get_if<ProgressMessage>(&one.message);
                if (progress != nullptr && progress->progress.stage == "train")
                    return true;
            }
            if (endCount(1) > 0)
                return false;
            readFor(20);
        }
        return false;
    }
    /// Seconds until it has stopped; infinite when it ends otherwise.
    double cancel()
    {
        QElapsedTimer clock;
        clock.start();
        send(CancelMessage{1});
        const bool isCancelled = std::holds_alternative<CancelledMessage>(waitForEnd(1));
        return isCancelled ? static_cast<double>(clock.elapsed()) / 1000 : std::numeric_limits<double>::infinity();
    }
};

int niceOf(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return -99;
    const QByteArray text = file.readAll();
    return text.mid(text.lastIndexOf(')') + 2).split(' ').at(16).toInt(); // proc(5), field 19
}

} // namespace

void TestFinetuneLoop::givesWay()
{
    const Workplace place;
    Worker worker(place.environment());
    worker.send(StartMessage{1, "finetune", place.arguments});
    QVERIFY(worker.waitForTraining());
    QCOMPARE(niceOf(worker.process().processId()), 19);
}

void TestFinetuneLoop::cancelIsQuickAndResumes()
{
    Workplace place;
    const QByteArray project = place.project();
    {
        Worker worker(place.environment());
        worker.send(StartMessage{1, "finetune", place.arguments});
        QVERIFY(worker.waitForTraining());
        const double seconds = worker.cancel();
        QVERIFY2(seconds < kCancelSeconds, qPrintable(QString::number(seconds)));
    }
    QVERIFY(readWeights(place.run() / "checkpoint.h5").ok());
    place.arguments["resume"] = true;
    Worker worker(place.environment());
    worker.send(StartMessage{1, "finetune", place.arguments});
    QVERIFY(worker.waitForTraining());
    QCOMPARE(worker.endCount(1), 0);
    QCOMPARE(place.project(), project);
}

/// Fifty times killed at a random moment: while it reads, trains or writes. Whatever was written is
/// whole, the next one goes on from it, and the project stays byte for byte.
void TestFinetuneLoop::killsNeverHarm()
{
    Workplace place;
    const QByteArray project = place.project();
    std::mt19937 random(7);
    int withCheckpoint = 0;
    for (int kill = 0; kill < kKills; ++kill) {
        {
            Worker worker(place.environment());
            place.arguments["resume"] = kill > 0;
            worker.send(StartMessage{1, "finetune", place.arguments});
            // Half of them as soon as it may have begun, half in training.
            if (kill % 2 == 1)
                QVERIFY2(worker.waitForTraining(), qPrintable(QString::number(kill)));
            worker.readFor(std::uniform_int_distribution<int>(0, 300)(random));
            QVERIFY2(worker.endCount(1) == 0, "it ended before it was killed");
            worker.process().kill();
            QVERIFY(worker.waitForExit());
        }
        QCOMPARE(place.project(), project);
        if (!fs::exists(place.run() / "checkpoint.h5"))
            continue; // starts anew
        ++withCheckpoint;
        const Result<WeightsFile> checkpoint = readWeights(place.run() / "checkpoint.h5");
        QVERIFY2(checkpoint.ok(), checkpoint.ok() ? "" : checkpoint.error().sentence().c_str());
    }
    QVERIFY2(withCheckpoint > kKills / 2, qPrintable(QString::number(withCheckpoint)));
    place.arguments["resume"] = true;
    Worker worker(place.environment());
    worker.send(StartMessage{1, "finetune", place.arguments});
    QVERIFY(worker.waitForTraining());
}

/// The bundled lifter on a body and a camera that it has not seen, 2D corrections alone, as long as the
/// quick preset takes, cancelled and gone on with in between. Five seeds: poselift-cli bench finetune.
void TestFinetuneLoop::newPersonGetsBetter()
{
    POSELIFT_REQUIRE_DATA(data, "POSELIFT_REAL_DATA");
    constexpr int seed = 1;
    const fs::path mocap = data / "mocap" / "cmu_mocap.h5";
    const Result<MocapData> takes = readMocap(mocap, "val");
    QVERIFY(takes.ok());
    AdaptationSceneOptions scene;
    scene.seed = static_cast<std::uint64_t>(seed);
    const Result<Project> project = makeAdaptationScene(*takes, scene);
    QVERIFY2(project.ok(), project.ok() ? "" : project.error().sentence().c_str());
    const QTemporaryDir dir;
    const fs::path root = dir.path().toStdString();
    QVERIFY(writeProject(*project, root / "new.poselift").ok());

    json arguments{{"project", (root / "new.poselift").string()},
                   {"run", (root / "run").string()},
                   {"model", "vp3d_cmu_rf81"},
                   {"objective", "reprojection"},
                   {"rehearsal", mocap.string()},
                   {"seed", seed}};
    {
        Worker cancelled(QProcessEnvironment::systemEnvironment());
        cancelled.send(StartMessage{1, "finetune", arguments});
        QVERIFY(cancelled.waitForTraining());
        const double seconds = cancelled.cancel();
        qInfo("cancelled in %.2f s", seconds);
        QVERIFY(seconds < kCancelSeconds);
    }
    arguments["resume"] = true;
    Worker worker(QProcessEnvironment::systemEnvironment());
    worker.send(StartMessage{1, "finetune", arguments});
    const ReplyMessage end = worker.waitForEnd(1, 600000);
    QVERIFY(std::holds_alternative<FinishedMessage>(end));
    std::ifstream file(std::get<FinishedMessage>(end).result.at("report").get<std::string>());
    const json report = json::parse(file);
    const json &error = report.at("overall").at("p_mpjpe_mm");
    qInfo("%s", error.dump().c_str());
    qInfo("%s", report.at("rehearsal").dump().c_str());
    QVERIFY(error.at("after").get<double>() < 0.9 * error.at("before").get<double>());
    QVERIFY(report.at("rehearsal").at("after_p_mpjpe_mm").get<double>()
            < 1.03 * report.at("rehearsal").at("before_p_mpjpe_mm").get<double>());
}

QTEST_GUILESS_MAIN(TestFinetuneLoop)
#include "tst_finetuneloop.moc"
