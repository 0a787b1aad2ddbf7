#include "models/train/keypointnoise.h"

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

/// First-order autoregressive noise with standard deviation 1 in two dimensions.
struct CorrelatedNoise
{
    float x = 0.0F;
    float y = 0.0F;

    void start(Random &random)
    {
        x = random.normal();
        y = random.normal();
    }
    void advance(float correlation, Random &random)
    {
        const float fresh = std::sqrt(1 - correlation * correlation);
        x = correlation * x + fresh * random.normal();
        y = correlation * y + fresh * random.normal();
    }
};

/// A condition that starts at random and lasts some frames.
struct Run
{
    int left = 0;
    bool advance(float rate, int longest, Random &random)
    {
        if (left > 0)
            --left;
        else if (random.chance(rate))
            left = 1 + random.below(longest);
        return left > 0;
    }
};

void disturbJoint(const NoisyClip &clip, int joint, bool hidden, const KeypointNoiseOptions &options, float strength,
                  Random &random)
{
    const auto kind = static_cast<std::size_t>(joint / 2);
    const float difficulty = std::exp(options.difficultySigma * random.normal());
    CorrelatedNoise jitter;
    CorrelatedNoise offset;
    jitter.start(random);
    offset.start(random);
    Run outlier;
    Run drop;
    for (int t = 0; t < clip.frames; ++t) {
        jitter.advance(options.jointCorrelation, random);
        offset.advance(options.offsetCorrelation, random);
        const bool isOutlier = outlier.advance(options.outlierRate, options.longestRun, random);
        const bool isDropped = drop.advance(options.dropRate, options.longestRun, random);
        const float spread = strength * difficulty * (isOutlier ? options.outlierFactor : 1.0F);
        const float sigma = spread * options.jointSigma[kind];
        const float slow = strength * options.offsetSigma[kind];
        float *xy = clip.xy + (t * kLifterLimbJoints + joint) * 2;
        xy[0] += clip.bodyHeight[t] * (sigma * jitter.x + slow * offset.x);
        xy[1] += clip.bodyHeight[t] * (sigma * jitter.y + slow * offset.y);
        const bool outside = xy[0] < 0 || xy[1] < 0 || xy[0] > clip.width || xy[1] > clip.height;
        const float confidence = options.confidenceTop / (1 + sigma / options.confidenceHalving)
            + options.confidenceSigma * random.normal();
        const bool missing = hidden || isDropped || (outside && random.chance(options.outsideDropShare));
        clip.confidence[t * kLifterLimbJoints + joint] = missing ? 0.0F : std::clamp(confidence, 0.02F, 1.0F);
    }
}

void exchangeSides(const NoisyClip &clip, int frame, int firstKind, int lastKind)
{
    for (int kind = firstKind; kind <= lastKind; ++kind) {
        const int left = frame * kLifterLimbJoints + 2 * kind;
        std::swap_ranges(clip.xy + 2 * left, clip.xy + 2 * left + 2, clip.xy + 2 * left + 2);
        std::swap(clip.confidence[left], clip.confidence[left + 1]);
    }
}

/// Left/right exchanges of the legs, the arms or the whole body, and frames without the person.
void disturbFrames(const NoisyClip &clip, const KeypointNoiseOptions &options, Random &random)
{
    Run swap;
    Run drop;
    int part = 0;
    for (int t = 0; t < clip.frames; ++t) {
        const bool wasSwapping = swap.left > 0;
        if (swap.advance(options.swapRate, options.longestRun, random)) {
            part = wasSwapping ? part : random.below(3);
            exchangeSides(clip, t, part == 1 ? 3 : 0, part == 0 ? 2 : 5);
        }
        if (drop.advance(options.frameDropRate, options.longestRun, random))
            std::fill_n(clip.confidence + t * kLifterLimbJoints, kLifterLimbJoints, 0.0F);
    }
}

} // namespace

void addKeypointNoise(const NoisyClip &clip, const KeypointNoiseOptions &options, float strength, Random &random)
{
    const bool legsHidden = random.chance(options.legsHiddenShare);
    for (int joint = 0; joint < kLifterLimbJoints; ++joint)
        disturbJoint(clip, joint, legsHidden && joint >= 8, options, strength, random);
    disturbFrames(clip, options, random);
}

} // namespace poselift
