#include "models/train/liftingexamples.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace poselift {

namespace {

/// Cumulative probabilities: within an action by frames, between actions by frames^exponent.
std::vector<double> cumulativeWeights(const MocapData &data, double exponent)
{
    std::map<std::string, double> framesOf;
    for (const MocapSequence &sequence : data.sequences)
        framesOf[sequence.action] += static_cast<double>(sequence.frames);
    std::vector<double> cumulative;
    double sum = 0;
    for (const MocapSequence &sequence : data.sequences) {
        const double action = framesOf[sequence.action];
        sum += std::pow(action, exponent) * static_cast<double>(sequence.frames) / action;
        cumulative.push_back(sum);
    }
    for (double &value : cumulative)
        value /= sum;
    return cumulative;
}

/// How frame @p frame was seen, without its 3D.
LiftingView viewOf(const ProjectedClip &clip, int frame, const VirtualCamera &camera, const LifterInput &input)
{
    LiftingView view;
    const auto at = static_cast<std::size_t>(frame);
    const float unit = 2.0F / camera.width; // of the screen, per longer side of the picture
    const auto onScreen = [&](float x, float y, float *out) {
        out[0] = unit * x - 1.0F;
        out[1] = unit * y - camera.height / camera.width;
    };
    view.scale = static_cast<float>(input.scale[at]);
    Eigen::Map<Eigen::Matrix<float, 3, 3, Eigen::RowMajor>>(view.virtualFromCamera) =
        input.virtualFromCamera[at].cast<float>();
    view.camera[0] = view.camera[1] = unit * camera.given.focal;
    onScreen(camera.given.cx, camera.given.cy, view.camera + 2);
    for (std::size_t j = 0; j < kLifterLimbJoints; ++j) {
        const float *xy = clip.xy.data() + 2 * (at * kLifterLimbJoints + j);
        onScreen(xy[0], xy[1], view.seen + 2 * j);
        view.confidence[j] = clip.confidence[at * kLifterLimbJoints + j];
    }
    return view;
}

/// LiftingView::root in the frame of the camera.
Eigen::Vector3f rootInGivenCamera(const ProjectedClip &clip, int frame, int joints, int root,
                                  const VirtualCamera &camera)
{
    const Eigen::Vector3f &place = clip.joints[static_cast<std::size_t>(frame * joints + root)];
    const float depth = place.z() * camera.given.focal / camera.truth.focal;
    const auto along = [&](float coordinate, float trueCentre, float givenCentre) {
        const float inPicture = camera.truth.focal * coordinate / place.z() + trueCentre;
        return depth * (inPicture - givenCentre) / camera.given.focal;
    };
    return {along(place.x(), camera.truth.cx, camera.given.cx), along(place.y(), camera.truth.cy, camera.given.cy),
            depth};
}

} // namespace

/// Arrays of one clip, kept between clips.
struct LiftingExamples::Scratch
{
    std::vector<Eigen::Vector3f> raw;   ///< [J] one pose
    std::vector<Eigen::Vector3f> world; ///< [T, J]
    ProjectedClip clip;
};

LiftingExamples::LiftingExamples(const MocapData &data, const LiftingExampleOptions &options, const LimbJoints &limbs)
    : m_data(&data), m_options(options), m_limbs(limbs), m_body(data.skeleton),
      m_cumulative(cumulativeWeights(data, options.actionExponent))
{
    for (int j = 0; j < data.skeleton.jointCount(); ++j)
        m_mirrored.push_back(data.skeleton.mirrored(j));
}

Result<LiftingExamples> LiftingExamples::create(const MocapData &data, const LiftingExampleOptions &options)
{
    const Result<LimbJoints> limbs = LimbJoints::of(data.skeleton);
    if (!limbs)
        return limbs.error();
    return LiftingExamples(data, options, *limbs);
}

std::uint64_t LiftingExamples::streamsPerBatch(int examples) const
{
    return static_cast<std::uint64_t>((examples + m_options.windowsPerClip - 1) / m_options.windowsPerClip);
}

void LiftingExamples::drawBatch(std::uint64_t seed, std::uint64_t firstStream, std::span<float> inputs,
                                std::span<float> targets, std::span<LiftingView> views) const
{
    const auto inputStep = static_cast<std::size_t>(inputSize());
    const std::size_t targetStep = targets.empty() ? 0 : static_cast<std::size_t>(targetSize());
    const std::size_t viewStep = views.empty() ? 0 : 1;
    const std::size_t count = inputs.size() / inputStep;
    const auto perClip = static_cast<std::size_t>(m_options.windowsPerClip);
    Scratch scratch;
    for (std::size_t first = 0; first < count; first += perClip) {
        Random random(seed, firstStream + first / perClip);
        const std::size_t here = std::min(perClip, count - first);
        drawClip(random, scratch, inputs.subspan(first * inputStep, here * inputStep),
                 targets.subspan(first * targetStep, here * targetStep),
                 views.subspan(first * viewStep, here * viewStep));
    }
}

