#include "models/trainer.h"

#include "models/lift/lifterinput.h"
#include "models/lift/moduleweights_torch.h"
#include "models/lift/torchthreads.h"
#include "models/lift/trainingcheckpoint.h"
#include "models/train/labelledtakes.h"
#include "models/train/liftingevaluation.h"
#include "models/train/temporalprediction_torch.h"
#include "models/train/temporaltraining_torch.h"
#include "models/train/trainedmodel.h"
#include "models/train/trainingdevice_torch.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <fstream>
#include <future>

namespace poselift {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

constexpr double kReportSeconds = 10.0;
/// Frames of a clip beyond the receptive field, where that is longer than the usual clip: else every
/// window would see the clip's padded ends.
constexpr int kClipBeyondWindow = 60;

struct Batch
{
    std::vector<float> inputs;
    std::vector<float> targets;
};

struct ValidationScore
{
    double clean = 0.0; ///< m
    double noisy = 0.0;
    double mean() const { return (clean + noisy) / 2; }
};

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// One training run: data, network, and where it stands. Everything that a step draws depends on
/// (seed, step) only.
class Run
{
public:
    static Result<std::unique_ptr<Run>> create(const TemporalTrainOptions &options);
    Result<TemporalTrainReport> train(const JobContext &job);

private:
    Run(const TemporalTrainOptions &options, MocapData train, MocapData val, torch::Device device);
    Result<void> prepare();
    Batch drawBatch(std::int64_t step) const;
    Result<void> trainEpoch(const JobContext &job);
    Result<void> endEpoch();
    ValidationScore validate();
    nlohmann::json fixedOptions() const;
    Result<void> saveCheckpoint() const;
    Result<void> loadCheckpoint();
    Result<void> loadInit();
    Result<void> saveBest() const;
    void log(const nlohmann::json &entry) const;
    std::string progressLine(double loss, std::int64_t stepsHere, double secondsHere) const;

