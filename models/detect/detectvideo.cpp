#include "models/detect/detectvideo.h"

#include "models/detect/framesahead.h"
#include "models/tracker.h"

#include <algorithm>
#include <chrono>

namespace poselift {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// One searched frame through the keypoints and the tracker. An error of the detector ends the run.
Result<void> detectFrame(const SearchedFrame &searched, double seconds, Detector2D &detector, PoseTracker &tracker)
{
    if (!searched.found)
        return searched.found.error();
    const std::vector<Box> hints = tracker.predictedBoxes(seconds);
    Result<std::vector<PersonDetection>> people =
        detector.estimatePoses(searched.frame->view(), *searched.found, hints);
    if (!people)
        return people.error();
    tracker.add(searched.frame->index, seconds, *people);
    return {};
}

/// The loop over searched frames; fills framesDone, poseSeconds and the problem that ended it.
void detectFrames(FramesAhead &ahead, Detector2D &detector, PoseTracker &tracker, std::int64_t total,
                  const JobContext &job, DetectedVideo &result)
{
    while (const std::optional<SearchedFrame> searched = ahead.next()) {
        if (job.stop.stop_requested())
            result.problem = Error(ErrorCode::Cancelled);
        else if (!searched->frame)
            result.problem = searched->frame.error();
        if (result.problem)
            return;
        const Clock::time_point start = Clock::now();
        const double seconds = result.index.seconds[static_cast<std::size_t>(searched->frame->index)];
        const Result<void> detected = detectFrame(*searched, seconds, detector, tracker);
        result.poseSeconds += secondsSince(start);
        if (!detected) {
            result.problem = detected.error();
            return;
        }
        ++result.framesDone;
        job.report("detect", result.framesDone, total);
    }
}

} // namespace

Result<DetectedVideo> detectVideo(FrameSource &source, Detector2D &detector, const JobContext &job,
                                  const DetectVideoOptions &options)
{
    Result<FrameIndex> index = source.buildIndex(job);
    if (!index)
        return index.error();
    DetectedVideo result;
    result.index = *std::move(index);
    const std::int64_t count = result.index.frameCount();
    const std::int64_t first = std::clamp<std::int64_t>(options.firstFrame, 0, count);
    const std::int64_t end = options.frameLimit < 0 ? count : std::min(count, first + options.frameLimit);

    const std::unique_ptr<PoseTracker> tracker = createTracker(detector.skeleton());
    const Clock::time_point start = Clock::now();
    {
        FramesAhead ahead(source, first, end, [&](const ImageView &picture) { return detector.findPeople(picture); });
        detectFrames(ahead, detector, *tracker, end - first, job, result);
        ahead.stop();
        result.decodeSeconds = ahead.decodeSeconds();
        result.findSeconds = ahead.findSeconds();
    }
    result.wallSeconds = secondsSince(start);
    if (result.problem && result.framesDone == 0)
        return *result.problem;
    result.complete = !result.problem.has_value();
    result.layer.name = "detected";
    result.layer.skeleton = detector.skeleton();
    result.layer.producer = detector.name();
    result.layer.tracks = tracker->finish();
    return result;
}

} // namespace poselift
