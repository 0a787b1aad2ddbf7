#include "models/finetune/finetunetask_torch.h"

#include "models/finetune/seenlosses_torch.h"
#include "models/lift/moduleweights_torch.h"
#include "models/train/adamstate_torch.h"
#include "models/train/random.h"
#include "models/train/trainedmodel.h"

#include <array>
#include <chrono>
#include <cmath>
#include <fstream>
#include <numbers>
#include <set>

namespace poselift {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr double kImitationShare = 0.7;    // of a batch without rehearsal; the rest are the person's frames
constexpr double kLabelledShare = 0.7;     // of the person's frames
constexpr double kLastLearningRate = 0.05; // of the first, at the end
constexpr int kFixedExamples = 256;
constexpr std::uint64_t kFixedStream = 1ULL << 40; // imitations that are measured are never trained on
constexpr std::uint64_t kImitationStream = 1ULL << 41;
constexpr std::uint64_t kPersonStream = 1ULL << 42;
// Weights of the terms; a metre counts the same in 3D and as seen at the person.
constexpr double kBoneLengthWeight = 0.5;
constexpr double kPriorWeight = 0.5;
constexpr double kAdversarialWeight = 0.01;
constexpr double kRealismLearningRate = 2e-4;
/// A score gets worse steeply when more than this share of the old ability is lost.
constexpr double kToleratedLoss = 0.01;
constexpr double kLossPenalty = 10.0;
/// Points on the way from the old weights to the trained ones that are tried.
constexpr std::array<double, 4> kShares{1.0, 0.75, 0.5, 0.3};

/// Parameters of the first @p count blocks, from the input. Names as in moduleweights; a block of the
/// temporal network is its wide and its 1×1 convolution.
std::optional<std::set<std::string>> frozenPrefixes(const torch::nn::Module &module, int count)
{
    std::vector<std::set<std::string>> blocks;
    for (const auto &item : module.named_parameters()) {
        const std::string &name = item.key();
        const std::size_t dot = name.find('.');
        const std::string first = name.substr(0, dot);
        std::size_t block = 0;
        const std::size_t number = dot == std::string::npos ? dot : name.find_first_of("0123456789", dot);
        if (number == dot + 1 && dot != std::string::npos) {
            const std::size_t layer = std::stoul(name.substr(number));
            block = 1 + (first.starts_with("layers") ? layer / 2 : layer);
        }
        if (blocks.size() <= block)
            blocks.resize(block + 1);
        if (first != "shrink")
            blocks[block].insert(name);
    }
    if (static_cast<std::size_t>(count) > blocks.size())
        return std::nullopt;
    std::set<std::string> frozen;
    for (int i = 0; i < count; ++i)
        frozen.insert(blocks[static_cast<std::size_t>(i)].begin(), blocks[static_cast<std::size_t>(i)].end());
    return frozen;
}

double averageOf(const torch::Tensor &values)
{
    return values.mean().item<double>();
}

torch::Tensor distances(const torch::Tensor &a, const torch::Tensor &b)
{
    return ((a - b).square().sum(2) + 1e-12).sqrt();
}

Result<json> manifestOf(const fs::path &folder)
{
    std::ifstream file(folder / "model.json");
    json manifest = json::parse(file, nullptr, /*allow_exceptions=*/false);
    if (!manifest.is_object())
        return Error(ErrorCode::CannotRead, {{"path", (folder / "model.json").string()}, {"detail", "no JSON object"}});
    return manifest;
}

} // namespace

Result<std::unique_ptr<FinetuneTask>> FinetuneTask::create(LifterModel model, std::unique_ptr<LifterNetwork> network,
                                                           const FinetuneData &data, const FinetuneTaskOptions &options,
                                                           const std::stop_token &stop)
{
    const auto frozen = frozenPrefixes(network->module(), options.frozenBlocks);
    if (!frozen)
        return Error(ErrorCode::BadArgument, {{"name", "frozen_blocks"},
                                              {"expected", "no more blocks than the network has"},
                                              {"found", std::to_string(options.frozenBlocks)}});
    network->module().to(options.device);
    std::vector<torch::Tensor> trained;
    for (const auto &item : network->module().named_parameters()) {
        item.value().set_requires_grad(!frozen->contains(item.key()));
        if (!frozen->contains(item.key()))
            trained.push_back(item.value());
    }
    std::unique_ptr<FinetuneTask> task(
        new FinetuneTask(std::move(model), std::move(network), data, options, std::move(trained)));
    const Result<Errors> before = task->measure(stop);
    if (!before)
        return before.error();
    task->m_before = *before;
    return task;
}

