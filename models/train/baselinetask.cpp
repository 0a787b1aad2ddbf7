#include "models/train/baselinetask_torch.h"

#include "models/lift/moduleweights_torch.h"
#include "models/lift/temporalwindows_torch.h"
#include "models/train/adamstate_torch.h"
#include "models/train/temporalexamples_torch.h"
#include "models/train/temporalprediction_torch.h"
#include "models/train/temporaltraining_torch.h"
#include "models/train/trainedmodel.h"
#include "models/train/trainingdevice_torch.h"

#include <chrono>
#include <cmath>

namespace poselift {

namespace {

constexpr int kExamplesOfZScores = 20000;
/// Their stream, far from those of training steps.
constexpr std::uint64_t kStreamOfZScores = std::uint64_t{1} << 62;
constexpr double kSmallestDeviation = 1e-6;

TemporalModelOptions architectureOf(const BaselineOptions &options, const Skeleton &output)
{
    return TemporalModelOptions()
        .num_joints_in(kLifterInputJointCount)
        .in_features(kLifterInputFeatures)
        .num_joints_out(output.jointCount())
        .filter_widths({1, 1, 1})
        .dropout(options.dropout)
        .channels(options.channels);
}

bool isWeightMatrix(const torch::Tensor &parameter)
{
    return parameter.dim() == 3; // of a convolution, here of width 1
}

torch::Tensor zScored(const torch::Tensor &rows, const ZScores &scores)
{
    return (rows - scores.mean) / scores.deviation;
}

} // namespace

ZScores ZScores::of(const torch::Tensor &rows)
{
    const torch::Tensor exact = rows.to(torch::kFloat64);
    ZScores scores{exact.mean(0), exact.std(0, /*unbiased=*/false)};
    scores.deviation =
        torch::where(scores.deviation > kSmallestDeviation, scores.deviation, torch::ones_like(scores.deviation));
    return {scores.mean.to(torch::kFloat32), scores.deviation.to(torch::kFloat32)};
}

TemporalModel withoutZScores(const TemporalModel &model, const ZScores &input, const ZScores &target)
{
    const torch::NoGradGuard noGrad;
    TemporalModel plain(model->options());
    WeightsFile weights;
    weights.arrays = weightsOf(*model);
    [[maybe_unused]] const Result<void> copied = loadWeights(*plain, weights, "memory"); // of the same shapes
    plain->expand_conv->weight.div_(input.deviation.view({1, -1, 1}));
    // y' = W/σ·x lies above y = W·(x − μ)/σ by W/σ·μ, and so does its mean.
    plain->expand_bn->running_mean.add_(torch::mv(plain->expand_conv->weight.squeeze(2), input.mean));
    plain->shrink->weight.mul_(target.deviation.view({-1, 1, 1}));
    plain->shrink->bias.mul_(target.deviation).add_(target.mean);
    plain->eval();
    return plain;
}

LiftingExampleOptions BaselineOptions::defaultExamples()
{
    LiftingExampleOptions examples;
    examples.windowFrames = 1;
    return examples;
}

BaselineTask::BaselineTask(MocapData train, MocapData val, const BaselineOptions &options, torch::Device device)
    : m_options(options), m_train(std::move(train)), m_val(std::move(val)), m_device(device),
      m_model((torch::manual_seed(options.seed), architectureOf(options, m_train.skeleton)))
{
}

BaselineTask::~BaselineTask()
{
    if (m_next.valid())
        m_next.wait(); // it looks at the members
}

Result<std::unique_ptr<BaselineTask>> BaselineTask::create(MocapData train, MocapData val,
                                                           const BaselineOptions &options)
{
    if (options.channels < 1 || options.dropout < 0 || options.dropout >= 1 || options.maxNorm < 0)
        return Error(ErrorCode::BadArgument,
                     {{"name", "--channels, --dropout, --max-norm"},
                      {"expected", "a positive number, a share below 1, a number that is not negative"},
                      {"found", "something else"}});
    const Result<torch::Device> device = chooseDevice(options.device);
    if (!device)
        return device.error();
    std::unique_ptr<BaselineTask> task(new BaselineTask(std::move(train), std::move(val), options, *device));
    if (Result<void> prepared = task->prepare(); !prepared)
        return prepared.error();
    task->initialise();
    return task;
}

Result<void> BaselineTask::prepare()
{
    Result<LiftingExamples> examples = LiftingExamples::create(m_train, m_options.examples);
    if (!examples)
        return examples.error();
    m_examples.emplace(*std::move(examples));
    EvaluationOptions evaluation;
    evaluation.framesPerSecond = m_options.examples.framesPerSecond;
    evaluation.camerasPerSequence = 1;
    for (const bool noisy : {false, true}) {
        evaluation.noisy = noisy;
        Result<std::vector<EvaluationClip>> clips = makeEvaluationClips(m_val, evaluation);
        if (!clips)
            return clips.error();
        (noisy ? m_noisy : m_clean) = *std::move(clips);
    }
    if (m_options.zScore) {
        const Batch sample = draw(/*step=*/-1, kExamplesOfZScores);
        m_input = ZScores::of(sample.inputs);
        m_target = ZScores::of(sample.targets);
    } else {
        m_input = {torch::zeros({m_examples->inputSize()}), torch::ones({m_examples->inputSize()})};
        m_target = {torch::zeros({m_examples->targetSize()}), torch::ones({m_examples->targetSize()})};
    }
    return {};
}

void BaselineTask::initialise()
{
    const torch::NoGradGuard noGrad;
    for (torch::Tensor &parameter : m_model->parameters()) {
        if (m_options.kaimingInit && isWeightMatrix(parameter))
            torch::nn::init::kaiming_normal_(parameter);
    }
    m_model->to(m_device);
    m_optimiser.emplace(m_model->parameters(), torch::optim::AdamOptions(m_options.learningRate));
}

std::int64_t BaselineTask::stepsPerEpoch() const
{
    return static_cast<std::int64_t>(
        std::ceil(framesAtRate(m_train, m_options.examples.framesPerSecond) / m_options.batch));
}

BaselineTask::Batch BaselineTask::draw(std::int64_t step, int size) const
{
    Batch batch{step, size, torch::empty({size, m_examples->inputSize()}),
                torch::empty({size, m_examples->targetSize()})};
    const std::uint64_t stream =
        step < 0 ? kStreamOfZScores : static_cast<std::uint64_t>(step) * m_examples->streamsPerBatch(m_options.batch);
    m_examples->drawBatch(m_options.seed, stream,
                          {batch.inputs.data_ptr<float>(), static_cast<std::size_t>(batch.inputs.numel())},
                          {batch.targets.data_ptr<float>(), static_cast<std::size_t>(batch.targets.numel())});
    return batch;
}

/// The batch of @p step, which is being drawn since the step before; the next one begins.
BaselineTask::Batch BaselineTask::take(std::int64_t step, int size)
{
    Batch batch;
    if (m_next.valid())
        batch = m_next.get();
    if (batch.step != step || batch.size != size)
        batch = draw(step, size);
    m_next = std::async(std::launch::async, [this, step, size] { return draw(step + 1, size); });
    return batch;
}

double BaselineTask::learningRateAt(std::int64_t step) const
{
    return m_options.learningRate * std::pow(m_options.lrDecay, static_cast<double>(step) / m_options.lrDecaySteps);
}

double BaselineTask::beginEpoch(int epoch, int)
{
    const std::int64_t steps = m_options.stepsPerEpoch > 0 ? m_options.stepsPerEpoch : stepsPerEpoch();
    return learningRateAt(epoch * steps);
}

Result<StepOutcome> BaselineTask::step(std::int64_t step, int size)
{
    StepOutcome outcome;
    const auto start = std::chrono::steady_clock::now();
    const Batch batch = take(step, size);
    outcome.dataSeconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    for (torch::optim::OptimizerParamGroup &group : m_optimiser->param_groups())
        static_cast<torch::optim::AdamOptions &>(group.options()).lr(learningRateAt(step));
    m_model->train();
    m_optimiser->zero_grad();
    const torch::Tensor inputs =
        zScored(batch.inputs, m_input).view({size, 1, kLifterInputJointCount, kLifterInputFeatures});
    const torch::Tensor found = forwardWindows(*m_model, inputs.to(m_device)).view({size, -1});
    const torch::Tensor wanted = zScored(batch.targets, m_target).to(m_device);
    torch::Tensor loss;
    if (m_options.meanDistance) {
        const torch::Tensor deviation = m_target.deviation.to(m_device);
        loss = mpjpeLoss((found * deviation).view({size, -1, 3}), (wanted * deviation).view({size, -1, 3}));
    } else {
        loss = torch::mse_loss(found, wanted);
    }
    outcome.loss = loss.item<double>();
    outcome.terms = {{m_options.meanDistance ? "mpjpe" : "mse", outcome.loss}};
    if (!std::isfinite(outcome.loss))
        return outcome;
    loss.backward();
    m_optimiser->step();
    limitNorms();
    return outcome;
}

void BaselineTask::limitNorms()
{
    if (m_options.maxNorm <= 0)
        return;
    const torch::NoGradGuard noGrad;
    for (torch::Tensor &parameter : m_model->parameters()) {
        if (isWeightMatrix(parameter))
            parameter.mul_((m_options.maxNorm / parameter.norm()).clamp_max(1.0));
    }
}

std::string BaselineTask::batchName(std::int64_t step, int batch) const
{
    return std::to_string(batch) + " examples of step " + std::to_string(step) + ", seed "
           + std::to_string(m_options.seed);
}

TemporalModel BaselineTask::plainModel() const
{
    TemporalModel onCpu(m_model->options());
    WeightsFile weights;
    weights.arrays = weightsOf(*m_model);
    [[maybe_unused]] const Result<void> copied = loadWeights(*onCpu, weights, "memory"); // of the same shapes
    return withoutZScores(onCpu, m_input, m_target);
}

Result<ValidationOutcome> BaselineTask::validate(const std::stop_token &stop)
{
    TemporalModel model = plainModel();
    double sum = 0;
    ValidationOutcome outcome;
    for (const bool noisy : {false, true}) {
        const ErrorReport report =
            evaluateLifting(noisy ? m_noisy : m_clean, m_val.skeleton, [&](const EvaluationClip &clip) {
                return predictClip(model, clip, m_val.skeleton, /*flipAveraging=*/false);
            });
        if (stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        const double mpjpe = report.overall().mpjpe.mean();
        outcome.figures[noisy ? "val_noisy_mpjpe_mm" : "val_clean_mpjpe_mm"] = 1000 * mpjpe;
        sum += mpjpe;
    }
    outcome.score = sum / 2;
    return outcome;
}

WeightsFile BaselineTask::state()
{
    WeightsFile state;
    state.arrays = weightsOf(*m_model);
    appendAdamState<torch::optim::AdamParamState>(*m_optimiser, *m_model, state);
    return state;
}

Result<void> BaselineTask::restore(const WeightsFile &state, const std::string &path)
{
    WeightsFile network;
    for (const auto &[name, array] : state.arrays) {
        if (!name.starts_with(kAdamPrefix))
            network.arrays[name] = array;
    }
    if (Result<void> loaded = loadWeights(*m_model, network, path); !loaded)
        return loaded;
    return restoreAdamState<torch::optim::AdamParamState>(*m_optimiser, *m_model, state, /*amsgrad=*/false, path);
}

nlohmann::json BaselineTask::fixedOptions() const
{
    nlohmann::json fixed = toJson(m_options);
    for (const char *free : {"data", "out", "epochs", "validate-every", "threads", "device"})
        fixed.erase(free);
    return fixed;
}

Result<void> BaselineTask::saveModel(const std::filesystem::path &folder, const nlohmann::json &training)
{
    const TemporalModel model = plainModel();
    WeightsFile weights;
    weights.arrays = weightsOf(*model);
    weights.attributes = temporalAttributes(model->options(), m_train.skeleton, m_options.examples.framesPerSecond);
    weights.attributes["training"] = training;
    if (Result<void> written = writeWeights(weights, folder / "weights.h5"); !written)
        return written;
    return writeTrainedManifest({{"kind", "lifter"},
                                 {"title", "Simple baseline (Martinez et al. 2017) trained on motion capture"},
                                 {"licence", "as the training data"},
                                 {"source", "trained with poselift-cli train baseline"},
                                 {"priority", 0}},
                                folder);
}

} // namespace poselift
