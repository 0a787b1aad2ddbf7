#include "models/pipeline/runpipeline.h"

#include "core/io/projectfile.h"
#include "core/media/framesource.h"
#include "models/detect/detectvideo.h"
#include "models/pipeline/liftproject.h"
#include "models/pipeline/mediareference.h"
#include "models/pipeline/outputcheck.h"
#include "models/pipeline/overlay.h"
#include "models/pipeline/trackids.h"

#include <algorithm>
#include <chrono>
#include <ctime>

namespace poselift {

namespace fs = std::filesystem;

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// "2026-11-20T16:40:00Z"
std::string utcNow()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts = {};
    ::gmtime_r(&now, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

/// The project that is already at @p path; nothing when there is none.
Result<std::optional<Project>> existingProject(const fs::path &path)
{
    std::error_code ignored;
    if (!fs::exists(path, ignored))
        return std::optional<Project>();
    Result<Project> project = readProject(path);
    if (!project)
        return project.error();
    return std::optional<Project>(*std::move(project));
}

Result<void> checkSameMedia(const Project &project, const MediaReference &media, const fs::path &path)
{
    if (project.media.ptsHash.empty() || project.media.ptsHash == media.ptsHash)
        return {};
    return Error(ErrorCode::OtherMedia, {{"path", path.string()}, {"found", project.media.path}, {"expected", media.path}});
}

bool isPrediction(const JointLayer &layer)
{
    return layer.name.starts_with("lifted/");
}

/// Puts a new detection into @p project; 3D that was lifted from the old one goes.
void replaceDetection(Project &project, KeypointLayer layer)
{
    keepTrackIds(project, layer.tracks);
    std::erase_if(project.jointLayers, isPrediction);
    std::erase_if(project.keypointLayers, [&layer](const KeypointLayer &old) { return old.name == layer.name; });
    // Corrections keep the skeleton that they were made in.
    if (project.tracks.empty())
        project.skeleton = layer.skeleton;
    project.keypointLayers.insert(project.keypointLayers.begin(), std::move(layer));
}

std::vector<TrackSummary> summariesOf(const Project &project, const std::string &liftedLayer)
{
    const JointLayer *layer = project.jointLayer(liftedLayer);
    std::vector<TrackSummary> summaries;
    for (const TrackId id : project.trackIds()) {
        const KeypointTrack track = effectiveTrack(project, id);
        TrackSummary summary;
        summary.id = id;
        summary.label = track.label;
        summary.firstFrame = track.firstFrame;
        summary.endFrame = track.endFrame();
        double sum = 0.0;
        for (std::int64_t frame = track.firstFrame; frame < track.endFrame(); ++frame) {
            summary.framesPresent += track.isPresent(frame) ? 1 : 0;
            sum += track.meanConfidence(frame);
        }
        summary.meanConfidence = summary.framesPresent > 0 ? sum / double(summary.framesPresent) : 0.0;
        summary.lifted = layer != nullptr
                         && std::any_of(layer->tracks.begin(), layer->tracks.end(), [id](const JointTrack &t) { return t.id == id; });
        summaries.push_back(summary);
    }
    return summaries;
}

/// One run; the steps in the order of runPipeline()'s description.
class PipelineRun
{
public:
    PipelineRun(const RunOptions &options, const JobContext &job) : m_options(options), m_job(job) {}

    Result<RunSummary> execute()
    {
        for (Result<void> (PipelineRun::*step)() : {&PipelineRun::openVideo, &PipelineRun::checkOutputs,
                                                    &PipelineRun::openModels, &PipelineRun::buildIndex,
                                                    &PipelineRun::detect}) {
            if (const Result<void> done = (this->*step)(); !done)
                return done.error();
        }
        lift();
        if (const Result<void> saved = save(); !saved)
            return saved.error();
        writeOverlay();
        m_summary.tracks = summariesOf(m_project, liftedLayerName(m_summary.lifter));
        return m_summary;
    }

private:
    Result<void> openVideo()
    {
        Result<std::unique_ptr<FrameSource>> source = openFrameSource(m_options.video);
        if (!source)
            return source.error();
        m_source = *std::move(source);
        return {};
    }

    Result<void> openModels()
    {
        Result<std::unique_ptr<Detector2D>> detector = createDetector(m_options.detector);
        if (!detector)
            return detector.error();
        m_detector = *std::move(detector);
        m_summary.detector = m_detector->name();
        return m_options.lift ? openLifter() : Result<void>();
    }

    Result<void> openLifter()
    {
        Result<std::unique_ptr<Lifter>> lifter = createLifter(m_options.lifter);
        if (lifter)
            m_lifter = *std::move(lifter);
        else if (lifter.error().code() == ErrorCode::NoLifter)
            m_summary.warnings.push_back(lifter.error());
        else
            return lifter.error();
        return {};
    }

    Result<void> checkOutputs()
    {
        Result<std::optional<Project>> existing = existingProject(m_options.project);
        if (!existing)
            return existing.error();
        if (*existing)
            m_project = **std::move(existing);
        if (const Result<void> writable = checkCanWrite(m_options.project); !writable)
            return writable;
        return m_options.overlay.empty() ? Result<void>() : checkCanWrite(m_options.overlay);
    }

    Result<void> buildIndex()
    {
        const Clock::time_point start = Clock::now();
        const Result<FrameIndex> index = m_source->buildIndex(m_job);
        if (!index)
            return index.error();
        m_summary.indexSeconds = secondsSince(start);
        m_summary.frameCount = index->frameCount();
        if (index->damage)
            m_summary.warnings.push_back(*index->damage);
        const MediaReference media = mediaReference(*m_source, *index, m_options.project);
        if (const Result<void> same = checkSameMedia(m_project, media, m_options.project); !same)
            return same;
        m_project.media = media;
        return {};
    }

    Result<void> detect()
    {
        Result<DetectedVideo> detected = detectVideo(*m_source, *m_detector, m_job);
        if (!detected)
            return detected.error();
        m_summary.framesDetected = detected->framesDone;
        m_summary.detectSeconds = detected->wallSeconds;
        m_summary.problem = detected->problem;
        replaceDetection(m_project, std::move(detected->layer));
        if (!m_project.camera.isValid())
            m_project.camera = assumedIntrinsics(m_project.media.width, m_project.media.height);
        return {};
    }

    void lift()
    {
        const bool cancelled = m_summary.problem && m_summary.problem->isCancelled();
        if (!m_lifter || cancelled)
            return;
        const Clock::time_point start = Clock::now();
        const LiftedProject lifted = liftProject(m_project, *m_lifter, m_job);
        m_summary.liftSeconds = secondsSince(start);
        m_summary.lifter = m_lifter->name();
        m_summary.warnings.insert(m_summary.warnings.end(), lifted.warnings.begin(), lifted.warnings.end());
        if (lifted.cancelled)
            m_summary.problem = Error(ErrorCode::Cancelled);
    }

    Result<void> save()
    {
        m_job.report("write", 0, 1);
        if (m_project.uuid.empty()) {
            m_project.uuid = newUuid();
            m_project.meta["created"] = utcNow();
        }
        ++m_project.saveGeneration;
        m_project.meta["modified"] = utcNow();
        m_project.meta["program"] = "poselift " POSELIFT_VERSION;
        m_project.meta.erase("partial");
        if (m_summary.problem)
            m_project.meta["partial"] = "Detected " + std::to_string(m_summary.framesDetected) + " of "
                                        + std::to_string(m_summary.frameCount) + " frames: " + m_summary.problem->sentence();
        m_summary.project = m_options.project;
        const Result<void> written = writeProject(m_project, m_options.project);
        m_job.report("write", 1, 1);
        return written;
    }

    void writeOverlay()
    {
        if (m_options.overlay.empty() || m_summary.problem)
            return;
        const Clock::time_point start = Clock::now();
        const Result<void> written = writeOverlayVideo(*m_source, m_project, m_options.overlay, m_job);
        m_summary.overlaySeconds = secondsSince(start);
        if (written)
            m_summary.overlay = m_options.overlay;
        else
            m_summary.problem = written.error();
    }

    const RunOptions &m_options;
    const JobContext &m_job;
    std::unique_ptr<FrameSource> m_source;
    std::unique_ptr<Detector2D> m_detector;
    std::unique_ptr<Lifter> m_lifter; ///< null: 2D only
    Project m_project;
    RunSummary m_summary;
};

nlohmann::json errorList(const std::vector<Error> &errors)
{
    nlohmann::json list = nlohmann::json::array();
    for (const Error &error : errors)
        list.push_back(error.sentence());
    return list;
}

nlohmann::json toJson(const TrackSummary &track)
{
    return {{"id", track.id}, {"label", track.label}, {"first_frame", track.firstFrame}, {"end_frame", track.endFrame},
            {"frames_present", track.framesPresent}, {"mean_confidence", track.meanConfidence}, {"lifted", track.lifted}};
}

} // namespace

nlohmann::json toJson(const RunSummary &summary)
{
    nlohmann::json tracks = nlohmann::json::array();
    for (const TrackSummary &track : summary.tracks)
        tracks.push_back(toJson(track));
    return {{"project", summary.project.string()},
            {"overlay", summary.overlay.string()},
            {"detector", summary.detector},
            {"lifter", summary.lifter},
            {"frame_count", summary.frameCount},
            {"frames_detected", summary.framesDetected},
            {"tracks", tracks},
            {"warnings", errorList(summary.warnings)},
            {"partial", summary.problem ? nlohmann::json(summary.problem->sentence()) : nlohmann::json()},
            {"seconds", {{"index", summary.indexSeconds}, {"detect", summary.detectSeconds},
                         {"lift", summary.liftSeconds}, {"overlay", summary.overlaySeconds}}}};
}

Result<RunSummary> runPipeline(const RunOptions &options, const JobContext &job)
{
    return PipelineRun(options, job).execute();
}

} // namespace poselift