FinetuneTask::FinetuneTask(LifterModel model, std::unique_ptr<LifterNetwork> network, const FinetuneData &data,
                           const FinetuneTaskOptions &options, std::vector<torch::Tensor> trained)
    : m_model(std::move(model)), m_network(std::move(network)), m_data(data), m_options(options),
      m_optimiser(std::move(trained), torch::optim::AdamOptions(options.learningRate).amsgrad(true)),
      m_limbs(
          torch::tensor(std::vector<int64_t>(data.limbs().index.begin(), data.limbs().index.end())).to(options.device))
{
    if (data.objective() == FinetuneObjective::Adversarial)
        m_realism.emplace(kRealismLearningRate, options.seed, options.device);
    m_old = copiedParameters();
    if (data.unseen() != nullptr)
        m_fixedRehearsal = draw(*data.unseen(), kFixedStream, 2 * kFixedExamples);
    if (!data.imitations().empty())
        m_fixedImitation = draw(data.imitations().front(), kFixedStream, kFixedExamples);
    m_network->module().eval();
}

double FinetuneTask::beginEpoch(int epoch, int epochs)
{
    const double progress = static_cast<double>(epoch) / std::max(1, epochs);
    const double factor = kLastLearningRate + (1 - kLastLearningRate) * (1 + std::cos(std::numbers::pi * progress)) / 2;
    const double rate = m_options.learningRate * factor;
    for (torch::optim::OptimizerParamGroup &group : m_optimiser.param_groups())
        static_cast<torch::optim::AdamOptions &>(group.options()).lr(rate);
    m_network->module().eval();
    return rate;
}

FinetuneTask::Shares FinetuneTask::sharesOf(int batch) const
{
    Shares shares;
    if (m_data.general() != nullptr)
        shares.rehearsal = static_cast<int>(std::lround(batch * m_options.rehearsalShare));
    if (!m_data.imitations().empty())
        shares.imitation = static_cast<int>(std::lround((batch - shares.rehearsal) * kImitationShare));
    shares.person = std::max(1, batch - shares.rehearsal - shares.imitation);
    return shares;
}

FinetuneTask::Drawn FinetuneTask::draw(const LiftingExamples &examples, std::uint64_t stream, int count) const
{
    const auto joints = static_cast<int64_t>(examples.targetSize() / 3);
    Drawn drawn{torch::empty({count, examples.options().windowFrames, kLifterInputJointCount, kLifterInputFeatures}),
                torch::empty({count, joints, 3})};
    examples.drawBatch(m_options.seed, stream,
                       {drawn.windows.data_ptr<float>(), static_cast<std::size_t>(drawn.windows.numel())},
                       {drawn.targets.data_ptr<float>(), static_cast<std::size_t>(drawn.targets.numel())});
    return drawn;
}

WindowTensors FinetuneTask::drawPerson(std::int64_t step, int count) const
{
    Random random(m_options.seed, kPersonStream + static_cast<std::uint64_t>(step));
    const auto &labelled = m_data.labelled();
    std::vector<int64_t> indices;
    for (int i = 0; i < count; ++i) {
        if (random.chance(static_cast<float>(kLabelledShare)))
            indices.push_back(labelled[static_cast<std::size_t>(random.below(static_cast<int>(labelled.size())))]);
        else
            indices.push_back(random.below(static_cast<int>(m_data.train().count())));
    }
    const WindowTensors chosen = m_data.train().selected(torch::tensor(indices));
    // Half of them in a mirror, as lifting averages both views.
    const int64_t half = count / 2;
    const auto part = [&](int64_t from, int64_t to) { return chosen.selected(torch::arange(from, to)); };
    if (half == 0)
        return chosen;
    return joined({part(half, count), part(0, half).mirrored(m_data.lifter().outputSkeleton)});
}

