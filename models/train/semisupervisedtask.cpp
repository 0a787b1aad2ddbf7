#include "models/train/semisupervisedtask_torch.h"

#include "models/lift/moduleweights_torch.h"
#include "models/train/adamstate_torch.h"
#include "models/train/semilosses_torch.h"
#include "models/train/temporalprediction_torch.h"
#include "models/train/trainedmodel.h"

#include <chrono>
#include <cmath>

namespace poselift {

namespace {

/// Unlabelled clips are drawn from other streams than labelled ones.
constexpr std::uint64_t kUnlabelledSeed = 0x5EEDULL;

/// One group of columns of views [N, kLiftingViewFloats].
enum class Column
{
    Root = 0,
    Scale = 3,
    VirtualFromCamera = 4,
    Camera = 13,
    Seen = 22,
    Confidence = 22 + 2 * kLifterLimbJoints
};

torch::Tensor columns(const torch::Tensor &views, Column first, int64_t count)
{
    return views.narrow(1, static_cast<int64_t>(first), count);
}

TemporalModelOptions trajectoryOptions(TemporalModelOptions options)
{
    return options.num_joints_out(1);
}

std::vector<std::int64_t> parentsOf(const Skeleton &skeleton)
{
    std::vector<std::int64_t> parents(static_cast<std::size_t>(skeleton.jointCount()), -1);
    for (const auto &[parent, child] : skeleton.bones)
        parents[static_cast<std::size_t>(child)] = parent;
    return parents;
}

Result<std::vector<EvaluationClip>> validationClips(const MocapData &val, const LiftingExampleOptions &examples,
                                                    bool noisy)
{
    EvaluationOptions evaluation;
    evaluation.framesPerSecond = examples.framesPerSecond;
    evaluation.camerasPerSequence = 1;
    evaluation.noise = examples.noise;
    evaluation.noisy = noisy;
    return makeEvaluationClips(val, evaluation);
}

} // namespace

SemiSupervisedNetworkImpl::SemiSupervisedNetworkImpl(const TemporalModelOptions &options)
    : position(register_module("position", TemporalModel(options))),
      trajectory(register_module("trajectory", TemporalModel(trajectoryOptions(options))))
{
}

SemiSupervisedTask::SemiSupervisedTask(LabelledTakes takes, Skeleton output, const TemporalModelOptions &architecture,
                                       const SemiSupervisedOptions &options, torch::Device device,
                                       const TemporalStepOptions &how)
    : m_takes(std::move(takes)), m_output(std::move(output)), m_architecture(architecture), m_options(options),
      m_device(device), m_how(how), m_network((torch::manual_seed(options.seed), architecture)),
      m_optimiser((m_network->to(device), m_network->parameters()),
                  torch::optim::AdamOptions(options.learningRate).amsgrad(true)),
      m_parents(parentsOf(m_output))
{
}

SemiSupervisedTask::~SemiSupervisedTask()
{
    if (m_next.valid())
        m_next.wait();
}

Result<std::unique_ptr<SemiSupervisedTask>>
SemiSupervisedTask::create(LabelledTakes takes, const MocapData &val, const TemporalModelOptions &architecture,
                           const LiftingExampleOptions &examples, const SemiSupervisedOptions &options,
                           torch::Device device, const TemporalStepOptions &how)
{
    if (takes.labelled.sequences.empty() || takes.unlabelled.sequences.empty())
        return Error(ErrorCode::BadArgument, {{"name", "--labelled-share"},
                                              {"expected", "a share that leaves takes with and without 3D"},
                                              {"found", std::to_string(takes.labelledTakes) + " of "
                                                            + std::to_string(takes.takes) + " takes"}});
    std::unique_ptr<SemiSupervisedTask> task(
        new SemiSupervisedTask(std::move(takes), val.skeleton, architecture, options, device, how));
    Result<LiftingExamples> labelled = LiftingExamples::create(task->m_takes.labelled, examples);
    if (!labelled)
        return labelled.error();
    Result<LiftingExamples> unlabelled = LiftingExamples::create(task->m_takes.unlabelled, examples);
    if (!unlabelled)
        return unlabelled.error();
    const auto &limbs = labelled->limbs().index;
    task->m_limbs = torch::tensor(std::vector<int64_t>(limbs.begin(), limbs.end()), device);
    task->m_labelled.emplace(*std::move(labelled));
    task->m_unlabelled.emplace(*std::move(unlabelled));
    for (const bool noisy : {false, true}) {
        Result<std::vector<EvaluationClip>> clips = validationClips(val, examples, noisy);
        if (!clips)
            return clips.error();
        (noisy ? task->m_noisy : task->m_clean) = *std::move(clips);
    }
    return task;
}

double SemiSupervisedTask::beginEpoch(int epoch, int epochs)
{
    const double learningRate = m_options.learningRate * std::pow(m_options.lrDecay, epoch);
    for (torch::optim::OptimizerParamGroup &group : m_optimiser.param_groups())
        static_cast<torch::optim::AdamOptions &>(group.options()).lr(learningRate);
    const double momentum = batchNormMomentumAt(static_cast<double>(epoch) / static_cast<double>(epochs));
    m_network->position->setBatchNormMomentum(momentum);
    m_network->trajectory->setBatchNormMomentum(momentum);
    m_warmUp = epoch < m_options.warmupEpochs;
    return learningRate;
}

SemiSupervisedTask::Batch SemiSupervisedTask::drawBatch(std::int64_t step, int batch) const
{
    const int share = shareOf(batch);
    const int64_t count = share;
    Batch drawn;
    drawn.inputs =
        torch::empty({2 * count, m_labelled->options().windowFrames, kLifterInputJointCount, kLifterInputFeatures});
    drawn.targets = torch::empty({count, 1, m_output.jointCount(), 3});
    std::vector<LiftingView> views(static_cast<std::size_t>(2 * count));
    const std::span<LiftingView> allViews(views);
    const auto inputSize = static_cast<std::size_t>(m_labelled->inputSize()) * static_cast<std::size_t>(share);
    const std::span<float> inputs(drawn.inputs.data_ptr<float>(), 2 * inputSize);
    const std::span<float> targets(drawn.targets.data_ptr<float>(), static_cast<std::size_t>(drawn.targets.numel()));
    const auto ranks = static_cast<std::uint64_t>(m_how.ranks ? m_how.ranks->size() : 1);
    const auto rank = static_cast<std::uint64_t>(m_how.ranks ? m_how.ranks->rank() : 0);
    const std::uint64_t first = (static_cast<std::uint64_t>(step) * ranks + rank) * m_labelled->streamsPerBatch(share);
    m_labelled->drawBatch(m_options.seed, first, inputs.first(inputSize), targets,
                          allViews.first(static_cast<std::size_t>(share)));
    m_unlabelled->drawBatch(m_options.seed ^ kUnlabelledSeed, first, inputs.last(inputSize), {},
                            allViews.last(static_cast<std::size_t>(share)));
    drawn.views = torch::from_blob(views.data(), {2 * count, kLiftingViewFloats}).clone();
    return drawn;
}

SemiSupervisedTask::Batch SemiSupervisedTask::takeBatch(std::int64_t step, int batch)
{
    const auto start = std::chrono::steady_clock::now();
    Batch drawn;
    const bool ahead = m_next.valid() && m_nextStep == step && m_nextBatch == batch;
    if (m_next.valid())
        drawn = m_next.get();
    if (!ahead)
        drawn = drawBatch(step, batch);
    m_nextStep = step + 1;
    m_nextBatch = batch;
    m_next = std::async(std::launch::async, [this, step, batch] { return drawBatch(step + 1, batch); });
    m_dataSeconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return drawn;
}

torch::Tensor SemiSupervisedTask::projectionTerm(const torch::Tensor &poses, const torch::Tensor &roots,
                                                 const torch::Tensor &views) const
{
    const torch::Tensor cameraFromVirtual =
        columns(views, Column::VirtualFromCamera, 9).view({-1, 3, 3}).transpose(1, 2);
    const torch::Tensor placed = poses.squeeze(1).index_select(1, m_limbs) + roots.squeeze(1);
    const torch::Tensor inCamera = torch::bmm(placed, cameraFromVirtual.transpose(1, 2)); // rows are points
    const torch::Tensor camera = columns(views, Column::Camera, 9);
    const torch::Tensor projected = projectToScreen(inCamera, camera, m_options.lens);
    const torch::Tensor seen = columns(views, Column::Seen, 2 * kLifterLimbJoints).view({-1, kLifterLimbJoints, 2});
    const torch::Tensor confidence = columns(views, Column::Confidence, kLifterLimbJoints);
    torch::Tensor weights = m_options.confidenceWeights ? confidence : (confidence > 0).to(torch::kFloat32);
    if (m_options.projectionInMetres)
        weights = weights / (columns(views, Column::Scale, 1) * camera.narrow(1, 0, 1));
    return reprojectionLoss(projected, seen, weights);
}

std::vector<std::pair<std::string, torch::Tensor>> SemiSupervisedTask::terms(std::int64_t step, int batch)
{
    m_network->train();
    const Batch drawn = takeBatch(step, batch);
    const torch::Tensor inputs = drawn.inputs.to(m_device);
    const torch::Tensor views = drawn.views.to(m_device);
    const int64_t half = shareOf(batch);
    const torch::Tensor poses = forwardWindows(*m_network->position, inputs, m_how);
    const torch::Tensor roots =
        forwardWindows(*m_network->trajectory, inputs, m_how) / columns(views, Column::Scale, 1).view({-1, 1, 1, 1});
    const torch::Tensor rootTargets = columns(views.narrow(0, 0, half), Column::Root, 3).view({-1, 1, 1, 3});
    std::vector<std::pair<std::string, torch::Tensor>> terms;
    terms.emplace_back("mpjpe", mpjpeLoss(poses.narrow(0, 0, half), drawn.targets.to(m_device)));
    terms.emplace_back("trajectory",
                       m_options.trajectoryWeight
                           * weightedMpjpeLoss(roots.narrow(0, 0, half), rootTargets, 1 / rootTargets.select(-1, 2)));
    if (m_warmUp) { // every step names the same terms
        terms.emplace_back("reprojection", torch::zeros({}, poses.options()));
        terms.emplace_back("bone_length", torch::zeros({}, poses.options()));
        return terms;
    }
    const torch::Tensor unlabelledPoses = poses.narrow(0, half, half);
    terms.emplace_back("reprojection",
                       m_options.projectionWeight
                           * projectionTerm(unlabelledPoses, roots.narrow(0, half, half), views.narrow(0, half, half)));
    terms.emplace_back("bone_length", m_options.boneLengthWeight
                                          * boneLengthLoss(poses.narrow(0, 0, half), unlabelledPoses, m_parents));
    return terms;
}

Result<StepOutcome> SemiSupervisedTask::step(std::int64_t step, int batch)
{
    const auto parts = terms(step, batch);
    StepOutcome outcome;
    outcome.dataSeconds = m_dataSeconds;
    torch::Tensor loss = torch::zeros({}, torch::TensorOptions().device(m_device));
    for (const auto &[name, value] : parts) {
        loss = loss + value;
        const double here = value.item<double>();
        outcome.terms.push_back({name, m_how.ranks ? meanOverRanks(*m_how.ranks, here) : here});
        outcome.loss += outcome.terms.back().value;
    }
    if (!std::isfinite(outcome.loss))
        return outcome;
    m_optimiser.zero_grad();
    loss.backward();
    if (m_how.ranks)
        averageGradients(*m_how.ranks, m_network->parameters());
    m_optimiser.step();
    return outcome;
}

std::string SemiSupervisedTask::batchName(std::int64_t step, int batch) const
{
    return "seed " + std::to_string(m_options.seed) + ", step " + std::to_string(step) + ", " + std::to_string(batch)
           + " labelled and as many unlabelled windows";
}

Result<ValidationOutcome> SemiSupervisedTask::validate(const std::stop_token &stop)
{
    ValidationOutcome outcome;
    for (const bool noisy : {false, true}) {
        const ErrorReport report =
            evaluateLifting(noisy ? m_noisy : m_clean, m_output, [&](const EvaluationClip &clip) {
                if (stop.stop_requested()) // the report is thrown away below
                    return std::vector<float>(clip.target.size());
                return predictClip(m_network->position, clip, m_output, /*flipAveraging=*/false);
            });
        if (stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        const double mpjpe = report.overall().mpjpe.mean();
        outcome.score += mpjpe / 2;
        outcome.figures[noisy ? "val_noisy_mpjpe_mm" : "val_clean_mpjpe_mm"] = 1000 * mpjpe;
        outcome.figures[noisy ? "val_noisy_p_mpjpe_mm" : "val_clean_p_mpjpe_mm"] =
            1000 * report.overall().procrustesMpjpe.mean();
    }
    return outcome;
}

WeightsFile SemiSupervisedTask::state()
{
    WeightsFile file;
    file.arrays = weightsOf(*m_network);
    appendAdamState<torch::optim::AdamParamState>(m_optimiser, *m_network, file);
    return file;
}

Result<void> SemiSupervisedTask::restore(const WeightsFile &state, const std::string &path)
{
    WeightsFile network;
    for (const auto &[name, array] : state.arrays) {
        if (!name.starts_with(kAdamPrefix))
            network.arrays[name] = array;
    }
    if (Result<void> loaded = loadWeights(*m_network, network, path); !loaded)
        return loaded;
    return restoreAdamState<torch::optim::AdamParamState>(m_optimiser, *m_network, state, /*amsgrad=*/true, path);
}

nlohmann::json SemiSupervisedTask::fixedOptions() const
{
    return {{"method", "videopose3d_semi"},
            {"labelled_takes", m_takes.labelledTakes},
            {"warmup_epochs", m_options.warmupEpochs},
            {"projection_weight", m_options.projectionWeight},
            {"bone_length_weight", m_options.boneLengthWeight},
            {"trajectory_weight", m_options.trajectoryWeight}};
}

Result<void> SemiSupervisedTask::saveModel(const std::filesystem::path &folder, const nlohmann::json &training)
{
    WeightsFile weights;
    weights.arrays = weightsOf(*m_network->position);
    weights.attributes = temporalAttributes(m_architecture, m_output, m_labelled->options().framesPerSecond);
    weights.attributes["training"] = training;
    weights.attributes["training"]["labelled_takes"] = m_takes.labelledTakes;
    weights.attributes["training"]["takes"] = m_takes.takes;
    if (Result<void> written = writeWeights(weights, folder / "weights.h5"); !written)
        return written;
    return writeTrainedManifest({{"kind", "lifter"},
                                 {"title", "VideoPose3D temporal model, semi-supervised on motion capture"},
                                 {"licence", "as the training data"},
                                 {"source", "trained with poselift-cli train videopose3d --semi"},
                                 {"priority", 0}},
                                folder);
}

} // namespace poselift
