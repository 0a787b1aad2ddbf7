#include "core/io/detectionsfile.h"

#include "core/io/projectfile.h"

#include <nlohmann/json.hpp>

#include <fstream>

namespace poselift {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr int kVersion = 1;

Error wrong(const fs::path &path, const std::string &expected, const std::string &found)
{
    return Error(ErrorCode::WrongFormat, {{"path", path.string()}, {"expected", expected}, {"found", found}});
}

Pose2D readPose(const json &joints, const Skeleton &skeleton)
{
    Pose2D pose(static_cast<std::size_t>(skeleton.jointCount()));
    if (joints.is_null()) // a frame in which the person is not seen
        return pose;
    for (std::size_t joint = 0; joint < pose.size(); ++joint) {
        const json &values = joints.at(joint);
        if (values.is_null())
            continue;
        pose[joint].x = values.at(0).get<double>();
        pose[joint].y = values.at(1).get<double>();
        pose[joint].confidence = values.at(2).get<float>();
        pose[joint].state = KeypointState::Visible;
    }
    return pose;
}

KeypointTrack readTrack(const json &entry, const Skeleton &skeleton)
{
    KeypointTrack track;
    track.id = entry.at("id").get<TrackId>();
    track.jointCount = skeleton.jointCount();
    track.firstFrame = entry.at("firstFrame").get<std::int64_t>();
    std::int64_t frame = track.firstFrame;
    for (const json &joints : entry.at("keypoints"))
        track.setPose(frame++, readPose(joints, skeleton));
    return track;
}

MediaReference readMedia(const json &root)
{
    const json &video = root.at("video");
    MediaReference media;
    media.path = video.at("path").get<std::string>();
    media.width = video.at("width").get<int>();
    media.height = video.at("height").get<int>();
    media.seconds = root.at("seconds").get<std::vector<double>>();
    media.frameCount = static_cast<std::int64_t>(media.seconds.size());
    return media;
}

Result<Project> toProject(const json &root, const fs::path &path)
{
    Result<Skeleton> skeleton = skeletonOfJointNames(root.at("joints").get<std::vector<std::string>>(), path.string());
    if (!skeleton)
        return skeleton.error();
    Project project;
    project.uuid = newUuid();
    project.media = readMedia(root);
    project.camera = assumedIntrinsics(project.media.width, project.media.height);
    project.skeleton = *skeleton;
    KeypointLayer layer;
    layer.name = "detected";
    layer.producer = root.value("detector", std::string());
    layer.skeleton = *skeleton;
    for (const json &entry : root.at("tracks"))
        layer.tracks.push_back(readTrack(entry, *skeleton));
    project.keypointLayers.push_back(std::move(layer));
    return project;
}

} // namespace

Result<Project> readDetections(const fs::path &path)
{
    std::ifstream file(path);
    if (!file)
        return Error(ErrorCode::FileNotFound, {{"path", path.string()}});
    const json root = json::parse(file, nullptr, /*allow_exceptions=*/false);
    if (!root.is_object() || root.value("format", json()) != "poselift-detections")
        return wrong(path, "keypoints that 'poselift-cli detect' wrote as JSON", "something else");
    const json version = root.value("version", json());
    if (version.is_number_integer() && version.get<int>() > kVersion)
        return Error(ErrorCode::NewerVersion, {{"path", path.string()}, {"found", version.dump()}, {"expected", std::to_string(kVersion)}});
    try {
        return toProject(root, path);
    } catch (const json::exception &error) {
        return wrong(path, "the fields of detections, version 1", error.what());
    }
}

} // namespace poselift
