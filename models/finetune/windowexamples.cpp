#include "models/finetune/windowexamples.h"

#include <algorithm>

namespace poselift {

namespace {

constexpr double kSameTime = 1e-3; // s

/// Keypoints at the time of the sample: a frame beside it is moved by what the input moved meanwhile.
Pose2D targetAtSample(const KeypointTrack &target, const KeypointTrack &detected, std::int64_t frame,
                      const SampledTrack &input, const SampledTrack::Place &place)
{
    Pose2D pose = target.pose(frame);
    if (std::abs(place.earlier) < kSameTime)
        return pose;
    const Pose2D &there = input.clips()[place.clip].samples.poses[place.sample];
    for (std::size_t joint = 0; joint < pose.size(); ++joint) {
        const Keypoint2D here = detected.keypoint(frame, static_cast<int>(joint));
        if (!pose[joint].isKnown() || !here.isKnown() || !there[joint].isKnown())
            continue;
        pose[joint].x += there[joint].x - here.x;
        pose[joint].y += there[joint].y - here.y;
    }
    return pose;
}

void setRays(WindowExample &example, const Pose2D &target, const PersonLabels &person, const CameraIntrinsics &camera,
             float unlabelledWeight)
{
    for (std::size_t joint = 0; joint < target.size(); ++joint) {
        if (!target[joint].isKnown())
            continue;
        const Eigen::Vector2d ray = unproject(camera, {target[joint].x, target[joint].y});
        const Eigen::Vector3d turned = example.virtualFromCamera * ray.homogeneous();
        if (turned.z() < 0.1)
            continue;
        const bool byHand = person.corrected.keypoint(example.frame, static_cast<int>(joint)).isKnown();
        example.rays[2 * joint] = static_cast<float>(turned.x() / turned.z());
        example.rays[2 * joint + 1] = static_cast<float>(turned.y() / turned.z());
        example.weight[joint] = byHand ? 1.0F : unlabelledWeight * target[joint].confidence;
    }
}

void setTruth(WindowExample &example, const PersonLabels &person, int joints)
{
    example.truth.assign(static_cast<std::size_t>(3 * joints), 0.0F);
    example.truthWeight.assign(static_cast<std::size_t>(joints), 0.0F);
    if (!person.truth.covers(example.frame))
        return;
    const Pose3D pose = person.truth.pose(example.frame);
    for (std::size_t joint = 0; joint < pose.size(); ++joint) {
        if (!pose[joint].valid)
            continue;
        const Eigen::Vector3d turned =
            example.virtualFromCamera * Eigen::Vector3d(pose[joint].x, pose[joint].y, pose[joint].z);
        Eigen::Map<Eigen::Vector3f>(&example.truth[3 * joint]) = turned.cast<float>();
        example.truthWeight[joint] = 1.0F;
    }
}

std::vector<std::int64_t> framesOf(const PersonLabels &person, std::span<const FrameSpan> spans, bool onlyLabelled)
{
    std::vector<std::int64_t> frames;
    for (const FrameSpan &span : spans) {
        for (std::int64_t frame = std::max(span.first, person.detected.firstFrame);
             frame < std::min(span.second, person.detected.endFrame()); ++frame) {
            if (!onlyLabelled || person.isCorrected(frame) || person.hasTruth(frame))
                frames.push_back(frame);
        }
    }
    return frames;
}

} // namespace

std::vector<WindowExample> windowExamples(const PersonLabels &person, std::span<const FrameSpan> spans,
                                          const SampledTrack &input, const KeypointTrack &target,
                                          const CameraIntrinsics &camera, const WindowOptions &options)
{
    const std::vector<std::int64_t> frames = framesOf(person, spans, options.unlabelledWeight <= 0);
    const std::size_t step = frames.size() / (options.most + 1) + 1;
    std::vector<WindowExample> examples;
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const bool isLabelled = person.isCorrected(frames[i]);
        if (i % step != 0 && !isLabelled)
            continue;
        const std::optional<SampledTrack::Place> place = input.placeOf(frames[i]);
        if (!place)
            continue;
        const LifterInput &seen = input.clips()[place->clip].input;
        WindowExample example;
        example.frame = frames[i];
        example.isLabelled = isLabelled;
        example.features = input.window(*place, options.before, options.after);
        example.virtualFromCamera = seen.virtualFromCamera[place->sample];
        example.scale = seen.scale[place->sample];
        setRays(example, targetAtSample(target, person.detected, example.frame, input, *place), person, camera,
                options.unlabelledWeight);
        setTruth(example, person, options.outputJoints);
        examples.push_back(std::move(example));
    }
    return examples;
}

} // namespace poselift
