#include "models/train/liftingevaluation.h"

#include <Eigen/Geometry>

#include <algorithm>

namespace poselift {

namespace {

/// Turns predictions from the virtual cameras back into the camera.
std::vector<double> inCamera(const std::vector<float> &joints, const EvaluationClip &clip)
{
    std::vector<double> turned(joints.size());
    const std::size_t perFrame = joints.size() / static_cast<std::size_t>(clip.frames);
    for (std::size_t i = 0; i < joints.size(); i += 3) {
        const Eigen::Matrix3d &virtualFromCamera = clip.input.virtualFromCamera[i / perFrame];
        Eigen::Map<Eigen::Vector3d>(turned.data() + i)
            = virtualFromCamera.transpose() * Eigen::Map<const Eigen::Vector3f>(joints.data() + i).cast<double>();
    }
    return turned;
}

/// Poses of a sequence at another rate, linear in time, [T, J].
std::vector<Eigen::Vector3f> resampled(const MocapSequence &sequence, int joints, double framesPerSecond)
{
    const double step = sequence.framesPerSecond / framesPerSecond;
    const auto count = static_cast<std::int64_t>(static_cast<double>(sequence.frames - 1) / step) + 1;
    std::vector<Eigen::Vector3f> poses;
    poses.reserve(static_cast<std::size_t>(count * joints));
    for (std::int64_t t = 0; t < count; ++t) {
        const double time = static_cast<double>(t) * step;
        const auto before = static_cast<std::int64_t>(time);
        const float share = static_cast<float>(time - static_cast<double>(before));
        const float *a = sequence.frame(before, joints);
        const float *b = sequence.frame(std::min(before + 1, sequence.frames - 1), joints);
        for (int j = 0; j < joints; ++j) {
            const Eigen::Map<const Eigen::Vector3f> p(a + 3 * j);
            const Eigen::Map<const Eigen::Vector3f> q(b + 3 * j);
            poses.push_back(p + share * (q - p));
        }
    }
    return poses;
}

bool seesRoot(const VirtualCamera &camera, const std::vector<Eigen::Vector3f> &poses, int joints, int root,
              const Eigen::Vector3f &anchor)
{
    constexpr float kNearest = 1.5F; // m
    for (std::size_t at = static_cast<std::size_t>(root); at < poses.size(); at += static_cast<std::size_t>(joints)) {
        const Eigen::Vector3f point = camera.toCamera(poses[at], anchor);
        if (point.z() < kNearest)
            return false;
        const float u = camera.truth.focal * point.x() / point.z() + camera.truth.cx;
        const float v = camera.truth.focal * point.y() / point.z() + camera.truth.cy;
        if (u < 0 || v < 0 || u > camera.width || v > camera.height)
            return false;
    }
    return true;
}

Eigen::Vector3f middleOfPath(const std::vector<Eigen::Vector3f> &poses, int joints, int root)
{
    Eigen::AlignedBox3f box;
    for (std::size_t at = static_cast<std::size_t>(root); at < poses.size(); at += static_cast<std::size_t>(joints))
        box.extend(poses[at]);
    return box.center();
}

EvaluationClip makeClip(const MocapSequence &sequence, int joints, const LimbJoints &limbs,
                        const EvaluationOptions &options, std::uint64_t stream)
{
    Random noiseRandom(options.seed, 2 * stream + 1);
    SeenSequence seen = seeSequence(sequence, joints, limbs, options, stream);
    ProjectedClip &projected = seen.clip;
    EvaluationClip clip{sequence.action, sequence.subject, projected.frames, {}, {}};
    if (options.noisy)
        addKeypointNoise(projected.noisy(seen.camera), options.noise, /*strength=*/1.0F, noiseRandom);
    clip.input = lifterInputOf(projected, seen.camera.given, options.framesPerSecond);
    clip.target.resize(static_cast<std::size_t>(clip.frames * joints * 3));
    for (int t = 0; t < clip.frames; ++t)
        writeTarget(projected, t, joints, limbs, Eigen::Matrix3f::Identity(), clip.target.data() + t * joints * 3);
    return clip;
}

} // namespace

SeenSequence seeSequence(const MocapSequence &sequence, int joints, const LimbJoints &limbs,
                         const EvaluationOptions &options, std::uint64_t stream)
{
    const std::vector<Eigen::Vector3f> poses = resampled(sequence, joints, options.framesPerSecond);
    Random cameraRandom(options.seed, 2 * stream);
    SeenSequence seen{randomCamera(options.camera, cameraRandom), {}};
    VirtualCamera &camera = seen.camera;
    camera.given = options.assumedIntrinsics ? PinholeIntrinsics{1.2F, camera.width / 2, camera.height / 2} : camera.truth;
    const Eigen::Vector3f anchor = middleOfPath(poses, joints, limbs.root);
    for (int i = 0; i < 60 && !seesRoot(camera, poses, joints, limbs.root, anchor); ++i)
        camera.anchorInCamera *= 1.05F;
    projectClip(poses.data(), static_cast<int>(poses.size()) / joints, joints, limbs, camera, anchor, seen.clip);
    return seen;
}

Result<std::vector<EvaluationClip>> makeEvaluationClips(const MocapData &data, const EvaluationOptions &options)
{
    const Result<LimbJoints> limbs = LimbJoints::of(data.skeleton);
    if (!limbs)
        return limbs.error();
    const int joints = data.skeleton.jointCount();
    std::vector<EvaluationClip> clips;
    std::uint64_t stream = 0;
    for (const MocapSequence &sequence : data.sequences) {
        for (int camera = 0; camera < options.camerasPerSequence; ++camera)
            clips.push_back(makeClip(sequence, joints, *limbs, options, stream++));
    }
    return clips;
}

ErrorReport evaluateLifting(const std::vector<EvaluationClip> &clips, const ComparedJoints &joints, const ClipPredictor &predict)
{
    const int count = static_cast<int>(joints.names().size());
    ErrorReport report(joints.names());
    for (const EvaluationClip &clip : clips) {
        const std::vector<double> prediction = joints.ofPrediction(inCamera(predict(clip), clip));
        const std::vector<double> truth = joints.ofTruth({clip.target.begin(), clip.target.end()});
        report.add(clip.action, clip.subject, {prediction, count}, {truth, count});
    }
    return report;
}

ErrorReport evaluateLifting(const std::vector<EvaluationClip> &clips, const Skeleton &skeleton, const ClipPredictor &predict)
{
    return evaluateLifting(clips, ComparedJoints(skeleton, skeleton), predict);
}

} // namespace poselift
