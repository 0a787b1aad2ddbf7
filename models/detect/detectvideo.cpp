#include "models/detect/detectvideo.h"

#include "models/detect/framequeue.h"
#include "models/tracker.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace poselift {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kFramesAhead = 4;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Decodes frames [first, end) into @p queue; closes down when the queue is closed.
void decodeInto(FrameQueue &queue, FrameSource &source, std::int64_t first, std::int64_t end, double &decodeSeconds)
{
    for (std::int64_t i = first; i < end; ++i) {
        const Clock::time_point start = Clock::now();
        auto frame = std::make_unique<Result<VideoFrame>>(source.frame(i));
        decodeSeconds += secondsSince(start);
        const bool failed = !frame->ok();
        if (!queue.push(std::move(frame)) || failed)
            break;
    }
    queue.finish();
}

/// Ends the decoding thread on every way out.
class Decoding
{
public:
    Decoding(FrameSource &source, std::int64_t first, std::int64_t end)
        : m_queue(kFramesAhead),
          m_thread([this, &source, first, end] { decodeInto(m_queue, source, first, end, m_seconds); })
    {
    }
    ~Decoding() { stop(); }
    void stop()
    {
        m_queue.close();
        if (m_thread.joinable())
            m_thread.join();
    }
    FrameQueue &queue() { return m_queue; }
    double seconds() const { return m_seconds; } ///< after stop()

private:
    FrameQueue m_queue;
    double m_seconds = 0.0;
    std::thread m_thread;
};

/// One frame through the detector and tracker. An error of the detector ends the run.
Result<void> detectFrame(const VideoFrame &frame, double seconds, Detector2D &detector, PoseTracker &tracker)
{
    const std::vector<Box> hints = tracker.predictedBoxes(seconds);
    Result<std::vector<PersonDetection>> people = detector.detect(frame.view(), hints);
    if (!people)
        return people.error();
    tracker.add(frame.index, seconds, *people);
    return {};
}

/// The loop over decoded frames; fills framesDone, detectSeconds and the problem that ended it.
void detectFrames(FrameQueue &queue, Detector2D &detector, PoseTracker &tracker, std::int64_t total,
                  const JobContext &job, DetectedVideo &result)
{
    while (const std::unique_ptr<Result<VideoFrame>> frame = queue.pop()) {
        if (job.stop.stop_requested())
            result.problem = Error(ErrorCode::Cancelled);
        else if (!frame->ok())
            result.problem = frame->error();
        if (result.problem)
            return;
        const Clock::time_point start = Clock::now();
        const double seconds = result.index.seconds[static_cast<std::size_t>((*frame)->index)];
        const Result<void> detected = detectFrame(**frame, seconds, detector, tracker);
        result.detectSeconds += secondsSince(start);
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
        Decoding decoding(source, first, end);
        detectFrames(decoding.queue(), detector, *tracker, end - first, job, result);
        decoding.stop();
        result.decodeSeconds = decoding.seconds();
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
