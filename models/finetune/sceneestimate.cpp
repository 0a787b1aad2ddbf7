#include "models/finetune/sceneestimate.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <map>

namespace poselift {

namespace {

constexpr double kBodyHeight = 1.7;      // m, the unit of KeypointNoiseOptions
constexpr int kLeastCorrections = 40;    // of all joints, to say how the detector errs
// Standard deviations, m: of offsets before anything was seen, and of one correction.
constexpr double kBodyOffset = 0.03;
constexpr double kImageOffset = 0.02;
constexpr double kOneError = 0.03;
// How far a drawn scene may be from the estimate: standard deviations.
constexpr float kSegmentSpread = 0.04F;
constexpr float kHeightSpread = 0.05F;
constexpr float kElevationSpread = 0.10F;
constexpr float kRollSpread = 0.04F;
constexpr float kDepthFactor = 1.2F;
constexpr float kAssumedFactor = 1.6F;   // of a focal length that nobody measured
constexpr float kNearestDepth = 0.3F;    // m

enum Limb { LeftShoulder = 0, RightShoulder = 1, LeftHip = 6, RightHip = 7, LeftAnkle = 10, RightAnkle = 11 };

template <typename Joint>
Eigen::Matrix3d axesOf(const Joint &limb)
{
    return bodyAxes(limb(LeftShoulder), limb(RightShoulder), limb(LeftHip), limb(RightHip));
}

/// One correction: how far the detector was off, and what an offset of the body or the picture would
/// have done, m.
struct Observation
{
    Eigen::Matrix<double, 2, 5> design;
    Eigen::Vector2d error;
};

std::vector<Observation> observationsOf(const PersonLabels &person, std::span<const FrameSpan> train,
                                        const std::vector<PlacedPose> &poses, const LimbJoints &limbs,
                                        const CameraIntrinsics &camera, int limb)
{
    std::vector<Observation> observations;
    for (const PlacedPose &pose : poses) {
        const Keypoint2D label = person.corrected.keypoint(pose.frame, limb);
        const Keypoint2D found = person.detected.keypoint(pose.frame, limb);
        if (!label.isKnown() || !found.isKnown() || !contains(train, pose.frame))
            continue;
        const auto joint = [&](int i) { return pose.joints[static_cast<std::size_t>(limbs.index[static_cast<std::size_t>(i)])]; };
        const Eigen::Vector3d at = joint(limb);
        if (at.z() < kNearestDepth)
            continue;
        Eigen::Matrix<double, 2, 3> seen;
        seen << 1, 0, -at.x() / at.z(), 0, 1, -at.y() / at.z();
        Observation observation;
        observation.design.leftCols<3>() = seen * axesOf(joint);
        observation.design.rightCols<2>().setIdentity();
        observation.error = at.z()
                            * (unproject(camera, {found.x, found.y}) - unproject(camera, {label.x, label.y}));
        observations.push_back(observation);
    }
    return observations;
}

/// Ridge regression: offsets (body 3, picture 2) that explain the errors.
Eigen::Matrix<double, 5, 1> offsetsFrom(const std::vector<Observation> &observations)
{
    Eigen::Matrix<double, 5, 5> normal = Eigen::Matrix<double, 5, 5>::Zero();
    normal.diagonal() << Eigen::Vector3d::Constant(1 / (kBodyOffset * kBodyOffset)),
        Eigen::Vector2d::Constant(1 / (kImageOffset * kImageOffset));
    Eigen::Matrix<double, 5, 1> right = Eigen::Matrix<double, 5, 1>::Zero();
    for (const Observation &one : observations) {
        normal += one.design.transpose() * one.design / (kOneError * kOneError);
        right += one.design.transpose() * one.error / (kOneError * kOneError);
    }
    return normal.ldlt().solve(right);
}

double medianOf(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// Standard deviation per axis from lengths of two-dimensional errors, robustly: the median of a
/// Rayleigh distribution is 1.177 σ.
double spreadOf(const std::vector<double> &lengths)
{
    return medianOf(lengths) / 1.177;
}

void setNoise(SceneEstimate &scene, const std::array<std::vector<double>, 6> &leftOver)
{
    KeypointNoiseOptions &noise = scene.noise;
    for (std::size_t kind = 0; kind < leftOver.size(); ++kind) {
        if (leftOver[kind].empty())
            continue;
        const double usual = std::hypot(noise.jointSigma[kind], noise.offsetSigma[kind]);
        const auto factor = static_cast<float>(std::clamp(spreadOf(leftOver[kind]) / kBodyHeight / usual, 0.25, 4.0));
        noise.jointSigma[kind] *= factor;
        noise.offsetSigma[kind] *= factor;
    }
}

/// How often the detector misses joints, and how sure it is of the others.
void setConfidence(KeypointNoiseOptions &noise, const KeypointTrack &detected)
{
    double known = 0;
    double all = 0;
    double sum = 0;
    for (std::int64_t frame = detected.firstFrame; frame < detected.endFrame(); ++frame) {
        if (!detected.isPresent(frame))
            continue;
        for (const Keypoint2D &keypoint : detected.pose(frame)) {
            all += 1;
            known += keypoint.isKnown() ? 1 : 0;
            sum += keypoint.isKnown() ? static_cast<double>(keypoint.confidence) : 0.0;
        }
    }
    if (known < 1)
        return;
    const float meanRun = static_cast<float>(noise.longestRun + 1) / 2;
    noise.dropRate = std::clamp(static_cast<float>(1 - known / all) / meanRun, 0.001F, 0.05F);
    float sigma = 0;
    for (const float one : noise.jointSigma)
        sigma += one / 6;
    noise.confidenceTop = std::min(1.0F, static_cast<float>(sum / known) * (1 + sigma / noise.confidenceHalving));
}

void setDetector(SceneEstimate &scene, const PersonLabels &person, std::span<const FrameSpan> train,
                 const std::vector<PlacedPose> &poses, const LimbJoints &limbs)
{
    std::array<std::vector<Observation>, kLifterLimbJoints> observations;
    std::size_t count = 0;
    for (int limb = 0; limb < kLifterLimbJoints; ++limb) {
        auto &here = observations[static_cast<std::size_t>(limb)];
        here = observationsOf(person, train, poses, limbs, scene.camera, limb);
        count += here.size();
    }
    if (count < kLeastCorrections)
        return;
    std::array<std::vector<double>, 6> leftOver;
    for (std::size_t limb = 0; limb < observations.size(); ++limb) {
        const Eigen::Matrix<double, 5, 1> offsets = offsetsFrom(observations[limb]);
        scene.bodyOffset[limb] = offsets.head<3>().cast<float>();
        scene.imageOffset[limb] = offsets.tail<2>().cast<float>();
        for (const Observation &one : observations[limb])
            leftOver[limb / 2].push_back((one.error - one.design * offsets).norm());
    }
    setNoise(scene, leftOver);
    setConfidence(scene.noise, person.detected);
}

/// Mean direction from the ankles over the hips to the shoulders.
Eigen::Vector3d upOf(const std::vector<PlacedPose> &poses, const LimbJoints &limbs)
{
    Eigen::Vector3d sum(0, -1e-6, 0);
    for (const PlacedPose &pose : poses) {
        const auto middle = [&](int left) {
            const auto at = [&](int i) { return pose.joints[static_cast<std::size_t>(limbs.index[static_cast<std::size_t>(i)])]; };
            return Eigen::Vector3d((at(left) + at(left + 1)) / 2);
        };
        sum += (middle(LeftShoulder) - middle(LeftHip)).normalized();
        sum += (middle(LeftHip) - middle(LeftAnkle)).normalized();
    }
    return sum.normalized();
}

VirtualCamera drawCamera(const SceneEstimate &scene, Random &random)
{
    VirtualCamera camera;
    const auto longer = static_cast<float>(std::max(scene.camera.width, scene.camera.height));
    camera.width = static_cast<float>(scene.camera.width) / longer;
    camera.height = static_cast<float>(scene.camera.height) / longer;
    camera.given = {static_cast<float>(scene.camera.fx + scene.camera.fy) / (2 * longer),
                    static_cast<float>(scene.camera.cx) / longer, static_cast<float>(scene.camera.cy) / longer};
    camera.truth = camera.given;
    if (scene.camera.assumed)
        camera.truth.focal *= random.logUniform(1 / kAssumedFactor, kAssumedFactor);
    const float azimuth = random.uniform(-std::numbers::pi_v<float>, std::numbers::pi_v<float>);
    camera.cameraFromWorld = cameraRotation(azimuth, scene.elevation + kElevationSpread * random.normal(),
                                            scene.roll + kRollSpread * random.normal());
    const Eigen::Vector3f &root = scene.roots[static_cast<std::size_t>(random.below(static_cast<int>(scene.roots.size())))];
    const float depth = random.logUniform(1 / kDepthFactor, kDepthFactor) * camera.truth.focal / camera.given.focal;
    // The same place in the picture; a longer lens stands farther away.
    camera.anchorInCamera = root.z() * depth
                            * Eigen::Vector3f(root.x() / root.z() * camera.given.focal / camera.truth.focal,
                                              root.y() / root.z() * camera.given.focal / camera.truth.focal, 1.0F);
    return camera;
}

/// Sees the limbs of a clip where this detector would see them.
void moveKeypoints(const SceneEstimate &scene, const LimbJoints &limbs, int joints, ProjectedClip &clip,
                   const VirtualCamera &camera)
{
    for (int t = 0; t < clip.frames; ++t) {
        const Eigen::Vector3f *pose = clip.joints.data() + t * joints;
        const auto limb = [&](int i) { return Eigen::Vector3d(pose[limbs.index[static_cast<std::size_t>(i)]].cast<double>()); };
        const Eigen::Matrix3f axes = axesOf(limb).cast<float>();
        for (std::size_t i = 0; i < kLifterLimbJoints; ++i) {
            Eigen::Vector3f at = pose[limbs.index[i]] + axes * scene.bodyOffset[i];
            at.head<2>() += scene.imageOffset[i];
            const float z = std::max(at.z(), kNearestDepth);
            float *xy = &clip.xy[(static_cast<std::size_t>(t) * kLifterLimbJoints + i) * 2];
            xy[0] = camera.truth.focal * at.x() / z + camera.truth.cx;
            xy[1] = camera.truth.focal * at.y() / z + camera.truth.cy;
        }
    }
}

} // namespace

Eigen::Matrix3d bodyAxes(const Eigen::Vector3d &leftShoulder, const Eigen::Vector3d &rightShoulder,
                         const Eigen::Vector3d &leftHip, const Eigen::Vector3d &rightHip)
{
    const Eigen::Vector3d up = (leftShoulder + rightShoulder - leftHip - rightHip).normalized();
    const Eigen::Vector3d across = leftShoulder - rightShoulder + leftHip - rightHip;
    const Eigen::Vector3d left = (across - across.dot(up) * up).normalized();
    Eigen::Matrix3d axes;
    axes << left, up, left.cross(up);
    return axes;
}

SceneEstimate estimateScene(const PersonLabels &person, std::span<const FrameSpan> train,
                            const std::vector<PlacedPose> &poses, const LimbJoints &limbs,
                            const CameraIntrinsics &camera, std::vector<float> lengths)
{
    SceneEstimate scene;
    scene.camera = camera;
    scene.lengths = std::move(lengths);
    const Eigen::Vector3d up = upOf(poses, limbs);
    // cameraRotation() turns the world's vertical into (cos e sin r, −cos e cos r, −sin e).
    scene.elevation = static_cast<float>(std::asin(std::clamp(-up.z(), -1.0, 1.0)));
    scene.roll = static_cast<float>(std::atan2(up.x(), -up.y()));
    for (const PlacedPose &pose : poses)
        scene.roots.push_back(pose.joints[static_cast<std::size_t>(limbs.root)].cast<float>());
    setDetector(scene, person, train, poses, limbs);
    return scene;
}

LiftingExampleOptions imitating(std::shared_ptr<const SceneEstimate> scene, const Skeleton &skeleton,
                                const LimbJoints &limbs, LiftingExampleOptions options)
{
    if (!scene->lengths.empty()) {
        options.drawBody = [scene, body = BodyVariation(skeleton)](const float *pose, Random &random) {
            const float height = std::exp(kHeightSpread * random.normal());
            std::vector<float> segments(static_cast<std::size_t>(body.segmentCount()));
            for (float &segment : segments)
                segment = height * std::exp(kSegmentSpread * random.normal());
            std::vector<float> lengths = scene->lengths;
            for (std::size_t i = 0; i < lengths.size(); ++i)
                lengths[i] *= segments[static_cast<std::size_t>(body.bones()[i].segment)];
            return body.towards(lengths, pose);
        };
    }
    options.drawCamera = [scene](Random &random) { return drawCamera(*scene, random); };
    options.disturb = [scene, limbs, joints = skeleton.jointCount()](ProjectedClip &clip, const VirtualCamera &camera,
                                                                     Random &random) {
        moveKeypoints(*scene, limbs, joints, clip, camera);
        addKeypointNoise(clip.noisy(camera), scene->noise, random.logUniform(0.6F, 1.5F), random);
    };
    return options;
}

} // namespace poselift
