#include "models/finetune/finetunedetector.h"

#include "core/io/atomicfile.h"
#include "core/io/projectfile.h"
#include "models/detect/choosedetector.h"
#include "models/finetune/beforeafter.h"
#include "models/finetune/keypointfinetunetask_torch.h"
#include "models/finetune/projectmedia.h"
#include "models/lift/torchthreads.h"
#include "models/registry.h"
#include "models/train/trainingdevice_torch.h"
#include "models/train/trainingloop.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <limits>
#include <map>
#include <set>

namespace poselift {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr int kStepsPerEpoch = 20;
constexpr double kGapSeconds = 0.5;        ///< between frames that are learnt from and frames that are measured on
constexpr std::int64_t kFewestToStop = 10; ///< frames of a validation
constexpr double kTrialSeconds = 3.0;
constexpr std::uint64_t kBootstrapSeed = 1;
constexpr std::int64_t kBootstrapFrames = 30; ///< about a second that is resampled together

/// How long and how fast.
struct Preset
{
    int steps = 240;
    int batch = 16;
    double learningRate = 1e-3;
    int patience = 5; ///< epochs
};

Preset presetOf(const FinetuneOptions &options)
{
    Preset preset;
    if (options.preset == "thorough")
        preset = {.steps = 1000, .batch = 24, .learningRate = 1e-3, .patience = 12};
    preset.steps = options.steps > 0 ? options.steps : preset.steps;
    preset.batch = options.batch > 0 ? options.batch : preset.batch;
    preset.learningRate = options.learningRate > 0 ? options.learningRate : preset.learningRate;
    return preset;
}

Result<DetectorManifest> chooseOwn(const std::string &name)
{
    const std::vector<DetectorManifest> installed = installedDetectors("keypoints");
    const auto own = std::ranges::find_if(installed, [&name](const DetectorManifest &model) {
        return model.isOwn() && (name.empty() || model.name == name);
    });
    if (own != installed.end())
        return *own;
    std::string names;
    for (const DetectorManifest &model : installed)
        names += model.isOwn() ? (names.empty() ? "" : ", ") + model.name : "";
    for (const InstalledModel &model : installedModels()) {
        if (model.name == name)
            return Error(ErrorCode::BadArgument,
                         {{"name", "model"},
                          {"expected", "a detector of our own (" + (names.empty() ? "none is installed" : names) + ")"},
                          {"found", "'" + name + "' (" + model.title + ")"}});
    }
    return Error(ErrorCode::ModelNotFound, {{"found", name}, {"expected", names.empty() ? "none" : names}});
}

/// A folder's name for the trained model: letters, digits, '-' and '_' of the project's name.
std::string modelName(const std::string &base, const fs::path &project)
{
    std::string name = base + "-";
    for (const unsigned char c : project.stem().string())
        name += std::isalnum(c) != 0 || c == '-' || c == '_' || c >= 0x80 ? static_cast<char>(c) : '_';
    return name;
}

std::vector<std::int64_t> framesOf(const std::vector<CorrectedPerson> &people)
{
    std::vector<std::int64_t> frames;
    for (const CorrectedPerson &person : people) {
        if (frames.empty() || frames.back() != person.frame)
            frames.push_back(person.frame);
    }
    return frames;
}

std::int64_t gapOf(const Project &project)
{
    const std::vector<double> &seconds = project.media.seconds;
    if (seconds.size() < 2 || !(seconds.back() > seconds.front()))
        return 0;
    const double rate = static_cast<double>(seconds.size() - 1) / (seconds.back() - seconds.front());
    return std::llround(kGapSeconds * rate);
}

/// Without validation where that would have too few frames to say when to stop: they are learnt from instead.
LearningBlocks blocksFor(const std::vector<std::int64_t> &frames, double heldOutShare, std::int64_t gap)
{
    LearningBlocks blocks = chooseLearningBlocks(frames, heldOutShare, gap);
    const auto validated =
        std::ranges::count_if(frames, [&blocks](std::int64_t frame) { return contains(blocks.validation, frame); });
    if (validated < kFewestToStop) {
        blocks.train.insert(blocks.train.end(), blocks.validation.begin(), blocks.validation.end());
        blocks.validation.clear();
    }
    return blocks;
}

/// What a project gives to learn from, cut out of its video.
Result<CorrectedPieces> readPieces(const FinetuneOptions &options, const Skeleton &skeleton, const JobContext &job)
{
    const Result<Project> project = readProject(options.project);
    if (!project)
        return project.error();
    const std::vector<CorrectedPerson> people = correctedPeople(*project, skeleton, {options.frames, options.tracks});
    const std::vector<std::int64_t> frames = framesOf(people);
    if (frames.size() < kLeastLabelledFrames)
        return Error(ErrorCode::NothingToLearn, {{"path", options.project.string()},
                                                 {"expected", "at least " + std::to_string(kLeastLabelledFrames)
                                                                  + " frames with corrected keypoints"},
                                                 {"found", std::to_string(frames.size())}});
    Result<std::unique_ptr<FrameSource>> source = openProjectMedia(*project, options.project, job);
    if (!source)
        return source.error();
    const LearningBlocks blocks = blocksFor(frames, options.heldOutShare, gapOf(*project));
    return cutCorrectedPieces(**source, people, blocks, skeleton, job);
}

json trainedOn(const CorrectedPieces &pieces)
{
    std::set<std::int64_t> frames;
    std::set<TrackId> people;
    std::int64_t joints = 0;
    for (const std::size_t i : pieces.ofUse(PieceUse::Train)) {
        frames.insert(pieces.origins[i].frame);
        people.insert(pieces.origins[i].track);
        joints += std::ranges::count_if(pieces.pack.people[i].labels, &Keypoint2D::isKnown);
    }
    return {{"frames", frames.size()}, {"joints", joints}, {"people", people}};
}

/// Frames that the report measures on; a range goes on while no other frame lies between.
json heldOut(const CorrectedPieces &pieces)
{
    std::set<std::int64_t> frames;
    std::set<std::int64_t> others;
    for (const PieceOrigin &origin : pieces.origins)
        (origin.use == PieceUse::Report ? frames : others).insert(origin.frame);
    std::vector<std::pair<std::int64_t, std::int64_t>> ranges;
    for (const std::int64_t frame : frames) {
        const bool goesOn = !ranges.empty() && others.lower_bound(ranges.back().first) == others.lower_bound(frame);
        if (goesOn)
            ranges.back().second = frame + 1;
        else
            ranges.emplace_back(frame, frame + 1);
    }
    return {{"frames", frames.size()}, {"ranges", ranges}};
}

/// "metrics", "overall" and "joints" of a report: the same joints, measured twice.
json comparePixels(const std::vector<KeypointFinetuneTask::JointError> &before,
                   const std::vector<KeypointFinetuneTask::JointError> &after, const Skeleton &skeleton,
                   std::int64_t longest)
{
    const double unknown = std::numeric_limits<double>::quiet_NaN();
    const auto joints = skeleton.joints.size();
    std::map<std::pair<int, std::int64_t>, std::size_t> rows; // by person and frame
    for (const auto &error : before)
        rows.emplace(std::pair(error.track, error.frame), 0);
    std::vector<std::pair<int, std::int64_t>> personAndFrame;
    for (auto &[key, row] : rows) {
        row = personAndFrame.size();
        personAndFrame.push_back(key);
    }
    ErrorTable table{"pixels", std::vector<double>(rows.size() * joints, unknown),
                     std::vector<double>(rows.size() * joints, unknown)};
    for (std::size_t i = 0; i < before.size(); ++i) {
        const std::size_t row = rows.at({before[i].track, before[i].frame});
        const std::size_t at = row * joints + static_cast<std::size_t>(before[i].joint);
        table.before[at] = before[i].pixels;
        table.after[at] = after[i].pixels;
    }
    return compareErrors({table}, skeleton.joints, bootstrapBlocks(personAndFrame, longest), kBootstrapSeed);
}

Result<void> writeReport(const json &report, const fs::path &folder)
{
    return replaceFile(folder / "report.json", [&](const fs::path &temporary) -> Result<void> {
        std::ofstream file(temporary);
        file << report.dump(2) << '\n';
        if (!file.flush())
            return Error(ErrorCode::CannotWrite, {{"path", temporary.string()}, {"detail", "write failed"}});
        return {};
    });
}

/// One fine-tuning from the project to the report.
class DetectorFinetuning
{
public:
    DetectorFinetuning(const FinetuneOptions &options, const JobContext &job)
        : m_options(options), m_preset(presetOf(options)), m_job(job)
    {
    }