    TemporalTrainOptions m_options;
    MocapData m_train;
    MocapData m_val;
    TemporalModelOptions m_architecture;
    TemporalTraining m_training;
    std::optional<LiftingExamples> m_examples;
    std::vector<EvaluationClip> m_clean;
    std::vector<EvaluationClip> m_noisy;
    std::int64_t m_stepsPerEpoch = 0;
    std::int64_t m_step = 0; ///< steps done
    TemporalTrainReport m_report;
    ValidationScore m_best{1e9, 1e9};
    Clock::time_point m_started = Clock::now();
    double m_secondsBefore = 0.0; ///< in earlier parts of a resumed run
    double m_epochLoss = 0.0;
};

TemporalModelOptions architectureOf(const TemporalTrainOptions &options, const Skeleton &output)
{
    return TemporalModelOptions()
        .num_joints_in(kLifterInputJointCount)
        .in_features(kLifterInputFeatures)
        .num_joints_out(output.jointCount())
        .filter_widths(options.filterWidths)
        .dropout(options.dropout)
        .causal(options.causal)
        .channels(options.channels);
}

Run::Run(const TemporalTrainOptions &options, MocapData train, MocapData val, torch::Device device)
    : m_options(options), m_train(std::move(train)), m_val(std::move(val)),
      m_architecture(architectureOf(options, m_train.skeleton)),
      m_training((torch::manual_seed(options.seed), m_architecture), options.learningRate, device)
{
}

Result<std::unique_ptr<Run>> Run::create(const TemporalTrainOptions &options)
{
    const Result<torch::Device> device = chooseDevice(options.device);
    if (!device)
        return device.error();
    if (options.epochs < 1 || options.batch < 2 || options.channels < 1 || options.filterWidths.empty())
        return Error(ErrorCode::BadArgument, {{"name", "--epochs, --batch, --channels, --filter-widths"},
                                              {"expected", "positive numbers, a batch of at least 2"}, {"found", "something else"}});
    Result<MocapData> train = readMocap(options.data, "train");
    if (!train)
        return train.error();
    Result<MocapData> val = readMocap(options.data, "val");
    if (!val)
        return val.error();
    setTorchThreads(options.threads);
    if (options.labelledShare < 1.0)
        *train = splitByLabels(*train, options.labelledShare, options.seed).labelled;
    std::unique_ptr<Run> run(new Run(options, *std::move(train), *std::move(val), *device));
    if (Result<void> prepared = run->prepare(); !prepared)
        return prepared.error();
    return run;
}

Result<void> Run::prepare()
{
    LiftingExampleOptions examples = m_options.examples;
    examples.windowFrames = static_cast<int>(m_training.model()->receptiveField());
    examples.causal = m_options.causal;
    if (examples.windowFrames > examples.clipFrames)
        examples.clipFrames = examples.windowFrames + kClipBeyondWindow;
    Result<LiftingExamples> made = LiftingExamples::create(m_train, examples);
    if (!made)
        return made.error();
    m_examples.emplace(*std::move(made));

    EvaluationOptions evaluation;
    evaluation.framesPerSecond = examples.framesPerSecond;
    evaluation.camerasPerSequence = 1;
    evaluation.noise = examples.noise;
    for (const bool noisy : {false, true}) {
        evaluation.noisy = noisy;
        Result<std::vector<EvaluationClip>> clips = makeEvaluationClips(m_val, evaluation);
        if (!clips)
            return clips.error();
        (noisy ? m_noisy : m_clean) = *std::move(clips);
    }
    double frames = 0;
    for (const MocapSequence &sequence : m_train.sequences)
        frames += static_cast<double>(sequence.frames) * examples.framesPerSecond / sequence.framesPerSecond;
    m_stepsPerEpoch = m_options.stepsPerEpoch > 0 ? m_options.stepsPerEpoch
                                                  : static_cast<std::int64_t>(std::ceil(2 * frames / m_options.batch));
    if (m_options.lrDecay <= 0)
        m_options.lrDecay = std::pow(0.95, 80.0 / m_options.epochs);
    std::error_code failed;
    fs::create_directories(m_options.out, failed);
    if (failed)
        return Error(ErrorCode::CannotWrite, {{"path", m_options.out.string()}, {"detail", failed.message()}});
    if (m_options.resume)
        return loadCheckpoint();
    return m_options.init.empty() ? Result<void>() : loadInit();
}

Result<void> Run::loadInit()
{
    Result<WeightsFile> weights = readWeights(m_options.init);
    return weights ? m_training.start(*std::move(weights), m_options.init.string()) : Result<void>(weights.error());
}

Batch Run::drawBatch(std::int64_t step) const
{
    Batch batch;
    batch.inputs.resize(static_cast<std::size_t>(m_options.batch) * static_cast<std::size_t>(m_examples->inputSize()));
    batch.targets.resize(static_cast<std::size_t>(m_options.batch) * static_cast<std::size_t>(m_examples->targetSize()));
    m_examples->drawBatch(m_options.seed, static_cast<std::uint64_t>(step) * m_examples->streamsPerBatch(m_options.batch), batch.inputs, batch.targets);
    return batch;
}

Result<TemporalTrainReport> Run::train(const JobContext &job)
{
    const std::int64_t total = m_options.epochs * m_stepsPerEpoch;
    while (m_step < total) {
        if (Result<void> epoch = trainEpoch(job); !epoch)
            return epoch.error();
        if (Result<void> ended = endEpoch(); !ended)
            return ended.error();
        const std::int64_t epoch = m_step / m_stepsPerEpoch;
        char line[200];
        std::snprintf(line, sizeof line, "epoch %lld/%d done: loss %.1f mm, val clean %.1f, noisy %.1f mm (best: epoch %d)",
                      static_cast<long long>(epoch), m_options.epochs, 1000 * m_epochLoss,
                      1000 * m_report.cleanMpjpe, 1000 * m_report.noisyMpjpe, m_report.bestEpoch);
        job.report("train", m_step, total, line);
    }
    m_report.cleanMpjpe = m_best.clean;
    m_report.noisyMpjpe = m_best.noisy;
    m_report.seconds = m_secondsBefore + secondsSince(m_started);
    return m_report;
}

Result<void> Run::trainEpoch(const JobContext &job)
{
    const std::int64_t total = m_options.epochs * m_stepsPerEpoch;
    const std::int64_t epoch = m_step / m_stepsPerEpoch;
    const std::int64_t end = (epoch + 1) * m_stepsPerEpoch;
    m_training.setLearningRate(m_options.learningRate * std::pow(m_options.lrDecay, static_cast<double>(epoch)));
    m_training.model()->setBatchNormMomentum(
        batchNormMomentumAt(static_cast<double>(epoch) / static_cast<double>(m_options.epochs)));
    const auto epochStart = Clock::now();
    auto lastReport = epochStart;
    const std::int64_t first = m_step;
    double lossSum = 0;
    std::future<Batch> next = std::async(std::launch::async, [this] { return drawBatch(m_step); });
    while (m_step < end) {
        Batch batch = next.get();
        if (job.stop.stop_requested()) {
            Result<void> saved = saveCheckpoint();
            return saved ? Result<void>(Error(ErrorCode::Cancelled)) : saved;
        }
        if (m_step + 1 < end)
            next = std::async(std::launch::async, [this, step = m_step + 1] { return drawBatch(step); });
        const int64_t window = m_examples->options().windowFrames;
        const torch::Tensor inputs = torch::from_blob(batch.inputs.data(), {m_options.batch, window, m_architecture.num_joints_in(), 3});
        const torch::Tensor targets = torch::from_blob(batch.targets.data(), {m_options.batch, 1, m_architecture.num_joints_out(), 3});
        torch::manual_seed(m_options.seed + 0x9E3779B97F4A7C15ULL * static_cast<std::uint64_t>(m_step + 1)); // dropout
        const double loss = m_training.step(inputs, targets);
        if (!std::isfinite(loss)) {
            return Error(ErrorCode::TrainingDiverged,
                         {{"step", std::to_string(m_step)}, {"name", "seed " + std::to_string(m_options.seed)}});
        }
        lossSum += loss;
        ++m_step;
        if (secondsSince(lastReport) >= kReportSeconds) {
            lastReport = Clock::now();
            job.report("train", m_step, total,
                       progressLine(lossSum / static_cast<double>(m_step - first), m_step - first, secondsSince(epochStart)));
        }
    }
    m_epochLoss = lossSum / static_cast<double>(std::max<std::int64_t>(1, m_step - first));
    return {};
}

std::string Run::progressLine(double loss, std::int64_t stepsHere, double secondsHere) const
{
    const double perStep = secondsHere / static_cast<double>(stepsHere);
    const double left = perStep * static_cast<double>(m_options.epochs * m_stepsPerEpoch - m_step);
    char line[160];
    std::snprintf(line, sizeof line, "epoch %lld/%d step %lld/%lld loss %.1f mm, %.2f s/step, %.0f min left",
                  static_cast<long long>(m_step / m_stepsPerEpoch + 1), m_options.epochs, static_cast<long long>(m_step),
                  static_cast<long long>(m_options.epochs * m_stepsPerEpoch), 1000 * loss, perStep, left / 60);
    return line;
}

ValidationScore Run::validate()
{
    const auto score = [this](const std::vector<EvaluationClip> &clips) {
        return evaluateLifting(clips, m_val.skeleton, [this](const EvaluationClip &clip) {
                   return predictClip(m_training.model(), clip, m_val.skeleton, /*flipAveraging=*/false);
               }).overall().mpjpe.mean();
    };
    return {score(m_clean), score(m_noisy)};
}

Result<void> Run::endEpoch()
{
    const int epoch = static_cast<int>(m_step / m_stepsPerEpoch);
    nlohmann::json entry{{"epoch", epoch}, {"step", m_step}, {"loss_mm", 1000 * m_epochLoss},
                         {"seconds", m_secondsBefore + secondsSince(m_started)}};
    if (epoch % std::max(1, m_options.validateEvery) == 0 || epoch == m_options.epochs) {
        const ValidationScore score = validate();
        entry["val_clean_mpjpe_mm"] = 1000 * score.clean;
        entry["val_noisy_mpjpe_mm"] = 1000 * score.noisy;
        m_report.cleanMpjpe = score.clean;
        m_report.noisyMpjpe = score.noisy;
        if (score.mean() < m_best.mean()) {
            m_best = score;
            m_report.bestEpoch = epoch;
            if (Result<void> saved = saveBest(); !saved)
                return saved;
        }
    }
    log(entry);
    return saveCheckpoint();
}

void Run::log(const nlohmann::json &entry) const
{
    std::ofstream(m_options.out / "log.jsonl", std::ios::app) << entry.dump() << '\n';
}

nlohmann::json Run::fixedOptions() const
{
    return {{"seed", m_options.seed}, {"batch", m_options.batch}, {"steps_per_epoch", m_stepsPerEpoch}};
}

Result<void> Run::saveCheckpoint() const
{
    return writeTrainingCheckpoint(
        m_training.state(), fixedOptions(),
        {{"step", m_step},
         {"seconds", m_secondsBefore + secondsSince(m_started)},
         {"best", {{"epoch", m_report.bestEpoch}, {"clean", m_best.clean}, {"noisy", m_best.noisy}}}},
        m_options.out);
}

Result<void> Run::loadCheckpoint()
{
    return readTrainingCheckpoint(
        m_options.out, fixedOptions(),
        [this](const WeightsFile &state, const std::string &path) { return m_training.restore(state, path); },
        [this](const nlohmann::json &attributes) {
            m_step = attributes.at("step").get<std::int64_t>();
            m_secondsBefore = attributes.at("seconds").get<double>();
            const nlohmann::json &best = attributes.at("best");
            m_report.bestEpoch = best.at("epoch").get<int>();
            m_best = {best.at("clean").get<double>(), best.at("noisy").get<double>()};
        });
}

Result<void> Run::saveBest() const
{
    WeightsFile weights;
    weights.arrays = weightsOf(*const_cast<TemporalTraining &>(m_training).model());
    const LiftingExampleOptions &examples = m_examples->options();
    weights.attributes = temporalAttributes(m_architecture, m_train.skeleton, examples.framesPerSecond);
    weights.attributes["training"] = {{"data", m_options.data.filename().string()}, {"seed", m_options.seed},
                                      {"batch", m_options.batch}, {"epochs", m_options.epochs},
                                      {"steps_per_epoch", m_stepsPerEpoch}, {"epoch", m_report.bestEpoch},
                                      {"learning_rate", m_options.learningRate}, {"lr_decay", m_options.lrDecay},
                                      {"init", m_options.init.filename().string()},
                                      {"val_clean_mpjpe_mm", 1000 * m_best.clean},
                                      {"val_noisy_mpjpe_mm", 1000 * m_best.noisy},
                                      {"seconds", m_secondsBefore + secondsSince(m_started)}};
    const fs::path path = m_options.out / "weights.h5";
    if (Result<void> written = writeWeights(weights, path); !written)
        return written;
    return writeTrainedManifest({{"kind", "lifter"},
                                 {"title", "VideoPose3D temporal model trained on motion capture"},
                                 {"licence", "as the training data"},
                                 {"source", "trained with poselift-cli train videopose3d"},
                                 {"priority", 0}},
                                m_options.out);
}

} // namespace

Result<TemporalTrainReport> trainTemporalModel(const TemporalTrainOptions &options, const JobContext &job)
{
    try {
        Result<std::unique_ptr<Run>> run = Run::create(options);
        return run ? (*run)->train(job) : Result<TemporalTrainReport>(run.error());
    } catch (const c10::Error &error) {
        return Error(ErrorCode::Internal, {{"detail", error.what_without_backtrace()}});
    }
}

} // namespace poselift
