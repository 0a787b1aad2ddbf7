#include "models/keypointtrainer.h"

#include "models/keypoints/calibration.h"
#include "models/keypoints/keypointweights_torch.h"
#include "models/lift/moduleweights_torch.h"
#include "models/lift/torchthreads.h"
#include "models/lift/trainingcheckpoint.h"
#include "models/train/keypointvalidation_torch.h"
#include "models/train/trainedmodel.h"
#include "models/train/trainingpacks.h"
#include "models/train/trainingdevice_torch.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <fstream>
#include <future>
#include <numbers>
#include <optional>

namespace poselift {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

constexpr double kReportSeconds = 10.0;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

PoseNetOptions networkOf(const KeypointTrainOptions &options, const Skeleton &skeleton)
{
    return PoseNetOptions()
        .outputs(skeleton.jointCount())
        .widths(options.widths)
        .blocks(options.blocks)
        .neck(options.neck);
}

KeypointTrainingOptions trainingOf(const KeypointTrainOptions &options)
{
    KeypointTrainingOptions training;
    training.learningRate = options.learningRate;
    training.weightDecay = options.weightDecay;
    training.bfloat16 = options.bfloat16;
    training.loss.sigma = options.sigma;
    return training;
}

/// One training run: data, network, and where it stands. Everything that a step draws depends on
/// (seed, step) only.
class Run
{
public:
    static Result<std::unique_ptr<Run>> create(const KeypointTrainOptions &options);
    Result<KeypointTrainReport> train(const JobContext &job);

private:
    Run(const KeypointTrainOptions &options, std::string data, PersonExamples examples, torch::Device device);
    Result<void> prepare();
    Result<void> trainEpoch(const JobContext &job);
    Result<void> endEpoch();
    double learningRateAt(std::int64_t step) const;
    std::int64_t totalSteps() const { return m_options.epochs * m_stepsPerEpoch; }
    nlohmann::json fixedOptions() const;
    Result<void> saveCheckpoint();
    Result<void> loadCheckpoint();
    Result<void> loadStart();
    Result<void> saveBest(const KeypointValidation &validation);
    std::string epochLine() const;
    std::string progressLine(double loss, std::int64_t stepsHere, double secondsHere) const;