void FinetuneTask::addPersonTerms(const torch::Tensor &joints, const WindowTensors &person, const torch::Tensor &real,
                                  std::int64_t step, std::vector<std::pair<std::string, torch::Tensor>> &terms)
{
    const auto here = [&](const torch::Tensor &tensor) { return tensor.to(m_options.device); };
    const FinetuneObjective objective = m_data.objective();
    if (objective == FinetuneObjective::Supervised || objective == FinetuneObjective::Semi)
        terms.emplace_back("mpjpe", weightedMean(distances(joints, here(person.truth)), here(person.truthWeight)));
    if (objective == FinetuneObjective::Supervised)
        return;
    const torch::Tensor limbs = joints.index_select(1, m_limbs);
    const torch::Tensor weight = here(person.weight);
    terms.emplace_back("reprojection",
                       weightedMean(reprojectionErrors(limbs, here(person.rays), weight, here(person.scale)), weight));
    terms.emplace_back("bone_length",
                       kBoneLengthWeight
                           * (boneLengthsOf(joints, m_data.body().bones()) - here(person.lengths)).abs().mean());
    terms.emplace_back("prior", kPriorWeight * distances(joints, here(person.prior)).mean());
    if (!m_realism)
        return;
    torch::Tensor azimuths = torch::empty({limbs.size(0)});
    Random random(m_options.seed, 2 * kPersonStream + static_cast<std::uint64_t>(step));
    for (int64_t i = 0; i < azimuths.size(0); ++i)
        azimuths[i] = random.uniform(-std::numbers::pi_v<float>, std::numbers::pi_v<float>);
    const torch::Tensor lifted = PoseRealism::seen(limbs, here(azimuths));
    m_realism->learn(real.defined() ? real : PoseRealism::seenRays(here(person.rays), here(person.scale)), lifted);
    terms.emplace_back("adversarial", kAdversarialWeight * m_realism->loss(lifted));
}

Result<StepOutcome> FinetuneTask::step(std::int64_t step, int batch)
{
    using Clock = std::chrono::steady_clock;
    const auto start = Clock::now();
    const Shares shares = sharesOf(batch);
    const auto number = static_cast<std::uint64_t>(step);
    Drawn rehearsal;
    Drawn imitation;
    std::vector<torch::Tensor> windows;
    if (shares.rehearsal > 0) {
        rehearsal =
            draw(*m_data.general(), number * m_data.general()->streamsPerBatch(shares.rehearsal), shares.rehearsal);
        windows.push_back(rehearsal.windows);
    }
    if (shares.imitation > 0) {
        const auto &imitations = m_data.imitations();
        const LiftingExamples &examples = imitations[number % imitations.size()];
        imitation =
            draw(examples, kImitationStream + number * examples.streamsPerBatch(shares.imitation), shares.imitation);
        // The detector's errors on this person are not those of the person in a mirror.
        const int64_t half = shares.imitation / 2;
        imitation.windows.slice(0, 0, half) = mirroredWindows(imitation.windows.slice(0, 0, half).clone());
        imitation.targets.slice(0, 0, half) =
            mirroredJoints(imitation.targets.slice(0, 0, half).clone(), m_data.lifter().outputSkeleton);
        windows.push_back(imitation.windows);
    }
    const WindowTensors person = drawPerson(step, shares.person);
    windows.push_back(person.windows);
    const double waited = std::chrono::duration<double>(Clock::now() - start).count();

    m_optimiser.zero_grad();
    const torch::Tensor joints = m_network->forward(torch::cat(windows).to(m_options.device));
    std::vector<std::pair<std::string, torch::Tensor>> terms;
    int64_t at = 0;
    torch::Tensor real;
    const auto learnFrom = [&](const char *name, const Drawn &drawn, int count) {
        if (count == 0)
            return;
        terms.emplace_back(name, distances(joints.slice(0, at, at + count), drawn.targets.to(m_options.device)).mean());
        at += count;
    };
    learnFrom("rehearsal", rehearsal, shares.rehearsal);
    learnFrom("imitation", imitation, shares.imitation);
    if (imitation.targets.defined())
        real = PoseRealism::seen(imitation.targets.to(m_options.device).index_select(1, m_limbs));
    addPersonTerms(joints.slice(0, at), person, real, step, terms);

    StepOutcome outcome;
    outcome.dataSeconds = waited;
    torch::Tensor loss = torch::zeros({}, joints.options());
    for (const auto &[name, value] : terms) {
        outcome.terms.push_back({name, value.item<double>()});
        loss = loss + value;
    }
    outcome.loss = loss.item<double>();
    if (!std::isfinite(outcome.loss))
        return outcome;
    loss.backward();
    m_optimiser.step();
    return outcome;
}

