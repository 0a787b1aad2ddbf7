#include "models/finder/findertrainer.h"

#include "models/finder/findercanvas.h"
#include "models/finder/findertargets.h"
#include "models/finder/findertraining_torch.h"
#include "models/lift/torchthreads.h"
#include "models/lift/trainingcheckpoint.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cmath>
#include <fstream>
#include <future>
#include <numbers>

namespace poselift {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

constexpr double kWarmUp = 0.05;
constexpr double kReportSeconds = 10.0;
constexpr int kSide = kFinderCanvasSide;
constexpr int kCells = kSide / kFinderStride;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

class Run
{
public:
    Run(const FinderTrainOptions &options, FinderPack pack)
        : m_options(options), m_pack(std::move(pack)),
          m_training((torch::manual_seed(options.seed), FinderTraining(options.bfloat16)))
    {
    }

    Result<void> prepare();
    Result<FinderTrainReport> train(const JobContext &job);

private:
    FinderBatch drawBatch(std::int64_t step) const;
    double learningRateAt(std::int64_t step) const;
    nlohmann::json fixedOptions() const;
    Result<void> save() const;
    Result<void> loadCheckpoint();
    Result<void> loadStart();
    void report(const JobContext &job);

    FinderTrainOptions m_options;
    FinderPack m_pack;
    FinderTraining m_training;
    std::int64_t m_step = 0;
    std::int64_t m_firstStep = 0; ///< of this part of the run
    double m_loss = 0.0;          ///< running mean
    double m_secondsBefore = 0.0;
    Clock::time_point m_started = Clock::now();
    Clock::time_point m_reported = Clock::now();
};

Result<void> Run::prepare()
{
    if (m_pack.pictures.empty() || m_options.steps < 1 || m_options.batch < 2)
        return Error(
            ErrorCode::BadArgument,
            {{"name", "--data, --steps, --batch"},
             {"expected", "a pack with pictures, at least one step, a batch of at least 2"},
             {"found", "something else"}});
    std::error_code failed;
    fs::create_directories(m_options.out, failed);
    if (failed)
        return Error(ErrorCode::CannotWrite,
                     {{"path", m_options.out.string()}, {"detail", failed.message()}});
    if (m_options.resume)
        return loadCheckpoint();
    return m_options.init.empty() ? Result<void>() : loadStart();
}

Result<void> Run::loadStart()
{
    const Result<WeightsFile> weights = readWeights(m_options.init);
    return weights ? m_training.start(*weights, m_options.init.string()) : weights.error();
}

FinderBatch Run::drawBatch(std::int64_t step) const
{
    const std::int64_t count = m_options.batch;
    torch::Tensor rgb = torch::empty({count, kSide, kSide, 3}, torch::kUInt8);
    FinderBatch batch{{},
                      torch::empty({count, 1, kCells, kCells}),
                      torch::empty({count, 1, kCells, kCells}),
                      torch::empty({count, 4, kCells, kCells}),
                      torch::empty({count, 1, kCells, kCells})};
    for (std::int64_t i = 0; i < count; ++i) {
        Random random(m_options.seed, static_cast<std::uint64_t>(step * count + i));
        const FinderPicture canvas = drawFinderCanvas(m_pack.pictures, random);
        std::copy(canvas.rgb.begin(), canvas.rgb.end(), rgb[i].data_ptr<std::uint8_t>());
        const FinderTargets targets = makeFinderTargets(canvas.people, kSide, kSide);
        std::copy(targets.centre.begin(), targets.centre.end(), batch.centre[i].data_ptr<float>());
        std::copy(targets.look.begin(), targets.look.end(), batch.look[i].data_ptr<float>());
        std::copy(targets.shape.begin(), targets.shape.end(), batch.shape[i].data_ptr<float>());
        std::copy(targets.shapeWeight.begin(), targets.shapeWeight.end(),
                  batch.shapeWeight[i].data_ptr<float>());
    }
    batch.pictures = finderInput(rgb);
    return batch;
}

double Run::learningRateAt(std::int64_t step) const
{
    const double progress = static_cast<double>(step) / m_options.steps;
    const double share =
        progress < kWarmUp
            ? (progress + 1.0 / m_options.steps) / kWarmUp
            : 0.5 * (1 + std::cos(std::numbers::pi * (progress - kWarmUp) / (1 - kWarmUp)));
    return m_options.learningRate * std::min(share, 1.0);
}

Result<FinderTrainReport> Run::train(const JobContext &job)
{
    m_firstStep = m_step;
    std::future<FinderBatch> next =
        std::async(std::launch::async, [this] { return drawBatch(m_step); });
    while (m_step < m_options.steps) {
        const FinderBatch batch = next.get();
        if (job.stop.stop_requested()) {
            const Result<void> saved = save();
            return saved ? Error(ErrorCode::Cancelled) : saved.error();
        }
        if (m_step + 1 < m_options.steps)
            next = std::async(std::launch::async,
                              [this, step = m_step + 1] { return drawBatch(step); });
        const double loss = m_training.step(batch, learningRateAt(m_step));
        if (!std::isfinite(loss))
            return Error(ErrorCode::TrainingDiverged,
                         {{"step", std::to_string(m_step)},
                          {"name", "seed " + std::to_string(m_options.seed)}});
        ++m_step;
        m_loss += (loss - m_loss) / std::min<double>(100.0, static_cast<double>(m_step));
        if (m_step % m_options.checkpointEvery == 0)
            if (Result<void> saved = save(); !saved)
                return saved.error();
        report(job);
    }
    if (Result<void> saved = save(); !saved)
        return saved.error();
    return FinderTrainReport{m_step, m_loss, m_secondsBefore + secondsSince(m_started)};
}

void Run::report(const JobContext &job)
{
    if (secondsSince(m_reported) < kReportSeconds && m_step < m_options.steps)
        return;
    m_reported = Clock::now();
    const double perStep = secondsSince(m_started) / static_cast<double>(m_step - m_firstStep);
    char line[160];
    std::snprintf(line, sizeof line, "step %lld/%d loss %.3f, %.2f s/step, %.0f min left",
                  static_cast<long long>(m_step), m_options.steps, m_loss, perStep,
                  perStep * static_cast<double>(m_options.steps - m_step) / 60);
    std::ofstream(m_options.out / "log.jsonl", std::ios::app)
        << nlohmann::json{{"step", m_step},
                          {"loss", m_loss},
                          {"seconds", m_secondsBefore + secondsSince(m_started)}}
               .dump()
        << '\n';
    job.report("train", m_step, m_options.steps, line);
}

nlohmann::json Run::fixedOptions() const
{
    return {{"seed", m_options.seed}, {"batch", m_options.batch}, {"steps", m_options.steps}};
}

Result<void> Run::save() const
{
    const nlohmann::json progress{{"step", m_step},
                                  {"loss", m_loss},
                                  {"seconds", m_secondsBefore + secondsSince(m_started)}};
    if (Result<void> written =
            writeTrainingCheckpoint(m_training.state(), fixedOptions(), progress, m_options.out);
        !written)
        return written;
    nlohmann::json training{{"data", m_pack.source},
                            {"bfloat16", m_options.bfloat16},
                            {"learning_rate", m_options.learningRate}};
    training.update(fixedOptions());
    training.update(progress);
    WeightsFile weights{m_training.averagedWeights(), finderAttributes()};
    weights.attributes["training"] = std::move(training);
    return writeWeights(weights, m_options.out / "finder.h5", /*halfPrecision=*/true);
}

Result<void> Run::loadCheckpoint()
{
    return readTrainingCheckpoint(
        m_options.out, fixedOptions(),
        [this](const WeightsFile &state, const std::string &path) { return m_training.restore(state, path); },
        [this](const nlohmann::json &attributes) {
            m_step = attributes.at("step").get<std::int64_t>();
            m_loss = attributes.at("loss").get<double>();
            m_secondsBefore = attributes.at("seconds").get<double>();
        });
}

} // namespace

Result<FinderTrainReport> trainFinder(const FinderTrainOptions &options, const JobContext &job)
{
    Result<FinderPack> pack = readFinderPack(options.data);
    if (!pack)
        return pack.error();
    setTorchThreads(options.threads);
    try {
        Run run(options, *std::move(pack));
        if (Result<void> prepared = run.prepare(); !prepared)
            return prepared.error();
        return run.train(job);
    } catch (const c10::Error &error) {
        return Error(ErrorCode::Internal, {{"detail", error.what_without_backtrace()}});
    }
}

} // namespace poselift