    KeypointTrainOptions m_options;
    std::string m_data; ///< names of the packs
    PersonExamples m_examples;
    KeypointTraining m_training;
    std::int64_t m_stepsPerEpoch = 0;
    std::int64_t m_step = 0; ///< steps done
    KeypointTrainReport m_report;
    std::optional<double> m_lastPck; ///< of the last epoch, when it was validated
    Clock::time_point m_started = Clock::now();
    double m_secondsBefore = 0.0; ///< in earlier parts of a resumed run
    double m_epochLoss = 0.0;
};

Run::Run(const KeypointTrainOptions &options, std::string data, PersonExamples examples, torch::Device device)
    : m_options(options), m_data(std::move(data)), m_examples(std::move(examples)),
      m_training((torch::manual_seed(options.seed), networkOf(options, m_examples.skeleton())), trainingOf(options),
                 device)
{
}

Result<void> checkOptions(const KeypointTrainOptions &options)
{
    const auto wrong = [](const char *name, const char *expected, const std::string &found) {
        return Error(ErrorCode::BadArgument, {{"name", name}, {"expected", expected}, {"found", found}});
    };
    if (options.epochs < 1)
        return wrong("--epochs", "at least 1", std::to_string(options.epochs));
    if (options.data.empty())
        return wrong("--data", "at least one pack", "none");
    if (options.batch < 2)
        return wrong("--batch", "at least 2", std::to_string(options.batch));
    if (options.examples.inputSize < 32 || options.examples.inputSize % 32 != 0 || options.examples.inputSize > 1024)
        return wrong("--input", "a multiple of 32 up to 1024", std::to_string(options.examples.inputSize));
    if (options.trim < 0 || options.trim >= 1)
        return wrong("--trim", "at least 0 and less than 1", std::to_string(options.trim));
    if (!(options.sigma > 0))
        return wrong("--sigma", "more than 0", std::to_string(options.sigma));
    const nlohmann::json network =
        toJson(PoseNetOptions().widths(options.widths).blocks(options.blocks).neck(options.neck));
    if (const Result<PoseNetOptions> possible = poseNetOptionsFrom(network, {}); !possible)
        return wrong("--widths, --blocks, --neck", "four widths, four numbers of blocks, a width", network.dump());
    return {};
}

Result<std::unique_ptr<Run>> Run::create(const KeypointTrainOptions &options)
{
    const Result<torch::Device> device = chooseDevice(options.device);
    if (!device)
        return device.error();
    if (Result<void> checked = checkOptions(options); !checked)
        return checked.error();
    Result<TrainingPacks> packs = readTrainingPacks(options.data);
    if (!packs)
        return packs.error();
    const std::string data = packs->name;
    Result<PersonExamples> examples = PersonExamples::create(*std::move(packs), options.shares, options.examples);
    if (!examples)
        return examples.error();
    setTorchThreads(options.threads);
    std::unique_ptr<Run> run(new Run(options, data, *std::move(examples), *device));
    if (Result<void> prepared = run->prepare(); !prepared)
        return prepared.error();
    return run;
}

Result<void> Run::prepare()
{
    const auto people = static_cast<std::int64_t>(m_examples.training().size());
    m_stepsPerEpoch =
        m_options.stepsPerEpoch > 0 ? m_options.stepsPerEpoch : std::max<std::int64_t>(1, people / m_options.batch);
    std::error_code failed;
    fs::create_directories(m_options.out, failed);
    if (failed)
        return Error(ErrorCode::CannotWrite, {{"path", m_options.out.string()}, {"detail", failed.message()}});
    if (m_options.resume)
        return loadCheckpoint();
    return m_options.init.empty() ? Result<void>() : loadStart();
}

Result<void> Run::loadStart()
{
    Result<KeypointWeights> start = readKeypointWeights(m_options.init);
    if (!start)
        return start.error();
    if (start->skeleton.joints != m_examples.skeleton().joints) {
        return Error(ErrorCode::WrongFormat, {{"path", m_options.init.string()},
                                              {"expected", "the joints of " + m_examples.skeleton().name},
                                              {"found", start->skeleton.name}});
    }
    return m_training.start(start->file, m_options.init.string());
}

double Run::learningRateAt(std::int64_t step) const
{
    const double warm = std::min(1.0, static_cast<double>(step + 1) / std::max(1, m_options.warmupSteps));
    const double progress = static_cast<double>(step) / static_cast<double>(totalSteps());
    return m_options.learningRate * warm * (1 + std::cos(std::numbers::pi * std::min(1.0, progress))) / 2;
}

Result<KeypointTrainReport> Run::train(const JobContext &job)
{
    while (m_step < totalSteps()) {
        if (Result<void> epoch = trainEpoch(job); !epoch)
            return epoch.error();
        if (Result<void> ended = endEpoch(); !ended)
            return ended.error();
        job.report("train", m_step, totalSteps(), epochLine());
    }
    m_report.seconds = m_secondsBefore + secondsSince(m_started);
    return m_report;
}

std::string Run::epochLine() const
{
    char line[200];
    std::snprintf(line, sizeof line, "epoch %lld/%d done: loss %.3f, ",
                  static_cast<long long>(m_step / m_stepsPerEpoch), m_options.epochs, m_epochLoss);
    char measured[100] = "not validated";
    if (m_lastPck)
        std::snprintf(measured, sizeof measured, "val PCK@0.2 %.4f (best: %.4f, epoch %d)", *m_lastPck, m_report.pck,
                      m_report.bestEpoch);
    return std::string(line) + measured;
}

Result<void> Run::trainEpoch(const JobContext &job)
{
    const std::int64_t end = (m_step / m_stepsPerEpoch + 1) * m_stepsPerEpoch;
    const auto epochStart = Clock::now();
    auto lastReport = epochStart;
    const std::int64_t first = m_step;
    double lossSum = 0;
    const auto draw = [this](std::int64_t step) {
        return std::async(std::launch::async,
                          [this, step] { return m_examples.drawBatch(m_options.seed, step, m_options.batch); });
    };
    std::future<PersonBatch> next = draw(m_step);
    const int64_t size = m_options.examples.inputSize;
    while (m_step < end) {
        PersonBatch batch = next.get();
        if (job.stop.stop_requested()) {
            Result<void> saved = saveCheckpoint();
            return saved ? Result<void>(Error(ErrorCode::Cancelled)) : saved;
        }
        if (m_step + 1 < end)
            next = draw(m_step + 1);
        static_assert(sizeof(JointTarget) == kTargetValues * sizeof(float));
        const torch::Tensor pictures = torch::from_blob(batch.inputs.data(), {m_options.batch, 3, size, size});
        const torch::Tensor targets = torch::from_blob(
            batch.targets.data(), {m_options.batch, m_examples.skeleton().jointCount(), kTargetValues});
        m_training.setLearningRate(learningRateAt(m_step));
        m_training.setTrim(static_cast<double>(m_step) >= m_options.trimAfter * static_cast<double>(totalSteps())
                               ? m_options.trim
                               : 0);
        const double loss = m_training.step(pictures, targets);
        if (!std::isfinite(loss)) {
            return Error(ErrorCode::TrainingDiverged,
                         {{"step", std::to_string(m_step)}, {"name", "seed " + std::to_string(m_options.seed)}});
        }
        lossSum += loss;
        ++m_step;
        if (secondsSince(lastReport) >= kReportSeconds) {
            lastReport = Clock::now();
            job.report(
                "train", m_step, totalSteps(),
                progressLine(lossSum / static_cast<double>(m_step - first), m_step - first, secondsSince(epochStart)));
        }
    }
    m_epochLoss = lossSum / static_cast<double>(std::max<std::int64_t>(1, m_step - first));
    return {};
}

std::string Run::progressLine(double loss, std::int64_t stepsHere, double secondsHere) const
{
    const double perStep = secondsHere / static_cast<double>(stepsHere);
    char line[160];
    std::snprintf(line, sizeof line, "epoch %lld/%d step %lld/%lld loss %.3f, %.1f pictures/s, %.0f min left",
                  static_cast<long long>(m_step / m_stepsPerEpoch + 1), m_options.epochs,
                  static_cast<long long>(m_step), static_cast<long long>(totalSteps()), loss, m_options.batch / perStep,
                  perStep * static_cast<double>(totalSteps() - m_step) / 60);
    return line;
}

Result<void> Run::endEpoch()
{
    const int epoch = static_cast<int>(m_step / m_stepsPerEpoch);
    nlohmann::json entry{{"epoch", epoch}, {"step", m_step}, {"loss", m_epochLoss}};
    m_lastPck.reset();
    if (epoch % std::max(1, m_options.validateEvery) == 0 || epoch == m_options.epochs) {
        const KeypointValidation validation = validateKeypoints(m_training, m_examples, m_options.batch);
        m_lastPck = validation.pck;
        entry["val_pck"] = validation.pck;
        if (validation.pck > m_report.pck) {
            m_report.pck = validation.pck;
            m_report.bestEpoch = epoch;
            if (Result<void> saved = saveBest(validation); !saved)
                return saved;
        }
    }
    entry["seconds"] = m_secondsBefore + secondsSince(m_started);
    std::ofstream(m_options.out / "log.jsonl", std::ios::app) << entry.dump() << '\n';
    return saveCheckpoint();
}

nlohmann::json Run::fixedOptions() const
{
    return {{"seed", m_options.seed},
            {"batch", m_options.batch},
            {"steps_per_epoch", m_stepsPerEpoch},
            {"people", m_examples.training().size()},
            {"shares", m_options.shares}};
}

Result<void> Run::saveCheckpoint()
{
    return writeTrainingCheckpoint(m_training.state(), fixedOptions(),
                                   {{"step", m_step},
                                    {"seconds", m_secondsBefore + secondsSince(m_started)},
                                    {"best", {{"epoch", m_report.bestEpoch}, {"pck", m_report.pck}}}},
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
            m_report.bestEpoch = attributes.at("best").at("epoch").get<int>();
            m_report.pck = attributes.at("best").at("pck").get<double>();
        });
}