    Result<void> prepare();
    Result<json> run();
    Result<json> trial();

private:
    /// What the present weights are worth.
    struct Measurement
    {
        std::vector<KeypointFinetuneTask::JointError> errors;
        double rehearsalPck = -1;
    };

    Result<CorrectedPieces> takePieces(const Skeleton &skeleton);
    Result<TrainingPacks> readRehearsal() const;
    Measurement measure();
    json report(const Measurement &before, const Measurement &after) const;
    TrainingLoopOptions loopOptions() const;

    const FinetuneOptions &m_options;
    Preset m_preset;
    const JobContext &m_job;
    DetectorManifest m_model;
    json m_trainedOn;
    json m_heldOut;
    bool m_hasValidation = false;
    std::string m_rehearsal; ///< its name; empty: none
    std::unique_ptr<KeypointFinetuneTask> m_task;
};

Result<CorrectedPieces> DetectorFinetuning::takePieces(const Skeleton &skeleton)
{
    if (m_options.resume)
        return readCorrectedPieces(m_options.run);
    Result<CorrectedPieces> pieces = readPieces(m_options, skeleton, m_job);
    if (!pieces || m_options.trial)
        return pieces;
    std::error_code failed;
    fs::create_directories(m_options.run, failed);
    if (failed)
        return Error(ErrorCode::CannotWrite, {{"path", m_options.run.string()}, {"detail", failed.message()}});
    if (Result<void> written = writeCorrectedPieces(*pieces, m_options.run); !written)
        return written.error();
    return readCorrectedPieces(m_options.run); // rounded as a resumed run will find them
}

Result<TrainingPacks> DetectorFinetuning::readRehearsal() const
{
    if (m_options.rehearsal.empty() || m_options.rehearsalShare <= 0)
        return TrainingPacks();
    return readTrainingPacks({m_options.rehearsal});
}

Result<void> DetectorFinetuning::prepare()
{
    const Result<torch::Device> device = chooseDevice(m_options.device);
    if (!device)
        return device.error();
    Result<DetectorManifest> model = chooseOwn(m_options.model);
    if (!model)
        return model.error();
    m_model = *std::move(model);
    const Result<KeypointWeights> weights = readKeypointWeights(m_model.network);
    if (!weights)
        return weights.error();
    Result<CorrectedPieces> pieces = takePieces(weights->skeleton);
    if (!pieces)
        return pieces.error();
    m_trainedOn = trainedOn(*pieces);
    m_heldOut = heldOut(*pieces);
    m_hasValidation = !pieces->ofUse(PieceUse::Validation).empty();
    Result<TrainingPacks> rehearsal = readRehearsal();
    if (!rehearsal)
        return rehearsal.error();
    m_rehearsal = rehearsal->name;
    setTorchThreads(m_options.threads);
    KeypointFinetuneOptions options;
    options.learningRate = m_preset.learningRate;
    options.frozenBlocks = m_options.frozenBlocks;
    options.rehearsalShare = m_rehearsal.empty() ? 0 : m_options.rehearsalShare;
    options.seed = m_options.seed;
    options.name = modelName(m_model.name, m_options.project);
    Result<std::unique_ptr<KeypointFinetuneTask>> task =
        KeypointFinetuneTask::create(m_model, *std::move(pieces), *std::move(rehearsal), options, *device);
    if (!task)
        return task.error();
    m_task = *std::move(task);
    return {};
}

TrainingLoopOptions DetectorFinetuning::loopOptions() const
{
    TrainingLoopOptions loop;
    loop.out = m_options.run;
    loop.epochs = (m_preset.steps + kStepsPerEpoch - 1) / kStepsPerEpoch;
    loop.stepsPerEpoch = (m_preset.steps + loop.epochs - 1) / loop.epochs; // all of one length
    loop.batch = m_preset.batch;
    loop.seed = m_options.seed;
    loop.resume = m_options.resume;
    loop.patience = m_hasValidation ? m_preset.patience : 0;
    loop.settings = toJson(m_options);
    loop.settings["model"] = m_model.name;
    return loop;
}

DetectorFinetuning::Measurement DetectorFinetuning::measure()
{
    m_job.report("measure", 0, 1);
    Measurement measurement{m_task->errorsOf(PieceUse::Report), m_task->rehearsalPck()};
    m_job.report("measure", 1, 1);
    return measurement;
}

json DetectorFinetuning::report(const Measurement &before, const Measurement &after) const
{
    json report = comparePixels(before.errors, after.errors, m_task->skeleton(), kBootstrapFrames);
    report["kind"] = "detector";
    report["model"] = m_model.name;
    report["objective"] = "supervised";
    report["truth"] = "2d";
    report["held_out"] = m_heldOut;
    report["trained_on"] = m_trainedOn;
    report["rehearsal"] = nullptr;
    if (before.rehearsalPck >= 0)
        report["rehearsal"] = {
            {"data", m_rehearsal}, {"before_pck", before.rehearsalPck}, {"after_pck", after.rehearsalPck}};
    return report;
}

Result<json> DetectorFinetuning::run()
{
    const Measurement before = measure();
    const Result<TrainingLoopReport> trained = runTrainingLoop(*m_task, loopOptions(), m_job);
    if (!trained)
        return trained.error();
    if (Result<void> used = m_task->useModel(m_options.run); !used)
        return used.error();
    const json compared = report(before, measure());
    if (Result<void> written = writeReport(compared, m_options.run); !written)
        return written.error();
    return json{{"run", m_options.run.string()},
                {"model", m_options.run.string()},
                {"report", (m_options.run / "report.json").string()}};
}

Result<json> DetectorFinetuning::trial()
{
    using Clock = std::chrono::steady_clock;
    const TrainingLoopOptions loop = loopOptions();
    m_task->beginEpoch(0, loop.epochs);
    Clock::time_point warm;
    std::int64_t step = 0;
    double seconds = 0;
    while (step < 2 || seconds < kTrialSeconds) {
        if (m_job.stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        if (const Result<StepOutcome> outcome = m_task->step(step, loop.batch); !outcome)
            return outcome.error();
        if (++step == 1)
            warm = Clock::now(); // the first step pays for buffers and kernels
        seconds = std::chrono::duration<double>(Clock::now() - warm).count();
    }
    const double perStep = seconds / static_cast<double>(step - 1);
    const std::int64_t steps = loop.epochs * loop.stepsPerEpoch;
    return json{{"seconds_per_step", perStep},
                {"steps", steps},
                {"estimated_s", perStep * static_cast<double>(steps)},
                {"trained_on", m_trainedOn},
                {"held_out", m_heldOut}};
}

} // namespace

Result<json> finetuneDetector(const FinetuneOptions &options, const JobContext &job)
{
    try {
        DetectorFinetuning finetuning(options, job);
        if (Result<void> prepared = finetuning.prepare(); !prepared)
            return prepared.error();
        return options.trial ? finetuning.trial() : finetuning.run();
    } catch (const c10::Error &error) {
        return Error(ErrorCode::Internal, {{"detail", error.what_without_backtrace()}});
    }
}

} // namespace poselift
