#include "models/train/adversarialtask_torch.h"

#include "models/lift/moduleweights_torch.h"
#include "models/train/adamstate_torch.h"
#include "models/train/trainedmodel.h"
#include "models/train/trainingdevice_torch.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numbers>

namespace poselift {

namespace {

using Clock = std::chrono::steady_clock;

constexpr double kNearest = 1.0; // a joint that is thrown behind the camera would have no picture
constexpr std::int64_t kLargestHeldOut = 4096;
constexpr double kDegree = std::numbers::pi / 180.0;

Error badArgument(const std::string &name, const std::string &expected, const std::string &found)
{
    return Error(ErrorCode::BadArgument, {{"name", name}, {"expected", expected}, {"found", found}});
}

/// Complete poses [N, J, 2], relative to their root.
torch::Tensor completePoses(const Poses2D &poses, std::int64_t root)
{
    const auto xy = torch::from_blob(const_cast<float *>(poses.xy.data()), {poses.count(), poses.jointCount(), 2});
    const auto confidence =
        torch::from_blob(const_cast<float *>(poses.confidence.data()), {poses.count(), poses.jointCount()});
    const torch::Tensor complete = xy.index({(confidence > 0).all(/*dim=*/1)});
    return complete - complete.slice(1, root, root + 1);
}

torch::optim::AdamOptions adamOptions(const AdversarialOptions &options)
{
    return torch::optim::AdamOptions(options.learningRate).betas({options.beta1, 0.999});
}

void setLearningRate(torch::optim::Adam &optimiser, double rate)
{
    for (torch::optim::OptimizerParamGroup &group : optimiser.param_groups())
        static_cast<torch::optim::AdamOptions &>(group.options()).lr(rate);
}

/// Adds a module with its optimiser to @p state, all names with @p prefix.
void append(const std::string &prefix, const torch::nn::Module &module, torch::optim::Adam &optimiser,
            WeightsFile &state)
{
    WeightsFile part;
    part.arrays = weightsOf(module);
    appendAdamState<torch::optim::AdamParamState>(optimiser, module, part);
    for (auto &[name, array] : part.arrays)
        state.arrays[prefix + name] = std::move(array);
    state.attributes[prefix] = part.attributes;
}

/// The inverse of append().
Result<void> restorePart(const std::string &prefix, torch::nn::Module &module, torch::optim::Adam &optimiser,
                         const WeightsFile &state, const std::string &path)
{
    WeightsFile network, adam;
    for (const auto &[name, array] : state.arrays) {
        if (!name.starts_with(prefix))
            continue;
        const std::string own = name.substr(prefix.size());
        (own.starts_with(kAdamPrefix) ? adam : network).arrays[own] = array;
    }
    adam.attributes = state.attributes.value(prefix, nlohmann::json::object());
    if (adam.attributes.is_null())
        adam.attributes = nlohmann::json::object();
    if (Result<void> loaded = loadWeights(module, network, path); !loaded)
        return loaded;
    return restoreAdamState<torch::optim::AdamParamState>(optimiser, module, adam, /*amsgrad=*/false, path);
}

/// A network that is asked and does not learn: no gradients of its weights are computed.
class Frozen
{
public:
    explicit Frozen(torch::nn::Module &module) : m_parameters(module.parameters()) { set(false); }
    ~Frozen() { set(true); }
    Frozen(const Frozen &) = delete;
    Frozen &operator=(const Frozen &) = delete;

private:
    void set(bool learns)
    {
        for (torch::Tensor &parameter : m_parameters)
            parameter.set_requires_grad(learns);
    }
    std::vector<torch::Tensor> m_parameters;
};

Result<LifterDescription> describe(const Poses2D &poses, const AdversarialOptions &options)
{
    const Result<Skeleton> skeleton = skeletonOfJointNames(poses.joints, options.data.string());
    if (!skeleton)
        return skeleton.error();
    LifterDescription description;
    description.architecture = LifterArchitecture::Adversarial;
    description.inputJoints = poses.joints;
    description.inFeatures = 3;
    description.outputSkeleton = *skeleton;
    description.outputSkeleton.root = options.root;
    description.channels = options.channels;
    description.adversarial = {options.generatorBlocks, options.leak, options.depth, 1.0, 1.0};
    return description;
}

Result<void> checkOptions(const Poses2D &poses, const AdversarialOptions &options)
{
    for (const auto &[name, joint] : {std::pair{"--root", options.root}, std::pair{"--head", options.head}}) {
        if (poses.indexOf(joint) < 0)
            return badArgument(name, "a joint of the poses", joint);
    }
    if (options.channels < 1 || options.generatorBlocks < 1 || options.discriminatorBlocks < 1)
        return badArgument("--channels, --generator-blocks, --discriminator-blocks", "positive numbers",
                           "something else");
    if (options.generatorSteps < 1 || options.discriminatorSteps < 1)
        return badArgument("--generator-steps, --discriminator-steps", "positive numbers", "something else");
    if (options.depth <= 0)
        return badArgument("--depth", "a positive number", std::to_string(options.depth));
    if (poses.normalisation != kLifterNormalisation)
        return badArgument("--data", std::string("poses of the normalisation ") + kLifterNormalisation,
                           poses.normalisation);
    return {};
}

} // namespace

AdversarialTask::AdversarialTask(const AdversarialOptions &options, const LifterDescription &description,
                                 torch::Device device)
    : m_options(options), m_description(description), m_device(device), m_root(0), m_head(0),
      m_lifter((torch::manual_seed(options.seed), description)),
      m_discriminator(ResidualNetOptions()
                          .inputs(2 * static_cast<int64_t>(description.inputJoints.size()))
                          .outputs(2)
                          .channels(options.channels)
                          .blocks(options.discriminatorBlocks)
                          .batch_norm(options.discriminatorBatchNorm)
                          .leak(options.leak))
{
}

Result<std::unique_ptr<AdversarialTask>> AdversarialTask::create(const Poses2D &poses,
                                                                 const AdversarialOptions &options, Figures figures)
{
    if (Result<void> checked = checkOptions(poses, options); !checked)
        return checked.error();
    const Result<torch::Device> device = chooseDevice(options.device);
    if (!device)
        return device.error();
    const Result<LifterDescription> description = describe(poses, options);
    if (!description)
        return description.error();
    std::unique_ptr<AdversarialTask> task(new AdversarialTask(options, *description, *device));
    task->m_figures = std::move(figures);
    if (Result<void> taken = task->takePoses(poses); !taken)
        return taken.error();
    task->initialise();
    return task;
}

Result<void> AdversarialTask::takePoses(const Poses2D &poses)
{
    m_root = poses.indexOf(m_options.root);
    m_head = poses.indexOf(m_options.head);
    const auto at = [&poses](const char *joint) { return poses.indexOf(joint); };
    m_facing = {
        at("left_hip"),
        at("right_hip"),
        {{at("left_hip"), at("left_knee"), at("left_ankle")}, {at("right_hip"), at("right_knee"), at("right_ankle")}}};
    torch::Tensor complete = completePoses(poses, m_root);
    if (complete.size(0) < 20)
        return badArgument("--data", "at least 20 complete poses", std::to_string(complete.size(0)));
    m_description.adversarial.featureScale = headRootScale(complete, m_root, m_head, m_options.depth);
    complete = (complete / m_description.adversarial.featureScale).to(m_device);
    const std::int64_t heldOut = std::min(kLargestHeldOut, complete.size(0) / 10);
    m_heldOut = complete.slice(0, complete.size(0) - heldOut).clone();
    m_train = complete.slice(0, 0, complete.size(0) - heldOut).clone();
    return {};
}

void AdversarialTask::initialise()
{
    const torch::NoGradGuard noGrad;
    m_lifter->mean_pose.copy_(m_train.mean(/*dim=*/0));
    if (m_options.normalInit) {
        for (torch::nn::Module *module : {static_cast<torch::nn::Module *>(m_lifter.get()),
                                          static_cast<torch::nn::Module *>(m_discriminator.get())}) {
            for (auto &item : module->named_parameters()) {
                if (item.value().dim() == 2)
                    item.value().normal_(0.0, 0.02);
            }
        }
    }
    m_lifter->to(m_device);
    m_discriminator->to(m_device);
    m_generatorOptimiser.emplace(m_lifter->parameters(), adamOptions(m_options));
    m_discriminatorOptimiser.emplace(m_discriminator->parameters(), adamOptions(m_options));
}

double AdversarialTask::beginEpoch(int epoch, int)
{
    const double rate = m_options.learningRate * std::pow(m_options.lrDecay, epoch);
    setLearningRate(*m_generatorOptimiser, rate);
    setLearningRate(*m_discriminatorOptimiser, rate);
    return rate;
}

torch::Tensor AdversarialTask::draw(Random &random, int batch, double &seconds) const
{
    const auto start = Clock::now();
    torch::Tensor index = torch::empty({batch}, torch::kInt64);
    int64_t *to = index.data_ptr<int64_t>();
    for (int i = 0; i < batch; ++i)
        to[i] = random.below(static_cast<int>(m_train.size(0)));
    torch::Tensor poses = m_train.index_select(0, index.to(m_device));
    seconds += std::chrono::duration<double>(Clock::now() - start).count();
    return poses;
}

torch::Tensor AdversarialTask::randomViews(Random &random, std::int64_t count) const
{
    torch::Tensor angles = torch::empty({2, count});
    auto to = angles.accessor<float, 2>();
    for (std::int64_t i = 0; i < count; ++i) {
        to[0][i] = random.uniform(static_cast<float>(m_options.minAzimuth * kDegree),
                                  static_cast<float>(m_options.maxAzimuth * kDegree));
        to[1][i] = random.uniform(static_cast<float>(m_options.minElevation * kDegree),
                                  static_cast<float>(m_options.maxElevation * kDegree));
    }
    const torch::Tensor views = viewRotations(angles[0], angles[1]);
    if (m_options.dataElevation == 0)
        return views.to(m_device);
    const torch::Tensor level = viewRotations(torch::zeros({1}), torch::full({1}, -m_options.dataElevation * kDegree));
    return torch::matmul(views, level).to(m_device);
}

torch::Tensor AdversarialTask::lifted(const torch::Tensor &poses)
{
    return liftByOffsets(poses, m_lifter->generator->forward(poses.flatten(1)), m_options.depth);
}

AdversarialTask::Fakes AdversarialTask::fakesOf(const torch::Tensor &poses, Random &random)
{
    Fakes fakes;
    fakes.seen = poses;
    fakes.joints = lifted(poses);
    fakes.rotations = randomViews(random, poses.size(0));
    const double distance = m_options.depth + (m_options.consistentTranslation ? 1.0 : 0.0);
    fakes.turned = turnedAboutRoot(fakes.joints, fakes.rotations, m_root, distance);
    fakes.poses =
        perspective(torch::cat({fakes.turned.slice(2, 0, 2), fakes.turned.slice(2, 2, 3).clamp_min(kNearest)}, 2));
    return fakes;
}

/// Joints of the second lifting turned back, and how far their picture is from the poses at the beginning.
torch::Tensor AdversarialTask::inTwoDimensions(const Fakes &fakes, const torch::Tensor &liftedAgain) const
{
    const torch::Tensor centred = liftedAgain - liftedAgain.slice(1, m_root, m_root + 1);
    const torch::Tensor back = torch::matmul(centred, fakes.rotations) + fakes.joints.slice(1, m_root, m_root + 1);
    const torch::Tensor picture = back.slice(2, 0, 2) / back.slice(2, 2, 3).clamp_min(kNearest);
    return m_options.depth * meanDistance(picture, fakes.seen, m_root);
}

torch::Tensor AdversarialTask::consistencyLoss(const Fakes &fakes)
{
    const torch::Tensor again = lifted(fakes.poses);
    return meanDistance(again, fakes.turned, m_root) + inTwoDimensions(fakes, again);
}

AdversarialTask::DiscriminatorOutcome AdversarialTask::discriminatorStep(const torch::Tensor &real,
                                                                         const torch::Tensor &fake)
{
    m_discriminatorOptimiser->zero_grad();
    const torch::Tensor ofReal = m_discriminator->forward(real.flatten(1));
    const torch::Tensor ofFake = m_discriminator->forward(fake.flatten(1));
    const torch::Tensor loss = discriminatorLoss(ofReal, true) + discriminatorLoss(ofFake, false);
    const auto share = [](const torch::Tensor &logits, int64_t column) {
        return (logits.argmax(1) == column).to(torch::kFloat32).mean().item<double>();
    };
    DiscriminatorOutcome outcome{loss.item<double>(), (share(ofReal, kRealClass) + share(ofFake, 1 - kRealClass)) / 2};
    const bool isAhead = m_options.accuracyGate > 0 && outcome.accuracy > m_options.accuracyGate;
    if (std::isfinite(outcome.loss) && !isAhead) {
        loss.backward();
        m_discriminatorOptimiser->step();
    }
    return outcome;
}

std::vector<std::pair<std::string, torch::Tensor>> AdversarialTask::generatorTerms(const Fakes &fakes)
{
    std::vector<std::pair<std::string, torch::Tensor>> terms;
    const Frozen frozen(*m_discriminator);
    terms.emplace_back("generator", generatorLoss(m_discriminator->forward(fakes.poses.flatten(1)), m_options.minimax));
    if (m_options.consistencyWeight > 0)
        terms.emplace_back("consistency", m_options.consistencyWeight * consistencyLoss(fakes));
    if (m_options.facingWeight > 0)
        terms.emplace_back("facing", m_options.facingWeight * facingLoss(fakes.joints, m_facing));
    return terms;
}

Result<StepOutcome> AdversarialTask::step(std::int64_t step, int batch)
{
    m_lifter->train();
    m_discriminator->train();
    Random random(m_options.seed, static_cast<std::uint64_t>(step));
    StepOutcome outcome;
    DiscriminatorOutcome discriminator;
    for (int i = 1; i < m_options.discriminatorSteps; ++i) {
        const torch::NoGradGuard noGrad;
        const torch::Tensor fake = fakesOf(draw(random, batch, outcome.dataSeconds), random).poses;
        const torch::AutoGradMode withGrad(true);
        discriminatorStep(draw(random, batch, outcome.dataSeconds), fake);
    }
    for (int i = 0; i < m_options.generatorSteps; ++i) {
        const Fakes fakes = fakesOf(draw(random, batch, outcome.dataSeconds), random);
        if (i == 0) { // the first fakes serve both networks
            discriminator = discriminatorStep(draw(random, batch, outcome.dataSeconds), fakes.poses.detach());
            outcome.loss = discriminator.loss;
            if (!std::isfinite(outcome.loss))
                return outcome;
        }
        m_generatorOptimiser->zero_grad();
        torch::Tensor sum = torch::zeros({}, fakes.poses.options());
        std::vector<LossTerm> terms{{"discriminator", discriminator.loss}};
        for (const auto &[name, term] : generatorTerms(fakes)) {
            sum = sum + term;
            terms.push_back({name, term.item<double>()});
        }
        outcome.loss = discriminator.loss + sum.item<double>();
        outcome.terms = std::move(terms);
        if (!std::isfinite(outcome.loss))
            return outcome;
        const bool isAhead = m_options.accuracyGate > 0 && discriminator.accuracy < 1 - m_options.accuracyGate;
        if (!isAhead) {
            sum.backward();
            m_generatorOptimiser->step();
        }
    }
    return outcome;
}

std::string AdversarialTask::batchName(std::int64_t step, int batch) const
{
    return std::to_string(batch) + " random poses of step " + std::to_string(step) + ", seed "
           + std::to_string(m_options.seed);
}

Result<ValidationOutcome> AdversarialTask::validate(const std::stop_token &)
{
    ValidationOutcome outcome;
    {
        const torch::NoGradGuard noGrad;
        m_lifter->eval();
        m_discriminator->eval();
        Random random(m_options.seed + 1, 0);
        const Fakes fakes = fakesOf(m_heldOut, random);
        outcome.score = inTwoDimensions(fakes, lifted(fakes.poses)).item<double>();
        outcome.figures = {{"self_consistency", outcome.score},
                           {"real_as_real", torch::softmax(m_discriminator->forward(m_heldOut.flatten(1)), 1)
                                                .select(1, kRealClass)
                                                .mean()
                                                .item<double>()},
                           {"fake_as_real", torch::softmax(m_discriminator->forward(fakes.poses.flatten(1)), 1)
                                                .select(1, kRealClass)
                                                .mean()
                                                .item<double>()},
                           {"facing", facingLoss(fakes.joints, m_facing).item<double>()}};
    }
    if (m_figures) {
        const Result<nlohmann::json> figures = m_figures(model());
        if (!figures)
            return figures.error();
        outcome.figures.update(*figures);
    }
    return outcome;
}

/// From the mean length that the lifter gives to what is torsoMetres long in a mean adult.
double AdversarialTask::metresPerUnit()
{
    const torch::NoGradGuard noGrad;
    m_lifter->eval();
    const torch::Tensor joints = lifted(m_heldOut);
    const torch::Tensor torso = joints.select(1, m_head) - joints.select(1, m_root);
    return m_options.torsoMetres / torch::norm(torso, 2, -1).mean().item<double>();
}

LifterModel AdversarialTask::model()
{
    LifterModel model;
    model.description = m_description;
    model.description.adversarial.metresPerUnit = metresPerUnit();
    const AdversarialGeometry &geometry = model.description.adversarial;
    model.weights.arrays = weightsOf(*m_lifter);
    model.weights.attributes = {{"architecture", kAdversarialArchitecture},
                                {"channels", m_options.channels},
                                {"generator_blocks", geometry.blocks},
                                {"leak", geometry.leak},
                                {"depth", geometry.depth},
                                {"feature_scale", geometry.featureScale},
                                {"metres_per_unit", geometry.metresPerUnit},
                                {"in_features", 3},
                                {"input_joints", m_description.inputJoints},
                                {"normalisation", kLifterNormalisation},
                                {"output_skeleton", m_description.outputSkeleton.name},
                                {"frames_per_second", 0}};
    return model;
}

WeightsFile AdversarialTask::state()
{
    WeightsFile state;
    append("lifter.", *m_lifter, *m_generatorOptimiser, state);
    append("discriminator.", *m_discriminator, *m_discriminatorOptimiser, state);
    return state;
}

Result<void> AdversarialTask::restore(const WeightsFile &state, const std::string &path)
{
    if (Result<void> restored = restorePart("lifter.", *m_lifter, *m_generatorOptimiser, state, path); !restored)
        return restored;
    return restorePart("discriminator.", *m_discriminator, *m_discriminatorOptimiser, state, path);
}

nlohmann::json AdversarialTask::fixedOptions() const
{
    nlohmann::json fixed = toJson(m_options);
    for (const char *free : {"data", "out", "epochs", "validation", "validate-every", "threads", "device"})
        fixed.erase(free);
    return fixed;
}

Result<void> AdversarialTask::saveModel(const std::filesystem::path &folder, const nlohmann::json &training)
{
    WeightsFile weights = model().weights;
    weights.attributes["training"] = training;
    if (Result<void> written = writeWeights(weights, folder / "weights.h5"); !written)
        return written;
    return writeTrainedManifest({{"kind", "lifter"},
                                 {"title", "Adversarial lifter (Drover et al. 2018), trained on 2D poses alone"},
                                 {"licence", "as the training data"},
                                 {"source", "trained with poselift-cli train adversarial"},
                                 {"priority", 0}},
                                folder);
}

} // namespace poselift
