#include "models/lift/lifterinput.h"

#include <Eigen/Geometry>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <optional>

namespace poselift {

namespace {

enum Joint { LeftShoulder, RightShoulder, LeftElbow, RightElbow, LeftWrist, RightWrist,
             LeftHip, RightHip, LeftKnee, RightKnee, LeftAnkle, RightAnkle, MidHip, MidShoulder };

struct Bone
{
    int from;
    int to;
    double metres; ///< of an average adult
};

// Segment lengths as shares of a stature of 1.70 m after Drillis & Contini 1966 (in Winter,
// Biomechanics and Motor Control of Human Movement, fig. 4.1): upper arm .186, forearm .146,
// thigh .245, shank .246, shoulder to hip .288, biacromial .259, hips .191 of which the joint
// centres of mocap skeletons keep about .12.
constexpr std::array kBones{
    Bone{LeftShoulder, LeftElbow, 0.316}, Bone{RightShoulder, RightElbow, 0.316},
    Bone{LeftElbow, LeftWrist, 0.248},    Bone{RightElbow, RightWrist, 0.248},
    Bone{LeftHip, LeftKnee, 0.417},       Bone{RightHip, RightKnee, 0.417},
    Bone{LeftKnee, LeftAnkle, 0.418},     Bone{RightKnee, RightAnkle, 0.418},
    Bone{MidHip, MidShoulder, 0.490},
};
constexpr double kTorsoMetres = 0.490;
constexpr double kWindowSeconds = 0.5;         // half width of the running median
constexpr double kLongestGapSeconds = 1.0;     // over which mid_hip is interpolated
constexpr double kDefaultScale = 0.25;         // a person 4 m away, where nothing is known at all
constexpr double kSmallestScale = 1e-4;

/// Views [T, 14, …] arrays by frame and joint.
struct Rays
{
    std::span<const double> xy;
    std::span<const float> confidence;

    std::int64_t frameCount() const { return static_cast<std::int64_t>(confidence.size()) / kLifterInputJointCount; }
    bool known(std::int64_t frame, int joint) const { return confidence[index(frame, joint)] > 0; }
    Eigen::Vector2d at(std::int64_t frame, int joint) const
    {
        return {xy[2 * index(frame, joint)], xy[2 * index(frame, joint) + 1]};
    }
    static std::size_t index(std::int64_t frame, int joint)
    {
        return static_cast<std::size_t>(frame * kLifterInputJointCount + joint);
    }
};

/// Scale of one frame, from at least two known bones.
std::optional<double> frameScale(const Rays &rays, std::int64_t frame)
{
    double seen = 0;
    double metres = 0;
    int bones = 0;
    for (const Bone &bone : kBones) {
        if (!rays.known(frame, bone.from) || !rays.known(frame, bone.to))
            continue;
        seen += (rays.at(frame, bone.from) - rays.at(frame, bone.to)).norm();
        metres += bone.metres;
        ++bones;
    }
    if (bones < 2 || seen / metres < kSmallestScale)
        return std::nullopt;
    return seen / metres;
}

/// Gives frames without a value the one of the nearest frame that has one.
template <typename T>
std::vector<T> fillByNearest(const std::vector<std::optional<T>> &values, const T &fallback)
{
    std::vector<T> filled(values.size(), fallback);
    std::optional<std::size_t> last;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!values[i])
            continue;
        const std::size_t from = last ? (*last + i + 1) / 2 : 0;
        std::fill(filled.begin() + static_cast<std::ptrdiff_t>(from), filled.begin() + static_cast<std::ptrdiff_t>(i + 1), *values[i]);
        std::fill(filled.begin() + static_cast<std::ptrdiff_t>(i + 1), filled.end(), *values[i]);
        last = i;
    }
    return filled;
}

