#include "models/finetune/finetune.h"

#include "core/io/atomicfile.h"
#include "models/finetune/finetunedata_torch.h"
#include "models/finetune/finetunetask_torch.h"
#include "models/finetune/heldouterrors.h"
#include "models/finetune/rehearsalcheck_torch.h"
#include "models/lift/liftermodel.h"
#include "models/lift/torchthreads.h"
#include "models/train/runfolder.h"
#include "models/train/trainingdevice_torch.h"
#include "models/train/trainingloop.h"

#include <chrono>
#include <cmath>
#include <fstream>

namespace poselift {

namespace fs = std::filesystem;
using nlohmann::json;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int kStepsOfEpoch = 25;
constexpr int kLeastPatience = 5; // validations
constexpr double kTrialSeconds = 3.0;
constexpr std::uint64_t kRehearsalSeed = 2024; // of the views of motion capture on which old ability is measured

struct Preset
{
    int steps = 0;
    double learningRate = 0;
};

Preset presetOf(const FinetuneOptions &options)
{
    Preset preset = options.preset == "thorough" ? Preset{1500, 3e-4} : Preset{300, 3e-4};
    if (options.steps > 0)
        preset.steps = options.steps;
    if (options.learningRate > 0)
        preset.learningRate = options.learningRate;
    return preset;
}

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

Result<void> writeJson(const json &value, const fs::path &path)
{
    return replaceFile(path, [&](const fs::path &temporary) -> Result<void> {
        std::ofstream file(temporary);
        file << value.dump(1) << '\n';
        if (!file.good())
            return Error(ErrorCode::CannotWrite, {{"path", path.string()}, {"detail", "write failed"}});
        return {};
    });
}

/// One fine-tuning, from the project to the report.
class Finetuning
{
public:
    static Result<std::unique_ptr<Finetuning>> create(const FinetuneOptions &options, const JobContext &job);
    Result<json> trial(const JobContext &job);
    Result<json> run(const JobContext &job);

private:
    Result<void> loadTask(torch::Device device, const JobContext &job);
    int batch() const;
    Result<void> train(const JobContext &job);
    Result<fs::path> packModel() const;
    Result<json> report(const fs::path &tuned, const JobContext &job);
    Result<json> rehearsalReport(const fs::path &tuned, const JobContext &job);
    HeldOutScene heldOut() const;

