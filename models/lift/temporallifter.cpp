#include "models/lifter.h"

#include "core/pose/skeletonmapping.h"
#include "models/lift/lifterinput.h"
#include "models/lift/liftermodel.h"
#include "models/lift/moduleweights_torch.h"
#include "models/lift/placement.h"
#include "models/lift/resample.h"
#include "models/lift/sequencelifting_torch.h"
#include "models/lift/torchthreads.h"

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

/// The lifter of VideoPose3D: a track becomes even clips, a clip features, features root-relative
/// joints, and these are placed in the camera.
class TemporalLifter final : public Lifter
{
public:
    TemporalLifter(LifterDescription description, const TemporalModel &model, const LifterOptions &options)
        : m_description(std::move(description)), m_network(model), m_options(options)
    {
        const Skeleton &output = m_description.outputSkeleton;
        for (int joint = 0; joint < output.jointCount(); ++joint)
            m_mirrored.output.push_back(output.mirrored(joint));
        for (const std::string &joint : output.joints)
            m_isLimb.push_back(sideOf(joint) != BodySide::Middle);
        for (const std::string &name : m_description.inputJoints)
            m_mirrored.input.push_back(indexOfMirrored(name));
    }

    const std::string &name() const override { return m_description.name; }
    const Skeleton &skeleton() const override { return m_description.outputSkeleton; }
    double framesPerSecond() const override { return m_description.framesPerSecond; }
    Result<JointTrack> lift(const KeypointTrack &track, const Skeleton &from, std::span<const double> seconds,
                            const CameraIntrinsics &camera, const JobContext &job) override;

private:
    /// Features [S, J, C] of a clip and, per sample, the rotation out of the frame of the results.
    struct Features
    {
        torch::Tensor values;
        std::vector<Eigen::Matrix3d> cameraFromResult;
    };
    struct Mappings
    {
        SkeletonMapping input;  ///< source skeleton → the network's joints
        SkeletonMapping points; ///< source skeleton → output joints, where it has them
    };

    int64_t indexOfMirrored(const std::string &name) const;
    Result<Mappings> mappingsFrom(const Skeleton &from) const;
    Features featuresOf(const std::vector<Pose2D> &poses, const CameraIntrinsics &camera, double rate) const;
    Features plainFeatures(const std::vector<Pose2D> &poses, const CameraIntrinsics &camera) const;
    Result<std::vector<float>> liftClip(const EvenClip &clip, const Mappings &mappings, const CameraIntrinsics &camera,
                                        std::int64_t doneBefore, std::int64_t total, const JobContext &job) const;
    void place(std::vector<float> &joints, const std::vector<Pose2D> &seen, const CameraIntrinsics &camera, double rate) const;
    double rateFor(std::span<const double> seconds) const;

    LifterDescription m_description;
    FusedTemporalModel m_network;
    LifterOptions m_options;
    MirroredJoints m_mirrored;
    std::vector<bool> m_isLimb; ///< of the output: joints that mean the same in every skeleton
};

int64_t TemporalLifter::indexOfMirrored(const std::string &name) const
{
    const auto &names = m_description.inputJoints;
    std::string other = name;
    if (name.starts_with("left_"))
        other = "right_" + name.substr(5);
    else if (name.starts_with("right_"))
        other = "left_" + name.substr(6);
    const auto found = std::ranges::find(names, other);
    return (found == names.end() ? std::ranges::find(names, name) : found) - names.begin();
}

Result<TemporalLifter::Mappings> TemporalLifter::mappingsFrom(const Skeleton &from) const
{
    Result<SkeletonMapping> input = SkeletonMapping::create(from, m_description.inputJoints);
    if (!input)
        return input.error();
    const std::vector<std::string> &output = m_description.outputSkeleton.joints;
    Result<SkeletonMapping> points = SkeletonMapping::create(from, output, output);
    if (!points)
        return points.error();
    return Mappings{std::move(*input), std::move(*points)};
}

TemporalLifter::Features TemporalLifter::featuresOf(const std::vector<Pose2D> &poses, const CameraIntrinsics &camera, double rate) const
{
    if (m_description.normalisation != LifterNormalisation::HipRay)
        return plainFeatures(poses, camera);
    LifterInput input = makeLifterInput(poses, camera, rate);
    Features features;
    features.values = torch::empty({input.frameCount(), kLifterInputJointCount, kLifterInputFeatures});
    std::ranges::copy(input.features, features.values.data_ptr<float>());
    for (const Eigen::Matrix3d &virtualFromCamera : input.virtualFromCamera)
        features.cameraFromResult.push_back(virtualFromCamera.transpose());
    return features;
}