std::vector<double> runningScale(const Rays &rays, double framesPerSecond)
{
    const std::int64_t frames = rays.frameCount();
    std::vector<std::optional<double>> raw(static_cast<std::size_t>(frames));
    for (std::int64_t frame = 0; frame < frames; ++frame)
        raw[static_cast<std::size_t>(frame)] = frameScale(rays, frame);
    const auto half = static_cast<std::int64_t>(std::lround(kWindowSeconds * framesPerSecond));
    std::vector<std::optional<double>> medians(raw.size());
    std::vector<double> window;
    for (std::int64_t frame = 0; frame < frames; ++frame) {
        window.clear();
        for (std::int64_t other = std::max<std::int64_t>(0, frame - half); other <= std::min(frames - 1, frame + half); ++other) {
            if (const auto &value = raw[static_cast<std::size_t>(other)])
                window.push_back(*value);
        }
        if (window.empty())
            continue;
        const auto middle = window.begin() + static_cast<std::ptrdiff_t>(window.size() / 2);
        std::nth_element(window.begin(), middle, window.end());
        medians[static_cast<std::size_t>(frame)] = *middle;
    }
    return fillByNearest(medians, kDefaultScale);
}

/// Fills frames that show shoulders but no hips, e.g. of a person behind a desk.
void guessBelowShoulders(const Rays &rays, std::vector<std::optional<Eigen::Vector2d>> &hips, double framesPerSecond)
{
    if (std::ranges::all_of(hips, [](const auto &hip) { return hip.has_value(); }))
        return;
    const std::vector<double> scale = runningScale(rays, framesPerSecond);
    for (std::size_t frame = 0; frame < hips.size(); ++frame) {
        const auto index = static_cast<std::int64_t>(frame);
        if (!hips[frame] && rays.known(index, MidShoulder))
            hips[frame] = rays.at(index, MidShoulder) + Eigen::Vector2d(0, kTorsoMetres * scale[frame]);
    }
}

/// Where the hips are seen in every frame.
std::vector<Eigen::Vector2d> hipRays(const Rays &rays, double framesPerSecond)
{
    const std::int64_t frames = rays.frameCount();
    std::vector<std::optional<Eigen::Vector2d>> hips(static_cast<std::size_t>(frames));
    std::int64_t last = -1;
    for (std::int64_t frame = 0; frame < frames; ++frame) {
        if (!rays.known(frame, MidHip))
            continue;
        const Eigen::Vector2d here = rays.at(frame, MidHip);
        if (last >= 0 && static_cast<double>(frame - last) <= kLongestGapSeconds * framesPerSecond) {
            const Eigen::Vector2d before = *hips[static_cast<std::size_t>(last)];
            for (std::int64_t between = last + 1; between < frame; ++between) {
                const double share = static_cast<double>(between - last) / static_cast<double>(frame - last);
                hips[static_cast<std::size_t>(between)] = before + share * (here - before);
            }
        }
        hips[static_cast<std::size_t>(frame)] = here;
        last = frame;
    }
    guessBelowShoulders(rays, hips, framesPerSecond);
    return fillByNearest(hips, Eigen::Vector2d(0, 0));
}

/// Per frame, the smallest rotation that puts the hips on the optical axis.
std::vector<Eigen::Matrix3d> rotationsToHips(const Rays &rays, double framesPerSecond)
{
    std::vector<Eigen::Matrix3d> rotations;
    rotations.reserve(static_cast<std::size_t>(rays.frameCount()));
    for (const Eigen::Vector2d &hip : hipRays(rays, framesPerSecond)) {
        const Eigen::Vector3d direction = hip.homogeneous();
        rotations.push_back(Eigen::Quaterniond::FromTwoVectors(direction, Eigen::Vector3d::UnitZ()).toRotationMatrix());
    }
    return rotations;
}

