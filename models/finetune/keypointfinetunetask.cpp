#include "models/finetune/keypointfinetunetask_torch.h"

#include "core/base/sha256.h"
#include "core/io/atomicfile.h"
#include "models/lift/moduleweights_torch.h"
#include "models/train/trainedmodel.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <numbers>

namespace poselift {

namespace fs = std::filesystem;

namespace {

constexpr double kFirstEpochShare = 0.25;
constexpr std::size_t kRehearsalPeople = 200; ///< measured at most
// Fewer joints, or hardly a wrong one among them, say too little about what a score is worth.
constexpr std::size_t kJointsToCalibrate = 400;
constexpr std::size_t kWrongToCalibrate = 20;

PersonExampleOptions exampleOptions(const KeypointWeights &start)
{
    PersonExampleOptions options;
    options.inputSize = start.inputSize;
    options.padding = start.padding;
    options.teacherShare = 0; // a label was put by hand for this very network
    options.cacheMegabytes = 512;
    options.augmentation.rotationDegrees = 20; // people of one clip are much alike
    return options;
}

KeypointTrainingOptions trainingOptions(const KeypointFinetuneOptions &options)
{
    KeypointTrainingOptions training;
    training.learningRate = options.learningRate;
    training.averaging = options.averaging;
    training.frozenStatistics = true;
    return training;
}

/// The corrected pieces first, then the rehearsal's people.
Result<PersonExamples> makeExamples(KeypointPack pieces, TrainingPacks rehearsal, double rehearsalShare,
                                    const PersonExampleOptions &options)
{
    TrainingPacks packs;
    packs.name = "corrected frames";
    packs.counts = {pieces.people.size()};
    packs.pack = std::move(pieces);
    std::vector<double> shares;
    if (!rehearsal.pack.people.empty() && rehearsalShare > 0) {
        if (rehearsal.pack.skeleton.joints != packs.pack.skeleton.joints)
            return Error(ErrorCode::WrongFormat, {{"path", rehearsal.name},
                                                  {"expected", "the joints of " + packs.pack.skeleton.name},
                                                  {"found", rehearsal.pack.skeleton.name}});
        packs.name += ", " + rehearsal.name;
        packs.counts.push_back(rehearsal.pack.people.size());
        std::ranges::move(rehearsal.pack.people, std::back_inserter(packs.pack.people));
        shares = {1 - rehearsalShare, rehearsalShare};
    }
    return PersonExamples::create(std::move(packs), shares, options);
}

/// Copies what finds people for @p model, where it has a part of its own for that, into @p folder.
Result<std::vector<CompanionFile>> copyFinder(const DetectorManifest &model, const fs::path &folder)
{
    const ModelFile *finder = model.common.fileOfRole("finder");
    if (finder == nullptr)
        return std::vector<CompanionFile>();
    const fs::path target = folder / finder->name;
    const Result<void> copied = replaceFile(target, [&](const fs::path &temporary) -> Result<void> {
        std::error_code failed;
        fs::copy_file(model.folder / finder->name, temporary, fs::copy_options::overwrite_existing, failed);
        if (!failed)
            fs::permissions(temporary, fs::perms::owner_write, fs::perm_options::add, failed);
        if (failed)
            return Error(ErrorCode::CannotWrite, {{"path", target.string()}, {"detail", failed.message()}});
        return {};
    });
    if (!copied)
        return copied.error();
    return std::vector<CompanionFile>{{finder->name, finder->role}};
}

} // namespace

KeypointFinetuneTask::KeypointFinetuneTask(DetectorManifest model, KeypointWeights start,
                                           std::vector<PieceOrigin> origins, PersonExamples examples,
                                           const KeypointFinetuneOptions &options, torch::Device device)
    : m_model(std::move(model)), m_start(std::move(start)), m_origins(std::move(origins)),
      m_examples(std::move(examples)), m_options(options), m_training(m_start.network, trainingOptions(options), device)
{
    m_training.freeze(options.frozenBlocks);
}

Result<std::unique_ptr<KeypointFinetuneTask>>
KeypointFinetuneTask::create(const DetectorManifest &model, CorrectedPieces pieces, TrainingPacks rehearsal,
                             const KeypointFinetuneOptions &options, torch::Device device)
{
    Result<KeypointWeights> start = readKeypointWeights(model.network);
    if (!start)
        return start.error();
    if (pieces.pack.skeleton.joints != start->skeleton.joints)
        return Error(ErrorCode::WrongFormat, {{"path", model.network.string()},
                                              {"expected", "the joints of " + pieces.pack.skeleton.name},
                                              {"found", start->skeleton.name}});
    const Result<std::string> digest = sha256OfFile(model.network);
    if (!digest)
        return digest.error();
    Result<PersonExamples> examples =
        makeExamples(std::move(pieces.pack), std::move(rehearsal), options.rehearsalShare, exampleOptions(*start));
    if (!examples)
        return examples.error();
    const WeightsFile weights = std::move(start->file);
    start->file = {};
    std::unique_ptr<KeypointFinetuneTask> task(new KeypointFinetuneTask(
        model, *std::move(start), std::move(pieces.origins), *std::move(examples), options, device));
    task->m_startDigest = *digest;
    if (Result<void> started = task->m_training.start(weights, model.network.string()); !started)
        return started.error();
    return task;
}

double KeypointFinetuneTask::beginEpoch(int epoch, int epochs)
{
    const double progress = static_cast<double>(epoch) / std::max(1, epochs);
    const double share = epoch == 0 ? kFirstEpochShare : (1 + std::cos(std::numbers::pi * progress)) / 2;
    m_training.setLearningRate(m_options.learningRate * share);
    return m_options.learningRate * share;
}

PersonBatch KeypointFinetuneTask::batchOf(std::int64_t step, int batch)
{
    if (m_ahead.batch.valid()) {
        PersonBatch drawn = m_ahead.batch.get();
        if (m_ahead.step == step && m_ahead.size == batch)
            return drawn;
    }
    return m_examples.drawBatch(m_options.seed, step, batch);
}

Result<StepOutcome> KeypointFinetuneTask::step(std::int64_t step, int batch)
{
    const auto start = std::chrono::steady_clock::now();
    PersonBatch drawn = batchOf(step, batch);
    StepOutcome outcome;
    outcome.dataSeconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    m_ahead = {step + 1, batch, std::async(std::launch::async, [this, step, batch] {
                   return m_examples.drawBatch(m_options.seed, step + 1, batch);
               })};
    static_assert(sizeof(JointTarget) == kTargetValues * sizeof(float));
    const int64_t size = m_examples.options().inputSize;
    const torch::Tensor pictures = torch::from_blob(drawn.inputs.data(), {batch, 3, size, size});
    const torch::Tensor targets =
        torch::from_blob(drawn.targets.data(), {batch, m_examples.skeleton().jointCount(), kTargetValues});
    outcome.loss = m_training.step(pictures, targets);
    outcome.terms = {{"heatmap", outcome.loss}};
    return outcome;
}

std::string KeypointFinetuneTask::batchName(std::int64_t step, int batch) const
{
    std::string name;
    for (int i = 0; i < batch; ++i) {
        const std::size_t person = m_examples.shownAt(m_options.seed, step * batch + i);
        name += (name.empty() ? "" : "; ") + m_examples.pack().people[person].source;
    }
    return name;
}

Result<ValidationOutcome> KeypointFinetuneTask::validate(const std::stop_token &stop)
{
    std::vector<std::size_t> people = piecesOf(PieceUse::Validation);
    if (people.empty())
        people = piecesOf(PieceUse::Train);
    m_lastMeasured.clear();
    const auto batch = static_cast<std::size_t>(m_options.measuringBatch);
    for (std::size_t first = 0; first < people.size(); first += batch) {
        if (stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        const std::span<const std::size_t> part =
            std::span(people).subspan(first, std::min(batch, people.size() - first));
        std::ranges::move(measureKeypoints(m_training, m_examples, part, m_options.measuringBatch),
                          std::back_inserter(m_lastMeasured));
    }
    double sum = 0;
    for (const JointError &error : inVideo(m_lastMeasured))
        sum += error.pixels;
    const double mean = sum / static_cast<double>(std::max<std::size_t>(1, m_lastMeasured.size()));
    return ValidationOutcome{mean, {{"pixels", mean}}};
}

Result<void> KeypointFinetuneTask::restore(const WeightsFile &state, const std::string &path)
{
    return m_training.restore(state, path);
}

nlohmann::json KeypointFinetuneTask::fixedOptions() const
{
    return {{"base_sha256", m_startDigest},
            {"people", m_examples.training().size()},
            {"rehearsal_share", m_options.rehearsalShare},
            {"frozen_blocks", m_options.frozenBlocks},
            {"learning_rate", m_options.learningRate}};
}

Calibration KeypointFinetuneTask::calibration() const
{
    std::vector<ConfidenceSample> samples;
    std::size_t wrong = 0;
    for (const MeasuredJoint &joint : m_lastMeasured) {
        const std::optional<bool> correct = joint.isCorrect();
        if (!correct)
            continue;
        samples.push_back({joint.mass, *correct});
        wrong += *correct ? 0 : 1;
    }
    const bool enough = samples.size() >= kJointsToCalibrate && wrong >= kWrongToCalibrate;
    return enough ? fitCalibration(samples) : m_start.calibration;
}

Result<void> KeypointFinetuneTask::saveModel(const fs::path &folder, const nlohmann::json &training)
{
    KeypointWeights weights = m_start;
    weights.calibration = calibration();
    weights.training = {{"finetuned_from", m_model.name},
                        {"base_sha256", m_startDigest},
                        {"base_training", m_start.training},
                        {"data", m_examples.pack().description},
                        {"people", m_examples.training().size()},
                        {"seed", m_options.seed},
                        {"learning_rate", m_options.learningRate},
                        {"rehearsal_share", m_options.rehearsalShare},
                        {"run", training}};
    weights.file.arrays = weightsOf(*m_training.averaged());
    if (Result<void> written = writeKeypointWeights(std::move(weights), folder / "weights.h5"); !written)
        return written;
    const Result<std::vector<CompanionFile>> companions = copyFinder(m_model, folder);
    if (!companions)
        return companions.error();
    nlohmann::json manifest = m_model.common.json;
    manifest["name"] = m_options.name;
    manifest["title"] = m_model.common.title + ", fine-tuned: " + m_options.name;
    manifest["source"] = "fine-tuned from " + m_model.name + " (" + m_model.common.source + ")";
    return writeTrainedManifest(std::move(manifest), folder, *companions);
}

Result<void> KeypointFinetuneTask::useModel(const fs::path &folder)
{
    const fs::path path = folder / "weights.h5";
    Result<KeypointWeights> weights = readKeypointWeights(path);
    return weights ? m_training.start(weights->file, path.string()) : Result<void>(weights.error());
}

std::vector<KeypointFinetuneTask::JointError>
KeypointFinetuneTask::inVideo(const std::vector<MeasuredJoint> &measured) const
{
    std::vector<JointError> errors;
    for (const MeasuredJoint &joint : measured) {
        const PieceOrigin &origin = m_origins[joint.person];
        errors.push_back({origin.frame, origin.track, joint.joint, joint.distance / origin.scale});
    }
    return errors;
}

std::vector<KeypointFinetuneTask::JointError> KeypointFinetuneTask::errorsOf(PieceUse use)
{
    const std::vector<std::size_t> people = piecesOf(use);
    return inVideo(measureKeypoints(m_training, m_examples, people, m_options.measuringBatch));
}

std::vector<std::size_t> KeypointFinetuneTask::piecesOf(PieceUse use) const
{
    std::vector<std::size_t> people;
    for (std::size_t i = 0; i < m_origins.size(); ++i) {
        if (m_origins[i].use == use)
            people.push_back(i);
    }
    return people;
}

double KeypointFinetuneTask::rehearsalPck()
{
    std::vector<std::size_t> people;
    for (const std::size_t person : m_examples.validation()) {
        if (person >= m_origins.size() && people.size() < kRehearsalPeople)
            people.push_back(person);
    }
    std::size_t correct = 0;
    std::size_t judged = 0;
    for (const MeasuredJoint &joint : measureKeypoints(m_training, m_examples, people, m_options.measuringBatch)) {
        if (const std::optional<bool> right = joint.isCorrect()) {
            correct += *right ? 1 : 0;
            ++judged;
        }
    }
    return judged > 0 ? static_cast<double>(correct) / static_cast<double>(judged) : -1;
}

} // namespace poselift
