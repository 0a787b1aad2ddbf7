#include "core/io/openposefile.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <optional>
#include <set>

namespace poselift {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kCocoJoints = 17;

std::optional<Pose2D> readPerson(const fs::path &path)
{
    std::ifstream file(path);
    const nlohmann::json json = nlohmann::json::parse(file, nullptr, /*allow_exceptions=*/false);
    if (!json.is_object() || !json.contains("people") || json["people"].empty())
        return std::nullopt;
    const nlohmann::json values = json["people"][0].value("pose_keypoints_2d", nlohmann::json::array());
    if (values.size() != 75)
        return std::nullopt;
    Pose2D pose(kCocoJoints);
    for (std::size_t joint = 0; joint < kCocoJoints; ++joint) {
        pose[joint].x = values[3 * joint];
        pose[joint].y = values[3 * joint + 1];
        pose[joint].confidence = values[3 * joint + 2];
        pose[joint].state = pose[joint].confidence > 0.1F ? KeypointState::Visible : KeypointState::Missing;
    }
    return pose;
}

} // namespace

Result<std::map<std::int64_t, Pose2D>> readOpenPoseFolder(const fs::path &folder)
{
    std::error_code failed;
    if (!fs::exists(folder, failed))
        return Error(ErrorCode::FileNotFound, {{"path", folder.string()}});
    std::set<fs::path> files;
    for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed))
        files.insert(at->path());
    if (failed)
        return Error(ErrorCode::CannotRead, {{"path", folder.string()}, {"detail", failed.message()}});
    std::map<std::int64_t, Pose2D> poses;
    std::int64_t frame = 0;
    for (const fs::path &path : files) {
        if (const std::optional<Pose2D> pose = readPerson(path))
            poses[frame] = *pose;
        ++frame;
    }
    return poses;
}

} // namespace poselift