Result<void> Run::saveBest(const KeypointValidation &validation)
{
    std::vector<ConfidenceSample> samples;
    for (const JointOutcome &outcome : validation.outcomes)
        samples.push_back({outcome.mass, outcome.correct});
    KeypointWeights weights;
    weights.network = m_training.model()->options();
    weights.skeleton = m_examples.skeleton();
    weights.inputSize = m_options.examples.inputSize;
    weights.padding = m_options.examples.padding;
    weights.calibration = fitCalibration(samples);
    weights.training = {{"data", m_data},
                        {"shares", m_options.shares},
                        {"description", m_examples.pack().description},
                        {"people", m_examples.training().size()},
                        {"seed", m_options.seed},
                        {"batch", m_options.batch},
                        {"epochs", m_options.epochs},
                        {"steps_per_epoch", m_stepsPerEpoch},
                        {"epoch", m_report.bestEpoch},
                        {"learning_rate", m_options.learningRate},
                        {"weight_decay", m_options.weightDecay},
                        {"sigma_px", m_options.sigma},
                        {"trim", m_options.trim},
                        {"bfloat16", m_options.bfloat16},
                        {"teacher_share", m_options.examples.teacherShare},
                        {"val_pck", validation.pck},
                        {"val_pck_per_joint", validation.perJoint},
                        {"seconds", m_secondsBefore + secondsSince(m_started)}};
    weights.file.arrays = weightsOf(*m_training.averaged());
    if (Result<void> written = writeKeypointWeights(std::move(weights), m_options.out / "weights.h5"); !written)
        return written;
    return writeTrainedManifest({{"manifest", 1},
                                 {"kind", "keypoints"},
                                 {"format", "poselift"},
                                 {"title", "Own keypoint network (one person, "
                                               + std::to_string(m_examples.skeleton().jointCount()) + " keypoints)"},
                                 {"licence", "as the training data"},
                                 {"source", "trained with poselift-cli train detector"},
                                 {"priority", 10},
                                 {"skeleton", m_examples.skeleton().name}},
                                m_options.out);
}

} // namespace

Result<KeypointTrainReport> trainKeypointNetwork(const KeypointTrainOptions &options, const JobContext &job)
{
    try {
        Result<std::unique_ptr<Run>> run = Run::create(options);
        return run ? (*run)->train(job) : Result<KeypointTrainReport>(run.error());
    } catch (const c10::Error &error) {
        return Error(ErrorCode::Internal, {{"detail", error.what_without_backtrace()}});
    }
}

} // namespace poselift
