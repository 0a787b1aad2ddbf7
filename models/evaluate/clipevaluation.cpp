#include "models/evaluate/clipevaluation.h"

#include "core/io/openposefile.h"
#include "core/metrics/trackcoverage.h"
#include "models/detect/detectvideo.h"
#include "models/evaluate/keypointaccuracy.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>

namespace poselift {

namespace fs = std::filesystem;

namespace {

// Keypoints below this say nothing about where the joint is.
constexpr float kComparedConfidence = 0.2F;

Result<KeypointLayer> detectClip(const fs::path &video, const std::string &model,
                                 const DetectorEvaluationOptions &options, const JobContext &job)
{
    Result<std::unique_ptr<Detector2D>> detector = createDetector({model, {}, options.threads});
    if (!detector)
        return detector.error();
    Result<std::unique_ptr<FrameSource>> source = openFrameSource(video);
    if (!source)
        return source.error();
    Result<DetectedVideo> detected = detectVideo(**source, **detector, job);
    if (!detected)
        return detected.error();
    if (detected->problem)
        return *detected->problem;
    return std::move(detected->layer);
}

/// Median distance, px, of the limb keypoints of @p track to @p reference; nothing without any
/// pair.
std::optional<double> medianDistance(const KeypointTrack *track, const Skeleton &skeleton, const PoseByFrame &reference,
                                     const Skeleton &referenceSkeleton)
{
    std::vector<double> distances;
    for (const auto &[frame, wanted] : reference) {
        if (track == nullptr || !track->isPresent(frame))
            continue;
        const Pose2D found = poseByName(track->pose(frame), skeleton, referenceSkeleton);
        for (const std::string &name : limbJoints()) {
            const auto joint = static_cast<std::size_t>(referenceSkeleton.indexOf(name));
            if (found[joint].confidence >= kComparedConfidence && wanted[joint].confidence >= kComparedConfidence)
                distances.push_back(std::hypot(found[joint].x - wanted[joint].x, found[joint].y - wanted[joint].y));
        }
    }
    if (distances.empty())
        return std::nullopt;
    const auto middle = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
    std::nth_element(distances.begin(), middle, distances.end());
    return *middle;
}

void addDistance(ReportTable &table, const std::optional<double> &distance)
{
    if (distance)
        table.addNumber(*distance, 1);
    else
        table.addNothing();
}

PoseByFrame posesOf(const KeypointTrack *track)
{
    PoseByFrame poses;
    for (std::int64_t frame = track != nullptr ? track->firstFrame : 0; track != nullptr && frame < track->endFrame();
         ++frame)
        if (track->isPresent(frame))
            poses[frame] = track->pose(frame);
    return poses;
}

PoseByFrame renamed(const PoseByFrame &poses, const Skeleton &from, const Skeleton &to)
{
    PoseByFrame result;
    for (const auto &[frame, pose] : poses)
        result[frame] = poseByName(pose, from, to);
    return result;
}

/// Share of the clip's frames in which at least @p people tracks are present.
double shareWithPeople(const std::vector<KeypointTrack> &tracks, std::int64_t frames, int people)
{
    std::int64_t counted = 0;
    for (std::int64_t frame = 0; frame < frames; ++frame) {
        counted += std::count_if(tracks.begin(), tracks.end(),
                                 [&](const KeypointTrack &track) { return track.isPresent(frame); })
                   >= people;
    }
    return frames > 0 ? double(counted) / double(frames) : 0.0;
}

/// What the first model saw in a view: the yardstick of the others.
struct Yardstick
{
    PoseByFrame poses;
    Skeleton skeleton;
};

Result<void> measureView(const fs::path &take, const std::string &camera, const std::vector<std::string> &models,
                         const DetectorEvaluationOptions &options, const JobContext &job, ReportTable &table)
{
    const Result<Skeleton> coco = findSkeleton("coco17");
    if (!coco)
        return coco.error();
    const Result<PoseByFrame> openPose = readOpenPoseFolder(take / "pose-associated" / (camera + "_json"));
    if (!openPose)
        return openPose.error();
    std::optional<Yardstick> yardstick;
    for (const std::string &model : models) {
        const Result<KeypointLayer> layer = detectClip(take / "videos" / (camera + ".mp4"), model, options, job);
        if (!layer)
            return layer.error();
        const FollowingTrack followed = trackNearPoses(layer->tracks, renamed(*openPose, *coco, layer->skeleton),
                                                       oksSigmasByName(layer->skeleton, *coco));
        table.beginRow(camera);
        table.addText(model);
        table.addNumber(static_cast<double>(layer->tracks.size()), 0);
        table.addNumber(followed.share, 3);
        addDistance(table, medianDistance(followed.track, layer->skeleton, *openPose, *coco));
        if (yardstick)
            addDistance(table, medianDistance(followed.track, layer->skeleton, yardstick->poses, yardstick->skeleton));
        else
            table.addNothing();
        if (!yardstick)
            yardstick = Yardstick{posesOf(followed.track), layer->skeleton};
    }
    return {};
}

Result<BoxByFrame> readBoxes(const nlohmann::json &json, const fs::path &path)
{
    BoxByFrame boxes;
    try {
        for (const auto &[frame, box] : json.items())
            boxes[std::stoll(frame)] = {box.at(0).get<double>(), box.at(1).get<double>(), box.at(2).get<double>(),
                                        box.at(3).get<double>()};
    } catch (const std::exception &broken) {
        return Error(
            ErrorCode::WrongFormat,
            {{"path", path.string()}, {"expected", "frame → [x, y, width, height]"}, {"found", broken.what()}});
    }
    return boxes;
}

/// People's boxes by name; other fields of the file, such as its comment, are skipped.
Result<std::map<std::string, BoxByFrame>> readPeopleBoxes(const fs::path &path)
{
    std::ifstream file(path);
    if (!file)
        return Error(ErrorCode::FileNotFound, {{"path", path.string()}});
    const nlohmann::json json = nlohmann::json::parse(file, nullptr, /*allow_exceptions=*/false);
    if (!json.is_object())
        return Error(ErrorCode::WrongFormat,
                     {{"path", path.string()}, {"expected", "a JSON object"}, {"found", "something else"}});
    std::map<std::string, BoxByFrame> people;
    for (const auto &[name, boxes] : json.items()) {
        if (!boxes.is_object())
            continue;
        Result<BoxByFrame> read = readBoxes(boxes, path);
        if (!read)
            return read.error();
        people[name] = *std::move(read);
    }
    return people;
}

} // namespace

Result<void> evaluateOnPose2sim(const DetectorEvaluationOptions &options, const std::vector<std::string> &models,
                                const TableReceiver &receive, const JobContext &job)
{
    const fs::path take = options.pose2sim / "S00_P00_T01_BalancingTrial";
    ReportTable table("pose2sim",
                      "pose2sim, balancing: frames in which one track has OKS at least 0.5 to OpenPose; median "
                      "px of limb joints",
                      {"view", "model", "tracks", "followed", "px to OpenPose", "px to " + models.front()});
    for (const char *camera : {"cam01", "cam02", "cam03", "cam04"})
        if (Result<void> measured = measureView(take, camera, models, options, job, table); !measured)
            return measured;
    receive(table);
    ReportTable two("two_people", "pose2sim, two people: frames in which two tracks are present",
                    {"view", "model", "tracks", "share of frames"});
    for (const char *camera : {"cam01", "cam02"}) {
        for (const std::string &model : models) {
            const Result<KeypointLayer> layer =
                detectClip(options.pose2sim / "two_persons" / (std::string(camera) + ".mp4"), model, options, job);
            if (!layer)
                return layer.error();
            std::int64_t frames = 0;
            for (const KeypointTrack &track : layer->tracks)
                frames = std::max(frames, track.endFrame());
            two.beginRow(camera);
            two.addText(model);
            two.addNumber(static_cast<double>(layer->tracks.size()), 0);
            two.addNumber(shareWithPeople(layer->tracks, frames, 2), 3);
        }
    }
    receive(two);
    return {};
}

Result<void> evaluateOnSports2d(const DetectorEvaluationOptions &options, const std::vector<std::string> &models,
                                const TableReceiver &receive, const JobContext &job)
{
    const Result<std::map<std::string, BoxByFrame>> people = readPeopleBoxes(options.sports2dBoxes);
    if (!people)
        return people.error();
    std::vector<std::string> columns{"model", "tracks"};
    for (const auto &[name, boxes] : *people)
        columns.push_back(name);
    ReportTable table(
        "sports2d", "sports2d: share of a person's marked frames in which one track has 8 joints in the box", columns);
    for (const std::string &model : models) {
        const Result<KeypointLayer> layer = detectClip(options.sports2d, model, options, job);
        if (!layer)
            return layer.error();
        table.beginRow(model);
        table.addNumber(static_cast<double>(layer->tracks.size()), 0);
        for (const auto &[name, boxes] : *people)
            table.addNumber(trackInBoxes(layer->tracks, boxes).share, 3);
    }
    receive(table);
    return {};
}

} // namespace poselift
