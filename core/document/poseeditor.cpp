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
    return pushPose(text, withReleases(m_document->project(), std::move(patch)), drag);
}

bool PoseEditor::pushPose(const QString &text, PosePatch patch, int drag)
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

bool PoseEditor::push(const QString &text, Reassignment reassignment)
{
    m_document->push(std::make_unique<ReassignCommand>(m_document, text, std::move(reassignment)));
    return true;
}

bool PoseEditor::moveKeypoints(qint64 frame, const std::vector<KeypointTarget> &targets, int drag,
                               Movement movement)
{
    KeypointPatch patch = poselift::moveKeypoints(m_document->project(), frame, targets);
    const QString text = textOf(movement, keypointCount(patch));
    return push(text, std::move(patch), drag);
}

QString PoseEditor::textOf(Movement movement, int count)
{
    switch (movement) {
    case Movement::Move:
        return tr("Move %n keypoint(s)", nullptr, count);
    case Movement::MovePerson:
        return tr("Move a person");
    case Movement::Rotate:
        return tr("Rotate %n keypoint(s)", nullptr, count);
    case Movement::Scale:
        return tr("Scale %n keypoint(s)", nullptr, count);
    }
    return {};
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

bool PoseEditor::copyFromPrevious(TrackId track, qint64 frame, std::vector<int> joints)
{
    const Project &project = m_document->project();
    const QString text = joints.empty() ? tr("Copy the pose from the previous frame")
                                        : tr("Copy %n keypoint(s) from the previous frame", nullptr,
                                             static_cast<int>(joints.size()));
    if (joints.empty())
        joints = allJoints(project);
    return push(text, poselift::copyFromPrevious(project, track, frame, joints));
}

bool PoseEditor::apply(RangeEdit edit, KeypointPatch patch)
{
    if (patch.isEmpty())
        return false;
    const auto count = static_cast<int>(changedCount(m_document->project().tracks, patch));
    const QString text = textOf(edit, count).arg(textOf(framesOf(patch)));
    if (edit == RangeEdit::SwapSides)
        return pushPose(text, withSwappedCorrections(m_document->project(), std::move(patch)));
    return push(text, std::move(patch));
}

/// With a place for the frames: the list of steps says where each was.
QString PoseEditor::textOf(RangeEdit edit, int count)
{
    switch (edit) {
    case RangeEdit::MarkVisible:
        return tr("Mark %n keypoint(s) visible, %1", nullptr, count);
    case RangeEdit::MarkOccluded:
        return tr("Mark %n keypoint(s) occluded, %1", nullptr, count);
    case RangeEdit::MarkAbsent:
        return tr("Mark %n keypoint(s) absent, %1", nullptr, count);
    case RangeEdit::Lock:
        return tr("Lock %n keypoint(s), %1", nullptr, count);
    case RangeEdit::Unlock:
        return tr("Unlock %n keypoint(s), %1", nullptr, count);
    case RangeEdit::Delete:
        return tr("Delete %n keypoint(s), %1", nullptr, count);
    case RangeEdit::SwapSides:
        return tr("Swap left and right of %n keypoint(s), %1", nullptr, count);
    case RangeEdit::Interpolate:
        return tr("Interpolate %n keypoint(s), %1", nullptr, count);
    case RangeEdit::Smooth:
        return tr("Smooth %n keypoint(s), %1", nullptr, count);
    case RangeEdit::AcceptPredictions:
        return tr("Accept %n predicted keypoint(s), %1", nullptr, count);
    case RangeEdit::RefusePredictions:
        return tr("Refuse %n predicted keypoint(s), %1", nullptr, count);
    }
    return {};
}

QString PoseEditor::textOf(const FrameRange &frames)
{
    //: %1 is a frame number; part of the text of an undo step
    return frames.count() == 1 ? tr("frame %1").arg(frames.first)
                               //: %1 and %2 are frame numbers; part of the text of an undo step
                               : tr("frames %1–%2").arg(frames.first).arg(frames.last);
}

bool PoseEditor::setState(const KeypointSelection &selection, KeypointState state)
{
    if (state == KeypointState::Missing)
        return deleteKeypoints(selection);
    const RangeEdit edit = state == KeypointState::Visible    ? RangeEdit::MarkVisible
                           : state == KeypointState::Occluded ? RangeEdit::MarkOccluded
                                                              : RangeEdit::MarkAbsent;
    return apply(edit, setKeypointStates(m_document->project(), selection, state));
}

bool PoseEditor::setLocked(const KeypointSelection &selection, bool locked)
{
    return apply(locked ? RangeEdit::Lock : RangeEdit::Unlock,
                 lockKeypoints(m_document->project(), selection, locked));
}

bool PoseEditor::deleteKeypoints(const KeypointSelection &selection)
{
    return apply(RangeEdit::Delete, poselift::deleteKeypoints(m_document->project(), selection));
}

bool PoseEditor::swapSides(const KeypointSelection &selection)
{
    return apply(RangeEdit::SwapSides, poselift::swapSides(m_document->project(), selection));
}

bool PoseEditor::interpolate(const KeypointSelection &selection, Interpolation method)
{
    return apply(RangeEdit::Interpolate, interpolateKeypoints(m_document->project(), selection, method));
}

bool PoseEditor::interpolateAround(TrackId track, qint64 frame, const std::vector<int> &joints, Interpolation method)
{
    return apply(RangeEdit::Interpolate,
                 poselift::interpolateAround(m_document->project(), track, frame, joints, method));
}

bool PoseEditor::smooth(const KeypointSelection &selection, const SmoothingOptions &options)
{
    return apply(RangeEdit::Smooth, smoothKeypoints(m_document->project(), selection, options));
}

bool PoseEditor::acceptPredictions(const KeypointSelection &selection)
{
    return apply(RangeEdit::AcceptPredictions, poselift::acceptPredictions(m_document->project(), selection));
}

bool PoseEditor::refusePredictions(const KeypointSelection &selection)
{
    return apply(RangeEdit::RefusePredictions, poselift::refusePredictions(m_document->project(), selection));
}

Result<bool> PoseEditor::correctPose(const PoseEditStart &start, const Pose3D &pose, int drag)
{
    Result<PosePatch> patch = editedPose(m_document->project(), start, pose);
    if (!patch)
        return patch.error();
    if (patch->isEmpty())
        return false;
    m_document->push(
        std::make_unique<CorrectPoseCommand>(m_document, tr("Move in 3D"), std::move(*patch), drag));
    return true;
}

bool PoseEditor::releaseCorrections(TrackId track, const FrameRange &frames, const std::vector<std::string> &joints)
{
    PosePatch patch = releasedCorrections(m_document->project(), track, frames, joints);
    const auto count = static_cast<int>(patch.corrections.blocks.size());
    return pushPose(tr("Release %n 3D correction(s)", nullptr, count), std::move(patch));
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

bool PoseEditor::renamePerson(TrackId track, const QString &label)
{
    const Project &project = m_document->project();
    const std::string name = label.trimmed().toStdString();
    if (!isKnownTrack(project, track) || name == labelOf(project, track))
        return false;
    m_document->push(std::make_unique<RenamePersonCommand>(
        m_document,
        name.empty() ? tr("Take the name of person %1 away").arg(track)
                     : tr("Name person %1 “%2”").arg(track).arg(label.trimmed()),
        PersonLabel{track, name}));
    return true;
}

bool PoseEditor::swapPeople(TrackId a, TrackId b, qint64 fromFrame)
{
    const Project &project = m_document->project();
    if (a == b || !isKnownTrack(project, a) || !isKnownTrack(project, b))
        return false;
    m_document->push(std::make_unique<SwapIdentitiesCommand>(
        m_document, tr("Swap persons %1 and %2 from frame %3 on").arg(a).arg(b).arg(fromFrame),
        IdentitySwap{a, b, fromFrame, {}}));
    return true;
}

bool PoseEditor::mergePeople(TrackId into, TrackId from)
{
    const QString text = tr("Merge person %1 into person %2").arg(from).arg(into);
    if (auto merge = mergeByReassignment(m_document->project(), into, from))
        return push(text, std::move(*merge));
    return push(text, poselift::mergePeople(m_document->project(), into, from));
}

TrackId PoseEditor::splitPerson(TrackId track, qint64 frame)
{
    const TrackId fresh = nextTrackId(m_document->project());
    auto split = splitByReassignment(m_document->project(), track, frame);
    return split && push(tr("Split person %1 at frame %2").arg(track).arg(frame), std::move(*split)) ? fresh : 0;
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
