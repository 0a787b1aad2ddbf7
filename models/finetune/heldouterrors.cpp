#include "models/finetune/heldouterrors.h"

#include "core/metrics/jointmetrics.h"
#include "models/lifter.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace poselift {

using nlohmann::json;

namespace {

constexpr double kMillimetres = 1000.0;
constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

bool anyTruth(const HeldOutScene &scene)
{
    return std::ranges::any_of(scene.people, [&](const PersonLabels &person) {
        for (const FrameSpan &span : scene.report) {
            for (std::int64_t frame = span.first; frame < span.second; ++frame) {
                if (person.hasTruth(frame))
                    return true;
            }
        }
        return false;
    });
}

/// Appends the errors of one frame in both metrics.
void addTruthErrors(const Pose3D &found, const Pose3D &truth, int root, HeldOutErrors &errors)
{
    std::vector<double> prediction;
    std::vector<double> target;
    std::vector<std::size_t> joints;
    const Joint3D &at = found[static_cast<std::size_t>(root)];
    for (std::size_t joint = 0; joint < truth.size(); ++joint) {
        if (!truth[joint].valid || !found[joint].valid)
            continue;
        joints.push_back(joint);
        prediction.insert(prediction.end(), {found[joint].x - at.x, found[joint].y - at.y, found[joint].z - at.z});
        target.insert(target.end(), {truth[joint].x, truth[joint].y, truth[joint].z});
    }
    const std::size_t first = errors.mpjpe.size();
    errors.mpjpe.resize(first + truth.size(), kUnknown);
    errors.procrustesMpjpe.resize(first + truth.size(), kUnknown);
    if (joints.empty())
        return;
    const int count = static_cast<int>(joints.size());
    const std::vector<double> plain = jointErrors({prediction, count}, {target, count}, PoseAlignment::None);
    const std::vector<double> aligned = jointErrors({prediction, count}, {target, count}, PoseAlignment::Procrustes);
    for (std::size_t i = 0; i < joints.size(); ++i) {
        errors.mpjpe[first + joints[i]] = kMillimetres * plain[i];
        errors.procrustesMpjpe[first + joints[i]] = kMillimetres * aligned[i];
    }
}

void addPixelErrors(const Pose3D &found, const PersonLabels &person, std::int64_t frame, const std::vector<int> &limbs,
                    const CameraIntrinsics &camera, HeldOutErrors &errors)
{
    for (std::size_t limb = 0; limb < limbs.size(); ++limb) {
        const Keypoint2D label = person.corrected.keypoint(frame, static_cast<int>(limb));
        const Joint3D &joint = found[static_cast<std::size_t>(limbs[limb])];
        if (!label.isKnown() || !joint.valid || joint.z <= 0) {
            errors.pixels.push_back(kUnknown);
            continue;
        }
        errors.pixels.push_back((project(camera, {joint.x, joint.y, joint.z}) - Eigen::Vector2d(label.x, label.y)).norm());
    }
}

/// Lifted joints of the limbs, by name; MissingJoints cannot happen to a lifter of hip-ray input.
std::vector<int> limbsIn(const Skeleton &output)
{
    std::vector<int> limbs;
    for (const std::string &name : limbSkeleton().joints)
        limbs.push_back(output.indexOf(name));
    return limbs;
}

} // namespace

Result<HeldOutErrors> measureHeldOut(const std::filesystem::path &model, const HeldOutScene &scene, const JobContext &job)
{
    LifterOptions options;
    options.folder = model;
    options.threads = scene.threads;
    Result<std::unique_ptr<Lifter>> lifter = createLifter(options);
    if (!lifter)
        return lifter.error();
    const Skeleton &output = (*lifter)->skeleton();
    const int root = std::max(0, output.indexOf(output.root));
    HeldOutErrors errors;
    errors.hasTruth = anyTruth(scene);
    errors.joints = errors.hasTruth ? output.joints : limbSkeleton().joints;
    for (const PersonLabels &person : scene.people) {
        const Result<JointTrack> lifted =
            (*lifter)->lift(person.detected, limbSkeleton(), scene.seconds, scene.camera, job);
        if (!lifted)
            return lifted.error();
        for (const FrameSpan &span : scene.report) {
            for (std::int64_t frame = span.first; frame < span.second; ++frame) {
                const bool counts = errors.hasTruth ? person.hasTruth(frame) : person.isCorrected(frame);
                if (!counts || !lifted->covers(frame))
                    continue;
                const Pose3D found = lifted->pose(frame);
                errors.personAndFrame.emplace_back(person.id, frame);
                if (errors.hasTruth)
                    addTruthErrors(found, person.truth.pose(frame), root, errors);
                else
                    addPixelErrors(found, person, frame, limbsIn(output), scene.camera, errors);
            }
        }
    }
    return errors;
}

json compareHeldOut(const HeldOutErrors &before, const HeldOutErrors &after, const std::vector<FrameSpan> &report,
                    double framesPerSecond, std::uint64_t seed)
{
    std::vector<ErrorTable> tables;
    if (before.hasTruth) {
        tables.push_back({"mpjpe_mm", before.mpjpe, after.mpjpe});
        tables.push_back({"p_mpjpe_mm", before.procrustesMpjpe, after.procrustesMpjpe});
    } else {
        tables.push_back({"pixels", before.pixels, after.pixels});
    }
    const auto second = std::max<std::int64_t>(1, std::llround(framesPerSecond));
    json result = compareErrors(tables, before.joints, bootstrapBlocks(before.personAndFrame, second), seed);
    result["truth"] = before.hasTruth ? "3d" : "2d";
    result["held_out"] = {{"frames", before.personAndFrame.size()}, {"ranges", report}};
    return result;
}

} // namespace poselift