TemporalLifter::Features TemporalLifter::plainFeatures(const std::vector<Pose2D> &poses, const CameraIntrinsics &camera) const
{
    Features features;
    const auto joints = static_cast<std::int64_t>(m_description.inputJoints.size());
    features.values = torch::zeros({static_cast<std::int64_t>(poses.size()), joints, m_description.inFeatures});
    float *to = features.values.data_ptr<float>();
    for (const Pose2D &pose : poses) {
        for (const Keypoint2D &keypoint : pose) {
            if (keypoint.isKnown()) {
                const Eigen::Vector2d pixel(keypoint.x, keypoint.y);
                const Eigen::Vector2d point = m_description.normalisation == LifterNormalisation::Screen
                    ? normaliseScreen(pixel, camera.width, camera.height) : unproject(camera, pixel);
                to[0] = static_cast<float>(point.x());
                to[1] = static_cast<float>(point.y());
                if (m_description.inFeatures == 3)
                    to[2] = keypoint.confidence;
            }
            to += m_description.inFeatures;
        }
    }
    features.cameraFromResult.assign(poses.size(), Eigen::Matrix3d::Identity());
    return features;
}

void TemporalLifter::place(std::vector<float> &joints, const std::vector<Pose2D> &seen, const CameraIntrinsics &camera, double rate) const
{
    const std::size_t count = m_mirrored.output.size();
    std::vector<PlacementPoint> points;
    points.reserve(seen.size() * count);
    for (std::size_t sample = 0; sample < seen.size(); ++sample) {
        for (std::size_t joint = 0; joint < count; ++joint) {
            const float *xyz = &joints[(sample * count + joint) * 3];
            const Keypoint2D &keypoint = seen[sample][joint];
            PlacementPoint point{{xyz[0], xyz[1], xyz[2]}, {0, 0}, 0};
            if (m_isLimb[joint] && keypoint.isKnown()) {
                point.ray = unproject(camera, {keypoint.x, keypoint.y});
                point.confidence = keypoint.confidence;
            }
            points.push_back(point);
        }
    }
    PlacementOptions options;
    options.framesPerSecond = rate;
    const std::vector<Eigen::Vector3d> roots = placeInCamera(points, static_cast<int>(count), options);
    for (std::size_t i = 0; i < joints.size(); ++i)
        joints[i] += static_cast<float>(roots[i / (3 * count)][static_cast<Eigen::Index>(i % 3)]);
}

/// [S, J, 3] in the camera, m.
Result<std::vector<float>> TemporalLifter::liftClip(const EvenClip &clip, const Mappings &mappings, const CameraIntrinsics &camera,
                                                    std::int64_t doneBefore, std::int64_t total, const JobContext &job) const
{
    std::vector<Pose2D> inputs;
    std::vector<Pose2D> seen;
    for (const Pose2D &pose : clip.poses) {
        inputs.push_back(mappings.input.map(pose));
        seen.push_back(mappings.points.map(pose));
    }
    const Features features = featuresOf(inputs, camera, clip.framesPerSecond);
    SequenceOptions sequence;
    if (m_options.flipAveraging)
        sequence.flipAveraging = m_mirrored;
    sequence.doneBefore = doneBefore;
    sequence.total = total;
    const Result<torch::Tensor> lifted = liftSequence(m_network, features.values, sequence, job);
    if (!lifted)
        return lifted.error();
    const torch::Tensor plain = lifted->contiguous();
    if (!torch::isfinite(plain).all().item<bool>())
        return Error(ErrorCode::InferenceFailed, {{"path", m_description.name}, {"detail", "its output is not a finite number"}});
    const std::size_t count = m_mirrored.output.size();
    std::vector<float> joints(plain.data_ptr<float>(), plain.data_ptr<float>() + plain.numel());
    for (std::size_t i = 0; i < joints.size(); i += 3) {
        const Eigen::Map<const Eigen::Vector3f> turned(&joints[i]);
        const Eigen::Vector3d inCamera = features.cameraFromResult[i / (3 * count)] * turned.cast<double>();
        std::ranges::copy(Eigen::Vector3f(inCamera.cast<float>()), &joints[i]);
    }
    place(joints, seen, camera, clip.framesPerSecond);
    return joints;
}

