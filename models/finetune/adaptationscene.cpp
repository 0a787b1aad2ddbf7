#include "models/finetune/adaptationscene.h"

#include "core/io/projectfile.h"
#include "models/finetune/personlabels.h"
#include "models/finetune/sceneestimate.h"
#include "models/synth/syntheticclip.h"
#include "models/train/bodyvariation.h"
#include "models/train/clipprojection.h"

#include <algorithm>
#include <numeric>

namespace poselift {

namespace {

constexpr double kRate = 30.0;       // fps
constexpr float kLongerSide = 1920;  // px
constexpr double kBreakSeconds = 2.0;
constexpr float kNearest = 1.5F;     // m
constexpr TrackId kPerson = 1;
enum Limb { LeftShoulder = 0, RightShoulder = 1, LeftHip = 6, RightHip = 7 };

/// Joint on which a limb joint hangs: shoulder → elbow → wrist, hip → knee → ankle; itself for the
/// first of a chain.
constexpr std::array<std::size_t, kLifterLimbJoints> kHangsOn{0, 1, 0, 1, 2, 3, 6, 7, 6, 7, 8, 9};

VirtualCamera steepCamera(Random &random)
{
    VirtualCamera camera;
    camera.height = 9.0F / 16;
    camera.truth = {random.uniform(0.75F, 1.0F), 0.5F, camera.height / 2};
    camera.given = camera.truth;
    camera.cameraFromWorld = cameraRotation(random.uniform(-3.0F, 3.0F), random.uniform(0.7F, 1.0F), 0.05F * random.normal());
    camera.anchorInCamera = {0, 0, random.uniform(4.5F, 6.0F)};
    return camera;
}

CameraIntrinsics inPixels(const VirtualCamera &camera)
{
    CameraIntrinsics result;
    result.fx = result.fy = camera.truth.focal * kLongerSide;
    result.cx = camera.truth.cx * kLongerSide;
    result.cy = camera.truth.cy * kLongerSide;
    result.width = static_cast<int>(camera.width * kLongerSide);
    result.height = static_cast<int>(camera.height * kLongerSide);
    result.assumed = false;
    return result;
}

BodyVariation::Scales newBody(const BodyVariation &body, double spread, Random &random)
{
    std::vector<float> segments(static_cast<std::size_t>(body.segmentCount()));
    for (float &segment : segments) {
        const float size = static_cast<float>(spread) * random.uniform(0.6F, 1.4F);
        segment = std::exp(random.chance(0.5F) ? size : -size);
    }
    BodyVariation::Scales scales;
    for (const BodyVariation::Bone &bone : body.bones())
        scales.bone.push_back(segments[static_cast<std::size_t>(bone.segment)]);
    return scales;
}

/// How this detector errs on this person, the same on both sides of the body.
struct Bias
{
    std::array<float, kLifterLimbJoints> alongBone{};
    std::array<Eigen::Vector3f, kLifterLimbJoints> inBody{};
};

Bias drawBias(const AdaptationSceneOptions &options, Random &random)
{
    Bias bias;
    for (std::size_t left = 0; left < kLifterLimbJoints; left += 2) {
        bias.alongBone[left] = bias.alongBone[left + 1] = static_cast<float>(options.boneBias) * random.normal();
        const Eigen::Vector3f offset = static_cast<float>(options.bodyBias) * Eigen::Vector3f(random.normal(), random.normal(), random.normal());
        bias.inBody[left] = offset;
        bias.inBody[left + 1] = offset.cwiseProduct(Eigen::Vector3f(-1, 1, 1));
    }
    return bias;
}

void addBias(ProjectedClip &clip, const VirtualCamera &camera, const LimbJoints &limbs, int joints, const Bias &bias)
{
    for (int t = 0; t < clip.frames; ++t) {
        const auto limb = [&](std::size_t i) { return clip.joints[static_cast<std::size_t>(t * joints + limbs.index[i])]; };
        const auto exact = [&](std::size_t i) { return Eigen::Vector3d(limb(i).cast<double>()); };
        const Eigen::Matrix3f axes =
            bodyAxes(exact(LeftShoulder), exact(RightShoulder), exact(LeftHip), exact(RightHip)).cast<float>();
        for (std::size_t i = 0; i < kLifterLimbJoints; ++i) {
            const Eigen::Vector3f at = limb(i) + bias.alongBone[i] * (limb(kHangsOn[i]) - limb(i)) + axes * bias.inBody[i];
            float *xy = &clip.xy[(static_cast<std::size_t>(t) * kLifterLimbJoints + i) * 2];
            xy[0] = camera.truth.focal * at.x() / at.z() + camera.truth.cx;
            xy[1] = camera.truth.focal * at.y() / at.z() + camera.truth.cy;
        }
    }
}

/// One take by the new body before the camera, exact; no frames when it leaves the picture.
ProjectedClip seenTake(const MocapSequence &take, const BodyVariation &body, const BodyVariation::Scales &scales,
                       int joints, const LimbJoints &limbs, const VirtualCamera &camera)
{
    const auto step = static_cast<std::int64_t>(std::max(1L, std::lround(take.framesPerSecond / kRate)));
    std::vector<Eigen::Vector3f> world;
    std::vector<Eigen::Vector3f> raw(static_cast<std::size_t>(joints));
    for (std::int64_t frame = 0; frame < take.frames; frame += step) {
        for (int j = 0; j < joints; ++j)
            raw[static_cast<std::size_t>(j)] = Eigen::Map<const Eigen::Vector3f>(take.frame(frame, joints) + 3 * j);
        world.resize(world.size() + raw.size());
        body.apply(scales, raw.data(), &*world.end() - raw.size());
    }
    const int frames = static_cast<int>(world.size()) / joints;
    Eigen::Vector3f middle = Eigen::Vector3f::Zero();
    for (int t = 0; t < frames; ++t)
        middle += world[static_cast<std::size_t>(t * joints + limbs.root)] / static_cast<float>(frames);
    ProjectedClip clip;
    projectClip(world.data(), frames, joints, limbs, camera, middle, clip);
    for (int t = 0; t < frames; ++t) {
        const Eigen::Vector3f &root = clip.joints[static_cast<std::size_t>(t * joints + limbs.root)];
        const float u = camera.truth.focal * root.x() / root.z() + camera.truth.cx;
        const float v = camera.truth.focal * root.y() / root.z() + camera.truth.cy;
        if (root.z() < kNearest || u < 0 || v < 0 || u > camera.width || v > camera.height)
            return {};
    }
    return clip;
}

Pose2D posed(const float *xy, const float *confidence, const std::vector<int> &limbs, int joints)
{
    Pose2D pose(static_cast<std::size_t>(joints));
    for (std::size_t i = 0; i < limbs.size(); ++i) {
        const bool isKnown = confidence == nullptr || confidence[i] > 0;
        if (isKnown)
            pose[static_cast<std::size_t>(limbs[i])] = {xy[2 * i] * kLongerSide, xy[2 * i + 1] * kLongerSide,
                                                        confidence == nullptr ? 1.0F : confidence[i], KeypointState::Visible};
    }
    return pose;
}

/// Appends one take to the project's tracks.
void appendTake(Project &project, KeypointTrack &exact, const ProjectedClip &truth, const ProjectedClip &found, int joints,
                const std::vector<int> &limbs)
{
    KeypointTrack &detected = project.keypointLayers.front().tracks.front();
    JointTrack &bodies = project.jointLayers.front().tracks.front();
    std::vector<double> &seconds = project.media.seconds;
    for (int t = 0; t < truth.frames; ++t) {
        const auto frame = static_cast<std::int64_t>(seconds.size());
        const double step = t > 0 ? 1 / kRate : kBreakSeconds;
        seconds.push_back(seconds.empty() ? 0.0 : seconds.back() + step);
        const auto at = static_cast<std::size_t>(t) * kLifterLimbJoints;
        detected.setPose(frame, posed(&found.xy[2 * at], &found.confidence[at], limbs, project.skeleton.jointCount()));
        exact.setPose(frame, posed(&truth.xy[2 * at], nullptr, limbs, project.skeleton.jointCount()));
        Pose3D body;
        for (int j = 0; j < joints; ++j) {
            const Eigen::Vector3f &joint = truth.joints[static_cast<std::size_t>(t * joints + j)];
            body.push_back({joint.x(), joint.y(), joint.z(), true});
        }
        bodies.setPose(frame, body);
    }
}

void correct(Project &project, const KeypointTrack &exact, int corrections)
{
    KeypointTrack track;
    track.id = kPerson;
    track.jointCount = exact.jointCount;
    for (int i = 0; i < corrections; ++i) {
        const std::int64_t frame = exact.frameCount() * i / corrections;
        Pose2D pose = exact.pose(frame);
        for (Keypoint2D &keypoint : pose) {
            const bool isInside = keypoint.x >= 0 && keypoint.y >= 0 && keypoint.x < project.media.width && keypoint.y < project.media.height;
            keypoint = keypoint.isKnown() && isInside ? keypoint : Keypoint2D{};
            keypoint.origin = keypoint.isKnown() ? KeypointOrigin::Corrected : KeypointOrigin::Detected;
        }
        track.setPose(frame, pose);
    }
    project.tracks = {track};
}

Project emptyProject(const CameraIntrinsics &camera, const Skeleton &skeleton, const Skeleton &body)
{
    Project project;
    project.uuid = newUuid();
    project.skeleton = skeleton;
    project.camera = camera;
    project.media.width = camera.width;
    project.media.height = camera.height;
    KeypointTrack detected;
    detected.id = kPerson;
    detected.jointCount = skeleton.jointCount();
    project.keypointLayers.push_back({"detected", skeleton, "simulated", {detected}});
    JointTrack bodies;
    bodies.id = kPerson;
    bodies.jointCount = body.jointCount();
    project.jointLayers.push_back({kTruth3D, body, "motion capture", {bodies}});
    return project;
}

} // namespace

Result<Project> makeAdaptationScene(const MocapData &takes, const AdaptationSceneOptions &options)
{
    const Result<Skeleton> skeleton = findSkeleton("coco17");
    if (!skeleton)
        return skeleton.error();
    const Result<LimbJoints> limbs = LimbJoints::of(takes.skeleton);
    if (!limbs)
        return limbs.error();
    std::vector<int> inCoco;
    for (const std::string &name : limbSkeleton().joints)
        inCoco.push_back(skeleton->indexOf(name));

    Random random(options.seed);
    const VirtualCamera camera = steepCamera(random);
    const BodyVariation body(takes.skeleton);
    const BodyVariation::Scales scales = newBody(body, options.segmentSpread, random);
    const Bias bias = drawBias(options, random);
    Project project = emptyProject(inPixels(camera), *skeleton, takes.skeleton);
    KeypointTrack exact;
    exact.jointCount = skeleton->jointCount();
    const int joints = takes.skeleton.jointCount();
    std::vector<std::size_t> order(takes.sequences.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t i = order.size(); i > 1; --i)
        std::swap(order[i - 1], order[static_cast<std::size_t>(random.below(static_cast<int>(i)))]);
    for (const std::size_t index : order) {
        if (exact.frameCount() >= options.frames)
            break;
        const ProjectedClip truth = seenTake(takes.sequences[index], body, scales, joints, *limbs, camera);
        ProjectedClip found = truth;
        addBias(found, camera, *limbs, joints, bias);
        addKeypointNoise(found.noisy(camera), KeypointNoiseOptions(), /*strength=*/1.0F, random);
        appendTake(project, exact, truth, found, joints, inCoco);
    }
    if (exact.frameCount() == 0)
        return Error(ErrorCode::NoFrames, {{"path", "motion capture"}});
    project.media.frameCount = exact.frameCount();
    correct(project, exact, options.corrections);
    return project;
}

} // namespace poselift