    FinetuneOptions m_options;
    Preset m_preset;
    fs::path m_folder; ///< of the model before
    std::unique_ptr<FinetuneData> m_data;
    std::unique_ptr<FinetuneTask> m_task;
};

Result<std::unique_ptr<Finetuning>> Finetuning::create(const FinetuneOptions &options, const JobContext &job)
{
    const Result<torch::Device> device = chooseDevice(options.device);
    if (!device)
        return device.error();
    setTorchThreads(options.threads);
    auto made = std::make_unique<Finetuning>();
    made->m_options = options;
    made->m_preset = presetOf(options);
    const Result<fs::path> folder = findLifter(options.model);
    if (!folder)
        return folder.error();
    made->m_folder = *folder;
    if (Result<void> loaded = made->loadTask(*device, job); !loaded)
        return loaded.error();
    return made;
}

Result<void> Finetuning::loadTask(torch::Device device, const JobContext &job)
{
    job.report("prepare", 0, 0);
    Result<LifterModel> model = readLifterModel(m_folder);
    if (!model)
        return model.error();
    model->description.name = m_folder.filename().string();
    Result<std::unique_ptr<LifterNetwork>> network = createLifterNetwork(*model);
    if (!network)
        return network.error();
    Result<std::unique_ptr<FinetuneData>> data = FinetuneData::create(m_options, model->description, **network, job);
    if (!data)
        return data.error();
    m_data = *std::move(data);
    FinetuneTaskOptions task;
    task.folder = m_folder;
    task.learningRate = m_preset.learningRate;
    task.frozenBlocks = m_options.frozenBlocks;
    task.rehearsalShare = m_options.rehearsalShare;
    task.seed = m_options.seed;
    task.steps = m_preset.steps;
    task.device = device;
    Result<std::unique_ptr<FinetuneTask>> made =
        FinetuneTask::create(*std::move(model), *std::move(network), *m_data, task, job.stop);
    if (!made)
        return made.error();
    m_task = *std::move(made);
    return {};
}

int Finetuning::batch() const
{
    if (m_options.batch > 0)
        return m_options.batch;
    return m_data->general() != nullptr ? 96 : 48;
}

Result<json> Finetuning::trial(const JobContext &job)
{
    m_task->beginEpoch(0, 1);
    const auto start = Clock::now();
    std::int64_t steps = 0;
    // The first step warms up; it counts only when there is no other.
    double measured = 0;
    while (steps < 2 || secondsSince(start) < kTrialSeconds) {
        if (job.stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        const auto begin = Clock::now();
        const Result<StepOutcome> outcome = m_task->step(steps++, batch());
        if (!outcome)
            return outcome.error();
        if (steps > 1)
            measured += secondsSince(begin);
    }
    const double perStep = measured / static_cast<double>(steps - 1);
    const auto begin = Clock::now();
    if (const Result<ValidationOutcome> outcome = m_task->validate(job.stop); !outcome)
        return outcome.error();
    const double perValidation = secondsSince(begin);
    const double validations = std::ceil(static_cast<double>(m_preset.steps) / kStepsOfEpoch);
    return json{{"seconds_per_step", perStep},
                {"steps", m_preset.steps},
                {"estimated_s", perStep * m_preset.steps + perValidation * validations},
                {"trained_on", m_data->trainedOn()},
                {"held_out", {{"ranges", m_data->blocks().report}, {"validation", m_data->blocks().validation}}}};
}

Result<void> Finetuning::train(const JobContext &job)
{
    TrainingLoopOptions loop;
    loop.out = m_options.run;
    loop.epochs = (m_preset.steps + kStepsOfEpoch - 1) / kStepsOfEpoch;
    loop.stepsPerEpoch = (m_preset.steps + loop.epochs - 1) / loop.epochs; // all of one length
    loop.batch = batch();
    loop.seed = m_options.seed;
    // Killed before the first checkpoint: there is nothing to go on from, so it starts anew.
    loop.resume = m_options.resume && fs::exists(m_options.run / "checkpoint.h5");
    loop.patience = std::max(kLeastPatience, loop.epochs / 5);
    loop.checkpointSeconds = 20;
    loop.settings = toJson(m_options);
    const Result<TrainingLoopReport> trained = runTrainingLoop(*m_task, loop, job);
    return trained ? Result<void>() : Result<void>(trained.error());
}

/// RUN/MODEL-tuned-RUNID: what `models install` takes, named so that runs do not replace each other.
Result<fs::path> Finetuning::packModel() const
{
    const fs::path folder =
        m_options.run
        / (m_folder.filename().string() + "-tuned-" + fs::weakly_canonical(m_options.run).filename().string());
    std::error_code failed;
    fs::create_directories(folder, failed);
    for (const char *name : {"weights.h5", "model.json"}) {
        if (!failed)
            fs::copy_file(m_options.run / name, folder / name, fs::copy_options::overwrite_existing, failed);
    }
    if (failed)
        return Error(ErrorCode::CannotWrite, {{"path", folder.string()}, {"detail", failed.message()}});
    return folder;
}

HeldOutScene Finetuning::heldOut() const
{
    return {m_data->people(), m_data->project().media.seconds, m_data->project().camera, m_data->blocks().report,
            m_options.threads};
}

Result<json> Finetuning::rehearsalReport(const fs::path &tuned, const JobContext &job)
{
    if (m_data->general() == nullptr)
        return json();
    json report{{"data", m_options.rehearsal.filename().string()}};
    for (const auto &[name, folder] :
         {std::pair{"before_p_mpjpe_mm", m_folder}, std::pair{"after_p_mpjpe_mm", tuned}}) {
        const Result<LifterModel> model = readLifterModel(folder);
        if (!model)
            return model.error();
        Result<std::unique_ptr<LifterNetwork>> network = createLifterNetwork(*model);
        if (!network)
            return network.error();
        const Result<double> error = oldAbilityMm(**network, m_data->rehearsalValidation(),
                                                  m_data->lifter().framesPerSecond, kRehearsalSeed, job);
        if (!error)
            return error.error();
        report[name] = *error;
    }
    return report;
}

Result<json> Finetuning::report(const fs::path &tuned, const JobContext &job)
{
    const Result<HeldOutErrors> before = measureHeldOut(m_folder, heldOut(), job);
    if (!before)
        return before.error();
    const Result<HeldOutErrors> after = measureHeldOut(tuned, heldOut(), job);
    if (!after)
        return after.error();
    Result<json> rehearsal = rehearsalReport(tuned, job);
    if (!rehearsal)
        return rehearsal.error();
    json report =
        compareHeldOut(*before, *after, m_data->blocks().report, m_data->projectFramesPerSecond(), m_options.seed);
    report["model"] = m_folder.filename().string();
    report["objective"] = objectiveName(m_data->objective());
    report["rehearsal"] = *std::move(rehearsal);
    report["trained_on"] = m_data->trainedOn();
    return report;
}

Result<json> Finetuning::run(const JobContext &job)
{
    if (Result<void> trained = train(job); !trained)
        return trained.error();
    // The loop is finished, the run is not.
    if (Result<void> written = RunFolder(m_options.run, true).writeState(RunState::Running); !written)
        return written.error();
    const Result<fs::path> tuned = packModel();
    if (!tuned)
        return tuned.error();
    const Result<json> made = report(*tuned, job);
    if (!made)
        return made.error();
    const fs::path path = m_options.run / "report.json";
    if (Result<void> written = writeJson(*made, path); !written)
        return written.error();
    return json{{"run", m_options.run.string()}, {"model", tuned->string()}, {"report", path.string()}};
}

Result<json> finetune(const FinetuneOptions &options, const JobContext &job)
{
    Result<std::unique_ptr<Finetuning>> finetuning = Finetuning::create(options, job);
    if (!finetuning)
        return finetuning.error();
    return options.trial ? (*finetuning)->trial(job) : (*finetuning)->run(job);
}

/// The run's folder from before the first look at the project until the report is there: the loop in
/// between knows its own part only.
Result<void> beginRun(const FinetuneOptions &options)
{
    const RunFolder folder(options.run, true);
    Result<void> done = folder.create();
    if (done)
        done = folder.writeSettings(toJson(options));
    return done ? folder.writeState(RunState::Running) : done;
}

Result<void> endRun(const FinetuneOptions &options, const Result<json> &outcome)
{
    const RunFolder folder(options.run, true);
    if (outcome)
        return folder.writeState(RunState::Finished);
    if (outcome.error().isCancelled())
        return folder.writeState(RunState::Cancelled);
    return folder.writeState(RunState::Failed, &outcome.error());
}

} // namespace

Result<json> finetuneLifter(const FinetuneOptions &options, const JobContext &job)
{
    if (!options.trial) {
        if (Result<void> begun = beginRun(options); !begun)
            return begun.error();
    }
    Result<json> outcome = Error(ErrorCode::Cancelled);
    try {
        outcome = finetune(options, job);
    } catch (const c10::Error &error) {
        outcome =
            Error(ErrorCode::InferenceFailed, {{"path", options.model}, {"detail", error.what_without_backtrace()}});
    }
    if (options.trial)
        return outcome;
    const Result<void> ended = endRun(options, outcome);
    return outcome && !ended ? Result<json>(ended.error()) : outcome;
}

} // namespace poselift
