#include "core/document/poseeditor.h"

#include "core/document/commands.h"
#include "core/document/posedocument.h"

#include <algorithm>
#include <utility>

namespace poselift {

namespace {

int keypointCount(const KeypointPatch &patch)
{
    std::size_t count = 0;
    for (const KeypointBlock &block : patch.blocks)
        count += block.state.size();
    return static_cast<int>(count);
}

bool isKnownTrack(const Project &project, TrackId track)
{
    const std::vector<TrackId> ids = project.trackIds();
    return std::binary_search(ids.begin(), ids.end(), track);
}

} // namespace

PoseEditor::PoseEditor(PoseDocument *document, QObject *parent)
    : QObject(parent), m_document(document)
{
}

bool PoseEditor::push(const QString &text, KeypointPatch patch, int drag)
{
    if (patch.isEmpty())
        return false;
    m_document->push(
        std::make_unique<EditKeypointsCommand>(m_document, text, std::move(patch), drag));
    return true;
}

bool PoseEditor::push(const QString &text, TracksPatch patch)
{
    if (patch.keypointTracks.empty() && patch.jointTracks.empty())
        return false;
    m_document->push(std::make_unique<EditTracksCommand>(m_document, text, std::move(patch)));
    return true;
}

bool PoseEditor::moveKeypoints(qint64 frame, const std::vector<KeypointTarget> &targets, int drag)
{
    KeypointPatch patch = poselift::moveKeypoints(m_document->project(), frame, targets);
    const int count = keypointCount(patch);
    return push(tr("Move %n keypoint(s)", nullptr, count), std::move(patch), drag);
}

bool PoseEditor::placeKeypoint(qint64 frame, const KeypointTarget &target)
{
    return push(tr("Place a keypoint"),
                poselift::moveKeypoints(m_document->project(), frame, {target}));
}

bool PoseEditor::pastePose(TrackId track, qint64 frame, const Pose2D &pose)
{
    const Project &project = m_document->project();
    return push(tr("Paste a pose"),
                poselift::pastePose(project, track, frame, pose, allJoints(project)));
}

bool PoseEditor::copyFromPrevious(TrackId track, qint64 frame, int joint)
{
    const Project &project = m_document->project();
    const std::vector<int> joints = joint >= 0 ? std::vector<int>{joint} : allJoints(project);
    return push(joint >= 0 ? tr("Copy a keypoint from the previous frame")
                           : tr("Copy the pose from the previous frame"),
                poselift::copyFromPrevious(project, track, frame, joints));
}

bool PoseEditor::setState(const KeypointSelection &selection, KeypointState state)
{
    KeypointPatch patch = setKeypointStates(m_document->project(), selection, state);
    const int count = keypointCount(patch);
    switch (state) {
    case KeypointState::Visible:
        return push(tr("Mark %n keypoint(s) visible", nullptr, count), std::move(patch));
    case KeypointState::Occluded:
        return push(tr("Mark %n keypoint(s) occluded", nullptr, count), std::move(patch));
    case KeypointState::Absent:
        return push(tr("Mark %n keypoint(s) absent", nullptr, count), std::move(patch));
    case KeypointState::Missing:
        return deleteKeypoints(selection);
    }
    return false;
}

bool PoseEditor::setLocked(const KeypointSelection &selection, bool locked)
{
    KeypointPatch patch = lockKeypoints(m_document->project(), selection, locked);
    const int count = keypointCount(patch);
    return push(locked ? tr("Lock %n keypoint(s)", nullptr, count)
                       : tr("Unlock %n keypoint(s)", nullptr, count),
                std::move(patch));
}

bool PoseEditor::deleteKeypoints(const KeypointSelection &selection)
{
    KeypointPatch patch = poselift::deleteKeypoints(m_document->project(), selection);
    const int count = keypointCount(patch);
    return push(tr("Delete %n keypoint(s)", nullptr, count), std::move(patch));
}

bool PoseEditor::swapSides(const KeypointSelection &selection)
{
    return push(tr("Swap left and right in %n frame(s)", nullptr,
                   static_cast<int>(selection.frames.count())),
                poselift::swapSides(m_document->project(), selection));
}

bool PoseEditor::interpolate(const KeypointSelection &selection, Interpolation method)
{
    const int between = static_cast<int>(std::max<qint64>(0, selection.frames.count() - 2));
    return push(tr("Interpolate %n frame(s)", nullptr, between),
                interpolateKeypoints(m_document->project(), selection, method));
}

bool PoseEditor::smooth(const KeypointSelection &selection, const SmoothingOptions &options)
{
    return push(tr("Smooth %n frame(s)", nullptr, static_cast<int>(selection.frames.count())),
                smoothKeypoints(m_document->project(), selection, options));
}

bool PoseEditor::acceptPredictions(const KeypointSelection &selection)
{
    return push(tr("Accept the predictions of %n frame(s)", nullptr,
                   static_cast<int>(selection.frames.count())),
                poselift::acceptPredictions(m_document->project(), selection));
}

bool PoseEditor::refusePredictions(const KeypointSelection &selection)
{
    return push(tr("Refuse the predictions of %n frame(s)", nullptr,
                   static_cast<int>(selection.frames.count())),
                poselift::refusePredictions(m_document->project(), selection));
}

TrackId PoseEditor::newPerson(const Skeleton &skeleton)
{
    const Project &project = m_document->project();
    if (project.skeleton.jointCount() == 0 && skeleton.jointCount() == 0)
        return 0;
    const TrackId track = nextTrackId(project);
    push(tr("Add a person"), poselift::newPerson(project, skeleton));
    return track;
}

bool PoseEditor::deletePerson(TrackId track)
{
    return push(tr("Delete person %1").arg(track),
                poselift::deletePerson(m_document->project(), track));
}

bool PoseEditor::swapPeople(TrackId a, TrackId b, qint64 fromFrame)
{
    const Project &project = m_document->project();
    if (a == b || !isKnownTrack(project, a) || !isKnownTrack(project, b))
        return false;
    m_document->push(std::make_unique<SwapIdentitiesCommand>(
        m_document, tr("Swap persons %1 and %2 from here on").arg(a).arg(b),
        IdentitySwap{a, b, fromFrame, {}}));
    return true;
}

bool PoseEditor::mergePeople(TrackId into, TrackId from)
{
    return push(tr("Merge person %1 into person %2").arg(from).arg(into),
                poselift::mergePeople(m_document->project(), into, from));
}

TrackId PoseEditor::splitPerson(TrackId track, qint64 frame)
{
    const TrackId fresh = nextTrackId(m_document->project());
    const bool split = push(tr("Split person %1 here").arg(track),
                            poselift::splitPerson(m_document->project(), track, frame));
    return split ? fresh : 0;
}

bool PoseEditor::setNote(const QString &text, const std::string &key, const std::string &value)
{
    const std::map<std::string, std::string> &notes = m_document->project().meta;
    const auto now = notes.find(key);
    if (now == notes.end() ? value.empty() : now->second == value)
        return false;
    TracksPatch patch;
    patch.meta[key] = value.empty() ? std::nullopt : std::optional(value);
    m_document->push(std::make_unique<EditTracksCommand>(m_document, text, std::move(patch)));
    return true;
}

} // namespace poselift
