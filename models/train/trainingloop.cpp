#include "models/train/trainingloop.h"

#include "models/lift/trainingcheckpoint.h"
#include "models/train/distributed/ranks_torch.h"
#include "models/train/memoryuse.h"
#include "models/train/outofmemory_torch.h"
#include "models/train/runfolder.h"
#include "models/train/stepmeans.h"
#include "models/train/trainingtask_torch.h"

#include <torch/torch.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <limits>
#include <optional>

namespace poselift {

using Clock = std::chrono::steady_clock;

namespace {

constexpr double kLineSeconds = 1.0;
constexpr std::int64_t kMostLines = 10000;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string inShort(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", value);
    return text;
}

std::string remainingTime(double seconds)
{
    return seconds < 100 ? inShort(std::round(seconds)) + " s" : inShort(std::round(seconds / 60)) + " min";
}

/// What @p work returns; what it throws becomes an error, but for RankLostError.
template <typename T, typename Work>
Result<T> guarded(int batch, Work work)
{
    try {
        return work();
    } catch (const RankLostError &) {
        throw;
    } catch (const std::exception &error) {
        if (isOutOfMemory(error))
            return Error(ErrorCode::OutOfMemory, {{"batch", std::to_string(batch)}});
        const auto *torchError = dynamic_cast<const c10::Error *>(&error);
        return Error(ErrorCode::Internal,
                     {{"detail", torchError ? torchError->what_without_backtrace() : error.what()}});
    }
}

bool isFirst(const TrainingLoopOptions &options)
{
    return !options.ranks || options.ranks->rank() == 0;
}

/// One run of a task, or one part of it when it was interrupted before.
class TrainingLoop
{
public:
    TrainingLoop(TrainingTask &task, const TrainingLoopOptions &options, const JobContext &job)
        : m_task(task), m_options(options), m_job(job), m_folder(options.out, isFirst(options)), m_batch(options.batch)
    {
    }

    Result<TrainingLoopReport> run();

private:
    Result<void> prepare();
    Result<void> goOn();
    Result<void> trainEpoch();
    Result<void> trainStep(bool endsEpoch);
    Result<StepOutcome> stepThatFits();
    Result<void> halveBatch();
    Result<void> cancel();
    Result<void> endEpoch();
    Result<void> validateTogether(int epoch);
    Result<void> validate(int epoch);
    Result<void> keepBest(const ValidationOutcome &outcome);
    void reportValidation(int epoch, const ValidationOutcome &outcome) const;
    Result<void> writeLine();
    bool isLineDue(bool endsEpoch) const;
    std::string progressNote(double remaining, double memory) const;
    Result<void> saveCheckpoint();
    Result<void> loadCheckpoint();
    nlohmann::json fixedOptions() const;
    Error diverged(std::int64_t step) const;
    Error lost(const std::string &detail);

    std::int64_t totalSteps() const { return m_options.epochs * m_options.stepsPerEpoch; }
    double seconds() const { return m_secondsBefore + secondsSince(m_started); }
    double remainingSeconds() const;
    std::uint64_t dropoutSeed() const;
    bool isStopRequested() const;
    bool isRepeatable(const Error &error) const;
    bool isOver() const { return m_step >= totalSteps() || m_stoppedEarly; }