/// The network's rate, or the video's own (median) for a network that takes any.
double TemporalLifter::rateFor(std::span<const double> seconds) const
{
    if (m_description.framesPerSecond > 0)
        return m_description.framesPerSecond;
    std::vector<double> steps;
    for (std::size_t i = 1; i < seconds.size(); ++i) {
        if (seconds[i] > seconds[i - 1])
            steps.push_back(seconds[i] - seconds[i - 1]);
    }
    if (steps.empty())
        return 30.0;
    std::ranges::nth_element(steps, steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2));
    return 1.0 / steps[steps.size() / 2];
}

Result<JointTrack> TemporalLifter::lift(const KeypointTrack &track, const Skeleton &from, std::span<const double> seconds,
                                        const CameraIntrinsics &camera, const JobContext &job)
{
    if (!camera.isValid())
        return Error(ErrorCode::BadArgument, {{"name", "camera"}, {"expected", "a positive focal length and picture size"}, {"found", "none"}});
    const Result<Mappings> mappings = mappingsFrom(from);
    if (!mappings)
        return mappings.error();
    setTorchThreads(m_options.threads);
    const c10::InferenceMode inference;
    ResampleOptions resampling;
    resampling.framesPerSecond = rateFor(seconds);
    const std::vector<EvenClip> clips = resampleTrack(track, seconds, resampling);
    std::int64_t total = 0;
    for (const EvenClip &clip : clips)
        total += static_cast<std::int64_t>(clip.poses.size());

    JointTrack result;
    result.id = track.id;
    result.jointCount = m_description.outputSkeleton.jointCount();
    result.firstFrame = track.firstFrame;
    result.xyz.assign(static_cast<std::size_t>(track.frameCount() * result.jointCount * 3), 0.0F);
    result.valid.assign(static_cast<std::size_t>(track.frameCount() * result.jointCount), 0);
    std::int64_t done = 0;
    try {
        for (const EvenClip &clip : clips) {
            const Result<std::vector<float>> joints = liftClip(clip, *mappings, camera, done, total, job);
            if (!joints)
                return joints.error();
            done += static_cast<std::int64_t>(clip.poses.size());
            for (std::int64_t frame = clip.firstFrame; frame <= clip.lastFrame; ++frame) {
                const auto at = static_cast<std::size_t>((frame - track.firstFrame) * result.jointCount);
                interpolateJoints(*joints, result.jointCount, clip.start, clip.framesPerSecond,
                                  seconds[static_cast<std::size_t>(frame)], &result.xyz[at * 3]);
                std::fill_n(result.valid.begin() + static_cast<std::ptrdiff_t>(at), result.jointCount, std::uint8_t{1});
            }
        }
    } catch (const c10::Error &error) {
        return Error(ErrorCode::InferenceFailed, {{"path", m_description.name}, {"detail", error.what_without_backtrace()}});
    }
    return result;
}

} // namespace

Result<std::unique_ptr<Lifter>> createLifter(const LifterOptions &options)
{
    const Result<std::filesystem::path> folder = findLifter(options.model);
    if (!folder)
        return folder.error();
    Result<LifterModel> read = readLifterModel(*folder);
    if (!read)
        return read.error();
    const LifterDescription &description = read->description;
    try {
        const c10::InferenceMode inference;
        TemporalModel model(TemporalModelOptions()
                                .num_joints_in(static_cast<int64_t>(description.inputJoints.size()))
                                .in_features(description.inFeatures)
                                .num_joints_out(description.outputSkeleton.jointCount())
                                .filter_widths(description.filterWidths)
                                .causal(description.causal)
                                .channels(description.channels)
                                .dense(description.dense));
        model->eval();
        if (Result<void> loaded = loadWeights(*model, read->weights, read->weightsPath.string()); !loaded)
            return loaded.error();
        return std::unique_ptr<Lifter>(std::make_unique<TemporalLifter>(description, model, options));
    } catch (const c10::Error &error) {
        return Error(ErrorCode::NetworkNotReadable, {{"path", read->weightsPath.string()}, {"detail", error.what_without_backtrace()}});
    }
}

} // namespace poselift