/// [T, 14, 2] in the virtual cameras.
std::vector<double> turnedRays(const Rays &rays, const std::vector<Eigen::Matrix3d> &virtualFromCamera)
{
    std::vector<double> turned(rays.xy.size(), 0.0);
    for (std::int64_t frame = 0; frame < rays.frameCount(); ++frame) {
        for (int joint = 0; joint < kLifterInputJointCount; ++joint) {
            if (!rays.known(frame, joint))
                continue;
            const Eigen::Vector3d direction = virtualFromCamera[static_cast<std::size_t>(frame)] * rays.at(frame, joint).homogeneous();
            // Farther than 84° from the hips is no person: a wild keypoint must not become infinite.
            const Eigen::Vector2d point = direction.head<2>() / std::max(direction.z(), 0.1);
            turned[2 * Rays::index(frame, joint)] = point.x();
            turned[2 * Rays::index(frame, joint) + 1] = point.y();
        }
    }
    return turned;
}

} // namespace

const std::vector<std::string> &lifterInputJoints()
{
    static const std::vector<std::string> names{
        "left_shoulder", "right_shoulder", "left_elbow", "right_elbow", "left_wrist", "right_wrist",
        "left_hip", "right_hip", "left_knee", "right_knee", "left_ankle", "right_ankle",
        "mid_hip", "mid_shoulder"};
    return names;
}

const std::vector<std::pair<int, int>> &lifterInputPairs()
{
    static const std::vector<std::pair<int, int>> pairs{
        {LeftShoulder, RightShoulder}, {LeftElbow, RightElbow}, {LeftWrist, RightWrist},
        {LeftHip, RightHip}, {LeftKnee, RightKnee}, {LeftAnkle, RightAnkle}};
    return pairs;
}

LimbRays withDerivedJoints(std::span<const float> limbXy, std::span<const float> limbConfidence)
{
    assert(limbXy.size() == 2 * limbConfidence.size() && limbConfidence.size() % kLifterLimbJoints == 0);
    const std::size_t frames = limbConfidence.size() / kLifterLimbJoints;
    LimbRays rays;
    rays.xy.reserve(frames * kLifterInputJointCount * 2);
    rays.confidence.reserve(frames * kLifterInputJointCount);
    for (std::size_t frame = 0; frame < frames; ++frame) {
        const float *xy = &limbXy[frame * kLifterLimbJoints * 2];
        const float *confidence = &limbConfidence[frame * kLifterLimbJoints];
        rays.xy.insert(rays.xy.end(), xy, xy + 2 * kLifterLimbJoints);
        rays.confidence.insert(rays.confidence.end(), confidence, confidence + kLifterLimbJoints);
        for (const int left : {LeftHip, LeftShoulder}) {
            rays.xy.push_back((xy[2 * left] + xy[2 * left + 2]) / 2);
            rays.xy.push_back((xy[2 * left + 1] + xy[2 * left + 3]) / 2);
            rays.confidence.push_back(std::min(confidence[left], confidence[left + 1]));
        }
    }
    return rays;
}

LifterInput makeLifterInput(std::span<const double> xy, std::span<const float> confidence, double framesPerSecond)
{
    assert(xy.size() == 2 * confidence.size() && confidence.size() % kLifterInputJointCount == 0);
    const Rays rays{xy, confidence};
    LifterInput input;
    input.virtualFromCamera = rotationsToHips(rays, framesPerSecond);
    const std::vector<double> turned = turnedRays(rays, input.virtualFromCamera);
    input.scale = runningScale(Rays{turned, confidence}, framesPerSecond);
    input.features.assign(confidence.size() * kLifterInputFeatures, 0.0F);
    for (std::size_t i = 0; i < confidence.size(); ++i) {
        if (confidence[i] <= 0)
            continue;
        const double scale = input.scale[i / kLifterInputJointCount];
        input.features[3 * i] = static_cast<float>(turned[2 * i] / scale);
        input.features[3 * i + 1] = static_cast<float>(turned[2 * i + 1] / scale);
        input.features[3 * i + 2] = confidence[i];
    }
    return input;
}