    TrainingTask &m_task;
    const TrainingLoopOptions &m_options;
    const JobContext &m_job;
    RunFolder m_folder;
    int m_batch;
    std::int64_t m_step = 0; ///< steps done
    int m_endedEpochs = 0;   ///< with their validation
    double m_learningRate = 0.0;
    int m_bestEpoch = 0;
    double m_bestScore = std::numeric_limits<double>::infinity();
    nlohmann::json m_bestFigures;
    int m_validationsSinceBest = 0;
    bool m_stoppedEarly = false;
    double m_secondsBefore = 0.0; ///< in earlier parts of a resumed run
    std::int64_t m_firstStep = 0; ///< of this part
    StepMeans m_sinceLine;
    StepMeans m_thisPart;
    Clock::time_point m_started = Clock::now();
    std::optional<Clock::time_point> m_lastLine;
    Clock::time_point m_lastCheckpoint;
};

Result<TrainingLoopReport> TrainingLoop::run()
{
    try {
        Result<void> done = prepare();
        if (done)
            done = goOn();
        if (!done)
            return done.error();
    } catch (const RankLostError &error) {
        return lost(error.what());
    }
    TrainingLoopReport report;
    report.steps = m_step;
    report.bestEpoch = m_bestEpoch;
    report.bestScore = m_bestEpoch > 0 ? m_bestScore : 0;
    report.figures = m_bestFigures;
    report.batch = m_batch;
    report.stoppedEarly = m_stoppedEarly;
    report.seconds = seconds();
    report.dataWaitShare = m_thisPart.dataWaitShare();
    return report;
}

Result<void> TrainingLoop::prepare()
{
    if (m_options.resume) {
        if (Result<void> loaded = loadCheckpoint(); !loaded)
            return loaded;
        m_firstStep = m_step;
        m_lastCheckpoint = Clock::now();
        return m_folder.trimLog(m_step, m_endedEpochs * m_options.stepsPerEpoch == m_step);
    }
    if (Result<void> started = m_folder.startLog(); !started)
        return started;
    return saveCheckpoint(); // so that there is one whenever something goes wrong
}

Result<void> TrainingLoop::goOn()
{
    while (!isOver() || m_endedEpochs < m_step / m_options.stepsPerEpoch) {
        Result<void> done;
        if (m_endedEpochs == m_step / m_options.stepsPerEpoch)
            done = trainEpoch();
        if (done)
            done = endEpoch();
        if (!done)
            return done;
    }
    return {};
}

Result<void> TrainingLoop::trainEpoch()
{
    const std::int64_t end = (m_endedEpochs + 1) * m_options.stepsPerEpoch;
    m_learningRate = m_task.beginEpoch(m_endedEpochs, m_options.epochs);
    while (m_step < end) {
        if (isStopRequested())
            return cancel();
        if (Result<void> done = trainStep(m_step + 1 == end); !done)
            return done;
    }
    return {};
}

Result<void> TrainingLoop::trainStep(bool endsEpoch)
{
    const auto start = Clock::now();
    const Result<StepOutcome> outcome = stepThatFits();
    if (!outcome)
        return outcome.error();
    if (!std::isfinite(outcome->loss))
        return diverged(m_step);
    ++m_step;
    m_sinceLine.add(*outcome, m_batch, secondsSince(start));
    m_thisPart.add(*outcome, m_batch, secondsSince(start));
    if (isLineDue(endsEpoch)) {
        if (Result<void> written = writeLine(); !written)
            return written;
    }
    const bool checkpoint = !endsEpoch && secondsSince(m_lastCheckpoint) >= m_options.checkpointSeconds;
    return checkpoint ? saveCheckpoint() : Result<void>();
}

Result<StepOutcome> TrainingLoop::stepThatFits()
{
    while (true) {
        Result<StepOutcome> outcome = guarded<StepOutcome>(m_batch, [this] {
            torch::manual_seed(dropoutSeed()); // the same again when the step is repeated
            return m_task.step(m_step, m_batch);
        });
        if (outcome || !isRepeatable(outcome.error()))
            return outcome;
        if (Result<void> halved = halveBatch(); !halved)
            return halved.error();
    }
}

std::uint64_t TrainingLoop::dropoutSeed() const
{
    const std::uint64_t rank = m_options.ranks ? static_cast<std::uint64_t>(m_options.ranks->rank()) : 0;
    return m_options.seed + 0x9E3779B97F4A7C15ULL * static_cast<std::uint64_t>(m_step + 1)
           + 0xD1B54A32D192ED03ULL * rank;
}

bool TrainingLoop::isRepeatable(const Error &error) const
{
    // The other processes wait for this step's gradients: too late for all of them to begin it again.
    return error.code() == ErrorCode::OutOfMemory && m_batch > m_options.smallestBatch && !m_options.ranks;
}

Result<void> TrainingLoop::halveBatch()
{
    m_batch = std::max(m_options.smallestBatch, m_batch / 2);
    const std::string message = "memory ran out: the batch is " + std::to_string(m_batch) + " from here on";
    Result<void> written = m_folder.appendLog({{"message", message}, {"step", m_step + 1}});
    m_job.report("train", m_step, totalSteps(), message);
    return written;
}

Result<void> TrainingLoop::cancel()
{
    Result<void> saved = saveCheckpoint();
    return saved ? Result<void>(Error(ErrorCode::Cancelled)) : saved;
}

Result<void> TrainingLoop::endEpoch()
{
    const int epoch = m_endedEpochs + 1;
    if (epoch % std::max(1, m_options.validateEvery) == 0 || epoch == m_options.epochs) {
        if (Result<void> validated = validateTogether(epoch); !validated)
            return validated.error().isCancelled() ? cancel() : validated;
    }
    m_endedEpochs = epoch;
    return saveCheckpoint();
}

/// Process 0 validates, the others wait and learn what came out.
Result<void> TrainingLoop::validateTogether(int epoch)
{
    Result<void> validated;
    if (isFirst(m_options))
        validated = validate(epoch);
    if (!m_options.ranks || (!validated && !validated.error().isCancelled()))
        return validated; // the others lose this process
    const torch::Tensor outcome = torch::tensor({validated ? 0 : 1, m_stoppedEarly ? 1 : 0});
    m_options.ranks->broadcast(outcome);
    m_stoppedEarly = outcome[1].item<bool>();
    return outcome[0].item<bool>() ? Result<void>(Error(ErrorCode::Cancelled)) : Result<void>();
}

Result<void> TrainingLoop::validate(int epoch)
{
    const Result<ValidationOutcome> outcome = m_task.validate(m_job.stop);
    if (!outcome)
        return outcome.error();
    const bool best = outcome->score < m_bestScore;
    m_validationsSinceBest = best ? 0 : m_validationsSinceBest + 1;
    m_stoppedEarly = m_options.patience > 0 && m_validationsSinceBest >= m_options.patience && epoch < m_options.epochs;
    if (best) {
        m_bestEpoch = epoch;
        if (Result<void> kept = keepBest(*outcome); !kept)
            return kept;
    }
    Result<void> written = m_folder.appendLog({{"validation",
                                                {{"epoch", epoch},
                                                 {"step", m_step},
                                                 {"score", outcome->score},
                                                 {"best", best},
                                                 {"figures", outcome->figures}}}});
    reportValidation(epoch, *outcome);
    return written;
}

Result<void> TrainingLoop::keepBest(const ValidationOutcome &outcome)
{
    m_bestScore = outcome.score;
    m_bestFigures = outcome.figures;
    return m_task.saveModel(m_options.out, {{"epoch", m_bestEpoch},
                                            {"step", m_step},
                                            {"seconds", seconds()},
                                            {"score", outcome.score},
                                            {"figures", outcome.figures}});
}

void TrainingLoop::reportValidation(int epoch, const ValidationOutcome &outcome) const
{
    std::string note = "epoch " + std::to_string(epoch) + "/" + std::to_string(m_options.epochs) + " done: score "
                       + inShort(outcome.score) + " (best: epoch " + std::to_string(m_bestEpoch) + ")";
    for (const auto &[name, value] : outcome.figures.items()) {
        if (value.is_number())
            note += ", " + name + " " + inShort(value.get<double>());
    }
    if (m_stoppedEarly)
        note += "; no better for " + std::to_string(m_validationsSinceBest) + " validations, it ends here";
    m_job.report("train", m_step, totalSteps(), note);
}

bool TrainingLoop::isLineDue(bool endsEpoch) const
{
    if (m_sinceLine.steps() * kMostLines < totalSteps())
        return false;
    return endsEpoch || !m_lastLine || secondsSince(*m_lastLine) >= kLineSeconds;
}

Result<void> TrainingLoop::writeLine()
{
    nlohmann::json terms = nlohmann::json::object();
    for (const LossTerm &term : m_sinceLine.terms())
        terms[term.name] = term.value;
    const double remaining = remainingSeconds();
    const double memory = residentMemoryMib();
    Result<void> written = m_folder.appendLog({{"step", m_step},
                                               {"steps", totalSteps()},
                                               {"epoch", m_endedEpochs + 1},
                                               {"epochs", m_options.epochs},
                                               {"loss", m_sinceLine.loss()},
                                               {"terms", terms},
                                               {"learning_rate", m_learningRate},
                                               {"frames_per_second", m_sinceLine.framesPerSecond()},
                                               {"eta_s", remaining},
                                               {"memory_mib", memory},
                                               {"batch", m_batch},
                                               {"seconds", seconds()}});
    m_job.report("train", m_step, totalSteps(), progressNote(remaining, memory));
    m_sinceLine = {};
    m_lastLine = Clock::now();
    return written;
}

std::string TrainingLoop::progressNote(double remaining, double memory) const
{
    const auto of = [](std::int64_t part, std::int64_t whole) {
        return std::to_string(part) + "/" + std::to_string(whole);
    };
    std::string terms;
    for (const LossTerm &term : m_sinceLine.terms())
        terms += (terms.empty() ? " (" : ", ") + term.name + " " + inShort(term.value);
    return "epoch " + of(m_endedEpochs + 1, m_options.epochs) + " step " + of(m_step, totalSteps()) + " loss "
           + inShort(m_sinceLine.loss()) + terms + (terms.empty() ? "" : ")") + ", learning rate "
           + inShort(m_learningRate) + ", " + inShort(m_sinceLine.framesPerSecond()) + " frames/s, "
           + remainingTime(remaining) + " left, " + inShort(std::round(memory)) + " MiB";
}

double TrainingLoop::remainingSeconds() const
{
    return secondsSince(m_started) / static_cast<double>(m_step - m_firstStep)
           * static_cast<double>(totalSteps() - m_step);
}

bool TrainingLoop::isStopRequested() const
{
    const bool here = m_job.stop.stop_requested();
    return m_options.ranks ? anyRank(*m_options.ranks, here) : here;
}

nlohmann::json TrainingLoop::fixedOptions() const
{
    nlohmann::json fixed = m_task.fixedOptions();
    fixed["seed"] = m_options.seed;
    fixed["batch"] = m_options.batch;
    fixed["steps_per_epoch"] = m_options.stepsPerEpoch;
    return fixed;
}

Result<void> TrainingLoop::saveCheckpoint()
{
    m_lastCheckpoint = Clock::now();
    if (!isFirst(m_options))
        return {};
    const nlohmann::json progress{
        {"step", m_step},
        {"ended_epochs", m_endedEpochs},
        {"present_batch", m_batch},
        {"seconds", seconds()},
        {"stopped_early", m_stoppedEarly},
        {"best", {{"epoch", m_bestEpoch}, {"score", m_bestScore}, {"figures", m_bestFigures}}},
        {"validations_since_best", m_validationsSinceBest}};
    Result<void> written = writeTrainingCheckpoint(m_task.state(), fixedOptions(), progress, m_options.out);
    // The last step's loss was finite, what it made of the parameters was not.
    if (!written && written.error().code() == ErrorCode::NotFinite)
        return diverged(std::max<std::int64_t>(0, m_step - 1));
    return written;
}

Result<void> TrainingLoop::loadCheckpoint()
{
    return readTrainingCheckpoint(
        m_options.out, fixedOptions(),
        [this](const WeightsFile &state, const std::string &path) { return m_task.restore(state, path); },
        [this](const nlohmann::json &attributes) {
            m_step = attributes.at("step").get<std::int64_t>();
            m_endedEpochs = attributes.at("ended_epochs").get<int>();
            m_batch = attributes.at("present_batch").get<int>();
            m_secondsBefore = attributes.at("seconds").get<double>();
            m_stoppedEarly = attributes.at("stopped_early").get<bool>();
            m_validationsSinceBest = attributes.at("validations_since_best").get<int>();
            const nlohmann::json &best = attributes.at("best");
            m_bestEpoch = best.at("epoch").get<int>();
            m_bestFigures = best.at("figures");
            if (m_bestEpoch > 0) // before, the score is no number
                m_bestScore = best.at("score").get<double>();
        });
}

Error TrainingLoop::diverged(std::int64_t step) const
{
    return Error(ErrorCode::TrainingDiverged,
                 {{"step", std::to_string(step)}, {"name", m_task.batchName(step, m_batch)}});
}

/// The step in progress was not finished: the checkpoint is that of before it.
Error TrainingLoop::lost(const std::string &detail)
{
    if (const Result<void> saved = saveCheckpoint(); !saved)
        return saved.error();
    return Error(ErrorCode::RankLost, {{"step", std::to_string(m_step)},
                                       {"rank", std::to_string(m_options.ranks->rank())},
                                       {"size", std::to_string(m_options.ranks->size())},
                                       {"detail", detail}});
}

Result<void> checkOptions(const TrainingLoopOptions &options)
{
    if (options.epochs >= 1 && options.stepsPerEpoch >= 1 && options.smallestBatch >= 1
        && options.batch >= options.smallestBatch)
        return {};
    return Error(ErrorCode::BadArgument,
                 {{"name", "epochs, steps per epoch, batch"},
                  {"expected", "positive numbers, a batch of at least " + std::to_string(options.smallestBatch)},
                  {"found", std::to_string(options.epochs) + ", " + std::to_string(options.stepsPerEpoch) + ", "
                                + std::to_string(options.batch)}});
}

Result<void> openFolder(const RunFolder &folder, const nlohmann::json &settings)
{
    Result<void> done = folder.create();
    if (done)
        done = folder.writeSettings(settings);
    if (done)
        done = folder.writeState(RunState::Running);
    return done;
}

Result<void> closeFolder(const RunFolder &folder, const Error *error)
{
    if (!error)
        return folder.writeState(RunState::Finished);
    return error->isCancelled() ? folder.writeState(RunState::Cancelled) : folder.writeState(RunState::Failed, error);
}

} // namespace

Result<TrainingLoopReport> runTrainingLoop(TrainingTask &task, const TrainingLoopOptions &options,
                                           const JobContext &job)
{
    if (Result<void> checked = checkOptions(options); !checked)
        return checked.error();
    const RunFolder folder(options.out, isFirst(options));
    if (Result<void> opened = openFolder(folder, options.settings); !opened)
        return opened.error();
    JobContext own = job;
    if (!isFirst(options))
        own.progress = {};
    TrainingLoop loop(task, options, own);
    Result<TrainingLoopReport> report = guarded<TrainingLoopReport>(options.batch, [&] { return loop.run(); });
    const Result<void> closed = closeFolder(folder, report ? nullptr : &report.error());
    return report && !closed ? Result<TrainingLoopReport>(closed.error()) : report;
}

} // namespace poselift