std::string FinetuneTask::batchName(std::int64_t step, int batch) const
{
    const Shares shares = sharesOf(batch);
    return "step " + std::to_string(step) + ", seed " + std::to_string(m_options.seed) + ": "
           + std::to_string(shares.rehearsal) + " of rehearsal, " + std::to_string(shares.imitation)
           + " of motion capture as this person, " + std::to_string(shares.person) + " of the project";
}

Result<FinetuneTask::Errors> FinetuneTask::measure(const std::stop_token &stop)
{
    const Skeleton &output = m_data.lifter().outputSkeleton;
    Errors errors;
    const WindowTensors &validation = m_data.validation();
    if (validation.count() > 0) {
        const torch::Tensor joints = predicted(*m_network, validation.windows, output);
        const bool hasTruth =
            m_data.objective() == FinetuneObjective::Supervised
            || (m_data.objective() == FinetuneObjective::Semi && validation.truthWeight.sum().item<double>() > 0);
        const torch::Tensor error =
            hasTruth ? weightedMean(distances(joints, validation.truth), validation.truthWeight)
                     : weightedMean(reprojectionErrors(joints.index_select(1, m_limbs.to(torch::kCPU)), validation.rays,
                                                       validation.weight, validation.scale),
                                    validation.weight);
        errors.person = error.item<double>();
    }
    // Each part takes a fraction of a second.
    const auto mpjpeOf = [&](const Drawn &drawn) {
        return drawn.windows.defined() && !stop.stop_requested()
                   ? averageOf(distances(predicted(*m_network, drawn.windows, output), drawn.targets))
                   : 0.0;
    };
    errors.imitation = mpjpeOf(m_fixedImitation);
    errors.rehearsal = mpjpeOf(m_fixedRehearsal);
    if (stop.stop_requested())
        return Error(ErrorCode::Cancelled);
    return errors;
}

std::vector<torch::Tensor> FinetuneTask::copiedParameters() const
{
    std::vector<torch::Tensor> copies;
    for (const torch::Tensor &parameter : m_network->module().parameters())
        copies.push_back(parameter.detach().clone());
    return copies;
}

void FinetuneTask::putBack(const std::vector<torch::Tensor> &parameters)
{
    blend(parameters, 1.0);
}

void FinetuneTask::blend(const std::vector<torch::Tensor> &trained, double share)
{
    const torch::NoGradGuard noGrad;
    const std::vector<torch::Tensor> parameters = m_network->module().parameters();
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        torch::Tensor parameter = parameters[i];
        // The ends exactly: training goes on from them.
        parameter.copy_(share == 1.0 ? trained[i] : m_old[i].lerp(trained[i], share));
    }
}

Result<ValidationOutcome> FinetuneTask::validate(const std::stop_token &stop)
{
    const std::vector<torch::Tensor> trained = copiedParameters();
    std::optional<ValidationOutcome> best;
    for (const double share : kShares) {
        blend(trained, share);
        const Result<Errors> measured = measure(stop);
        if (!measured) {
            putBack(trained);
            return measured.error();
        }
        ValidationOutcome outcome = scored(*measured);
        if (!best || outcome.score < best->score) {
            m_share = share;
            best = std::move(outcome);
        }
    }
    putBack(trained);
    best->figures["share_of_training"] = m_share;
    return *std::move(best);
}