LifterInput makeLifterInput(std::span<const Pose2D> poses, const CameraIntrinsics &camera, double framesPerSecond)
{
    std::vector<double> rays;
    std::vector<float> confidence;
    rays.reserve(poses.size() * kLifterInputJointCount * 2);
    confidence.reserve(poses.size() * kLifterInputJointCount);
    for (const Pose2D &pose : poses) {
        assert(pose.size() == static_cast<std::size_t>(kLifterInputJointCount));
        for (const Keypoint2D &keypoint : pose) {
            const bool known = keypoint.isKnown() && keypoint.confidence > 0;
            const Eigen::Vector2d ray = known ? unproject(camera, {keypoint.x, keypoint.y}) : Eigen::Vector2d(0, 0);
            rays.insert(rays.end(), {ray.x(), ray.y()});
            confidence.push_back(known ? keypoint.confidence : 0.0F);
        }
    }
    return makeLifterInput(rays, confidence, framesPerSecond);
}

bool isLifterInputLocal(std::span<const Pose2D> poses, double framesPerSecond, std::int64_t first, std::int64_t end)
{
    const auto half = static_cast<std::int64_t>(std::lround(kWindowSeconds * framesPerSecond));
    const auto count = static_cast<std::int64_t>(poses.size());
    const auto known = [poses](std::int64_t frame, int joint) {
        const Keypoint2D &keypoint = poses[static_cast<std::size_t>(frame)][static_cast<std::size_t>(joint)];
        return keypoint.isKnown() && keypoint.confidence > 0;
    };
    const std::int64_t from = std::max<std::int64_t>(0, first - half);
    const std::int64_t to = std::min(count, end + half);
    std::int64_t lastHip = -1;
    std::int64_t lastScale = -half - 1;
    for (std::int64_t frame = 0; frame < count; ++frame) {
        if (known(frame, MidHip)) {
            const bool gapMatters = frame > from && lastHip + 1 < to && lastHip + 1 < frame;
            if (gapMatters && (lastHip < 0 || static_cast<double>(frame - lastHip) > kLongestGapSeconds * framesPerSecond))
                return false;
            lastHip = frame;
        }
        const auto bones = std::ranges::count_if(kBones, [&](const Bone &bone) { return known(frame, bone.from) && known(frame, bone.to); });
        if (bones >= 2) {
            // Frames between that are within half a window of neither have an empty one.
            const bool gapMatters = frame > first && lastScale + 1 < end;
            if (gapMatters && frame - lastScale > 2 * half)
                return false;
            lastScale = frame;
        }
    }
    return lastHip + 1 >= to && lastScale + half + 1 >= end;
}

void mirrorFeatures(std::span<float> features)
{
    constexpr std::size_t kFrame = kLifterInputJointCount * kLifterInputFeatures;
    for (std::size_t frame = 0; frame + kFrame <= features.size(); frame += kFrame) {
        for (const auto &[left, right] : lifterInputPairs()) {
            const auto leftAt = features.begin() + static_cast<std::ptrdiff_t>(frame) + left * kLifterInputFeatures;
            const auto rightAt = features.begin() + static_cast<std::ptrdiff_t>(frame) + right * kLifterInputFeatures;
            std::swap_ranges(leftAt, leftAt + kLifterInputFeatures, rightAt);
        }
        for (int joint = 0; joint < kLifterInputJointCount; ++joint) {
            float &x = features[frame + static_cast<std::size_t>(joint * kLifterInputFeatures)];
            x = -x;
        }
    }
}

Eigen::Vector2d normaliseScreen(const Eigen::Vector2d &pixel, int width, int height)
{
    return pixel / width * 2 - Eigen::Vector2d(1, static_cast<double>(height) / width);
}

Eigen::Vector2d denormaliseScreen(const Eigen::Vector2d &point, int width, int height)
{
    return (point + Eigen::Vector2d(1, static_cast<double>(height) / width)) * width / 2;
}

} // namespace poselift
