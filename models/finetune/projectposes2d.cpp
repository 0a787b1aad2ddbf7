#include "models/finetune/projectposes2d.h"

#include "core/io/projectfile.h"
#include "core/pose/skeletonmapping.h"
#include "models/finetune/personlabels.h"
#include "models/finetune/sampledtrack.h"

namespace poselift {

namespace fs = std::filesystem;

namespace {

constexpr double kFramesPerSecond = 30; // of the scale's median (lifterinput.h); poses are seen one by one

KeypointTrack limbTrack(const Project &project, TrackId id, const SkeletonMapping &mapping)
{
    KeypointTrack track;
    track.id = id;
    track.jointCount = mapping.targetCount();
    for (std::int64_t frame = 0; frame < project.media.frameCount; ++frame) {
        const Pose2D pose = project.effectivePose(id, frame);
        if (!pose.empty())
            track.setPose(frame, mapping.map(pose));
    }
    return track;
}

Result<void> addProject(const fs::path &path, const JobContext &job, Poses2D &poses)
{
    const Result<Project> project = readProject(path);
    if (!project)
        return project.error();
    const auto lacks = [&path](const char *expected) {
        return Error(ErrorCode::NothingToLearn, {{"path", path.string()}, {"expected", expected}, {"found", "none"}});
    };
    if (!project->camera.isValid())
        return lacks("a camera");
    const Result<SkeletonMapping> mapping = SkeletonMapping::create(project->skeleton, limbSkeleton().joints);
    if (!mapping)
        return mapping.error();
    const std::int64_t before = poses.count();
    for (const TrackId id : project->trackIds()) {
        if (job.stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        const SampledTrack sampled(limbTrack(*project, id, *mapping), project->media.seconds, project->camera,
                                   kFramesPerSecond);
        for (const SampledTrack::Clip &clip : sampled.clips())
            poses.appendFeatures(clip.input.features);
    }
    return poses.count() > before ? Result<void>() : lacks("people with 2D keypoints");
}

} // namespace

Result<Poses2D> poses2DOfProjects(const std::vector<fs::path> &projects, const JobContext &job)
{
    Poses2D poses;
    poses.joints = lifterInputJoints();
    poses.normalisation = kLifterNormalisation;
    poses.source = {{"projects", nlohmann::json::array()}};
    for (std::size_t i = 0; i < projects.size(); ++i) {
        job.report("pack", static_cast<std::int64_t>(i), static_cast<std::int64_t>(projects.size()));
        if (Result<void> added = addProject(projects[i], job, poses); !added)
            return added.error();
        poses.source["projects"].push_back(projects[i].filename().string());
    }
    return poses;
}

} // namespace poselift
