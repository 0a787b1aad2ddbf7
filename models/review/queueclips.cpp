#include "models/review/queueclips.h"

#include "models/lifter.h"
#include "models/synth/syntheticclip.h"
#include "models/train/liftingevaluation.h"

#include <algorithm>

namespace poselift {

namespace {

constexpr double kRate = 30.0;         // fps
constexpr float kLongerSide = 1920.0F; // px
constexpr double kStatureMetres = 1.7;
constexpr int kFigures = 8;
constexpr int kFigureFrames = 900;
constexpr const char *kSecondLifter = "vp3d_cmu_rf27";

/// Exact keypoints of the limbs in picture units (longer side = 1), like ProjectedClip's.
struct ExactClip
{
    CameraIntrinsics camera; ///< what the lifter is told
    float width = 1;
    float height = 1;
    int frames = 0;
    std::vector<float> xy;
    std::vector<float> bodyHeight;
};

CameraIntrinsics inPixels(const PinholeIntrinsics &lens, float width, float height)
{
    CameraIntrinsics camera;
    camera.fx = camera.fy = lens.focal * kLongerSide;
    camera.cx = lens.cx * kLongerSide;
    camera.cy = lens.cy * kLongerSide;
    camera.width = static_cast<int>(width * kLongerSide);
    camera.height = static_cast<int>(height * kLongerSide);
    return camera;
}

std::vector<int> limbsIn(const Skeleton &skeleton)
{
    std::vector<int> limbs;
    for (int i = 0; i < kLifterLimbJoints; ++i)
        limbs.push_back(skeleton.indexOf(lifterInputJoints()[static_cast<std::size_t>(i)]));
    return limbs;
}

Result<std::vector<ExactClip>> fromMocap(const QueueClipOptions &options)
{
    const Result<MocapData> data = readMocap(options.data, options.group);
    if (!data)
        return data.error();
    const Result<LimbJoints> limbs = LimbJoints::of(data->skeleton);
    if (!limbs)
        return limbs.error();
    EvaluationOptions seeing;
    seeing.framesPerSecond = kRate;
    seeing.seed = options.seed;
    seeing.assumedIntrinsics = true; // as with a video of which nobody knows the camera
    std::vector<ExactClip> clips;
    for (const MocapSequence &sequence : data->sequences) {
        if (options.clips > 0 && static_cast<int>(clips.size()) >= options.clips)
            break;
        SeenSequence seen = seeSequence(sequence, data->skeleton.jointCount(), *limbs, seeing, clips.size());
        const VirtualCamera &camera = seen.camera;
        clips.push_back({inPixels(camera.given, camera.width, camera.height), camera.width, camera.height,
                         seen.clip.frames, std::move(seen.clip.xy), std::move(seen.clip.bodyHeight)});
    }
    return clips;
}

ExactClip fromFigure(std::uint32_t seed, const Skeleton &skeleton, const Skeleton &body)
{
    constexpr int kHeight = 1080;
    const SyntheticScene scene =
        makeScene(seed, 1, static_cast<int>(kLongerSide), kHeight, constantRate(kFigureFrames, kRate));
    const SceneFigure &figure = scene.figures.front();
    const KeypointTrack keypoints = trueKeypoints(scene, figure, skeleton, 1);
    const JointTrack joints = trueJoints(scene, figure, body, 1);
    ExactClip clip{
        assumedIntrinsics(scene.camera.width, scene.camera.height), 1.0F, kHeight / kLongerSide, kFigureFrames, {}, {}};
    const auto root = static_cast<std::size_t>(body.indexOf(body.root));
    for (int t = 0; t < kFigureFrames; ++t) {
        for (const int joint : limbsIn(skeleton)) {
            const Keypoint2D keypoint = keypoints.keypoint(t, joint);
            clip.xy.push_back(static_cast<float>(keypoint.x) / kLongerSide);
            clip.xy.push_back(static_cast<float>(keypoint.y) / kLongerSide);
        }
        clip.bodyHeight.push_back(static_cast<float>(scene.camera.fx * kStatureMetres / joints.pose(t)[root].z)
                                  / kLongerSide);
    }
    return clip;
}

Result<std::vector<ExactClip>> fromFigures(const QueueClipOptions &options, const Skeleton &skeleton)
{
    const Result<Skeleton> body = findSkeleton("h36m17");
    if (!body)
        return body.error();
    std::vector<ExactClip> clips;
    const int count = options.clips > 0 ? options.clips : kFigures;
    for (int i = 0; i < count; ++i)
        clips.push_back(
            fromFigure(static_cast<std::uint32_t>(options.seed) + static_cast<std::uint32_t>(i), skeleton, *body));
    return clips;
}

Keypoint2D keypointAt(const float *xy, float confidence, KeypointState state)
{
    return {xy[0] * kLongerSide, xy[1] * kLongerSide, confidence, state};
}

KeypointTrack trueTrack(const ExactClip &clip, const Skeleton &skeleton)
{
    const std::vector<int> limbs = limbsIn(skeleton);
    KeypointTrack track;
    track.id = 1;
    track.jointCount = skeleton.jointCount();
    for (int t = 0; t < clip.frames; ++t) {
        for (int i = 0; i < kLifterLimbJoints; ++i) {
            const float *xy = clip.xy.data() + 2 * (t * kLifterLimbJoints + i);
            const bool isInside = xy[0] >= 0 && xy[1] >= 0 && xy[0] < clip.width && xy[1] < clip.height;
            track.setKeypoint(t, limbs[static_cast<std::size_t>(i)],
                              keypointAt(xy, 1.0F, isInside ? KeypointState::Visible : KeypointState::Absent));
        }
    }
    return track;
}

/// What the detector says. Keypoints that are really outside the picture are not found, wherever
/// their errors would put them.
KeypointTrack detectedTrack(const ExactClip &clip, const KeypointTrack &truth, const Skeleton &skeleton,
                            const MeasuredNoise &noise, Random &random, bool constantConfidence)
{
    std::vector<float> xy = clip.xy;
    std::vector<float> confidence(xy.size() / 2, 1.0F);
    addMeasuredNoise({xy.data(), confidence.data(), clip.bodyHeight.data(), clip.frames, clip.width, clip.height},
                     noise, random);
    const std::vector<int> limbs = limbsIn(skeleton);
    KeypointTrack track;
    track.id = 1;
    track.jointCount = skeleton.jointCount();
    for (int t = 0; t < clip.frames; ++t) {
        for (int i = 0; i < kLifterLimbJoints; ++i) {
            const auto at = static_cast<std::size_t>(t * kLifterLimbJoints + i);
            const int joint = limbs[static_cast<std::size_t>(i)];
            const bool found = confidence[at] > 0 && truth.keypoint(t, joint).state == KeypointState::Visible;
            track.setKeypoint(t, joint,
                              found ? keypointAt(xy.data() + 2 * at, constantConfidence ? 1.0F : confidence[at],
                                                 KeypointState::Visible)
                                    : Keypoint2D{});
        }
    }
    return track;
}

Result<void> lift(Project &project, Lifter &lifter, const JobContext &job)
{
    JobContext quiet;
    quiet.stop = job.stop;
    Result<JointTrack> lifted = lifter.lift(project.keypointLayers.front().tracks.front(), project.skeleton,
                                            project.media.seconds, project.camera, quiet);
    if (!lifted)
        return lifted.error();
    lifted->id = 1;
    project.jointLayers.push_back({"lifted/" + lifter.name(), lifter.skeleton(), lifter.name(), {*std::move(lifted)}});
    return {};
}

QueueClip makeClip(const ExactClip &exact, const Skeleton &skeleton, const MeasuredNoise &noise, Random random,
                   bool constantConfidence)
{
    QueueClip clip;
    clip.project.skeleton = skeleton;
    clip.project.camera = exact.camera;
    clip.project.media.seconds = constantRate(exact.frames, kRate);
    clip.project.media.frameCount = exact.frames;
    clip.truth = trueTrack(exact, skeleton);
    clip.project.keypointLayers.push_back(
        {"detected",
         skeleton,
         "measured noise",
         {detectedTrack(exact, clip.truth, skeleton, noise, random, constantConfidence)}});
    for (const float height : exact.bodyHeight)
        clip.heightPx.push_back(height * kLongerSide);
    return clip;
}

} // namespace

Result<std::vector<QueueClip>> makeQueueClips(const QueueClipOptions &options, const MeasuredNoise &noise,
                                              const JobContext &job)
{
    const Result<Skeleton> skeleton = findSkeleton("coco17");
    if (!skeleton)
        return skeleton.error();
    const Result<std::vector<ExactClip>> exact =
        options.data.empty() ? fromFigures(options, *skeleton) : fromMocap(options);
    if (!exact)
        return exact.error();
    Result<std::unique_ptr<Lifter>> first = createLifter({{}, true, options.threads});
    if (!first)
        return first.error();
    Result<std::unique_ptr<Lifter>> second = createLifter({kSecondLifter, true, options.threads});
    if (!second)
        return second.error();
    std::vector<QueueClip> clips;
    for (const ExactClip &clip : *exact) {
        job.report("clips", static_cast<std::int64_t>(clips.size()), static_cast<std::int64_t>(exact->size()));
        const Random random(options.seed + 1, clips.size());
        clips.push_back(makeClip(clip, *skeleton, noise, random, options.constantConfidence));
        for (Lifter *lifter : {first->get(), second->get()}) {
            if (Result<void> lifted = lift(clips.back().project, *lifter, job); !lifted)
                return lifted.error();
        }
    }
    return clips;
}

} // namespace poselift