int LiftingExamples::takeClip(Random &random, Scratch &scratch) const
{
    const auto at =
        std::upper_bound(m_cumulative.begin(), m_cumulative.end() - 1, static_cast<double>(random.uniform()));
    const MocapSequence &sequence = m_data->sequences[static_cast<std::size_t>(at - m_cumulative.begin())];
    const int joints = m_data->skeleton.jointCount();
    const float last = static_cast<float>(sequence.frames - 1);
    const float step = static_cast<float>(sequence.framesPerSecond / m_options.framesPerSecond)
                       * random.logUniform(m_options.minSpeed, m_options.maxSpeed);
    const int frames = std::min(m_options.clipFrames, static_cast<int>(last / step) + 1);
    const float start = random.uniform(0.0F, std::max(0.0F, last - static_cast<float>(frames - 1) * step));
    const float side = random.chance(m_options.flipShare) ? -1.0F : 1.0F;
    const BodyVariation::Scales scales = m_options.drawBody ? m_options.drawBody(sequence.frame(0, joints), random)
                                                            : m_body.draw(m_options.body, random);

    scratch.raw.resize(static_cast<std::size_t>(joints));
    scratch.world.resize(static_cast<std::size_t>(joints * frames));
    for (int k = 0; k < frames; ++k) {
        const float time = std::min(start + static_cast<float>(k) * step, last);
        const auto before = static_cast<std::int64_t>(time);
        const float *a = sequence.frame(before, joints);
        const float *b = sequence.frame(std::min(before + 1, sequence.frames - 1), joints);
        const float share = time - static_cast<float>(before);
        for (int j = 0; j < joints; ++j) {
            const int from = 3 * (side < 0 ? m_mirrored[static_cast<std::size_t>(j)] : j);
            const Eigen::Map<const Eigen::Vector3f> p(a + from);
            const Eigen::Map<const Eigen::Vector3f> q(b + from);
            scratch.raw[static_cast<std::size_t>(j)] = (p + share * (q - p)).cwiseProduct(Eigen::Vector3f(side, 1, 1));
        }
        m_body.apply(scales, scratch.raw.data(), scratch.world.data() + k * joints);
    }
    return frames;
}

void LiftingExamples::drawClip(Random &random, Scratch &scratch, std::span<float> inputs, std::span<float> targets,
                               std::span<LiftingView> views) const
{
    const int frames = takeClip(random, scratch);
    const int joints = m_data->skeleton.jointCount();
    const VirtualCamera camera =
        m_options.drawCamera ? m_options.drawCamera(random) : randomCamera(m_options.camera, random);
    const Eigen::Vector3f anchor = scratch.world[static_cast<std::size_t>(frames / 2 * joints + m_limbs.root)];
    projectClip(scratch.world.data(), frames, joints, m_limbs, camera, anchor, scratch.clip);
    if (m_options.disturb) {
        m_options.disturb(scratch.clip, camera, random);
    } else if (!random.chance(m_options.cleanShare)) {
        const float strength = random.logUniform(m_options.minNoise, m_options.maxNoise);
        addKeypointNoise(scratch.clip.noisy(camera), m_options.noise, strength, random);
    }
    const LifterInput input = lifterInputOf(scratch.clip, camera.given, m_options.framesPerSecond);

    const int windows = static_cast<int>(inputs.size()) / inputSize();
    const int before = m_options.causal ? m_options.windowFrames - 1 : m_options.windowFrames / 2;
    for (int w = 0; w < windows; ++w) {
        // One window in each equal part of the clip; the clip's ends are padded with their frames.
        const float place = (static_cast<float>(w) + random.uniform()) / static_cast<float>(windows);
        const int middle = std::min(static_cast<int>(place * static_cast<float>(frames)), frames - 1);
        for (int k = 0; k < m_options.windowFrames; ++k) {
            const int frame = std::clamp(middle + k - before, 0, frames - 1);
            std::copy_n(input.features.begin() + frame * kLifterFeatures, kLifterFeatures,
                        inputs.begin() + w * inputSize() + k * kLifterFeatures);
        }
        const Eigen::Matrix3f rotation = input.virtualFromCamera[static_cast<std::size_t>(middle)].cast<float>();
        if (!targets.empty())
            writeTarget(scratch.clip, middle, joints, m_limbs, rotation, targets.data() + w * targetSize());
        if (views.empty())
            continue;
        LiftingView &view = views[static_cast<std::size_t>(w)];
        view = viewOf(scratch.clip, middle, camera, input);
        if (!targets.empty())
            Eigen::Map<Eigen::Vector3f>(view.root) =
                rotation * rootInGivenCamera(scratch.clip, middle, joints, m_limbs.root, camera);
    }
}

} // namespace poselift
