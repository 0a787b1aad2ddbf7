#include "core/document/livelifter.h"

#include "core/document/posedocument.h"
#include "core/document/selection.h"
#include "core/io/projectfile.h"
#include "core/jobs/base64.h"
#include "core/pose/edit/trackextent.h"

#include <QFile>
#include <QtConcurrent/QtConcurrentRun>

#include <algorithm>
#include <numeric>

namespace poselift {

namespace {

using nlohmann::json;

constexpr const char *kLifted = "lifted/";
constexpr int kAnswerPatienceMs = 30000;
constexpr int kRestartPauseMs = 500;
constexpr int kMostFailures = 3;
/// Edits of more keypoints than this go through a file.
constexpr std::size_t kMostKeypoints = 2000;

bool isLifted(const std::string &layer)
{
    return layer.starts_with(kLifted);
}

/// What the worker needs of a project: no 3D, no other detections.
Project only2d(const Project &project)
{
    Project copy;
    copy.uuid = project.uuid;
    copy.media = project.media;
    copy.skeleton = project.skeleton;
    copy.camera = project.camera;
    copy.tracks = project.tracks;
    if (const KeypointLayer *detected = project.keypointLayer("detected"))
        copy.keypointLayers.push_back(*detected);
    return copy;
}

bool isEmpty(const TrackFrames &frames)
{
    return std::ranges::all_of(frames, [](const auto &entry) { return entry.second.isEmpty(); });
}

Error badOutput(const json &data)
{
    return Error(ErrorCode::ProtocolMessage,
                 {{"expected", "output of an interactive job"}, {"found", data.dump().substr(0, 80)}});
}

} // namespace

LiveLifter::LiveLifter(PoseDocument *document, Selection *selection, const QString &program, QObject *parent)
    : QObject(parent), m_document(document), m_selection(selection), m_worker(program)
{
    setPatience(kAnswerPatienceMs, kRestartPauseMs);
    m_answerTimer.setSingleShot(true);
    m_restartTimer.setSingleShot(true);
    connect(document, &PoseDocument::wasReset, this, &LiveLifter::documentReset);
    connect(document, &PoseDocument::changed, this, &LiveLifter::documentChanged);
    connect(&m_worker, &WorkerClient::output, this, &LiveLifter::readOutput);
    connect(&m_worker, &WorkerClient::failed, this, &LiveLifter::jobEnded);
    connect(&m_worker, &WorkerClient::cancelled, this,
            [this](qint64 job) { jobEnded(job, Error(ErrorCode::Cancelled)); });
    connect(&m_answerTimer, &QTimer::timeout, this, [this] {
        const qint64 job = m_job;
        m_worker.cancel(job);
        jobEnded(job, Error(ErrorCode::WorkerDied, {{"detail", tr("it does not answer").toStdString()}}));
    });
    connect(&m_restartTimer, &QTimer::timeout, this, &LiveLifter::pump);
    documentReset();
}

LiveLifter::~LiveLifter()
{
    m_worker.disconnect(this);
}

void LiveLifter::setPatience(int answerMs, int restartMs)
{
    m_answerTimer.setInterval(answerMs);
    m_restartTimer.setInterval(restartMs);
}

void LiveLifter::setEnabled(bool enabled)
{
    if (m_enabled == enabled)
        return;
    m_enabled = enabled;
    m_error.reset();
    m_failures = 0;
    if (!enabled && !m_asked)
        endJob(); // else the worker would hold a clip that nobody keeps up to date
    schedule();
}

std::string LiveLifter::layer() const
{
    const Project &project = m_document->project();
    if (isLifted(m_shownLayer) && project.jointLayer(m_shownLayer) != nullptr)
        return m_shownLayer;
    const auto found =
        std::ranges::find_if(project.jointLayers, [](const JointLayer &layer) { return isLifted(layer.name); });
    return found != project.jointLayers.end() ? found->name : std::string();
}

void LiveLifter::setShownLayer(const std::string &name)
{
    const std::string before = layer();
    m_shownLayer = name;
    if (layer() == before)
        return;
    endJob();
    m_error.reset();
    m_failures = 0;
    if (!before.empty())
        markAnnotated(); // nobody has kept this one in step
    schedule();
}

void LiveLifter::relift(TrackId track)
{
    if (layer().empty())
        return;
    m_asked = true;
    m_error.reset();
    m_failures = 0;
    markAll(track != 0 ? std::vector<TrackId>{track} : m_document->project().trackIds());
    m_needsProject = m_needsProject || m_job == 0;
    schedule();
}

void LiveLifter::documentReset()
{
    endJob();
    m_asked = false;
    m_error.reset();
    m_failures = 0;
    m_invalid.clear();
    m_stale = layer().empty() ? TrackFrames() : stale3d(m_document->project());
    for (const PoseChange &change : m_document->restoredChanges()) {
        if (!change.notesChanged)
            takeEdit(change);
    }
    noteStale();
    schedule();
}

void LiveLifter::documentChanged(const PoseChange &change)
{
    if (change.derived3d || change.notesChanged)
        return;
    takeEdit(change);
    noteStale();
    schedule();
}

/// Notes what @p change makes outdated, and what the worker has to be told.
void LiveLifter::takeEdit(const PoseChange &change)
{
    const bool isEdit = !change.layersChanged && !change.mediaChanged && !change.cameraChanged;
    m_needsProject = m_needsProject || !isEdit || m_job == 0;
    if (!isEdit)
        m_firstValid = m_revision + 1; // answers under way are of people who may be others now
    if (layer().empty()) {
        m_stale.clear();
        return;
    }
    if (change.mediaChanged && !change.layersChanged && !change.cameraChanged)
        return;
    if (change.cameraChanged || (isEdit && change.tracks.empty()))
        return markAll(m_document->project().trackIds());
    if (change.tracks.empty())
        return markAnnotated(); // detections or 3D were accepted: made without these corrections
    const FrameRange frames{change.firstFrame, change.lastFrame};
    if (frames.count() == 0 && isEdit)
        return; // a person's name
    if (frames.count() == 0 || change.layersChanged)
        return markAll(change.tracks); // where a clip ends or begins anew, frames around that change as well
    std::vector<int> joints = change.joints;
    if (joints.empty()) {
        joints.resize(static_cast<std::size_t>(m_document->project().skeleton.jointCount()));
        std::iota(joints.begin(), joints.end(), 0);
    }
    const std::size_t keypoints = static_cast<std::size_t>(frames.count()) * joints.size() * change.tracks.size();
    m_needsProject = m_needsProject || keypoints > kMostKeypoints || m_edits.size() > kMostKeypoints;
    for (const TrackId track : change.tracks) {
        m_stale[track].add(frames);
        for (qint64 frame = frames.first; frame <= frames.last && !m_needsProject; ++frame)
            m_edits[{track, frame}].insert(joints.begin(), joints.end());
        if (m_needsProject)
            m_invalid[track].add(frames);
    }
}

void LiveLifter::markAll(const std::vector<TrackId> &tracks)
{
    for (const TrackId track : tracks) {
        const FrameRange frames = framesOf(m_document->project(), track);
        m_stale[track].add(frames);
        m_invalid[track].add(frames);
    }
    noteStale();
}

void LiveLifter::markAnnotated()
{
    for (const auto &[track, frames] : annotatedFrames(m_document->project())) {
        for (const FrameRange &range : frames.ranges()) {
            m_stale[track].add(range);
            m_invalid[track].add(range);
        }
    }
    noteStale();
}

void LiveLifter::noteStale()
{
    if (!layer().empty())
        m_document->noteStale3d(toText(m_stale));
}

bool LiveLifter::canLift() const
{
    const Project &project = m_document->project();
    return (m_enabled || m_asked) && !m_error && !layer().empty() && !project.media.seconds.empty()
           && project.camera.isValid();
}

/// One request for everything that happens until the event loop comes round.
void LiveLifter::schedule()
{
    updateState();
    if (std::exchange(m_scheduled, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_scheduled = false;
            pump();
        },
        Qt::QueuedConnection);
}

void LiveLifter::pump()
{
    updateState();
    if (!canLift() || isEmpty(m_stale) || m_restartTimer.isActive())
        return;
    if (m_job == 0) {
        if (m_worker.runningJobCount() > 0)
            return; // the job before still has to obey; jobEnded() comes back here
        startJob();
    }
    if (m_needsProject && !m_isWriting)
        writeProject();
    if (!m_ready || m_needsProject || m_isWriting || m_awaiting)
        return;
    if (!m_edits.empty() || !isEmpty(m_invalid) || !m_unsentProject.isEmpty())
        send();
}

void LiveLifter::startJob()
{
    const std::string lifter = layer().substr(std::string(kLifted).size());
    m_job = m_worker.start(QStringLiteral("interactive"), {{"lifter", lifter}});
    m_ready = false;
    m_needsProject = true;
    m_answerTimer.start();
}

void LiveLifter::endJob()
{
    if (m_job != 0)
        m_worker.cancel(std::exchange(m_job, 0));
    m_answerTimer.stop();
    m_ready = m_awaiting = false;
    m_needsProject = true;
    m_edits.clear();
    m_unsentProject.clear();
}

/// Writes the 2D for the worker, in a thread. Edits made from now on go with the message that names
/// the file.
void LiveLifter::writeProject()
{
    m_needsProject = false;
    m_isWriting = true;
    m_edits.clear();
    m_unsentProject.clear();
    const auto pathOf = [this](int number) { return m_folder.filePath(QStringLiteral("live%1.poselift").arg(number)); };
    const QString path = pathOf(++m_snapshot);
    QFile::remove(pathOf(m_snapshot - 2)); // the worker may still be reading the last one
    const auto write = [project = only2d(m_document->project()), path]() -> std::shared_ptr<Error> {
        const Result<void> written = poselift::writeProject(project, path.toStdString());
        return written ? nullptr : std::make_shared<Error>(written.error());
    };
    QtConcurrent::run(write).then(this, [this, path](const std::shared_ptr<Error> &error) {
        m_isWriting = false;
        if (error)
            return giveUp(*error);
        m_unsentProject = path;
        pump();
    });
}

json LiveLifter::takeEdits()
{
    json edits = json::array();
    for (const auto &[place, joints] : std::exchange(m_edits, {})) {
        const auto &[track, frame] = place;
        const Pose2D pose = m_document->project().effectivePose(track, frame);
        json edit{{"track", track},
                  {"frame", frame},
                  {"joints", joints},
                  {"xy", json::array()},
                  {"confidence", json::array()},
                  {"state", json::array()}};
        for (const int joint : joints) {
            const Keypoint2D &keypoint = pose[static_cast<std::size_t>(joint)];
            edit["xy"].push_back(static_cast<float>(keypoint.x));
            edit["xy"].push_back(static_cast<float>(keypoint.y));
            edit["confidence"].push_back(keypoint.confidence);
            edit["state"].push_back(packedState(keypoint));
        }
        edits.push_back(std::move(edit));
    }
    return edits;
}

json LiveLifter::takeInvalid()
{
    json invalid = json::array();
    for (const auto &[track, frames] : std::exchange(m_invalid, {})) {
        for (const FrameRange &range : frames.ranges())
            invalid.push_back({{"track", track}, {"first", range.first}, {"last", range.last}});
    }
    return invalid;
}

void LiveLifter::send()
{
    json input{{"revision", ++m_revision}, {"frame", m_selection->frame()}};
    if (!m_unsentProject.isEmpty()) {
        input["project"] = std::exchange(m_unsentProject, {}).toStdString();
        m_firstValid = m_revision;
        m_invalid = m_stale; // a worker with another clip knows nothing
    }
    input["invalid"] = takeInvalid();
    input["edits"] = takeEdits();
    m_awaiting = true;
    m_answerTimer.start();
    m_worker.input(m_job, input);
    Q_EMIT requested(m_revision);
}

void LiveLifter::readOutput(qint64 job, const json &data)
{
    if (job != m_job)
        return;
    const Result<void> handled = handle(data);
    if (handled)
        return;
    m_worker.cancel(job);
    jobEnded(job, handled.error());
}

Result<void> LiveLifter::handle(const json &data)
{
    const json what = data.value("what", json());
    const json revision = data.value("revision", json());
    if (what == "ready") {
        const JointLayer *layer = m_document->project().jointLayer(this->layer());
        if (layer == nullptr || data.value("joints", json()) != json(layer->skeleton.joints))
            return badOutput(data);
        m_ready = true;
        m_answerTimer.stop();
        pump();
        return {};
    }
    if (!revision.is_number_integer())
        return badOutput(data);
    if (what == "poses")
        return handlePoses(data);
    if (what == "current")
        currentDone(revision.get<qint64>());
    else if (what == "done")
        allDone(revision.get<qint64>());
    else
        return badOutput(data);
    return {};
}

Result<void> LiveLifter::handlePoses(const json &data)
{
    for (const char *number : {"track", "first", "frames"}) {
        if (!data.value(number, json()).is_number_integer())
            return badOutput(data);
    }
    if (!data.value("seen", json()).is_string() || !data.value("xyz", json()).is_string())
        return badOutput(data);
    const JointLayer *layer = m_document->project().jointLayer(this->layer());
    if (layer == nullptr || data["revision"].get<qint64>() < m_firstValid)
        return {};
    const Result<std::vector<float>> xyz = floatsFromBase64(data["xyz"].get<std::string>());
    if (!xyz)
        return xyz.error();
    const auto seen = data["seen"].get<std::string>();
    JointTrack poses;
    poses.id = data["track"].get<TrackId>();
    poses.jointCount = layer->skeleton.jointCount();
    poses.firstFrame = data["first"].get<qint64>();
    poses.xyz = *xyz;
    if (poses.firstFrame < 0 || data["frames"] != seen.size()
        || xyz->size() != 3 * seen.size() * static_cast<std::size_t>(poses.jointCount))
        return badOutput(data);
    for (const char frame : seen)
        poses.valid.insert(poses.valid.end(), static_cast<std::size_t>(poses.jointCount), frame == '1' ? 1 : 0);
    m_document->setDerived3d(layer->name, poses);
    return {};
}

void LiveLifter::currentDone(qint64 revision)
{
    if (revision != m_revision)
        return;
    m_awaiting = false;
    m_answerTimer.stop();
    Q_EMIT currentFrameLifted(revision);
    pump();
}

void LiveLifter::allDone(qint64 revision)
{
    m_failures = 0;
    const bool isNewest = revision == m_revision && m_edits.empty() && isEmpty(m_invalid) && !m_needsProject
                          && !m_isWriting && m_unsentProject.isEmpty();
    if (isNewest) {
        forgetPeopleWhoAreGone();
        m_stale.clear();
        m_asked = false;
        noteStale();
        if (!m_enabled)
            endJob();
    }
    Q_EMIT allLifted(revision);
    updateState();
}

/// 3D of people who were taken back meanwhile: the worker does not know them any more.
void LiveLifter::forgetPeopleWhoAreGone()
{
    const std::string name = layer();
    const std::vector<TrackId> ids = m_document->project().trackIds();
    for (const auto &[id, frames] : m_stale) {
        const JointLayer *lifted = m_document->project().jointLayer(name);
        const bool isThere = std::binary_search(ids.begin(), ids.end(), id);
        const JointTrack *gone = lifted != nullptr && !isThere ? findTrack(lifted->tracks, id) : nullptr;
        if (gone == nullptr)
            continue;
        JointTrack none = *gone;
        std::fill(none.valid.begin(), none.valid.end(), std::uint8_t(0));
        m_document->setDerived3d(name, none);
    }
}

void LiveLifter::jobEnded(qint64 job, const Error &error)
{
    if (job != m_job || m_job == 0)
        return schedule();
    m_job = 0;
    endJob();
    const bool mayHelp =
        error.isCancelled() || error.code() == ErrorCode::WorkerDied || error.code() == ErrorCode::ProtocolMessage;
    if (!mayHelp || ++m_failures >= kMostFailures)
        return giveUp(error);
    m_restartTimer.start();
    updateState();
}

void LiveLifter::giveUp(const Error &error)
{
    endJob();
    m_asked = false;
    m_error = error;
    updateState();
}

void LiveLifter::updateState()
{
    State state = State::UpToDate;
    if (m_error)
        state = State::Failed;
    else if (!isEmpty(m_stale) && !layer().empty())
        state = m_enabled || m_asked ? State::Updating : State::Outdated;
    if (std::exchange(m_state, state) != state)
        Q_EMIT stateChanged();
}

} // namespace poselift