ValidationOutcome FinetuneTask::scored(const Errors &now) const
{
    double sum = 0;
    int parts = 0;
    const auto add = [&](double value, double before) {
        if (before > 0) {
            sum += value / before;
            ++parts;
        }
    };
    add(now.person, m_before.person);
    add(now.imitation, m_before.imitation);
    ValidationOutcome outcome;
    outcome.score = parts > 0 ? sum / parts : 1.0;
    if (m_before.rehearsal > 0)
        outcome.score += kLossPenalty * std::max(0.0, now.rehearsal / m_before.rehearsal - 1 - kToleratedLoss);
    outcome.figures = {{"person_mm", 1000 * now.person}, {"person_before_mm", 1000 * m_before.person}};
    if (m_fixedImitation.windows.defined()) {
        outcome.figures["imitation_mm"] = 1000 * now.imitation;
        outcome.figures["imitation_before_mm"] = 1000 * m_before.imitation;
    }
    if (m_fixedRehearsal.windows.defined()) {
        outcome.figures["rehearsal_mm"] = 1000 * now.rehearsal;
        outcome.figures["rehearsal_before_mm"] = 1000 * m_before.rehearsal;
    }
    return outcome;
}

WeightsFile FinetuneTask::state()
{
    WeightsFile file;
    file.arrays = weightsOf(m_network->module());
    appendAdamState<torch::optim::AdamParamState>(m_optimiser, m_network->module(), file);
    if (m_realism)
        m_realism->appendState(file);
    return file;
}

Result<void> FinetuneTask::restore(const WeightsFile &state, const std::string &path)
{
    WeightsFile network;
    for (const auto &[name, array] : state.arrays) {
        if (!name.starts_with(kAdamPrefix) && !name.starts_with("realism."))
            network.arrays[name] = array;
    }
    if (Result<void> loaded = loadWeights(m_network->module(), network, path); !loaded)
        return loaded;
    if (m_realism) {
        if (Result<void> restored = m_realism->restore(state, path); !restored)
            return restored;
    }
    return restoreAdamState<torch::optim::AdamParamState>(m_optimiser, m_network->module(), state, /*amsgrad=*/true,
                                                          path);
}

json FinetuneTask::fixedOptions() const
{
    return {{"model", m_model.description.name},
            {"project", m_data.project().uuid},
            {"labels", m_data.trainedOn()["joints"]},
            {"objective", objectiveName(m_data.objective())},
            {"learning_rate", m_options.learningRate},
            {"frozen_blocks", m_options.frozenBlocks},
            {"rehearsal_share", m_options.rehearsalShare},
            {"rehearsal", m_data.general() != nullptr},
            {"steps", m_options.steps},
            {"seed", m_options.seed}};
}

Result<void> FinetuneTask::saveModel(const fs::path &folder, const json &training)
{
    WeightsFile weights;
    const std::vector<torch::Tensor> trained = copiedParameters();
    blend(trained, m_share);
    weights.arrays = weightsOf(m_network->module());
    putBack(trained);
    weights.attributes = m_model.weights.attributes;
    weights.attributes["fine_tuning"] = {
        {"from", m_model.description.name}, {"options", fixedOptions()}, {"training", training}};
    if (Result<void> written = writeWeights(weights, folder / "weights.h5"); !written)
        return written;
    Result<json> manifest = manifestOf(m_options.folder);
    if (!manifest)
        return manifest.error();
    (*manifest)["title"] = manifest->value("title", m_model.description.name) + ", fine-tuned";
    (*manifest)["source"] = "fine-tuned from " + m_model.description.name
                            + " with poselift-cli finetune; that: " + manifest->value("source", std::string("unknown"));
    (*manifest)["priority"] = 0;
    manifest->erase("name");
    return writeTrainedManifest(*std::move(manifest), folder);
}

} // namespace poselift
