#include "models/train/temporaltask_torch.h"

#include "models/lift/lifterinput.h"
#include "models/lift/moduleweights_torch.h"
#include "models/train/distributed/ranks_torch.h"
#include "models/train/labelledtakes.h"
#include "models/train/temporalexamples_torch.h"
#include "models/train/temporalprediction_torch.h"
#include "models/train/trainedmodel.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cmath>

namespace poselift {

TemporalTask::TemporalTask(const TemporalTrainOptions &options, MocapData train, MocapData val, torch::Device device,
                           const TemporalStepOptions &how)
    : m_options(options), m_train(std::move(train)), m_val(std::move(val)),
      m_architecture(architectureOf(options, m_train.skeleton)), m_ranks(how.ranks),
      m_training((torch::manual_seed(options.seed), m_architecture), options.learningRate, device, how)
{
    if (m_options.lrDecay <= 0)
        m_options.lrDecay = std::pow(0.95, 80.0 / m_options.epochs);
}

Result<std::unique_ptr<TemporalTask>> TemporalTask::create(const TemporalTrainOptions &options, torch::Device device,
                                                           Ranks *ranks)
{
    Result<MocapData> train = readMocap(options.data, "train");
    if (!train)
        return train.error();
    Result<MocapData> val = readMocap(options.data, "val");
    if (!val)
        return val.error();
    if (options.labelledShare < 1.0)
        *train = splitByLabels(*train, options.labelledShare, options.seed).labelled;
    std::unique_ptr<TemporalTask> task(new TemporalTask(options, *std::move(train), *std::move(val), device,
                                                        {options.bfloat16, ranks, options.syncBatchNorm}));
    if (Result<void> prepared = task->prepare(); !prepared)
        return prepared.error();
    return task;
}

Result<void> TemporalTask::prepare()
{
    const LiftingExampleOptions examples = examplesOf(m_options);
    Result<LiftingExamples> made = LiftingExamples::create(m_train, examples);
    if (!made)
        return made.error();
    m_examples.emplace(*std::move(made));
    if (Result<void> clips = makeClips(); !clips)
        return clips;
    return m_options.init.empty() ? Result<void>() : loadInit();
}

Result<void> TemporalTask::makeClips()
{
    EvaluationOptions evaluation;
    evaluation.framesPerSecond = m_options.examples.framesPerSecond;
    evaluation.camerasPerSequence = 1;
    evaluation.noise = m_options.examples.noise;
    for (const bool noisy : {false, true}) {
        evaluation.noisy = noisy;
        Result<std::vector<EvaluationClip>> clips = makeEvaluationClips(m_val, evaluation);
        if (!clips)
            return clips.error();
        (noisy ? m_noisy : m_clean) = *std::move(clips);
    }
    return {};
}

Result<void> TemporalTask::loadInit()
{
    Result<WeightsFile> weights = readWeights(m_options.init);
    return weights ? m_training.start(*std::move(weights), m_options.init.string()) : Result<void>(weights.error());
}

std::int64_t TemporalTask::stepsPerEpoch() const
{
    return stepsPerEpochOf(m_options, m_train);
}

double TemporalTask::beginEpoch(int epoch, int epochs)
{
    const double rate = m_options.learningRate * std::pow(m_options.lrDecay, epoch);
    m_training.setLearningRate(rate);
    m_training.model()->setBatchNormMomentum(batchNormMomentumAt(static_cast<double>(epoch) / epochs));
    return rate;
}

/// The part of this process: the clips of all parts together are those of one process alone, where the
/// batch can be divided into whole clips.
TemporalTask::Batch TemporalTask::drawBatch(std::int64_t step, int examples) const
{
    const auto ranks = static_cast<std::uint64_t>(m_ranks ? m_ranks->size() : 1);
    const auto rank = static_cast<std::uint64_t>(m_ranks ? m_ranks->rank() : 0);
    const auto share = static_cast<int>(m_options.batch / static_cast<int>(ranks)); // also when memory ran out
    const std::uint64_t first = (static_cast<std::uint64_t>(step) * ranks + rank) * m_examples->streamsPerBatch(share);
    Batch batch{step, examples, {}, {}};
    batch.inputs.resize(static_cast<std::size_t>(examples) * static_cast<std::size_t>(m_examples->inputSize()));
    batch.targets.resize(static_cast<std::size_t>(examples) * static_cast<std::size_t>(m_examples->targetSize()));
    m_examples->drawBatch(m_options.seed, first, batch.inputs, batch.targets);
    return batch;
}

TemporalTask::Batch TemporalTask::takeBatch(std::int64_t step, int examples)
{
    Batch batch;
    if (m_next.valid())
        batch = m_next.get();
    if (batch.step != step || batch.examples != examples) // the first one, or after memory ran out
        batch = drawBatch(step, examples);
    m_next = std::async(std::launch::async, [this, step, examples] { return drawBatch(step + 1, examples); });
    return batch;
}

Result<StepOutcome> TemporalTask::step(std::int64_t step, int batch)
{
    const auto start = std::chrono::steady_clock::now();
    const int examples = batch / (m_ranks ? m_ranks->size() : 1);
    Batch drawn = takeBatch(step, examples);
    StepOutcome outcome;
    outcome.dataSeconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const int64_t window = m_examples->options().windowFrames;
    const torch::Tensor inputs =
        torch::from_blob(drawn.inputs.data(), {examples, window, m_architecture.num_joints_in(), 3});
    const torch::Tensor targets =
        torch::from_blob(drawn.targets.data(), {examples, 1, m_architecture.num_joints_out(), 3});
    outcome.loss = m_training.step(inputs, targets);
    outcome.terms = {{"mpjpe", outcome.loss}};
    return outcome;
}

std::string TemporalTask::batchName(std::int64_t step, int batch) const
{
    return std::to_string(batch) + " windows of seed " + std::to_string(m_options.seed) + ", step "
           + std::to_string(step);
}

Result<ValidationOutcome> TemporalTask::validate(const std::stop_token &stop)
{
    const double clean = validationMpjpe(m_clean, stop);
    const double noisy = validationMpjpe(m_noisy, stop);
    if (stop.stop_requested())
        return Error(ErrorCode::Cancelled);
    return ValidationOutcome{(clean + noisy) / 2,
                             {{"val_clean_mpjpe_mm", 1000 * clean}, {"val_noisy_mpjpe_mm", 1000 * noisy}}};
}

/// Of no use once @p stop was requested: the rest of the clips is then passed over.
double TemporalTask::validationMpjpe(const std::vector<EvaluationClip> &clips, const std::stop_token &stop)
{
    const auto predict = [&](const EvaluationClip &clip) {
        return stop.stop_requested() ? clip.target
                                     : predictClip(m_training.model(), clip, m_val.skeleton, /*flipAveraging=*/false);
    };
    return evaluateLifting(clips, m_val.skeleton, predict).overall().mpjpe.mean();
}

Result<void> TemporalTask::restore(const WeightsFile &state, const std::string &path)
{
    return m_training.restore(state, path);
}

nlohmann::json TemporalTask::fixedOptions() const
{
    return {{"bf16", m_options.bfloat16}};
}

Result<void> TemporalTask::saveModel(const std::filesystem::path &folder, const nlohmann::json &training)
{
    WeightsFile weights;
    weights.arrays = weightsOf(*m_training.model());
    weights.attributes = temporalAttributes(m_architecture, m_train.skeleton, m_examples->options().framesPerSecond);
    nlohmann::json account{{"data", m_options.data.filename().string()},
                           {"seed", m_options.seed},
                           {"batch", m_options.batch},
                           {"epochs", m_options.epochs},
                           {"steps_per_epoch", stepsPerEpoch()},
                           {"epoch", training.at("epoch")},
                           {"learning_rate", m_options.learningRate},
                           {"lr_decay", m_options.lrDecay},
                           {"init", m_options.init.filename().string()},
                           {"seconds", training.at("seconds")}};
    account.update(training.at("figures"));
    weights.attributes["training"] = account;
    if (Result<void> written = writeWeights(weights, folder / "weights.h5"); !written)
        return written;
    return writeTrainedManifest({{"kind", "lifter"},
                                 {"title", "VideoPose3D temporal model trained on motion capture"},
                                 {"licence", "as the training data"},
                                 {"source", "trained with poselift-cli train videopose3d"},
                                 {"priority", 0}},
                                folder);
}

} // namespace poselift
