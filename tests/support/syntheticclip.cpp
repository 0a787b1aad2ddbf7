#include "tests/support/syntheticclip.h"

#include <random>

using namespace poselift;

namespace {

void disturb(KeypointTrack &track, const SyntheticClipOptions &options, std::mt19937 &random)
{
    std::normal_distribution<double> noise(0.0, 1.0);
    std::uniform_real_distribution<double> share(0.0, 1.0);
    for (std::int64_t frame = track.firstFrame; frame < track.endFrame(); ++frame) {
        for (int joint = 0; joint < track.jointCount; ++joint) {
            Keypoint2D keypoint = track.keypoint(frame, joint);
            const double dx = options.noisePx * noise(random);
            const double dy = options.noisePx * noise(random);
            keypoint.x += dx;
            keypoint.y += dy;
            keypoint.confidence = static_cast<float>(std::exp(-0.02 * std::hypot(dx, dy)));
            if (share(random) < options.missingShare)
                keypoint = {};
            track.setKeypoint(frame, joint, keypoint);
        }
    }
}

} // namespace

SyntheticClip makeSyntheticClip(const SyntheticClipOptions &options)
{
    const SyntheticScene scene = makeScene(options.seed, options.people, options.width, options.height,
                                           constantRate(options.frames, options.framesPerSecond));
    const Project truth = makeTruth(scene);
    SyntheticClip clip;
    clip.seconds = scene.seconds;
    clip.camera = scene.camera;
    clip.skeleton2d = truth.keypointLayers[0].skeleton;
    clip.skeleton3d = truth.jointLayers[0].skeleton;
    clip.exactKeypoints = truth.keypointLayers[0].tracks;
    clip.keypoints = clip.exactKeypoints;
    clip.joints = truth.jointLayers[0].tracks;
    std::mt19937 random(options.seed + 1000);
    if (options.noisePx > 0 || options.missingShare > 0) {
        for (KeypointTrack &track : clip.keypoints)
            disturb(track, options, random);
    }
    return clip;
}
