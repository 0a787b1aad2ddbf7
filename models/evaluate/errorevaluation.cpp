#include "models/evaluate/errorevaluation.h"

#include "core/io/openposefile.h"
#include "models/detect/detectvideo.h"
#include "models/evaluate/errorstatistics.h"

#include <nlohmann/json.hpp>

namespace poselift {

namespace fs = std::filesystem;

namespace {

Result<void> addView(const fs::path &take, const std::string &camera, Detector2D &detector, const Skeleton &coco,
                     ErrorStatistics &statistics, const JobContext &job)
{
    const Result<PoseByFrame> reference = readOpenPoseFolder(take / "pose-associated" / (camera + "_json"));
    if (!reference)
        return reference.error();
    Result<std::unique_ptr<FrameSource>> source = openFrameSource(take / "videos" / (camera + ".mp4"));
    if (!source)
        return source.error();
    const Result<DetectedVideo> detected = detectVideo(**source, detector, job);
    if (!detected)
        return detected.error();
    if (detected->problem)
        return *detected->problem;
    const KeypointLayer &layer = detected->layer;
    PoseByFrame renamed;
    for (const auto &[frame, pose] : *reference)
        renamed[frame] = poseByName(pose, coco, layer.skeleton);
    const FollowingTrack followed = trackNearPoses(layer.tracks, renamed, oksSigmasByName(layer.skeleton, coco));
    const std::vector<double> &seconds = detected->index.seconds;
    if (followed.track == nullptr || seconds.size() < 2)
        return {};
    const double rate = static_cast<double>(seconds.size() - 1) / (seconds.back() - seconds.front());
    statistics.add(*followed.track, layer.skeleton, *reference, coco, rate);
    return {};
}

} // namespace

Result<nlohmann::json> evaluateErrors(const ErrorEvaluationOptions &options, const JobContext &job)
{
    const Result<Skeleton> coco = findSkeleton("coco17");
    if (!coco)
        return coco.error();
    Result<std::unique_ptr<Detector2D>> detector = createDetector({options.model, {}, options.threads});
    if (!detector)
        return detector.error();
    ErrorStatistics statistics;
    for (const char *camera : {"cam01", "cam02", "cam03", "cam04"}) {
        const fs::path take = options.pose2sim / "S00_P00_T01_BalancingTrial";
        if (Result<void> added = addView(take, camera, **detector, *coco, statistics, job); !added)
            return added.error();
    }
    nlohmann::json json = toJson(statistics.noise());
    json["detector"] = (*detector)->name();
    json["measured_on"] = "pose2sim, balancing, 4 views against OpenPose's keypoints (confidence >= 0.3)";
    json["keypoints"] = statistics.keypointCount();
    json["outliers"] = statistics.outlierCount();
    json["frames_with_exchanged_sides"] = statistics.swapCount();
    return json;
}

} // namespace poselift
