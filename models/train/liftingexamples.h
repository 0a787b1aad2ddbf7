#pragma once

#include "core/io/mocapfile.h"
#include "models/train/bodyvariation.h"
#include "models/train/clipprojection.h"

#include <functional>
#include <span>
#include <vector>

namespace poselift {

struct LiftingExampleOptions
{
    int windowFrames = 27; ///< receptive field
    bool causal = false;   ///< the window ends with the frame that it is for
    int clipFrames = 90;   ///< windows are cut from clips of this length, which the input's
                           ///< normalisation sees whole; fewer where the take is shorter
    int windowsPerClip = 8;
    double framesPerSecond = 30.0; ///< of the lifter; mocap is resampled to it
    float minSpeed = 0.75F;        ///< motions are played at a random speed
    float maxSpeed = 1.3F;
    float flipShare = 0.5F; ///< share of mirrored clips
    /// Actions are drawn in proportion to (their frames)^exponent: 1 as they come, 0 all alike.
    float actionExponent = 0.5F;
    float cleanShare = 0.15F; ///< share of clips with exact 2D and confidence 1
    float minNoise = 0.4F;    ///< strength of KeypointNoise, log-uniform
    float maxNoise = 1.6F;
    VirtualCameraOptions camera;
    BodyVariationOptions body;
    KeypointNoiseOptions noise;
    // Where one scene is to be imitated, these take the place of the random ones. Called from any
    // thread; what they draw may depend on the generator only.
    std::function<BodyVariation::Scales(const float *pose, Random &random)> drawBody; ///< pose [J, 3] of the take
    std::function<VirtualCamera(Random &random)> drawCamera;
    /// The detector's errors, of every clip.
    std::function<void(ProjectedClip &clip, const VirtualCamera &camera, Random &random)> disturb;
};

/// How the frame of one example was seen: what training without 3D needs. Screen: x in [−1, 1] over
/// the picture's width, y in the same unit (VideoPose3D's normalised screen). All floats, so that an
/// array of these is a matrix.
struct LiftingView
{
    /// The root joint in the virtual camera, m, as the given camera would have to see it: on its ray,
    /// at a depth at which the body is as large in the picture. Zero where no 3D was asked for.
    float root[3]{};
    float scale = 0.0F;           ///< LifterInput::scale, about 1/distance
    float virtualFromCamera[9]{}; ///< row-major
    float camera[9]{};            ///< given intrinsics on the screen, as projectToScreen() takes them
    float seen[2 * kLifterLimbJoints]{};
    float confidence[kLifterLimbJoints]{};
};
inline constexpr int kLiftingViewFloats = 22 + 3 * kLifterLimbJoints;
static_assert(sizeof(LiftingView) == kLiftingViewFloats * sizeof(float));

/// Endless random training examples: a window of 2D features and the 3D pose of its middle frame.
/// Const after construction and safe to use from several threads; the mocap must outlive it.
class LiftingExamples
{
public:
    static Result<LiftingExamples> create(const MocapData &data, const LiftingExampleOptions &options);

    int inputSize() const { return m_options.windowFrames * kLifterFeatures; }
    int targetSize() const { return 3 * m_data->skeleton.jointCount(); }
    const LiftingExampleOptions &options() const { return m_options; }
    const LimbJoints &limbs() const { return m_limbs; }

    /// Fills a batch of inputs [N, F, 14, 3] and targets [N, J, 3] (m, root-relative, in the virtual
    /// camera of lifterinput.h). Clip i of the batch is drawn from the stream (seed, firstStream + i)
    /// alone. N need not be a multiple of windowsPerClip. @p targets may be empty: no 3D leaves then.
    /// @param views  [N], or empty when not wanted
    void drawBatch(std::uint64_t seed, std::uint64_t firstStream, std::span<float> inputs, std::span<float> targets,
                   std::span<LiftingView> views = {}) const;
    /// Streams that a batch of @p examples examples uses.
    std::uint64_t streamsPerBatch(int examples) const;

private:
    static constexpr int kLifterFeatures = kLifterInputJointCount * kLifterInputFeatures;
    struct Scratch;

    LiftingExamples(const MocapData &data, const LiftingExampleOptions &options, const LimbJoints &limbs);
    /// World poses of a random clip, varied in body, speed and side; returns its length in frames.
    int takeClip(Random &random, Scratch &scratch) const;
    void drawClip(Random &random, Scratch &scratch, std::span<float> inputs, std::span<float> targets,
                  std::span<LiftingView> views) const;

    const MocapData *m_data;
    LiftingExampleOptions m_options;
    LimbJoints m_limbs;
    BodyVariation m_body;
    std::vector<int> m_mirrored;      ///< joint on the other side
    std::vector<double> m_cumulative; ///< probability of the sequences up to and including i
};

} // namespace poselift
