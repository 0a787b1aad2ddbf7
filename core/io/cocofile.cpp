#include "core/io/cocofile.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <map>

namespace poselift {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

/// COCO marks a pixel by its integer coordinates; its centre is half a pixel further.
constexpr double kToPixelCentre = 0.5;

Pose2D readPose(const json &values, int joints)
{
    Pose2D pose(static_cast<std::size_t>(joints));
    for (std::size_t joint = 0; joint < pose.size(); ++joint) {
        const int flag = values.at(3 * joint + 2).get<int>();
        if (flag == 0)
            continue;
        pose[joint].x = values.at(3 * joint).get<double>() + kToPixelCentre;
        pose[joint].y = values.at(3 * joint + 1).get<double>() + kToPixelCentre;
        pose[joint].confidence = 1.0F;
        pose[joint].state = flag == 1 ? KeypointState::Occluded : KeypointState::Visible;
    }
    return pose;
}

AnnotatedPerson readPerson(const json &entry, int joints)
{
    const json &box = entry.at("bbox");
    AnnotatedPerson person;
    person.pose = readPose(entry.at("keypoints"), joints);
    person.box = {box.at(0).get<double>(), box.at(1).get<double>(), box.at(2).get<double>(),
                  box.at(3).get<double>()};
    person.area = entry.at("area").get<double>();
    return person;
}

bool isCounted(const json &entry)
{
    return entry.value("iscrowd", 0) == 0 && entry.value("num_keypoints", 0) > 0;
}

Result<AnnotatedPictures> readAnnotations(const json &root, const fs::path &file)
{
    const auto names = root.at("categories").at(0).at("keypoints").get<std::vector<std::string>>();
    Result<Skeleton> skeleton = skeletonOfJointNames(names, file.string());
    if (!skeleton)
        return skeleton.error();
    AnnotatedPictures result{*std::move(skeleton), {}};
    std::map<std::int64_t, std::size_t> pictureOfId;
    for (const json &picture : root.at("images")) {
        pictureOfId[picture.at("id").get<std::int64_t>()] = result.pictures.size();
        result.pictures.push_back(
            {file.parent_path() / fs::path(picture.at("file_name").get<std::string>()).filename(),
             {}});
    }
    for (const json &entry : root.at("annotations")) {
        if (isCounted(entry))
            result.pictures.at(pictureOfId.at(entry.at("image_id").get<std::int64_t>()))
                .people.push_back(readPerson(entry, result.skeleton.jointCount()));
    }
    return result;
}

} // namespace

Result<AnnotatedPictures> readCocoKeypoints(const fs::path &file)
{
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        return Error(ErrorCode::FileNotFound, {{"path", file.string()}});
    std::ifstream stream(file);
    try {
        return readAnnotations(json::parse(stream), file);
    } catch (const std::exception &broken) { // of nlohmann::json, or an id that no picture has
        return Error(ErrorCode::WrongFormat, {{"path", file.string()},
                                              {"expected", "COCO keypoint annotations"},
                                              {"found", broken.what()}});
    }
}

} // namespace poselift
