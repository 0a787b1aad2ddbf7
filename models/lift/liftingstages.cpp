#include "models/lift/liftingstages_torch.h"

#include "models/lift/lifterinput.h"
#include "models/lift/moduleweights_torch.h"

#include <algorithm>
#include <cmath>

namespace poselift {

LiftingStages::LiftingStages(LifterDescription description, const TemporalModel &model, const LifterOptions &options)
    : m_description(std::move(description)), m_network(model)
{
    const Skeleton &output = m_description.outputSkeleton;
    MirroredJoints mirrored;
    for (int joint = 0; joint < output.jointCount(); ++joint)
        mirrored.output.push_back(output.mirrored(joint));
    for (const std::string &joint : output.joints)
        m_isLimb.push_back(sideOf(joint) != BodySide::Middle);
    for (const std::string &name : m_description.inputJoints)
        mirrored.input.push_back(indexOfMirrored(name));
    if (options.flipAveraging)
        m_flip = std::move(mirrored);
}

int64_t LiftingStages::indexOfMirrored(const std::string &name) const
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

Result<LiftingStages::Mappings> LiftingStages::mappingsFrom(const Skeleton &from) const
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

LiftingStages::Features LiftingStages::featuresOf(const std::vector<Pose2D> &poses, const CameraIntrinsics &camera,
                                                  double rate) const
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

LiftingStages::Features LiftingStages::plainFeatures(const std::vector<Pose2D> &poses,
                                                     const CameraIntrinsics &camera) const
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
                                                  ? normaliseScreen(pixel, camera.width, camera.height)
                                                  : unproject(camera, pixel);
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

double LiftingStages::rateFor(std::span<const double> seconds) const
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

bool LiftingStages::areFeaturesLocal(const std::vector<Pose2D> &inputs, double rate, std::int64_t first,
                                     std::int64_t end) const
{
    return m_description.normalisation != LifterNormalisation::HipRay || isLifterInputLocal(inputs, rate, first, end);
}

LiftingStages::MappedPoses LiftingStages::mapped(const std::vector<Pose2D> &poses, const Mappings &mappings)
{
    MappedPoses mapped;
    for (const Pose2D &pose : poses) {
        mapped.inputs.push_back(mappings.input.map(pose));
        mapped.seen.push_back(mappings.points.map(pose));
    }
    return mapped;
}

Result<std::vector<float>> LiftingStages::inCameraAxes(const torch::Tensor &lifted,
                                                       std::span<const Eigen::Matrix3d> cameraFromResult) const
{
    const torch::Tensor plain = lifted.contiguous();
    if (!torch::isfinite(plain).all().item<bool>())
        return Error(ErrorCode::InferenceFailed,
                     {{"path", m_description.name}, {"detail", "its output is not a finite number"}});
    const std::size_t count = 3 * static_cast<std::size_t>(jointCount());
    std::vector<float> joints(plain.data_ptr<float>(), plain.data_ptr<float>() + plain.numel());
    for (std::size_t i = 0; i < joints.size(); i += 3) {
        const Eigen::Map<const Eigen::Vector3f> turned(&joints[i]);
        const Eigen::Vector3d inCamera = cameraFromResult[i / count] * turned.cast<double>();
        std::ranges::copy(Eigen::Vector3f(inCamera.cast<float>()), &joints[i]);
    }
    return joints;
}

std::vector<PlacementPoint> LiftingStages::placementPoints(std::span<const float> joints, std::span<const Pose2D> seen,
                                                           const CameraIntrinsics &camera) const
{
    const auto count = static_cast<std::size_t>(jointCount());
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
    return points;
}

void addRoots(std::vector<float> &joints, int jointCount, std::span<const Eigen::Vector3d> roots)
{
    const std::size_t count = 3 * static_cast<std::size_t>(jointCount);
    for (std::size_t i = 0; i < joints.size(); ++i)
        joints[i] += static_cast<float>(roots[i / count][static_cast<Eigen::Index>(i % 3)]);
}

Result<LiftingStages> createLiftingStages(const LifterOptions &options)
{
    const Result<std::filesystem::path> folder =
        options.folder.empty() ? findLifter(options.model) : Result<std::filesystem::path>(options.folder);
    if (!folder)
        return folder.error();
    Result<LifterModel> read = readLifterModel(*folder);
    if (!read)
        return read.error();
    const LifterDescription &description = read->description;
    try {
        const c10::InferenceMode inference;
        TemporalModel model(temporalOptionsOf(description));
        model->eval();
        if (Result<void> loaded = loadWeights(*model, read->weights, read->weightsPath.string()); !loaded)
            return loaded.error();
        return LiftingStages(description, model, options);
    } catch (const c10::Error &error) {
        return Error(ErrorCode::NetworkNotReadable,
                     {{"path", read->weightsPath.string()}, {"detail", error.what_without_backtrace()}});
    }
}

} // namespace poselift
